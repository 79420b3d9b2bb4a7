"""Units and stations of an office as its definition has them, to be read with any SQLite tool."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.contests import Station

if TYPE_CHECKING:
    from sqlite_utils import Database

    from recap_desktop.election.definitions.contests import Election


class UnitTables:
    """The tables ``unit`` and ``station`` of an office file."""

    def __init__(self, db: Database) -> None:
        """Read and write them through a connection."""
        self._db = db

    def make(self, election: Election, office: str) -> None:
        """Fill them anew from a definition, inside the caller's transaction."""
        for table, rows in _rows(election, office).items():
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - one of two names
            marks = ", ".join("?" * len(rows[0])) if rows else ""
            self._db.conn.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - as above

    def are_stale(self, election: Election, office: str) -> bool:
        """Whether they say anything but the definition."""
        return any(
            self._db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() != rows  # noqa: S608 - one of two names
            for table, rows in _rows(election, office).items()
        )

    def stations(self, under: str) -> tuple[Station, ...]:
        """The stations below a unit with their DPT, in code order."""
        rows = self._db.conn.execute(
            "SELECT tps, dpt_l, dpt_p FROM station WHERE tps BETWEEN ? AND ? ORDER BY tps",
            (under, under + "~"),
        )
        return tuple(itertools.starmap(Station, rows))


def _rows(election: Election, office: str) -> dict[str, list[tuple[str | int | None, ...]]]:
    """What the tables must hold; a TPS that was abolished is in neither."""
    here = (s for s in election.stations if s.tps.startswith(office) and not s.abolished)
    return {
        "unit": sorted((region.code, region.name) for region in election.tree),
        "station": sorted((s.tps, s.dpt_l, s.dpt_p) for s in here),
    }
