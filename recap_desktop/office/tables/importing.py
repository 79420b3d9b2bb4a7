"""Counts from a table of somebody else's on their way into an office: read, planned, recorded in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.definitions.station_names import StationNames
from recap_desktop.election.figures.counts import Count
from recap_desktop.election.figures.tallies import Source
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.people import person_id
from recap_desktop.foreign.found_counts import fault_at
from recap_desktop.office.checks.findings import Case, beside
from recap_desktop.office.entry.entering import enter_all
from recap_desktop.office.tables.planned_counts import (
    RECORDED,
    Fate,
    PackedCells,
    PlannedCount,
    Planner,
    ReadCount,
)
from recap_desktop.problems import Fault, KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recap_desktop.election.definitions.contests import Station
    from recap_desktop.election.definitions.forms import Layout
    from recap_desktop.election.tables.count_maps import CountMap
    from recap_desktop.foreign.count_tables import CountTable
    from recap_desktop.foreign.found_counts import FoundCount
    from recap_desktop.office.entry.entering import Entered, Row
    from recap_desktop.office.opening import Office
    from recap_desktop.office.tables.import_tables import ImportTable

Progress = Callable[[int], object]

PART = 200
"""So many TPS are read, planned and judged at once."""

SOURCES = (Source.C_HASIL, Source.SALINAN)
"""Papers a table may have been typed from."""


class CountReader:
    """Reads the counts of a table, some at a time. It holds no door to the office."""

    def __init__(self, table: CountTable, count_map: CountMap, names: StationNames) -> None:
        """Begin at the top; nothing is read yet.

        Raises:
            KnownProblem: ``import-map-unfinished`` with everything that must be answered first.
        """
        faults = count_map.faults(table.layout.known)
        if faults:
            raise KnownProblem("import-map-unfinished", faults=faults)
        self._names = names
        self._order = table.layout.cells
        self._found = table.counts(count_map)

    def read(self, most: int = PART) -> list[ReadCount]:
        """The next counts; none only at the end.

        Raises:
            KnownProblem: ``import-...`` where the file cannot be read on.
        """
        return [self._named(found) for found in islice(self._found, most)]

    def _named(self, found: FoundCount) -> ReadCount:
        tps = self._names.find(found.tps, found.desa, found.kecamatan)
        faults = list(found.faults)
        if isinstance(tps, Fault):
            faults.insert(0, fault_at(tps, found.spot))
            tps = ""
        called = " ".join(text for text in (found.desa, found.tps) if text)
        cells = PackedCells(self._order, Count(found.cells, found.crossed))
        return ReadCount(tps, called, cells, found.spot, tuple(faults))


class CountsImport:
    """The counts of a table beside the office, before anything is written, and then written.

    Attributes:
        plan: what will become of each count, in the order of the table.
        findings: how many findings those that were judged so far have.
        flagged: how many of them have any.
        reader: gives the counts; it may be asked in another thread.
    """

    def __init__(
        self,
        office: Office,
        table: ImportTable,
        count_map: CountMap,
        *,
        by: str,
        source: Source = Source.C_HASIL,
    ) -> None:
        """Plan entries by a person of one source.

        Raises:
            KnownProblem: ``name-missing``, ``import-map-unfinished``.
        """
        contest_id = table.contest_id
        self._office, self._table = office, table
        self._contest, self._by, self._source = contest_id, by, source
        self._stations = office.file.contests[contest_id].station_keys()
        self._first: dict[str, PlannedCount] = {}
        self._desa: tuple[str, tuple[Station, ...], dict[str, dict[str, dict[str, int]]]]
        self._desa = ("", (), {})
        self._planner = Planner(
            office,
            contest_id,
            person=person_id(by),
            source=source,
            spoken=count_map.targets.values(),
        )
        self.plan: list[PlannedCount] = []
        self.findings = self.flagged = 0
        names = StationNames(office.election.tree, self._stations)
        self.reader = CountReader(table.counts, count_map, names)

    # Planned

    def take(self, read: Sequence[ReadCount]) -> list[PlannedCount]:
        """Hold counts that were read against the office; those that would be recorded."""
        planned = [self._taken(one) for one in read]
        self.plan += planned
        return [one for one in planned if one.fate in RECORDED]

    def _taken(self, read: ReadCount) -> PlannedCount:
        """A TPS that the table has twice is refused twice: nobody knows which line is right."""
        before = self._first.get(read.tps) if read.tps else None
        planned = self._planner.plan(read)
        if before is None:
            if read.tps:
                self._first[read.tps] = planned
            return planned
        if before.fate is not Fate.REFUSED and planned.fate is not Fate.REFUSED:
            if before.read.cells.count() == read.cells.count():
                return PlannedCount(read, Fate.REPEATED)
            before.fate, before.changes = Fate.REFUSED, {}
            before.faults = (_twice(before.read, read),)
        return PlannedCount(read, Fate.REFUSED, faults=(*read.faults, _twice(read, before.read)))

    def counted(self) -> Counter[Fate]:
        """How many counts have which fate."""
        return Counter(one.fate for one in self.plan)

    def missing(self) -> tuple[str, ...]:
        """TPS of the contest in this office that the table does not have, in code order."""
        return tuple(sorted(self._stations - self._first.keys()))

    def crossed(self) -> int:
        """How many boxes of what would be recorded are crossed out, and so 0."""
        return sum(len(one.read.cells.crossed) for one in self.plan if one.fate in RECORDED)

    # Judged

    def cases(self, planned: Sequence[PlannedCount]) -> list[Case]:
        """Counts with what stands beside them, to be judged anywhere."""
        return [self._case(one) for one in planned]

    def _case(self, planned: PlannedCount) -> Case:
        tps, units = planned.tps, self._office.file.units
        desa, siblings, others = self._desa
        if not tps.startswith(desa or "-"):
            desa = tps[: Level.DESA.value]
            siblings = units.stations(desa)
            others = beside(self._office, self._contest, under=desa)
            self._desa = (desa, siblings, others)
        cells = planned.read.cells.count()
        return Case(self._contest, tps, cells, siblings, others.get(tps, {}))

    def note(self, planned: Sequence[PlannedCount], findings: Sequence[int]) -> None:
        """Note how many findings some counts have."""
        for one, count in zip(planned, findings, strict=True):
            one.findings = count
            self.findings += count
            self.flagged += count > 0

    # Recorded

    def _rows(self) -> Iterator[tuple[str, Count]]:
        return ((one.tps, one.read.cells.count()) for one in self.plan if one.fate in RECORDED)

    def record(self, progress: Progress | None = None) -> Entered:
        """Record everything that is not refused in one transaction, all or nothing.

        Args:
            progress: called now and then with how many TPS are recorded, inside the transaction.

        Raises:
            KnownProblem: ``import-nothing``; when nothing can be written.
        """
        if not any(one.fate in RECORDED for one in self.plan):
            raise KnownProblem("import-nothing")
        rows = _Rows(self._rows, progress)
        return enter_all(
            self._office,
            self._contest,
            rows,
            by=self._by,
            source=self._source,
            origin=self._origin,
        )

    def _origin(self, tps: str) -> dict[str, str | int]:
        spot, file = self._first[tps].read.spot, self._table.counts.file
        return {
            "file": clean_text(file.name),
            "sha256": file.digest,
            "sheet": clean_text(spot.sheet),
            "row": spot.row,
            "column": spot.column,
        }


class _Rows:
    """What is to be recorded; gone through first to look, then to record."""

    def __init__(self, rows: Callable[[], Iterator[Row]], progress: Progress | None) -> None:
        self._rows = rows
        self._progress = progress
        self._turns = 0

    def __iter__(self) -> Iterator[Row]:
        self._turns += 1
        for number, row in enumerate(self._rows()):
            if self._progress and number % PART == 0:
                self._progress(number if self._turns > 1 else 0)
            yield row


def judge(layout: Layout, read: Sequence[Case]) -> list[int]:
    """How many findings each of some counts has; any thread may ask."""
    return [len(case.findings(layout)) for case in read]


def _twice(read: ReadCount, other: ReadCount) -> Fault:
    details = {"tps": read.tps, "first": str(other.spot.row), "other": other.spot.letters}
    return fault_at(Fault("import-tps-twice", details), read.spot)
