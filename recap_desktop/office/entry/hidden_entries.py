"""Entries of a double-entry office whose figures stay unseen until a second person typed the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import STATES, State, tally_of
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.roles import Aspect, sees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office


def hidden_entries(office: Office, known: Sequence[Record]) -> set[str]:
    """Ids of records whose figures a second typist of this TPS, or of another, is not to know.

    That is every entry of a round that waits for its second one; of a round that never had one,
    as long as no figures stand; and an entry that was moved to a TPS where it is the first.
    """
    if not office.file.double_entry or sees(Aspect.HISTORY, is_own=False):
        return set()
    # What came up from an office below was closed there: nobody types it a second time here.
    known = office.file.layers.own_records(known)
    entries = [record for record in known if record.kind == Kind.ENTRY.value]
    tally = tally_of(known, double_entry=True)
    waits = tally.state in (State.EMPTY, State.SINGLE)
    rounds = tally.rounds or ("",)
    typists: dict[str, set[str]] = {}
    for entry in entries:
        typists.setdefault(entry.body["round"], set()).add(entry.person)
    bare = waits or not (tally.cells or STATES[tally.state].is_disputed)
    unseen = {
        entry.id
        for entry in entries
        if (waits and entry.body["round"] in rounds)
        or (bare and len(typists[entry.body["round"]]) == 1)
    }
    if waits:
        # What was heard of a form that is typed anew says what the first entry says, and so
        # does what somebody compared with the paper.
        told = (Kind.READING.value, Kind.MARK.value)
        unseen |= {r.id for r in known if r.kind in told}
    unseen |= {entry.id for entry in entries if _waits_elsewhere(office, entry, known)}
    # What replaces them would tell by what it changes.
    return unseen | {record.id for record in known if not unseen.isdisjoint(record.over)}


def _waits_elsewhere(office: Office, entry: Record, known: Sequence[Record]) -> bool:
    """Whether an entry was moved, once or again, to a TPS that waits for its second one."""
    while to := _moved_to(entry, known):
        known = office.file.journal.records(entry.contest, to)
        if tally_of(known, double_entry=True).state in (State.EMPTY, State.SINGLE):
            return True
        moved = next((r for r in known if r.body.get("moved") == entry.id), None)
        if moved is None:
            return False
        entry = moved
    return False


def _moved_to(entry: Record, known: Sequence[Record]) -> str:
    """Where an entry went when it was withdrawn; empty when it went nowhere."""
    ends = (r for r in known if r.kind == Kind.WITHDRAWAL.value and entry.id in r.over)
    return next((str(r.body["to"]) for r in ends if r.body.get("to")), "")
