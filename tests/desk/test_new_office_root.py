"""A new office in the window, and the root of its election that lies beside the definition."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.main_window import MainWindow
from recap_desktop.desk.new_office_page import NewOfficePage
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.wording import Words
from recap_desktop.exchange.election_file import write_election
from recap_desktop.office.keys import own_keys
from recap_desktop.office.keys.trusting import trust_of
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import press
from tests.made_up.keys import Keyed, keyed, typed
from tests.made_up.offices import tiny_election


def definition(folder: Path, mode: Mode = Mode.REHEARSAL) -> Path:
    path = folder / "pemilihan.json"
    write_election(tiny_election(mode), path)
    return path


def root_beside(folder: Path, mode: Mode = Mode.REHEARSAL, code: str = "32") -> Keyed:
    """An office whose request lies beside the definition."""
    made = keyed(folder / f"akar-{code}-{mode.value}", code, tiny_election(mode))
    own_keys.write_request(made.office, folder, key=made.key)
    made.office.close()
    return made


@pytest.fixture
def page(window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewOfficePage:
    """The page of a new office; offices go to the home of nobody real."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    shown = window()
    shown._show_new()
    found = shown.findChild(NewOfficePage)
    assert isinstance(found, NewOfficePage)
    return found


def desk_made(page: NewOfficePage) -> OfficeDesk:
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.desk is not None
    return window.desk


def test_a_root_beside_the_definition_is_typed_when_the_office_is_made(
    page: NewOfficePage, tmp_path: Path, words: Words
) -> None:
    root = root_beside(tmp_path)
    page.read(definition(tmp_path))
    page.search.setText("32.07.01")
    assert root.public not in page.root.about.text
    first, second = typed(root.public).split()
    page.root.groups[0].setFocus()
    for text in ("0000", second, "Ketut"):
        box = QApplication.focusWidget()
        assert isinstance(box, QLineEdit)
        QTest.keyClicks(box, text)
        press("\n")
    press("\n")
    numbers = page.root.about.text.partition("kelompok ")[2].partition(". Boleh")[0]
    assert page.foot.message == words("problem.fingerprint-not-typed", groups=numbers)
    assert list(tmp_path.glob("*.rekap")) == []
    page.root.groups[0].setText(first)
    page.root.by.clear()
    page.foot.next_button.click()
    assert page.foot.message == words["problem.name-missing"]
    page.root.by.setText("Ketut")
    page.foot.next_button.click()
    assert trust_of(desk_made(page).session.office).roots == {"32": root.public}


def test_it_may_be_left_for_later(page: NewOfficePage, tmp_path: Path) -> None:
    root_beside(tmp_path)
    page.read(definition(tmp_path))
    page.search.setText("32.07.01")
    page.foot.next_button.click()
    desk = desk_made(page)
    assert trust_of(desk.session.office).roots == {}
    assert desk.session.office.can_write


def test_what_is_no_root_here_is_not_asked_for(
    page: NewOfficePage, tmp_path: Path, words: Words
) -> None:
    root_beside(tmp_path, Mode.REAL)
    root_beside(tmp_path, code="320702")
    (tmp_path / "rusak.permohonan").write_bytes(b"bukan permohonan")
    page.read(definition(tmp_path))
    page.search.setText("32.07.01")
    assert page.root.about.text == words["desk.new.root-none"]
    assert page.root.offered is None
    assert not page.root.groups[0].isVisible()
    # A provinsi is its own root: there is nobody above whose key it would type.
    root_beside(tmp_path)
    page.search.setText("jawa barat")
    assert page.region is not None and page.region.code == "32"
    assert page.root.offered is None


def test_files_that_differ_are_believed_in_none(
    page: NewOfficePage, tmp_path: Path, words: Words
) -> None:
    root_beside(tmp_path)
    (tmp_path / "PERMOHONAN_32.permohonan").rename(tmp_path / "lain.permohonan")
    other = keyed(tmp_path / "palsu", "32", tiny_election())
    own_keys.write_request(other.office, tmp_path, key=other.key)
    other.office.close()
    page.read(definition(tmp_path))
    page.search.setText("32.07.01")
    assert page.root.about.text == words["desk.new.root-differ"]


@pytest.mark.parametrize("size", [(960, 500), (1092, 560)])
def test_the_page_fits(
    page: NewOfficePage, tmp_path: Path, qtbot: QtBot, size: tuple[int, int]
) -> None:
    root_beside(tmp_path)
    page.read(definition(tmp_path))
    page.search.setText("32.07.01")
    window = page.window()
    window.resize(*size)
    qtbot.wait(50)
    assert (window.width(), window.height()) == size
    room = QRect(QPoint(), window.size())
    for widget in page.findChildren(QWidget):
        if widget.isVisible():
            where = QRect(widget.mapTo(window, QPoint()), widget.size())
            assert room.contains(where) or page.table.isAncestorOf(widget), widget
            if isinstance(widget, QAbstractButton) and widget.text():
                assert widget.width() >= widget.minimumSizeHint().width(), widget.text()
