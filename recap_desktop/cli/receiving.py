"""``receive``, ``children``, ``alarms``, ``alarm decide``: what comes up from offices below."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.rulings import DECIDED, RAISED, cells_of
from recap_desktop.cli.values import BY, CONTEST, FORMAT, MAYBE_BY, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers.faces import groups
from recap_desktop.election.records.upward import CAME, HELD
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.upward import alarms as decisions
from recap_desktop.office.upward import receiving as taking
from recap_desktop.office.upward.alarm_sides import alarm_sides
from recap_desktop.office.upward.children import children as below
from recap_desktop.office.upward.package_preview import preview as look_at
from recap_desktop.office.upward.receiving import Typed
from recap_desktop.office.upward.unit_figures import beside_paper
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from recap_desktop.election.records.upward import Alarm
    from recap_desktop.office.upward.package_changes import Change
    from recap_desktop.office.upward.package_preview import Preview

FAULTS = 1
"""Exit status when a package raises an alarm."""

_CHILDREN = ("code", "name", "came", "revision", "date", "tps", "counted", "disputed", "final")
_MOST = 12
"""So many cells of a TPS are listed; the others are counted."""

_TOTAL = option("--total", "totals", about="paper-figure", metavar="cell", multiple=True)
_HEAD = option("--head", about="paper-head", metavar="hex", default="")


def paper_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What is typed from the signed paper."""
    return _TOTAL(_HEAD(function))


@verb("receive")
@OFFICE
@argument("file", metavar="file", type=PATH)
@option("--preview", "is_preview", about="receive-preview", is_flag=True)
@paper_options
@MAYBE_BY
def receive(
    path: Path, file: Path, totals: tuple[str, ...], head: str, by: str, *, is_preview: bool
) -> None:
    """Look at a package of an office right below, and take it in."""
    typed = typed_of(totals, head)
    with opened(path, by) as office:
        seen = look_at(office, file)
        _tell(seen)
        paper = beside_paper(office, seen.contest, seen.unit, seen.proved.totals)
        for cell, (written, came) in paper.items():
            say("cli.receive.beside-paper", cell=cell, typed=written, came=_figure(came))
        if is_preview:
            asked = " ".join(
                f"--total {cell}=" for cell in taking.asked_cells(office, seen.contest)
            )
            say("cli.receive.asked", options=asked)
            return
        if not by:
            raise KnownProblem("name-missing")
        if seen.alarm:
            made = decisions.raise_alarm(office, seen, by=by)
            say("cli.receive.alarm", alarm=made.id[:12], sender=seen.sender)
            session().status = FAULTS
            return
        made = taking.receive(office, seen, typed=typed, by=by)
    say("cli.receive.done", sender=seen.sender, revision=made.body["revision"], record=made.id[:12])


def typed_of(totals: tuple[str, ...], head: str) -> Typed:
    """What was typed from paper; a blank total is none."""
    return Typed({cell: n for cell, n in cells_of(totals).items() if n is not None}, head)


def _tell(seen: Preview) -> None:
    """Say what a package would do."""
    said = seen.proved.statement
    say(
        "cli.receive.seen",
        sender=seen.sender,
        contest=seen.contest,
        revision=said.revision,
        head=groups(said.head),
    )
    if seen.before:
        say("cli.receive.before", revision=seen.before)
    new = sum(change.is_new for change in seen.changes)
    changed = len(seen.changes) - new
    say("cli.receive.counts", new=new, changed=changed, unchanged=seen.unchanged)
    for change in seen.changes:
        if not change.is_new:
            say("cli.receive.change", tps=dotted(change.tps), cells=_cells(change))
    for one in seen.broken:
        code = "accepted" if one.accepted else "broken"
        say(f"cli.receive.{code}", tps=dotted(one.tps), rules=", ".join(one.rules))
    for tps, fate in seen.rulings.items():
        say(f"cli.receive.ruling-{fate.value}", tps=dotted(tps))
    if seen.line is not None:
        alarm = seen.line.over[0][:12]
        say("cli.receive.line", alarm=alarm, stations=len(seen.followed))
    if seen.alarm:
        say(f"cli.receive.{seen.alarm}")


def _cells(change: Change) -> str:
    pairs = [
        f"{cell}: {_figure(old)} -> {_figure(new)}" for cell, (old, new) in change.cells.items()
    ]
    more = [f"+{len(pairs) - _MOST}"] if len(pairs) > _MOST else []
    return "; ".join(pairs[:_MOST] + more)


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)


