"""Choosing a TPS by typing its number; the answer, name and state, stands beside it at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from recap_desktop.desk.looks.appearance import ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import icon
from recap_desktop.desk.looks.signs import SIGNS
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.entry.finding_stations import find_stations, villages
from recap_desktop.office.entry.stations import sign_of

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session
    from recap_desktop.office.entry.stations import Sign

_ICON = 20
_PLUS = re.compile(r"\+(\d{1,3})?")


class ChooserField(QLineEdit):
    """The box of the chooser: a number, a code, or a desa and a number."""

    turned = Signal(int)
    walked = Signal(int)
    cleared = Signal()
    slashed = Signal()
    stepped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Page Up and Down turn to another desa, Up and Down to another answer.

        In the empty box the slash asks for the next TPS that somebody must look at or decide
        about, the star for the next list.
        """
        key = event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.walked.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
        elif key == Qt.Key.Key_Slash and not self.text():
            self.slashed.emit()
        elif key == Qt.Key.Key_Asterisk and not self.text():
            self.stepped.emit()
        else:
            super().keyPressEvent(event)


class StationChooser(QWidget):
    """Type a TPS, see which it is and how it stands, press Enter.

    Enter on the empty box asks for the next TPS that has nothing yet.
    """

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Choose among the TPS of the contest that is looked at."""
        super().__init__(parent)
        self._session = session
        words = session.words
        self._near = ""
        self._found: list[str] = []
        self._at = 0
        caption = QLabel(words["desk.chooser.caption"])
        self.field = ChooserField()
        self.field.setPlaceholderText(words["desk.chooser.placeholder"])
        caption.setBuddy(self.field)
        self.field.setAccessibleName(words["desk.chooser.name"])
        sized(self.field, 1.3)
        self.field.setFixedWidth(self.field.fontMetrics().averageCharWidth() * 18)
        self._icon = QLabel()
        self._icon.setFixedSize(QSize(_ICON + 2, _ICON + 2))
        self._answer = PlainLabel(lines=2)
        self._answer.setAccessibleName(words["desk.chooser.answer"])
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(caption)
        box.addWidget(self.field)
        box.addWidget(self._icon)
        box.addWidget(self._answer, 1)
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self._take)
        self.field.turned.connect(self._turn)
        self.field.walked.connect(self._walk)
        self.field.cleared.connect(self.clear)
        session.in_one_go_changed.connect(self.refresh)
        self._look()

    @property
    def answer(self) -> str:
        """What is answered to what was typed."""
        return self._answer.text

    @property
    def near(self) -> str:
        """The TPS or desa one is in."""
        return self._near

    def go_near(self, tps: str) -> None:
        """Take numbers from now on as those of the desa of a TPS, and forget what was typed."""
        self._near = tps
        self.clear()

    def begin(self, digit: str) -> None:
        """Go to the box with the first digit of a number that was begun elsewhere."""
        self.take_focus()
        self.field.setText(digit)

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()
        self._look()

    def refresh(self) -> None:
        """Answer again, after something was recorded; now, or when it is next shown."""
        if self.isVisible():
            self._look()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Answer with what is known now."""
        super().showEvent(event)
        self._look()

    def take_focus(self) -> None:
        """Go to the box."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _look(self) -> None:
        session = self._session
        text = self.field.text()
        self._at = 0
        self._found = find_stations(session.office, session.contest_id, text, near=self._near)
        if self._found:
            self._show_found()
        elif (contest := self._after_plus()) is not None:
            is_on = session.is_in_one_go
            code = "chosen" if contest else "switch-off" if is_on else "switch-on"
            name = session.contest_name(contest) if contest else ""
            self._show(session.words(f"desk.contests.{code}", name=name), None)
        elif text.strip():
            self._show(session.words["desk.chooser.none"], None)
        else:
            self._show_where()

    def _show_where(self) -> None:
        """Nothing typed: say which desa one is in and which TPS Enter would open."""
        session = self._session
        following = session.next_form(self._near)
        codes = ("desk.chooser.next", "desk.chooser.all-filled")
        if session.reads_stations:
            codes = ("desk.reading.next", "desk.reading.all-read")
        code = codes[0] if following else codes[1]
        if following and not session.reads_stations and session.is_second(*following):
            code = "desk.chooser.next-second"
        name = session.form_name(*following) if following else ""
        text = session.words(code, station=name)
        if self._near:
            own = villages(session.office, session.contest_id, near=self._near)
            desa = self._near[: Level.DESA.value]
            if desa in own:
                number = str(own.index(desa) + 1)
                here = session.words(
                    "desk.chooser.here", number=number, village=session.village(self._near)
                )
                text = f"{here}\n{text}"
        self._show(text, None)

    def _show_found(self) -> None:
        session = self._session
        tps = self._found[self._at]
        stored = session.office.file.contests[session.contest_id].tally(tps)
        if stored is None:
            return
        sign = sign_of(stored, double_entry=session.office.file.double_entry)
        text = session.words(
            "desk.chooser.found",
            station=session.station(tps),
            state=self._state(sign, is_read=stored.tally.read),
        )
        others = len(self._found) - 1
        second = session.station_code(tps)
        if others:
            more = session.words("desk.chooser.more", count=others)
            second = f"{second}  {more}"
        self._show(f"{text}\n{second}", sign)

    def _state(self, sign: Sign, *, is_read: bool) -> str:
        words = self._session.words
        state = words[f"desk.sign.{sign.value}"]
        return f"{state}, {words['desk.reading.done']}" if is_read else state

    def _show(self, text: str, sign: Sign | None) -> None:
        self._answer.set_text(text)
        if sign is None:
            self._icon.clear()
            return
        shape, hue = SIGNS[sign]
        shown = icon(shape, ink(self.palette(), hue))
        self._icon.setPixmap(shown.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))

    def _take(self) -> None:
        session = self._session
        if self._found:
            self.chosen.emit(self._found[self._at])
        elif not self.field.text().strip():
            following = session.next_form(self._near)
            if following is not None:
                session.choose_contest(following[0])
                self.chosen.emit(following[1])
        else:
            self._take_plus()

    def _after_plus(self) -> str | None:
        """The contest of ``+2``, the second of the office; empty for ``+``, None for other texts."""
        match = _PLUS.fullmatch(self.field.text().strip())
        held = self._session.office.contests
        if match is None or len(held) == 1:
            return None
        number = int(match[1] or 0)
        if number > len(held):
            return None
        return held[number - 1] if number else ""

    def _take_plus(self) -> None:
        """A plus alone switches to all contests in one go and back; with a number to a contest."""
        session, contest = self._session, self._after_plus()
        if contest is None:
            return
        self.clear()
        if contest:
            session.choose_contest(contest)
        else:
            session.choose_in_one_go(not session.is_in_one_go)

    def _turn(self, by: int) -> None:
        session = self._session
        own = villages(session.office, session.contest_id, near=self._near)
        desa = self._near[: Level.DESA.value]
        at = (own.index(desa) + by) % len(own) if desa in own else 0
        self._near = own[at]
        self._look()

    def _walk(self, by: int) -> None:
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._show_found()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the sign anew where the colours change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._found:
            self._show_found()
