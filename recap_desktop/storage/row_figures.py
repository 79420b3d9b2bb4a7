"""The figures of a stored row by their cells, read where they stand.

A province has 6,000 desa and a form 250 cells: a dict for each would take longer than the query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


class RowFigures(Mapping[str, int]):
    """A row in which every cell is filled, as cell -> figure."""

    __slots__ = ("_places", "_row")

    def __init__(self, places: Mapping[str, int], row: Sequence[int]) -> None:
        """Read a row.

        Args:
            places: cell -> its place in the row.
            row: as the query gave it.
        """
        self._places = places
        self._row = row

    def __getitem__(self, cell: str) -> int:
        """The figure of a cell; KeyError when the form does not have it."""
        return self._row[self._places[cell]]

    def __iter__(self) -> Iterator[str]:
        """The cells in paper order."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many cells there are."""
        return len(self._places)
