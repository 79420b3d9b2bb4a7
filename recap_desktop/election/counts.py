"""A count: the cells of one form as written, where a blank cell is absent and not zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.forms import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

LARGEST = 9_999_999
"""Largest figure a single cell may hold; beyond any TPS, and any desa typed from paper."""


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
