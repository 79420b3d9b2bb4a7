"""A page of a scan, drawn: the part of it that a place says, moved by mouse and wheel."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from recap_desktop.desk.scans.scan_place import WHOLE, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTCH = 120
_MARGIN = 12


class ScanCanvas(QWidget):
    """Draws the levels of one picture; keys and buttons are the panel's.

    ``looked`` brings the place that somebody moved to with the mouse.
    """

    looked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to show yet."""
        super().__init__(parent)
        self._levels: tuple[QImage, ...] = ()
        self._place = Place()
        self._text = ""
        self._held: QPoint | None = None
        self._notches = 0
        # Whoever types goes on typing, whatever is clicked here.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_levels(self, levels: Sequence[QImage], place: Place) -> None:
        """Show a picture, given in halves of itself from the largest on."""
        self._levels, self._place, self._text = tuple(levels), place, ""
        self.update()

    def show_text(self, text: str) -> None:
        """Show no picture, and why."""
        self._levels, self._text = (), text
        self.update()

    def show_place(self, place: Place) -> None:
        """Show another part."""
        self._place = place
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return bool(self._levels)

    @property
    def text(self) -> str:
        """What is said in place of a picture."""
        return self._text

    @property
    def place(self) -> Place:
        """The part that is shown."""
        return self._place

    # Geometry, in pixels of the window

    def _size(self) -> tuple[float, float]:
        """Width and height of the picture as it is turned, in its own pixels."""
        if not self._levels:
            return 1.0, 1.0
        wide, high = self._levels[0].width(), self._levels[0].height()
        return (high, wide) if self._place.turns % 2 else (wide, high)

    def _scale(self) -> float:
        """Pixels of the window for one of the picture."""
        wide, high = self._size()
        if self._place.zoom == WHOLE:
            return min(self.width() / wide, self.height() / high)
        return self.width() / wide * self._place.zoom

    @property
    def zoom(self) -> float:
        """Width of the picture in widths of the room, also where all of it is shown."""
        return self._scale() * self._size()[0] / max(1, self.width())

    @property
    def seen(self) -> tuple[float, float]:
        """How much of width and height is seen, of 1."""
        wide, high = self._size()
        scale = self._scale()
        return min(1.0, self.width() / (wide * scale)), min(1.0, self.height() / (high * scale))

    def _middle(self) -> tuple[float, float]:
        """What is in the middle: never so far out that there is nothing beside the edge."""
        wide, high = self.seen
        return (
            max(wide / 2, min(1 - wide / 2, self._place.x)),
            max(high / 2, min(1 - high / 2, self._place.y)),
        )

    @property
    def held_place(self) -> Place:
        """The place with its middle where it is seen, to be moved from there."""
        return self._place.at(*self._middle())

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the part that is looked at, or say why there is none."""
        super().paintEvent(event)
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.AlternateBase))
        if self._levels:
            self._paint_picture(painter)
        elif self._text:
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(flags), self._text)
        painter.end()

    def _paint_picture(self, painter: QPainter) -> None:
        scale, (wide, high), (x, y) = self._scale(), self._size(), self._middle()
        image = self._levels[self._level(scale * self.devicePixelRatioF())]
        turned = self._place.turns % 2
        drawn = image.height() if turned else image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.translate((0.5 - x) * wide * scale, (0.5 - y) * high * scale)
        painter.rotate(90 * self._place.turns)
        factor = wide * scale / drawn
        painter.scale(factor, factor)
        # Source and target say the size: a picture made for a dense screen has its own idea.
        whole = QRectF(0, 0, image.width(), image.height())
        painter.drawImage(whole.translated(-whole.center()), image, whole)

    def _level(self, scale: float) -> int:
        """The smallest level that is not drawn larger than it is."""
        if scale >= 1:
            return 0
        return min(len(self._levels) - 1, int(math.log2(1 / scale)))

    # Mouse

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom where the mouse points."""
        self._notches += event.angleDelta().y()
        steps = int(self._notches / _NOTCH)
        self._notches -= steps * _NOTCH
        event.accept()
        if steps and self._levels:
            self._zoom_at(event.position(), steps)

    def _zoom_at(self, point: QPointF, steps: int) -> None:
        at = self._under(point)
        place = self._place.zoomed(steps, shown=self.zoom)
        self._place = place
        wide, high = self._size()
        scale = self._scale()
        # What was under the mouse is under it again.
        right = (point.x() - self.width() / 2) / (wide * scale)
        down = (point.y() - self.height() / 2) / (high * scale)
        self._look(place.at(at.x() - right, at.y() - down))

    def _under(self, point: QPointF) -> QPointF:
        wide, high = self._size()
        scale, (x, y) = self._scale(), self._middle()
        return QPointF(
            x + (point.x() - self.width() / 2) / (wide * scale),
            y + (point.y() - self.height() / 2) / (high * scale),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the page."""
        if event.button() is Qt.MouseButton.LeftButton and self._levels:
            self._held = event.position().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the page along."""
        if self._held is None:
            return
        here = event.position().toPoint()
        moved, self._held = here - self._held, here
        wide, high = self._size()
        scale, (x, y) = self._scale(), self._middle()
        self._look(self._place.at(x - moved.x() / (wide * scale), y - moved.y() / (high * scale)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let the page go."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The whole page, or its width."""
        if event.button() is Qt.MouseButton.LeftButton and self._levels:
            self._look(self._place.fitted())

    def _look(self, place: Place) -> None:
        self._place = place
        self.update()
        self.looked.emit(place)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It takes what room there is."""
        return QSize(60, 60)
