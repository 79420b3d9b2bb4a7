"""Rows to be ticked, each with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

if TYPE_CHECKING:
    from collections.abc import Sequence


class TickList(QListWidget):
    """Rows to be ticked: the digit of a row, Space or a click turns it; Enter goes on."""

    turned = Signal()

    def __init__(self) -> None:
        """No rows yet."""
        super().__init__()
        self.setWordWrap(True)
        self.setMinimumHeight(self.fontMetrics().height() * 2)
        self.itemChanged.connect(self._tell)
        self._is_filling = False

    def fill(self, texts: Sequence[str], *, ticked: Sequence[bool]) -> None:
        """Show rows, numbered from 1."""
        self._is_filling = True
        self.clear()
        for at, (text, is_ticked) in enumerate(zip(texts, ticked, strict=True), start=1):
            item = QListWidgetItem(f"{at}  {text}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)
        self._is_filling = False
        self.turned.emit()

    @property
    def ticked(self) -> tuple[bool, ...]:
        """Which rows are ticked."""
        states = (self.item(at).checkState() for at in range(self.count()))
        return tuple(state is Qt.CheckState.Checked for state in states)

    def _tell(self) -> None:
        if not self._is_filling:
            self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Turn the row of a digit."""
        text = event.text()
        if text == "+" and self.currentRow() >= 0:
            text = str(self.currentRow() + 1)
        if text.isdecimal() and 0 < int(text) <= self.count():
            item = self.item(int(text) - 1)
            is_on = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
            self.setCurrentItem(item)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
