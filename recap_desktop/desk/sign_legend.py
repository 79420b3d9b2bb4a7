"""How many TPS bear which sign, each with its shape and its word: the legend of the tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from recap_desktop.desk.appearance import ink
from recap_desktop.desk.shapes import draw
from recap_desktop.desk.signs import SIGNS
from recap_desktop.desk.typefaces import sized
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.wording import Words
    from recap_desktop.office.stations import Sign

_GAP = 14


class SignLegend(QWidget):
    """Shape, number and word of every sign that is met, right aligned."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """No signs yet."""
        super().__init__(parent)
        self._words = words
        self._parts: tuple[tuple[Sign, str], ...] = ()
        sized(self, 0.92)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is said of each sign."""
        return tuple(text for _, text in self._parts)

    def set_scale(self, scale: float) -> None:
        """Draw larger in a larger window."""
        sized(self, 0.92 * scale)
        self.updateGeometry()

    def show_counts(self, counts: Sequence[tuple[Sign, int]]) -> None:
        """Show how many TPS bear each sign."""
        self._parts = tuple(
            (sign, f"{number_text(count)} {self._words[f'desk.sign.{sign.value}']}")
            for sign, count in counts
        )
        self.setAccessibleName("; ".join(self.texts))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line."""
        return QSize(200, round(QFontMetricsF(self.font()).height()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw them from the right, the first leftmost; what has no room is left out."""
        del event
        painter = QPainter(self)
        painter.setFont(self.font())
        metrics = QFontMetricsF(self.font())
        side = metrics.ascent() * 0.85
        x = float(self.width())
        for sign, text in reversed(self._parts):
            width = side + 5 + metrics.horizontalAdvance(text)
            x -= width
            if x < 0:
                break
            shape, hue = SIGNS[sign]
            place = QRectF(x, (self.height() - side) / 2, side, side)
            draw(painter, shape, place, ink(self.palette(), hue))
            painter.setPen(self.palette().windowText().color())
            room = QRectF(x + side + 5, 0, width, self.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
            x -= _GAP
        painter.end()
