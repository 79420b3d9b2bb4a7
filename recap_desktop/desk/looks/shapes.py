"""Shapes drawn with the pen, for signs, marks and icons; what they mean stands elsewhere."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Shape(enum.Enum):
    """A thing the pen can draw into a square."""

    RING = "ring"
    HALF = "half"
    DISC = "disc"
    CHECK = "check"
    BARS = "bars"
    CROSS = "cross"
    FLAG = "flag"
    CLOCK = "clock"
    HOURGLASS = "hourglass"
    PENCIL = "pencil"
    EQUAL = "equal"
    STAMP = "stamp"
    CROSSED_BOX = "crossed-box"
    OPEN_RING = "open-ring"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    GRID = "grid"
    KEYS = "keys"
    SHEET = "sheet"
    MARKED_SHEET = "marked-sheet"
    HELP = "help"
    LOCK = "lock"
    ARROW = "arrow"


def draw(painter: QPainter, shape: Shape, box: QRectF, colour: QColor) -> None:
    """Draw a shape into a box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    pen = QPen(colour, 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    _DRAWN[shape](painter, colour)
    painter.restore()


def _lines(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _ring(painter: QPainter, _: QColor) -> None:
    painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))


def _half(painter: QPainter, colour: QColor) -> None:
    _ring(painter, colour)
    painter.setBrush(colour)
    painter.drawPie(QRectF(2.5, 2.5, 11, 11), 90 * 16, 180 * 16)


def _disc(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(3, 3, 10, 10))


def _check(painter: QPainter, _: QColor) -> None:
    _lines(painter, (2.5, 8.5), (6.5, 12.5), (13.5, 3.5))


def _bars(painter: QPainter, colour: QColor) -> None:
    painter.fillRect(QRectF(3.5, 2.5, 3.2, 11), colour)
    painter.fillRect(QRectF(9.3, 5.5, 3.2, 8), colour)


def _cross(painter: QPainter, _: QColor) -> None:
    painter.setPen(QPen(painter.pen().color(), 2.8))
    _lines(painter, (3, 3), (13, 13))
    _lines(painter, (13, 3), (3, 13))


def _flag(painter: QPainter, colour: QColor) -> None:
    _lines(painter, (3.5, 2), (3.5, 14.5))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(3.5, 2.5), QPointF(13, 5.5), QPointF(3.5, 9)]))


def _clock(painter: QPainter, colour: QColor) -> None:
    _ring(painter, colour)
    _lines(painter, (8, 4.8), (8, 8.2), (10.6, 9.6))


def _hourglass(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    for tip in (2.5, 13.5):
        edge = [QPointF(3, tip), QPointF(13, tip), QPointF(8, 8)]
        painter.drawPolygon(QPolygonF(edge))


def _pencil(painter: QPainter, _: QColor) -> None:
    _lines(painter, (2.5, 13.5), (3.5, 9.8), (11, 2.3), (13.7, 5), (6.2, 12.5), (2.5, 13.5))


def _equal(painter: QPainter, colour: QColor) -> None:
    painter.fillRect(QRectF(2.5, 4.3, 11, 2.6), colour)
    painter.fillRect(QRectF(2.5, 9.3, 11, 2.6), colour)


def _stamp(painter: QPainter, _: QColor) -> None:
    painter.drawRect(QRectF(2.5, 2.5, 11, 11))
    _lines(painter, (5, 8.2), (7.3, 10.6), (11, 5.6))


def _crossed_box(painter: QPainter, _: QColor) -> None:
    painter.drawRect(QRectF(2.5, 2.5, 11, 11))
    _lines(painter, (2.5, 2.5), (13.5, 13.5))
    _lines(painter, (13.5, 2.5), (2.5, 13.5))


def _open_ring(painter: QPainter, _: QColor) -> None:
    painter.drawArc(QRectF(2.5, 2.5, 11, 11), 40 * 16, 280 * 16)
    _lines(painter, (13.6, 2.6), (12.6, 5.6), (9.8, 4.8))


def _triangle(painter: QPainter, colour: QColor) -> None:
    painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(14.5, 13.5), QPointF(1.5, 13.5)]))
    _lines(painter, (8, 6.4), (8, 9.4))
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(8, 11.5), 0.35, 0.35)


