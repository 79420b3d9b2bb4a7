"""The papers in the window: sizes, the system's viewer, names of signers, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.papers.papers_page import PapersPage
from recap_desktop.desk.pleno.closing_panel import SignersForm
from recap_desktop.desk.rail import Place
from recap_desktop.election.papers.facts import Presence
from recap_desktop.office.entry import entering
from recap_desktop.office.plenary import revisions
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

SLOW = 20_000


def desk_with(window: OpenWindow, path: Path, *, filled: int) -> OfficeDesk:
    office = tiny_office(path)
    for tps in TPS[:filled]:
        entering.enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    office.close()
    desk = window(path).desk
    assert desk is not None
    desk.session.choose_person("Siti")
    desk.go_to(Place.PAPERS)
    return desk


@pytest.fixture
def papers(window: OpenWindow, tmp_path: Path) -> PapersPage:
    return desk_with(window, tmp_path / "o.rekap", filled=5).papers


def signers_of(papers: PapersPage) -> SignersForm:
    if papers.signers is None:
        papers.foot.next_button.click()
    assert papers.signers is not None
    return papers.signers


def test_what_is_missing_is_named_in_one_line_with_its_reason_below(
    window: OpenWindow, tmp_path: Path
) -> None:
    desk = desk_with(window, tmp_path / "o.rekap", filled=4)
    model = desk.papers.missing.table.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        "TPS 002 Desa Baregbeg\nbelum diisi"
    ]


def width_of_page(path: Path) -> float:
    document = PdfDocument(path)
    try:
        return float(document[0].get_width())
    finally:
        document.close()


def test_a_size_of_paper_is_chosen(qtbot: QtBot, papers: PapersPage, tmp_path: Path) -> None:
    widths = []
    for size in ("f4", "a4", "a3"):
        papers.paper_size.setCurrentIndex(papers.paper_size.findData(size))
        path = tmp_path / f"{size}.pdf"
        papers.save_pdf(path)
        qtbot.waitUntil(path.exists, timeout=SLOW)
        widths.append(round(width_of_page(path) / 72 * 25.4))
    assert widths == [330, 297, 420]


class Viewer(QObject):
    """Stands for the viewer of the system."""

    opened: list[QUrl]

    @Slot(QUrl)
    def show_url(self, url: QUrl) -> None:
        self.opened.append(url)


@pytest.fixture
def viewer(qapp: QApplication) -> Iterator[Viewer]:
    shown = Viewer(qapp)
    shown.opened = []
    QDesktopServices.setUrlHandler("file", shown, "show_url")  # type: ignore[arg-type] # PySide wants text
    yield shown
    QDesktopServices.unsetUrlHandler("file")
    shown.deleteLater()


def test_the_papers_are_opened_with_the_viewer_of_the_system(
    qtbot: QtBot, papers: PapersPage, viewer: Viewer
) -> None:
    papers.view.click()
    qtbot.waitUntil(lambda: bool(viewer.opened), timeout=SLOW)
    path = Path(viewer.opened[0].toLocalFile())
    assert path.read_bytes().startswith(b"%PDF")
    assert "pembaca PDF" in papers.foot.message


def test_who_does_not_sign_has_a_reason_and_it_is_recorded(papers: PapersPage) -> None:
    form = signers_of(papers)
    name, presence, reason = form.seat("saksi-2")
    assert not reason.isVisible()
    name.setText("Asep")
    presence.setCurrentIndex(presence.findData("refused"))
    assert reason.isVisible()
    reason.setText("keberatan atas TPS 901")
    _, chair, unused = form.seat("ketua")
    chair.setCurrentIndex(chair.findData("absent"))
    unused.setText("sakit")
    chair.setCurrentIndex(chair.findData("present"))
    papers.foot.next_button.click()
    office = papers.missing.window().findChildren(OfficeDesk)[0].session.office
    signers = {signer.seat: signer for signer in revisions.revisions(office, BUPATI)[0].signers}
    assert signers["saksi-2"].presence is Presence.REFUSED
    assert signers["saksi-2"].reason == "keberatan atas TPS 901"
    assert signers["ketua"].reason == ""


def test_names_of_signers_outlive_a_look_elsewhere_and_a_wheel(
    window: OpenWindow, tmp_path: Path
) -> None:
    desk = desk_with(window, tmp_path / "o.rekap", filled=5)
    papers = desk.papers
    signers_of(papers).place.setText("Ciamis")
    name, presence, _ = signers_of(papers).seat("ketua")
    name.setText("Dedi")
    wheel = QWheelEvent(
        QPointF(2, 2),
        QPointF(2, 2),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own signature
    )
    QApplication.sendEvent(presence, wheel)
    assert presence.currentData() == "present"
    desk.session.next_contest()
    assert papers.signers is None
    entering.enter(desk.session.office, GUBERNUR, TPS[0], {"cast": 1}, by="Siti")
    desk.session.recorded.emit()
    desk.session.next_contest()
    papers.foot.next_button.click()
    assert signers_of(papers).place.text() == "Ciamis"
    assert signers_of(papers).seat("ketua")[0].text() == "Dedi"


def test_enter_walks_through_the_names_to_the_close(papers: PapersPage) -> None:
    form = signers_of(papers)
    seen = 0
    while QApplication.focusWidget() is not papers.foot.next_button:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget) and seen < 40
        QTest.keyClick(focus, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        seen += 1
    assert seen == 2 + 2 * len(form.signers)


def test_work_that_ends_after_its_page_is_gone_is_not_brought_home(
    qtbot: QtBot, qapp: QApplication
) -> None:
    class Page(QWidget):
        def take(self, future: Future[int]) -> None:
            self.setWindowTitle(str(future.result()))

    background = Background()
    page = Page()
    arrived: list[int] = []
    background.submit(lambda: 1, page.take)
    background.submit(lambda: 2, lambda future: arrived.append(future.result()))
    page.deleteLater()
    qapp.sendPostedEvents(page, 52)
    qtbot.waitUntil(lambda: arrived == [2])
    background.stop()


def test_the_papers_of_the_hall_stand_in_the_list_and_are_shown(
    qtbot: QtBot, papers: PapersPage
) -> None:
    for name, title in (
        ("Berita acara", "BERITA ACARA"),
        ("Kejadian khusus dan keberatan", "KEJADIAN KHUSUS DAN/ATAU KEBERATAN SAKSI"),
        ("Daftar pembetulan", "DAFTAR PEMBETULAN"),
        ("Tanda terima", "TANDA TERIMA"),
        ("Daftar pengetik", "DAFTAR PENGETIK"),
        ("D.HASIL kosong", "KELURAHAN KELURAHAN MALEBER"),
    ):
        papers.which.setCurrentIndex(papers.which.findText(name))
        with qtbot.waitSignal(papers.preview.made, timeout=SLOW) as made:
            papers.which.activated.emit(papers.which.currentIndex())
        (book,) = made.args or []
        assert book.papers[0].face.name == title


def test_a_zero_report_that_comes_too_late_says_why(qtbot: QtBot, papers: PapersPage) -> None:
    papers.which.setCurrentIndex(papers.which.findText("Berita acara nol"))
    papers.which.activated.emit(papers.which.currentIndex())
    qtbot.waitUntil(lambda: not papers.pdf.isEnabled(), timeout=SLOW)
    assert not papers.view.isEnabled()


def test_a_kabupaten_shows_its_book_and_no_list_for_the_pps(
    qtbot: QtBot, window: OpenWindow, tmp_path: Path
) -> None:
    tiny_office(tmp_path / "db.rekap", region="3207").close()
    desk = window(tmp_path / "db.rekap").desk
    assert desk is not None
    papers = desk.papers
    with qtbot.waitSignal(papers.preview.made, timeout=SLOW) as made:
        desk.go_to(Place.PAPERS)
    (book,) = made.args or []
    assert [paper.code for paper in book.papers] == ["3207", "3207"]
    names = [papers.which.itemText(at) for at in range(papers.which.count())]
    assert names[:2] == ["Buku rekapitulasi", "Berita acara"]
    assert len(names) == 10
