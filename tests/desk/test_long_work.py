"""Long work lets the window answer: what is told, what is heard meanwhile, and what has to wait."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import Future
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop import patience
from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.laptop.patience import Patience
from recap_desktop.desk.laptop.told_way import ToldWay
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.office.entry import entering
from recap_desktop.problems import KnownProblem
from recap_desktop.way import GivenUp, Way
from tests.made_up.offices import BUPATI, TPS, valid_bupati


class Shown(QWidget):
    """A page with a box, a button that gives up and one that does not, and a shortcut."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.box, self.stop, self.other = QLineEdit(), QPushButton("Batal"), QPushButton("Lain")
        layout = QVBoxLayout(self)
        for widget in (self.box, self.stop, self.other):
            layout.addWidget(widget)
        self.patience = Patience(background, self)
        self.pressed: list[str] = []
        self.stop.clicked.connect(self.patience.give_up)
        self.other.clicked.connect(lambda: self.pressed.append("other"))
        shortcut = QShortcut(QKeySequence("F5"), self)
        shortcut.activated.connect(lambda: self.pressed.append("F5"))


@pytest.fixture
def background(qtbot: QtBot) -> Background:
    background = Background()
    qtbot.addWidget(QWidget(), before_close_func=lambda _: background.stop())
    return background


@pytest.fixture
def shown(qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch) -> Shown:
    monkeypatch.setattr(patience, "_MOMENT", 0.0)
    shown = Shown(background)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def test_nothing_but_its_button_is_heard_and_work_ends_there(shown: Shown) -> None:
    done: list[int] = []
    heard: list[int] = []
    shown.patience.advanced.connect(heard.append)

    def work(way: Way) -> None:
        for step in range(10):
            done.append(step)
            if step == 3:
                QTest.keyClicks(shown.box, "12")
                QTest.mouseClick(shown.other, Qt.MouseButton.LeftButton)
                QTest.keyClick(shown, Qt.Key.Key_F5)
                assert not shown.close()
            if step == 6:
                QTest.mouseClick(shown.stop, Qt.MouseButton.LeftButton)
            way.at(step + 1, 10)

    with pytest.raises(GivenUp):
        shown.patience.run(work, shown.stop)
    assert done == list(range(7)) and heard == [10, 20, 30, 40, 50, 60, 70]
    assert shown.box.text() == "" and shown.pressed == [] and shown.isVisible()
    assert not shown.patience.is_running
    # Afterwards everything is heard again.
    QTest.keyClicks(shown.box, "12")
    QTest.mouseClick(shown.other, Qt.MouseButton.LeftButton)
    QTest.keyClick(shown, Qt.Key.Key_F5)
    assert shown.box.text() == "12" and shown.pressed == ["other", "F5"]


def test_what_it_comes_to_is_given_and_a_refusal_goes_on(shown: Shown) -> None:
    def count(way: Way) -> int:
        way.at(1, 2)
        return 7

    assert shown.patience.run(count, shown.stop) == 7

    def refuse(_way: Way) -> None:
        raise KnownProblem("disk-full", path="x")

    with pytest.raises(KnownProblem):
        shown.patience.run(refuse, shown.stop)
    assert not shown.patience.is_running and gc.get_freeze_count() == 0


def test_what_the_worker_brings_waits(qtbot: QtBot, shown: Shown, background: Background) -> None:
    brought: list[int] = []
    finished = threading.Event()

    def bring(future: Future[int]) -> None:
        brought.append(future.result())

    def work(way: Way) -> None:
        future = background.submit(lambda: 5, bring)
        future.add_done_callback(lambda _: finished.set())
        assert finished.wait(10)
        for step in range(5):
            way.at(step, 5)
        assert brought == []

    shown.patience.run(work, shown.stop)
    qtbot.waitUntil(lambda: brought == [5])


def test_a_worker_is_told_and_ends_where_it_next_tells(
    qtbot: QtBot, background: Background
) -> None:
    told = ToldWay(background)
    heard: list[int] = []
    told.advanced.connect(heard.append)
    begun, go_on = threading.Event(), threading.Event()
    steps: list[int] = []

    def work(way: Way) -> None:
        for step in range(4):
            way.at(step, 4)
            steps.append(step)
            begun.set()
            assert go_on.wait(10)

    told.begin()
    told.stretch = (0.5, 1.0)
    future = background.submit(partial(work, told.way()), lambda _: None)
    assert begun.wait(10)
    qtbot.waitUntil(lambda: heard == [0, 50])
    told.give_up()
    go_on.set()
    with pytest.raises(GivenUp):
        future.result(10)
    assert steps == [0] and heard == [0, 50]


def test_nobody_records_while_something_long_is_written(desk: OfficeDesk) -> None:
    office = desk.session.office
    before = office.file.journal.last_place()
    office.file._db.conn.execute("BEGIN IMMEDIATE")
    with pytest.raises(KnownProblem) as caught:
        entering.enter(office, BUPATI, TPS[1], valid_bupati(), by="Siti")
    assert caught.value.code == "office-is-being-written"
    office.file._db.conn.execute("ROLLBACK")
    assert office.file.journal.last_place() == before
    entering.enter(office, BUPATI, TPS[1], valid_bupati(), by="Siti")
