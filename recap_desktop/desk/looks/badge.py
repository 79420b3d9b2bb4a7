"""A small sign with shape, word and ground: a state that must be seen at all times."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from recap_desktop.desk.looks.appearance import Hue, ground, ink
from recap_desktop.desk.looks.shapes import Shape, draw
from recap_desktop.desk.looks.typefaces import sized

_PAD, _LEAST = 7, 14


class Badge(QWidget):
    """Shape and word on a coloured ground."""

    def __init__(self, text: str, hue: Hue, shape: Shape, parent: QWidget | None = None) -> None:
        """A badge of one meaning."""
        super().__init__(parent)
        sized(self, 0.92, bold=True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text, self._hue, self._shape = text, hue, shape
        self._narrows = False
        self.show_as(text, hue, shape)

    @property
    def text(self) -> str:
        """The word on it."""
        return self._text

    def show_as(self, text: str, hue: Hue, shape: Shape) -> None:
        """Show another meaning."""
        self._text, self._hue, self._shape = text, hue, shape
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def let_narrow(self) -> None:
        """Where there is little room its word is cut; the whole is told on hover."""
        self._narrows = True
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as it is, unless its word may be cut."""
        whole, metrics = self.sizeHint(), QFontMetrics(self.font())
        least = metrics.averageCharWidth() * _LEAST + metrics.ascent() + 3 * _PAD
        return QSize(min(whole.width(), least), whole.height()) if self._narrows else whole

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for shape and word."""
        metrics = QFontMetrics(self.font())
        side = metrics.ascent()
        width = metrics.horizontalAdvance(self._text) + side + 3 * _PAD
        return QSize(width, round(metrics.height() * 1.15))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground(self.palette(), self._hue))
        painter.drawRoundedRect(box, 4, 4)
        colour = ink(self.palette(), self._hue)
        side = QFontMetrics(self.font()).ascent() * 0.9
        place = QRectF(_PAD, (box.height() - side) / 2, side, side)
        draw(painter, self._shape, place, colour)
        painter.setPen(colour)
        painter.setFont(self.font())
        text = box.adjusted(side + 2 * _PAD, 0, 0, 0)
        room = round(text.width() - _PAD / 2)
        shown = QFontMetrics(self.font()).elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()
        self.setToolTip("" if shown == self._text else self._text)
