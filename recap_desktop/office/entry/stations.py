"""One TPS as the person before the screen may see it: its sign, its figures, what can be done."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.figures import counts
from recap_desktop.election.figures.tallies import (
    EMPTY,
    STATES,
    Cause,
    Counts,
    State,
    live_records,
)
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.roles import Aspect, Deed, sees
from recap_desktop.office.people.people import allows, seen_as
from recap_desktop.office.plenary.read_back import is_in_session
from recap_desktop.office.plenary.revisions import is_closed
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.storage.derived import StoredTally


class Sign(enum.Enum):
    """What is shown of a TPS at a glance (tanda): its state, or what is wrong with it.

    The value is the words-code of the sign below ``sign.``.
    """

    EMPTY = "empty"
    SINGLE = "single"
    FILLED = "filled"
    AGREED = "agreed"
    DIFFERS = "differs"
    CONFLICT = "conflict"
    ODD = "odd"
    LATE = "late"
    CORRECTED = "corrected"
    SETTLED = "settled"
    ACCEPTED = "accepted"
    NOT_DELIVERED = "not-delivered"
    REOPENED = "reopened"


class Access(enum.Enum):
    """Whether this person may type the form now, or why not; ``access.`` words the reason."""

    TYPE = "type"
    COUNTED = "counted"
    RULED = "ruled"
    DIFFERS = "differs"
    CONFLICT = "conflict"
    CLOSED = "closed"
    READ_ONLY = "read-only"
    ROLE = "role"


_NO_ACTS = frozenset({Access.CLOSED, Access.READ_ONLY, Access.ROLE})


class Act(enum.Enum):
    """What may be decided about a TPS, each with a reason (keputusan)."""

    CORRECT = "correct"
    ACCEPT = "accept"
    NOT_DELIVERED = "not-delivered"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    NEW_ROUND = "new-round"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one TPS stands, for one person.

    Attributes:
        tps: 13-digit key.
        sign: state and trouble at a glance.
        access: whether the form may be typed.
        cells: the figures this person may see: those typed by them, those that count, or those
            on which all records agree; with what is crossed out.
        differing: cells on which live records disagree, each with the values met (None is
            blank), unlabelled; empty unless the person may settle them.
        own: id of the person's own live entry; empty when there is none.
        ruling: the newest live ruling; None when none stands.
        acts: what may be decided now.
        hidden: whether figures exist that this person may not see yet (double entry).
        read: whether it was read out in the plenary, in the present round.
    """

    tps: str
    sign: Sign
    access: Access
    cells: Mapping[str, int]
    differing: Mapping[str, tuple[int | None, ...]]
    own: str
    ruling: Record | None
    acts: tuple[Act, ...]
    hidden: bool
    read: bool = False


def sign_of(stored: StoredTally, *, double_entry: bool) -> Sign:
    """The one sign of a TPS: trouble first, then its state.

    In a double-entry office the first entry stays unseen, so nothing is said of its figures.
    """
    state = stored.tally.state
    # What an office below counts from one entry is not waiting for a second one here.
    double_entry = double_entry and not stored.tally.counts
    unseen = state is State.SINGLE and double_entry
    if stored.late:
        return Sign.LATE
    has_figures = STATES[state].counts is not Counts.NEVER
    if stored.broken and not unseen and has_figures and state is not State.ACCEPTED:
        return Sign.ODD
    return sign_of_state(state, double_entry=double_entry)


def sign_of_state(state: State, *, double_entry: bool) -> Sign:
    """The sign of a state without trouble: one entry is enough in a single-entry office."""
    if state is State.SINGLE and not double_entry:
        return Sign.FILLED
    return Sign(state.value)


