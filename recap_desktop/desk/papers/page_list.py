"""Small pictures of the pages beside the preview, drawn as far as they are in sight."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from recap_desktop.desk.laptop.pdf_pages import page_pictures

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.election.wording import Words

_LETTERS = 15
"""Width of a picture, in letters of the font."""

_WAIT = 80
"""Milliseconds of rest before what came into sight is drawn."""


class PageList(QListWidget):
    """One row a page; the arrows go from page to page, which ``currentRowChanged`` tells."""

    def __init__(self, words: Words, background: Background) -> None:
        """No pages yet."""
        super().__init__()
        self._background = background
        self._raw = b""
        self._turn = 0
        self._drawn: set[int] = set()
        self.setAccessibleName(words["desk.print.thumbnails"])
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(2)
        width = self.fontMetrics().averageCharWidth() * _LETTERS
        self.setIconSize(QSize(width, width))
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(width + bar + self.fontMetrics().averageCharWidth() * 7)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_WAIT)
        self._rest.timeout.connect(self._draw)
        self.verticalScrollBar().valueChanged.connect(self._rest.start)

    def show_pages(self, raw: bytes, pages: int, *, proportion: float) -> None:
        """List the pages of a document.

        Args:
            raw: the PDF.
            pages: how many it has.
            proportion: height of the first page for a width of 1.
        """
        self._turn += 1
        self._raw, self._drawn = raw, set()
        width = self.iconSize().width()
        self.setIconSize(QSize(width, round(width * proportion)))
        room = self.iconSize() + QSize(0, 6)
        was_quiet = self.blockSignals(True)  # noqa: FBT003 - Qt's
        self.clear()
        for number in range(1, pages + 1):
            item = QListWidgetItem(str(number))
            item.setSizeHint(room)
            self.addItem(item)
        self.blockSignals(was_quiet)
        self._rest.start()

    def mark(self, page: int) -> None:
        """Show which page is shown, counted from 0."""
        was_quiet = self.blockSignals(True)  # noqa: FBT003 - Qt's
        self.setCurrentRow(page)
        self.blockSignals(was_quiet)

    @property
    def pictures(self) -> int:
        """Pages whose picture is there."""
        return sum(not self.item(at).icon().isNull() for at in range(self.count()))

    def _draw(self) -> None:
        """Ask the worker for what is in sight and has no picture yet."""
        if not self.isVisible() or not self._raw:
            return
        first = self.indexAt(self.viewport().rect().topLeft()).row()
        last = self.indexAt(self.viewport().rect().bottomLeft()).row()
        seen = range(max(first, 0), (last if last >= 0 else self.count() - 1) + 1)
        wanted = tuple(page for page in seen if page not in self._drawn)
        if not wanted:
            return
        self._drawn.update(wanted)
        width = round(self.iconSize().width() * self.devicePixelRatioF())
        work = partial(_pictures, self._raw, self._turn, pages=wanted, width=width)
        self._background.submit(work, self._bring)

    def _bring(self, future: Future[tuple[int, dict[int, QImage]]]) -> None:
        turn, images = future.result()
        if turn != self._turn:
            return
        for page, image in images.items():
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            # Also where it is chosen: a tint would hide what a page looks like.
            icon = QIcon(pixmap)
            icon.addPixmap(pixmap, QIcon.Mode.Selected)
            self.item(page).setIcon(icon)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More pages may be in sight."""
        super().resizeEvent(event)
        self._rest.start()


def _pictures(
    raw: bytes, turn: int, *, pages: tuple[int, ...], width: int
) -> tuple[int, dict[int, QImage]]:
    return turn, page_pictures(raw, pages, width=width)
