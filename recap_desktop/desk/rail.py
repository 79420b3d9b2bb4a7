"""The rail at the left: the places of the work, each with a word, an icon and a number key."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.typefaces import sized

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words


class Place(enum.Enum):
    """A page of the window, in the order of the work; the last three are smaller."""

    OVERVIEW = "overview"
    ENTRY = "entry"
    PLENO = "pleno"
    PAPERS = "papers"
    SEND = "send"
    HISTORY = "history"
    OFFICE = "office"
    HELP = "help"


_ICONS = {
    Place.OVERVIEW: Shape.GRID,
    Place.ENTRY: Shape.KEYS,
    Place.PLENO: Shape.STAMP,
    Place.PAPERS: Shape.SHEET,
    Place.SEND: Shape.ARROW,
    Place.HISTORY: Shape.CLOCK,
    Place.OFFICE: Shape.LOCK,
    Place.HELP: Shape.HELP,
}
_SMALL = (Place.HISTORY, Place.OFFICE, Place.HELP)


class Rail(QWidget):
    """A button for each place; Alt with its number does the same."""

    chosen = Signal(Place)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """All places, none chosen."""
        super().__init__(parent)
        self.buttons: dict[Place, QToolButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 6, 4, 6)
        box.setSpacing(4)
        for number, place in enumerate(Place, start=1):
            if place is _SMALL[0]:
                box.addStretch(1)
            word = words[f"desk.place.{place.value}"]
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolTip(words("desk.place.tip", place=word, key=str(number)))
            button.setAccessibleName(word)
            is_small = place in _SMALL
            sized(button, 0.8 if is_small else 0.9)
            button.setIconSize(QSize(18, 18) if is_small else QSize(24, 24))
            button.setFixedWidth(self.fontMetrics().averageCharWidth() * 11)
            button.clicked.connect(self._press)
            self.buttons[place] = button
            box.addWidget(button)
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(button.click)
        self._draw()

    def show_chosen(self, place: Place) -> None:
        """Mark the place that is shown."""
        for other, button in self.buttons.items():
            button.setChecked(other is place)

    def _press(self) -> None:
        button = self.sender()
        place = next(key for key, known in self.buttons.items() if known is button)
        self.chosen.emit(place)

    def _draw(self) -> None:
        colour = self.palette().windowText().color()
        for place, button in self.buttons.items():
            button.setIcon(icon(_ICONS[place], colour))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icons anew where the colours change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
