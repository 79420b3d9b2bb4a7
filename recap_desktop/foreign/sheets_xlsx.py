"""Sheets as a workbook (XLSX): what is printed, as numbers that a spreadsheet can go on with."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.papers.sheets import MARK, Sheet, add

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from recap_desktop.election.papers.annexes import Annex, Listing
    from recap_desktop.election.papers.arrangements import Row
    from recap_desktop.election.papers.faces import Face

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run when it is typed again, or comes back by way of a CSV."""

_LONGEST_TAB = 31
_NOT_IN_TAB = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FOLIO = 14
"""The paper that is next to F4 among those a spreadsheet knows."""

_BEFORE = 3
"""Columns before the figures: NO, URAIAN, and L/P/JML."""

_UNITS_A_PAGE = 16
_NUMBER, _LABEL, _LINE, _FIGURE, _LISTED = 5, 52, 6, 11, 24
"""Widths of columns, in digits."""

_PLAIN = "#,##0"
_DIFFERENCE = "+#,##0;-#,##0;0"
_MARKED = f'{_PLAIN}"{MARK}"'
_HEAD = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
_SECTION = {"bold": True, "bg_color": "#E4E4E4"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the total of a unit stands: its tab, its column, and the row of each cell."""

    tab: str
    column: int
    rows: Mapping[str, int]


def sheets_xlsx(
    papers: Sequence[Sheet | Annex], progress: Mapping[str, str], *, made: dt.datetime
) -> bytes:
    """A book of papers as a workbook: the widest unit first, then a tab for each unit, the annex.

    A figure is a number, a blank stays empty, a sum is a formula with its value beside it: the
    total of a unit adds up its columns, and the sheet above takes it from there. What is typed
    stays as it is typed, also where the form prints a sum: L + P, or a row that adds up others.
    Beside the table, and not printed, such a sum is made again from JUMLAH AKHIR of its parts, with
    what the paper differs from it. A sum that leaves out blank cells bears the mark of the paper.
    The same input gives the same bytes.

    Args:
        papers: as they are printed.
        progress: code of a unit -> how many of how many TPS are read, as a sentence.
        made: when, as the properties of the file say.
    """
    # Takes a while to import, and most runs of the program write none.
    from xlsxwriter import Workbook  # noqa: PLC0415 - see above

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": made.astimezone(dt.UTC).replace(tzinfo=None)})
        writer = _Writer(book, progress)
        sheets = [paper for paper in papers if isinstance(paper, Sheet)]
        annexes = [paper for paper in papers if not isinstance(paper, Sheet)]
        # The widest is read first but takes its figures from the others.
        widest = min(sheets, key=lambda sheet: len(sheet.code), default=None)
        pages = [(sheet, writer.tab(sheet.face, _tab(sheet))) for sheet in _first(sheets, widest)]
        for sheet, tab in sorted(pages, key=lambda page: -len(page[0].code)):
            writer.add_sheet(sheet, tab)
        for annex in annexes:
            writer.add_annex(annex, writer.tab(annex.face, annex.face.name))
    return target.getvalue()


def _first(sheets: Sequence[Sheet], first: Sheet | None) -> Iterator[Sheet]:
    if first is not None:
        yield first
    yield from (sheet for sheet in sheets if sheet is not first)


def _tab(sheet: Sheet) -> str:
    """A desa by its bare name; a kecamatan may be called as one of them is."""
    is_desa = level_of(sheet.code) is Level.DESA
    return sheet.face.place[-1][1] if is_desa else sheet.face.name


def _spans(rows: Sequence[int], column: int) -> str:
    """Cells of a column as ranges: ``T10:T17,T20``; a function takes 255 of them, no more."""
    from xlsxwriter.utility import xl_range  # noqa: PLC0415 - heavy, as below

    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ",".join(xl_range(first, column, last, column) for first, last in spans)


class _Writer:
    """Writes sheet after sheet into one workbook."""

    def __init__(self, book: Workbook, progress: Mapping[str, str]) -> None:
        self._book = book
        self._progress = progress
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._tabs: set[str] = set()
        self._places: dict[str, _Place] = {}

    def tab(self, face: Face, name: str) -> Worksheet:
        """A new worksheet under a name that a spreadsheet allows, set up for printing."""
        free = _NOT_IN_TAB.sub(" ", name).strip("' ")[:_LONGEST_TAB].strip("' ") or "1"
        number = 1
        while free.casefold() in self._tabs:
            number += 1
            tail = f" {number}"
            free = free.removesuffix(f" {number - 1}")[: _LONGEST_TAB - len(tail)] + tail
        self._tabs.add(free.casefold())
        tab = self._book.add_worksheet(free)
        tab.set_landscape()
        tab.set_paper(_FOLIO)
        tab.set_margins(0.4, 0.4, 0.5, 0.6)
        # An ampersand in a footer begins a command.
        tab.set_footer(f"&L{face.name.replace('&', '&&')}&R&P / &N")
        return tab

    def _format(self, **wanted: object) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(wanted))
        return self._formats[key]

    def _text(self, tab: Worksheet, at: tuple[int, int], text: str, **wanted: object) -> None:
        """A text, never a formula nor a link; one that looks like a formula is marked as text."""
        if not text:
            tab.write_blank(*at, None, self._format(**wanted))
            return
        if text.startswith(_FORMULA):
            wanted["quote_prefix"] = True
        tab.write_string(*at, text, self._format(**wanted))

    # Sheets

    def add_sheet(self, sheet: Sheet, tab: Worksheet) -> None:
        """Write a sheet: what it is, the heads of its columns, its rows, its notes."""
        top = self._write_face(tab, sheet.face, self._progress.get(sheet.code, ""))
        total = _BEFORE + len(sheet.units)
        self._write_heads(tab, sheet, top)
        row = first = top + 2
        rows: dict[str, int] = {}
        for section in sheet.arrangement.sections:
            if section.title:
                self._text(tab, (row, 0), section.number, **_SECTION)
                self._text(tab, (row, 1), section.title, **_SECTION)
                for column in range(2, total + 1):
                    tab.write_blank(row, column, None, self._format(**_SECTION))
                row += 1
            for printed in section.rows:
                row = self._write_row(tab, sheet, printed, at=row, rows=rows)
        self._write_sums(tab, sheet, rows)
        self._places[sheet.code] = _Place(tab.get_name(), total, rows)
        last = row - 1
        for note in sheet.notes:
            row += 1
            self._text(tab, (row, 0), note)
            last = row
        last = self._write_signatures(tab, sheet.face, last + 1)
        tab.freeze_panes(first, _BEFORE)
        tab.repeat_rows(top, top + 1)
        tab.repeat_columns(0, _BEFORE - 1)
        tab.print_area(0, 0, last, total)
        tab.fit_to_pages(-(-(len(sheet.units) + 1) // _UNITS_A_PAGE), 0)

    def _write_face(self, tab: Worksheet, face: Face, progress: str) -> int:
        """The lines above the table; the row after them."""
        standing = " \N{MIDDLE DOT} ".join(text for text in (*face.notices, progress) if text)
        self._text(tab, (0, 0), face.name, bold=True, font_size=14)
        self._text(tab, (1, 0), standing, bold=True, font_color="#B00020")
        self._text(tab, (2, 0), " ".join(title.text for title in face.titles))
        self._text(tab, (3, 0), "; ".join(f"{label} {value}" for label, value in face.place))
        self._text(tab, (4, 0), "; ".join((*face.heads, face.entry)))
        return 5

    def _write_heads(self, tab: Worksheet, sheet: Sheet, row: int) -> None:
        units = [(column.head, column.remark) for column in sheet.units]
        heads = [
            (sheet.words.number, ""),
            (sheet.words.label, ""),
            ("", ""),
            *units,
            (sheet.words.total, ""),
            (sheet.words.recount, ""),
            (sheet.words.difference, ""),
        ]
        for column, (head, remark) in enumerate(heads):
            self._text(tab, (row, column), head, **_HEAD)
            self._text(tab, (row + 1, column), remark, **{**_HEAD, "bold": False, "italic": True})
        widths = (_NUMBER, _LABEL, _LINE)
        for column in range(len(heads)):
            tab.set_column(column, column, widths[column] if column < _BEFORE else _FIGURE)

    def _write_row(
        self, tab: Worksheet, sheet: Sheet, printed: Row, *, at: int, rows: dict[str, int]
    ) -> int:
        """One row with its lines; the row after it."""
        label = " / ".join(printed.labels)
        label = f"{label} {printed.note}".strip()
        style = {"bold": True} if printed.bold else {}
        self._text(tab, (at, 0), printed.number, **style)
        self._text(tab, (at, 1), label, text_wrap=True, valign="top", **style)
        for line in printed.lines:
            rows[line.cell] = at
            self._text(tab, (at, 2), line.word, **style)
            self._write_figures(tab, sheet, line.cell, at=at, style=style)
            at += 1
        return at if printed.lines else at + 1

    def _write_figures(
        self, tab: Worksheet, sheet: Sheet, cell: str, *, at: int, style: Mapping[str, object]
    ) -> None:
        from xlsxwriter.utility import xl_range  # noqa: PLC0415 - heavy, as above

        end = _BEFORE + len(sheet.units)
        plain, marked = (self._format(num_format=code, **style) for code in (_PLAIN, _MARKED))
        for column, (unit, figure) in enumerate(
            zip(sheet.units, sheet.figures[cell], strict=True), start=_BEFORE
        ):
            if figure.value is None:
                continue
            shown = marked if unit.is_sum and figure.blanks else plain
            formula = self._taken_from(unit.code, cell)
            if formula:
                tab.write_formula(at, column, formula, shown, figure.value)
            else:
                tab.write_number(at, column, figure.value, shown)
        total = add(sheet.figures[cell])
        if total.value is not None:
            code = _MARKED if total.blanks else _PLAIN
            shown = self._format(num_format=code, **{**style, "bold": True})
            added = xl_range(at, _BEFORE, at, end - 1)
            tab.write_formula(at, end, f"=SUM({added})", shown, total.value)

    def _write_sums(self, tab: Worksheet, sheet: Sheet, rows: Mapping[str, int]) -> None:
        """Beside JUMLAH AKHIR: what the form adds up, added up again, and the difference."""
        from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - heavy, as above

        end = _BEFORE + len(sheet.units)
        totals = sheet.totals
        for cell, parts in sheet.sums.items():
            total = totals[cell].value if cell in rows else None
            known = [totals[part].value for part in parts if part in rows]
            added_up = [value for value in known if value is not None]
            if total is None or len(added_up) < len(parts):
                # Of a part that is blank everywhere nobody knows what it adds.
                continue
            at, again = rows[cell], sum(added_up)
            plain = self._format(num_format=_PLAIN)
            added = f"=SUM({_spans([rows[part] for part in parts], end)})"
            tab.write_formula(at, end + 1, added, plain, again)
            theirs, ours = (xl_rowcol_to_cell(at, column) for column in (end, end + 1))
            shown = self._format(num_format=_DIFFERENCE, bold=True)
            tab.write_formula(at, end + 2, f"={theirs}-{ours}", shown, total - again)

    def _write_signatures(self, tab: Worksheet, face: Face, row: int) -> int:
        """Who signs the paper, with a remark where nobody does; the last row that is written."""
        if face.unsigned:
            self._text(tab, (row + 1, 0), face.unsigned, italic=True)
            return row + 1
        if face.decided:
            row += 1
            self._text(tab, (row, 0), face.decided)
        for block in face.signatures:
            row += 1
            self._text(tab, (row, 0), block.title, bold=True)
            for box in block.boxes:
                row += 1
                who = " / ".join(box.headings)
                said = " - ".join(text for text in (box.name, box.remark) if text)
                for column, text in enumerate((box.number, f"{who}: {said}" if said else who)):
                    self._text(tab, (row, column), text, text_wrap=True, valign="top")
        return row

    def _taken_from(self, code: str, cell: str) -> str:
        """The formula that takes a total from the tab of its unit; empty where there is none."""
        from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - heavy, as above

        place = self._places.get(code)
        if place is None or cell not in place.rows:
            return ""
        name = place.tab.replace("'", "''")
        return f"='{name}'!{xl_rowcol_to_cell(place.rows[cell], place.column)}"

    # The annex

    def add_annex(self, annex: Annex, tab: Worksheet) -> None:
        """Write the lists of an annex below each other."""
        row = self._write_face(tab, annex.face, self._progress.get(annex.code, "")) + 1
        widest = max((len(listing.heads) for listing in annex.listings), default=1)
        tab.set_column(0, widest - 1, _LISTED)
        for listing in annex.listings:
            row = self._write_listing(tab, listing, row) + 1
        tab.print_area(0, 0, max(row - 1, 0), widest - 1)
        tab.fit_to_pages(1, 0)

    def _write_listing(self, tab: Worksheet, listing: Listing, row: int) -> int:
        self._text(tab, (row, 0), listing.title, bold=True)
        for column, head in enumerate(listing.heads):
            self._text(tab, (row + 1, column), head, **_HEAD)
        row += 2
        if not listing.entries:
            self._text(tab, (row, 0), listing.empty)
            return row + 1
        for entry in listing.entries:
            for column, item in enumerate(entry):
                text = (
                    f"{item.struck} \N{RIGHTWARDS ARROW} {item.text}" if item.struck else item.text
                )
                self._text(tab, (row, column), text, text_wrap=True, valign="top")
            row += 1
        return row
