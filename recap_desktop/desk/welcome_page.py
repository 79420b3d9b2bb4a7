"""The first page: the sample office, an office file, a new office, and those opened before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.looks_bar import LooksBar
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.election.wording import Words

_PATH = Qt.ItemDataRole.UserRole


class RecentList(QListWidget):
    """Offices opened before; Enter opens one."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No offices yet."""
        super().__init__(parent)
        self.itemActivated.connect(self._open)
        self.itemClicked.connect(self._open)

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Show offices, newest first."""
        self.clear()
        for path in paths:
            item = QListWidgetItem(f"{path.stem}\n{path.parent}")
            item.setToolTip(str(path))
            item.setData(_PATH, str(path))
            self.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(str(item.data(_PATH)))


class WelcomePage(QWidget):
    """Where one begins; the next step is the office opened last, or the sample."""

    sample_asked = Signal()
    open_asked = Signal(str)
    new_asked = Signal()
    check_asked = Signal()

    def __init__(self, words: Words, settings: WindowSettings) -> None:
        """Offer the ways to begin."""
        super().__init__()
        self._words = words
        self.looks = LooksBar(words, settings)
        title = PlainLabel(words["desk.welcome.title"])
        sized(title, 2.2, bold=True)
        what = PlainLabel(words["desk.welcome.what"], lines=2)
        self.sample = StepButton(words["desk.welcome.sample"])
        self.open = StepButton(words["desk.welcome.open"])
        self.new = StepButton(words["desk.welcome.new"])
        self.check = StepButton(words["desk.check.welcome"])
        self._recent_title = PlainLabel(words["desk.welcome.recent"])
        sized(self._recent_title, 1.05, bold=True)
        self.recent = RecentList()
        self.recent.setAccessibleName(words["desk.welcome.recent"])
        self._paths: tuple[Path, ...] = ()
        self.foot = StepBar()
        box = QVBoxLayout(self)
        box.setContentsMargins(40, 18, 24, 8)
        box.setSpacing(7)
        box.addWidget(title)
        box.addWidget(what)
        self._add_ways(box)
        box.addWidget(self._recent_title)
        box.addWidget(self.recent, 100)
        box.addStretch(1)
        box.addWidget(self.looks)
        box.addWidget(self.foot)
        self.sample.clicked.connect(self.sample_asked)
        self.open.clicked.connect(self._ask_path)
        self.new.clicked.connect(self.new_asked)
        self.check.clicked.connect(self.check_asked)
        self.recent.opened.connect(self.open_asked)

    def _add_ways(self, box: QVBoxLayout) -> None:
        """The ways to begin, each with what it does; who only checks a file needs no office."""
        for button, hint in (
            (self.sample, "desk.welcome.sample-hint"),
            (self.open, "desk.welcome.open-hint"),
            (self.new, "desk.welcome.new-hint"),
            (self.check, "desk.check.welcome-hint"),
        ):
            sized(button, 1.15)
            button.setMinimumWidth(button.fontMetrics().averageCharWidth() * 32)
            button.setMinimumHeight(round(button.fontMetrics().height() * 1.7))
            row = QHBoxLayout()
            row.addWidget(button)
            row.addWidget(PlainLabel(self._words[hint], lines=2), 1)
            box.addLayout(row)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Show the offices opened before and offer the last one as the next step."""
        self._paths = tuple(paths)
        self.recent.show_paths(paths)
        for widget in (self.recent, self._recent_title):
            widget.setVisible(bool(paths))
        if paths:
            text = self._words("desk.welcome.again", name=paths[0].stem)
            self.foot.offer(text, self._open_last)
        else:
            self.foot.offer(self._words["desk.welcome.sample"], self.sample_asked.emit)

    def say(self, text: str) -> None:
        """Say what stands in the way."""
        self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go to the next step."""
        self.foot.take_focus()

    def _open_last(self) -> None:
        self.open_asked.emit(str(self._paths[0]))

    def _ask_path(self) -> None:
        title, kinds = self._words["desk.welcome.open"], self._words["desk.file.offices"]
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if path:
            self.open_asked.emit(path)
