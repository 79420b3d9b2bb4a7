"""Files and codes are checked in the window, with an office and without one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.history.check_page import CheckPage
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.office.papers.anchoring import anchor_of
from recap_desktop.office.papers.printing import book_of, write_book
from recap_desktop.office.plenary.revisions import standing_revision
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import BUPATI
from tests.scenes.papers_scenes import printed

SLOW = 20_000


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    printed(tmp_path / "o.rekap")
    desk = window(tmp_path / "o.rekap").desk
    assert desk is not None
    return desk


@pytest.fixture
def sheet(desk: OfficeDesk, tmp_path: Path) -> Path:
    office = desk.session.office
    path = tmp_path / "lembar.pdf"
    write_book(book_of(office, BUPATI, revision=standing_revision(office, BUPATI)), path)
    return path


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, key, Qt.KeyboardModifier.KeypadModifier)


def told(page: CheckPage) -> list[str]:
    return [page.stages.item(at).text() for at in range(page.stages.count())]


def page_of(desk: OfficeDesk) -> CheckPage:
    desk.go_to(Place.HISTORY)
    desk.history_place.show_check()
    return desk.history_place.check


def waited(page: CheckPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.checked is not None and not page.is_running, timeout=SLOW)


def test_from_the_history_a_file_is_checked_by_the_number_pad_alone(
    desk: OfficeDesk, sheet: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClick(desk, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    desk.history.foot.take_focus()
    press(Qt.Key.Key_Asterisk)
    press(Qt.Key.Key_Enter)
    page = desk.history_place.check
    assert page.isVisible() and page.foot.next_button.hasFocus()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(sheet), ""))
    press(Qt.Key.Key_Enter)
    waited(page, qtbot)
    assert page.card.word.text == "COCOK" and page.card.hue is Hue.GOOD
    assert page.card.what.text == "PDF rekapitulasi: lembar.pdf"
    assert len(told(page)) == 7
    about = [page.about.item(at).text() for at in range(page.about.count())]
    assert "Suara sah: 700" in about and any("revisi 2" in text for text in about)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert desk.history.isVisible()
    desk.session.history_asked.emit("3207011001001")
    assert desk.history.isVisible()


def test_the_text_of_a_code_is_scanned_or_pasted(desk: OfficeDesk, qtbot: QtBot) -> None:
    office = desk.session.office
    revision = standing_revision(office, BUPATI)
    assert revision is not None
    line = anchor_of(office.election, revision.record).text
    page = page_of(desk)
    page.text.setFocus()
    page.text.setText(line)
    press(Qt.Key.Key_Enter)
    waited(page, qtbot)
    assert page.card.word.text == "COCOK"
    page.text.setText(line.replace("SAH 700", "SAH 600", 1))
    page.text.setFocus()
    page.checked = None
    press(Qt.Key.Key_Enter)
    waited(page, qtbot)
    assert page.card.word.text == "TIDAK COCOK" and page.card.hue is Hue.WRONG
    assert "angkanya lain" in page.card.why.text
    page.text.setText("halo")
    page.checked = None
    page.text.setFocus()
    press(Qt.Key.Key_Enter)
    waited(page, qtbot)
    assert page.card.word.text == "TIDAK DAPAT DIPERIKSA"


def test_without_an_office_it_is_said_that_the_signer_is_not_proved(
    window: OpenWindow, desk: OfficeDesk, sheet: Path, qtbot: QtBot
) -> None:
    other = window()
    other.welcome.check.setFocus()
    press(Qt.Key.Key_Enter)
    (page,) = other.findChildren(CheckPage)
    assert page.isVisible()
    page.check(sheet)
    waited(page, qtbot)
    assert page.card.word.text == "COCOK, PENANDA TANGAN BELUM TERBUKTI"
    assert page.card.hue is Hue.CARE and "Meja" in page.card.why.text
    page.text.setText(str(sheet))
    page.text.setFocus()
    page.checked = None
    press(Qt.Key.Key_Enter)
    waited(page, qtbot)
    assert page.card.what.text.endswith("lembar.pdf"), "a path is a file"
    page.foot.other_button.click()
    assert other.welcome.isVisible()
    assert desk.session.office.can_write


def test_a_check_can_be_stopped_and_the_office_left_meanwhile(
    desk: OfficeDesk, sheet: Path, qtbot: QtBot
) -> None:
    page = page_of(desk)
    page.check(sheet)
    page.foot.other_button.click()
    assert not page.is_running and "dihentikan" in page.foot.message
    page.check(sheet)
    desk.window().close()
    qtbot.wait(300)
