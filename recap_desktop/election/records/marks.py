"""Findings marked as on the paper (sesuai kertas): what is odd was compared, and is written so.

A mark changes no figure and counts nothing. It stands as long as the same finding with the same
figures stands; when a figure is mended it lapses by itself, and comes back with the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.figures import counts
from recap_desktop.election.moments import in_order
from recap_desktop.election.records.journal import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.records.journal import Record


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody said of a finding that they compared with the paper (tanda sesuai kertas).

    Attributes:
        id: of its record.
        tps: 13-digit key.
        person: id of who said it.
        reason: why it stands so.
        rule: of the finding.
        cells: of the finding, in its order.
        written: what stood in them; a blank cell is absent.
        figures: ``expected`` and ``found`` of the finding, as far as it has them.
    """

    id: str
    tps: str
    person: str
    reason: str
    rule: str
    cells: tuple[str, ...]
    written: Mapping[str, int]
    figures: Mapping[str, int]

    def is_on(self, cells: Mapping[str, int]) -> bool:
        """Whether these figures are still written where it speaks of."""
        return self.written == {cell: cells[cell] for cell in self.cells if cell in cells}

    def is_of(self, finding: Finding, cells: Mapping[str, int]) -> bool:
        """Whether it speaks of this finding on these figures."""
        return (
            self.rule == finding.rule
            and self.cells == finding.cells
            and self.figures == figures_of(finding)
            and self.written == written_in(finding, cells)
        )


def figures_of(finding: Finding) -> dict[str, int]:
    """What a finding compares, as far as it has figures."""
    said = {"expected": finding.expected, "found": finding.found}
    return {name: number for name, number in said.items() if number is not None}


def written_in(finding: Finding, cells: Mapping[str, int]) -> dict[str, int]:
    """What is written in the cells of a finding."""
    return {cell: cells[cell] for cell in finding.cells if cell in cells}


def body_of(finding: Finding, cells: Mapping[str, int], reason: str) -> dict[str, Any]:
    """Body of the record that marks a finding; without a reason it takes marks back."""
    return {
        "rule": finding.rule,
        "at": list(finding.cells),
        "written": written_in(finding, cells),
        "figures": figures_of(finding),
        "reason": reason,
    }


def marks_of(records: Iterable[Record]) -> tuple[Mark, ...]:
    """The marks that no later one replaces or takes back, by the time of the laptop.

    Args:
        records: of one subject or of many, in any order; of other kinds too.
    """
    known = [record for record in records if record.kind == Kind.MARK.value]
    named = {other for record in known for other in record.over}
    live = [r for r in known if r.id not in named and r.body["reason"]]
    live.sort(key=lambda record: (in_order(record.time), record.id))
    return tuple(
        Mark(
            id=record.id,
            tps=record.tps,
            person=record.person,
            reason=record.body["reason"],
            rule=record.body["rule"],
            cells=tuple(record.body["at"]),
            written=record.body["written"],
            figures=record.body["figures"],
        )
        for record in live
    )


def said_of(finding: Finding, cells: Mapping[str, int], marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks that speak of a finding: usually none or one, two where two people said why."""
    return tuple(mark for mark in marks if mark.is_of(finding, cells))


def reasons(
    findings: Sequence[Finding], cells: Mapping[str, int], marks: Sequence[Mark]
) -> tuple[str, ...]:
    """The reasons given for findings, each once, in their order; empty when one has none."""
    said = [said_of(finding, cells, marks) for finding in findings]
    if not all(said):
        return ()
    return tuple(dict.fromkeys(mark.reason for of_one in said for mark in of_one))


def is_mark_body(body: Mapping[str, Any], *, takes_back: bool) -> bool:
    """Whether the body of a mark says what it must, whoever wrote it.

    Args:
        body: with fields of the right types.
        takes_back: whether the record names other marks; only then it may be without a reason.
    """
    figures = [*body["written"].values(), *body["figures"].values()]
    return bool(
        body["rule"]
        and body["at"]
        and all(isinstance(cell, str) for cell in body["at"])
        and body["written"].keys() <= set(body["at"])
        and body["figures"].keys() <= {"expected", "found"}
        and all(type(number) is int for number in figures)
        and counts.are_counts(list(body["written"].values()))
        and (body["reason"] or takes_back)
    )
