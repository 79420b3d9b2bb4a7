"""The list of copies, slips and blank forms in the window; worked by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.papers.copies_page import CopiesPage
from recap_desktop.desk.papers.papers_page import PapersPage
from recap_desktop.desk.rail import Place
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.entry import entering
from recap_desktop.office.papers.copying import copies
from recap_desktop.office.papers.slips_as_text import read_slip_file, station_of
from recap_desktop.office.plenary import closing
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, valid_bupati
from tests.scenes.papers_scenes import printed

SLOW = 20_000


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    """An office with two revisions, from which 14 copies were printed."""
    printed(tmp_path / "o.rekap")
    desk = window(tmp_path / "o.rekap").desk
    assert desk is not None
    desk.session.choose_person("Siti Aminah")
    desk.go_to(Place.PAPERS)
    return desk


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, key, Qt.KeyboardModifier.KeypadModifier)


def list_of(desk: OfficeDesk) -> CopiesPage:
    desk.papers.copies.setFocus()
    press(Qt.Key.Key_Enter)
    page = desk.papers_place.copies
    assert page.isVisible() and page.table.hasFocus()
    return page


def told(page: CopiesPage) -> list[tuple[str, ...]]:
    model = page.table.model()
    return [
        tuple(str(model.index(row, at).data()) for at in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_every_copy_is_listed_with_its_reprints_beside_it(desk: OfficeDesk) -> None:
    page = list_of(desk)
    rows = told(page)
    assert len(rows) == 15
    newest, *_, oldest = rows
    assert newest[0] == "5" and newest[3] == "2" and "tidak ada yang keluar" in newest[7]
    assert oldest[:4] == (
        "1",
        "SAKSI NOMOR URUT 2: Dr. H. Herdiat, M.M.",
        "Lembar rekapitulasi dan lampiran",
        "1",
    )
    at = next(at for at, row in enumerate(rows) if row[0].strip() == "lagi")
    assert rows[at - 1][1] == rows[at][1] == "PENGAWAS PEMILU KECAMATAN"
    assert rows[at][4] == "2-3 / 7" and rows[at][7] == "Kertas macet"
    assert "SHA-256" in page.details.text


def test_the_star_turns_from_addressee_to_addressee(desk: OfficeDesk) -> None:
    page = list_of(desk)
    press(Qt.Key.Key_Asterisk)
    rows = told(page)
    assert {row[1] for row in rows} == {"ARSIP PANITIA PEMILIHAN KECAMATAN CIAMIS"}
    assert len(rows) == 3
    page.whom.setCurrentIndex(0)
    page.whom.activated.emit(0)
    assert len(told(page)) == 15


def test_enter_prints_a_copy_again_under_its_number(
    desk: OfficeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = list_of(desk)
    for _ in range(12):
        press(Qt.Key.Key_Down)
    chosen = page.chosen
    assert chosen is not None and chosen.copy.number == "2" and chosen.copy.revision == 1
    press(Qt.Key.Key_Enter)
    papers = desk.papers
    panel = papers.printing.panel
    assert papers.isVisible() and panel is not None and panel.again is not None
    assert (panel.again.number, panel.again.revision) == ("2", 1)
    assert panel.pages.hasFocus()
    QTest.keyClicks(panel.pages, "4")
    QTest.keyClick(panel.pages, Qt.Key.Key_Enter)
    assert panel.reason.hasFocus()
    QTest.keyClick(panel.reason, Qt.Key.Key_1)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
        with qtbot.waitSignal(papers.printing.run.ended, timeout=SLOW):
            papers.foot.next_button.click()
    last = copies(desk.session.office, BUPATI)[-1]
    assert (last.number, last.revision, last.pages, last.reason) == ("2", 1, "4", "Kertas macet")


def test_a_contest_without_copies_says_so_and_leads_back(desk: OfficeDesk) -> None:
    desk.session.choose_contest(GUBERNUR)
    desk.papers_place.show_copies()
    page = desk.papers_place.copies
    assert told(page) == [] and "belum ada" in page.foot.message
    press(Qt.Key.Key_Enter)
    assert desk.papers.isVisible()


def papers_with(desk: OfficeDesk, entry: str) -> PapersPage:
    papers = desk.papers
    papers.which.setFocus()
    papers.which.setCurrentIndex(papers.which.findData(entry))
    papers.which.activated.emit(papers.which.currentIndex())
    return papers


def test_a_slip_is_asked_for_by_the_number_of_its_tps_and_saved_as_text(
    desk: OfficeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    papers = papers_with(desk, "kind:slip")
    assert not papers.pdf.isEnabled()
    field = papers.chooser.stations.chooser.field
    assert field.hasFocus()
    QTest.keyClicks(field, "2.1")
    with qtbot.waitSignal(papers.preview.made, timeout=SLOW):
        press(Qt.Key.Key_Enter)
    assert papers.chooser.paper == PaperOf("slip", TPS[3])
    assert papers.pdf.isEnabled() and papers.print.isEnabled()
    target = tmp_path / "slip.txt"
    papers.save_pdf(target)
    qtbot.waitUntil(target.exists, timeout=SLOW)
    slip = read_slip_file(target)
    assert slip.holds and station_of(slip) == TPS[3]
    papers.begin_printing()
    panel = papers.printing.panel
    assert panel is not None and not any(panel.whom.ticked)


def test_a_slip_is_of_the_desa_while_only_that_is_closed(desk: OfficeDesk, qtbot: QtBot) -> None:
    office, desa = desk.session.office, TPS[0][:10]
    for tps in TPS[:3]:
        entering.enter(office, GUBERNUR, tps, {**valid_bupati(), "votes.3": 0}, by="Siti")
    closing.close(office, GUBERNUR, by="Siti", unit=desa)
    desk.session.choose_contest(GUBERNUR)
    papers = desk.papers
    with qtbot.waitSignal(papers.preview.made, timeout=SLOW) as made:
        papers.show_paper(PaperOf("slip", TPS[0]))
    assert made.args is not None and made.args[0].revision.unit == desa
    papers.show_paper(PaperOf("slip", TPS[3]))
    assert not papers.pdf.isEnabled() and "belum ditetapkan" in papers.preview._where.text


def test_blank_forms_are_made_for_a_tps_and_for_its_whole_desa(
    desk: OfficeDesk, qtbot: QtBot
) -> None:
    papers = papers_with(desk, "kind:blank-forms")
    row = papers.chooser.stations
    row.whole.click()
    assert row.chooser.field.hasFocus(), "of which desa has to be said first"
    QTest.keyClicks(row.chooser.field, "1.2")
    with qtbot.waitSignal(papers.preview.made, timeout=SLOW):
        press(Qt.Key.Key_Enter)
    one = papers.preview.pages
    row.whole.setFocus()
    with qtbot.waitSignal(papers.preview.made, timeout=SLOW):
        press(Qt.Key.Key_Enter)
    assert papers.chooser.paper == PaperOf("blank-forms", TPS[0][:10])
    assert papers.preview.pages == 3 * one
    papers_with(desk, "kind:blank-sheets")
    assert not row.isVisible()


def test_from_the_history_of_a_tps_one_comes_to_its_slip(desk: OfficeDesk, qtbot: QtBot) -> None:
    desk.session.history_asked.emit(TPS[1])
    assert desk.history.to_slip.isVisible()
    with qtbot.waitSignal(desk.papers.preview.made, timeout=SLOW):
        desk.history.to_slip.click()
    assert desk.papers.isVisible()
    assert desk.papers.chooser.paper == PaperOf("slip", TPS[1])
    desk.session.choose_contest(GUBERNUR)
    desk.session.history_asked.emit(TPS[1])
    assert not desk.history.to_slip.isVisible()


def test_all_papers_are_exported_for_the_archive_after_the_form_was_asked(
    desk: OfficeDesk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "arsip"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    papers = desk.papers
    papers.export.setFocus()
    press(Qt.Key.Key_Enter)
    assert len(papers.foot.choices.texts) == 3
    press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: "arsip tidak membawa" in papers.foot.message, timeout=SLOW)
    names = {path.name for path in folder.iterdir()}
    assert len(names) == 5 and all(name.endswith("_r2_arsip.pdf") for name in names)
    raws = [path.read_bytes() for path in folder.iterdir()]
    assert all(b"pdfaid:part" in raw and b"/EmbeddedFiles" not in raw for raw in raws)


def test_the_paper_that_is_shown_is_saved_for_the_archive(
    desk: OfficeDesk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = desk.papers
    kind = desk.session.words["desk.files.archive"]
    target = tmp_path / "lembar.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), kind))
    papers.pdf.click()
    qtbot.waitUntil(lambda: "arsip tidak membawa" in papers.foot.message, timeout=SLOW)
    assert b"pdfaid:part" in target.read_bytes()


def test_the_number_pad_presses_the_buttons_and_reaches_the_lists(
    desk: OfficeDesk, qtbot: QtBot
) -> None:
    papers = desk.papers
    qtbot.waitUntil(lambda: not papers.preview.is_making, timeout=SLOW)
    papers.foot.take_focus()
    press(Qt.Key.Key_5)
    assert desk.papers_place.copies.isVisible()
    press(Qt.Key.Key_Escape)
    assert papers.isVisible() and papers.foot.next_button.hasFocus()
    for key, box in ((Qt.Key.Key_7, papers.which), (Qt.Key.Key_9, papers.chooser.revision)):
        press(key)
        assert box.hasFocus()
        papers.foot.take_focus()
    press(Qt.Key.Key_1)
    assert papers.printing.is_open
    papers.foot.take_focus()
    press(Qt.Key.Key_5)
    assert papers.printing.is_open, "while one prints, the buttons are away"