@verb("children")
@OFFICE
@CONTEST
@FORMAT
def children(path: Path, contest: str, shape: str) -> None:
    """List the offices right below, and what came of each."""
    with opened(path) as office:
        found = below(office, contest)
    if shape == "json":
        data = [{**asdict(one), "came": one.came.value, "final": one.is_final} for one in found]
        tables.show_json(data)
        return
    words = session().words
    rows = [
        (
            one.code,
            one.name,
            words[f"child.{one.came.value}"] if shape == "table" else one.came.value,
            one.revision or None,
            one.date,
            one.stations,
            one.done,
            one.disputed,
            words["cli.receive.final"] if one.is_final and shape == "table" else int(one.is_final),
        )
        for one in found
    ]
    if shape == "csv":
        tables.show_csv(_CHILDREN, (dict(zip(_CHILDREN, row, strict=True)) for row in rows))
        return
    tables.show_table(_CHILDREN, [(dotted(row[0]), *row[1:8], row[8] or "") for row in rows])
    final = sum(one.is_final for one in found)
    say("cli.receive.children", final=final, offices=len(found))
    for one in found:
        if one.has_alarm:
            say("cli.receive.child-alarm", name=one.name)
        if one.moved_on:
            say("cli.receive.child-moved-on", name=one.name, revision=one.revision)


@verb("alarms")
@OFFICE
@CONTEST
@FORMAT
def alarms(path: Path, contest: str, shape: str) -> None:
    """List packages that did not extend what was received, and what was decided."""
    with opened(path) as office:
        found = decisions.alarms(office, contest)
    rows = [_alarm(alarm) for alarm in found]
    columns = ("alarm", "code", "cause", "revision", "time", "holds", "reason")
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(columns, rows)
    else:
        words = session().words
        for row in rows:
            row["alarm"], row["code"] = row["alarm"][:12], dotted(row["code"])
            row["cause"] = words[f"cli.alarm.{row['cause']}"]
            row["holds"] = words[f"cli.alarm.{row['holds'] or 'open'}"]
        tables.show_table(columns, [[row[column] for column in columns] for row in rows])


def _alarm(alarm: Alarm) -> dict[str, Any]:
    decided = alarm.decisions[-1].body if alarm.decisions else alarm.record.body
    return {
        "alarm": alarm.record.id,
        "code": alarm.unit,
        "cause": alarm.record.body["cause"],
        "revision": alarm.record.body["revision"],
        "time": alarm.record.time,
        "holds": decided["holds"],
        "reason": decided["reason"],
        "package": alarm.package,
        "against": alarm.record.body["against"],
    }


@click.group("alarm", cls=VerbGroup, key="alarm")
def alarm() -> None:
    """Verbs about a package that does not extend what was received."""


@verb("decide", key="alarm-decide")
@OFFICE
@CONTEST
@option("--alarm", "which", about="alarm", metavar="id", default="")
@option("--holds", type=OneOf((HELD, CAME)), required=True)
@paper_options
@option("--reason", metavar="text", required=True)
@BY
@RAISED
@DECIDED
def _decide(
    path: Path,
    contest: str,
    *,
    which: str,
    holds: str,
    totals: tuple[str, ...],
    head: str,
    **why: str,
) -> None:
    decision, typed = Decision(**why), typed_of(totals, head)
    with opened(path, why["by"]) as office:
        if holds == HELD:
            decisions.let_held_hold(office, contest, which, decision=decision)
            say("cli.alarm.decided-held")
            return
        made = decisions.let_came_hold(office, contest, which, decision=decision, typed=typed)
    say("cli.alarm.decided-came", stations=len(made) - 2)


_SIDES = ("cell", "held", "came")


@verb("show", key="alarm-show")
@OFFICE
@CONTEST
@option("--alarm", "which", about="alarm", metavar="id", default="")
@FORMAT
def _show(path: Path, contest: str, which: str, shape: str) -> None:
    with opened(path) as office:
        sides = alarm_sides(office, contest, which)
    rows = [{"cell": line.cell, "held": line.received, "came": line.now} for line in sides.lines]
    if shape == "json":
        changes = [{"tps": one.tps, "cells": one.cells} for one in sides.changes]
        both = {"held": asdict(sides.held) if sides.held else None, "came": asdict(sides.came)}
        about = {"alarm": sides.alarm, "code": sides.unit, "cause": sides.cause}
        tables.show_json({**about, **both, "totals": rows, "changes": changes})
    elif shape == "csv":
        tables.show_csv(_SIDES, rows)
    else:
        say("cli.alarm.of", name=sides.name, cause=session().words[f"cli.alarm.{sides.cause}"])
        for code, side in (("held", sides.held), ("came", sides.came)):
            if side is not None:
                head = groups(side.head)
                say(
                    "cli.alarm.side",
                    side=session().words[f"cli.alarm.{code}"],
                    revision=side.revision,
                    head=head,
                )
        tables.show_table(_SIDES, [[row[column] for column in _SIDES] for row in rows])
        for change in sides.changes:
            say("cli.receive.change", tps=dotted(change.tps), cells=_cells(change))


for one in (_decide, _show):
    alarm.add_command(one)
