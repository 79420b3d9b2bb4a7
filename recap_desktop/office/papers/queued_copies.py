"""Copies in the queue of a printer: which are still to come out, taken back, and how fast it prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.office.papers import print_queue
from recap_desktop.office.papers.print_queue import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.records.journal import Record

_LEAST_SHEETS = 6
_LEAST_SECONDS = 15.0
"""Of fewer sheets, or in less time, a printer tells nothing about itself."""

_FASTEST = 120
"""Pages a minute of the fastest office printer: a queue that is emptied faster only passes on."""


@dataclass(frozen=True, slots=True)
class Queued:
    """One copy that the system has taken (salinan dalam antrean).

    Attributes:
        job: what the queue calls it.
        print: id of the record of the print.
        number: of the copy.
        pages: that are printed: ``1-12``.
        sheets: how many.
    """

    job: str
    print: str
    number: str
    pages: str
    sheets: int


def queued(record: Record, job: str, *, sheets: int) -> Queued:
    """A copy that was put on record and handed over."""
    return Queued(job, record.id, record.body["copy"], record.body["pages"], sheets)


@dataclass(frozen=True, slots=True)
class Queue:
    """How far some copies are in the queue of a printer (antrean cetak).

    Attributes:
        left: those that have not come out yet.
        has_begun: whether one of them is being printed.
        others: whether the printer has jobs of somebody else.
    """

    left: tuple[Queued, ...]
    has_begun: bool
    others: bool


def look_at_queue(printer: str, copies: Iterable[Queued]) -> Queue:
    """Ask a printer how far it is.

    Raises:
        KnownProblem: ``print-refused``.
    """
    jobs = print_queue.jobs_of(printer)
    known = tuple(copies)
    left = tuple(copy for copy in known if copy.job in jobs)
    others = jobs.keys() - {copy.job for copy in known}
    return Queue(left, any(jobs[copy.job] for copy in left), bool(others))


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back from a printer (ditarik dari antrean).

    Attributes:
        pages: id of a print -> pages that may have come out; empty for none.
        begun: numbers of copies of which pages may have come out.
        waiting: numbers of copies of which none did.
    """

    pages: Mapping[str, str]
    begun: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def take_back(printer: str, copies: Iterable[Queued]) -> TakenBack:
    """Take copies back from a printer, as far as they have not come out; record it afterwards.

    Raises:
        KnownProblem: ``print-refused`` where the system does not answer.
    """
    wanted = tuple(copy for copy in copies if copy.job)
    fates = print_queue.take_back(printer, [copy.job for copy in wanted])
    stopped = [copy for copy in wanted if fates[copy.job] is not Fate.OUT]
    begun = [copy for copy in stopped if fates[copy.job] is Fate.BEGUN]
    return TakenBack(
        {copy.print: copy.pages if copy in begun else "" for copy in stopped},
        tuple(copy.number for copy in begun),
        tuple(copy.number for copy in stopped if copy not in begun),
    )


def pages_a_minute(sheets: int, seconds: float) -> int:
    """How fast a printer is, from what it printed; 0 where that tells nothing."""
    if sheets < _LEAST_SHEETS or seconds < _LEAST_SECONDS:
        return 0
    speed = round(sheets * 60 / seconds)
    return speed if 0 < speed <= _FASTEST else 0
