"""F8 hands out what has been read, from every page, and says what was written where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.pieces.step_bar import StepBar
from recap_desktop.desk.rail import Place
from recap_desktop.office.entry import entering
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

SLOW = 20_000

Choose = Callable[[Path | None], list[str]]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Stands for the chooser of the system: gives a folder, and tells where it was opened."""

    def given(folder: Path | None) -> list[str]:
        opened: list[str] = []

        def ask(_parent: object, _title: str, start: str) -> str:
            opened.append(start)
            return str(folder) if folder else ""

        monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
        return opened

    return given


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


def foot_of(desk: OfficeDesk, place: Place) -> StepBar:
    feet = {
        Place.OVERVIEW: desk.overview.foot,
        Place.ENTRY: desk.entry.foot,
        Place.PAPERS: desk.papers.foot,
        Place.HISTORY: desk.history.foot,
    }
    return feet[place]


@pytest.mark.parametrize("place", [Place.OVERVIEW, Place.ENTRY, Place.PAPERS, Place.HISTORY])
def test_one_key_writes_and_says_what_and_where(
    qtbot: QtBot, desk: OfficeDesk, stick: Path, choose: Choose, place: Place
) -> None:
    choose(stick)
    desk.session.choose_person("Siti")
    desk.go_to(place)
    QTest.keyClick(desk.window(), Qt.Key.Key_F8)
    foot = foot_of(desk, place)
    qtbot.waitUntil(lambda: "3 berkas" in foot.message, timeout=SLOW)
    assert str(stick) in foot.message and "1 dari 5 TPS" in foot.message
    assert len(list(stick.iterdir())) == 3


def test_from_the_help_it_is_said_in_the_overview(
    qtbot: QtBot, desk: OfficeDesk, stick: Path
) -> None:
    desk.go_to(Place.HELP)
    desk.hand_out.write_to(stick)
    qtbot.waitUntil(lambda: "3 berkas" in desk.overview.foot.message, timeout=SLOW)
    assert desk.overview.isVisible()


def test_the_folder_is_remembered_and_asked_for_again(
    qtbot: QtBot, desk: OfficeDesk, stick: Path, choose: Choose
) -> None:
    assert choose(stick) == []
    desk.hand_out.ask()
    qtbot.waitUntil(lambda: len(list(stick.iterdir())) == 3, timeout=SLOW)
    opened = choose(None)
    desk.hand_out.ask()
    assert opened == [str(stick)]
    assert WindowSettings().hand_out_folder == stick


def test_a_stick_that_is_away_is_not_where_the_question_begins(
    desk: OfficeDesk, stick: Path, choose: Choose
) -> None:
    WindowSettings().hand_out_folder = stick
    stick.rmdir()
    opened = choose(None)
    desk.hand_out.ask()
    assert opened == [str(Path.home())]


def test_a_stick_that_was_taken_out_is_said_calmly(
    qtbot: QtBot, desk: OfficeDesk, stick: Path
) -> None:
    stick.rmdir()
    desk.hand_out.write_to(stick)
    qtbot.waitUntil(lambda: "tidak dapat ditulis" in desk.overview.foot.message, timeout=SLOW)
    assert str(stick) in desk.overview.foot.message


def test_before_anything_is_read_there_is_nothing_to_hand_out(
    qtbot: QtBot, window: OpenWindow, stick: Path, tmp_path: Path
) -> None:
    tiny_office(tmp_path / "empty.rekap").close()
    desk = window(tmp_path / "empty.rekap").desk
    assert desk is not None
    desk.hand_out.write_to(stick)
    qtbot.waitUntil(lambda: "Belum ada TPS" in desk.overview.foot.message, timeout=SLOW)
    assert list(stick.iterdir()) == []


def test_the_papers_page_has_a_button_for_it(
    qtbot: QtBot, desk: OfficeDesk, stick: Path, choose: Choose
) -> None:
    choose(stick)
    desk.go_to(Place.PAPERS)
    desk.papers.numbers.click()
    qtbot.waitUntil(lambda: len(list(stick.iterdir())) == 3, timeout=SLOW)


def test_the_list_for_the_pps_is_shown_and_saved_with_the_papers(
    qtbot: QtBot, window: OpenWindow, tmp_path: Path
) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    entering.enter(office, BUPATI, TPS[0], {**valid_bupati(), "cast": 999}, by="Siti")
    office.close()
    desk = window(tmp_path / "o.rekap").desk
    assert desk is not None
    desk.go_to(Place.PAPERS)
    papers = desk.papers
    papers.which.setCurrentIndex(papers.which.findText("Daftar untuk PPS"))
    with qtbot.waitSignal(papers.preview.made, timeout=SLOW) as made:
        papers.which.activated.emit(papers.which.currentIndex())
    (book,) = made.args or []
    assert "untuk PPS" in papers.foot.message
    assert [paper.code for paper in book.papers] == ["3207011001", "3207012001"]
    path = tmp_path / "pps.pdf"
    papers.save_pdf(path)
    qtbot.waitUntil(path.exists, timeout=SLOW)
