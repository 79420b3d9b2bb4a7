"""A file with a table of somebody else's, opened once: what it is, its sheets, its rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.foreign.csv_tables import CsvTable, read_csv
from recap_desktop.foreign.xlsx_tables import MOST_COLUMNS, MOST_ROWS, XlsxTable, read_xlsx
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recap_desktop.election.tables.foreign_figures import Value

MOST_BYTES = 128 << 20
"""Largest file that is read: it is held in memory, so that what is hashed is what is read."""

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file as it was when it was opened; it may be gone or other by now.

    Attributes:
        name: of the file, without its folder.
        digest: SHA-256 of its bytes, in hex.
        table: what was found in it.
    """

    name: str
    digest: str
    table: CsvTable | XlsxTable

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of its worksheets; a CSV has one without a name."""
        return ("",) if isinstance(self.table, CsvTable) else self.table.sheets

    def rows(self, sheet: str) -> Iterator[tuple[Value, ...]]:
        """Rows of one worksheet, from the first.

        Raises:
            KnownProblem: ``import-...``, see ``XlsxTable.rows`` and ``CsvTable.rows``.
        """
        if isinstance(self.table, XlsxTable):
            yield from self.table.rows(sheet)
            return
        for number, row in enumerate(self.table.rows(), start=1):
            if len(row) > MOST_COLUMNS:
                raise KnownProblem("import-too-wide", columns=len(row), most=MOST_COLUMNS)
            if row and number > MOST_ROWS:
                raise KnownProblem("import-too-long", most=MOST_ROWS)
            yield row


def open_table(path: Path) -> TableFile:
    """Open an XLSX or a CSV; which of them it is, its content says and not its name.

    Raises:
        KnownProblem: ``import-file-unreadable``, ``import-file-large``, ``import-file-empty``,
            ``import-file-xls``, ``import-...`` of its kind.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise KnownProblem(
                "import-file-large", file=path.name, megabytes=size >> 20, most=MOST_BYTES >> 20
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("import-file-unreadable", path=str(path), reason=reason) from error
    if not raw.strip():
        raise KnownProblem("import-file-empty", file=path.name)
    if raw.startswith(_OLD_OFFICE):
        raise KnownProblem("import-file-xls", file=path.name)
    table = read_xlsx(raw) if raw.startswith(_ZIP) else read_csv(raw)
    return TableFile(path.name, hashlib.sha256(raw).hexdigest(), table)
