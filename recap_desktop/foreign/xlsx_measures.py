"""How wide texts are in a spreadsheet, and how high the rows that hold them must be.

A spreadsheet measures columns in digits of its font. Nobody measures a row for a file that is
written by a program: Excel does when it opens it, others show lines on top of each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.papers.sheets import MARK
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.papers.sheets import Sheet

NARROWEST, WIDEST = 9, 20
"""Of columns of figures, in digits."""

LINE = 15.0
"""Height of a line of the usual font, in points."""

_CAPITAL, _NARROW, _OTHER = 1.25, 0.55, 1.0
_NARROW_LETTERS = frozenset("iljtfI.,:;'()|/- ")
_BOLD = 1.08


def width_of(text: str, *, bold: bool = False) -> float:
    """How wide a text is on one line, in digits; rather too wide than too narrow."""
    width = sum(
        _NARROW if letter in _NARROW_LETTERS else _CAPITAL if letter.isupper() else _OTHER
        for letter in text
    )
    return width * _BOLD if bold else width


def lines_of(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column that is so many digits wide."""
    lines, used, space = 1, 0.0, _NARROW
    for word in text.split():
        wide = width_of(word, bold=bold)
        if used and used + space + wide > width:
            lines, used = lines + 1, wide
        else:
            used += (space if used else 0.0) + wide
        while used > width:
            lines, used = lines + 1, used - width
    return lines


def height_of(lines: int) -> float:
    """How high a row of so many lines is, in points."""
    return lines * LINE


def figure_width(sheet: Sheet) -> float:
    """As wide as the longest word above a column, and as the largest total."""
    words = [word for unit in sheet.units for word in f"{unit.head} {unit.remark}".split()]
    words += sheet.words.total.split()
    largest = max((total.value or 0 for total in sheet.totals.values()), default=0)
    wanted = max(width_of(word, bold=True) for word in (*words, f"{number_text(largest)}{MARK}"))
    return min(max(wanted + 1, NARROWEST), WIDEST)


def spans_of(rows: Sequence[int], column: int) -> str:
    """Cells of a column as ranges: ``T10:T17,T20``; a function takes 255 of them, no more."""
    from xlsxwriter.utility import xl_range  # noqa: PLC0415 - heavy, as below

    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ",".join(xl_range(first, column, last, column) for first, last in spans)
