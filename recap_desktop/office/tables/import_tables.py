"""A file with counts as an office looks at it: what it is, and how it would be taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.tables.count_maps import ALL_SHEETS, CountMap, Shape
from recap_desktop.foreign.count_tables import CountTable
from recap_desktop.foreign.csv_tables import CsvTable
from recap_desktop.foreign.map_files import applied, read_map
from recap_desktop.foreign.table_files import open_table
from recap_desktop.office.tables.import_maps import remember, remembered
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class ImportTable:
    """A table and the contest it is read for. It holds no door to the office: any thread may ask.

    Attributes:
        counts: the table itself.
    """

    counts: CountTable

    @property
    def contest_id(self) -> str:
        """The contest it is read for."""
        return self.counts.contest.id

    @property
    def name(self) -> str:
        """Of the file."""
        return self.counts.file.name

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of its worksheets; a CSV has one without a name."""
        return self.counts.file.sheets

    @property
    def encoding(self) -> tuple[str, str]:
        """Encoding and delimiter of a CSV; of a workbook both are empty."""
        table = self.counts.file.table
        return (table.encoding, table.delimiter) if isinstance(table, CsvTable) else ("", "")

    def propose(
        self, sheet: str = "", shape: Shape | None = None, header: tuple[int, int] = (0, 0)
    ) -> CountMap:
        """How it would be taken, with the answers given here to earlier tables of this kind.

        Args:
            sheet: name of a worksheet; ``*`` for each that has TPS; empty to find it.
            shape: how the table lies; None to find out.
            header: rows of the heads, from 1; found where they are not given.

        Raises:
            KnownProblem: ``import-nothing-known``; ``import-...`` where it cannot be read.
        """
        proposal = self.counts.propose(sheet, shape, header)
        if proposal is None:
            raise KnownProblem("import-nothing-known", file=self.name)
        return remembered(self.counts, proposal)

    def by_map(self, path: Path, sheet: str = "") -> CountMap:
        """How it is taken by a map that somebody saved.

        What the map does not name is proposed and asked about.

        Raises:
            KnownProblem: ``import-map-unreadable``, ``import-map-wrong``; see ``propose``.
        """
        known = read_map(path)
        chosen = sheet or known.sheet
        if chosen not in (*self.sheets, ALL_SHEETS):
            chosen = ""
        proposal = self.counts.propose(chosen, known.shape, known.header)
        if proposal is None:
            raise KnownProblem("import-nothing-known", file=self.name)
        return applied(known, replace(proposal, desa=known.desa))

    def remember(self, count_map: CountMap) -> None:
        """Keep the answers on this machine for the next table of this kind."""
        remember(self.counts, count_map)


def look_into(office: Office, contest_id: str, path: Path) -> ImportTable:
    """Open a file to read counts of a contest from it.

    Raises:
        KnownProblem: ``contest-unknown``; ``import-...`` where it cannot be read.
    """
    office.require_contest(contest_id)
    return open_for(office.election, contest_id, path)


def open_for(election: Election, contest_id: str, path: Path) -> ImportTable:
    """The same without a door to the office, so that any thread may do it."""
    layout, contest = election.layout(contest_id), election.contest(contest_id)
    return ImportTable(CountTable(open_table(path), layout, contest, election.tree))
