"""What becomes of records: the state and the figures of one TPS in one contest.

The state is a function of the set of records. Time, sequence and order of arrival never decide,
so two posts that hold the same records see the same, whatever way these came (design: a record
is live when no known record names it in ``over``).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recap_desktop.election.records.journal import Record


class Source(enum.Enum):
    """The paper an entry was read from, the most authoritative first (domain: C.HASIL rules)."""

    C_HASIL = "c-hasil"
    SALINAN = "salinan"
    D_HASIL = "d-hasil"


class Cause(enum.Enum):
    """Why a ruling (keputusan pleno, pembetulan) was made."""

    CORRECTED = "corrected"
    SETTLED = "settled"
    ACCEPTED = "accepted"
    NOT_DELIVERED = "not-delivered"
    REOPENED = "reopened"
    NEW_ROUND = "new-round"

    @property
    def leads_to(self) -> State:
        """The state it makes of a TPS that has figures; a new round begins with none."""
        return State.EMPTY if self is Cause.NEW_ROUND else State(self.value)

    @property
    def is_final(self) -> bool:
        """Whether only a further ruling that names it can end what it says."""
        return STATES[self.leads_to].final


class State(enum.Enum):
    """Where a TPS stands (keadaan TPS)."""

    EMPTY = "empty"
    SINGLE = "single"
    DIFFERS = "differs"
    AGREED = "agreed"
    CORRECTED = "corrected"
    SETTLED = "settled"
    ACCEPTED = "accepted"
    NOT_DELIVERED = "not-delivered"
    REOPENED = "reopened"
    CONFLICT = "conflict"


class Counts(enum.Enum):
    """When a state gives the TPS a place in the totals."""

    NEVER = "never"
    SINGLE_ENTRY_OFFICE = "single-entry office"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class StateRow:
    """One row of the state table: what holds in a state, and what one further record makes of it.

    Attributes:
        counts: whether its figures go into totals.
        entries: other states an entry or a withdrawal leads to; none where rulings outrank it.
        readings: other states that reading out in the plenary leads to, in a double-entry office.
        rulings: what may be decided, and the state that it leads to.
        heard: where else a record leads that was made at a post which knew less.
        final: whether only a ruling that names it changes it.
    """

    counts: Counts
    entries: frozenset[State]
    rulings: Mapping[Cause, State]
    heard: frozenset[State]
    readings: frozenset[State] = field(kw_only=True)
    final: bool = field(kw_only=True)

    @property
    def is_ruled(self) -> bool:
        """Whether rulings outrank every entry."""
        return not self.entries

    @property
    def is_disputed(self) -> bool:
        """Whether records say different things, and one ruling must settle them."""
        return Cause.SETTLED in self.rulings

    @property
    def next(self) -> frozenset[State]:
        """Every state that one further record can lead to."""
        return self.entries | self.readings | self.heard | set(self.rulings.values())


def _row(
    counts: Counts,
    *,
    rulings: Mapping[Cause, State],
    heard: tuple[State, ...],
    entries: tuple[State, ...] = (),
    readings: tuple[State, ...] = (),
    final: bool = False,
) -> StateRow:
    # Of any TPS it may be said that its form never came, or that it is counted or voted again.
    always = {cause: cause.leads_to for cause in (Cause.NOT_DELIVERED, Cause.NEW_ROUND)}
    return StateRow(
        counts,
        frozenset(entries),
        {**rulings, **always},
        frozenset(heard),
        readings=frozenset(readings),
        final=final,
    )


_SETTLE = {Cause.SETTLED: State.SETTLED}
_FIX = {Cause.CORRECTED: State.CORRECTED, Cause.ACCEPTED: State.ACCEPTED}
_AGAIN = {**_FIX, Cause.REOPENED: State.REOPENED}

STATES: dict[State, StateRow] = {
    State.EMPTY: _row(
        Counts.NEVER,
        # What was heard in the plenary and withdrawn is agreed again once it is typed again.
        entries=(State.SINGLE, State.AGREED),
        rulings={},
        # There it was ruled on, while here the entries were withdrawn.
        heard=(State.CORRECTED, State.SETTLED, State.ACCEPTED, State.CONFLICT),
    ),
    State.SINGLE: _row(
        Counts.SINGLE_ENTRY_OFFICE,
        # What is withdrawn may have stood before salinan, of one person or of two.
        entries=(State.EMPTY, State.DIFFERS, State.AGREED),
        readings=(State.AGREED,),
        rulings=_FIX,
        heard=(State.SETTLED, State.CONFLICT),
    ),
    State.DIFFERS: _row(
        Counts.NEVER,
        entries=(State.SINGLE, State.AGREED),
        rulings=_SETTLE,
        heard=(State.CORRECTED, State.ACCEPTED, State.CONFLICT),
    ),
    State.AGREED: _row(
        Counts.ALWAYS,
        # Of one entry that the plenary heard nothing is left when it is withdrawn.
        entries=(State.EMPTY, State.SINGLE, State.DIFFERS),
        rulings=_FIX,
        heard=(State.SETTLED, State.CONFLICT),
    ),
    # Of rulings that say the same, one may go and another name the state: hence settled.
    State.CORRECTED: _row(
        Counts.ALWAYS, rulings=_AGAIN, heard=(State.SETTLED, State.CONFLICT), final=True
    ),
    State.SETTLED: _row(Counts.ALWAYS, rulings=_AGAIN, heard=(State.CONFLICT,), final=True),
    State.ACCEPTED: _row(
        Counts.ALWAYS, rulings=_AGAIN, heard=(State.SETTLED, State.CONFLICT), final=True
    ),
    State.NOT_DELIVERED: _row(
        Counts.NEVER,
        # Reopened, it has no figures that could stand: it waits for an entry.
        rulings={Cause.CORRECTED: State.CORRECTED, Cause.REOPENED: State.EMPTY},
        heard=(State.CONFLICT,),
        final=True,
    ),
    State.REOPENED: _row(Counts.ALWAYS, rulings=_FIX, heard=(State.CONFLICT,)),
    # A post that knew one side only may rule so that both say the same.
    State.CONFLICT: _row(Counts.NEVER, rulings=_SETTLE, heard=tuple(State)),
}
"""The one table of states: its drawing, what may be decided and what a fuzz test walks."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of one TPS (hasil satu TPS), as its records leave it.

    Attributes:
        state: where the TPS stands.
        cells: the one set of figures; empty when there is none (or several that differ).
        counts: whether the figures go into the totals of this office.
        live: ids of live entries and rulings, sorted: what a ruling made now must name.
        late: ids of live entries beside a ruling, or of a round that is over, that say
            something else; shown, and changing nothing until a ruling names them.
        rounds: ids of the live rulings that opened the present round; empty in the first.
        read: whether it was read out in the plenary, in the present round.
    """

    state: State
    cells: Mapping[str, int]
    counts: bool
    live: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    read: bool = False

    @property
    def is_final(self) -> bool:
        """Whether only a ruling that names its records may change it."""
        return STATES[self.state].final

    @property
    def is_ruled(self) -> bool:
        """Whether rulings outrank every entry: a new one changes nothing."""
        return STATES[self.state].is_ruled

    @property
    def round(self) -> str:
        """What an entry made now must give as its round; empty in the first."""
        return self.rounds[0] if self.rounds else ""


EMPTY = Tally(State.EMPTY, {}, counts=False)

_RULING = journal.Kind.RULING.value
_READING = journal.Kind.READING.value
_GIVES_FIGURES = frozenset({journal.Kind.ENTRY.value, _RULING})


def live_records(records: Iterable[Record]) -> list[Record]:
    """Entries and rulings that no record names, sorted by id; doubled records count once.

    A ruling lives until a ruling names it: no entry and no withdrawal ends what was decided.
    """
    known = {record.id: record for record in records}
    if len(known) == 1:
        return [record for record in known.values() if record.kind in _GIVES_FIGURES]
    ended = {other for record in known.values() for other in record.over}
    ruled = {other for record in known.values() if record.kind == _RULING for other in record.over}
    return [
        record
        for key, record in sorted(known.items())
        if record.kind in _GIVES_FIGURES and key not in (ruled if record.kind == _RULING else ended)
    ]


def tally_of(records: Iterable[Record], *, double_entry: bool) -> Tally:
    """Fold all known records of one subject (contest, TPS) into its tally.

    Args:
        records: every known record with that subject, in any order.
        double_entry: whether the office asks for two people who agree.
    """
    known = list(records)
    tally = _fold(known, double_entry=double_entry)
    return replace(tally, read=True) if _is_read(known) else tally


def _is_read(known: Sequence[Record]) -> bool:
    """Whether a reading names the present round: a recount is read out again."""
    readings = {record.body["round"] for record in known if record.kind == _READING}
    if not readings:
        return False
    return bool(readings & _present_rounds(known))


def present_round(records: Iterable[Record]) -> str:
    """The round that a reading made now is of: id of what opened it; empty in the first."""
    return min(_present_rounds(list(records)))


def _present_rounds(known: Sequence[Record]) -> set[str]:
    """Ids of the openings behind which no later opening stands; the empty one in the first."""
    openings = {record.id: record for record in known if _opens(record)}
    by_id = {record.id: record for record in known}
    outdated = {key for opening in openings.values() for key in _below(opening, by_id)}
    return openings.keys() - outdated or {""}


def _opens(record: Record) -> bool:
    """Whether entries begin again with this ruling (hitung ulang, PSU, formulir yang menyusul)."""
    return (
        record.kind == _RULING
        and not record.body["cells"]
        and not Cause(record.body["cause"]).is_final
    )


def _below(record: Record, known: Mapping[str, Record]) -> set[str]:
    """Ids of everything that stands behind a record."""
    met: set[str] = set()
    left = [*record.over]
    while left:
        key = left.pop()
        if key not in met:
            met.add(key)
            left += known[key].over if key in known else ()
    return met


def _fold(records: Sequence[Record], *, double_entry: bool) -> Tally:
    live = live_records(records)
    if not live:
        return EMPTY
    rulings = [record for record in live if record.kind == journal.Kind.RULING.value]
    entries = [record for record in live if record.kind == journal.Kind.ENTRY.value]
    ids = tuple(record.id for record in live)
    if not rulings:
        heard = _heard(records, ("",)) if double_entry else []
        return _from_entries(entries, ("",), ids, heard=heard, double_entry=double_entry)
    said = [(record.body["cells"], Cause(record.body["cause"]).is_final) for record in rulings]
    if any(value != said[0] for value in said):
        return Tally(State.CONFLICT, {}, counts=False, live=ids)
    cells, final = said[0]
    if not cells and not final:
        opened = tuple(record.id for record in rulings)
        heard = _heard(records, opened) if double_entry else []
        return _from_entries(entries, opened, ids, heard=heard, double_entry=double_entry)
    state = _state_of(rulings)
    return Tally(
        state,
        cells,
        counts=STATES[state].counts is Counts.ALWAYS,
        live=ids,
        late=tuple(record.id for record in entries if record.body["cells"] != cells),
    )


def _heard(records: Iterable[Record], rounds: tuple[str, ...]) -> list[Mapping[str, int]]:
    """The figures of each reading of a round: what the hall heard and heard again."""
    return [
        record.body["heard"]
        for record in records
        if record.kind == _READING and record.body["round"] in rounds and "heard" in record.body
    ]


def _state_of(rulings: Sequence[Record]) -> State:
    """Two posts may give equal figures for different causes: the first in the list names it."""
    causes = {record.body["cause"] for record in rulings}
    return next(cause.leads_to for cause in Cause if cause.value in causes)


def _from_entries(
    entries: Sequence[Record],
    rounds: tuple[str, ...],
    live: tuple[str, ...],
    *,
    heard: Sequence[Mapping[str, int]],
    double_entry: bool,
) -> Tally:
    own = [record for record in entries if record.body["round"] in rounds]
    counting: Sequence[Record] = ()
    for source in Source:
        counting = [record for record in own if record.body["source"] == source.value]
        if counting:
            break
    state = _state_of_entries(counting)
    if state is State.SINGLE and counting[0].body["cells"] in heard:
        # The hall is the second voice: it heard the paper, and heard it read back.
        state = State.AGREED
    cells = {} if state in (State.EMPTY, State.DIFFERS) else counting[0].body["cells"]
    when = STATES[state].counts
    return Tally(
        state,
        cells,
        counts=when is Counts.ALWAYS or (when is Counts.SINGLE_ENTRY_OFFICE and not double_entry),
        live=live,
        late=tuple(r.id for r in entries if r.body["round"] not in rounds),
        rounds=tuple(key for key in rounds if key),
    )


def _state_of_entries(entries: Sequence[Record]) -> State:
    if not entries:
        return State.EMPTY
    first = entries[0]
    if len(entries) > 1 and any(r.body["cells"] != first.body["cells"] for r in entries):
        return State.DIFFERS
    return State.AGREED if len({record.person for record in entries}) > 1 else State.SINGLE


def leaf(contest_hash: str, mode: str, tps: str, tally: Tally) -> bytes:
    """The Merkle leaf of a TPS: only what its slip prints, no person, no time.

    What differs or conflicts has no figures; every TPS of the contest has a leaf.
    """
    return canonical(
        {
            "contest": contest_hash,
            "mode": mode,
            "tps": tps,
            "state": tally.state.value,
            "cells": dict(tally.cells),
        }
    )
