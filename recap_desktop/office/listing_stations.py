"""Lists of TPS across desa: those not yet filled, that differ, that do not add up, or by name."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.tallies import STATES, State
from recap_desktop.office.overview import require_unit
from recap_desktop.office.stations import sign_of
from recap_desktop.storage.station_lists import Sieve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.office.opening import Office
    from recap_desktop.office.stations import Sign


class Choice(enum.Enum):
    """Which TPS a list holds (saringan); ``desk.list.choice.<value>`` words it."""

    ALL = "all"
    EMPTY = "empty"
    WAITING = "waiting"
    DIFFERS = "differs"
    ODD = "odd"
    RULED = "ruled"


_STATES: Mapping[Choice, frozenset[State]] = {
    Choice.EMPTY: frozenset({State.EMPTY}),
    Choice.WAITING: frozenset({State.SINGLE}),
    Choice.DIFFERS: frozenset(s for s, row in STATES.items() if row.is_disputed),
    Choice.RULED: frozenset(s for s, row in STATES.items() if row.is_ruled) - {State.CONFLICT},
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One TPS of a list.

    Attributes:
        tps: 13-digit key.
        sign: how it stands at a glance.
        cells: its figures, where they count.
    """

    tps: str
    sign: Sign
    cells: Mapping[str, int]


def choices(office: Office) -> tuple[Choice, ...]:
    """The lists an office has: none waits for a second entry where one is enough."""
    waiting = office.file.double_entry
    return tuple(choice for choice in Choice if waiting or choice is not Choice.WAITING)


def listed_keys(
    office: Office,
    contest_id: str,
    choice: Choice,
    *,
    under: str = "",
    text: str = "",
    order: str = "",
    descending: bool = False,
) -> list[str]:
    """Keys of the TPS of a list, to be looked at a screen at a time.

    Args:
        office: the open office.
        contest_id: the contest.
        choice: which list.
        under: code of a unit; empty is the whole office.
        text: a part of the name of a desa or kecamatan, or of a code.
        order: a cell by whose figure they are ordered; empty is their code.
        descending: the largest figure first.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``.
    """
    office.require_contest(contest_id)
    require_unit(office, under)
    states = _STATES.get(choice, frozenset[State]())
    broken = choice is Choice.ODD
    if broken and office.file.double_entry:
        # Of the first of two entries nothing is said.
        states = frozenset(State) - {State.SINGLE}
    sieve = Sieve(under, states, broken=broken, text=text)
    lists = office.file.contests[contest_id].lists
    return lists.keys(sieve, order=order, descending=descending)


def look_at(office: Office, contest_id: str, keys: Sequence[str]) -> list[Listed]:
    """The TPS of some keys as they stand now, in that order; those of no TPS are left away."""
    double = office.file.double_entry
    tables = office.file.contests[contest_id]
    found = []
    for tps in keys:
        stored = tables.tally(tps)
        if stored is not None:
            cells = stored.tally.cells if stored.tally.counts else {}
            found.append(Listed(tps, sign_of(stored, double_entry=double), cells))
    return found
