"""Rulings that follow a chair's decision about an alarm: figures of a package its records cannot say.

Records that a package left away stand in our journal for ever, and those of a chain that branched
off can never be written behind them. Where the package that holds says something else than our
records below, its figure is ruled, by the decision about the alarm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.figures import counts
from recap_desktop.election.figures.layers import judged
from recap_desktop.election.figures.tallies import STATES, Cause, Counts, State, Tally, live_records
from recap_desktop.election.records.canonical import load
from recap_desktop.election.records.journal import ABOUT_SCANS, Draft, Kind
from recap_desktop.office.people.people import roster
from recap_desktop.office.upward.package_changes import Held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.proof.proving_packages import Proof

FOLLOWS = "follows"
"""Field of a ruling: the alarm whose decision it follows."""

_CAUSES = {State.NOT_DELIVERED: Cause.NOT_DELIVERED, State.ACCEPTED: Cause.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Followed:
    """A TPS that is ruled because the package that holds says so (ikut keputusan alarm).

    Attributes:
        tps: 13-digit key.
        cells: cell -> what stands and what the package says; None for blank.
        after: its tally as the package says.
        judged: what our records of the office below say, as a ruling names it.
        over: every live record of it.
        is_disputed: whether our records of it contradict each other.
    """

    tps: str
    cells: Mapping[str, tuple[int | None, int | None]]
    after: Tally
    judged: str
    over: tuple[str, ...]
    is_disputed: bool

    @property
    def cause(self) -> Cause:
        """Of the ruling."""
        usual = Cause.SETTLED if self.is_disputed else Cause.CORRECTED
        return _CAUSES.get(self.after.state, usual)


def followed(
    office: Office, proof: Proof, heads: Mapping[str, tuple[int, str]] | None
) -> Iterator[Followed]:
    """TPS of which the package says something else than our records below it, in code order.

    What the plenary here ruled is left alone: it stands, or is in conflict, as ever.

    Args:
        office: the open office.
        proof: the package.
        heads: ours, where the records beyond them are taken in; None where none can be.
    """
    layers = office.file.layers.met_with(proof.shelf.of_kind(Kind.GENESIS.value))
    held = Held.here(office, proof)
    coming = Held(iter(())) if heads is None else Held.coming(proof, heads)
    for raw in proof.leaves():
        said = load(raw)
        tps, state = said["tps"], State(said["state"])
        came = [record for record in coming.of(tps) if record.kind not in ABOUT_SCANS]
        known = [*held.of(tps), *came]
        after = Tally(state, said["cells"], counts=STATES[state].counts is not Counts.NEVER)
        below, now = layers.below(known), layers.tally(known)
        if _says(after) in (_says(below), _says(now)):
            continue
        own = [r for r in live_records(layers.own_records(known)) if r.kind == Kind.RULING.value]
        if any(FOLLOWS not in record.body for record in own):
            continue
        yield Followed(
            tps=tps,
            cells=counts.changes(now.cells, after.cells),
            after=after,
            judged=judged(below),
            over=now.live,
            is_disputed=STATES[now.state].is_disputed,
        )


def _says(tally: Tally) -> tuple[dict[str, int], bool, bool]:
    return dict(tally.cells), tally.counts, tally.state is State.NOT_DELIVERED


def following_drafts(
    office: Office, contest_id: str, found: Sequence[Followed], decision: Record, *, person: str
) -> list[Draft]:
    """The rulings, each with the reason of the decision and who decided it.

    Args:
        office: the open office.
        contest_id: the contest.
        found: as ``followed`` says.
        decision: the record about the alarm, or its draft put in place.
        person: id of who records them.
    """
    return [
        ruling_of(office, contest_id, one, decision.body, alarm=decision.over[0], person=person)
        for one in found
    ]


def ruling_of(
    office: Office,
    contest_id: str,
    one: Followed,
    said: Mapping[str, str],
    *,
    alarm: str,
    person: str,
) -> Draft:
    """One of them; ``said`` holds reason and decider of the decision about the alarm."""
    decider = said["decided_by"] or roster(office).get(person, person)
    return Draft(
        Kind.RULING,
        time=office.now(),
        person=person,
        subject={"contest": contest_id, "tps": one.tps},
        body={
            "cause": one.cause.value,
            "cells": dict(one.after.cells),
            "reason": said["reason"],
            "raised_by": "",
            "decided_by": decider,
            "definition": office.election.version,
            "judged": one.judged,
            FOLLOWS: alarm,
        },
        over=one.over,
    )
