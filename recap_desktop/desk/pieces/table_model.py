"""A table of frozen rows for any number of them: what a view shows is prepared, never worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

R = TypeVar("R")
_PAGE, _MOST_PAGES = 64, 40
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of a table.

    Attributes:
        title: head of the column.
        text: what stands in it for a row.
        align: of head and cells.
        tip: the title in full, where it is cut.
        icon: shape before the text.
        widest: a text that must fit, to give the column its width.
        least: a text that should have room in a column that takes a share of the rest.
        stretch: share of the rest of the room, where nothing must fit.
    """

    title: str
    text: Callable[[R], str]
    align: Qt.AlignmentFlag = LEFT
    tip: str = ""
    icon: Callable[[R], QIcon | None] | None = None
    widest: str = ""
    least: str = ""
    stretch: int = 1


class PagedRows(Sequence[R]):
    """Rows of which there may be 75,000: only those that are looked at are read, a page at a time."""

    def __init__(self, keys: Sequence[str], look: Callable[[Sequence[str]], Sequence[R]]) -> None:
        """Rows of some keys.

        Args:
            keys: in the order of the rows.
            look: reads the rows of a few keys, as many and in that order.
        """
        self.keys = tuple(keys)
        self._look = look
        self._pages: dict[int, Sequence[R]] = {}

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> R: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[R]: ...

    def __getitem__(self, at: int | slice) -> R | Sequence[R]:
        """The row at a place, read with those around it."""
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self.keys)))]
        number, place = divmod(at, _PAGE)
        if number not in self._pages:
            if len(self._pages) >= _MOST_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[number] = self._look(self.keys[number * _PAGE : (number + 1) * _PAGE])
        return self._pages[number][place]


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows and columns that are replaced as a whole, or row by row."""

    def __init__(self, parent: QObject | None = None) -> None:
        """An empty table."""
        super().__init__(parent)
        self._columns: tuple[Column[R], ...] = ()
        self._rows: Sequence[R] = ()

    def show(self, columns: Sequence[Column[R]], rows: Sequence[R]) -> None:
        """Show other rows; where only figures changed the view keeps its place.

        ``PagedRows`` are taken as they are, so that only those that are seen are ever read.
        """
        new = rows if isinstance(rows, PagedRows) else tuple(rows)
        titles = tuple(column.title for column in columns)
        same = titles == tuple(column.title for column in self._columns)
        if same and len(new) == len(self._rows) and new:
            self._columns, self._rows = tuple(columns), new
            last = self.index(len(new) - 1, len(columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._columns, self._rows = tuple(columns), new
        self.endResetModel()

    def add(self, rows: Sequence[R]) -> None:
        """Show more rows below the others."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(_NOWHERE, first, first + len(rows) - 1)
            self._rows = (*self._rows, *rows)
            self.endInsertRows()

    @property
    def columns(self) -> tuple[Column[R], ...]:
        """The columns that are shown."""
        return self._columns

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows that are shown."""
        return tuple(self._rows)

    def row(self, index: _Index) -> R | None:
        """The row at a place; None outside."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many rows; a cell has none below it."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many columns; a cell has none below it."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or column.title
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What stands in a cell."""
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align
        if role == Qt.ItemDataRole.DecorationRole and column.icon:
            return column.icon(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            first = self._columns[0].text(row)
            return f"{first}, {column.tip or column.title}, {column.text(row)}"
        return None
