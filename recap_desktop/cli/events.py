"""``history``: every record about a TPS, or every close of a contest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import CONTEST, FORMAT, OFFICE, TPS
from recap_desktop.cli.verbs import option, session, verb
from recap_desktop.office.proof import history as records
from recap_desktop.office.proof.beside import columns_beside, lines_beside
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.office.proof.history import Event

_CSV = (
    "time",
    "what",
    "person",
    "live",
    "id",
    "post",
    "seq",
    "reason",
    "changes",
    "late",
    "office",
)
_TABLE = ("time", "what", "person", "live", "changes", "reason", "record")
_SHORT = 12
_CROSS = " (X)"
"""Behind a 0 whose box is crossed out on the paper."""


@verb("history")
@OFFICE
@CONTEST
@option("--tps", about="history-tps", metavar="tps", type=TPS)
@option("--beside", is_flag=True)
@FORMAT
def history(path: Path, contest: str, tps: str | None, shape: str, *, beside: bool) -> None:
    """Show every record of a TPS, or every close of a contest."""
    if beside and not tps:
        raise KnownProblem("usage-beside")
    with opened(path) as office:
        if tps:
            events = records.history(office, contest, tps)
        else:
            events = records.contest_history(office, contest)
        order = office.election.layout(contest).cells if beside else ()
    if beside:
        _show_beside(events, order, shape)
    elif shape == "json":
        tables.show_json([event.to_data() for event in events])
    elif shape == "csv":
        tables.show_csv(_CSV, (_row(event) for event in events))
    else:
        tables.show_table(_TABLE, ([*_shown(event)] for event in events))


def _show_beside(events: Sequence[Event], order: Sequence[str], shape: str) -> None:
    """A row a cell, what differs first; a column a record, by the beginning of its id."""
    words, columns = session().words, columns_beside(events)
    lines = lines_beside(columns, order)
    rows = [
        {"cell": line.cell}
        | dict(zip((event.record.id for event in columns), line.figures, strict=True))
        for line in lines
    ]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(("cell", *(event.record.id for event in columns)), rows)
    else:
        heads = [
            f"{words[f'cli.event.{event.what}']}\n{event.person}\n{event.record.id[:_SHORT]}"
            for event in columns
        ]
        tables.show_table(("cell", *heads), [[*row.values()] for row in rows])


def _row(event: Event) -> dict[str, Any]:
    changes = (
        f"{key}: {_figure(old)} -> {_figure(new)}{_CROSS if key in event.crossed else ''}"
        for key, (old, new) in event.changes.items()
    )
    return {
        **event.to_data(),
        "live": int(event.is_live),
        "late": int(event.is_late),
        "reason": "; ".join(part for part in (_about(event), event.note) if part),
        "changes": "; ".join(changes),
    }


def _about(event: Event) -> str:
    """Of whom it speaks, and what they became."""
    role = event.record.body.get("role", "")
    return f"{event.about}: {session().words[f'role.{role}']}" if role else event.about


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)


def _shown(event: Event) -> tuple[str, ...]:
    words, row = session().words, _row(event)
    marks = (("live", event.is_live), ("late", event.is_late))
    live = ", ".join(words[f"cli.event.{mark}"] for mark, holds in marks if holds)
    what = words[f"cli.event.{event.what}"]
    changes = row["changes"]
    if all(old is None for old, _ in event.changes.values()):
        changes = words("cli.event.cells", cells=len(event.changes)) if changes else ""
    time = event.record.time.replace("T", " ")
    return time, what, event.person, live, changes, row["reason"], row["id"][:_SHORT]
