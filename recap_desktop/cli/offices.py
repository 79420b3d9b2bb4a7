"""``office create`` and ``status``: a new office, and where one stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import amendments, emblems, tables
from recap_desktop.cli.key_values import GROUPS
from recap_desktop.cli.opened import opened
from recap_desktop.cli.root_typing import typed_root
from recap_desktop.cli.values import CODE, FORMAT, LEVELS, MAYBE_BY, OFFICE, PATH, UNDER, OneOf
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.definitions.regions import Level, dotted
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.plenary import Phase
from recap_desktop.office.definitions.definitions import read_definition
from recap_desktop.office.keys.taking_certificates import believe
from recap_desktop.office.opening import create_office_for
from recap_desktop.office.plenary import revisions
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.office.progress import overview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision
    from recap_desktop.office.progress.overview import Progress


@click.group("office", cls=VerbGroup, key="office")
def office() -> None:
    """Verbs about office files."""


@verb("create", key="office-create")
@argument("path", metavar="office", type=PATH)
@option(
    "--election", "definition", about="office-election", metavar="file", type=PATH, required=True
)
@option("--region", about="office-region", metavar="code", type=CODE, required=True)
@option("--double-entry", is_flag=True)
@option("--root", about="office-root", metavar="file", type=PATH)
@GROUPS
@MAYBE_BY
def _create(
    path: Path,
    definition: Path,
    region: str,
    root: Path | None,
    *,
    double_entry: bool,
    groups: str,
    by: str,
) -> None:
    election = read_definition(definition)
    typed = typed_root(definition, election, region, root=root, groups=groups, by=by)
    made = create_office_for(path, election=election, region=region, double_entry=double_entry)
    try:
        if typed is not None:
            believe(made, typed.offered, typed.groups, by=typed.by)
        say(
            "cli.office-created",
            name=overview.unit_name(made, made.code),
            contests=", ".join(made.contests),
            stations=len(made.file.units.stations(made.code)),
            path=str(path),
        )
        if typed is not None:
            say("cli.trust.added", name=typed.offered.name)
    finally:
        made.close()


@verb("new-post", key="office-new-post")
@OFFICE
def _new_post(path: Path) -> None:
    with opened(path) as office:
        office.go_on_as_new_post()
        assert office.post is not None
        say("cli.new-post", path=str(path), post=office.post.id)


office.add_command(_create)
office.add_command(_new_post)
office.add_command(amendments.amend)
office.add_command(emblems.emblem)

_COLUMNS = (
    *("contest", "code", "name", "tps", "counted", "not_delivered", "broken"),
    *("read", "closed_desas", "revision"),
)
_OF_PLENARY = ("read", "closed_desas")
"""Columns that say something only once a plenary was opened."""


@verb("status")
@OFFICE
@option("--contest", about="status-contest", metavar="id")
@option("--level", about="status-level", type=OneOf(LEVELS))
@UNDER
@FORMAT
def status(
    path: Path, contest: str | None, level: str | None, under: str | None, shape: str
) -> None:
    """Show the office and how far each contest is."""
    with opened(path) as office:
        asked = (contest,) if contest else office.contests
        at = LEVELS[level or _own_level(under or office.code)]
        rows = [row for one in asked for row in _rows(office, one, at, under=under or "")]
        about = _office_data(office)
    if shape == "json":
        tables.show_json({"office": about, "progress": rows})
    elif shape == "csv":
        states = [state.value for state in State]
        tables.show_csv((*_COLUMNS, *states), ({**row, **row["states"]} for row in rows))
    else:
        _status_table(about, rows)


def _own_level(code: str) -> str:
    return next(word for word, level in LEVELS.items() if level.value == len(code))


def _office_data(office: Office) -> dict[str, Any]:
    return {
        "election": office.election.title,
        "date": office.election.date,
        "mode": office.election.mode.value,
        "code": office.code,
        "name": overview.unit_name(office, office.code),
        "definition": office.election.version,
        "plenary": plenary(office).phase.value,
        "double_entry": office.file.double_entry,
        "path": str(office.file.path),
        "obstacle": office.obstacle,
        "mirror": str(office.mirror.path) if office.mirror else "",
        "mirror_present": bool(office.mirror and office.mirror.is_present),
    }


def _rows(office: Office, contest_id: str, level: Level, *, under: str) -> list[dict[str, Any]]:
    found = overview.progress(office, contest_id, level=level, under=under)
    standing = revisions.standing_by_unit(office, contest_id)
    return [_progress_data(office, contest_id, progress, standing=standing) for progress in found]


def _progress_data(
    office: Office, contest_id: str, progress: Progress, *, standing: Mapping[str, Revision]
) -> dict[str, Any]:
    desas = [unit for unit in standing if len(unit) == Level.DESA.value]
    # A desa that is closed by itself has a revision of its own.
    revision = standing.get(progress.code) or standing.get(office.code)
    return {
        "contest": contest_id,
        "code": progress.code,
        "name": progress.name,
        "tps": progress.stations,
        "counted": progress.counted,
        "not_delivered": progress.states.get(State.NOT_DELIVERED, 0),
        "broken": progress.broken,
        "read": progress.read,
        "closed_desas": sum(unit.startswith(progress.code) for unit in desas),
        "states": {state.value: number for state, number in progress.states.items()},
        "revision": revision.number if revision else None,
        "head": revision.head if revision else "",
    }


def _status_table(about: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    words = session().words
    entry = "double" if about["double_entry"] else "single"
    say(
        "cli.status.office",
        name=about["name"],
        code=dotted(about["code"]),
        election=about["election"],
        date=words.date(about["date"]),
        mode=words[f"cli.mode.{about['mode']}"],
        entry=words[f"cli.entry-kind.{entry}"],
    )
    if about["definition"] > 1:
        say("cli.status.definition", version=about["definition"])
    if about["plenary"] != Phase.NONE.value:
        say(f"cli.status.plenary-{about['plenary']}")
    if about["obstacle"]:
        say(f"problem.read-only-{about['obstacle']}", path=about["path"])
    if about["mirror"]:
        present = "present" if about["mirror_present"] else "missing"
        say(f"cli.status.mirror-{present}", path=about["mirror"])
    click.echo()
    met = {state for row in rows for state in row["states"]} - {State.NOT_DELIVERED.value}
    seen = [state.value for state in State if state.value in met]
    flat = [{**row, **row["states"], "code": dotted(row["code"])} for row in rows]
    no_plenary = about["plenary"] == Phase.NONE.value
    left = _OF_PLENARY if no_plenary else ()
    columns = [column for column in _COLUMNS if column not in left]
    columns += [f"state.{state}" for state in seen]
    tables.show_table(
        columns, [[row.get(column.removeprefix("state.")) for column in columns] for row in flat]
    )
