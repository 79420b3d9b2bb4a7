"""Tabs of a workbook and the texts in them: none is ever a formula, none lies on another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.foreign.xlsx_measures import height_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from recap_desktop.election.papers.faces import Face

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run when it is typed again, or comes back by way of a CSV."""

_LONGEST_TAB = 31
_NOT_IN_TAB = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FOLIO = 14
"""The paper that is next to F4 among those a spreadsheet knows."""

_SCREEN = 150
"""Digits beside each other on the screen of a laptop."""


@dataclass(frozen=True, slots=True)
class Across:
    """What lines of text lie over: the last of their columns, and how wide they are together."""

    last: int
    width: float


class Tabs:
    """The worksheets of one workbook."""

    def __init__(self, book: Workbook) -> None:
        """Into this workbook."""
        self._book = book
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._names: set[str] = set()

    def tab(self, face: Face, name: str) -> Worksheet:
        """A new worksheet under a name that a spreadsheet allows, set up for printing."""
        free = _NOT_IN_TAB.sub(" ", name).strip("' ")[:_LONGEST_TAB].strip("' ") or "1"
        number = 1
        while free.casefold() in self._names:
            number += 1
            tail = f" {number}"
            free = free.removesuffix(f" {number - 1}")[: _LONGEST_TAB - len(tail)] + tail
        self._names.add(free.casefold())
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

    def across(self, widths: Sequence[float]) -> Across:
        """What a line of text may lie over: not more than a screen shows beside each other."""
        columns, width = 0, 0.0
        while columns < len(widths) and width < _SCREEN:
            width += widths[columns]
            columns += 1
        return Across(columns - 1, width)

    def _write_line(
        self, tab: Worksheet, row: int, text: str, across: Across, **wanted: object
    ) -> None:
        """A text over the columns of a table, as high as it needs."""
        bold = bool(wanted.get("bold"))
        lines = lines_of(text, across.width, bold=bold) if text else 1
        large = wanted.get("font_size") is not None
        tab.set_row(row, height_of(lines) * (1.3 if large else 1))
        wanted |= {"text_wrap": True, "valign": "top"}
        if across.last:
            tab.merge_range(row, 0, row, across.last, "", self._format(**wanted))
        self._text(tab, (row, 0), text, **wanted)
