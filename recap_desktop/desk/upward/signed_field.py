"""A box for a number that is added or taken away: a sign first, then digits."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from recap_desktop.desk.looks.typefaces import sized

_LETTERS = 12


class SignedField(QLineEdit):
    """Plus and minus at the beginning; Enter and the arrows lead on, the star to the reason.

    Attributes:
        cell: of the form.
    """

    walked = Signal(int)
    done = Signal()

    def __init__(self, cell: str, name: str, parent: QWidget | None = None) -> None:
        """An empty box, which changes nothing."""
        super().__init__(parent)
        self.cell = cell
        sized(self, 1.3, bold=True)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[+-]?[0-9]{0,7}"), self))

    @property
    def number(self) -> int:
        """By how much; 0 where nothing was typed."""
        digits = self.text().lstrip("+-")
        number = int(digits) if digits else 0
        return -number if self.text().startswith("-") else number

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Lead on; the signs are typed."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.walked.emit(1)
        elif key == Qt.Key.Key_Up:
            self.walked.emit(-1)
        elif key == Qt.Key.Key_Asterisk:
            self.done.emit()
        else:
            super().keyPressEvent(event)
