"""Which contest is typed, large and with a number of its own, and how the others of the TPS stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import draw
from recap_desktop.desk.looks.signs import SIGNS
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.office.entry.next_form import contests_at
from recap_desktop.office.entry.stations import sign_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.desk.session import Session
    from recap_desktop.office.entry.stations import Sign


class ContestTiles(QWidget):
    """A tile a contest of the TPS: its number in the office and how it stands there."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """No contest yet."""
        super().__init__()
        self._shown: dict[str, tuple[int, Sign]] = {}
        self._here = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_contests(self, shown: Mapping[str, tuple[int, Sign]], *, here: str) -> None:
        """Show contests with their numbers and signs; ``here`` is the one that is typed."""
        self._shown, self._here = dict(shown), here
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line high."""
        high = round(self.fontMetrics().height() * 1.3)
        return QSize(high * 6, high)

    def _tile(self, at: int) -> QRect:
        wide = min(self.width() / max(1, len(self._shown)), self.height() * 1.9)
        return QRect(round(at * wide), 0, round(wide) - 3, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the tiles; that of the present contest is filled with the accent."""
        del event
        painter = QPainter(self)
        palette = self.palette()
        font = QFont(self.font())
        for at, (key, (number, sign)) in enumerate(self._shown.items()):
            place = self._tile(at).adjusted(1, 1, -1, -1)
            is_here = key == self._here
            half = place.width() // 2
            badge = place.adjusted(0, 0, -half, 0)
            if is_here:
                painter.fillRect(badge, palette.color(QPalette.ColorRole.Highlight))
            role = QPalette.ColorRole.Highlight if is_here else QPalette.ColorRole.Mid
            painter.setPen(QPen(palette.color(role), 2 if is_here else 1))
            painter.drawRect(place)
            font.setBold(is_here)
            painter.setFont(font)
            text = QPalette.ColorRole.HighlightedText if is_here else QPalette.ColorRole.WindowText
            painter.setPen(palette.color(text))
            painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), str(number))
            shape, hue = SIGNS[sign]
            side = min(half, place.height()) * 0.7
            left = place.left() + half + (half - side) / 2
            box = QRectF(left, place.top() + (place.height() - side) / 2, side, side)
            draw(painter, shape, box, ink(palette, hue))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Turn to the contest that was clicked."""
        point = event.position().toPoint()
        for at, key in enumerate(self._shown):
            if self._tile(at).contains(point):
                self.chosen.emit(key)
                return


class NumberBadge(QWidget):
    """The number of a contest on the accent, to be told from another from across the table."""

    def __init__(self) -> None:
        """No number yet."""
        super().__init__()
        self._text = ""
        sized(self, 1.45, bold=True)
        side = round(self.fontMetrics().height() * 1.1)
        self.setFixedSize(side, side)

    def show_number(self, text: str) -> None:
        """Show a number."""
        self._text = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the square and the number in it."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Highlight))
        painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)
        painter.end()


class ContestBlock(QWidget):
    """Name and number of the contest, the others of the TPS, and the choice to type all in one go.

    An office of one contest shows nothing of it.

    Attributes:
        switch: whether saving a form goes on to the next contest of the same TPS.
    """

    def __init__(self, session: Session) -> None:
        """No TPS yet."""
        super().__init__()
        self._session = session
        self._name = PlainLabel(lines=2)
        sized(self._name, 1.15, bold=True)
        self._badge = NumberBadge()
        self._tiles = ContestTiles()
        self.switch = QCheckBox(session.words["desk.contests.switch"])
        sized(self.switch, 0.92)
        self.switch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.switch.setToolTip(session.words["desk.contests.tip"])
        self.switch.setChecked(session.is_in_one_go)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._badge)
        line.addWidget(self._name, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        others = QHBoxLayout()
        others.setSpacing(6)
        others.addWidget(self._tiles, 1)
        others.addWidget(self.switch)
        box.addLayout(line)
        box.addLayout(others)
        self._tiles.chosen.connect(session.choose_contest)
        self.switch.toggled.connect(session.choose_in_one_go)
        session.in_one_go_changed.connect(self._follow)

    @property
    def name(self) -> str:
        """The contest, as shown."""
        return self._name.text

    @property
    def has_a_choice(self) -> bool:
        """Whether the office has several contests."""
        return len(self._session.office.contests) > 1

    def show_station(self, tps: str) -> None:
        """Show the contests that are held at a TPS; all of none are shown by the name alone."""
        session = self._session
        office = session.office
        numbers = {key: at for at, key in enumerate(office.contests, start=1)}
        here = session.contest_id
        name = session.contest_name(here)
        self._badge.show_number(str(numbers[here]))
        self._name.set_text(name)
        about = session.words("desk.contests.here", number=str(numbers[here]), name=name)
        self._name.setAccessibleName(about)
        shown = {}
        double = office.file.double_entry
        for key in contests_at(office, tps) if tps else ():
            stored = office.file.contests[key].tally(tps)
            if stored is not None:
                shown[key] = (numbers[key], sign_of(stored, double_entry=double))
        self._tiles.show_contests(shown, here=here)
        said = (
            session.words(
                "desk.contests.state",
                number=str(number),
                name=session.contest_name(key),
                state=session.words[f"desk.sign.{sign.value}"],
            )
            for key, (number, sign) in shown.items()
        )
        text = "\n".join(said)
        self._tiles.setToolTip(text)
        self._tiles.setAccessibleName(text)

    def _follow(self) -> None:
        self.switch.setChecked(self._session.is_in_one_go)
