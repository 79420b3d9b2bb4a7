"""The offices right below this one: what has come of each, and what still stands in its way."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, below, level_of
from recap_desktop.election.figures.tallies import STATES, State
from recap_desktop.election.papers.captions import full_name
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.progress.overview import progress
from recap_desktop.office.upward.alarms import alarms
from recap_desktop.office.upward.received import newest_receipts
from recap_desktop.office.upward.unit_figures import paper_totals

if TYPE_CHECKING:
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.progress.overview import Progress


class Came(enum.Enum):
    """What came of an office below; ``child.<value>`` words it."""

    NOTHING = "nothing"
    PAPER = "paper"
    TYPED = "typed"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Child:
    """An office right below, in one contest (kantor bawahan).

    Attributes:
        code: its region code.
        name: as titles name it.
        came: what came of it: a package, figures typed TPS by TPS, totals from its paper.
        revision: number of the newest one received; 0 for none.
        date: on which that was received, ISO; empty for none.
        stations: TPS of the contest below it.
        done: those in the totals or declared not delivered.
        disputed: those that differ, are in conflict, or were reopened.
        conflicts: those of them on which what was ruled here and what came say different things.
        has_alarm: whether a package of it waits for a decision.
        moved_on: whether its newest revision came after this office had closed.
    """

    code: str
    name: str
    came: Came
    revision: int
    date: str
    stations: int
    done: int
    disputed: int
    conflicts: int
    has_alarm: bool
    moved_on: bool

    @property
    def is_final(self) -> bool:
        """Whether every TPS of it counts here and nothing about it waits for a person."""
        counts = self.came in (Came.RECEIVED, Came.TYPED) and self.done == self.stations
        return counts and not self.disputed and not self.has_alarm


def children(office: Office, contest_id: str) -> list[Child]:
    """Every office right below where the contest is held, in code order; none below a kecamatan.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    if level_of(office.code) is Level.KECAMATAN:
        return []
    closed = standing_revision(office, contest_id)
    papers, received = paper_totals(office, contest_id), newest_receipts(office, contest_id)
    waiting = {alarm.unit for alarm in alarms(office, contest_id) if alarm.is_open}
    found = []
    for unit in progress(office, contest_id, level=below(level_of(office.code))):
        receipt = received.get(unit.code)
        found.append(
            Child(
                code=unit.code,
                name=full_name(office.election.tree, unit.code),
                came=_came(unit, receipt, on_paper=unit.code in papers),
                revision=receipt.body["revision"] if receipt else 0,
                date=receipt.time[:10] if receipt else "",
                stations=unit.stations,
                done=unit.done,
                disputed=sum(n for state, n in unit.states.items() if _is_disputed(state)),
                conflicts=unit.states.get(State.CONFLICT, 0),
                has_alarm=unit.code in waiting,
                moved_on=bool(
                    receipt and closed and receipt.seq > closed.heads.get(receipt.chain, 0)
                ),
            )
        )
    return found


def _is_disputed(state: State) -> bool:
    return STATES[state].is_disputed or state is State.REOPENED


def _came(unit: Progress, receipt: Record | None, *, on_paper: bool) -> Came:
    if receipt is not None:
        return Came.RECEIVED
    if unit.states.get(State.EMPTY, 0) < unit.stations:
        return Came.TYPED
    return Came.PAPER if on_paper else Came.NOTHING
