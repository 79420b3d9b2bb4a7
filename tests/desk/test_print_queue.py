"""Printing through a queue in the window: watched until it came out, stopped, remembered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.papers.papers_page import PapersPage
from recap_desktop.desk.papers.print_panel import PrintPanel
from recap_desktop.desk.papers.print_run import Target
from recap_desktop.desk.rail import Place
from recap_desktop.election.records.copies import Copy
from recap_desktop.office.entry import entering
from recap_desktop.office.papers.copying import copies
from recap_desktop.office.papers.queued_copies import pages_a_minute
from recap_desktop.office.plenary import closing
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.queues import Queue

SLOW = 20_000
HERE = Target(printer="Kantor")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no lp")


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    office = tiny_office(tmp_path / "o.rekap")
    for tps in TPS:
        entering.enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    closing.close(office, BUPATI, by="Siti")
    office.close()
    desk = window(tmp_path / "o.rekap").desk
    assert desk is not None
    desk.session.choose_person("Siti")
    return desk


@pytest.fixture
def papers(desk: OfficeDesk, qtbot: QtBot, queue: Queue) -> PapersPage:
    assert queue.jobs == []
    desk.go_to(Place.PAPERS)
    qtbot.waitUntil(lambda: desk.papers.preview.pages > 0, timeout=SLOW)
    return desk.papers


def open_panel(papers: PapersPage, printer: str = "Kantor") -> PrintPanel:
    papers.begin_printing()
    panel = papers.printing.panel
    assert panel is not None
    panel.printer.insertItem(0, printer, printer)
    panel.choose_printer(printer)
    return panel


def printed(papers: PapersPage) -> tuple[Copy, ...]:
    return copies(papers._session.office, BUPATI)


def handed(papers: PapersPage, qtbot: QtBot) -> None:
    """Give all copies to the queue, which keeps them."""
    open_panel(papers)
    with qtbot.waitSignal(papers.printing.run.handed, timeout=SLOW):
        papers.printing.start_to(HERE)


def test_a_run_goes_on_until_all_has_come_out_of_the_printer(
    papers: PapersPage, qtbot: QtBot, queue: Queue
) -> None:
    handed(papers, qtbot)
    assert len(queue.jobs) == 5
    assert papers.printing.is_open and "antrean" in papers.foot.message
    queue.finish(2)
    qtbot.waitUntil(lambda: papers.printing.run.done == 2, timeout=SLOW)
    with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
        queue.finish(3)
    assert "5 salinan" in papers.foot.message and not papers.printing.is_open


def test_stopping_takes_back_what_waits_and_says_which_copies_may_be_out(
    papers: PapersPage, qtbot: QtBot, queue: Queue
) -> None:
    handed(papers, qtbot)
    queue.finish(2)
    queue.begin()
    with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
        QTest.keyClick(papers.foot.other_button, Qt.Key.Key_Enter)
    assert queue.jobs == []
    said = printed(papers)
    assert [copy.is_stopped for copy in said] == [False, False, True, True, True]
    assert [copy.out for copy in said[2:]] == [said[2].pages, "", ""]
    message = papers.foot.message
    assert "salinan 3." in message and "salinan 4, 5." in message and "2 dari 5" in message


def test_a_run_that_is_stopped_while_copies_are_still_handed_over_takes_back_those_too(
    papers: PapersPage, qtbot: QtBot, queue: Queue
) -> None:
    open_panel(papers)
    run = papers.printing.run
    with qtbot.waitSignal(run.ended, timeout=SLOW):
        papers.printing.start_to(HERE)
        qtbot.waitUntil(lambda: len(queue.jobs) > 0, timeout=SLOW)
        run.stop()
    assert queue.jobs == []
    said = printed(papers)
    assert said and all(copy.is_stopped for copy in said)


def test_who_does_not_wait_leaves_the_queue_to_itself(
    papers: PapersPage, qtbot: QtBot, queue: Queue
) -> None:
    handed(papers, qtbot)
    with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
        QTest.keyClick(papers.foot.next_button, Qt.Key.Key_Enter)
    assert len(queue.jobs) == 5
    assert not any(copy.is_stopped for copy in printed(papers))
    assert "antrean Kantor" in papers.foot.message


def test_the_office_can_be_left_while_a_queue_is_watched(
    papers: PapersPage, qtbot: QtBot, queue: Queue
) -> None:
    handed(papers, qtbot)
    papers.window().close()
    qtbot.wait(900)
    assert len(queue.jobs) == 5


def test_printer_paper_and_speed_and_who_was_left_out_are_remembered(
    papers: PapersPage, qtbot: QtBot, queue: Queue
) -> None:
    queue.swallow()
    panel = open_panel(papers)
    assert panel.speed.pages_a_minute == 20 and "20 halaman" in panel.sums.text
    panel.speed.field.selectAll()
    QTest.keyClicks(panel.speed.field, "7")
    assert "7 halaman per menit" in panel.sums.text
    QTest.keyClick(panel.whom, Qt.Key.Key_1)
    QTest.keyClick(panel.whom, Qt.Key.Key_4)
    panel.other.setText("PPS Maleber")
    papers.paper_size.setCurrentIndex(papers.paper_size.findData("a3"))
    papers.paper_size.activated.emit(papers.paper_size.currentIndex())
    with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
        papers.printing.start_to(HERE)
    kept = WindowSettings().printers
    assert (kept.last, kept.paper("Kantor"), kept.speed("Kantor")) == ("Kantor", "a3", 7)
    assert kept.left_out("sheets") == {"saksi-2", "above"}
    assert kept.others == ("PPS Maleber",)
    papers.begin_printing()
    again = papers.printing.panel
    assert again is not None
    # Who was left out is so again; who has a copy stands below, not ticked.
    assert again.whom.ticked == (False, False, False, False, False)
    again.printer.insertItem(0, "Kantor", "Kantor")
    again.choose_printer("Kantor")
    assert again.speed.typed == 7


def test_a_speed_that_was_measured_is_taken_until_somebody_types_another(
    papers: PapersPage,
) -> None:
    kept = papers.printing._printers
    kept.measure_speed("Kantor", 33)
    panel = open_panel(papers)
    assert panel.speed.typed == 33 and panel.speed._caption.text() == "hal./menit, terukur"
    kept.type_speed("Kantor", 12)
    panel.choose_printer("Kantor")
    assert panel.speed.typed == 12
    kept.type_speed("Kantor", 0)
    kept.measure_speed("Kantor", 0)
    panel.choose_printer("Kantor")
    assert panel.speed.typed == 33


@pytest.mark.parametrize(
    ("sheets", "seconds", "speed"),
    [(40, 120.0, 20), (5, 60.0, 0), (40, 3.0, 0), (4000, 60.0, 0), (60, 61.0, 59)],
)
def test_a_printer_tells_its_speed_where_it_printed_enough(
    sheets: int, seconds: float, speed: int
) -> None:
    assert pages_a_minute(sheets, seconds) == speed


def test_a_copy_of_an_earlier_revision_is_chosen_shown_and_printed_with_its_bytes(
    desk: OfficeDesk, papers: PapersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    office = desk.session.office
    to = Target(folder=tmp_path)
    assert papers.chooser.revision.isHidden()
    papers.begin_printing()
    with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
        papers.printing.start_to(to)
    first = min(tmp_path.glob("*_r1_salinan-1.pdf")).read_bytes()
    closing.reopen_contest(office, BUPATI, by="Siti", reason="salah", decided_by="Pleno")
    closing.close(office, BUPATI, by="Siti")
    desk.session.recorded.emit()
    box = papers.chooser.revision
    assert [box.itemText(at) for at in range(box.count())] == ["Revisi 2, berlaku", "Revisi 1"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert papers.chooser.number == 1
    qtbot.waitUntil(lambda: not papers.preview.is_making, timeout=SLOW)
    papers.begin_printing()
    panel = papers.printing.panel
    assert panel is not None and panel.what.findData("all") < 0
    panel.other.setText("Bawaslu")
    assert panel.copies == 1, "everybody else has one of revision 1"
    with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
        papers.printing.start_to(to)
    last = copies(office, BUPATI)[-1]
    assert (last.revision, last.number, last.addressee) == (1, "6", "Bawaslu")
    # And the first copy again, from the list of copies.
    desk.papers_place.show_copies()
    page = desk.papers_place.copies
    line = next(line for line in page.listed if line.copy.number == "1")
    page.again_asked.emit(line.first)
    panel = papers.printing.panel
    assert panel is not None and panel.again is not None and panel.again.number == "1"
    panel.reason.setText("macet")
    with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
        papers.printing.start_to(to)
    again = (tmp_path / "bupati_sheets_r1_salinan-1-2.pdf").read_bytes()
    assert again == first
