"""The parties of a list form in one line: each with its state, and a box to go to one by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, draw
from recap_desktop.desk.looks.typefaces import CONDENSED, sized
from recap_desktop.office.entry.party_progress import Progress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.election.definitions.contests import Choice
    from recap_desktop.election.wording import Words

SIGNS: Mapping[Progress, tuple[Shape, Hue]] = {
    Progress.EMPTY: (Shape.RING, Hue.QUIET),
    Progress.PARTLY: (Shape.HALF, Hue.CHANGED),
    Progress.FILLED: (Shape.CHECK, Hue.GOOD),
    Progress.WRONG: (Shape.DIAMOND, Hue.WRONG),
}
"""Shape and hue of each state; its word is ``desk.party.<value>``."""

_MOST_DIGITS = 2


class PartyTiles(QWidget):
    """A tile a party: number and state; a click goes to it, keys go through the number box."""

    chosen = Signal(int)

    def __init__(self, parties: Sequence[Choice], words: Words) -> None:
        """Every party empty."""
        super().__init__()
        self._words = words
        self._names = {party.number: party.name for party in parties}
        self._states = dict.fromkeys(self._names, Progress.EMPTY)
        self._here = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._speak()

    @property
    def states(self) -> Mapping[int, Progress]:
        """Number of a party -> where its block stands, as shown."""
        return self._states

    def show_states(self, states: Mapping[int, Progress], *, here: int) -> None:
        """Show where each party stands, and which one is before the person."""
        if (states, here) != (self._states, self._here):
            self._states, self._here = dict(states), here
            self._speak()
            self.update()

    def _speak(self) -> None:
        said = (
            self._words("desk.party.state", number=str(number), state=self._word(state))
            for number, state in self._states.items()
        )
        self.setAccessibleName("; ".join(said))

    def _word(self, state: Progress) -> str:
        return self._words[f"desk.party.{state.value}"]

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line high; as wide as there is room."""
        high = round(self.fontMetrics().height() * 1.5)
        return QSize(high * len(self._names), high)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may become narrow; the numbers stay."""
        high = self.sizeHint().height()
        return QSize(high * len(self._names) // 2, high)

    def _tile(self, at: int) -> QRect:
        wide = min(self.width() / max(1, len(self._names)), self.height() * 1.7)
        left, right = round(at * wide), round((at + 1) * wide)
        return QRect(left, 0, right - left, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the tiles; the present one has a frame in the accent."""
        del event
        painter = QPainter(self)
        palette = self.palette()
        font = QFont(CONDENSED)
        font.setPointSizeF(self.font().pointSizeF())
        for at, (number, state) in enumerate(self._states.items()):
            place = self._tile(at).adjusted(1, 1, -2, -1)
            is_here = number == self._here
            base = QPalette.ColorRole.Base if is_here else QPalette.ColorRole.AlternateBase
            painter.fillRect(place, palette.color(base))
            role = QPalette.ColorRole.Highlight if is_here else QPalette.ColorRole.Mid
            painter.setPen(QPen(palette.color(role), 2 if is_here else 1))
            painter.drawRect(place)
            font.setBold(is_here)
            painter.setFont(font)
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            half = place.width() // 2
            number_place = place.adjusted(1, 0, -half + 2, 0)
            painter.drawText(number_place, int(Qt.AlignmentFlag.AlignCenter), str(number))
            shape, hue = SIGNS[state]
            side = min(half, place.height()) * 0.72
            left = place.left() + half + (half - side) / 2
            box = QRectF(left, place.top() + (place.height() - side) / 2, side, side)
            draw(painter, shape, box, ink(palette, hue))
        painter.end()

    def _at(self, event: QMouseEvent) -> int:
        point = event.position().toPoint()
        numbers = enumerate(self._names)
        return next((number for at, number in numbers if self._tile(at).contains(point)), 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the party that was clicked."""
        number = self._at(event)
        if number:
            self.chosen.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Name the party below the pointer."""
        number = self._at(event)
        if number:
            name = self._names[number]
            state = self._word(self._states[number])
            about = {"number": str(number), "name": name, "state": state}
            self.setToolTip(self._words("desk.party.tip", **about))


class PartyNumber(QLineEdit):
    """The box for the number of a party; a minus or Esc goes back to the form."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Digits are typed; a minus or Esc leaves."""
        if event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Escape):
            self.left.emit()
        elif event.text().isdecimal() or not event.text().isprintable():
            super().keyPressEvent(event)


class PartyBar(QWidget):
    """Number box, tiles, and the name of the party that is before the person.

    Attributes:
        field: the box for a number.
        tiles: every party with its state.
        pages: where the buttons of the pages of the paper stand.
    """

    chosen = Signal(int)
    left = Signal()

    def __init__(self, parties: Sequence[Choice], words: Words) -> None:
        """The parties of a contest, none of them typed yet."""
        super().__init__()
        self._words = words
        self._numbers = frozenset(party.number for party in parties)
        caption = QLabel(words["desk.party.caption"])
        sized(caption, 0.92)
        self.field = PartyNumber()
        self.field.setMaxLength(_MOST_DIGITS)
        self.field.setAccessibleName(words["desk.party.number"])
        self.field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.field.setFixedWidth(self.field.fontMetrics().averageCharWidth() * 5)
        caption.setBuddy(self.field)
        self.tiles = PartyTiles(parties, words)
        self._name = PlainLabel()
        sized(self._name, 1.2, bold=True)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(caption)
        line.addWidget(self.field)
        line.addWidget(self.tiles, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 6, 2)
        box.setSpacing(2)
        self.pages = QHBoxLayout()
        self.pages.setSpacing(2)
        named = QHBoxLayout()
        named.addWidget(self._name, 1)
        named.addLayout(self.pages)
        box.addLayout(line)
        box.addLayout(named)
        self.field.returnPressed.connect(self._take)
        self.field.left.connect(self.left)
        self.tiles.chosen.connect(self.chosen)

    @property
    def name(self) -> str:
        """The party before the person, as shown."""
        return self._name.text

    def show_states(self, states: Mapping[int, Progress], *, here: int, title: str) -> None:
        """Show where each party stands, and name the one that is before the person."""
        self.tiles.show_states(states, here=here)
        self._name.set_text(title or self._words["desk.party.none"])
        is_named = QPalette.ColorRole.WindowText if title else QPalette.ColorRole.PlaceholderText
        self._name.set_role(is_named)

    def begin(self) -> None:
        """Ask for a number."""
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        """Enter on the empty box is 0: the next party that is not filled."""
        text = self.field.text()
        number = int(text) if text.isdecimal() else 0
        if text and number not in self._numbers:
            self.field.selectAll()
            return
        self.field.clear()
        self.chosen.emit(number)
