"""Printing in the window: for whom, copies into a folder, pages again, the plan, a printer of Qt."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop.qt_printing import paint, size_of
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.papers.papers_page import PapersPage
from recap_desktop.desk.papers.print_panel import PrintPanel
from recap_desktop.desk.papers.print_run import Target
from recap_desktop.desk.rail import Place
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.entry import entering
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.copying import copies, draw_copy, read_paper
from recap_desktop.office.plenary import closing
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

SLOW = 20_000


def is_never() -> bool:
    return False


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    office = tiny_office(tmp_path / "o.rekap")
    for tps in TPS:
        entering.enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    closing.close(office, BUPATI, by="Siti", unit=TPS[0][:10])
    office.close()
    desk = window(tmp_path / "o.rekap").desk
    assert desk is not None
    desk.session.choose_person("Siti")
    return desk


@pytest.fixture
def papers(desk: OfficeDesk, qtbot: QtBot) -> PapersPage:
    desk.go_to(Place.PAPERS)
    qtbot.waitUntil(lambda: desk.papers.preview.pages > 0, timeout=SLOW)
    return desk.papers


def panel_of(papers: PapersPage) -> PrintPanel:
    assert papers.printing.panel is not None
    return papers.printing.panel


def run(papers: PapersPage, qtbot: QtBot, folder: Path) -> None:
    with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
        papers.printing.start_to(Target(folder=folder))


def office_of(papers: PapersPage) -> Office:
    return papers._session.office


def test_copies_are_ticked_by_digits_and_each_is_on_record(
    papers: PapersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    papers.begin_printing()
    panel = panel_of(papers)
    assert panel.whom.ticked == (True, True)
    pages = papers.preview.pages
    assert f"{2 * pages} halaman" in panel.sums.text
    QTest.keyClick(panel.whom, Qt.Key.Key_2)
    assert panel.whom.ticked == (True, False)
    panel.other.setText("PPS Maleber")
    assert papers.foot.next_button.text() == "Cetak 2 salinan"
    run(papers, qtbot, tmp_path)
    said = copies(office_of(papers), BUPATI)
    names = ["SAKSI NOMOR URUT 2: Dr. H. Herdiat, M.M.", "PPS Maleber"]
    assert [(c.number, c.addressee) for c in said] == [("1", names[0]), ("2", names[1])]
    assert len(list(tmp_path.glob("*salinan*.pdf"))) == 2
    assert not papers.printing.is_open
    assert "2 salinan" in papers.foot.message


def test_pages_of_a_copy_are_printed_again_with_a_reason_chosen_by_a_digit(
    papers: PapersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    papers.begin_printing()
    run(papers, qtbot, tmp_path)
    papers.begin_printing()
    panel = panel_of(papers)
    # The newest is offered first; new copies and the plan stand before it.
    panel.what.setCurrentIndex(2)
    panel.what.activated.emit(2)
    assert panel.again is not None and panel.again.number == "2"
    panel.pages.setText("2")
    papers.foot.next_button.click()
    assert "mengapa" in papers.foot.message and not papers.printing.run.is_running
    assert panel.reason.window().focusWidget() is panel.reason
    QTest.keyClick(panel.reason, Qt.Key.Key_1)
    run(papers, qtbot, tmp_path)
    last = copies(office_of(papers), BUPATI)[-1]
    assert (last.number, last.pages, last.reason) == ("2", "2", "Kertas macet")


def test_pages_that_are_not_there_are_refused_and_the_choices_stay(
    papers: PapersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    papers.begin_printing()
    run(papers, qtbot, tmp_path)
    papers.begin_printing()
    panel = panel_of(papers)
    panel.what.setCurrentIndex(2)
    panel.what.activated.emit(2)
    panel.pages.setText("77")
    panel.reason.setText("macet")
    run(papers, qtbot, tmp_path)
    assert "77" in papers.foot.message
    assert papers.printing.panel is panel and panel.pages.isEnabled()
    assert len(copies(office_of(papers), BUPATI)) == 2


def test_the_plan_counts_the_pages_of_all_papers_before_anything_prints(
    desk: OfficeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    closing.close(desk.session.office, BUPATI, by="Siti")
    desk.go_to(Place.PAPERS)
    papers = desk.papers
    papers.begin_printing()
    panel = panel_of(papers)
    panel.what.setCurrentIndex(1)
    panel.what.activated.emit(1)
    qtbot.waitUntil(lambda: len(panel.whom.ticked) == 5, timeout=SLOW)
    assert papers.foot.next_button.text() == "Cetak 16 salinan"
    assert not copies(desk.session.office, BUPATI)
    for digit in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        QTest.keyClick(panel.whom, digit)
    assert papers.foot.next_button.text() == "Cetak 3 salinan"
    run(papers, qtbot, tmp_path)
    kinds = [copy.paper.kind for copy in copies(desk.session.office, BUPATI)]
    assert kinds == ["corrections", "corrections", "receipt"]


def test_the_desa_that_was_closed_is_printed_from_the_agenda(
    desk: OfficeDesk, qtbot: QtBot
) -> None:
    desk.go_to(Place.PLENO)
    desk.pleno.choose(TPS[0][:10])
    desk.pleno.printing.click()
    papers = desk.papers
    assert papers.isVisible() and papers.which.currentData() == TPS[0][:10]
    panel = panel_of(papers)
    assert panel.whom.ticked == (True, True, True)
    qtbot.waitUntil(lambda: papers.preview.pages > 0, timeout=SLOW)
    papers.foot.other_button.click()
    assert not papers.printing.is_open


def test_a_run_that_is_stopped_sends_no_more(
    papers: PapersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    papers.begin_printing()
    with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
        papers.printing.start_to(Target(folder=tmp_path))
        papers.foot.other_button.click()
    assert copies(office_of(papers), BUPATI) == ()
    assert not list(tmp_path.glob("*salinan*.pdf"))


def test_small_pictures_of_the_pages_lead_to_them(papers: PapersPage, qtbot: QtBot) -> None:
    papers.window().resize(1366, 720)
    pages = papers.preview.pages_list
    qtbot.waitUntil(lambda: pages.isVisible() and pages.pictures > 1, timeout=SLOW)
    pages.setFocus()
    QTest.keyClick(pages, Qt.Key.Key_Down)
    assert pages.currentRow() == 1
    papers.preview.turn(1)
    assert pages.currentRow() == 2


def test_all_papers_are_exported_as_pdf_and_workbook(
    papers: PapersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    papers.files.export(folder, paper="a4")

    def kinds() -> list[str]:
        return sorted(path.suffix for path in folder.iterdir())

    qtbot.waitUntil(lambda: kinds() == [*[".pdf"] * 5, ".xlsx"], timeout=SLOW)
    qtbot.waitUntil(lambda: str(folder) in papers.foot.message, timeout=SLOW)


def test_a_page_is_drawn_on_a_printer_as_large_as_it_is_and_as_it_lies(
    papers: PapersPage, tmp_path: Path
) -> None:
    read = read_paper(office_of(papers), BUPATI, PaperOf())
    copy = draw_copy(read.make(), size="a4", number="1", pages="1,3")
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    target = tmp_path / "printed.pdf"
    device.setOutputFileName(str(target))
    paint(copy.pdf.file, copy.pages, device, is_stopped=is_never)
    document = pypdfium2.PdfDocument(target)
    try:
        sizes = [document.get_page_size(at) for at in range(len(document))]
    finally:
        document.close()
    assert [(round(w), round(h)) for w, h in sizes] == [(842, 595)] * 2


def test_the_paper_of_a_printer_is_taken_and_f4_where_it_has_none_of_ours() -> None:
    ids = QPageSize.PageSizeId
    assert [size_of(QPageSize(one)) for one in (ids.A4, ids.A3, ids.Letter)] == ["a4", "a3", "f4"]


def test_an_office_that_is_left_while_it_prints_is_read_no_more(
    desk: OfficeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    closing.close(desk.session.office, BUPATI, by="Siti")
    desk.go_to(Place.PAPERS)
    desk.papers.begin_printing()
    panel = panel_of(desk.papers)
    panel.what.setCurrentIndex(1)
    panel.what.activated.emit(1)
    desk.papers.files.export(tmp_path, paper="f4")
    desk.papers.printing.start_to(Target(folder=tmp_path))
    desk.window().close()
    qtbot.wait(400)
