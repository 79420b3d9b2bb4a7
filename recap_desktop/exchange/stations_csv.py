"""Reads ``stations.csv``: the polling stations of an election definition."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.contests import Contest, Station
from recap_desktop.election.definitions.regions import Level, RegionTree
from recap_desktop.exchange import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from recap_desktop.exchange.faults import FaultLog
    from recap_desktop.exchange.tables import TableRow

_REQUIRED = ("kode_desa", "tps")
_OPTIONAL = ("dpt_l", "dpt_p", "contests", "abolished")
_SEPARATOR = re.compile(r"[;\s]+")
_DOTTED = re.compile(r"\d{1,3}([.,]\d+)+")
_MOST_DIGITS = 6


def read_stations(
    path: Path, tree: RegionTree, contests: Sequence[Contest], faults: FaultLog
) -> tuple[Station, ...]:
    """Stations (TPS) in code order; what is wrong goes to ``faults``, each with its line.

    Contests are those of ``election.toml``; where their regions could not be read, pass none
    and no station is asked whether it belongs to one.
    """
    rows = tables.read_table(path, faults, required=_REQUIRED, optional=_OPTIONAL)
    reader = _Reader(tree, {contest.id: contest for contest in contests}, faults)
    for row in rows:
        reader.take(row)
    if not rows and not faults.faults:
        faults.add("no-station")
    held = {contest.id for contest in contests for s in reader.stations if s.holds(contest)}
    for contest in contests:
        if reader.stations and contest.id not in held:
            faults.add("contest-no-station", 0, contest=contest.id)
    return tuple(sorted(reader.stations, key=lambda station: station.tps))


@dataclass(slots=True)
class _Reader:
    """Takes the rows one by one and remembers where each TPS stood."""

    tree: RegionTree
    contests: Mapping[str, Contest]
    faults: FaultLog
    stations: list[Station] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def take(self, row: TableRow) -> None:
        """Read one row; with a fault in its TPS it gives no station."""
        dpt_l, dpt_p = self._dpt(row, "dpt_l"), self._dpt(row, "dpt_p")
        if bool(row.cells.get("dpt_l")) != bool(row.cells.get("dpt_p")):
            self.faults.add("dpt-half", row.line)
        desa, number = self._desa(row), self._number(row)
        if not desa or not number:
            return
        tps = desa + number
        if tps in self.lines:
            self.faults.add(
                "tps-doubled",
                row.line,
                tps=regions.dotted(tps),
                first=str(self.lines[tps]),
            )
            return
        self.lines[tps] = row.line
        station = Station(tps, dpt_l, dpt_p, self._held(row), row.cells.get("abolished", ""))
        self._refuse_homeless(station, row.line)
        self.stations.append(station)

    def _desa(self, row: TableRow) -> str:
        text = row.cells["kode_desa"]
        try:
            code = regions.read_code(text)
        except ValueError:
            self.faults.add("desa-code", row.line, found=text)
            return ""
        if regions.level_of(code) is not Level.DESA:
            self.faults.add("desa-level", row.line, found=text)
            return ""
        if len(self.tree) and code not in self.tree:
            self.faults.add("desa-unknown", row.line, found=text)
            return ""
        return code

    def _number(self, row: TableRow) -> str:
        text = row.cells["tps"]
        try:
            return regions.read_station_number(text)
        except ValueError:
            self.faults.add("tps-number", row.line, found=text)
            return ""

    def _dpt(self, row: TableRow, column: str) -> int | None:
        """A number of voters; blank is not known, and a dot is never guessed at."""
        text = row.cells.get(column, "")
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
            return int(text)
        dotted = _DOTTED.fullmatch(text)
        self.faults.add("dpt-dot" if dotted else "dpt", row.line, column=column, found=text)
        return None

    def _held(self, row: TableRow) -> tuple[str, ...]:
        """Ids of the contests named in the row, each once, in the order of the definition."""
        named = [text for text in _SEPARATOR.split(row.cells.get("contests", "")) if text]
        if not self.contests:
            return ()
        for text in named:
            if text not in self.contests:
                self.faults.add(
                    "station-contest", row.line, found=text, known=", ".join(self.contests)
                )
        return tuple(contest for contest in self.contests if contest in named)

    def _refuse_homeless(self, station: Station, line: int) -> None:
        covering = [c for c in self.contests.values() if station.tps.startswith(c.regions)]
        if self.contests and not covering:
            self.faults.add("station-no-contest", line, tps=regions.dotted(station.tps))
        for contest in station.contests:
            if covering and self.contests[contest] not in covering:
                self.faults.add(
                    "station-outside", line, tps=regions.dotted(station.tps), contest=contest
                )
