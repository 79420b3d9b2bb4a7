"""The recap sheets of a book as a workbook (XLSX), for who goes on with them in a spreadsheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.papers.deeds import Deed
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.office.language import load_words
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from recap_desktop.election.papers.books import Bound
    from recap_desktop.election.papers.sheets import Column
    from recap_desktop.office.papers.printing import Book

ENDING = ".xlsx"


def write_workbook(book: Book, path: Path, *, time: str) -> None:
    """Write the sheets and annexes of a book as a workbook, in full or not at all.

    Args:
        book: what to write; papers of running text are left out.
        path: of the workbook; an older file of that name is replaced.
        time: what the laptop says now, ISO with zone; the properties of a draft say it.

    Raises:
        KnownProblem: ``workbook-nothing`` where the book has no sheet and no list;
            ``file-cannot-be-written``.
    """
    raw = draw_workbook(book, time=time)
    try:
        write_whole(path, raw)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=str(path), reason=reason) from error


def draw_workbook(book: Book, *, time: str) -> bytes:
    """The workbook of a book; a revision gives the same bytes for ever.

    Raises:
        KnownProblem: ``workbook-nothing``.
    """
    # Heavy, and needed by nothing else.
    from recap_desktop.foreign.sheets_xlsx import sheets_xlsx  # noqa: PLC0415 - see above

    # A workbook is held whole, and its sheets refer to each other.
    tables = tuple(paper for paper in book.papers if not isinstance(paper, Deed))
    if not tables:
        raise KnownProblem("workbook-nothing")
    made = dt.datetime.fromisoformat(book.revision.record.time if book.revision else time)
    return sheets_xlsx(tables, progress(tables), made=made)


def station_sheets(papers: Sequence[Bound]) -> Iterator[Sheet]:
    """The sheets with a column for each TPS."""
    return (
        paper for paper in papers if isinstance(paper, Sheet) and level_of(paper.code) is Level.DESA
    )


def counted(sheet: Sheet) -> int:
    """TPS of such a sheet that are in its totals."""
    return sum(is_in_totals(column) for column in sheet.units)


def is_in_totals(column: Column) -> bool:
    """A column of a TPS that is not in the totals bears its state as a remark."""
    return not column.remark


def progress(papers: Sequence[Bound]) -> dict[str, str]:
    """How many of how many TPS are in it, for each unit whose TPS have columns here."""
    words = load_words("id")
    read = {sheet.code: (counted(sheet), len(sheet.units)) for sheet in station_sheets(papers)}
    widest = min((paper.code for paper in papers), key=len)
    if read and widest not in read:
        both = list(read.values())
        read[widest] = (sum(one for one, _ in both), sum(all_ for _, all_ in both))
    return {
        code: words("hand-out.counted", counted=known, stations=stations)
        for code, (known, stations) in read.items()
    }
