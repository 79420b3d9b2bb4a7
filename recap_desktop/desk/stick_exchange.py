"""One deed for a stick: what other laptops left there is taken in, then ours is written there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.office.by_stick import ours, parcel, read_stick, take_found, write_parcel
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from recap_desktop.desk.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.office.by_stick import Found
    from recap_desktop.office.exchanging import Taken

_NOTHING_THERE = frozenset({"exchange-none", "exchange-only-own"})
"""On the way out a stick is empty, or holds only what we wrote before: nobody's fault."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """How an exchange went (hasil pertukaran).

    Attributes:
        folder: where.
        taken: what came; None when nothing was there, or nothing could be taken in.
        refused: why nothing was taken in although something was there.
        written: the file that was written; None when the medium refused.
        unwritten: why not.
        is_amended: whether another definition holds now.
    """

    folder: Path
    taken: Taken | None
    refused: KnownProblem | None
    written: Path | None
    unwritten: KnownProblem | None
    is_amended: bool


class StickExchange(QObject):
    """Reads and writes the stick in the worker, the office here; ``ended`` brings ``Exchanged``.

    Whatever is wrong with the files of others, ours is written all the same. Where nothing can be
    written in the office, nothing is taken in: what a broken laptop still shows can be saved.
    """

    ended = Signal(object)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        """Nothing to do yet."""
        super().__init__(parent)
        self._session, self._background = session, background
        self._folder: Path | None = None
        self._taken: Taken | None = None
        self._refused: KnownProblem | None = None
        self._version = 0

    @property
    def is_running(self) -> bool:
        """Whether a stick is being read or written."""
        return self._folder is not None

    def begin(self, folder: Path) -> None:
        """Exchange with a folder; while one exchange goes on no other begins."""
        if self.is_running:
            return
        office = self._session.office
        self._folder, self._taken, self._refused = folder, None, None
        self._version = office.election.version
        if office.can_write:
            self._background.submit(partial(read_stick, ours(office), [folder]), self._take)
        else:
            self._write(folder)

    def stop(self) -> None:
        """Bring nothing home any more: the office is being left. What is written is written."""
        self._folder = None

    def _take(self, future: Future[Found]) -> None:
        folder = self._folder
        if folder is None:
            return
        try:
            self._taken = take_found(self._session.office, future.result())
        except KnownProblem as problem:
            self._refused = None if problem.code in _NOTHING_THERE else problem
        self._write(folder)

    def _write(self, folder: Path) -> None:
        work = partial(write_parcel, parcel(self._session.office), folder)
        self._background.submit(work, self._written)

    def _written(self, future: Future[Path]) -> None:
        folder, self._folder = self._folder, None
        if folder is None:
            return
        written: Path | None = None
        unwritten: KnownProblem | None = None
        try:
            written = future.result()
        except KnownProblem as problem:
            unwritten = problem
        exchanged = Exchanged(
            folder=folder,
            taken=self._taken,
            refused=self._refused,
            written=written,
            unwritten=unwritten,
            is_amended=self._session.office.election.version != self._version,
        )
        self.ended.emit(exchanged)
