"""Tells the keys of a barcode scanner from those of a person, and keeps them out of the form.

A scanner types like a keyboard, only faster, and ends with Enter. What it reads may be bare
digits, a code with dots, or any text that holds the code: letters, dashes and slashes among it
are keys of the form as well, and must do nothing there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from recap_desktop.desk.entry.number_field import MOST_DIGITS, NumberField
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.office.entry.finding_stations import holds_code

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE = 0.12
"""Seconds without a key after which whatever was typed is a text of its own."""
_QUICK = 0.05
"""Seconds between two keys of a scanner; a person who rolls over two keys may be as quick."""
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_OWN_KEYS = frozenset("xX+-*/ ")
"""What means something in a box beside digits and the point, and a space, which means nothing."""


@dataclass(slots=True)
class _Before:
    """What stood in a box before the first of the keys."""

    field: NumberField
    figure: int | None
    crossed: bool


class ScanWatch(QObject):
    """Watches the keys of boxes and buttons.

    Digits go through, since most of them are a person's; a scan that began with digits takes them
    back out of the box. From the first key on that no person types into a box, or a point right
    after digits, keys are held until Enter says what they were, or a pause does: then they are
    given back as they were typed. So are the keys where a digit answers a question. Nothing is decided by speed alone: without the 13 digits of a
    code there is no scan.
    """

    scanned = Signal(str)

    def __init__(
        self, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Nothing was typed yet; ``clock`` gives seconds."""
        super().__init__(parent)
        self._clock = clock
        self._text = ""
        self._last = self._longest = 0.0
        self._before: _Before | None = None
        self._held: list[QKeyEvent] = []
        self._is_giving_back = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(_PAUSE * 1000))
        self._timer.timeout.connect(self._give_back)

    def takes(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Whether a key belongs to a scan, or may: then the widget must not see it now."""
        if self._is_giving_back or event.modifiers() & _COMMANDS:
            return False
        now = self._clock()
        gap, self._last = now - self._last, now
        if event.key() in _ENDS:
            return self._end(event)
        text = event.text()
        if not text:
            # Shift, before a capital letter.
            return False
        if gap > _PAUSE and not self._held:
            self._text = ""
        if not self._text:
            self._begin(widget)
        else:
            self._longest = max(self._longest, gap)
        answers = isinstance(widget, StepButton) and widget.answers
        is_strange = (answers and text.isdecimal()) or self._is_strange(text, gap)
        self._text += text
        if not self._held and not is_strange:
            return False
        self._held.append(event.clone())
        self._timer.start()
        return True

    def _begin(self, widget: QWidget) -> None:
        self._longest = 0.0
        self._before = None
        if isinstance(widget, NumberField) and not widget.isReadOnly():
            self._before = _Before(widget, widget.figure, widget.is_crossed)

    def _is_strange(self, text: str, gap: float) -> bool:
        """Whether no person types this here: a letter, or a key hard on the heels of a code."""
        is_behind = gap < _QUICK and self._text.isdecimal()
        if text in ".,":
            return is_behind
        if is_behind and len(self._text) > MOST_DIGITS:
            return not text.isdecimal()
        return text.isprintable() and not text.isdecimal() and text not in _OWN_KEYS

    def _end(self, event: QKeyEvent) -> bool:
        text, self._text = self._text, ""
        self._timer.stop()
        if not holds_code(text) or (not self._held and self._longest > _QUICK):
            if not self._held:
                return False
            self._held.append(event.clone())
            self._give_back()
            return True
        self._held = []
        self._restore()
        self.scanned.emit(text)
        return True

    def _restore(self) -> None:
        """Take the digits of a scan out of the box where they went."""
        before, self._before = self._before, None
        if before is None:
            return
        field = before.field
        if (field.figure, field.is_crossed) != (before.figure, before.crossed):
            field.show_figure(before.figure, crossed=before.crossed)
            field.figure_changed.emit(field.cell)
        field.selectAll()

    def _give_back(self) -> None:
        """They were a person's keys after all: each goes where it would have gone."""
        held, self._held = self._held, []
        self._text = ""
        self._is_giving_back = True
        try:
            for event in held:
                focus = QApplication.focusWidget()
                if focus is not None:
                    QApplication.sendEvent(focus, event)
        finally:
            self._is_giving_back = False
