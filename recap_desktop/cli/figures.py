"""``totals``: what the figures add up to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import CONTEST, FORMAT, LEVEL, LEVELS, OFFICE, UNDER
from recap_desktop.cli.verbs import session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.office.progress import overview

if TYPE_CHECKING:
    from recap_desktop.election.figures.totals import Total
    from recap_desktop.office.opening import Office

_RESULT = ("valid", "invalid", "cast")
_HEAD = ("code", "name", "tps", "counted", "not_delivered")


@verb("totals")
@OFFICE
@CONTEST
@LEVEL
@UNDER
@FORMAT
def totals(path: Path, contest: str, level: str, under: str | None, shape: str) -> None:
    """Show the totals of every unit of a level."""
    with opened(path) as office:
        found = overview.totals(office, contest, level=LEVELS[level], under=under or "")
        if shape == "json":
            tables.show_json([_total_data(office, total) for total in found])
        elif shape == "csv":
            tables.show_csv(*totals_rows(office, contest, found))
        else:
            _totals_table(office, contest, found)


def totals_rows(
    office: Office, contest: str, found: list[Total]
) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """Columns and rows of totals as CSV has them: every cell under its key, then the blanks."""
    data = [_total_data(office, total) for total in found]
    columns = (*_HEAD, *office.election.layout(contest).cells, "blank")
    return columns, [{**item, **item["cells"], "blank": _blank(item["blank"])} for item in data]


def _blank(cells: dict[str, int]) -> str:
    """``valid:2 invalid:1``: cells that are blank in some TPS of the sum, and in how many."""
    return " ".join(f"{cell}:{number}" for cell, number in cells.items())


def _total_data(office: Office, total: Total) -> dict[str, Any]:
    return {
        "code": total.code,
        "name": overview.unit_name(office, total.code),
        "tps": total.stations,
        "counted": total.counted,
        "not_delivered": total.not_delivered,
        "cells": dict(total.sums),
        "blank": dict(total.blanks),
    }


def _totals_table(office: Office, contest: str, found: list[Total]) -> None:
    chosen = [choice.counted_key for choice in office.election.contest(contest).choices]
    shown = (*chosen, *_RESULT)
    rows = [
        (
            dotted(total.code),
            overview.unit_name(office, total.code),
            total.stations,
            total.counted,
            total.not_delivered,
            *(_sum(total, cell) for cell in shown),
        )
        for total in found
    ]
    tables.show_table((*_HEAD, *shown), rows)
    if any(total.blanks.get(cell) for total in found for cell in shown):
        click.echo(session().words["cli.totals-blank"])


def _sum(total: Total, cell: str) -> str | int | None:
    """A sum stands plain only when no counted TPS is blank there."""
    number = total.sums.get(cell)
    if number is None or total.is_whole(cell):
        return number
    return session().words("cli.sum-with-blanks", sum=number)
