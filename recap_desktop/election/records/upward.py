"""What goes between offices: receipts of packages, alarms, and receipts that were carried back.

A receipt says which close of an office below was taken in, and with it every record up to the
heads of that close. Nothing of another office stands in a journal that no receipt brought.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.records.journal import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from recap_desktop.election.records.journal import Record

CAME, HELD = "came", "held"
"""Which side of an alarm a chair lets hold: the package that came, or what was held here."""

_HASH = re.compile(r"[0-9a-f]{64}")
_MAYBE_HASH = re.compile(r"([0-9a-f]{64})?")
CAUSES = frozenset({"forked", "shortened"})


@dataclass(frozen=True, slots=True)
class Alarm:
    """A package that does not extend what was taken in before (alarm).

    Attributes:
        record: that raised it.
        decisions: records that decided it; none while it stands.
    """

    record: Record
    decisions: tuple[Record, ...] = ()

    @property
    def unit(self) -> str:
        """Region code of the office that the package says it is of."""
        return self.record.subject["unit"]

    @property
    def package(self) -> str:
        """Hash of the package that came."""
        return str(self.record.body["package"])

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return not self.decisions


def alarms_of(records: Iterable[Record]) -> list[Alarm]:
    """Every alarm with what was decided about it, in the order of the records."""
    known = [record for record in records if record.kind == Kind.ALARM.value]
    decided: dict[str, list[Record]] = {}
    for record in known:
        for key in record.over:
            decided.setdefault(key, []).append(record)
    return [Alarm(record, tuple(decided.get(record.id, ()))) for record in known if not record.over]


def unbrought(
    records: Iterable[Record],
    *,
    office: str,
    geneses: Iterable[Record],
    receipts: Iterable[Record],
    closes: Mapping[str, Record],
) -> list[Record]:
    """Records of other offices that no receipt of this one covers.

    Args:
        records: to be judged.
        office: region code of this office.
        geneses: of all posts that are known.
        receipts: those that this office wrote.
        closes: by id, the closes that receipts name as far as they are known.
    """
    posts = {record.post for record in geneses if record.body["office"] != office}
    reached: dict[str, int] = {}
    for receipt in receipts:
        close = closes.get(receipt.body["head"])
        if receipt.post in posts or close is None or close.kind != Kind.CLOSE.value:
            continue
        heads = [(chain, seq) for chain, seq, _ in close.body["heads"]]
        for chain, seq in [*heads, (close.chain, close.seq)]:
            reached[chain] = max(reached.get(chain, 0), seq)
    return [r for r in records if r.post in posts and r.seq > reached.get(r.chain, 0)]


# What a body must say


def is_receipt(record: Record) -> bool:
    """Whether a receipt names the package, its close and its totals."""
    body = record.body
    hashes = all(_HASH.fullmatch(body[name]) for name in ("package", "head", "root", "key"))
    # Where a package branched off, the receipt says how far its chains go.
    heads = _are_heads(body.get("heads", []))
    return hashes and heads and body["revision"] > 0 and _are_sums(body["totals"])


def _are_heads(heads: object) -> bool:
    return isinstance(heads, list) and all(
        isinstance(head, list) and list(map(type, head)) == [str, int, str] for head in heads
    )


def is_alarm(record: Record) -> bool:
    """Whether an alarm names a package and why; or a decision says which side holds, and why."""
    body = record.body
    hashes = all(_HASH.fullmatch(body[name]) for name in ("package", "head"))
    decided = body["holds"] in (CAME, HELD) and bool(body["reason"]) and len(record.over) == 1
    raised = not body["holds"] and not record.over
    # That what came holds ends receipts of before.
    ended = body.get("ended", [])
    are_ids = isinstance(ended, list) and all(
        isinstance(key, str) and bool(_HASH.fullmatch(key)) for key in ended
    )
    return (
        hashes
        and are_ids
        and bool(ended) <= (body["holds"] == CAME)
        and bool(_MAYBE_HASH.fullmatch(body["against"]))
        and body["cause"] in CAUSES
        and body["revision"] > 0
        and (decided or raised)
    )


def ended_by(alarm: Record) -> set[str]:
    """Ids of the receipts that a decision about an alarm ends; of a record that need not be sound."""
    ended = alarm.body.get("ended", [])
    return {str(key) for key in ended} if isinstance(ended, list) else set()


def ends_rightly(alarm: Record, named: Mapping[str, Record]) -> bool:
    """Whether what a decision ends are receipts of the same office below."""
    return all(
        named[key].kind == Kind.RECEIPT.value and named[key].subject == alarm.subject
        for key in ended_by(alarm)
    )


def is_receipt_back(record: Record) -> bool:
    """Whether what was carried back names the package, both heads, and corrections of TPS."""
    body, hashes = record.body, ("package", "head", "receiver_head", "key")
    return (
        all(_HASH.fullmatch(body[name]) for name in hashes)
        and body["revision"] > 0
        and bool(body["receiver"])
        and _are_sums(body["totals"])
        and all(map(is_correction, body["corrections"]))
    )


def is_proposal_left(record: Record) -> bool:
    """Whether it names a ruling of the office above, and why it is left."""
    return bool(_HASH.fullmatch(record.body["ruling"])) and bool(record.body["reason"])


def is_correction(said: object) -> bool:
    """Whether something is a ruling of an office above as a receipt carries it down."""
    if not isinstance(said, dict) or said.keys() != CORRECTION.keys():
        return False
    fits = all(type(said[name]) is kind for name, kind in CORRECTION.items())
    return fits and _are_sums(said["cells"])


CORRECTION: Mapping[str, type] = {
    "ruling": str,
    "tps": str,
    "unit": str,
    "cause": str,
    "cells": dict,
    "reason": str,
    "decided_by": str,
}
"""A correction in a receipt: of a TPS all its cells, of a unit signed differences."""


def _are_sums(totals: Mapping[str, Any]) -> bool:
    return set(map(type, totals.values())) <= {int}


BODIES: Mapping[str, Callable[[Record], bool]] = {
    Kind.RECEIPT.value: is_receipt,
    Kind.ALARM.value: is_alarm,
    Kind.RECEIPT_BACK.value: is_receipt_back,
    Kind.PROPOSAL_LEFT.value: is_proposal_left,
}
"""What each kind must say."""
