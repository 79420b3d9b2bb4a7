"""Counts from a table of somebody else's: how it would be taken, and what it then says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from recap_desktop.election.tables.count_maps import ALL_SHEETS, CountMap, Shape
from recap_desktop.election.tables.heading_matching import Matcher
from recap_desktop.foreign.column_tables import (
    MOST_LINES,
    column_counts,
    has_stations_across,
    propose_columns,
)
from recap_desktop.foreign.row_tables import propose_rows, row_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.definitions.contests import Contest
    from recap_desktop.election.definitions.forms import Layout
    from recap_desktop.election.definitions.regions import RegionTree
    from recap_desktop.foreign.found_counts import FoundCount
    from recap_desktop.foreign.table_files import TableFile

_HEADS = 150
"""Rows that tell how a table lies: the first page of a workbook of PPK is its cover."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """A table beside the contest it is read for. It holds no door to an office."""

    file: TableFile
    layout: Layout
    contest: Contest
    tree: RegionTree

    def propose(
        self, sheet: str = "", shape: Shape | None = None, header: tuple[int, int] = (0, 0)
    ) -> CountMap | None:
        """How the table would be taken; None where nothing in it looks like counts.

        Args:
            sheet: name of the worksheet; empty for the one that has most that is known, or for
                all that are of one kind with a column a TPS (a sheet a desa).
            shape: how it lies; None to find out.
            header: rows of the heads of a table with a row a TPS, from 1; found where not given.

        Raises:
            KnownProblem: ``import-...`` where the file cannot be read.
        """
        if sheet and sheet != ALL_SHEETS:
            return self._proposal(sheet, shape, header)
        made = [self._proposal(name, shape, header) for name in self.file.sheets]
        found = [one for one in made if one is not None]
        if not found:
            return None
        if sheet == ALL_SHEETS:
            return _together([one for one in found if one.shape is found[0].shape])
        best = max(found, key=_known)
        alike = [one for one in found if best.shape is Shape.COLUMNS and _is_like(one, best)]
        return _together(alike) if len(alike) > 1 else best

    def _proposal(
        self, sheet: str, shape: Shape | None, header: tuple[int, int]
    ) -> CountMap | None:
        matcher = Matcher(self.layout, self.contest)
        made: list[CountMap | None] = []
        rows = self.file.rows(sheet)
        heads = list(islice(rows, _HEADS))
        # A sheet of 75,000 rows in which no TPS stand across is not read to its end for that.
        if shape is not Shape.ROWS and has_stations_across(heads):
            lines = islice(chain(heads, rows), MOST_LINES)
            made.append(propose_columns(lines, matcher, self._units(), sheet=sheet))
        if shape is not Shape.COLUMNS:
            made.append(propose_rows(heads, matcher, sheet=sheet, header=header))
        found = [one for one in made if one is not None]
        return max(found, key=_known, default=None)

    def counts(self, count_map: CountMap) -> Iterator[FoundCount]:
        """What the table says, TPS by TPS, taken as a map says.

        Raises:
            KnownProblem: ``import-...`` where the file cannot be read.
        """
        sheet = count_map.sheet
        for name in self.file.sheets if sheet in ("", ALL_SHEETS) else (sheet,):
            rows, called = self.file.rows(name), name or self.file.name
            if count_map.shape is Shape.ROWS:
                yield from row_counts(rows, count_map, sheet=called)
                continue
            matcher = Matcher(self.layout, self.contest)
            yield from column_counts(rows, count_map, matcher, self._units(), sheet=called)

    def _units(self) -> dict[str, set[str]]:
        """What desa and kecamatan are called where the contest is held."""
        units = {"desa": {"desa", "kelurahan"}, "kecamatan": {"kecamatan", "distrik"}}
        for region in self.contest.regions:
            for unit, term in (("desa", "desa"), ("desa", "kelurahan"), ("kecamatan", "kecamatan")):
                units[unit].add(self.tree.called(region, term).casefold())
        return units


def _known(count_map: CountMap) -> tuple[int, int]:
    """How much of a table is known."""
    sure = sum(bool(one.target) and one.is_sure for one in count_map.headings)
    return sure, sum(bool(one.target) for one in count_map.headings)


def _is_like(one: CountMap, other: CountMap) -> bool:
    """Whether two worksheets lie alike and have the same lines."""
    lines = ({heading.text for heading in count_map.headings} for count_map in (one, other))
    return one.shape is other.shape and next(lines) == next(lines)


def _together(maps: list[CountMap]) -> CountMap:
    """One map of several worksheets of one kind."""
    headings = {one.text: one for count_map in reversed(maps) for one in count_map.headings}
    ordered = {one.text: headings[one.text] for count_map in maps for one in count_map.headings}
    return replace(maps[0], sheet=ALL_SHEETS, headings=tuple(ordered.values()))
