"""The list of Kantor: lines that are told, some under a heading, some with the sign of care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import Shape, icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.desk.offices.office_lines import OfficeLine


class LineList(QListWidget):
    """Whole sentences, one below the other; a heading cannot be chosen."""

    def __init__(self) -> None:
        """No lines yet."""
        self._lines: tuple[OfficeLine, ...] = ()
        super().__init__()
        self.setWordWrap(True)

    def show_lines(self, lines: Iterable[OfficeLine]) -> None:
        """Show other lines."""
        self._lines = tuple(lines)
        self.clear()
        for line in self._lines:
            item = QListWidgetItem(line.text)
            if line.hue is Hue.CARE:
                item.setIcon(self._sign())
            if line.is_heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setForeground(self.palette().windowText())
                font = self.font()
                font.setBold(True)
                item.setFont(font)
            self.addItem(item)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the signs anew where the colours change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            row = self.currentRow()
            self.show_lines(self._lines)
            self.setCurrentRow(row)

    def _sign(self) -> QIcon:
        """The sign of care, also seen on the ground of the chosen line."""
        drawn = icon(Shape.TRIANGLE, ink(self.palette(), Hue.CARE))
        size = drawn.availableSizes()[0]
        chosen = icon(Shape.TRIANGLE, self.palette().highlightedText().color())
        drawn.addPixmap(chosen.pixmap(size), QIcon.Mode.Selected)
        return drawn
