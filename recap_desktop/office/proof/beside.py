"""Every figure ever recorded of a TPS, record beside record: what each entry and ruling says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records.journal import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recap_desktop.office.proof.history import Event

_GIVE_FIGURES = frozenset({Kind.ENTRY.value, Kind.RULING.value})


@dataclass(frozen=True, slots=True)
class Line:
    """One cell as each record has it (satu angka).

    Attributes:
        cell: its key.
        figures: what each record says, None where it is blank there; one a column.
        crossed: of each record, whether the box is crossed out.
        differs: whether they do not all say the same.
    """

    cell: str
    figures: tuple[int | None, ...]
    crossed: tuple[bool, ...]
    differs: bool


def columns_beside(events: Iterable[Event]) -> tuple[Event, ...]:
    """The records that give figures which may be seen, in the order in which they came.

    A form that never came, or a new round, gives none; of a first entry in a double-entry office
    nothing is seen before the second.
    """
    return tuple(
        event
        for event in events
        if event.record.kind in _GIVE_FIGURES and event.record.body["cells"] and not event.is_unseen
    )


def lines_beside(columns: Sequence[Event], order: Iterable[str]) -> list[Line]:
    """Every cell that any of some records has, those that differ first, each in paper order."""
    said = [event.record.body["cells"] for event in columns]
    lines = [
        Line(
            cell,
            figures := tuple(cells.get(cell) for cells in said),
            tuple(cell in event.crossed for event in columns),
            differs=len(set(figures)) > 1,
        )
        for cell in order
        if any(cell in cells for cells in said)
    ]
    return sorted(lines, key=lambda line: not line.differs)
