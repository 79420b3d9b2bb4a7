"""``difference add``, ``keep``, ``withdraw``, ``list`` and ``paper-total``: units above the TPS."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.rulings import DECIDED, RAISED, cells_of
from recap_desktop.cli.values import BY, CODE, CONTEST, FORMAT, OFFICE
from recap_desktop.cli.verbs import VerbGroup, option, say, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.unit_records import Difference
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.upward import unit_figures
from recap_desktop.problems import KnownProblem

_UNIT = option("--unit", about="unit-above", metavar="code", type=CODE, required=True)
_WHICH = option("--difference", "which", about="difference", metavar="id", required=True)
_REASON = option("--reason", metavar="text", required=True)
_COLUMNS = ("difference", "code", "changes", "reason", "decided_by")
_MOST_DIGITS = 15


@click.group("difference", cls=VerbGroup, key="difference")
def difference() -> None:
    """Verbs about corrections of a unit above the TPS."""


@verb("add", key="difference-add")
@OFFICE
@CONTEST
@_UNIT
@option("--set", "changes", about="difference-set", metavar="cell", multiple=True, required=True)
@_REASON
@BY
@RAISED
@DECIDED
def _add(path: Path, contest: str, unit: str, changes: tuple[str, ...], **why: str) -> None:
    cells = _signed(changes)
    with opened(path, why["by"]) as office:
        made = unit_figures.add_difference(
            office, contest, unit, cells=cells, decision=Decision(**why)
        )
    say("cli.difference.added", unit=dotted(unit), record=made.id[:12])


def _signed(texts: tuple[str, ...]) -> dict[str, int]:
    """``votes.1=-3`` as three less."""
    cells: dict[str, int] = {}
    for text in texts:
        cell, _, figure = (part.strip() for part in text.partition("="))
        digits = figure.removeprefix("-").removeprefix("+")
        plain = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
        if not cell or not plain:
            raise KnownProblem("usage-difference", found=text)
        if cell in cells:
            raise KnownProblem("usage-set-twice", cell=cell)
        cells[cell] = -int(digits) if figure.startswith("-") else int(digits)
    return cells


@verb("keep", key="difference-keep")
@OFFICE
@CONTEST
@_WHICH
@_REASON
@BY
@RAISED
@DECIDED
def _keep(path: Path, contest: str, which: str, **why: str) -> None:
    with opened(path, why["by"]) as office:
        made = unit_figures.keep_difference(office, contest, which, decision=Decision(**why))
    say("cli.difference.added", unit=dotted(made.subject["unit"]), record=made.id[:12])


@verb("withdraw", key="difference-withdraw")
@OFFICE
@CONTEST
@_WHICH
@_REASON
@BY
@RAISED
@DECIDED
def _withdraw(path: Path, contest: str, which: str, **why: str) -> None:
    with opened(path, why["by"]) as office:
        made = unit_figures.withdraw_difference(office, contest, which, decision=Decision(**why))
    say("cli.difference.withdrawn", unit=dotted(made.subject["unit"]))


@verb("list", key="difference-list")
@OFFICE
@CONTEST
@FORMAT
def _list(path: Path, contest: str, shape: str) -> None:
    with opened(path) as office:
        found = unit_figures.differences(office, contest)
    if shape == "json":
        tables.show_json([asdict(one) for one in found])
        return
    rows = [_row(one) for one in found]
    if shape == "csv":
        tables.show_csv(_COLUMNS, rows)
    else:
        tables.show_table(_COLUMNS, [[row[column] for column in _COLUMNS] for row in rows])


def _row(one: Difference) -> dict[str, str]:
    return {
        "difference": one.record[:12],
        "code": dotted(one.unit),
        "changes": "; ".join(f"{cell}: {number:+}" for cell, number in one.cells.items()),
        "reason": one.reason,
        "decided_by": one.decided_by,
    }


for one in (_add, _keep, _withdraw, _list):
    difference.add_command(one)


@verb("paper-total")
@OFFICE
@CONTEST
@_UNIT
@option("--set", "changes", about="paper-total-set", metavar="cell", multiple=True)
@BY
def paper_total(path: Path, contest: str, unit: str, changes: tuple[str, ...], by: str) -> None:
    """Record the totals of a unit as its paper says them, until its package comes."""
    cells = {cell: number for cell, number in cells_of(changes).items() if number is not None}
    with opened(path, by) as office:
        unit_figures.type_paper_total(office, contest, unit, cells=cells, by=by)
    say("cli.paper-total.recorded" if cells else "cli.paper-total.back", unit=dotted(unit))
