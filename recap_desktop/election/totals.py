"""Totals of a unit: sums of filled cells, with the number of TPS that are blank there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.tallies import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.tallies import Tally


@dataclass(frozen=True, slots=True)
class Total:
    """The total of a unit (jumlah desa, kecamatan, kabko, provinsi) in one contest.

    Attributes:
        code: the unit.
        stations: TPS of the contest below it.
        counted: those whose figures are in the sums.
        not_delivered: those a ruling declared not delivered; they add nothing.
        sums: cell -> sum of the filled cells; a cell nobody filled is absent, not 0.
        blanks: cell -> number of counted TPS that are blank there; absent when none is.
    """

    code: str
    stations: int
    counted: int
    not_delivered: int
    sums: Mapping[str, int]
    blanks: Mapping[str, int]

    @property
    def is_complete(self) -> bool:
        """Whether every TPS below is in the sums or declared not delivered."""
        return self.counted + self.not_delivered == self.stations

    def is_whole(self, cell: str) -> bool:
        """Whether the sum of a cell may be printed plain: no counted TPS is blank there."""
        return cell in self.sums and cell not in self.blanks


def total_of(code: str, tallies: Iterable[Tally], cells: Iterable[str]) -> Total:
    """Add up the tallies of all TPS of a unit; ``cells`` are those of the contest's form."""
    keys = tuple(cells)
    stations = counted = missing = 0
    sums: dict[str, int] = {}
    filled = dict.fromkeys(keys, 0)
    for tally in tallies:
        stations += 1
        missing += tally.state is State.NOT_DELIVERED
        if not tally.counts:
            continue
        counted += 1
        for key in keys:
            number = tally.cells.get(key)
            if number is not None:
                sums[key] = sums.get(key, 0) + number
                filled[key] += 1
    blanks = {key: counted - filled[key] for key in keys if filled[key] < counted}
    return Total(code, stations, counted, missing, sums, blanks)


def sum_of(code: str, totals: Iterable[Total]) -> Total:
    """Add up the totals of the units below one unit."""
    stations = counted = missing = 0
    sums: dict[str, int] = {}
    blanks: dict[str, int] = {}
    for total in totals:
        stations += total.stations
        counted += total.counted
        missing += total.not_delivered
        for key, number in total.sums.items():
            sums[key] = sums.get(key, 0) + number
        for key, number in total.blanks.items():
            blanks[key] = blanks.get(key, 0) + number
    return Total(code, stations, counted, missing, sums, blanks)
