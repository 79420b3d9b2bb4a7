"""``print-plan``, ``print`` and ``papers``: what will be printed, for whom; and what was."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import pdf_signing, tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.print_outlet import Outlet
from recap_desktop.cli.values import BY, CODE, CONTEST, FORMAT, NUMBER, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.records.copies import SHEETS, PaperOf
from recap_desktop.office.papers import copying, print_plan, print_queue
from recap_desktop.office.papers.copy_lists import copy_lines
from recap_desktop.office.papers.exporting_papers import export_papers
from recap_desktop.office.papers.paper_making import PaperKind
from recap_desktop.office.papers.printing import PAPER_SIZES
from recap_desktop.office.papers.reprinting import draw_again, find_copy, read_again
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.copy_lists import CopyLine
    from recap_desktop.office.papers.copying import DrawnCopy, PrintedPaper

_KINDS = (SHEETS, *(kind.value for kind in PaperKind))
_PLAN = ("paper", "revision", "pages", "for", "had", "sheets")
_COPIES = ("time", "paper", "revision", "copy", "for", "pages", "out", "again", "person")
_DETAILS = ("size", "columns", "program", "sha256")
SIZE = option("--paper", type=OneOf(PAPER_SIZES), default=PAPER_SIZES[0])


@verb("print-plan")
@OFFICE
@CONTEST
@option("--desa", metavar="code", type=CODE)
@option("--printer", about="plan-printer", metavar="printer", default="")
@option("--paper", about="paper-printed", type=OneOf(PAPER_SIZES))
@option(
    "--pages-a-minute",
    "speed",
    about="pages-a-minute",
    metavar="number",
    type=NUMBER,
    default=print_plan.PAGES_A_MINUTE,
)
@FORMAT
def plan(
    path: Path,
    contest: str,
    *,
    desa: str | None,
    printer: str,
    paper: str | None,
    speed: int,
    shape: str,
) -> None:
    """Show what will be printed."""
    size = _size(paper, printer or print_queue.default_printer())
    with opened(path) as office:
        whole = print_plan.print_plan(office, contest, size=size, desa=desa or "")
    rows: list[dict[str, str | int]] = [
        {
            "paper": one.title,
            "revision": one.revision,
            "pages": one.pages,
            "for": "; ".join(whom.name for whom in one.addressees),
            "had": "; ".join(one.had),
            "sheets": one.sheets,
        }
        for one in whole.papers
    ]
    if shape == "json":
        tables.show_json(rows)
        return
    if shape == "csv":
        tables.show_csv(_PLAN, rows)
        return
    tables.show_table(_PLAN, [[*map(_lined, row.values())] for row in rows])
    minutes = whole.minutes(speed)
    say("cli.print.plan", copies=whole.copies, sheets=whole.sheets, minutes=minutes, speed=speed)


def _size(chosen: str | None, printer: str) -> str:
    """The paper that was chosen, else what the printer has in it, else F4."""
    return chosen or print_queue.size_in(printer) or PAPER_SIZES[0]


def _lined(value: str | int) -> str | int:
    """People of one cell below each other."""
    return value.replace("; ", "\n") if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which copies of which paper.

    Attributes:
        paper: which paper.
        revision: of which close; None for the standing one.
        draft: whether of what stands now.
        whom: for whom; empty for everybody of the plan.
        again: number of a copy of which pages are printed again; empty for new copies.
        pages: those pages; empty for all.
        reason: why again.
        size: of the paper; None takes what the printer has.
        columns: most columns of units on a page; None takes what suits the paper.
    """

    paper: PaperOf
    revision: int | None
    draft: bool
    whom: tuple[str, ...]
    again: str
    pages: str
    reason: str
    size: str | None
    columns: int | None


