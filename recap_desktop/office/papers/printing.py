"""The papers of the office: which revision they are of, made, drawn and written as one PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records.canonical import clean_text
from recap_desktop.exchange.nameless_files import NamelessFile
from recap_desktop.exchange.whole_files import aside, whole
from recap_desktop.office.language import load_words
from recap_desktop.office.papers.book_making import gather
from recap_desktop.office.papers.results_inside import files_inside
from recap_desktop.office.plenary.revisions import Revision, revisions, standing_revision
from recap_desktop.paper.settings import PaperSettings, PaperSize
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.papers.books import Bound
    from recap_desktop.election.papers.facts import Facts
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.book_making import Makings
    from recap_desktop.paper.attached import Attached

PAPER_SIZES = ("f4", "a4", "a3")
"""What a person may choose; the first suits the forms of KPU."""

_SIZES = {size.value.lower(): size for size in PaperSize}


@dataclass(frozen=True, slots=True)
class Book:
    """The papers of an office or of one desa, as they are shown and printed.

    Attributes:
        papers: in the order in which they are bound; those of an office are made as they are
            looked at.
        revision: of which close; None for a draft.
        files: results that lie in the PDF beside its pages; none in a draft.
        emblem: picture of the office's own mark; empty for the neutral one.
    """

    papers: Sequence[Bound]
    revision: Revision | None
    files: tuple[Attached, ...] = ()
    emblem: bytes = b""


def choose_revision(
    office: Office,
    contest_id: str,
    *,
    number: int | None = None,
    draft: bool = False,
    desa: str = "",
) -> Revision | None:
    """Which revision is printed: the one asked for, else the standing one; None for a draft.

    A desa that was closed by itself has revisions of its own, which its sheet is of.

    Raises:
        KnownProblem: ``contest-unknown``; ``revision-unknown``.
    """
    office.require_contest(contest_id)
    if draft:
        return None
    own = revisions(office, contest_id, desa) if desa else []
    if number is None:
        standing = standing_revision(office, contest_id, desa) if own else None
        return standing or standing_revision(office, contest_id)
    for revision in own or revisions(office, contest_id):
        if revision.number == number:
            return revision
    raise KnownProblem("revision-unknown", contest=contest_id, revision=number)


def book_of(
    office: Office, contest_id: str, *, revision: Revision | None = None, desa: str = ""
) -> Book:
    """The papers as of a revision, or a draft of what stands now.

    Args:
        office: the open office.
        contest_id: the contest.
        revision: of which close; None makes a draft.
        desa: code of one desa, to print it while the next is read; empty for the office.

    Raises:
        KnownProblem: ``contest-unknown``, ``desa-of-kecamatan-only``, ``sheet-unit-unknown``.
    """
    return make_book(gather(office, contest_id, revision=revision, desa=desa))


def make_book(makings: Makings) -> Book:
    """The papers from what was gathered for them; it needs no office, so any thread may do it.

    Raises:
        KnownProblem: ``record-damaged``.
    """
    return bind(makings, *makings.folded())


def bind(makings: Makings, gathered: Facts, tallied: Mapping[str, Tally]) -> Book:
    """The same, from what ``makings.folded`` gave before."""
    papers = makings.bound(gathered, tallied)
    return Book(papers, makings.revision, files_inside(makings, tallied), makings.emblem)


def write_book(
    book: Book,
    path: Path,
    *,
    paper: str = PAPER_SIZES[0],
    columns: int | None = None,
    stamp: str = "",
    archival: bool = False,
) -> None:
    """Write a book as a PDF, in full or not at all; an older file of that name is replaced.

    Pages leave memory as they are finished, so that a book may have any number of them.

    Args:
        book: what to print.
        path: of the PDF.
        paper: one of ``PAPER_SIZES``.
        columns: most columns of units on a page; None takes what suits the paper.
        stamp: see ``stamp_of``; empty for none.
        archival: whether it is PDF/A-1b, which carries no files.

    Raises:
        KnownProblem: ``file-cannot-be-written``.
    """
    # reportlab takes a while to import, and most runs of the program print nothing.
    from recap_desktop.paper.book import BookFile  # noqa: PLC0415 - see above

    settings = settings_of(paper, columns)
    try:
        with whole(path) as draft, draft.open("wb") as target, aside(path) as pages:
            made = BookFile(settings, pages, stamp=stamp, emblem=book.emblem, archival=archival)
            made.add(book.papers)
            made.write(target, book.files)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=str(path), reason=reason) from error


def stamp_of(copy: int | str | None, addressee: str = "") -> str:
    """What differs from copy to copy, for the foot of each page: its number, and for whom it is."""
    words = load_words("id")
    whom = clean_text(addressee)
    if copy is None:
        return words("sheet.stamp.whom", whom=whom) if whom else ""
    if not whom:
        return words("sheet.stamp.copy", number=str(copy))
    return words("sheet.stamp.both", number=str(copy), whom=whom)


def settings_of(paper: str, columns: int | None = None) -> PaperSettings:
    """The settings of a size of paper, by its word of ``PAPER_SIZES``."""
    return PaperSettings(size=_SIZES[paper], units=columns)


def draw(
    book: Book,
    *,
    paper: str = PAPER_SIZES[0],
    columns: int | None = None,
    stamp: str = "",
    archival: bool = False,
) -> bytes:
    """The pages of a book as the bytes of a PDF; the same book gives the same bytes."""
    from recap_desktop.paper.book import draw_book  # noqa: PLC0415 - as above

    settings = settings_of(paper, columns)
    return draw_book(
        book.papers,
        settings,
        stamp=stamp,
        files=book.files,
        emblem=book.emblem,
        archival=archival,
    )


def draw_aside(
    book: Book, *, paper: str = PAPER_SIZES[0], columns: int | None = None, stamp: str = ""
) -> tuple[NamelessFile, int]:
    """The same bytes as ``draw`` gives, in a file without a name, and how many pages they are.

    Raises:
        OSError: when the disk refuses.
    """
    from recap_desktop.paper.book import BookFile  # noqa: PLC0415 - as above

    pages, made = NamelessFile(), NamelessFile()
    settings = settings_of(paper, columns)
    drawn = BookFile(settings, pages.file, stamp=stamp, emblem=book.emblem)
    drawn.add(book.papers)
    drawn.write(made.file, book.files)
    return made, drawn.pages


def draw_in_pieces(book: Book, *, paper: str = PAPER_SIZES[0]) -> Iterator[bytes]:
    """The same bytes piece by piece."""
    made, _ = draw_aside(book, paper=paper)
    yield from made.pieces()
