"""A list model of frozen items, each with a name and what is told of it in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ITEM = Qt.ItemDataRole.UserRole
"""Role under which the item itself is read."""

Item = TypeVar("Item")


class ItemsModel(QAbstractListModel, Generic[Item]):
    """Items of a list view; their delegate draws them."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        key: Callable[[Item], object],
        name: Callable[[Item], str],
        text: Callable[[Item], str],
    ) -> None:
        """No items yet.

        Args:
            parent: the view.
            key: what an item is known by while other things of it change.
            name: what it is called.
            text: what is told of it in words.
        """
        super().__init__(parent)
        self.items: tuple[Item, ...] = ()
        self._key, self._name, self._text = key, name, text

    def show(self, items: Sequence[Item]) -> None:
        """Show others; where they are the same by their keys the view keeps its place."""
        new = tuple(items)
        if list(map(self._key, new)) == list(map(self._key, self.items)):
            self.items = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self.items = new
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many items."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The item, its name, and what is told of it."""
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return self._name(item)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(item)
        return None
