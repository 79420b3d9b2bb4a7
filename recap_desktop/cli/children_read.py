"""``plenary child`` and ``plenary read-child``: offices below read out in the plenary above them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.plenaries import plenary
from recap_desktop.cli.values import BY, CODE, CONTEST, FORMAT, OFFICE
from recap_desktop.cli.verbs import option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.unit_records import Outcome
from recap_desktop.office.plenary import child_reading

if TYPE_CHECKING:
    from recap_desktop.office.plenary.child_reading import ChildCorrection, ChildSheet

__all__ = ["plenary"]

_UNIT = option("--unit", about="child-unit", metavar="code", type=CODE, required=True)
_LINES = ("cell", "received", "difference", "now")


@verb("child", key="plenary-child")
@OFFICE
@CONTEST
@_UNIT
@FORMAT
def _child(path: Path, contest: str, unit: str, shape: str) -> None:
    with opened(path) as office:
        sheet = child_reading.child_sheet(office, contest, unit)
    rows = [
        {
            "cell": line.cell,
            "received": line.received,
            "difference": line.difference or None,
            "now": line.now,
        }
        for line in sheet.lines
    ]
    if shape == "json":
        tables.show_json(_data(sheet, rows))
        return
    if shape == "csv":
        tables.show_csv(_LINES, rows)
        return
    words = session().words
    came = words[f"child.{sheet.child.came.value}"]
    heard = words[f"heard.{sheet.heard.value}"]
    say("cli.child.state", name=sheet.child.name, came=came, heard=heard)
    tables.show_table(_LINES, [[row[column] for column in _LINES] for row in rows])
    for one in sheet.corrections:
        code = "waits" if one.waits else "corrected"
        say(
            f"cli.child.{code}",
            place=dotted(one.tps or one.unit),
            cells=_changes(one),
            reason=one.reason,
            decided=one.decided_by,
        )


def _data(sheet: ChildSheet, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "code": sheet.child.code,
        "name": sheet.child.name,
        "came": sheet.child.came.value,
        "revision": sheet.child.revision,
        "heard": sheet.heard.value,
        "head": sheet.head,
        "lines": rows,
        "corrections": [asdict(one) for one in sheet.corrections],
    }


def _changes(one: ChildCorrection) -> str:
    if one.unit:
        return "; ".join(f"{cell}: {number:+}" for cell, (_, number) in one.cells.items() if number)
    return "; ".join(
        f"{cell}: {'' if old is None else old} -> {'' if new is None else new}"
        for cell, (old, new) in one.cells.items()
    )


@verb("read-child", key="plenary-read-child")
@OFFICE
@CONTEST
@_UNIT
@option("--postpone", metavar="text", about="child-postpone", default="")
@BY
def _read(path: Path, contest: str, unit: str, postpone: str, by: str) -> None:
    outcome = Outcome.POSTPONED if postpone else Outcome.READ
    with opened(path, by) as office:
        name = child_reading.child_named(office, contest, unit).name
        child_reading.read_child(office, contest, unit, by=by, outcome=outcome, reason=postpone)
    say(f"cli.child.{outcome.value}", name=name)


for one in (_child, _read):
    plenary.add_command(one)
