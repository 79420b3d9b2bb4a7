"""``paper`` and ``check-slip``: every paper beside the sheets, and a slip proved by anybody."""

from __future__ import annotations

from pathlib import Path

import click

from recap_desktop.cli.opened import opened
from recap_desktop.cli.printed import Printed, printed
from recap_desktop.cli.values import CODE, CONTEST, NUMBER, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.papers import printing, slips_as_text
from recap_desktop.office.papers.copying import desa_of_revisions
from recap_desktop.office.papers.paper_making import PaperKind, gather_paper
from recap_desktop.problems import KnownProblem

FALSE = 1
"""Exit status of a slip whose leaf does not lead to its root."""


@verb("paper")
@OFFICE
@option("--kind", about="paper-kind", type=OneOf([kind.value for kind in PaperKind]), required=True)
@CONTEST
@option("--to", "target", about="paper-to", metavar="file", type=PATH, required=True)
@option("--revision", metavar="number", type=NUMBER)
@option("--draft", is_flag=True)
@option("--unit", about="paper-unit", metavar="code", type=CODE)
@printed
def paper(
    path: Path,
    kind: str,
    contest: str,
    target: Path,
    *,
    revision: int | None,
    draft: bool,
    unit: str | None,
    how: Printed,
) -> None:
    """Write one paper that is no recap sheet."""
    if draft and revision:
        raise KnownProblem("usage-sheet-state")
    wanted = PaperKind(kind)
    with opened(path) as office:
        of = desa_of_revisions(office, contest, PaperOf(kind, unit or ""))
        chosen = printing.choose_revision(office, contest, number=revision, draft=draft, desa=of)
        makings = gather_paper(office, wanted, contest, revision=chosen, unit=unit or "")
    if wanted is PaperKind.SLIP and target.suffix == ".txt":
        slips_as_text.write_slip(makings.slip(), target)
    else:
        how.write(makings.book(), target)
    say("cli.paper-written", path=str(target))


@verb("check-slip")
@argument("path", metavar="slip", type=PATH)
def check_slip(path: Path) -> None:
    """Prove a slip from its text alone."""
    tell_slip(path)


def tell_slip(path: Path) -> None:
    """Say whether a slip holds, and what it says."""
    slip = slips_as_text.read_slip_file(path)
    tps = dotted(slips_as_text.station_of(slip))
    if not slip.holds:
        session().status = FALSE
        say("cli.slip-false", tps=tps)
        return
    say("cli.slip-holds", tps=tps, root=slip.root.hex(), head=slip.head)
    for cell, value in slips_as_text.cells_of(slip).items():
        click.echo(f"  {cell}: {value}")
