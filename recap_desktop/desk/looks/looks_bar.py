"""Light or dark, and the language of the screen: two small choices, kept on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLabel, QWidget

from recap_desktop.desk.looks.appearance import Scheme
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.office.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.election.wording import Words

_SCHEMES = ("", *(scheme.value for scheme in Scheme))


class LooksBar(QWidget):
    """Asks for another look; the window follows."""

    scheme_asked = Signal(str)
    language_asked = Signal(str)

    def __init__(self, words: Words, settings: WindowSettings, *, upright: bool = False) -> None:
        """Show what is chosen now, in a line or one below the other."""
        super().__init__()
        self.schemes = self._box(words, "scheme", _SCHEMES, settings.scheme)
        self.languages = self._box(words, "language", LANGUAGES, settings.language)
        self.schemes.activated.connect(
            lambda: self.scheme_asked.emit(str(self.schemes.currentData()))
        )
        self.languages.activated.connect(
            lambda: self.language_asked.emit(str(self.languages.currentData()))
        )
        direction = QBoxLayout.Direction
        box = QBoxLayout(direction.TopToBottom if upright else direction.LeftToRight, self)
        box.setContentsMargins(0, 0, 0, 0)
        for name, choice in (("scheme", self.schemes), ("language", self.languages)):
            caption = QLabel(words[f"desk.looks.{name}"])
            caption.setBuddy(choice)
            sized(caption, 0.9)
            box.addWidget(caption)
            box.addWidget(choice)
        box.addStretch(1)

    def _box(self, words: Words, name: str, values: Sequence[str], chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(words[f"desk.looks.{name}"])
        sized(box, 0.9)
        for value in values:
            box.addItem(words[f"desk.looks.{name}-{value or 'system'}"], value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return box
