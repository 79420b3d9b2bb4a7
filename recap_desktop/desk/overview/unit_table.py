"""The table of the units of one level, walked through level by level."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from recap_desktop.desk.pieces.rows_table import RowsTable


class UnitTable(RowsTable):
    """The table of units: Enter goes into one, Backspace out of it."""

    entered = Signal(QModelIndex)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and Backspace walk through the levels."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Minus, Qt.Key.Key_Left):
            self.left.emit()
        else:
            super().keyPressEvent(event)
