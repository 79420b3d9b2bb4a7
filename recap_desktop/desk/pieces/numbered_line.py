"""A line of text in which one digit chooses a usual text, and any other text is typed as ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.office.entry.usual_words import MOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.wording import Words

_MOST_ROWS = 5
_MOVING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class NumberedLine(QLineEdit):
    """A box for a text. A digit typed first shows the usual text of that number, still selected.

    Enter keeps it. A letter, a space or another digit typed next takes it back: then the digit
    was the beginning of a text of one's own, and stands before it.
    """

    entered = Signal()

    def __init__(self, text: str = "") -> None:
        """A box that offers nothing yet."""
        super().__init__(text)
        self.offered: tuple[str, ...] = ()
        self._digit = ""

    def offer(self, texts: Sequence[str]) -> None:
        """Offer other texts, numbered from 1."""
        self.offered = tuple(texts)
        self._digit = ""

    def choose(self, number: int) -> None:
        """Take the text of a number."""
        if 0 < number <= len(self.offered):
            self._digit = str(number)
            self.setText(self.offered[number - 1])
            self.selectAll()
            self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A first digit chooses; what follows it says whether that was meant."""
        text = "" if event.modifiers() & _MOVING else event.text()
        is_whole = not self.text() or self.selectedText() == self.text()
        digit, self._digit = self._digit, ""
        if digit and is_whole and text.isprintable() and text:
            self.setText(digit)
        elif is_whole and not digit and text.isdecimal() and 0 < int(text) <= len(self.offered):
            self.choose(int(text))
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that its texts are to be offered."""
        super().focusInEvent(event)
        self._digit = ""
        self.entered.emit()


class _Offered(PlainLabel):
    """One text of the list; a click chooses it too."""

    clicked = Signal(int)

    def __init__(self, number: int) -> None:
        """An empty line."""
        super().__init__()
        self._number = number
        sized(self, 0.9, condensed=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose it."""
        super().mouseReleaseEvent(event)
        self.clicked.emit(self._number)


class OfferedTexts(QWidget):
    """The numbered texts of the box that is typed in, always in the same place."""

    def __init__(self, words: Words, lines: Sequence[NumberedLine]) -> None:
        """Room for the texts of any of some lines; those of the one with the focus are shown."""
        super().__init__()
        self._words = words
        self._lines = tuple(lines)
        self._line: NumberedLine | None = None
        self._hint = PlainLabel()
        sized(self._hint, 0.8)
        self._hint.set_role(QPalette.ColorRole.PlaceholderText)
        self._labels = [_Offered(number) for number in range(1, MOST + 1)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setVerticalSpacing(0)
        for label in self._labels:
            label.clicked.connect(self._choose)
        for line in lines:
            line.entered.connect(self._enter)
        self.show_of(self._lines[0])

    @property
    def texts(self) -> list[str]:
        """What is offered now, each with its number."""
        return [label.text for label in self._labels if label.text]

    def label(self, number: int) -> QWidget:
        """The line of a number."""
        return self._labels[number - 1]

    def show_of(self, line: NumberedLine) -> None:
        """Offer the texts of a line; the room is that of the longest list."""
        self._line = line
        most = max(len(one.offered) for one in self._lines)
        # Many texts are short ones, as names of seats are: two stand beside each other.
        columns = 2 if most > _MOST_ROWS else 1
        rows = -(-most // columns)
        self._grid.addWidget(self._hint, 0, 0, 1, columns)
        for at, label in enumerate(self._labels):
            is_there = at < len(line.offered)
            words = self._words
            text = ""
            if is_there:
                text = words("usual-word.line", number=str(at + 1), text=line.offered[at])
            label.set_text(text)
            # In its place first: shown before it has one, it is a window of its own for a moment.
            self._grid.addWidget(label, 1 + at % max(rows, 1), at // max(rows, 1))
            label.setVisible(at < most)
        self._hint.set_text(self._words["usual-word.offered"] if line.offered else "")

    def _enter(self) -> None:
        line = self.sender()
        if isinstance(line, NumberedLine):
            self.show_of(line)

    def _choose(self, number: int) -> None:
        if self._line is not None:
            self._line.setFocus(Qt.FocusReason.MouseFocusReason)
            self._line.choose(number)
