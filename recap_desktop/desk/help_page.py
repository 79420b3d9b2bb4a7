"""Bantuan: short pages on the work and the keys, read from the program's own files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from recap_desktop import places
from recap_desktop.desk.looks.looks_bar import LooksBar
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.office.language import LANGUAGES

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.election.wording import Words

_PATH = Qt.ItemDataRole.UserRole
_MARGIN = 18


class HelpPage(QWidget):
    """Topics at the left, the page at the right."""

    def __init__(self, words: Words, settings: WindowSettings) -> None:
        """Show the first page."""
        super().__init__()
        self.looks = LooksBar(words, settings, upright=True)
        self.topics = QListWidget()
        self.topics.setAccessibleName(words["desk.help.topics"])
        self.topics.setFixedWidth(round(self.fontMetrics().averageCharWidth() * 26))
        self.page = QTextBrowser()
        self.page.setAccessibleName(words["desk.help.page"])
        # Its own following of links looks for pages in the working folder.
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        sized(self.page, 1.1)
        sized(self.topics, 1.05)
        self.page.document().setDocumentMargin(_MARGIN)
        box = QHBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 8)
        side = QVBoxLayout()
        side.addWidget(self.topics, 1)
        side.addWidget(self.looks)
        box.addLayout(side)
        box.addWidget(self.page, 1)
        folder = places.resource("help", settings.language)
        if not folder.is_dir():
            folder = places.resource("help", LANGUAGES[0])
        for path in sorted(folder.glob("*.md")):
            title = path.read_text("utf-8").partition("\n")[0].lstrip("# ").strip()
            item = QListWidgetItem(title)
            item.setData(_PATH, str(path))
            self.topics.addItem(item)
        self.topics.currentItemChanged.connect(self._show)
        self.topics.setCurrentRow(0)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.page.setMarkdown(Path(str(item.data(_PATH))).read_text("utf-8"))

    def _follow(self, url: QUrl) -> None:
        for row in range(self.topics.count()):
            if Path(str(self.topics.item(row).data(_PATH))).name == url.fileName():
                self.topics.setCurrentRow(row)
                return

    def take_focus(self) -> None:
        """Go to the topics."""
        self.topics.setFocus()
