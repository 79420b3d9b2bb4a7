"""``import``: counts from a table of somebody else's, shown before they are recorded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, CONTEST, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import argument, option, say, session, verb
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.figures.tallies import Source
from recap_desktop.office.tables.import_maps import save_map
from recap_desktop.office.tables.import_tables import look_into
from recap_desktop.office.tables.importing import SOURCES, CountsImport, judge
from recap_desktop.office.tables.planned_counts import Fate
from recap_desktop.office.tables.planned_words import (
    fate_text,
    place_text,
    station_text,
    summary_lines,
    why_text,
)

if TYPE_CHECKING:
    from recap_desktop.election.tables.count_maps import CountMap
    from recap_desktop.office.opening import Office
    from recap_desktop.office.tables.import_tables import ImportTable

REFUSED = 1
"""Exit status when lines of the table were refused."""

_NAMED = 12
"""So many TPS are named that the table lacks; the others are counted."""

_SOURCES = tuple(source.value for source in SOURCES)
_TOLD = (Fate.REFUSED, Fate.OTHER, Fate.LATE, Fate.CHANGE, Fate.SECOND)


@verb("import")
@OFFICE
@argument("file", metavar="table", type=PATH)
@CONTEST
@BY
@option("--source", type=OneOf(_SOURCES), default=_SOURCES[0])
@option("--sheet", metavar="name", default="")
@option("--desa", about="import-desa", metavar="code", default="")
@option("--map", "map_path", metavar="map", type=PATH)
@option("--save-map", "kept", metavar="map", type=PATH)
@option("--preview", about="import-preview", is_flag=True)
@option("--without-refused", is_flag=True)
def import_counts(  # noqa: PLR0913 - an option each
    path: Path,
    file: Path,
    *,
    contest: str,
    by: str,
    source: str,
    sheet: str,
    desa: str,
    map_path: Path | None,
    kept: Path | None,
    preview: bool,
    without_refused: bool,
) -> None:
    """Record the counts of an XLSX or CSV, once it is said what its columns or lines are."""
    with opened(path, by) as office:
        table = look_into(office, contest, file)
        count_map = _map(table, sheet=sheet, desa=desa, map_path=map_path)
        if kept is not None:
            _save(count_map, kept)
        plan = CountsImport(office, table, count_map, by=by, source=Source(source))
        _make(plan, table)
        _tell(office, contest, plan)
        refused = plan.counted()[Fate.REFUSED]
        if refused:
            session().status = REFUSED
        if preview:
            say("cli.import-preview")
        elif refused and not without_refused:
            say("cli.import-refused", count=refused)
        else:
            entered = plan.record()
            table.remember(count_map)
            say("cli.import-recorded", count=len(entered.records))


def _map(table: ImportTable, *, sheet: str, desa: str, map_path: Path | None) -> CountMap:
    made = table.by_map(map_path, sheet) if map_path else table.propose(sheet)
    return replace(made, desa=desa) if desa else made


def _save(count_map: CountMap, path: Path) -> None:
    save_map(count_map, path)
    say("cli.import-map-saved", path=str(path), unsure=len(count_map.unsure))


def _make(plan: CountsImport, table: ImportTable) -> None:
    layout = table.counts.layout
    while read := plan.reader.read():
        taken = plan.take(read)
        plan.note(taken, judge(layout, plan.cases(taken)))


def _tell(office: Office, contest_id: str, plan: CountsImport) -> None:
    """A line for each TPS that needs a look, those the table lacks, and the whole in short."""
    words = session().words
    phrasing = Phrasing(
        words, office.election.form(contest_id), office.election.contest(contest_id)
    )
    for fate in _TOLD:
        for one in plan.plan:
            if one.fate is fate:
                said = words(
                    "cli.import-line",
                    place=place_text(words, one),
                    tps=station_text(one),
                    fate=fate_text(words, fate),
                    why=why_text(words, phrasing, one),
                )
                click.echo(said.rstrip(" :"))
    missing = plan.missing()
    if missing:
        named = ", ".join(map(dotted, missing[:_NAMED]))
        more = len(missing) - _NAMED
        say(
            "cli.import-missing" if more <= 0 else "cli.import-missing-more",
            stations=named,
            more=more,
        )
    for line in summary_lines(words, plan):
        click.echo(line)
