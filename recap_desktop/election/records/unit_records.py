"""Records about a unit above the TPS: differences, figures typed from its paper, its reading.

A correction is made at the lowest unit that is known; above the TPS it is a difference: a cell,
more or less by so many, with the reason and who decided (design: totals). Figures of a paper
D.HASIL stand for a unit as long as no TPS below it counts; what comes takes their place. In the plenary of an office above, the result of each
office below is read out as it came.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.figures.tallies import Source
from recap_desktop.election.records.journal import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from recap_desktop.election.records.journal import Record


_MAYBE_HASH = re.compile(r"([0-9a-f]{64})?")


class Outcome(enum.Enum):
    """What the plenary said of the result of an office below that was read out (pembacaan)."""

    READ = "read"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A correction of a unit above the TPS (selisih).

    Attributes:
        record: the record that says it.
        unit: region code of the unit.
        cells: cell -> more (or, below zero, less) by so many.
        reason: why.
        raised_by: who raised it; may be empty.
        decided_by: who decided; may be empty.
        of: cell -> what its TPS came to when it was decided.
        post: that recorded it.
    """

    record: str
    unit: str
    cells: Mapping[str, int]
    reason: str
    raised_by: str
    decided_by: str
    of: Mapping[str, int]
    post: str


@dataclass(frozen=True, slots=True)
class PaperTotal:
    """Figures of a unit as its paper D.HASIL says them (angka dari kertas).

    Attributes:
        unit: region code of the unit.
        cells: as typed; empty where posts typed different ones.
        live: ids of the records that say so: what is typed anew names them.
        differs: whether posts typed different figures.
    """

    unit: str
    cells: Mapping[str, int]
    live: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class UnitReading:
    """How the reading of an office below stands (pembacaan D.HASIL kantor di bawah).

    Attributes:
        unit: region code of the office below.
        live: ids of the records that say so: the next reading names them.
        outcome: postponed where any post says so: nothing is closed behind its back.
        heads: of what was read: the close that came, or the record of its paper; one that is
            empty is what was typed TPS by TPS.
        reason: why it was postponed; empty else.
    """

    unit: str
    live: tuple[str, ...]
    outcome: Outcome
    heads: frozenset[str]
    reason: str


def differences_of(records: Iterable[Record]) -> list[Difference]:
    """Those that stand, by unit, then by id: each that no later one names and that is not bare."""
    known = {r.id: r for r in records if r.kind == Kind.DIFFERENCE.value}
    named = {key for record in known.values() for key in record.over}
    live = (record for record in known.values() if record.id not in named and record.body["cells"])
    return sorted(
        (
            Difference(
                record=record.id,
                unit=record.subject["unit"],
                cells=record.body["cells"],
                reason=record.body["reason"],
                raised_by=record.body["raised_by"],
                decided_by=record.body["decided_by"],
                of=record.body["of"],
                post=record.post,
            )
            for record in live
        ),
        key=lambda one: (one.unit, one.record),
    )


def paper_totals_of(records: Iterable[Record]) -> dict[str, PaperTotal]:
    """By unit what was typed from its paper; where it was taken back there is nothing."""
    known = {r.id: r for r in records if r.kind == Kind.UNIT_ENTRY.value}
    named = {key for record in known.values() for key in record.over}
    live: dict[str, list[Record]] = {}
    for key in sorted(known.keys() - named):
        live.setdefault(known[key].subject["unit"], []).append(known[key])
    found = {}
    for unit, said in live.items():
        differs = any(record.body["cells"] != said[0].body["cells"] for record in said)
        cells = {} if differs else said[0].body["cells"]
        ids = tuple(record.id for record in said)
        if cells or differs:
            found[unit] = PaperTotal(unit, cells, ids, differs)
    return found


def unit_readings_of(records: Iterable[Record]) -> dict[str, UnitReading]:
    """By unit how its reading stands; a unit that was never read is absent."""
    known = {r.id: r for r in records if r.kind == Kind.UNIT_READING.value}
    named = {key for record in known.values() for key in record.over}
    live: dict[str, list[Record]] = {}
    for key in sorted(known.keys() - named):
        live.setdefault(known[key].subject["unit"], []).append(known[key])
    return {unit: _reading(unit, said) for unit, said in live.items()}


def _reading(unit: str, said: list[Record]) -> UnitReading:
    postponed = [r for r in said if r.body["outcome"] == Outcome.POSTPONED.value]
    return UnitReading(
        unit=unit,
        live=tuple(record.id for record in said),
        outcome=Outcome.POSTPONED if postponed else Outcome.READ,
        heads=frozenset(record.body["head"] for record in said),
        reason="; ".join(record.body["reason"] for record in postponed),
    )


def is_difference(record: Record) -> bool:
    """Whether it says by how much and why; a withdrawal has no cells and names what it ends."""
    body = record.body
    said = all(isinstance(body.get(name), str) for name in ("raised_by", "decided_by"))
    stood = body["of"].keys() == body["cells"].keys() and set(map(type, body["of"].values())) <= {
        int
    }
    signed = _are_signed(body["cells"], bare=bool(record.over))
    return said and stood and signed and bool(body["reason"])


def _are_signed(cells: Mapping[str, Any], *, bare: bool) -> bool:
    numbers = cells.values()
    are_numbers = set(map(type, numbers)) <= {int} and 0 not in numbers
    return are_numbers and (bool(cells) or bare)


def is_unit_entry(record: Record) -> bool:
    """Whether it says figures of a paper D.HASIL; taken back, it has none and names what it ends."""
    body = record.body
    figures = body["cells"].values()
    return (
        set(map(type, figures)) <= {int}
        and all(number >= 0 for number in figures)
        and body["source"] == Source.D_HASIL.value
        and bool(body["cells"] or record.over)
    )


def is_unit_reading(record: Record) -> bool:
    """Whether it says what was read, of which close, and why where it was put off."""
    body = record.body
    outcomes = {outcome.value for outcome in Outcome}
    return (
        body["outcome"] in outcomes
        and bool(_MAYBE_HASH.fullmatch(body["head"]))
        and body["revision"] >= 0
        and set(map(type, body["totals"].values())) <= {int}
        and bool(body["reason"]) == (body["outcome"] == Outcome.POSTPONED.value)
    )


_READ_OUT = frozenset({Kind.CLOSE.value, Kind.UNIT_ENTRY.value, Kind.RECEIPT.value})
"""What can be read out of an office below: its close, what is on record of it, or its paper."""


def is_of_read(reading: Record, named: Mapping[str, Record]) -> bool:
    """Whether what a reading names is a close of its unit, or the paper of it, or nothing."""
    head = named.get(reading.body["head"])
    return head is None or (head.kind in _READ_OUT and head.subject == reading.subject)


def are_stated(said: object) -> bool:
    """Whether a close says differences as it must: unit -> cell -> signed number."""
    return isinstance(said, dict) and all(
        isinstance(cells, dict) and bool(cells) and _are_signed(cells, bare=False)
        for cells in said.values()
    )


BODIES: Mapping[str, Callable[[Record], bool]] = {
    Kind.DIFFERENCE.value: is_difference,
    Kind.UNIT_ENTRY.value: is_unit_entry,
    Kind.UNIT_READING.value: is_unit_reading,
}
"""What each kind must say."""
