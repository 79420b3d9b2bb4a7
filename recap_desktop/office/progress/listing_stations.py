"""Lists of TPS across desa: those not yet filled, that differ, that do not add up, or by name."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures.tallies import STATES, Counts, State
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.plenary import Phase
from recap_desktop.office.checks.marking import marks_of_contest, stations_marked
from recap_desktop.office.entry.stations import sign_of
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.office.progress.overview import require_unit
from recap_desktop.office.scans.attaching import scan_counts, without_scan
from recap_desktop.storage.station_lists import Sieve, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from recap_desktop.office.entry.stations import Sign
    from recap_desktop.office.opening import Office
    from recap_desktop.storage.derived import UnitState


class Choice(enum.Enum):
    """Which TPS a list holds (saringan); ``desk.list.choice.<value>`` words it."""

    TROUBLE = "trouble"
    DIFFERS = "differs"
    ODD = "odd"
    LATE = "late"
    EMPTY = "empty"
    WAITING = "waiting"
    FILLED = "filled"
    RULED = "ruled"
    ACCEPTED = "accepted"
    UNREAD = "unread"
    MARKED = "marked"
    NO_SCAN = "no-scan"
    ALL = "all"


_DISPUTED = frozenset(state for state, row in STATES.items() if row.is_disputed)
_STATES: Mapping[Choice, frozenset[State]] = {
    Choice.DIFFERS: _DISPUTED,
    Choice.EMPTY: frozenset({State.EMPTY}),
    Choice.WAITING: frozenset({State.SINGLE}),
    Choice.RULED: frozenset(s for s, row in STATES.items() if row.is_ruled) - {State.CONFLICT},
    Choice.ACCEPTED: frozenset({State.ACCEPTED}),
}
_AT_REST = frozenset({State.ACCEPTED})
"""Where the plenary let figures stand that contradict themselves."""

_BESIDE: Mapping[Choice, Callable[[Office, str, str], Collection[str]]] = {
    Choice.MARKED: lambda office, contest, under: stations_marked(office, contest, under=under),
    Choice.NO_SCAN: lambda office, contest, under: without_scan(office, contest, under=under),
}
"""Lists that are no matter of the tallies: the TPS of an office, a contest and a unit in them."""


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
    """The lists an office has.

    None waits for a second entry where one is enough; none is to be read out before the plenary;
    where nothing was ever marked as on the paper, none is; where nothing was ever attached, no
    TPS lacks its scan.
    """
    absent = set()
    if not office.file.double_entry:
        absent.add(Choice.WAITING)
    # Above a kecamatan the results of offices below are read out, not those of TPS.
    if plenary(office).phase is Phase.NONE or level_of(office.code) is not Level.KECAMATAN:
        absent.add(Choice.UNREAD)
    # What is said of a first entry of two is said to nobody, not even that something is.
    has_marks = Kind.MARK.value in office.file.journal.rare_kinds()
    if not (has_marks and any(marks_of_contest(office, key) for key in office.contests)):
        absent.add(Choice.MARKED)
    if office.file.attachments.is_empty:
        absent.add(Choice.NO_SCAN)
    return tuple(choice for choice in Choice if choice not in absent)


def _unseen(office: Office) -> frozenset[State]:
    """States of whose figures nothing is said: the first of two entries."""
    return frozenset({State.SINGLE}) if office.file.double_entry else frozenset()


def _filled(office: Office) -> frozenset[State]:
    """States of entries that count by themselves."""
    own = (
        (Counts.ALWAYS,)
        if office.file.double_entry
        else (Counts.ALWAYS, Counts.SINGLE_ENTRY_OFFICE)
    )
    return frozenset(s for s, row in STATES.items() if row.counts in own and not row.is_ruled)


def _sieve(office: Office, choice: Choice, under: str, text: str) -> Sieve:
    states = _STATES.get(choice, frozenset[State]())
    if choice is Choice.ODD:
        states = frozenset(State) - _unseen(office)
    elif choice is Choice.FILLED:
        states = _filled(office)
    return Sieve(
        under,
        states,
        broken=choice is Choice.ODD,
        late=choice is Choice.LATE,
        unread=choice is Choice.UNREAD,
        trouble=_trouble(office) if choice is Choice.TROUBLE else None,
        text=text,
    )


def _trouble(office: Office) -> Trouble:
    return Trouble(_DISPUTED | {State.REOPENED}, _AT_REST | _unseen(office))


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
    lists = office.file.contests[contest_id].lists
    sieve = _sieve(office, choice, under, text)
    keys = lists.keys(sieve, order=order, descending=descending)
    if choice in _BESIDE:
        held = set(_BESIDE[choice](office, contest_id, under))
        keys = [key for key in keys if key in held]
    return keys


def counts_of(office: Office, contest_id: str, *, under: str = "") -> dict[Choice, int]:
    """How many TPS below a unit each list of the office holds.

    Told by the stored numbers of each desa: 75,000 TPS are not looked at for it.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``.
    """
    office.require_contest(contest_id)
    require_unit(office, under)
    held = choices(office)
    counts = dict.fromkeys(held, 0)
    rows = office.file.contests[contest_id].states(level_of(under or office.code), under)
    for row in rows:
        for choice in held:
            counts[choice] += _count(office, choice, row)
    if Choice.NO_SCAN in held:
        level = level_of(under or office.code)
        shown = scan_counts(office, contest_id, level=level, under=under)
        counts[Choice.NO_SCAN] = counts[Choice.ALL] - sum(shown.values())
    if Choice.MARKED in held:
        counts[Choice.MARKED] = len(stations_marked(office, contest_id, under=under))
    return counts


def _count(office: Office, choice: Choice, row: UnitState) -> int:
    """How many TPS of one state are in a list."""
    if choice is Choice.LATE:
        return row.late
    if choice is Choice.UNREAD:
        return 0 if row.state is State.NOT_DELIVERED else row.stations - row.read
    if choice is Choice.TROUBLE:
        trouble = _trouble(office)
        broken = 0 if row.state in trouble.quiet else row.broken - row.both
        return row.stations if row.state in trouble.states else row.late + broken
    sieve = _sieve(office, choice, "", "")
    if sieve.states and row.state not in sieve.states:
        return 0
    return row.broken if sieve.broken else row.stations


def next_trouble(office: Office, contest_id: str, *, after: str = "") -> str:
    """The next TPS in code order that somebody must look at, round to the beginning; else empty.

    One that differs or conflicts, contradicts itself, was reopened, or beside which a record
    says something else. The TPS itself comes last.

    Args:
        office: the open office.
        contest_id: the contest.
        after: the TPS one comes from.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    lists = office.file.contests[contest_id].lists
    return lists.next(_sieve(office, Choice.TROUBLE, "", ""), after=after)


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
