"""Copies on their way to a printer or a folder: drawn in the worker, recorded here, then sent."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.desk.laptop.qt_printing import send
from recap_desktop.office.papers import copying
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.copies import Copy, PaperOf
    from recap_desktop.office.papers.copying import DrawnCopy, PrintedPaper
    from recap_desktop.office.papers.printing import Book


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One paper with the copies that are wanted of it.

    Attributes:
        paper: which paper.
        names: for whom, a new copy each; empty where one is printed again.
        again: a copy of which pages are printed again.
        pages: those: ``4-6,9``; empty for all.
        reason: why.
    """

    paper: PaperOf
    names: tuple[str, ...] = ()
    again: Copy | None = None
    pages: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where copies go: to a printer by its name, or as files into a folder."""

    printer: str = ""
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One copy: of which paper, its number, for whom."""

    job: PrintJob
    read: PrintedPaper
    number: str
    name: str


class PrintRun(QObject):
    """One copy after another; the record of each is made before it leaves.

    ``went_on`` brings how many of how many have left; ``ended`` what is to be said, and whether
    all went well.
    """

    went_on = Signal(int, int)
    ended = Signal(object)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        """Nothing under way."""
        super().__init__(parent)
        self._session = session
        self._background = background
        self._copies: Iterator[_Wanted] = iter(())
        self._now: _Wanted | None = None
        self._book: tuple[PrintJob, Book] | None = None
        self._target = Target()
        self._size = ""
        self._stopped = False
        self.done = self.whole = 0

    @property
    def is_running(self) -> bool:
        """Whether a copy is on its way."""
        return self._now is not None

    def begin(self, jobs: Iterable[PrintJob], target: Target, *, size: str) -> None:
        """Begin; copies that were on their way before are finished first by their owner."""
        wanted = tuple(jobs)
        self.whole = sum(len(job.names) or 1 for job in wanted)
        self.done = 0
        self._stopped, self._book = False, None
        self._target, self._size = target, size
        self._copies = self._each(wanted)
        self._next()

    def stop(self) -> None:
        """Send no more than what is already on its way."""
        self._stopped = True

    def forget(self) -> None:
        """The office is left: nothing is read from it any more, nor said."""
        self._stopped, self._now = True, None

    def _each(self, jobs: tuple[PrintJob, ...]) -> Iterator[_Wanted]:
        """Read each paper when its turn comes."""
        office, contest = self._session.office, self._session.contest_id
        for job in jobs:
            if job.again is not None:
                again = job.again
                number = again.revision or None
                read = copying.read_paper(
                    office, contest, job.paper, number=number, draft=number is None
                )
                yield _Wanted(job, read, again.number, again.addressee)
                continue
            read = copying.read_paper(office, contest, job.paper)
            numbers = copying.next_numbers(office, read, len(job.names))
            for number_text, name in zip(numbers, job.names, strict=True):
                yield _Wanted(job, read, number_text, name)

    def _next(self) -> None:
        try:
            self._now = None if self._stopped else next(self._copies, None)
        except KnownProblem as problem:
            self._end(problem)
            return
        if self._now is None:
            self._end(None)
            return
        held = self._book[1] if self._book and self._book[0] is self._now.job else None
        work = partial(_draw, self._now, held, size=self._size)
        self._background.submit(work, self._drawn)

    def _drawn(self, future: Future[tuple[Book, DrawnCopy]]) -> None:
        wanted = self._now
        if wanted is None:
            return
        session = self._session
        try:
            book, drawn = future.result()
            if self._stopped:
                self._end(None)
                return
            copying.record_copy(
                session.office, wanted.read, drawn, by=session.person, reason=wanted.job.reason
            )
        except KnownProblem as problem:
            self._end(problem)
            return
        self._book = (wanted.job, book)
        name = copying.copy_name(wanted.read, drawn)
        work = partial(_send, drawn, self._target, name, stopped=lambda: self._stopped)
        self._background.submit(work, self._sent)

    def _sent(self, future: Future[None]) -> None:
        try:
            future.result()
        except KnownProblem as problem:
            self._end(problem)
            return
        if self._now is None:
            return
        self.done += 1
        self.went_on.emit(self.done, self.whole)
        self._next()

    def _end(self, problem: KnownProblem | None) -> None:
        self._now, self._book = None, None
        self._copies = iter(())
        self.ended.emit(problem)


def _draw(wanted: _Wanted, book: Book | None, *, size: str) -> tuple[Book, DrawnCopy]:
    made = book or wanted.read.make()
    if wanted.job.again is not None:
        return made, copying.draw_again(made, wanted.job.again, pages=wanted.job.pages)
    drawn = copying.draw_copy(made, size=size, number=wanted.number, addressee=wanted.name)
    return made, drawn


def _send(drawn: DrawnCopy, target: Target, name: str, *, stopped: Callable[[], bool]) -> None:
    if target.folder is not None:
        copying.write_copy(drawn, copying.free_path(target.folder, name))
    else:
        send(drawn, target.printer, name, is_stopped=stopped)
