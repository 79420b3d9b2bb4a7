"""Paragraphs that begin at the top and take the lines they need, and facts under their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized

if TYPE_CHECKING:
    from collections.abc import Sequence


class TopText(QLabel):
    """Plain text of any length, wrapped, as high as its lines."""

    def __init__(self, text: str = "") -> None:
        """Show a text."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setContentsMargins(0, 2, 0, 8)


class FactLines(QWidget):
    """Captions with what is to be read off or compared below them, in large letters."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 4, 0, 0)
        self._box.setSpacing(2)
        self.facts: tuple[tuple[str, str], ...] = ()

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show pairs of caption and fact instead of those before."""
        self.facts = tuple(facts)
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for caption, fact in facts:
            label, text = PlainLabel(caption), TopText(fact)
            sized(label, 0.92)
            sized(text, 1.35, bold=True)
            self._box.addWidget(label)
            self._box.addWidget(text)
        self.setVisible(bool(facts))
