"""Totals of a unit: sums of filled cells, with the number of TPS that are blank there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from recap_desktop.election.figures.tallies import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.records.unit_records import Difference, PaperTotal


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
        differences: cell -> what corrections of units above the TPS add to its sum, or take from
            it; they are in the sums, and a line of their own on paper.
        paper: units whose figures in the sums were typed from their paper D.HASIL.
    """

    code: str
    stations: int
    counted: int
    not_delivered: int
    sums: Mapping[str, int]
    blanks: Mapping[str, int]
    differences: Mapping[str, int] = field(default_factory=dict)
    paper: tuple[str, ...] = ()

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


def added(sums: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """Sums with what is added to some of them, or taken from them."""
    return {**sums, **{cell: sums.get(cell, 0) + number for cell, number in more.items()}}


def summed(differences: Iterable[Difference]) -> dict[str, int]:
    """Cell -> what differences come to together; a cell where that is nothing is absent."""
    found: dict[str, int] = {}
    for one in differences:
        found = added(found, one.cells)
    return {cell: number for cell, number in sorted(found.items()) if number}


def with_differences(total: Total, differences: Iterable[Difference]) -> Total:
    """A total with the corrections of its unit, and of units below it, in its sums."""
    more = summed(one for one in differences if one.unit.startswith(total.code))
    return replace(total, sums=added(total.sums, more), differences=more) if more else total


def with_papers(
    total: Total, papers: Mapping[str, PaperTotal], counted: Mapping[str, int]
) -> Total:
    """A total with the figures of papers of units at or below it of which no TPS counts yet.

    Args:
        total: of any unit.
        papers: by unit.
        counted: of each of those units, how many TPS below it count.
    """
    own = [unit for unit in papers if unit.startswith(total.code) and not counted.get(unit)]
    # Of a kecamatan inside a kabko that was typed as a whole nothing is added twice.
    own = [unit for unit in own if not any(unit != o and unit.startswith(o) for o in own)]
    sums = total.sums
    for unit in own:
        sums = added(sums, papers[unit].cells)
    told = tuple(unit for unit in own if papers[unit].cells)
    return replace(total, sums=sums, paper=told) if told else total


def by_unit(differences: Iterable[Difference]) -> dict[str, dict[str, int]]:
    """Unit -> cell -> what its differences come to, as a close says it; nothing where it is none."""
    units: dict[str, list[Difference]] = {}
    for one in differences:
        units.setdefault(one.unit, []).append(one)
    found = {unit: summed(own) for unit, own in sorted(units.items())}
    return {unit: cells for unit, cells in found.items() if cells}


def paper_sums(close: Mapping[str, Any]) -> dict[str, int]:
    """The totals that the papers of a close say: those of its TPS, with all differences."""
    sums = dict(close["totals"])
    for cells in close.get("differences", {}).values():
        sums = added(sums, cells)
    return sums
