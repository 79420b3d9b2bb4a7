"""``sheet`` and ``returns``: the papers of a contest, and what goes back to the PPS, as PDF."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.cli.opened import opened
from recap_desktop.cli.printed import Printed, printed
from recap_desktop.cli.values import CODE, CONTEST, NUMBER, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import option, say, verb
from recap_desktop.office.papers import printing, returning, workbooks
from recap_desktop.office.papers.printing import PAPER_SIZES
from recap_desktop.problems import KnownProblem


@verb("sheet")
@OFFICE
@CONTEST
@option("--to", "target", about="sheet-file", metavar="file", type=PATH, required=True)
@option("--revision", metavar="number", type=NUMBER)
@option("--draft", is_flag=True)
@option("--desa", metavar="code", type=CODE)
@printed
def sheet(
    path: Path,
    contest: str,
    target: Path,
    *,
    revision: int | None,
    draft: bool,
    desa: str | None,
    how: Printed,
) -> None:
    """Write the papers of an office, or of one desa, as PDF or as a workbook."""
    if draft and revision:
        raise KnownProblem("usage-sheet-state")
    with opened(path) as office:
        chosen = printing.choose_revision(
            office, contest, number=revision, draft=draft, desa=desa or ""
        )
        book = printing.book_of(office, contest, revision=chosen, desa=desa or "")
        now = office.now()
    if target.suffix.lower() == workbooks.ENDING:
        how.require_plain()
        workbooks.write_workbook(book, target, time=now)
    else:
        how.write(book, target)
    if chosen:
        say("cli.sheet-revision", revision=str(chosen.number), path=str(target))
    else:
        say("cli.sheet-draft", path=str(target))


@verb("returns")
@OFFICE
@option("--to", "target", about="sheet-to", metavar="file", type=PATH, required=True)
@option("--contest", about="returns-contest", metavar="id")
@option("--desa", about="returns-desa", metavar="code", type=CODE)
@option("--paper", type=OneOf(PAPER_SIZES), default=PAPER_SIZES[0])
def returns(path: Path, target: Path, *, contest: str | None, desa: str | None, paper: str) -> None:
    """Write a page for each desa with all faults of its TPS."""
    with opened(path) as office:
        read = returning.read_returns(office, contest or "", desa=desa or "")
    made = returning.make_returns(read)
    printing.write_book(made.book, target, paper=paper)
    say("cli.returns", path=str(target), faults=made.faults, missing=made.missing)
