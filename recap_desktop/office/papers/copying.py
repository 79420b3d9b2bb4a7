"""Numbered copies: a paper read once, drawn copy by copy, each recorded before it leaves."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from recap_desktop import __version__
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.papers.page_ranges import ranges_text, read_ranges
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.copies import (
    SHEETS,
    Copy,
    PaperOf,
    copies_of,
    next_number,
    number_text_of,
)
from recap_desktop.election.records.journal import OFFICE_CHAIN, Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.nameless_files import NamelessFile
from recap_desktop.exchange.whole_files import write_whole_parts
from recap_desktop.office.papers.book_making import gather
from recap_desktop.office.papers.paper_making import PaperKind, gather_paper
from recap_desktop.office.papers.printing import choose_revision, draw_aside, make_book, stamp_of
from recap_desktop.office.people.people import roster, signer
from recap_desktop.office.plenary.revisions import revisions
from recap_desktop.office.posts.posts import posts
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from recap_desktop.election.papers.station_slips import Slip
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.printing import Book
    from recap_desktop.office.plenary.revisions import Revision

_LONGEST = 120
"""Letters of an addressee."""

_MOST_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper read from the office, to be drawn any number of times.

    Attributes:
        contest: id of the contest.
        paper: which paper.
        revision: of which close; None for a draft.
        make: makes it, in any thread.
        slip: makes the slip of a TPS with its proof, likewise; None of every other paper.
    """

    contest: str
    paper: PaperOf
    revision: Revision | None
    make: Callable[[], Book]
    slip: Callable[[], Slip] | None = None

    @property
    def head(self) -> str:
        """Hash of its close; empty for a draft."""
        return self.revision.head if self.revision else ""


@dataclass(frozen=True, slots=True)
class DrawnCopy:
    """One copy as it goes to the printer.

    Attributes:
        pdf: with all its pages.
        sha256: of that.
        pages: those that are to be printed, counted from 1.
        whole: how many it has.
        size: of the paper: ``f4``.
        number: of the copy as it is printed.
        addressee: for whom it is.
        columns: most columns of units on a page; None is what suits the paper.
    """

    pdf: NamelessFile
    sha256: str
    pages: tuple[int, ...]
    whole: int
    size: str
    number: str
    addressee: str
    columns: int | None = None

    def picked(self) -> NamelessFile:
        """The PDF with the pages that are to be printed, alone.

        Raises:
            KnownProblem: ``file-cannot-be-written`` where the laptop's own disk is full.
        """
        if len(self.pages) == self.whole:
            return self.pdf
        from recap_desktop.foreign.pdf_parts import pick_pages  # noqa: PLC0415 - heavy, seldom

        with on_own_disk():
            picked = NamelessFile()
            pick_pages(self.pdf.file, self.pages, picked.file)
        return picked


def read_paper(
    office: Office,
    contest_id: str,
    paper: PaperOf,
    *,
    number: int | None = None,
    draft: bool = False,
) -> PrintedPaper:
    """Read what a paper is made from, as of a revision, the standing one, or what stands now.

    Raises:
        KnownProblem: ``contest-unknown``, ``revision-unknown``, and as ``gather`` and
            ``gather_paper``.
    """
    desa = desa_of_revisions(office, contest_id, paper)
    revision = choose_revision(office, contest_id, number=number, draft=draft, desa=desa)
    if paper.kind == SHEETS:
        makings = gather(office, contest_id, revision=revision, desa=paper.unit)
        return PrintedPaper(contest_id, paper, revision, partial(make_book, makings))
    kind = PaperKind(paper.kind)
    one = gather_paper(office, kind, contest_id, revision=revision, unit=paper.unit)
    slip = one.slip if kind is PaperKind.SLIP else None
    return PrintedPaper(contest_id, paper, one.makings.revision, one.book, slip)


def desa_of_revisions(office: Office, contest_id: str, paper: PaperOf) -> str:
    """The desa whose own closes a paper is of; empty for those of the office.

    The slip of a TPS is of its desa while only that is closed.
    """
    if paper.kind == SHEETS:
        return paper.unit
    is_slip = paper.kind == PaperKind.SLIP.value
    return paper.unit[: Level.DESA.value] if is_slip and not revisions(office, contest_id) else ""


