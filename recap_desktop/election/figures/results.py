"""The result of a contest as others read it: a column of figures a cell, a line a TPS."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures.tallies import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.records.unit_records import Difference, PaperTotal

_BLANK = -1
_LONGEST = "q"
"""Array code of whole numbers of 64 bits: a count goes up to 2^53."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Of what moment and standing a result is.

    Attributes:
        time: of the close, or of the draft; ISO with zone, to the second.
        revision: number of the close; 0 for a draft.
        head: id of the close; empty for a draft.
    """

    time: str
    revision: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True)
class UnitSum:
    """What a cell adds up to in one unit, as its papers say it.

    Over the TPS that count there and are not blank, with what was decided about units above them
    and what was typed from papers of units of which no TPS counts yet.

    Attributes:
        code: the unit.
        total: the sum; None when nothing in the unit has a figure.
        blank: TPS that count and are blank there.
    """

    code: str
    total: int | None
    blank: int


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of all TPS of a contest below one office (hasil), without people or times.

    Only TPS that count have figures. Columns are arrays: a kabupaten has 7,900 TPS, a party form
    250 cells.

    Attributes:
        election: the definition they were counted under.
        contest_id: the contest.
        office: region code of the office.
        stamp: of what moment.
        stations: 13-digit keys, in code order.
        states: state of each TPS.
        counted: whether each TPS has a place in the totals.
        columns: cell -> figure of each TPS, below 0 where there is none.
        differences: corrections of units above the TPS that stand, by unit.
        papers: unit -> cell -> total as its paper D.HASIL says it; only of units of which no TPS
            counts. A result that was closed has none.
        above: cell -> unit -> what both of these add to its sum, or take from it; of the units
            they are of and of those above.
        spans: level -> each of its units with the places of its TPS in ``stations``, and how many
            of these count.
    """

    election: Election
    contest_id: str
    office: str
    stamp: Stamp
    stations: tuple[str, ...]
    states: tuple[State, ...]
    counted: tuple[bool, ...]
    columns: Mapping[str, array[int]]
    differences: tuple[Difference, ...] = ()
    papers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    above: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    spans: Mapping[Level, tuple[tuple[str, range, int], ...]] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether every TPS counts or was declared not delivered."""
        return all(
            counts or state is State.NOT_DELIVERED
            for counts, state in zip(self.counted, self.states, strict=True)
        )

    @property
    def levels(self) -> tuple[Level, ...]:
        """From the office's own level down to the desa."""
        return _levels_of(self.office)

    def units(self, level: Level) -> Iterator[tuple[str, range]]:
        """Each unit of a level with the places of its TPS in ``stations``."""
        for code, places, _ in self.spans[level]:
            yield code, places

    def figures(self, cell: str) -> Iterator[tuple[str, int]]:
        """The TPS that have a figure in a cell, in code order."""
        for tps, number in zip(self.stations, self.columns[cell], strict=True):
            if number != _BLANK:
                yield tps, number

    def sums(self, cell: str, level: Level) -> Iterator[UnitSum]:
        """What a cell adds up to in each unit of a level, in code order."""
        column, above = self.columns[cell], self.above.get(cell, {})
        for code, places, counted in self.spans[level]:
            own = column[places.start : places.stop]
            filled = [number for number in own if number != _BLANK]
            more = above.get(code)
            total = None if more is None and not filled else sum(filled) + (more or 0)
            yield UnitSum(code, total, counted - len(filled))


def results_of(
    election: Election,
    contest_id: str,
    office: str,
    *,
    stamp: Stamp,
    tallies: Iterable[tuple[str, Tally]],
    differences: Iterable[Difference] = (),
    papers: Mapping[str, PaperTotal] | None = None,
) -> Results:
    """Gather the tallies of a contest, one after the other; none of them is kept.

    Args:
        election: the definition.
        contest_id: the contest.
        office: region code of the office.
        stamp: of what moment they are.
        tallies: every TPS of the contest below the office, in code order.
        differences: corrections of units above the TPS that stand.
        papers: by unit what was typed from its paper.
    """
    columns = {cell: array(_LONGEST) for cell in election.layout(contest_id).cells}
    stations: list[str] = []
    states: list[State] = []
    counted: list[bool] = []
    for tps, tally in tallies:
        stations.append(tps)
        states.append(tally.state)
        counted.append(tally.counts)
        figures = tally.cells if tally.counts else {}
        for cell, column in columns.items():
            column.append(figures.get(cell, _BLANK))
    own = tuple(one for one in differences if one.unit.startswith(office))
    met = [tps for tps, counts in zip(stations, counted, strict=True) if counts]
    typed = _standing(papers or {}, met)
    return Results(
        election=election,
        contest_id=contest_id,
        office=office,
        stamp=stamp,
        stations=tuple(stations),
        states=tuple(states),
        counted=tuple(counted),
        columns=columns,
        differences=own,
        papers=typed,
        above=_above(office, [*((d.unit, d.cells) for d in own), *typed.items()]),
        spans={level: tuple(_spans(level, stations, counted)) for level in _levels_of(office)},
    )


def _levels_of(office: str) -> tuple[Level, ...]:
    own = level_of(office)
    return tuple(level for level in Level if own.value <= level.value < Level.TPS.value)


def _spans(
    level: Level, stations: Sequence[str], counted: Sequence[bool]
) -> Iterator[tuple[str, range, int]]:
    at, digits = 0, level.value
    for code, own in groupby(stations, key=lambda tps: tps[:digits]):
        places = range(at, at + sum(1 for _ in own))
        yield code, places, sum(counted[places.start : places.stop])
        at = places.stop


def _standing(papers: Mapping[str, PaperTotal], met: list[str]) -> dict[str, Mapping[str, int]]:
    """Papers that count: of units without a TPS that does, and in none that was typed as a whole."""
    own = [unit for unit in sorted(papers) if papers[unit].cells]
    bare = [unit for unit in own if not any(tps.startswith(unit) for tps in met)]
    whole = [unit for unit in bare if not any(unit != o and unit.startswith(o) for o in bare)]
    return {unit: papers[unit].cells for unit in whole}


def _above(office: str, said: Iterable[tuple[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    """What figures of units add to the sums of these, and of the units above them."""
    found: dict[str, dict[str, int]] = {}
    for unit, cells in said:
        for level in _levels_of(office):
            if level.value <= len(unit):
                for cell, number in cells.items():
                    sums = found.setdefault(cell, {})
                    code = unit[: level.value]
                    sums[code] = sums.get(code, 0) + number
    return found
