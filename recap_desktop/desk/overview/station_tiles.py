"""The TPS of a unit as tiles: number, shape and colour of each, a key away from its form."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from recap_desktop.desk.looks.appearance import ground, ink
from recap_desktop.desk.looks.shapes import draw
from recap_desktop.desk.looks.signs import SIGNS
from recap_desktop.desk.looks.typefaces import BODY, FAMILY
from recap_desktop.desk.pieces.items_model import ITEM, NOWHERE, Index, ItemsModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.office.entry.stations import Sign

_FACTOR = 1.1


@dataclass(frozen=True, slots=True)
class Tile:
    """One TPS: its key, number, sign and what is told of it in words."""

    tps: str
    number: str
    sign: Sign
    text: str


class TileDelegate(QStyledItemDelegate):
    """Draws a tile: its number over its shape, on the ground of its meaning."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """All tiles are equal."""
        del option, index
        metrics = QFontMetrics(_digits())
        return QSize(metrics.horizontalAdvance("000") + 34, round(metrics.height() * 1.12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        tile = index.data(ITEM)
        if not isinstance(tile, Tile):
            return
        rect = option.rect
        state = option.state
        palette = option.palette
        shape, hue = SIGNS[tile.sign]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(2, 2, -2, -2)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        frame = palette.color(QPalette.ColorRole.Highlight) if focused else ink(palette, hue)
        if not focused:
            frame.setAlpha(90)
        painter.setPen(QPen(frame, 2 if focused else 1))
        painter.setBrush(ground(palette, hue))
        painter.drawRoundedRect(box, 3, 3)
        side = box.height() * 0.5
        place = QRectF(box.left() + 5, box.center().y() - side / 2, side, side)
        draw(painter, shape, place, ink(palette, hue))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.setFont(_digits())
        painter.drawText(
            box.adjusted(side + 8, 0, -5, 0),
            int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            tile.number,
        )
        painter.restore()


def _digits() -> QFont:
    font = QFont(FAMILY)
    font.setPointSizeF(BODY * _FACTOR)
    return font


class StationTiles(QListView):
    """The tiles of a unit in rows; Enter or a click opens the form."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No tiles yet."""
        super().__init__(parent)
        self._model: ItemsModel[Tile] = ItemsModel(
            self,
            key=attrgetter("tps"),
            name=attrgetter("number"),
            text=attrgetter("text"),
        )
        self._delegate = TileDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(1)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        tile = self._delegate.sizeHint(QStyleOptionViewItem(), NOWHERE).height()
        self.setMinimumHeight((tile + 2 * self.spacing()) * 3 + 2 * self.frameWidth() + 2)
        self.clicked.connect(self._open)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The tiles that are shown."""
        return self._model.items

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show the TPS of a unit."""
        self._model.show(tiles)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the form of the tile."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        tile = index.data(ITEM)
        if isinstance(tile, Tile):
            self.opened.emit(tile.tps)
