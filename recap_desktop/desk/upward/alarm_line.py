"""A line that nobody may overlook: a shape and words on the ground of what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue, ground, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, draw
from recap_desktop.desk.looks.typefaces import sized

_EDGE, _SIDE = 9, 18


class AlarmLine(QWidget):
    """Up to two lines, hidden where there is nothing to say."""

    def __init__(self) -> None:
        """Nothing is wrong."""
        super().__init__()
        self._label = PlainLabel(lines=2)
        sized(self._label, 1.1, bold=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(2 * _EDGE + _SIDE, 4, _EDGE, 4)
        box.addWidget(self._label)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text

    def set_text(self, text: str) -> None:
        """Say something, or nothing."""
        self._label.set_text(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground and shape."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground(self.palette(), Hue.WRONG))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        place = QRectF(_EDGE, (self.height() - _SIDE) / 2, _SIDE, _SIDE)
        draw(painter, Shape.DIAMOND, place, ink(self.palette(), Hue.WRONG))
        painter.end()
