"""A C.HASIL-PPWP of 2024 as it is written: TPS 008 Jati Perumnas, Ternate Selatan.

Read by eye from photos of the public form; X in every box is ``None`` here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SPLIT: Mapping[str, tuple[int | None, int | None, int | None]] = {
    "voters.dpt": (134, 155, 289),
    "users.dpt": (95, 103, 198),
    "users.moved": (6, 3, 9),
    "users.special": (2, 1, 3),
    "users.total": (103, 107, 210),
    "disabled.users": (None, None, None),
}
WRITTEN: Mapping[str, int | None] = {
    **{
        f"{row}.{column}": figure
        for row, figures in _SPLIT.items()
        for column, figure in zip(("l", "p", "jml"), figures, strict=True)
    },
    "ballots.received": 295,
    "ballots.used": 210,
    "ballots.spoiled": 1,
    "ballots.unused": 84,
    "votes.1": 90,
    "votes.2": 110,
    "votes.3": 10,
    "valid": 210,
    "invalid": None,
    "cast": 210,
}


def keys_of(order: Iterable[str], written: Mapping[str, int | None]) -> list[str]:
    """The keys of each box in the order of the form: its digits or a minus for X, then Enter."""
    typed = ("-" if written[cell] is None else str(written[cell]) for cell in order)
    return [f"{text}\n" for text in typed]
