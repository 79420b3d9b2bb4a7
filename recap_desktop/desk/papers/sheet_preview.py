"""The pages of a paper on the screen, as they will be printed."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from recap_desktop.desk.laptop.pdf_pages import page_picture, page_sizes
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.papers.page_list import PageList
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.office.papers.printing import draw
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.election.wording import Words
    from recap_desktop.office.papers.printing import Book

_ZOOMS = (1.0, 1.35, 1.8, 2.5)
_LEAST_PAGE = 70
"""Letters of width that the page itself has beside the small pictures."""

_WAIT = 120
"""Milliseconds of rest before a page is drawn anew for another size."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A book with its pages, as the worker made them for the question of that number."""

    asked: int
    book: Book
    raw: bytes
    pages: int
    proportion: float


class PageArea(QScrollArea):
    """The page, larger than its room where it is zoomed."""

    def __init__(self, preview: SheetPreview) -> None:
        """The area of a preview."""
        super().__init__(preview)
        self._preview = preview
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Page Up and Down turn, plus and minus zoom."""
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
        if event.key() in turns:
            self._preview.turn(turns[Qt.Key(event.key())])
        elif event.key() in zooms:
            self._preview.zoom(zooms[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class SheetPreview(QWidget):
    """One page at a time, drawn in the worker from frozen values.

    ``made`` brings the book once its pages are there.
    """

    made = Signal(object)

    def __init__(self, words: Words, background: Background, parent: QWidget | None = None) -> None:
        """Nothing to show yet."""
        super().__init__(parent)
        self._words = words
        self._background = background
        self._raw = b""
        self._making: Future[_Made] | None = None
        self._asked = 0
        self._pages = 0
        self._page = 0
        self._zoom = 0
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = PageArea(self)
        self.area.setWidget(self._picture)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(words["desk.papers.preview"])
        self.pages_list = PageList(words, background)
        self.pages_list.currentRowChanged.connect(self._go_to)
        self.pages_list.hide()
        self._where = PlainLabel()
        self._back = StepButton(words["desk.papers.back"])
        self._forward = StepButton(words["desk.papers.forward"])
        self._larger = StepButton(words["desk.papers.larger"])
        self._smaller = StepButton(words["desk.papers.smaller"])
        for button in (self._back, self._forward, self._smaller, self._larger):
            sized(button, 0.92)
        self._arrange()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_WAIT)
        self._rest.timeout.connect(self._draw_page)
        self._back.clicked.connect(partial(self.turn, -1))
        self._forward.clicked.connect(partial(self.turn, 1))
        self._larger.clicked.connect(partial(self.zoom, 1))
        self._smaller.clicked.connect(partial(self.zoom, -1))
        self._show_where()

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self._back)
        bar.addWidget(self._forward)
        bar.addWidget(self._where, 1)
        bar.addWidget(self._smaller)
        bar.addWidget(self._larger)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        below = QHBoxLayout()
        below.addWidget(self.pages_list)
        below.addWidget(self.area, 1)
        box.addLayout(bar)
        box.addLayout(below, 1)

    @property
    def pages(self) -> int:
        """How many pages the paper has; 0 while it is made."""
        return self._pages

    @property
    def is_making(self) -> bool:
        """Whether other pages are on their way."""
        return self._making is not None

    @property
    def has_picture(self) -> bool:
        """Whether a page is shown."""
        return not self._picture.pixmap().isNull()

    def show_nothing(self, why: str) -> None:
        """Show no paper, and why."""
        self._asked += 1
        if self._making is not None:
            self._making.cancel()
            self._making = None
        self._raw, self._pages, self._page = b"", 0, 0
        self.pages_list.hide()
        self._picture.setPixmap(QPixmap())
        self._where.set_text(why)

    def show_papers(self, make: Callable[[], Book], paper: str) -> None:
        """Make a book and its pages on a size of paper, and show the page that was shown before.

        Args:
            make: makes the book, in the worker; what it raises as a known problem is shown.
            paper: one of ``PAPER_SIZES``.
        """
        self._asked += 1
        self._where.set_text(self._words["desk.papers.making"])
        if self._making is not None:
            # What was asked for before and has not begun is not wanted any more.
            self._making.cancel()
        work = partial(_make, make, self._asked, paper=paper)
        self._making = self._background.submit(work, self._made)

    def _made(self, future: Future[_Made]) -> None:
        if future is not self._making or self._making is None:
            return
        self._making = None
        try:
            made = future.result()
        except KnownProblem as problem:
            self.show_nothing(self._words.problem(problem))
            return
        if made.asked != self._asked:
            return
        self._raw, self._pages = made.raw, made.pages
        self._page = min(self._page, made.pages - 1)
        self.pages_list.show_pages(made.raw, made.pages, proportion=made.proportion)
        self._show_list()
        self._draw_page()
        self.made.emit(made.book)

    # Pages

    def turn(self, by: int) -> None:
        """Go to the next page or the one before."""
        page = self._page + by
        if 0 <= page < self._pages:
            self._page = page
            self.area.verticalScrollBar().setValue(0)
            self._draw_page()

    def _go_to(self, page: int) -> None:
        if 0 <= page < self._pages and page != self._page:
            self.turn(page - self._page)

    def _show_list(self) -> None:
        """Pictures of the pages are shown where they leave the page itself room enough."""
        room = self.width() - self.pages_list.width()
        least = self.fontMetrics().averageCharWidth() * _LEAST_PAGE
        self.pages_list.setVisible(self._pages > 1 and room > least)

    def zoom(self, by: int) -> None:
        """Draw larger or smaller."""
        self._zoom = max(0, min(len(_ZOOMS) - 1, self._zoom + by))
        self._draw_page()

    def _draw_page(self) -> None:
        if not self._raw:
            return
        self._show_where()
        self.pages_list.mark(self._page)
        ratio = self.devicePixelRatioF()
        bar = self.area.verticalScrollBar().sizeHint().width()
        room = self.area.maximumViewportSize().width() - bar - 8
        width = max(200, round(room * _ZOOMS[self._zoom] * ratio))
        work = partial(_picture, self._raw, self._asked, page=self._page, width=width)
        self._background.submit(work, self._drawn)

    def _drawn(self, future: Future[tuple[int, int, QImage]]) -> None:
        asked, page, image = future.result()
        if asked != self._asked or page != self._page:
            return
        ratio = self.devicePixelRatioF()
        image.setDevicePixelRatio(ratio)
        self._picture.setPixmap(QPixmap.fromImage(image))
        self._picture.setMinimumSize(
            QSize(round(image.width() / ratio), round(image.height() / ratio))
        )

    def _show_where(self) -> None:
        if self._pages:
            page, pages = str(self._page + 1), str(self._pages)
            self._where.set_text(self._words("desk.papers.where", page=page, pages=pages))
        else:
            self._where.set_text("")
        self._back.setEnabled(self._page > 0)
        self._forward.setEnabled(self._page + 1 < self._pages)
        self._larger.setEnabled(self._zoom + 1 < len(_ZOOMS))
        self._smaller.setEnabled(self._zoom > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the page anew once the window rests."""
        super().resizeEvent(event)
        self._show_list()
        self._rest.start()


def _make(make: Callable[[], Book], asked: int, *, paper: str) -> _Made:
    book = make()
    raw = draw(book, paper=paper)
    sizes = page_sizes(raw)
    width, height = sizes[0]
    return _Made(asked, book, raw, len(sizes), height / width)


def _picture(raw: bytes, asked: int, *, page: int, width: int) -> tuple[int, int, QImage]:
    return asked, page, page_picture(raw, page, width=width)
