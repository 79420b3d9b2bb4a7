"""A laptop on its page of keys, worked at by keys alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from recap_desktop.desk.keys.keys_page import KeysPage
from recap_desktop.desk.keys.request_walk import RequestWalk
from recap_desktop.desk.main_window import MainWindow
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.pieces.asked_boxes import AskedBoxes
from recap_desktop.office.keys.standing import OwnState
from recap_desktop.office.keys.trusting import own_key_of
from tests.journeys.pad import press

PHRASE = "408215973160"
SLOW = 20_000


@dataclass
class Laptop:
    """The window of one office, on its page of keys."""

    desk: OfficeDesk
    qtbot: QtBot

    @property
    def page(self) -> KeysPage:
        return self.desk.behind.keys

    @property
    def form(self) -> AskedBoxes:
        assert self.page.form is not None
        return self.page.form

    @property
    def walk(self) -> RequestWalk:
        assert self.page.walk is not None
        return self.page.walk

    @property
    def is_walking(self) -> bool:
        return self.page.walk is not None

    def begin_walk(self) -> None:
        """Once the key is open, on to the first request."""
        self.qtbot.waitUntil(lambda: self.is_walking, timeout=SLOW)
        press("\n")

    @property
    def key(self) -> str:
        return own_key_of(self.desk.session.office)

    @property
    def state(self) -> OwnState:
        assert self.page.seen is not None
        return self.page.seen.own.state

    def take_up(self) -> None:
        """Go to this laptop, and to its page of keys."""
        shown = self.desk.window()
        with self.qtbot.waitActive(shown):
            shown.activateWindow()
        self.desk.take_focus()

    def leave(self) -> None:
        """Close the office."""
        window = self.desk.window()
        assert isinstance(window, MainWindow)
        window.leave_office()

    def part(self, number: int) -> None:
        """Go to a part of the page by its number; Enter begins its first act."""
        press(f"{number}")
        press("\n")
        assert self.page.form is not None

    def other(self, times: int) -> None:
        """Begin another act of the part: the slash leads from button to button."""
        press("/" * times)
        press("\n")

    def empty(self, at: int) -> None:
        """Empty a box that knows the last time's answer, and go there."""
        self.form.fields[at].clear()
        self.form.take_focus()

    def fill(self, *texts: str) -> None:
        """Type into the boxes that are empty, Enter after each, and Enter once more at the foot."""
        left = list(texts)
        while left:
            box = QApplication.focusWidget()
            assert isinstance(box, QLineEdit), left
            if not box.text():
                QTest.keyClicks(box, left.pop(0))
            press("\n")
        while isinstance(QApplication.focusWidget(), QLineEdit):
            press("\n")
        press("\n")

    def done(self, *texts: str) -> str:
        """The same, until the page is done with it; what it says."""
        self.fill(*texts)
        self.qtbot.waitUntil(lambda: self.page.form is None, timeout=SLOW)
        return self.page.foot.message

    def refused(self, *texts: str) -> str:
        """The same; the form stays, and the page says why."""
        self.page.foot.say("")
        self.fill(*texts)
        opening = self.page._session.words["desk.kirim.work-key"]
        self.qtbot.waitUntil(lambda: self.page.foot.message not in ("", opening), timeout=SLOW)
        assert self.page.form is not None
        return self.page.foot.message

    def make_key(self, folder: Path) -> Path:
        folder.mkdir()
        press("1\n")
        self.done(str(folder), PHRASE, PHRASE)
        (path,) = folder.iterdir()
        return path
