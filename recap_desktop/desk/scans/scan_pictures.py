"""Pages of scans as pictures, made in the worker: the newest that is wanted, and the last few."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from recap_desktop.office.scans.attaching import kept
from recap_desktop.office.scans.scan_pages import Light, pixels_of
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from concurrent.futures import Future

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.office.scans.attaching import Kept
    from recap_desktop.office.scans.scan_pages import ScanPage

_MOST_PIXELS = 8_000_000
"""Of one page: digits of a whole C.HASIL can be read, and it takes some 40 MB."""

_KEPT_PIXELS = 2 * _MOST_PIXELS
"""Of all pages that stay in memory: back and forth between the pages of a form costs nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page in a certain light: what a picture is made of."""

    sha256: str
    page: int
    light: Light


class ScanPictures(QObject):
    """Brings a page as pictures from large to small, by ``brought``; or says why not, by ``refused``."""

    brought = Signal(object, object)
    refused = Signal(object, object)

    def __init__(self, session: Session, parent: QObject) -> None:
        """Nothing is wanted yet."""
        super().__init__(parent)
        self._session = session
        self._background: Background | None = None
        self._made: dict[Wanted, tuple[QImage, ...]] = {}
        self._wanted: Wanted | None = None
        self._waiting: tuple[Wanted, Kept] | None = None
        self._making: Wanted | None = None

    def use(self, background: Background) -> None:
        """Have pictures made by this worker."""
        self._background = background

    def want(self, page: ScanPage, light: Light) -> tuple[QImage, ...]:
        """The pictures of a page where they are known; else none, and they are brought later."""
        wanted = Wanted(page.attachment.sha256, page.page, light)
        self._wanted = wanted
        known = self._made.pop(wanted, None)
        if known is not None:
            self._made[wanted] = known
            return known
        self._waiting = (wanted, kept(self._session.office, page.attachment))
        self._feed()
        return ()

    def forget(self) -> None:
        """Want nothing any more."""
        self._wanted = self._waiting = None

    def _feed(self) -> None:
        """One at a time: of many that somebody pages over, only the last is made."""
        if self._making is not None or self._waiting is None or self._background is None:
            return
        (wanted, bytes_), self._waiting = self._waiting, None
        self._making = wanted
        self._background.submit(partial(_made, bytes_, wanted), self._bring)

    def _bring(self, future: Future[tuple[QImage, ...]]) -> None:
        wanted, self._making = self._making, None
        self._feed()
        if wanted is None:
            return
        try:
            levels = future.result()
        except KnownProblem as problem:
            if wanted == self._wanted:
                self.refused.emit(wanted, problem)
            return
        self._made[wanted] = levels
        while len(self._made) > 1 and sum(map(_pixels, self._made.values())) > _KEPT_PIXELS:
            del self._made[next(iter(self._made))]
        if wanted == self._wanted:
            self.brought.emit(wanted, levels)


def _pixels(levels: tuple[QImage, ...]) -> int:
    return levels[0].width() * levels[0].height()


def _made(bytes_: Kept, wanted: Wanted) -> tuple[QImage, ...]:
    levels = pixels_of(bytes_, wanted.page, most=_MOST_PIXELS, light=wanted.light)
    return tuple(
        # A copy owns its pixels.
        QImage(level.raw, level.width, level.height, QImage.Format.Format_RGB32).copy()
        for level in levels
    )
