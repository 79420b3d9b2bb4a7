"""``missing``: which TPS lack which contest, and how far each contest is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import FORMAT, OFFICE, UNDER
from recap_desktop.cli.verbs import option, say, verb
from recap_desktop.election.definitions.regions import dotted, parent
from recap_desktop.office.progress.lacking import Missing

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office
    from recap_desktop.office.progress.lacking import Lacking, Reach

_REACH = ("contest", "tps", "entered", "missing", "left_behind")


@verb("missing")
@OFFICE
@UNDER
@option("--begun", about="missing-begun", is_flag=True)
@FORMAT
def missing(path: Path, under: str | None, shape: str, *, begun: bool) -> None:
    """Show the TPS that lack a contest."""
    with opened(path) as office:
        found = Missing(office, under=under or "")
        reached, shown = found.reach(), found.stations(begun=begun)
        rows = [_row(office, item) for item in shown]
    if shape == "json":
        contests = [{**asdict(item), "entered": item.entered} for item in reached]
        tables.show_json({"contests": contests, "stations": [asdict(item) for item in shown]})
    elif shape == "csv":
        tables.show_csv(("station", "desa", "missing", "entered"), rows)
    else:
        _show(reached, rows)


def _row(office: Office, item: Lacking) -> dict[str, str]:
    return {
        "station": dotted(item.tps),
        "desa": office.election.tree.name(parent(item.tps)),
        "missing": " ".join(item.missing),
        "entered": " ".join(item.entered),
    }


def _show(reached: list[Reach], rows: list[dict[str, str]]) -> None:
    tables.show_table(
        _REACH,
        [(r.contest, r.stations, r.entered, r.missing, r.left_behind) for r in reached],
    )
    click.echo()
    if rows:
        columns = ("station", "desa", "missing", "entered")
        tables.show_table(columns, [[row[column] for column in columns] for row in rows])
    else:
        say("cli.nothing-missing")
