"""``where-from``: the units a figure adds up, or the records of the TPS it stands on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import CODE, CONTEST, FORMAT, OFFICE
from recap_desktop.cli.verbs import option, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.office.proof.provenance import WhereFrom
from recap_desktop.office.proof.provenance import where_from as ask
from recap_desktop.office.tables.planned_words import origin_text

if TYPE_CHECKING:
    from recap_desktop.office.proof.provenance import Part, Trace

_PARTS = ("code", "name", "figure", "tps", "counted", "blank", "difference")
_TRACES = ("time", "what", "person", "place", "figure", "paper", "reason", "package", "receipt")
_CSV = (
    *("time", "what", "person", "office", "post", "live", "figure", "source", "note"),
    *("record", "package", "revision", "receipt", "received"),
)
_SHORT = 12


@verb("where-from")
@OFFICE
@CONTEST
@option("--unit", about="where-from-unit", metavar="code", type=CODE)
@option("--cell", about="where-from-cell", metavar="cell-key", required=True)
@FORMAT
def where_from(path: Path, contest: str, unit: str | None, cell: str, shape: str) -> None:
    """Show what a figure is made from."""
    with opened(path) as office:
        found = ask(office, contest, unit or "", cell)
    if shape == "json":
        tables.show_json([_data(found)])
    elif shape == "csv" and found.traces:
        tables.show_csv(_CSV, (trace.to_data() for trace in found.traces))
    elif shape == "csv":
        tables.show_csv(_PARTS, (_part_data(part) for part in found.parts))
    else:
        _show(found)


def _show(found: WhereFrom) -> None:
    if found.parts:
        rows = [[*_part_data(part).values()] for part in (*found.parts, found.whole)]
        tables.show_table(_PARTS, [[dotted(str(row[0])), *row[1:]] for row in rows])
        if found.own:
            click.echo(session().words["cli.where-from-own"])
            tables.show_table(_TRACES, [_trace_row(trace) for trace in found.own])
    else:
        tables.show_table(_TRACES, [_trace_row(trace) for trace in found.traces])
    if not found.parts and not found.traces:
        click.echo(session().words["cli.where-from-nothing"])


def _part_data(part: Part) -> dict[str, Any]:
    figures = (part.figure, part.stations, part.counted, part.blank, part.difference)
    return dict(zip(_PARTS, (part.code, part.name, *figures), strict=True))


def _data(found: WhereFrom) -> dict[str, Any]:
    return {
        "cell": found.cell,
        **_part_data(found.whole),
        "parts": [_part_data(part) for part in found.parts],
        "records": [trace.to_data() for trace in (*found.traces, *found.own)],
        "paper": int(found.paper),
    }


def _trace_row(trace: Trace) -> tuple[str | int | None, ...]:
    words, event, carried = session().words, trace.event, trace.carried
    note = origin_text(words, trace.origin) if trace.origin else event.note
    what = words[f"cli.event.{event.what}"]
    place = event.office or words("cli.where-from-post", number=trace.post)
    return (
        event.record.time.replace("T", " "),
        what if event.is_live else words("cli.where-from-replaced", what=what),
        event.person,
        place,
        trace.figure,
        words[f"import.source.{trace.source}"] if trace.source else "",
        note,
        carried.package[:_SHORT] if carried else "",
        carried.receipt[:_SHORT] if carried else "",
    )
