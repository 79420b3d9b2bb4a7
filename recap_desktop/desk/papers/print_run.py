"""Copies on their way to a printer or a folder: drawn in the worker, recorded here, then sent.

What a print queue has taken is watched until it came out; until then it can be taken back.
"""

from __future__ import annotations

import time
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from recap_desktop.desk.laptop.qt_printing import Given, send
from recap_desktop.election.papers.page_ranges import ranges_text
from recap_desktop.office.papers import copying
from recap_desktop.office.papers.kept_copies import keep
from recap_desktop.office.papers.queued_copies import (
    Queue,
    Queued,
    TakenBack,
    look_at_queue,
    pages_a_minute,
    queued,
    take_back,
)
from recap_desktop.office.papers.reprinting import draw_again, read_again
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.copies import Copy, PaperOf
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.papers.copying import DrawnCopy, PrintedPaper
    from recap_desktop.office.papers.printing import Book

_PAUSE = 700
"""Milliseconds between two looks at the queue of a printer."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One paper with the copies that are wanted of it.

    Attributes:
        paper: which paper.
        names: for whom, a new copy each; empty where one is printed again.
        again: a copy of which pages are printed again.
        pages: those: ``4-6,9``; empty for all.
        reason: why.
        revision: of which close new copies are; None for the standing one.
    """

    paper: PaperOf
    names: tuple[str, ...] = ()
    again: Copy | None = None
    pages: str = ""
    reason: str = ""
    revision: int | None = None


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

    ``went_on`` brings how many of how many have come out; ``handed`` tells that a queue has all of
    them; ``ended`` brings what is to be said, once nothing is watched any more.

    Attributes:
        done: copies that came out, or were written.
        whole: copies that were asked for.
        speed: pages a minute of the printer, as this run showed; 0 where it tells nothing.
        back: what was taken back.
        is_stopped: whether somebody stopped it.
    """

    went_on = Signal(int, int)
    handed = Signal()
    ended = Signal(object)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        """Nothing under way."""
        super().__init__(parent)
        self._session = session
        self._background = background
        self._copies: Iterator[_Wanted] = iter(())
        self._now: _Wanted | None = None
        self._record: Record | None = None
        self._book: tuple[PrintJob, Book] | None = None
        self._target = Target()
        self._size = ""
        self._is_watching = False
        self.is_stopped = False
        self._queued: list[Queued] = []
        self._began_at: float | None = None
        self._is_alone = True
        self.done = self.whole = self.speed = 0
        self.back = TakenBack({})
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._look)

    @property
    def is_running(self) -> bool:
        """Whether a copy is on its way, or in a queue that is watched."""
        return self._now is not None or self._is_watching

    def begin(self, jobs: Iterable[PrintJob], target: Target, *, size: str) -> None:
        """Begin; copies that were on their way before are finished first by their owner."""
        wanted = tuple(jobs)
        self.whole = sum(len(job.names) or 1 for job in wanted)
        self.done = self.speed = 0
        self.back = TakenBack({})
        self.is_stopped, self._book = False, None
        self._queued, self._began_at, self._is_alone = [], None, True
        self._target, self._size = target, size
        self._copies = self._each(wanted)
        self._next()

    def stop(self) -> None:
        """Send no more than what is already on its way, and take back what waits in a queue."""
        self.is_stopped = True
        if self._is_watching:
            self._pause.stop()
            self._take_back()

    def let_print(self) -> None:
        """Watch the queue no longer: what it has taken is printed."""
        if self._is_watching:
            self._end(None)

    def forget(self) -> None:
        """The office is left: nothing is read from it any more, nor said."""
        self.is_stopped, self._now = True, None
        self._is_watching = False
        self._pause.stop()

    def _each(self, jobs: tuple[PrintJob, ...]) -> Iterator[_Wanted]:
        """Read each paper when its turn comes."""
        office, contest = self._session.office, self._session.contest_id
        for job in jobs:
            if job.again is not None:
                again = job.again
                read = read_again(office, contest, again)
                yield _Wanted(job, read, again.number, again.addressee)
                continue
            read = copying.read_paper(office, contest, job.paper, number=job.revision)
            numbers = copying.next_numbers(office, read, len(job.names))
            for number_text, name in zip(numbers, job.names, strict=True):
                yield _Wanted(job, read, number_text, name)

    def _next(self) -> None:
        try:
            self._now = None if self.is_stopped else next(self._copies, None)
        except KnownProblem as problem:
            self._end(problem)
            return
        if self._now is None:
            self._all_sent()
            return
        held = self._book[1] if self._book and self._book[0] is self._now.job else None
        work = partial(_draw, self._now, held, size=self._size)
        self._background.submit(work, self._drawn)

    def _drawn(self, future: Future[tuple[Book | None, DrawnCopy]]) -> None:
        wanted = self._now
        if wanted is None:
            return
        session = self._session
        try:
            book, drawn = future.result()
            if self.is_stopped:
                self._now = None
                self._all_sent()
                return
            self._record = copying.record_copy(
                session.office, wanted.read, drawn, by=session.person, reason=wanted.job.reason
            )
        except KnownProblem as problem:
            self._end(problem)
            return
        self._book = (wanted.job, book) if book else None
        name = copying.copy_name(wanted.read, drawn)
        work = partial(_send, drawn, self._target, name, stopped=lambda: self.is_stopped)
        self._background.submit(work, partial(self._sent, drawn))

    def _sent(self, drawn: DrawnCopy, future: Future[Given]) -> None:
        if self._now is None or self._record is None:
            return
        try:
            given = future.result()
            self._take(drawn, given, self._record)
        except KnownProblem as problem:
            self._end(problem)
            return
        self.went_on.emit(self.done, self.whole)
        self._next()

    def _take(self, drawn: DrawnCopy, given: Given, record: Record) -> None:
        """Note what became of a copy: in a queue, all of it given, or stopped between two pages."""
        if given.job:
            self._queued.append(queued(record, given.job, sheets=given.pages))
        elif given.pages == len(drawn.pages):
            self.done += 1
        else:
            out = ranges_text(drawn.pages[: given.pages])
            begun, waiting = ((drawn.number,), ()) if out else ((), (drawn.number,))
            self._note(TakenBack({record.id: out}, begun, waiting))

    # The queue of a printer

    def _all_sent(self) -> None:
        if not self._queued:
            self._end(None)
            return
        self._now, self._is_watching = None, True
        if self.is_stopped:
            self._take_back()
            return
        self.handed.emit()
        self._look()

    def _look(self) -> None:
        work = partial(look_at_queue, self._target.printer, tuple(self._queued))
        self._background.submit(work, self._looked)

    def _looked(self, future: Future[Queue]) -> None:
        if not self._is_watching or self.is_stopped:
            return
        try:
            seen = future.result()
        except KnownProblem:
            # The copies are there; only how far they are is not known.
            self._end(None)
            return
        self._is_alone = self._is_alone and not seen.others
        if self._began_at is None and (seen.has_begun or not seen.left):
            self._began_at = time.monotonic()
        self.done = self.whole - len(seen.left)
        self.went_on.emit(self.done, self.whole)
        if seen.left:
            self._pause.start()
            return
        if self._is_alone and self._began_at is not None:
            sheets = sum(copy.sheets for copy in self._queued)
            self.speed = pages_a_minute(sheets, time.monotonic() - self._began_at)
        self._end(None)

    def _take_back(self) -> None:
        work = partial(take_back, self._target.printer, tuple(self._queued))
        self._background.submit(work, self._taken_back)

    def _taken_back(self, future: Future[TakenBack]) -> None:
        if not self._is_watching:
            return
        try:
            back = future.result()
            self._note(back)
        except KnownProblem as problem:
            self._end(problem)
            return
        self.done = len(self._queued) - len(back.pages)
        self._end(None)

    def _note(self, back: TakenBack) -> None:
        """Put on record what was taken back, before anything is said of it."""
        session = self._session
        copying.record_stop(
            session.office, back.pages, printer=self._target.printer, by=session.person
        )
        self.back = back

    def _end(self, problem: KnownProblem | None) -> None:
        self._now, self._book = None, None
        self._is_watching = False
        self._copies = iter(())
        self.ended.emit(problem)


def _draw(wanted: _Wanted, book: Book | None, *, size: str) -> tuple[Book | None, DrawnCopy]:
    if wanted.job.again is not None:
        return None, draw_again(wanted.read.make, wanted.job.again, pages=wanted.job.pages)
    made = book or wanted.read.make()
    drawn = copying.draw_copy(made, size=size, number=wanted.number, addressee=wanted.name)
    return made, drawn


def _send(drawn: DrawnCopy, target: Target, name: str, *, stopped: Callable[[], bool]) -> Given:
    # It is on record now; pages of it may be asked for again.
    keep(drawn.pdf, drawn.sha256)
    if target.folder is not None:
        copying.write_copy(drawn, copying.free_path(target.folder, name))
        return Given("", len(drawn.pages))
    return send(drawn, target.printer, name, is_stopped=stopped)
