"""Saving how a table is taken, for the command line or another machine, and using it again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from recap_desktop.desk.pieces.step_bar import StepButton

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.election.wording import Words

_NAME = "peta.toml"


class MapButtons(QWidget):
    """Two buttons that ask for a file; what is done with it is for who listens."""

    save_chosen = Signal(Path)
    load_chosen = Signal(Path)

    def __init__(
        self, words: Words, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:
        """Begin in the folder of the last table."""
        super().__init__(parent)
        self._words, self._settings = words, settings
        self.save = StepButton(words["desk.import.save-map"])
        self.load = StepButton(words["desk.import.load-map"])
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.save)
        box.addWidget(self.load)
        self.save.clicked.connect(self._ask_save)
        self.load.clicked.connect(self._ask_load)

    @property
    def _folder(self) -> Path:
        return self._settings.import_folder or Path.home()

    def _ask_save(self) -> None:
        words = self._words
        title, kinds = words["desk.import.save-map"], words["desk.import.map-kinds"]
        path, _ = QFileDialog.getSaveFileName(self, title, str(self._folder / _NAME), kinds)
        if path:
            self.save_chosen.emit(Path(path))

    def _ask_load(self) -> None:
        words = self._words
        title, kinds = words["desk.import.load-map"], words["desk.import.map-kinds"]
        path, _ = QFileDialog.getOpenFileName(self, title, str(self._folder), kinds)
        if path:
            self.load_chosen.emit(Path(path))
