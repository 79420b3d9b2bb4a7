"""A count: the cells of one form as written, where a blank cell is absent and not zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.forms import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from recap_desktop.election.records.journal import Record

LARGEST = 9_999_999
"""Largest figure a single cell may hold; beyond any TPS, and any desa typed from paper."""


class Count(dict[str, int]):
    """Figures of one form that remember which boxes were crossed out on the paper (dicoret).

    X in every box says 0, so it is 0 here: two counts whose figures are equal are equal,
    whatever was crossed out.

    Attributes:
        crossed: cells that are crossed out; each of them is 0.
    """

    __slots__ = ("crossed",)

    def __init__(self, cells: Mapping[str, int], crossed: Iterable[str] = ()) -> None:
        """Figures, and which cells are crossed out; of those only what is 0 is remembered."""
        super().__init__(cells)
        self.crossed = frozenset(cell for cell in crossed if cells.get(cell) == 0)


def crossed_out(cells: Mapping[str, int]) -> frozenset[str]:
    """Cells of a count that are crossed out on the paper; none where nothing remembers it."""
    return cells.crossed if isinstance(cells, Count) else frozenset()


def is_written_alike(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether two counts say the same in every box, also in which are crossed out."""
    return dict(one) == dict(other) and crossed_out(one) == crossed_out(other)


def as_recorded(cells: Mapping[str, int], records: Iterable[Record]) -> Count:
    """Figures with what the records that they come from say is crossed out."""
    return Count(cells, {cell for record in records for cell in record.body.get("crossed", ())})


def crossed_in_body(cells: Mapping[str, int]) -> dict[str, list[str]]:
    """What a record says beside its cells: nothing at all where nothing is crossed out."""
    crossed = sorted(crossed_out(cells))
    return {"crossed": crossed} if crossed else {}


def row_key(cell: str) -> str:
    """The row of a cell: ``users.dpt`` for ``users.dpt.l``."""
    head, _, last = cell.rpartition(".")
    return head if last in COLUMNS else cell


def column(cell: str) -> str:
    """The column of a cell: ``l``, ``p``, ``jml``, or empty for a row that is not split."""
    last = cell.rpartition(".")[2]
    return last if last in COLUMNS else ""


def unknown_cells(cells: Iterable[str], known: Iterable[str]) -> list[str]:
    """Keys that the form does not have, sorted."""
    return sorted(set(cells) - set(known))


def are_counts(figures: Collection[int]) -> bool:
    """Whether every figure is one a cell may hold: 0 to ``LARGEST``."""
    return not figures or (min(figures) >= 0 and max(figures) <= LARGEST)


def is_all_zero(cells: Mapping[str, int]) -> bool:
    """Whether something is written and all of it is 0: usually a form that never came."""
    return bool(cells) and not any(cells.values())


def changes(
    before: Mapping[str, int], after: Mapping[str, int]
) -> dict[str, tuple[int | None, int | None]]:
    """Cells that differ: key -> (old, new), None for blank."""
    keys = sorted(set(before) | set(after))
    return {
        key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    }
