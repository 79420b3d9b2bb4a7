"""What the overview may show, in one column: each list with its shape, its word and its count."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.row_mark import RowMark
from recap_desktop.desk.looks.shapes import Shape, draw
from recap_desktop.desk.looks.typefaces import CONDENSED, sized
from recap_desktop.desk.pieces.items_model import ITEM, Index, ItemsModel
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGE, _GAP = 7, 6
_HIGH, _LOW = 1.3, 0.88
"""Most and least height of a line in heights of its type."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing to show.

    Attributes:
        value: names it.
        name: as it is called.
        shape: drawn before it; None for none.
        hue: of the shape, while there is something in it.
        count: how many TPS it holds; None where it is no list of a known length.
        text: what is told of it in words.
    """

    value: str
    name: str
    shape: Shape | None
    hue: Hue
    count: int | None
    text: str


class FilterDelegate(QStyledItemDelegate):
    """Draws a filter: shape, name, and its count at the right edge.

    Attributes:
        height: of a line, in heights of its type.
    """

    height = _HIGH

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """All are equal."""
        del index
        return QSize(40, int(QFontMetrics(option.font).height() * self.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        one = index.data(ITEM)
        if not isinstance(one, Filter):
            return
        palette, state = option.palette, option.state
        rect = QRectF(option.rect)
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, palette.brush(QPalette.ColorRole.Highlight))
        quiet = one.count == 0 and not chosen
        role = QPalette.ColorRole.PlaceholderText if quiet else QPalette.ColorRole.Text
        metrics = QFontMetrics(option.font)
        side = metrics.ascent() * 0.85
        if one.shape is not None:
            place = QRectF(rect.left() + _EDGE, rect.center().y() - side / 2, side, side)
            draw(painter, one.shape, place, ink(palette, Hue.QUIET if one.count == 0 else one.hue))
        right = rect.right() - _EDGE
        count = "" if one.count is None else number_text(one.count)
        font = QFont(option.font)
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(QPen(palette.color(role)))
        where = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRectF(rect.left(), rect.top(), right - rect.left(), rect.height()),
            int(where | Qt.AlignmentFlag.AlignRight),
            count,
        )
        left = rect.left() + _EDGE + side + _GAP
        room = right - left - (metrics.horizontalAdvance(count) + _GAP if count else 0)
        name = QFontMetrics(font).elidedText(one.name, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, rect.top(), room, rect.height()), int(where), name)
        painter.restore()


class FilterList(QListView):
    """The column of filters; Enter goes into what it shows, minus back to the units."""

    changed = Signal(str)
    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """No filters yet."""
        super().__init__(parent)
        self._model: ItemsModel[Filter] = ItemsModel(
            self,
            key=attrgetter("value"),
            name=attrgetter("name"),
            text=attrgetter("text"),
        )
        self._delegate = FilterDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        RowMark(self)
        self.set_scale(1.0)
        self.selectionModel().currentChanged.connect(self._see_change)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that are shown."""
        return self._model.items

    @property
    def chosen(self) -> str:
        """What is shown now."""
        one = self.currentIndex().data(ITEM)
        return one.value if isinstance(one, Filter) else ""

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Show filters with their counts; what was chosen stays chosen while it is there."""
        before = self.chosen
        self._model.show(filters)
        self._take_width()
        self._take_height()
        if self.chosen != before or not before:
            values = [one.value for one in filters]
            self.choose(before if before in values else values[0])

    def choose(self, value: str) -> None:
        """Choose a filter."""
        for row, one in enumerate(self.filters):
            if one.value == value:
                index = self._model.index(row)
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.selectionModel().setCurrentIndex(index, flag)

    def step(self) -> None:
        """Choose the next filter with something in it; after the last begin again."""
        values = [one.value for one in self.filters]
        at = values.index(self.chosen) if self.chosen in values else -1
        for one in (*self.filters[at + 1 :], *self.filters[: at + 1]):
            if one.count != 0:
                self.choose(one.value)
                return

    def set_scale(self, scale: float) -> None:
        """Draw larger in a larger window."""
        sized(self, 0.98 * scale, condensed=True)
        self._take_width()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a low window the lines move together, so that all of them are seen."""
        super().resizeEvent(event)
        self._take_height()

    def _take_height(self) -> None:
        room = self.viewport().height() / max(1, len(self.filters))
        height = min(_HIGH, max(_LOW, room / self.fontMetrics().height()))
        if height != self._delegate.height:
            self._delegate.height = height
            self.scheduleDelayedItemsLayout()

    def _take_width(self) -> None:
        """Room for the longest name beside the largest count."""
        font = QFont(CONDENSED, weight=QFont.Weight.Bold)
        font.setPointSizeF(self.font().pointSizeF())
        metrics = QFontMetrics(font)
        names = max((metrics.horizontalAdvance(one.name) for one in self.filters), default=0)
        texts = [number_text(one.count) for one in self.filters if one.count is not None]
        counts = max(map(metrics.horizontalAdvance, texts), default=0)
        edges = 2 * _EDGE + 2 * _GAP + metrics.ascent() + 2 * self.frameWidth() + 4
        self.setFixedWidth(names + counts + edges)

    def _see_change(self) -> None:
        self.changed.emit(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes into the list, Backspace and minus back to the units."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.taken.emit()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Minus, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)
