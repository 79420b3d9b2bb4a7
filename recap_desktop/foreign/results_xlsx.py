"""Results as one workbook (XLSX): what it is of, the sums of units, every TPS, what was decided above them.

For whoever goes on with the figures in a spreadsheet: a figure is a number, a blank stays empty.
The same results give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.foreign.results_tables import (
    DIFFERENCE_KEYS,
    PAPER_KEYS,
    STATION_KEYS,
    UNIT_KEYS,
    difference_rows,
    paper_rows,
    station_rows,
    unit_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from recap_desktop.election.figures.results import Results

MOST_FIGURES = 150_000
"""Of more figures of TPS the workbook holds the sums of units only: a spreadsheet opens slowly,
and the table of all TPS lies beside it."""

_ABOUT, _UNITS, _STATIONS, _DIFFERENCES, _PAPERS = (
    "Keterangan",
    "Jumlah",
    "TPS",
    "Selisih",
    "Kertas",
)
_WIDTH, _WIDE, _A4 = 14, 64, 9
_WIDTHS = {"nama": 28, "sel": 44, "alasan": 64, "diputuskan": 28}
_HEAD = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E4E4E4"}
_KEY = {"italic": True, "font_color": "#666666", "border": 1}


@dataclass(frozen=True, slots=True)
class Wording:
    """What a workbook says in words (kata-kata).

    Attributes:
        about: lines on the first tab: what each says, and its value.
        labels: cell -> what the form calls it.
        columns: other column -> its heading.
        left_out: said where the TPS are left out.
    """

    about: Sequence[tuple[str, str | int]]
    labels: Mapping[str, str]
    columns: Mapping[str, str]
    left_out: str


def results_xlsx(results: Results, wording: Wording) -> bytes:
    """The workbook of a contest's results."""
    # Takes a while to import, and most runs of the program write none.
    from xlsxwriter import Workbook  # noqa: PLC0415 - see above

    target = io.BytesIO()
    # Row by row, so that no table is held twice.
    with Workbook(target, {"constant_memory": True}) as book:
        made = dt.datetime.fromisoformat(results.stamp.time)
        book.set_properties({"created": made.astimezone(dt.UTC).replace(tzinfo=None)})
        _Writer(book, wording).write(results)
    return target.getvalue()


def has_stations(results: Results) -> bool:
    """Whether the workbook holds every TPS."""
    return len(results.stations) * len(results.columns) <= MOST_FIGURES


class _Writer:
    """Writes tab after tab."""

    def __init__(self, book: Workbook, wording: Wording) -> None:
        self._book = book
        self._wording = wording
        self._head, self._key, self._bold = map(book.add_format, (_HEAD, _KEY, {"bold": True}))
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._number = book.add_format({"num_format": "#,##0"})
        self._left = book.add_format({"num_format": "#,##0", "align": "left"})
        self._signed = book.add_format({"num_format": "+#,##0;-#,##0;0"})

    def write(self, results: Results) -> None:
        cells = tuple(results.columns)
        full = has_stations(results)
        self._about(None if full else self._wording.left_out)
        self._table(_UNITS, (*UNIT_KEYS, *cells), unit_rows(results), results)
        if full:
            self._table(_STATIONS, (*STATION_KEYS, *cells), station_rows(results), results)
        if results.differences:
            self._table(_DIFFERENCES, DIFFERENCE_KEYS, difference_rows(results), results)
        if results.papers:
            self._table(_PAPERS, PAPER_KEYS, paper_rows(results), results)

    def _tab(self, name: str) -> Worksheet:
        """A tab that is printed lying, as wide as its paper."""
        tab = self._book.add_worksheet(name)
        tab.set_landscape()
        tab.set_paper(_A4)
        tab.fit_to_pages(1, 0)
        return tab

    def _about(self, left_out: str | None) -> None:
        tab = self._tab(_ABOUT)
        tab.set_column(0, 0, _WIDE // 2)
        tab.set_column(1, 1, _WIDE, self._wrapped)
        lines: list[tuple[str, str | int]] = [*self._wording.about]
        if left_out:
            lines.append((left_out, ""))
        for row, (name, value) in enumerate(lines):
            tab.write_string(row, 0, name, self._bold)
            if isinstance(value, int):
                tab.write_number(row, 1, value, self._left)
            elif value:
                tab.write_string(row, 1, value, self._wrapped)

    def _table(
        self,
        name: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[str | int | None]],
        results: Results,
    ) -> None:
        """Two rows of headings, for people and for programs, then the rows."""
        tab = self._tab(name)
        tab.freeze_panes(2, 3)
        tab.repeat_rows(0, 1)
        tab.set_column(0, len(columns) - 1, _WIDTH)
        for at, column in enumerate(columns):
            if column in _WIDTHS:
                tab.set_column(at, at, _WIDTHS[column])
        for at, column in enumerate(columns):
            tab.write_string(0, at, self._title(column), self._head)
        for at, column in enumerate(columns):
            tab.write_string(1, at, column, self._key)
        for row, values in enumerate(rows, start=2):
            for at, value in enumerate(values):
                if isinstance(value, int):
                    tab.write_number(row, at, value, self._shown(columns[at]))
                elif value:
                    tab.write_string(row, at, self._said(columns[at], value, results))

    def _title(self, column: str) -> str:
        return self._wording.labels.get(column) or self._wording.columns[column]

    def _shown(self, column: str) -> Format:
        return self._signed if column == "selisih" else self._number

    def _said(self, column: str, value: str, results: Results) -> str:
        """The cell of a correction is called as on the form, behind its key."""
        if column == "sel" and value in results.columns:
            return f"{value} ({self._wording.labels[value]})"
        return value