def copies(office: Office, contest_id: str) -> tuple[Copy, ...]:
    """Every copy of a contest that left the room, and each time that pages of one did so again.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    told = office.file.journal.records_of_kind(Kind.PRINT, Kind.PRINT_STOP)
    return copies_of(told, contest_id)


def next_numbers(office: Office, read: PrintedPaper, count: int) -> tuple[str, ...]:
    """The numbers of the next copies of a paper, as they are printed."""
    desk = next((post.number for post in posts(office) if post.is_own), 1)
    own = office.post.id if office.post else ""
    known = copies(office, read.contest)
    first = next_number(known, read.paper, head=read.head, post=own, desk=desk)
    return tuple(number_text_of(first + at, desk) for at in range(count))


def draw_copy(
    book: Book,
    *,
    size: str,
    number: str,
    addressee: str = "",
    pages: str = "",
    columns: int | None = None,
) -> DrawnCopy:
    """Draw one copy; the same book, number and addressee give the same bytes for ever.

    It needs no office, so any thread may do it.

    Args:
        book: the paper.
        size: one of ``PAPER_SIZES``.
        columns: most columns of units on a page; None takes what suits the paper.
        number: of the copy, as printed; empty for none.
        addressee: for whom it is; empty for nobody named.
        pages: those to be printed: ``4-6,9``; empty for all.

    Raises:
        KnownProblem: ``pages-unknown``; ``file-cannot-be-written`` where the laptop's own disk is
            full.
    """
    whom = clean_text(addressee)[:_LONGEST]
    with on_own_disk():
        stamp = stamp_of(number or None, whom)
        pdf, whole = draw_aside(book, paper=size, columns=columns, stamp=stamp)
        digest = hashlib.sha256()
        for piece in pdf.pieces():
            digest.update(piece)
    wanted = wanted_pages(pages, whole)
    return DrawnCopy(pdf, digest.hexdigest(), wanted, whole, size, number, whom, columns)


def wanted_pages(pages: str, whole: int) -> tuple[int, ...]:
    """The pages that a text names of a paper of so many.

    Raises:
        KnownProblem: ``pages-unknown``.
    """
    try:
        return read_ranges(pages, whole)
    except ValueError as error:
        raise KnownProblem("pages-unknown", pages=pages, whole=whole) from error


@contextlib.contextmanager
def on_own_disk() -> Iterator[None]:
    """A copy lies there until it leaves.

    Raises:
        KnownProblem: ``file-cannot-be-written``.
    """
    try:
        yield
    except OSError as error:
        path, reason = tempfile.gettempdir(), reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=path, reason=reason) from error


def record_copy(
    office: Office, read: PrintedPaper, copy: DrawnCopy, *, by: str, reason: str = ""
) -> Record:
    """Put on record that pages of a copy go to the printer; do it before they do.

    Args:
        office: the open office.
        read: the paper.
        copy: as it was drawn.
        by: name of who prints it.
        reason: why pages of a copy that was there are printed again; empty the first time.

    Raises:
        KnownProblem: ``reason-missing`` where pages are printed again; as ``signer``; or when
            nothing can be written.
    """
    office.require_writable()
    said = clean_text(reason).strip()
    was_there = any(
        known.is_of(read.paper, read.head) and known.number == copy.number
        for known in copies(office, read.contest)
    )
    if not said and (was_there or len(copy.pages) < copy.whole):
        raise KnownProblem("reason-missing")
    body = {
        "contest": read.contest,
        "paper": read.paper.kind,
        "unit": read.paper.unit,
        "revision": read.revision.number if read.revision else 0,
        "head": read.head,
        "copy": copy.number,
        "addressee": copy.addressee,
        "pages": ranges_text(copy.pages),
        "whole": copy.whole,
        "size": copy.size,
        "sha256": copy.sha256,
        "reason": said,
        "program": __version__,
        **({} if copy.columns is None else {"columns": copy.columns}),
    }
    draft = Draft(
        Kind.PRINT,
        time=office.now(),
        person=signer(office, by, Deed.PRINT),
        subject={},
        body=body,
    )
    return office.record(OFFICE_CHAIN, [draft])[0]


def record_stop(
    office: Office, taken_back: Mapping[str, str], *, printer: str, by: str
) -> list[Record]:
    """Put on record that copies were taken back from a printer, and what may have come out.

    Args:
        office: the open office.
        taken_back: id of a print -> the pages of it that may have come out; empty for none.
        printer: which they were given to.
        by: name of who stopped it.

    Raises:
        KnownProblem: as ``signer``; or when nothing can be written.
    """
    office.require_writable()
    if not taken_back:
        return []
    person, time = signer(office, by, Deed.PRINT), office.now()
    drafts = [
        Draft(
            Kind.PRINT_STOP,
            time=time,
            person=person,
            subject={},
            body={"print": key, "pages": pages, "printer": clean_text(printer)[:_LONGEST]},
        )
        for key, pages in taken_back.items()
    ]
    return office.record(OFFICE_CHAIN, drafts)


def write_copy(copy: DrawnCopy, path: Path) -> None:
    """Write the pages of a copy as a file: where there is no printer, or another laptop has it.

    Raises:
        KnownProblem: ``file-cannot-be-written``.
    """
    try:
        write_whole_parts(path, copy.picked().pieces())
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=str(path), reason=reason) from error


def printed_by(office: Office, copy: Copy) -> str:
    """Who printed a copy, by name."""
    return roster(office).get(copy.record.person, copy.record.person)


def copy_name(read: PrintedPaper, copy: DrawnCopy) -> str:
    """What a copy is called as a file and in a print queue, without an ending."""
    unit = regions.dotted(read.paper.unit) if read.paper.unit else ""
    state = f"r{read.revision.number}" if read.revision else "draf"
    pages = "" if len(copy.pages) == copy.whole else f"h{ranges_text(copy.pages)}"
    parts = (read.contest, read.paper.kind, unit, state, f"salinan-{copy.number}", pages)
    return "_".join(part for part in parts if part)


def free_path(folder: Path, name: str) -> Path:
    """A file that is not there yet: a copy never takes the place of another."""
    names = (name, *(f"{name}-{number}" for number in range(2, _MOST_NAMES)))
    return next(path for one in names if not (path := folder / f"{one}.pdf").exists())