def standing(office: Office, contest_id: str, tps: str, *, person: str) -> Standing:
    """Where a TPS stands for a person (an id of the roster; empty for nobody).

    In a guarded office nobody is told what another than who signed in may see.

    Raises:
        KnownProblem: ``contest-unknown``, ``tps-unknown``.
    """
    office.require_contest(contest_id)
    stored = office.file.contests[contest_id].tally(tps)
    if stored is None:
        raise KnownProblem("tps-unknown", tps=tps, contest=contest_id)
    person = seen_as(office, person)
    double = office.file.double_entry
    known = office.file.journal.records(contest_id, tps)
    tally = office.file.layers.tally(known) if known else EMPTY
    live = live_records(known)
    entries = [record for record in live if record.kind == Kind.ENTRY.value]
    rulings = [record for record in live if record.kind == Kind.RULING.value]
    rounds = tally.rounds or ("",)
    # People of an office below may have the same names.
    typed = office.file.layers.own_records(entries)
    own = next((r for r in typed if r.person == person and r.body["round"] in rounds), None)
    # What came up from below is corrected, never typed: an entry of ours stands beside it.
    mine = None if office.file.layers.has_below(known) else own
    closed = is_closed(office, contest_id, tps)
    looks_on = person and not allows(office, Deed.ENTER, person)
    access = Access.ROLE if looks_on else _access(office, tally, mine, closed=closed)
    acts = () if access in _NO_ACTS else _acts(stored, tally, own=own, is_typed=bool(typed))
    may_withdraw = own is not None or allows(office, Deed.WITHDRAW, person)
    is_seen = sees(Aspect.CELLS, is_own=own is not None)
    hidden = double and tally.state is State.SINGLE and not tally.counts and not is_seen
    settles = access in (Access.DIFFERS, Access.CONFLICT)
    cells, said = _shown(tally, live, mine, settles=settles)
    return Standing(
        tps=tps,
        sign=sign_of(stored, double_entry=double),
        access=access,
        cells=counts.as_recorded({} if hidden else cells, said),
        differing=_differing(live) if settles else {},
        own=own.id if own else "",
        ruling=rulings[-1] if rulings else None,
        acts=tuple(act for act in acts if may_withdraw or act is not Act.WITHDRAW),
        hidden=hidden,
        read=tally.read,
    )


def _shown(
    tally: Tally, live: Sequence[Record], mine: Record | None, *, settles: bool
) -> tuple[Mapping[str, int], Sequence[Record]]:
    """The figures that stand for a person, and the records that say what is crossed out."""
    if not settles and mine is not None and not tally.is_final:
        return mine.body["cells"], [mine]
    rulings = [record for record in live if record.kind == Kind.RULING.value]
    return _alike(live) if settles else tally.cells, rulings if tally.is_ruled else live


def _access(office: Office, tally: Tally, own: Record | None, *, closed: bool) -> Access:
    if not office.can_write:
        return Access.READ_ONLY
    if closed:
        return Access.CLOSED
    if tally.is_ruled:
        return Access.CONFLICT if tally.state is State.CONFLICT else Access.RULED
    # Outside the plenary who typed one of the entries may mend it, and settles nothing.
    if tally.state is State.DIFFERS and (own is None or is_in_session(office)):
        return Access.DIFFERS
    if own is not None or tally.state is State.EMPTY:
        return Access.TYPE
    waits = tally.state is State.SINGLE and not tally.counts
    return Access.TYPE if waits else Access.COUNTED


def _acts(
    stored: StoredTally, tally: Tally, *, own: Record | None, is_typed: bool
) -> tuple[Act, ...]:
    state = tally.state
    rulings = STATES[state].rulings
    acts = []
    # A first entry of two counts for nothing yet: it is typed again, not corrected.
    waits = state is State.SINGLE and not tally.counts
    if not waits and rulings.keys() & {Cause.CORRECTED, Cause.SETTLED}:
        acts.append(Act.CORRECT)
    # What was reopened, or stands beside a late entry, is settled by saying that it stays.
    unsettled = stored.late or state is State.REOPENED
    if tally.counts and (unsettled or (stored.broken and state is not State.ACCEPTED)):
        acts.append(Act.ACCEPT)
    if Cause.REOPENED in rulings:
        acts.append(Act.REOPEN)
    elif own is not None or (state is State.SINGLE and tally.counts and is_typed):
        acts.append(Act.WITHDRAW)
    # Whether a first entry of two is all zeros is no more to be told than its figures.
    bare = not any((own.body["cells"] if own else {}).values() if waits else tally.cells.values())
    if state is not State.NOT_DELIVERED and bare and (own is not None or not waits):
        acts.append(Act.NOT_DELIVERED)
    # Something must have been counted once before it is counted or voted again.
    if tally.counts or Cause.SETTLED in rulings:
        acts.append(Act.NEW_ROUND)
    return tuple(acts)


def _alike(live: Sequence[Record]) -> dict[str, int]:
    """Cells on which every live record says the same."""
    first, *others = (record.body["cells"] for record in live)
    return {key: n for key, n in first.items() if all(said.get(key) == n for said in others)}


def _differing(live: Sequence[Record]) -> dict[str, tuple[int | None, ...]]:
    """Cells on which live records differ, with every value once, in no order that tells whose."""
    said = [record.body["cells"] for record in live]
    met: dict[str, tuple[int | None, ...]] = {}
    for key in sorted({key for cells in said for key in cells}):
        values = {cells.get(key) for cells in said}
        if len(values) > 1:
            met[key] = tuple(sorted(values, key=lambda value: -1 if value is None else value))
    return met
