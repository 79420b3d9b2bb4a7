"""The totals of the office in large figures, to be read from the tenth row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from recap_desktop.desk.looks.typefaces import BODY, CONDENSED, FAMILY

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS, _CAPTION = 2.1, 1.0
_FACTORS = (2.1, 1.9, 1.7, 1.5, 1.3, 1.0)
_GAP = 20.0
_WIDEST = 120.0


class TotalsStrip(QWidget):
    """Captions over large figures in one line; what has no room is in the table below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing yet."""
        super().__init__(parent)
        self._parts: tuple[tuple[str, str], ...] = ()
        self._share = 0.0
        self._scale = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Caption and figure of each part."""
        return self._parts

    def show_parts(self, parts: Sequence[tuple[str, str]], share: float) -> None:
        """Show captions with figures; ``share`` of 0 to 1 is drawn as a bar below them."""
        self._parts = tuple(parts)
        self._share = share
        self.setAccessibleName("; ".join(f"{caption}: {text}" for caption, text in parts))
        self.update()

    def set_scale(self, scale: float) -> None:
        """Draw larger in a larger window: it is read from the tenth row."""
        if scale != self._scale:
            self._scale = scale
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """High enough for caption, figure and bar."""
        digits, caption = _em(_DIGITS * self._scale), _em(_CAPTION * self._scale)
        return QSize(400, round(digits * 1.25 + caption * 1.3 + 14))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the parts from the left, in the largest figures with which all have room."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        caption = QFont(CONDENSED)
        caption.setPointSizeF(BODY * _CAPTION * self._scale)
        sizes = [factor * self._scale for factor in _FACTORS]
        fitting = (s for s in sizes if sum(self._rooms(s, caption)) <= self.width() + _GAP)
        factor = next(fitting, sizes[-1])
        digits = _digits(factor)
        top = _em(_CAPTION * self._scale) * 1.3
        base = top + _em(_DIGITS * self._scale) * 1.02
        x = 0.0
        for (name, text), room in zip(self._parts, self._rooms(factor, caption), strict=True):
            if x + room > self.width() + _GAP:
                break
            painter.setFont(caption)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            right = Qt.TextElideMode.ElideRight
            shown = QFontMetricsF(caption).elidedText(name, right, room - _GAP / 2)
            painter.drawText(QRectF(x, 0, room, top), int(Qt.AlignmentFlag.AlignBottom), shown)
            painter.setFont(digits)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(round(x), round(base), text)
            x += room
        self._paint_bar(painter)
        painter.end()

    def _rooms(self, factor: float, caption: QFont) -> list[float]:
        """The width of each part with figures of a size."""
        metrics, small = QFontMetricsF(_digits(factor)), QFontMetricsF(caption)
        return [
            max(
                metrics.horizontalAdvance(text),
                min(small.horizontalAdvance(name), _WIDEST * self._scale),
            )
            + _GAP
            for name, text in self._parts
        ]

    def _paint_bar(self, painter: QPainter) -> None:
        height = 6
        bar = QRectF(0, self.height() - height, self.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Midlight))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        bar.setWidth(bar.width() * self._share)
        if self._share:
            painter.drawRoundedRect(bar, 3, 3)


def _digits(factor: float) -> QFont:
    font = QFont(FAMILY)
    font.setPointSizeF(BODY * factor)
    return font


def _em(factor: float) -> float:
    font = QFont(FAMILY)
    font.setPointSizeF(BODY * factor)
    return QFontMetricsF(font).ascent()
