"""Sheets as a workbook (XLSX): what is printed, as numbers that a spreadsheet can go on with."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.papers.sheets import MARK, ColumnKind, Sheet, add
from recap_desktop.foreign.xlsx_measures import (
    NARROWEST,
    figure_width,
    height_of,
    lines_of,
    spans_of,
)
from recap_desktop.foreign.xlsx_tabs import Across, Tabs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from recap_desktop.election.papers.annexes import Annex, Listing
    from recap_desktop.election.papers.arrangements import Row
    from recap_desktop.election.papers.faces import Face

_Style: TypeAlias = "Mapping[str, object]"

_BEFORE = 3
"""Columns before the figures: NO, URAIAN, and L/P/JML."""

_UNITS_A_PAGE = 16
_NUMBER, _LABEL, _LINE, _LISTED, _ANNEX = 6, 52, 6, 46, 150
"""Widths of columns, of those of lists at most, and of all of a list, in digits."""

_PLAIN = "#,##0"
_DIFFERENCE = "+#,##0;-#,##0;0"
_MARKED = f'{_PLAIN}"{MARK}"'
_HEAD = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
_SECTION: _Style = {"bold": True, "bg_color": "#E4E4E4", "valign": "vcenter"}
_PARTY: _Style = {"bold": True, "bg_color": "#404040", "font_color": "#FFFFFF"}


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


def _listed(annex: Annex) -> list[float]:
    """Widths of the columns that all lists of an annex share, as wide as one of them asks for."""
    widths: list[float] = []
    for listing in annex.listings:
        for column, share in enumerate(listing.shares):
            wanted = min(share / sum(listing.shares) * _ANNEX, _LISTED)
            if column < len(widths):
                widths[column] = max(widths[column], wanted)
            else:
                widths.append(wanted)
    return widths


def _most_lines(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> int:
    return max(lines_of(text, width, bold=bold) for text, width in zip(texts, widths, strict=False))


class _Writer(Tabs):
    """Writes sheet after sheet into one workbook."""

    def __init__(self, book: Workbook, progress: Mapping[str, str]) -> None:
        super().__init__(book)
        self._progress = progress
        self._places: dict[str, _Place] = {}

    # Sheets

    def add_sheet(self, sheet: Sheet, tab: Worksheet) -> None:
        """Write a sheet: what it is, the heads of its columns, its rows, its notes."""
        total = _BEFORE + len(sheet.units)
        figure = figure_width(sheet)
        widths = [_NUMBER, _LABEL, _LINE, *[figure] * (len(sheet.units) + 3)]
        for column, width in enumerate(widths):
            tab.set_column(column, column, width)
        across = self.across(widths[: total + 1])
        top = self._write_face(tab, sheet.face, self._progress.get(sheet.code, ""), across)
        row = first = self._write_heads(tab, sheet, top, widths)
        rows: dict[str, int] = {}
        for section in sheet.arrangement.sections:
            if section.title:
                self._write_heading(tab, (section.number, section.title), row, total, _SECTION)
                row += 1
            for printed in section.rows:
                row = self._write_row(tab, sheet, printed, at=row, rows=rows)
        self._write_sums(tab, sheet, rows)
        self._places[sheet.code] = _Place(tab.get_name(), total, rows)
        last = row - 1
        for note in sheet.notes:
            row += 1
            self._write_line(tab, row, note, across)
            last = row
        last = self._write_signatures(tab, sheet.face, last + 1, across)
        tab.freeze_panes(first, _BEFORE)
        tab.repeat_rows(top, first - 1)
        tab.repeat_columns(0, _BEFORE - 1)
        tab.print_area(0, 0, last, total)
        tab.fit_to_pages(-(-(len(sheet.units) + 1) // _UNITS_A_PAGE), 0)

    def _write_face(self, tab: Worksheet, face: Face, progress: str, across: Across) -> int:
        """The lines above the table; the row after them."""
        standing = " \N{MIDDLE DOT} ".join(text for text in (*face.notices, progress) if text)
        model = " ".join(face.model)
        titles = " ".join(title.text for title in face.titles)
        self._write_line(tab, 0, face.name, across, bold=True, font_size=14)
        self._write_line(tab, 1, standing, across, bold=True, font_color="#B00020")
        self._write_line(tab, 2, f"{model}: {titles}", across, bold=True)
        place = "; ".join(f"{label} {value}" for label, value in face.place)
        self._write_line(tab, 3, place, across)
        self._write_line(tab, 4, "; ".join((*face.heads, face.entry)), across)
        return 5

    def _write_heads(self, tab: Worksheet, sheet: Sheet, top: int, widths: Sequence[float]) -> int:
        """Names of the columns, why one is empty, and the row of column numbers; the row after."""
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
        remark = {**_HEAD, "bold": False, "italic": True}
        numbered = {**_HEAD, "bold": False, "font_size": 8, "bottom": 6}
        for column, (head, why) in enumerate(heads):
            self._text(tab, (top, column), head, **_HEAD)
            self._text(tab, (top + 1, column), why, **remark)
            if column < len(heads) - 2:
                tab.write_number(top + 2, column, column + 1, self._format(**numbered))
        for row, at in ((top, 0), (top + 1, 1)):
            lines = (
                lines_of(head[at], width, bold=True)
                for head, width in zip(heads, widths, strict=True)
            )
            tab.set_row(row, height_of(max(lines)))
        if not any(why for _, why in heads):
            tab.set_row(top + 1, None, None, {"hidden": True})
        return top + 3

    def _write_heading(
        self, tab: Worksheet, texts: tuple[str, str], row: int, total: int, style: _Style
    ) -> None:
        """A title that lies over the whole table."""
        for column in range(total + 1):
            edges = {
                "top": 1,
                "bottom": 1,
                "left": int(column < len(texts)),
                "right": int(column == total),
            }
            text = texts[column] if column < len(texts) else ""
            self._text(tab, (row, column), text, **style, **edges)
        bold = bool(style.get("bold"))
        lines = lines_of(texts[1], _LABEL + _LINE + NARROWEST * (total - 2), bold=bold)
        tab.set_row(row, height_of(lines))

    def _write_row(
        self, tab: Worksheet, sheet: Sheet, printed: Row, *, at: int, rows: dict[str, int]
    ) -> int:
        """One row with its lines; the row after it."""
        label = f"{' / '.join(printed.labels)} {printed.note}".strip()
        style: dict[str, object] = {"bold": True} if printed.bold else {}
        if not printed.lines:
            shade = _PARTY if printed.dark else style
            self._write_heading(tab, (printed.number, label), at, _BEFORE + len(sheet.units), shade)
            return at + 1
        lines = lines_of(label, _LABEL, bold=printed.bold)
        last = at + len(printed.lines) - 1
        boxed = {**style, "border": 1, "text_wrap": True, "valign": "vcenter"}
        for column, text in enumerate((printed.number, label)):
            if last > at:
                tab.merge_range(at, column, last, column, "", self._format(**boxed))
            self._text(tab, (at, column), text, **boxed)
        for row, line in enumerate(printed.lines, start=at):
            rows[line.cell] = row
            self._text(
                tab, (row, 2), line.word, **style, align="center", valign="vcenter", border=1
            )
            self._write_figures(
                tab, sheet, line.cell, at=row, style={**style, "border": 1, "valign": "vcenter"}
            )
            tab.set_row(row, height_of(max(1, -(-lines // len(printed.lines)))))
        return last + 1

    def _write_figures(
        self, tab: Worksheet, sheet: Sheet, cell: str, *, at: int, style: Mapping[str, object]
    ) -> None:
        from xlsxwriter.utility import xl_range  # noqa: PLC0415 - heavy, as above

        end = _BEFORE + len(sheet.units)
        plain, marked = (self._format(num_format=code, **style) for code in (_PLAIN, _MARKED))
        for column, (unit, figure) in enumerate(
            zip(sheet.units, sheet.figures[cell], strict=True), start=_BEFORE
        ):
            shown = marked if unit.is_sum and figure.blanks else plain
            if unit.kind is ColumnKind.DIFFERENCE:
                shown = self._format(num_format=_DIFFERENCE, **style)
            if figure.value is None:
                tab.write_blank(at, column, None, plain)
                continue
            formula = self._taken_from(unit.code, cell)
            if formula:
                tab.write_formula(at, column, formula, shown, figure.value)
            else:
                tab.write_number(at, column, figure.value, shown)
        total = add(sheet.figures[cell])
        code = _MARKED if total.blanks else _PLAIN
        shown = self._format(num_format=code, **{**style, "bold": True})
        if total.value is None:
            tab.write_blank(at, end, None, shown)
        else:
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
            added = f"=SUM({spans_of([rows[part] for part in parts], end)})"
            tab.write_formula(at, end + 1, added, plain, again)
            theirs, ours = (xl_rowcol_to_cell(at, column) for column in (end, end + 1))
            shown = self._format(num_format=_DIFFERENCE, bold=True)
            tab.write_formula(at, end + 2, f"={theirs}-{ours}", shown, total - again)

    def _write_signatures(self, tab: Worksheet, face: Face, row: int, across: Across) -> int:
        """Who signs the paper, with a remark where nobody does; the last row that is written."""
        if face.unsigned:
            self._write_line(tab, row + 1, face.unsigned, across, italic=True)
            return row + 1
        if face.decided:
            row += 1
            self._write_line(tab, row, face.decided, across)
        for block in face.signatures:
            row += 1
            self._write_line(tab, row, block.title, across, bold=True)
            for box in block.boxes:
                row += 1
                who = " / ".join(box.headings)
                said = " - ".join(text for text in (box.name, box.remark) if text)
                signer = f"{who}: {said}" if said else who
                for column, text in enumerate((box.number, signer)):
                    self._text(tab, (row, column), text, text_wrap=True, valign="top")
                tab.set_row(row, height_of(lines_of(signer, _LABEL)))
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
        widths = _listed(annex)
        for column, width in enumerate(widths):
            tab.set_column(column, column, width)
        across = self.across(widths)
        row = self._write_face(tab, annex.face, self._progress.get(annex.code, ""), across) + 1
        for listing in annex.listings:
            row = self._write_listing(tab, listing, row, widths) + 1
        tab.print_area(0, 0, max(row - 1, 0), len(widths) - 1)
        tab.fit_to_pages(1, 0)

    def _write_listing(
        self, tab: Worksheet, listing: Listing, row: int, widths: Sequence[float]
    ) -> int:
        self._text(tab, (row, 0), listing.title, bold=True)
        for column, head in enumerate(listing.heads):
            self._text(tab, (row + 1, column), head, **_HEAD)
        tab.set_row(row + 1, height_of(_most_lines(listing.heads, widths, bold=True)))
        row += 2
        if not listing.entries:
            self._text(tab, (row, 0), listing.empty)
            return row + 1
        for entry in listing.entries:
            texts = [
                f"{item.struck} \N{RIGHTWARDS ARROW} {item.text}" if item.struck else item.text
                for item in entry
            ]
            for column, text in enumerate(texts):
                self._text(tab, (row, column), text, text_wrap=True, valign="top", border=1)
            tab.set_row(row, height_of(_most_lines(texts, widths)))
            row += 1
        return row
