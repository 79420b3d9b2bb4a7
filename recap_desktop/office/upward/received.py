"""What was received of offices below: the receipts that stand, and the line of packages that holds.

Where a package did not extend what had been received and a chair decided that it holds all the
same, what was received before it is over: from then on packages must go on from that one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.upward import CAME, alarms_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office

Heads = dict[str, tuple[int, str]]
"""Chain -> number and id of its last record."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line of packages that a chair let hold (jalur paket yang diputuskan berlaku).

    Attributes:
        decision: of the alarm with which it began.
        heads: chain -> last record of the newest package of it that was received.
    """

    decision: Record
    heads: Mapping[str, tuple[int, str]]


def receipts_of(office: Office, contest_id: str, unit: str = "") -> list[Record]:
    """Receipts written here of an office below (of all), by revision, also of what is over."""
    known = office.file.journal.records_of_kind(Kind.RECEIPT, contest=contest_id)
    own = [record for record in known if unit in ("", record.subject["unit"])]
    return sorted(own, key=lambda r: (r.subject["unit"], r.body["revision"], r.id))


def standing_receipts(office: Office, contest_id: str, unit: str = "") -> list[Record]:
    """The same without those that a chair ended when another package was let hold."""
    received = receipts_of(office, contest_id, unit)
    if not received:
        return []
    ended = {
        key for decision in _decisions(office, contest_id) for key in decision.body.get("ended", ())
    }
    return [record for record in received if record.id not in ended]


def newest_receipts(office: Office, contest_id: str) -> dict[str, Record]:
    """By office below the receipt of the newest revision that stands."""
    return {r.subject["unit"]: r for r in standing_receipts(office, contest_id)}


def line_of(office: Office, contest_id: str, unit: str) -> Line | None:
    """The line that a chair let hold of an office below; None where nothing ever branched off."""
    decisions = [d for d in _decisions(office, contest_id) if d.subject["unit"] == unit]
    standing = standing_receipts(office, contest_id, unit) if decisions else []
    begun = {decision.body["package"]: decision for decision in decisions}
    first = next((r for r in standing if r.body["package"] in begun), None)
    if first is None:
        return None
    return Line(begun[first.body["package"]], _heads(office, standing[-1]))


def _decisions(office: Office, contest_id: str) -> list[Record]:
    """Decisions that what came holds, where nobody decided otherwise about the same alarm."""
    alarms = alarms_of(office.file.journal.records_of_kind(Kind.ALARM, contest=contest_id))
    return [
        decision
        for alarm in alarms
        if all(one.body["holds"] == CAME for one in alarm.decisions)
        for decision in alarm.decisions
    ]


def _heads(office: Office, receipt: Record) -> Heads:
    """How far the chains of a package went that was received."""
    if "heads" in receipt.body:
        return {chain: (seq, key) for chain, seq, key in receipt.body["heads"]}
    close = office.file.journal.record(receipt.body["head"])
    if close is None:
        return {}
    heads: Heads = {chain: (seq, key) for chain, seq, key in close.body["heads"]}
    heads[close.chain] = (close.seq, close.id)
    return heads
