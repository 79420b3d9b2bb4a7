"""How fast a printer is: a small box, filled from what is remembered or was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.office.papers.print_plan import PAGES_A_MINUTE

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words


class SpeedBox(QWidget):
    """Pages a minute; empty takes what is known of the printer, or of any."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._words = words
        self._known = 0
        self.field = QLineEdit()
        self.field.setMaxLength(3)
        self.field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))
        self.field.setFixedWidth(self.fontMetrics().averageCharWidth() * 6)
        self.field.setAccessibleName(words["desk.print.speed-of"])
        self._caption = QLabel()
        for widget in (self.field, self._caption):
            sized(widget, 0.86)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._caption)
        box.addWidget(self.field)
        self.field.textChanged.connect(self.changed)
        self.field.returnPressed.connect(self._go_on)
        self.show_speed(0, is_measured=False)

    def show_speed(self, known: int, *, is_measured: bool) -> None:
        """Show what is known of a printer; 0 for nothing."""
        self._known = known
        code = "measured" if is_measured else "speed"
        self._caption.setText(self._words[f"desk.print.{code}"])
        self.field.setPlaceholderText(str(PAGES_A_MINUTE))
        self.field.setText(str(known) if known else "")

    @property
    def typed(self) -> int:
        """What stands in the box; 0 where it is empty."""
        return int(self.field.text() or 0)

    @property
    def is_typed(self) -> bool:
        """Whether somebody said another speed than was known."""
        return self.typed != self._known

    @property
    def pages_a_minute(self) -> int:
        """The speed that is reckoned with."""
        return self.typed or PAGES_A_MINUTE

    def _go_on(self) -> None:
        self.focusNextChild()
