"""Corrections of the office above that a receipt brought down: each is taken up, or left with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.figures import counts
from recap_desktop.election.figures.tallies import Cause
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.entry import ruling
from recap_desktop.office.people.people import signer
from recap_desktop.office.upward import unit_figures
from recap_desktop.office.upward.receipts import receipts_back
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.entry.ruling import Decision
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction of the office above that this one may record too (usulan pembetulan).

    Attributes:
        ruling: id of the record above.
        tps: 13-digit key; empty of a difference.
        unit: code of the unit of a difference; empty of a TPS.
        name: of the office above.
        cause: why it was ruled; ``difference`` of a unit.
        changes: cell -> what stands here and what was ruled; of a unit by how much.
        reason: why.
        decided_by: who decided above; may be empty.
        is_done: whether this office says just that already.
        left: why this office leaves it as it is; empty while nobody said so.
    """

    ruling: str
    tps: str
    unit: str
    name: str
    cause: str
    changes: Mapping[str, tuple[int | None, int | None]]
    reason: str
    decided_by: str
    is_done: bool
    left: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits for this office."""
        return not self.is_done and not self.left

    @property
    def place(self) -> str:
        """Code of the TPS or the unit."""
        return self.tps or self.unit


def proposals(office: Office, contest_id: str) -> list[Proposal]:
    """What the newest receipt proposes, TPS by TPS, then units.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    back = receipts_back(office, contest_id)
    if not back:
        return []
    body = back[-1].body
    name = full_name(office.election.tree, body["receiver"])
    known = office.file.journal.records_of_kind(Kind.PROPOSAL_LEFT, contest=contest_id)
    left: dict[str, list[str]] = {}
    for record in known:
        left.setdefault(record.body["ruling"], []).append(record.body["reason"])
    return [
        _proposal(office, contest_id, name, said, left=left.get(said["ruling"], []))
        for said in body["corrections"]
    ]


def _proposal(
    office: Office, contest_id: str, name: str, said: Mapping[str, Any], *, left: list[str]
) -> Proposal:
    changes: dict[str, tuple[int | None, int | None]]
    if said["tps"]:
        known = office.file.journal.records(contest_id, said["tps"])
        now = office.file.layers.tally(known)
        changes = dict(counts.changes(now.cells, said["cells"]))
        is_done = not changes and bool(now.cells or now.is_final)
    else:
        changes = {cell: (None, number) for cell, number in said["cells"].items()}
        own = unit_figures.differences(office, contest_id)
        is_done = any(d.unit == said["unit"] and dict(d.cells) == said["cells"] for d in own)
    return Proposal(
        ruling=said["ruling"],
        tps=said["tps"],
        unit=said["unit"],
        name=name,
        cause=said["cause"],
        changes=changes,
        reason=said["reason"],
        decided_by=said["decided_by"],
        is_done=is_done,
        left="; ".join(dict.fromkeys(left)),
    )


def proposal_named(office: Office, contest_id: str, key: str) -> Proposal:
    """The proposal of a TPS, or that of which the id of the ruling above begins so.

    Raises:
        KnownProblem: ``proposal-unknown``.
    """
    found = [
        one
        for one in proposals(office, contest_id)
        if key and (one.tps == key or one.ruling.startswith(key))
    ]
    if len(found) != 1:
        raise KnownProblem("proposal-unknown", tps=key)
    return found[0]


def reason_of(one: Proposal) -> str:
    """The reason of the office above, as this one says it."""
    return f"{one.name}: {one.reason}"


def take_up(office: Office, contest_id: str, key: str, *, decision: Decision) -> Record:
    """Record here what the office above ruled on a TPS, or a difference; the plenary here decides so.

    Where the decision says no reason, the reason is that of the office above.

    Args:
        office: the open office.
        contest_id: the contest.
        key: as ``proposal_named``.
        decision: why, and who decided.

    Raises:
        KnownProblem: ``proposal-unknown``, ``nothing-changes``, and as ``ruling.correct`` and
            ``add_difference``.
    """
    one = proposal_named(office, contest_id, key)
    if not decision.reason.strip():
        decision = replace(decision, reason=reason_of(one))
    if one.is_done:
        raise KnownProblem("nothing-changes", tps=dotted(one.place))
    if one.unit:
        cells = {cell: number for cell, (_, number) in one.changes.items() if number}
        return unit_figures.add_difference(
            office, contest_id, one.unit, cells=cells, decision=decision
        )
    if one.cause == Cause.NOT_DELIVERED.value:
        return ruling.not_delivered(office, contest_id, one.tps, decision=decision)
    if one.cause == Cause.NEW_ROUND.value:
        return ruling.new_round(office, contest_id, one.tps, decision=decision)
    changes = {cell: new for cell, (_, new) in one.changes.items()}
    return ruling.correct(office, contest_id, one.tps, changes=changes, decision=decision)


def leave(office: Office, contest_id: str, key: str, *, decision: Decision) -> Record:
    """Record that this office leaves a proposal as it is, and why; it may still take it up.

    Raises:
        KnownProblem: ``proposal-unknown``, ``nothing-changes``, ``reason-missing``; as
            ``signer``; or when nothing can be written.
    """
    office.require_writable()
    one = proposal_named(office, contest_id, key)
    if one.is_done:
        raise KnownProblem("nothing-changes", tps=dotted(one.place))
    reason, decided = clean_text(decision.reason), clean_text(decision.decided_by)
    if not reason:
        raise KnownProblem("reason-missing")
    draft = Draft(
        Kind.PROPOSAL_LEFT,
        time=office.now(),
        person=signer(office, decision.by, Deed.RECORD_RULING if decided else Deed.RULE),
        subject={"contest": contest_id, "unit": office.code},
        body={
            "ruling": one.ruling,
            "reason": reason,
            "raised_by": clean_text(decision.raised_by),
            "decided_by": decided,
        },
    )
    return office.record(contest_id, [draft])[0]
