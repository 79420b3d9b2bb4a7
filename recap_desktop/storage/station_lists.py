"""Which TPS of a contest are in what state, and a few figures of them, of any number of TPS.

The table of tallies is wide: what is asked of 75,000 TPS is only what it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable


def quoted(name: str) -> str:
    """An SQL identifier, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


class StationLists:
    """Answers about many TPS of one contest, read from its table of tallies."""

    def __init__(
        self, connection: sqlite3.Connection, table: str, *, known: Collection[str]
    ) -> None:
        """Read a table.

        Args:
            connection: of the office file.
            table: quoted name of the table of tallies.
            known: the cells it has.
        """
        self._connection = connection
        self._table = table
        self._known = known

    def counted_figures(self, cells: Iterable[str], under: str) -> dict[str, dict[str, int]]:
        """TPS below a unit whose figures count -> some of their cells, those that are filled.

        Cells the form does not have are left away.
        """
        asked = [cell for cell in cells if cell in self._known]
        if not asked:
            return {}
        rows = self._connection.execute(
            f"SELECT tps, {', '.join(map(quoted, asked))} FROM {self._table} "  # noqa: S608 - names are ours, values are bound
            "WHERE tps BETWEEN ? AND ? AND counts",
            (under, under + "~"),
        )
        return {
            tps: {cell: n for cell, n in zip(asked, figures, strict=True) if n is not None}
            for tps, *figures in rows
        }
