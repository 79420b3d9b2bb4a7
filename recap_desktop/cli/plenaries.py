"""The plenary without a screen: its turns, who attends, what is put on record, and readings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.rulings import DECIDED, RAISED, STATION, cells_of, recorded
from recap_desktop.cli.values import BY, CODE, CONTEST, FORMAT, OFFICE, OneOf
from recap_desktop.cli.verbs import VerbGroup, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.plenary import Presence, Topic, Turn
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.plenary import plenaries
from recap_desktop.office.plenary.agenda import agenda
from recap_desktop.office.plenary.plenaries import Speech
from recap_desktop.office.plenary.reading import read_out

_ITEM = ("code", "name", "tps", "recorded", "read", "to-decide", "revision")


@click.group("plenary", cls=VerbGroup, key="plenary")
def plenary() -> None:
    """Verbs about the plenary."""


def _turn(name: str, turn: Turn) -> None:
    """One verb for a turn; the place is asked only where the plenary is opened."""

    def declare(path: Path, by: str, **said: Any) -> None:  # noqa: ANN401 - as click has it
        given = {key: text for key, text in said.items() if text}
        with opened(path, by) as office:
            plenaries.declare(office, turn, by=by, **given)
        say(f"cli.plenary.{turn.value}")

    made: Callable[..., None] = declare
    options = [BY, option("--leader", metavar="name", default="")]
    options.append(option("--at", metavar="time", default=""))
    if turn is Turn.OPENED:
        options.append(option("--place", about="plenary-place", metavar="place", default=""))
    else:
        options.append(option("--reason", about="turn-reason", metavar="text", default=""))
    for add in (*reversed(options), OFFICE):
        made = add(made)
    plenary.add_command(verb(name, key=f"plenary-{name}")(made))


for _name, _kind in (
    ("open", Turn.OPENED),
    ("suspend", Turn.SUSPENDED),
    ("resume", Turn.RESUMED),
    ("end", Turn.ENDED),
):
    _turn(_name, _kind)


@verb("show", key="plenary-show")
@OFFICE
@CONTEST
@FORMAT
def _show(path: Path, contest: str, shape: str) -> None:
    with opened(path) as office:
        office.require_contest(contest)
        held = plenaries.plenary(office)
        rows = [
            {
                "code": item.unit,
                "name": item.name,
                "tps": item.stations,
                "recorded": item.recorded,
                "read": item.read,
                "to-decide": item.trouble,
                "revision": item.revision or None,
            }
            for item in agenda(office, contest)
        ]
    if shape == "json":
        about = {"phase": held.phase.value, "place": held.place, "leader": held.leader}
        tables.show_json({"plenary": about, "agenda": rows})
    elif shape == "csv":
        tables.show_csv(_ITEM, rows)
    else:
        say(f"cli.plenary.phase.{held.phase.value}", place=held.place, leader=held.leader)
        shown = [[dotted(str(row["code"])), *(row[key] for key in _ITEM[1:])] for row in rows]
        tables.show_table(_ITEM, shown)


plenary.add_command(_show)


@verb("attend")
@OFFICE
@BY
@option("--seat", metavar="seat", required=True)
@option("--name", metavar="name", required=True)
@option("--contest", about="attend-contest", metavar="id", default="")
@option("--mandate", metavar="text", default="")
@option(
    "--presence",
    type=OneOf([presence.value for presence in Presence]),
    default=Presence.PRESENT.value,
)
def attend(path: Path, by: str, *, presence: str, **said: str) -> None:
    """Record who sits where."""
    with opened(path, by) as office:
        known = plenaries.attendance(office)
        same = [
            one
            for one in known
            if (one.seat, one.contest) == (said["seat"], said["contest"])
            and one.name.casefold() == said["name"].strip().casefold()
        ]
        plenaries.attend(
            office,
            by=by,
            presence=Presence(presence),
            replaces=same[0].id if same else "",
            **said,
        )
    say("cli.attended", name=said["name"], seat=said["seat"])


@verb("incident")
@OFFICE
@CONTEST
@BY
@option("--text", about="incident-text", metavar="text", required=True)
@option("--topic", type=OneOf([topic.value for topic in Topic]), default=Topic.EVENT.value)
@option("--unit", about="incident-unit", metavar="code", type=CODE)
@option("--raised-by", metavar="name", default="")
@option("--at", metavar="time", default="")
def incident(
    path: Path, contest: str, by: str, *, topic: str, unit: str | None, **said: str
) -> None:
    """Put a kejadian khusus or a keberatan on record."""
    speech = Speech(
        Topic(topic),
        said["text"],
        unit=unit or "",
        raised_by=said["raised_by"],
        at=said["at"],
    )
    with opened(path, by) as office:
        made = plenaries.put_on_record(office, contest, speech, by=by)
    say("cli.incident", record=made.id[:12])


@verb("answer")
@OFFICE
@CONTEST
@BY
@option("--incident", "known", about="incident", metavar="record", required=True)
@option("--answer", metavar="text", required=True)
@option("--settled", is_flag=True)
def answer(path: Path, contest: str, by: str, *, known: str, answer: str, settled: bool) -> None:
    """Record the answer to an incident."""
    with opened(path, by) as office:
        made = plenaries.answer_incident(
            office, contest, known, by=by, answer=answer, settled=settled
        )
    say("cli.incident", record=made.id[:12])


@verb("incidents")
@OFFICE
@CONTEST
@FORMAT
def incidents(path: Path, contest: str, shape: str) -> None:
    """List what was put on record."""
    words = session().words
    with opened(path) as office:
        found = plenaries.incidents(office, contest)
    columns = ("time", "topic", "unit", "raised-by", "text", "answer", "settled", "record")
    rows = [
        {
            "time": one.at,
            "topic": one.topic.value,
            "unit": one.unit,
            "raised-by": one.raised_by,
            "text": one.text,
            "answer": one.answer,
            "settled": int(not one.is_open),
            "record": one.id,
        }
        for one in found
    ]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(columns, rows)
    else:
        for row in rows:
            row["record"] = str(row["record"])[:12]
            row["topic"] = words[f"cli.topic.{row['topic']}"]
            row["settled"] = words["cli.event.live"] if not row["settled"] else ""
        tables.show_table(columns, [[row[key] for key in columns] for row in rows])


@verb("read")
@OFFICE
@CONTEST
@STATION
@BY
@option("--set", "changes", about="read-set", metavar="cell", multiple=True, required=True)
@option("--reason", about="read-reason", metavar="text", default="")
@RAISED
@DECIDED
def read(
    path: Path, contest: str, tps: str, by: str, *, changes: tuple[str, ...], **why: str
) -> None:
    """Record what was read out of one form."""
    cells = {cell: figure for cell, figure in cells_of(changes).items() if figure is not None}
    decision = Decision(by=by, **why) if why["reason"] else None
    with opened(path, by) as office:
        made = read_out(office, contest, tps, cells, by=by, decision=decision)
    if made:
        recorded(made[-1].id, tps)
    else:
        say("cli.read-before", tps=dotted(tps))
