"""What is drawn inside a box of the form beside its figure: crosses, sum, other contest, note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPen

from recap_desktop.desk.looks.typefaces import CONDENSED

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

_CROSSES = 3
"""So many digit boxes has a cell on the paper, each with its X."""
_SMALL, _LEAST = 0.5, 7.5
"""Sums and figures beside: half the size of the digits, and at least so many points."""


def draw_crosses(painter: QPainter, box: QRect, colour: QColor) -> None:
    """Draw the digit boxes of the paper, crossed out, where the digits would stand."""
    painter.save()
    side = box.height() * 0.46
    gap = side * 0.22
    left = box.right() - box.height() * 0.16 - _CROSSES * side - (_CROSSES - 1) * gap
    top = box.top() + (box.height() - side) / 2
    for at in range(_CROSSES):
        place = QRectF(left + at * (side + gap), top, side, side)
        painter.setPen(QPen(colour, 1))
        painter.drawRect(place)
        painter.setPen(QPen(colour, 1.6))
        painter.drawLine(place.topLeft(), place.bottomRight())
        painter.drawLine(place.topRight(), place.bottomLeft())
    painter.restore()


def draw_small(
    painter: QPainter, box: QRect, text: str, *, points: float, colour: QColor, at_top: bool = False
) -> None:
    """Draw a small text at the left of a box: the running sum below, another contest above.

    Above is the place of the mark, so the text begins to the right of it.
    """
    font = QFont(CONDENSED)
    font.setPointSizeF(max(_LEAST, points * _SMALL))
    painter.setFont(font)
    painter.setPen(colour)
    left = round(box.height() * 0.54) if at_top else 4
    upright = Qt.AlignmentFlag.AlignTop if at_top else Qt.AlignmentFlag.AlignBottom
    flags = Qt.AlignmentFlag.AlignLeft | upright
    painter.drawText(box.adjusted(left, 0, -4, -1), int(flags), text)


def draw_note(painter: QPainter, box: QRect, text: str, *, points: float, colour: QColor) -> None:
    """Draw a note whole, however small it must be: half of two values would be the wrong one."""
    place = box.adjusted(6, 2, -6, -2)
    font = QFont(CONDENSED)
    font.setPointSizeF(points * 0.6)
    wide = QFontMetricsF(font).horizontalAdvance(text)
    if wide > place.width():
        font.setPointSizeF(font.pointSizeF() * place.width() / wide)
    painter.setFont(font)
    painter.setPen(colour)
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    painter.drawText(place, int(flags), text)
