"""``print-plan``, ``print`` and ``papers``: what will be printed, for whom; and what was."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, CODE, CONTEST, FORMAT, NUMBER, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.records.copies import SHEETS, PaperOf
from recap_desktop.office.papers import copying, print_plan, print_queue
from recap_desktop.office.papers.exporting_papers import export_papers
from recap_desktop.office.papers.paper_making import PaperKind
from recap_desktop.office.papers.printing import PAPER_SIZES
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.election.records.copies import Copy
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.copying import DrawnCopy, PrintedPaper

_KINDS = (SHEETS, *(kind.value for kind in PaperKind))
_PLAN = ("paper", "revision", "pages", "for", "had", "sheets")
_COPIES = ("time", "paper", "revision", "copy", "for", "pages", "again", "person", "sha256")
_SHOWN = _COPIES[:-1]
SIZE = option("--paper", type=OneOf(PAPER_SIZES), default=PAPER_SIZES[0])


@verb("print-plan")
@OFFICE
@CONTEST
@option("--desa", metavar="code", type=CODE)
@SIZE
@option(
    "--pages-a-minute",
    "speed",
    about="pages-a-minute",
    metavar="number",
    type=NUMBER,
    default=print_plan.PAGES_A_MINUTE,
)
@FORMAT
def plan(path: Path, contest: str, *, desa: str | None, paper: str, speed: int, shape: str) -> None:
    """Show what will be printed."""
    with opened(path) as office:
        whole = print_plan.print_plan(office, contest, size=paper, desa=desa or "")
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
    """

    paper: PaperOf
    revision: int | None
    draft: bool
    whom: tuple[str, ...]
    again: str
    pages: str
    reason: str


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
    @functools.wraps(function)
    def run(*arguments: Any, kind: str, unit: str | None, **rest: Any) -> None:  # noqa: ANN401 - whatever the verb takes
        names = ("revision", "draft", "whom", "again", "pages", "reason")
        own = {name: rest.pop(name) for name in names}
        if own["draft"] and own["revision"]:
            raise KnownProblem("usage-print-state")
        if (own["pages"] or own["reason"]) and not own["again"]:
            raise KnownProblem("usage-print-again")
        function(*arguments, wanted=_Wanted(PaperOf(kind, unit or ""), **own), **rest)

    return run


@verb("print")
@OFFICE
@CONTEST
@_wanted
@option("--printer", metavar="printer")
@option("--to", "folder", about="print-to", metavar="folder", type=PATH)
@SIZE
@BY
def print_copies(
    path: Path,
    contest: str,
    *,
    wanted: _Wanted,
    printer: str | None,
    folder: Path | None,
    paper: str,
    by: str,
) -> None:
    """Print numbered copies, each on record before it leaves."""
    out = _Out(printer, folder)
    with opened(path, by) as office:
        read = copying.read_paper(
            office, contest, wanted.paper, number=wanted.revision, draft=wanted.draft
        )
        book = read.make()
        if wanted.again:
            before = copying.known_copy(office, read, wanted.again)
            drawn = copying.draw_again(book, before, pages=wanted.pages)
            out.take(office, read, drawn, by=by, reason=wanted.reason)
            return
        names = wanted.whom or tuple(
            one.name for one in print_plan.planned(office, read).addressees
        )
        if not names:
            say("cli.print.nothing")
        numbers = copying.next_numbers(office, read, len(names))
        for number, name in zip(numbers, names, strict=True):
            drawn = copying.draw_copy(book, size=paper, number=number, addressee=name)
            out.take(office, read, drawn, by=by)


class _Out:
    """Where copies go: a printer, or files of a folder."""

    def __init__(self, printer: str | None, folder: Path | None) -> None:
        if bool(printer) == bool(folder):
            raise KnownProblem("usage-print-where")
        if folder is not None and not folder.is_dir():
            raise KnownProblem("export-folder", path=str(folder))
        if printer and not print_queue.has_queue():
            raise KnownProblem("print-no-queue")
        known = print_queue.printers() if printer else ()
        if printer and printer not in known:
            listed = ", ".join(known) or "-"
            raise KnownProblem("printer-unknown", printer=printer, printers=listed)
        self._printer = printer or ""
        self._folder = folder

    def take(
        self, office: Office, read: PrintedPaper, drawn: DrawnCopy, *, by: str, reason: str = ""
    ) -> None:
        record = copying.record_copy(office, read, drawn, by=by, reason=reason)
        name = copying.copy_name(read, drawn)
        where = self._printer
        if self._folder is not None:
            target = copying.free_path(self._folder, name)
            copying.write_copy(drawn, target)
            where = str(target)
        else:
            print_queue.hand_over(drawn.picked, self._printer, title=name, size=drawn.size)
        say(
            "cli.print.printed",
            number=drawn.number,
            whom=drawn.addressee or session().words["cli.print.nobody"],
            pages=record.body["pages"],
            sheets=len(drawn.pages),
            where=where,
        )


@click.group("papers", cls=VerbGroup, key="papers")
def papers() -> None:
    """Verbs about all papers of a contest."""


@verb("export", key="papers-export")
@OFFICE
@argument("folder", metavar="folder", type=PATH)
@CONTEST
@SIZE
def _export(path: Path, folder: Path, contest: str, paper: str) -> None:
    with opened(path) as office:
        written = export_papers(office, contest, folder, size=paper)
    say("cli.print.exported", files=len(written), folder=str(folder))


@verb("copies", key="papers-copies")
@OFFICE
@CONTEST
@FORMAT
def _copies(path: Path, contest: str, shape: str) -> None:
    with opened(path) as office:
        known = copying.copies(office, contest)
        rows = [_row(office, copy) for copy in known]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(_COPIES, rows)
    else:
        tables.show_table(_SHOWN, [[row[key] for key in _SHOWN] for row in rows])


def _row(office: Office, copy: Copy) -> dict[str, str | int]:
    return {
        "time": copy.record.time.replace("T", " "),
        "paper": print_plan.paper_title(office, copy.paper, session().words),
        "revision": copy.revision,
        "copy": copy.number,
        "for": copy.addressee,
        "pages": copy.pages,
        "again": copy.reason,
        "person": copying.printed_by(office, copy),
        "sha256": copy.sha256,
    }


papers.add_command(_export)
papers.add_command(_copies)
