"""A fingerprint as its letter shows it: four columns of four groups, numbered downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from recap_desktop.desk.looks.typefaces import sized

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = 4


class FingerprintGrid(QWidget):
    """Groups to be compared with the paper, each beside its number."""

    def __init__(self, groups: Sequence[str], name: str) -> None:
        """Show sixteen groups; ``name`` says whose they are."""
        super().__init__()
        self.groups = tuple(groups)
        self.setAccessibleName(f"{name}: {' '.join(groups)}")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        for at, group in enumerate(groups):
            column, row = divmod(at, _ROWS)
            number, text = QLabel(str(at + 1)), QLabel(group)
            number.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            sized(number, 0.9)
            sized(text, 1.4, bold=True)
            grid.addWidget(number, row, 2 * column)
            grid.addWidget(text, row, 2 * column + 1)
        grid.setColumnStretch(2 * (len(groups) // _ROWS), 1)