def _diamond(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    edge = QPolygonF([QPointF(8, 1.5), QPointF(14.5, 8), QPointF(8, 14.5), QPointF(1.5, 8)])
    painter.drawPolygon(edge)
    painter.setPen(QPen(_paper(colour), 1.8))
    _lines(painter, (8, 4.8), (8, 8.6))
    _lines(painter, (8, 11), (8, 11.1))


def _paper(colour: QColor) -> QColor:
    """What is read on a filled shape: white on dark ink, black on light ink."""
    return QColor("#101214") if colour.lightness() > 128 else QColor("#ffffff")  # noqa: PLR2004 - half


def _grid(painter: QPainter, colour: QColor) -> None:
    for x in (2.0, 6.3, 10.6):
        for y in (2.0, 6.3, 10.6):
            painter.fillRect(QRectF(x, y, 3.2, 3.2), colour)


def _keys(painter: QPainter, colour: QColor) -> None:
    painter.drawRoundedRect(QRectF(2, 3, 12, 10), 1.5, 1.5)
    _lines(painter, (9, 6), (9, 10))
    painter.fillRect(QRectF(4.2, 5.6, 2.8, 1.8), colour)
    painter.fillRect(QRectF(4.2, 9, 2.8, 1.8), colour)


def _sheet(painter: QPainter, _: QColor) -> None:
    _lines(painter, (3.5, 1.8), (9.5, 1.8), (12.8, 5), (12.8, 14.2), (3.5, 14.2), (3.5, 1.8))
    _lines(painter, (5.8, 7), (10.4, 7))
    _lines(painter, (5.8, 10.4), (10.4, 10.4))


def _marked_sheet(painter: QPainter, _: QColor) -> None:
    _lines(painter, (3.5, 1.8), (9.5, 1.8), (12.8, 5), (12.8, 14.2), (3.5, 14.2), (3.5, 1.8))
    _lines(painter, (5.6, 8.6), (7.5, 10.8), (10.6, 6.4))


def _help(painter: QPainter, colour: QColor) -> None:
    painter.drawArc(QRectF(4.6, 2, 6.8, 6.4), -80 * 16, 260 * 16)
    _lines(painter, (8.3, 8.4), (8, 10.2))
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(8, 13.2), 0.6, 0.6)


def _lock(painter: QPainter, colour: QColor) -> None:
    painter.drawArc(QRectF(4.6, 1.8, 6.8, 9), 0, 180 * 16)
    painter.setBrush(colour)
    painter.drawRect(QRectF(3.4, 7, 9.2, 6.6))


def _arrow(painter: QPainter, _: QColor) -> None:
    _lines(painter, (2.5, 10), (2.5, 13.8), (13.5, 13.8), (13.5, 10))
    _lines(painter, (8, 10.6), (8, 2.2))
    _lines(painter, (4.4, 5.8), (8, 2.2), (11.6, 5.8))


_DRAWN: Mapping[Shape, Callable[[QPainter, QColor], None]] = {
    Shape.RING: _ring,
    Shape.HALF: _half,
    Shape.DISC: _disc,
    Shape.CHECK: _check,
    Shape.BARS: _bars,
    Shape.CROSS: _cross,
    Shape.FLAG: _flag,
    Shape.CLOCK: _clock,
    Shape.HOURGLASS: _hourglass,
    Shape.PENCIL: _pencil,
    Shape.EQUAL: _equal,
    Shape.STAMP: _stamp,
    Shape.CROSSED_BOX: _crossed_box,
    Shape.OPEN_RING: _open_ring,
    Shape.TRIANGLE: _triangle,
    Shape.DIAMOND: _diamond,
    Shape.GRID: _grid,
    Shape.KEYS: _keys,
    Shape.SHEET: _sheet,
    Shape.MARKED_SHEET: _marked_sheet,
    Shape.HELP: _help,
    Shape.LOCK: _lock,
    Shape.ARROW: _arrow,
}


def icon(shape: Shape, colour: QColor, size: int = 48) -> QIcon:
    """A shape as an icon, drawn large enough for any screen."""
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw(painter, shape, QRectF(0, 0, size, size), colour)
    painter.end()
    return QIcon(pixmap)