def _wanted(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb these options as one argument, ``wanted``."""

    @option("--kind", about="print-kind", type=OneOf(_KINDS), default=SHEETS)
    @option("--unit", about="print-unit", metavar="code", type=CODE)
    @option("--revision", metavar="number", type=NUMBER)
    @option("--draft", is_flag=True)
    @option("--for", "whom", about="print-for", metavar="name", multiple=True)
    @option("--copy", "again", about="print-copy", metavar="copy", default="")
    @option("--pages", metavar="pages", default="")
    @option("--reason", about="print-reason", metavar="text", default="")
    @option("--paper", "size", about="paper-printed", type=OneOf(PAPER_SIZES))
    @option("--columns", metavar="number", type=NUMBER)
    @functools.wraps(function)
    def run(*arguments: Any, kind: str, unit: str | None, **rest: Any) -> None:  # noqa: ANN401 - whatever the verb takes
        names = ("revision", "draft", "whom", "again", "pages", "reason", "size", "columns")
        own = {name: rest.pop(name) for name in names}
        if own["draft"] and own["revision"]:
            raise KnownProblem("usage-print-state")
        if (own["pages"] or own["reason"]) and not own["again"]:
            raise KnownProblem("usage-print-again")
        if own["again"] and (own["size"] or own["columns"]):
            raise KnownProblem("usage-print-as-it-was")
        function(*arguments, wanted=_Wanted(PaperOf(kind, unit or ""), **own), **rest)

    return run


@verb("print")
@OFFICE
@CONTEST
@_wanted
@option("--printer", metavar="printer")
@option("--to", "folder", about="print-to", metavar="folder", type=PATH)
@option("--wait", about="print-wait", is_flag=True)
@BY
def print_copies(
    path: Path,
    contest: str,
    *,
    wanted: _Wanted,
    printer: str | None,
    folder: Path | None,
    wait: bool,
    by: str,
) -> None:
    """Print numbered copies, each on record before it leaves."""
    out = Outlet(printer, folder)
    size = _size(wanted.size, printer or "")
    with opened(path, by) as office, out.stopping(office, by=by):
        if wanted.again:
            before = find_copy(
                office,
                contest,
                wanted.paper,
                wanted.again,
                revision=wanted.revision,
                draft=wanted.draft,
            )
            read = read_again(office, contest, before)
            drawn = draw_again(read.make, before, pages=wanted.pages)
            out.take(office, read, drawn, by=by, reason=wanted.reason)
        else:
            read = copying.read_paper(
                office, contest, wanted.paper, number=wanted.revision, draft=wanted.draft
            )
            for drawn in _drawn(office, read, wanted, size=size):
                out.take(office, read, drawn, by=by)
        if wait:
            out.wait()


def _drawn(
    office: Office, read: PrintedPaper, wanted: _Wanted, *, size: str
) -> Iterator[DrawnCopy]:
    """The copies that are wanted, each drawn when its turn comes."""
    book = read.make()
    names = wanted.whom or tuple(one.name for one in print_plan.planned(office, read).addressees)
    if not names:
        say("cli.print.nothing")
    numbers = copying.next_numbers(office, read, len(names))
    for number, name in zip(numbers, names, strict=True):
        yield copying.draw_copy(
            book, size=size, number=number, addressee=name, columns=wanted.columns
        )


@click.group("papers", cls=VerbGroup, key="papers")
def papers() -> None:
    """Verbs about all papers of a contest."""


@verb("export", key="papers-export")
@OFFICE
@argument("folder", metavar="folder", type=PATH)
@CONTEST
@SIZE
@option("--archive", is_flag=True)
def _export(path: Path, folder: Path, contest: str, paper: str, *, archive: bool) -> None:
    with opened(path) as office:
        written = export_papers(office, contest, folder, size=paper, archival=archive)
    say("cli.print.exported", files=len(written), folder=str(folder))
    if archive:
        say("cli.archived")


@verb("copies", key="papers-copies")
@OFFICE
@CONTEST
@option("--for", "whom", about="copies-for", metavar="name", default="")
@FORMAT
def _copies(path: Path, contest: str, whom: str, shape: str) -> None:
    with opened(path) as office:
        lines = copy_lines(office, contest, session().words, whom=whom)
        rows = [_row(line) for line in lines]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv((*_COPIES, *_DETAILS), rows)
    else:
        tables.show_table(_COPIES, [[row[key] for key in _COPIES] for row in rows])


def _row(line: CopyLine) -> dict[str, str | int | None]:
    copy = line.copy
    return {
        "time": copy.record.time.replace("T", " "),
        "paper": line.title,
        "revision": copy.revision,
        "copy": copy.number,
        "for": copy.addressee,
        "pages": copy.pages,
        "out": (copy.out or session().words["cli.print.none-out"]) if copy.is_stopped else "",
        "again": copy.reason,
        "person": line.person,
        "size": copy.size,
        "columns": copy.columns,
        "program": copy.program,
        "sha256": copy.sha256,
    }


papers.add_command(_export)
papers.add_command(_copies)
papers.add_command(pdf_signing.sign)
