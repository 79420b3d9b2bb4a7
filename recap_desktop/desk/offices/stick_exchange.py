"""One deed for a stick: what other laptops left there is taken in, then ours is written there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.desk.offices.stick_pictures import StickPictures
from recap_desktop.office.posts.by_stick import ours, parcel, read_stick, take_found, write_parcel
from recap_desktop.office.posts.scan_travel import Travelled
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.office.posts.by_stick import Found
    from recap_desktop.office.posts.exchanging import Taken

_NOTHING_THERE = frozenset({"exchange-none", "exchange-only-own"})
"""On the way out a stick is empty, or holds only what we wrote before: nobody's fault."""

_NO_PICTURES = Travelled()


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
        brought: what became of the pictures that were not here.
        sent: what became of those that are here.
        unsent: why the medium, or this laptop, could take no more of them.
    """

    folder: Path
    taken: Taken | None
    refused: KnownProblem | None
    written: Path | None
    unwritten: KnownProblem | None
    is_amended: bool
    brought: Travelled = _NO_PICTURES
    sent: Travelled = _NO_PICTURES
    unsent: KnownProblem | None = None


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
        self._brought = self._sent = _NO_PICTURES
        self._unsent: KnownProblem | None = None
        self._written: Path | None = None
        self._incoming = StickPictures(session, background, self)
        self._outgoing = StickPictures(session, background, self)
        self._incoming.done.connect(self._bring_home)
        self._outgoing.done.connect(self._send_off)
        for pictures in (self._incoming, self._outgoing):
            pictures.refused.connect(self._refuse)

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
        self._brought = self._sent = _NO_PICTURES
        self._unsent = self._written = None
        self._version = office.election.version
        if office.can_write:
            self._background.submit(partial(read_stick, ours(office), [folder]), self._take)
        else:
            self._write(folder)

    def stop(self) -> None:
        """Bring nothing home any more: the office is being left. What is written is written."""
        self._folder = None
        self._incoming.stop()
        self._outgoing.stop()

    def _take(self, future: Future[Found]) -> None:
        folder = self._folder
        if folder is None:
            return
        try:
            self._taken = take_found(self._session.office, future.result())
        except KnownProblem as problem:
            self._refused = None if problem.code in _NOTHING_THERE else problem
        self._incoming.bring(folder)

    def _bring_home(self, brought: Travelled) -> None:
        if self._folder is not None:
            self._brought = brought
            self._write(self._folder)

    def _refuse(self, problem: KnownProblem) -> None:
        self._unsent = problem

    def _write(self, folder: Path) -> None:
        work = partial(write_parcel, parcel(self._session.office), folder)
        self._background.submit(work, self._written_off)

    def _written_off(self, future: Future[Path]) -> None:
        if self._folder is None:
            return
        try:
            self._written = future.result()
        except KnownProblem as problem:
            self._end(problem)
            return
        self._outgoing.send(self._folder)

    def _send_off(self, sent: Travelled) -> None:
        if self._folder is not None:
            self._sent = sent
            self._end(None)

    def _end(self, unwritten: KnownProblem | None) -> None:
        folder, self._folder = self._folder, None
        if folder is None:
            return
        exchanged = Exchanged(
            folder=folder,
            taken=self._taken,
            refused=self._refused,
            written=self._written,
            unwritten=unwritten,
            is_amended=self._session.office.election.version != self._version,
            brought=self._brought,
            sent=self._sent,
            unsent=self._unsent,
        )
        self.ended.emit(exchanged)
