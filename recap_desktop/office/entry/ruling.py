"""Rulings: what the plenary decides about a TPS, each with its reason and who decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.figures import counts
from recap_desktop.election.figures.layers import judged
from recap_desktop.election.figures.tallies import STATES, Cause, State, live_records
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.entry.entering import no_station, require_cells
from recap_desktop.office.people.people import guarded, signer
from recap_desktop.office.plenary.revisions import require_open
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Decision:
    """Why, on whose word, and by whom a ruling is made (keputusan).

    Attributes:
        by: name of the person who types it in.
        reason: why; never empty.
        raised_by: who raised it (saksi, Panwas, PPK ...); may be empty.
        decided_by: who decided, e.g. "Ketua PPK"; named, not signed in; may be empty.
    """

    by: str
    reason: str
    raised_by: str = ""
    decided_by: str = ""


def correct(
    office: Office,
    contest_id: str,
    tps: str,
    *,
    changes: Mapping[str, int | None],
    decision: Decision,
    crossed: Iterable[str] = (),
) -> Record:
    """Correct cells of a TPS (pembetulan): the old value stays in the journal.

    Where entries differ or rulings are in conflict there is no one old value: then every cell
    on which they differ must be given, and the ruling settles them.

    Args:
        office: the open office.
        contest_id: the contest.
        tps: 13-digit key.
        changes: cell -> new figure, None for a cell that is blank on the paper.
        decision: reason, who raised it, who decided.
        crossed: which of the changed cells are crossed out on the paper.

    Raises:
        KnownProblem: ``nothing-to-correct``, ``second-entry-missing``, ``nothing-changes``,
            ``nothing-left``, ``cells-still-differ``, ``settler-typed-it``, and as ``enter``.
    """
    known = _known(office, contest_id, tps)
    tally = office.file.layers.tally(known)
    row = STATES[tally.state]
    settles = row.is_disputed
    if not settles and Cause.CORRECTED not in row.rulings:
        raise KnownProblem("nothing-to-correct", tps=tps)
    if settles:
        _require_third(office, known, tps, decision)
    _require_second(tally, tps)
    layout = office.election.layout(contest_id)
    require_cells({k: n for k, n in changes.items() if n is not None}, layout.known)
    if unknown := counts.unknown_cells(changes, layout.known):
        raise KnownProblem("cell-unknown", cells=", ".join(unknown))
    before = _agreed_cells(known, changes) if settles else dict(tally.cells)
    after = {key: n for key, n in {**before, **changes}.items() if n is not None}
    if not settles and after == before:
        raise KnownProblem("nothing-changes", tps=tps)
    if not after:
        raise KnownProblem("nothing-left", tps=tps)
    cause = Cause.SETTLED if settles else Cause.CORRECTED
    # Of a cell that was not changed, what was crossed out still is.
    kept = counts.crossed_out(counts.as_recorded(after, live_records(known))) - changes.keys()
    written = counts.Count(after, {*kept, *crossed})
    return _rule(
        office, contest_id, tps, tally=tally, cause=cause, cells=written, decision=decision
    )


def _require_third(office: Office, known: list[Record], tps: str, decision: Decision) -> None:
    """Where roles bind, nobody settles on their own word what they typed themselves."""
    own = person_id(decision.by)
    typed = any(r.kind == Kind.ENTRY.value and r.person == own for r in live_records(known))
    if typed and guarded(office) and not decision.decided_by.strip():
        raise KnownProblem("settler-typed-it", name=decision.by, tps=tps)


def _agreed_cells(known: list[Record], changes: Mapping[str, int | None]) -> dict[str, int]:
    """What all live records say alike; the rest must be given."""
    live = [record.body["cells"] for record in live_records(known)]
    agreed: dict[str, int] = {}
    differing = []
    for key in sorted({key for cells in live for key in cells}):
        values = {cells.get(key) for cells in live}
        if len(values) > 1 and key not in changes:
            differing.append(key)
        elif len(values) == 1:
            agreed[key] = live[0][key]
    if differing:
        raise KnownProblem("cells-still-differ", cells=", ".join(differing))
    return agreed


def accept(office: Office, contest_id: str, tps: str, *, decision: Decision) -> Record:
    """Accept a form that contradicts itself as it is written, with the reason.

    Raises:
        KnownProblem: ``nothing-to-accept`` when there is no one set of figures,
            ``second-entry-missing``.
    """
    known = _known(office, contest_id, tps)
    tally = office.file.layers.tally(known)
    if Cause.ACCEPTED not in STATES[tally.state].rulings:
        raise KnownProblem("nothing-to-accept", tps=tps)
    _require_second(tally, tps)
    cells = counts.as_recorded(tally.cells, live_records(known))
    cause = Cause.ACCEPTED
    return _rule(office, contest_id, tps, tally=tally, cause=cause, cells=cells, decision=decision)


def not_delivered(office: Office, contest_id: str, tps: str, *, decision: Decision) -> Record:
    """Declare that the form of a TPS was not delivered: it adds nothing, and is said so."""
    tally = _tally(office, contest_id, tps)
    cause = Cause.NOT_DELIVERED
    return _rule(office, contest_id, tps, tally=tally, cause=cause, cells={}, decision=decision)


def reopen(office: Office, contest_id: str, tps: str, *, decision: Decision) -> Record:
    """End the finality of a ruling: its figures stand until something else is decided.

    A TPS that was declared not delivered is open for entries again.

    Raises:
        KnownProblem: ``nothing-to-reopen`` when no final ruling stands.
    """
    tally = _tally(office, contest_id, tps)
    if Cause.REOPENED not in STATES[tally.state].rulings:
        raise KnownProblem("nothing-to-reopen", tps=tps)
    cells = dict(tally.cells)
    cause = Cause.REOPENED
    return _rule(office, contest_id, tps, tally=tally, cause=cause, cells=cells, decision=decision)


def new_round(office: Office, contest_id: str, tps: str, *, decision: Decision) -> Record:
    """Order a recount or repeated vote (hitung ulang, PSU): entries begin again."""
    tally = _tally(office, contest_id, tps)
    cause = Cause.NEW_ROUND
    return _rule(office, contest_id, tps, tally=tally, cause=cause, cells={}, decision=decision)


def withdraw(
    office: Office, contest_id: str, tps: str, *, entry: str = "", decision: Decision
) -> Record:
    """Withdraw one entry, e.g. one typed under the wrong TPS; it stays in the journal.

    Args:
        office: the open office.
        contest_id: the contest.
        tps: 13-digit key.
        entry: first digits of the entry's id; may be empty when only one is live.
        decision: reason and who typed it.

    Raises:
        KnownProblem: ``entry-not-found``, ``entry-not-unique``.
    """
    draft = _withdrawal(office, _live_entry(office, contest_id, tps, entry), decision)
    return office.record(contest_id, [draft])[0]


def _live_entry(office: Office, contest_id: str, tps: str, entry: str) -> Record:
    # Entries of an office below are corrected here, never withdrawn.
    known = office.file.layers.own_records(_known(office, contest_id, tps, abolished_too=True))
    live = [
        record
        for record in live_records(known)
        if record.kind == Kind.ENTRY.value and record.id.startswith(entry)
    ]
    if not live:
        raise KnownProblem("entry-not-found", tps=tps, entry=entry)
    if len(live) > 1:
        ids = ", ".join(record.id[:12] for record in live)
        raise KnownProblem("entry-not-unique", tps=tps, entries=ids)
    return live[0]


def _withdrawal(office: Office, entry: Record, decision: Decision, *, to: str = "") -> Draft:
    is_own = person_id(decision.by) == entry.person
    body = {"reason": _reason(decision)}
    return Draft(
        Kind.WITHDRAWAL,
        time=office.now(),
        person=signer(office, decision.by, Deed.WITHDRAW_OWN if is_own else Deed.WITHDRAW),
        subject=entry.subject,
        # Where it went: its figures stay unseen here as long as they are a first entry there.
        body=body | {"to": to} if to else body,
        over=(entry.id,),
    )


def move(
    office: Office,
    contest_id: str,
    tps: str,
    *,
    to: str,
    entry: str = "",
    decision: Decision,
) -> tuple[Record, Record]:
    """Move an entry typed under the wrong TPS: withdrawn there, and the same figures here.

    The entry stays that of who typed it; who moves it is named in the withdrawal.

    Args:
        office: the open office.
        contest_id: the contest.
        tps: where it was typed.
        to: where it belongs.
        entry: first digits of the entry's id; may be empty when only one is live.
        decision: reason and who moves it.

    Raises:
        KnownProblem: ``move-to-itself``, ``move-target-typed``, and as ``withdraw`` and
            ``enter``.
    """
    if to == tps:
        raise KnownProblem("move-to-itself", tps=tps)
    wrong = _live_entry(office, contest_id, tps, entry)
    known = _known(office, contest_id, to)
    tally = office.file.layers.tally(known)
    rounds = tally.rounds or ("",)
    for record in live_records(office.file.layers.own_records(known)):
        is_theirs = record.kind == Kind.ENTRY.value and record.person == wrong.person
        if is_theirs and record.body["round"] in rounds:
            raise KnownProblem("move-target-typed", tps=to)
    withdrawal = _withdrawal(office, wrong, decision, to=to)
    moved = Draft(
        Kind.ENTRY,
        time=office.now(),
        person=wrong.person,
        subject={"contest": contest_id, "tps": to},
        body={**wrong.body, "round": tally.round, "moved": wrong.id},
    )
    first, second = office.record(contest_id, [withdrawal, moved])
    return first, second


def _known(
    office: Office, contest_id: str, tps: str, *, abolished_too: bool = False
) -> list[Record]:
    office.require_contest(contest_id)
    office.require_writable()
    require_open(office, contest_id, tps)
    if office.file.contests[contest_id].tally(tps) is None:
        problem = no_station(office, contest_id, tps)
        if problem.code == "tps-unknown" or not abolished_too:
            raise problem
    return office.file.journal.records(contest_id, tps)


def _tally(office: Office, contest_id: str, tps: str) -> Tally:
    return office.file.layers.tally(_known(office, contest_id, tps))


def _require_second(tally: Tally, tps: str) -> None:
    """The first of two entries counts for nothing yet: who would rule on it has not seen it."""
    if tally.state is State.SINGLE and not tally.counts:
        raise KnownProblem("second-entry-missing", tps=tps)


def _reason(decision: Decision) -> str:
    reason = clean_text(decision.reason)
    if not reason:
        raise KnownProblem("reason-missing")
    return reason


def _rule(
    office: Office,
    contest_id: str,
    tps: str,
    *,
    tally: Tally,
    cause: Cause,
    cells: dict[str, int],
    decision: Decision,
) -> Record:
    draft = ruling_draft(
        office, contest_id, tps, tally=tally, cause=cause, cells=cells, decision=decision
    )
    return office.record(contest_id, [draft])[0]


def _deed(cause: Cause, decision: Decision) -> Deed:
    """Who names the one who decided only records it; to settle takes a third person."""
    if decision.decided_by.strip():
        return Deed.RECORD_RULING
    return Deed.SETTLE if cause is Cause.SETTLED else Deed.RULE


def ruling_draft(
    office: Office,
    contest_id: str,
    tps: str,
    *,
    tally: Tally,
    cause: Cause,
    cells: Mapping[str, int],
    decision: Decision,
) -> Draft:
    """A ruling that is still to be recorded, over all that is live.

    Raises:
        KnownProblem: ``reason-missing``, ``name-missing``.
    """
    body = {
        "cause": cause.value,
        "cells": dict(cells),
        **counts.crossed_in_body(cells),
        "reason": _reason(decision),
        "raised_by": clean_text(decision.raised_by),
        "decided_by": clean_text(decision.decided_by),
        "definition": office.election.version,
        **_judged(office, contest_id, tps),
    }
    return Draft(
        Kind.RULING,
        time=office.now(),
        person=signer(office, decision.by, _deed(cause, decision)),
        subject={"contest": contest_id, "tps": tps},
        body=body,
        over=tally.live,
    )


def _judged(office: Office, contest_id: str, tps: str) -> dict[str, str]:
    """What the office below says of a TPS, which a ruling of this office names with what it rules."""
    layers = office.file.layers
    known = office.file.journal.records(contest_id, tps) if layers.makers else []
    return {"judged": judged(layers.below(known))} if layers.has_below(known) else {}
