"""The table of a page: its head of three lines, its rows and rules, and the figures in them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.papers.sheets import MARK
from recap_desktop.paper.flow import PAD
from recap_desktop.paper.fonts import (
    BOLD,
    REGULAR,
    Type,
)
from recap_desktop.paper.pen import FRAME, RULE, STRONG, FigureText, Pen, Stroke
from recap_desktop.paper.table_types import DOUBLE, NUMBERS, head_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recap_desktop.election.papers.arrangements import Line
    from recap_desktop.election.papers.sheets import Block, Column, TableWords
    from recap_desktop.paper.flow import Box, Page, Widths
    from recap_desktop.paper.settings import Measures
    from recap_desktop.paper.table_types import Figures, Head, HeadTypes

DIGITS = 3
"""A figure of a TPS has three digits at most."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a page at its place: everything but its figures is equal for equal tables.

    Attributes:
        dark: whether heads of parties are white on black.
        digits: boxes for digits in every cell; 0 for none.
    """

    page: Page
    words: TableWords
    table: Widths
    head: Head
    top: float
    left: float
    dark: bool
    digits: int = 0

    @property
    def body_top(self) -> float:
        """Where the rows begin."""
        return self.top - self.head.height

    @property
    def bottom(self) -> float:
        """Where the rows end."""
        return self.body_top - self.page.height

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.table.total

    def column_left(self, index: int) -> float:
        """Left edge of a figure column."""
        return self.left + self.table.left_of(index)

    @property
    def rows(self) -> Iterator[tuple[Box, float, float]]:
        """Every box with its top and its height."""
        y = self.body_top
        for box in self.page.boxes:
            height = box.height * self.page.stretch
            yield box, y, height
            y -= height


def draw_static(pen: Pen, table: Table, measures: Measures) -> None:
    """Draw the rules, labels, words and column numbers of a table."""
    _draw_dark(pen, table)
    _draw_head(pen, table, measures)
    _draw_rules(pen, table)
    for box, top, height in table.rows:
        _draw_label(pen, table, box, measures, top=top, height=height)
    pen.box(
        table.left,
        table.bottom,
        table.table.total,
        height=table.top - table.bottom,
        weight=FRAME,
    )


def _draw_dark(pen: Pen, table: Table) -> None:
    for box, top, height in table.rows:
        if table.dark and box.dark:
            pen.canvas.setFillGray(0)
            pen.canvas.rect(table.left, top - height, table.table.total, height, stroke=0, fill=1)


def _draw_head(pen: Pen, table: Table, measures: Measures) -> None:
    bold = Type(BOLD, measures.size)
    widths, words = table.table, table.words
    label_left = table.left + widths.number
    figures_left = table.left + widths.before_figures
    first = table.top - table.head.first / 2 - bold.cap / 2
    pen.centred(bold, table.left + widths.number / 2, first, texts=(words.number,))
    pen.centred(bold, (label_left + figures_left) / 2, first, texts=(words.label,))
    pen.centred(bold, (figures_left + table.right) / 2, first, texts=(words.figures,))
    second = table.top - table.head.first
    middle = second - table.head.second / 2
    pen.centred(
        bold, table.left + widths.number / 2, middle - bold.cap / 2, texts=(table.page.number,)
    )
    lines = bold.wrap(table.page.title, widths.label + widths.line - 2 * PAD)
    base = middle - bold.cap / 2 + (len(lines) - 1) * bold.leading / 2
    pen.column(bold, label_left + PAD, base, texts=lines)
    _draw_column_numbers(pen, table, second - table.head.second - DOUBLE)
    above, below = second - table.head.second, table.body_top
    pen.rules(
        [
            (table.left, y, table.right, y)
            for y in (second, above, above - DOUBLE, below + DOUBLE, below)
        ],
        RULE,
    )


def _draw_column_numbers(pen: Pen, table: Table, top: float) -> None:
    kind = Type(REGULAR, 7)
    widths = table.table
    base = top - NUMBERS / 2 - kind.cap / 2
    line = table.left + widths.number + widths.label
    edges = [
        table.left,
        table.left + widths.number,
        *((line,) if widths.line else ()),
        *(table.column_left(index) for index in range(len(widths.columns) + 1)),
    ]
    for number, (left, right) in enumerate(itertools.pairwise(edges), start=1):
        pen.centred(kind, (left + right) / 2, base, texts=(str(number),))
    if widths.line:
        pen.rules([(line, top, line, top - NUMBERS)], RULE)


def _draw_rules(pen: Pen, table: Table) -> None:
    left, right = table.left, table.right
    label = left + table.table.number
    line_left = label + table.table.label
    rules: list[Stroke] = []
    strong: list[Stroke] = []
    dotted: list[Stroke] = []
    for index, (box, top, height) in enumerate(table.rows):
        row = box.row
        if index:
            start = label if row and row.inner else left
            (rules if row else strong).append((start, top, right, top))
        if row is None:
            rules.append((left, top - height, right, top - height))
            continue
        if len(row.lines) > 1:
            rules.append((line_left, top, line_left, top - height))
            step = height / len(row.lines)
            dotted += [
                (line_left, top - step * part, right, top - step * part)
                for part in range(1, len(row.lines))
            ]
    pen.dotted(dotted)
    pen.rules(rules, RULE)
    pen.rules(strong, STRONG)
    _draw_columns(pen, table)


def _draw_columns(pen: Pen, table: Table) -> None:
    """Verticals: broken by headings, which lie across the whole table."""
    label = table.left + table.table.number
    count = len(table.table.columns)
    inner = [table.column_left(index) for index in range(count)]
    heavy = {count - 1} | ({1} if table.head.carried else set())
    second = table.top - table.head.first
    for weight, chosen in ((RULE, False), (STRONG, True)):
        pen.rules(
            [
                (x, top, x, bottom)
                for index, x in enumerate(inner)
                for top, bottom in ((second, table.body_top), *_figure_spans(table, index))
                if (index in heavy) is chosen
            ],
            weight,
        )
    pen.rules([(inner[0], table.top, inner[0], second)], RULE)
    pen.rules(list(_between_digits(table)), RULE)
    pen.rules([(label, table.top, label, table.bottom)], RULE)


def _between_digits(table: Table) -> Iterator[Stroke]:
    """Every cell of a C.HASIL has a box for each digit (C.HASIL 2024, C1-KWK 2015)."""
    for index, width in enumerate(table.table.columns):
        for top, bottom in _figure_spans(table, index):
            for digit in range(1, table.digits):
                x = table.column_left(index) + width * digit / table.digits
                yield x, top, x, bottom


def _figure_spans(table: Table, index: int) -> list[tuple[float, float]]:
    """From where to where a figure column is open."""
    spans: list[tuple[float, float]] = []
    for box, top, height in table.rows:
        if box.row is None or not box.row.lines or index < box.row.closed:
            continue
        if spans and abs(spans[-1][1] - top) < 0.01:  # noqa: PLR2004 - the same place
            spans[-1] = (spans[-1][0], top - height)
        else:
            spans.append((top, top - height))
    return spans


def _draw_label(
    pen: Pen, table: Table, box: Box, measures: Measures, *, top: float, height: float
) -> None:
    row = box.row
    bold = Type(BOLD, measures.size)
    plain = Type(REGULAR, measures.size)
    label = table.left + table.table.number
    first = _first_base(box, plain, top, height)
    dark = table.dark and box.dark
    if dark:
        pen.canvas.setFillGray(1)
    number = box.number if row is None else row.number
    kind = bold if row is None or row.bold else plain
    if row is not None and row.inner:
        pen.text(kind, [(label + PAD, first, number)])
    elif number:
        pen.centred(kind, table.left + table.table.number / 2, first, texts=(number,))
    left = label + PAD + box.indent
    for piece in box.pieces:
        pen.text(piece.kind, [(left + piece.x, first - piece.line * plain.leading, piece.text)])
    if dark:
        pen.canvas.setFillGray(0)
    if row is None:
        return
    middle = label + table.table.label + table.table.line / 2
    for line, y in _line_bases(box, plain, top, height):
        if line.word:
            last = line is row.lines[-1]
            small = Type(BOLD if last or row.bold else REGULAR, measures.size - 0.6)
            pen.centred(small, middle, y, texts=(line.word,))


def _first_base(box: Box, kind: Type, top: float, height: float) -> float:
    return top - height / 2 - kind.cap / 2 + (box.label_lines - 1) * kind.leading / 2


def _line_bases(box: Box, kind: Type, top: float, height: float) -> Iterator[tuple[Line, float]]:
    assert box.row is not None
    step = height / max(len(box.row.lines), 1)
    for index, line in enumerate(box.row.lines):
        yield line, top - step * (index + 0.5) - kind.cap / 2


def draw_heads(pen: Pen, table: Table, columns: Sequence[Column], types: HeadTypes) -> None:
    """Set the names of the columns."""
    middle = table.top - table.head.first - table.head.second / 2
    for index, column in enumerate(columns):
        width = table.table.columns[index]
        x = table.column_left(index) + width / 2
        lines = head_lines(column, types, width)
        y = middle + sum(kind.leading for kind, _ in lines) / 2
        for kind, text in lines:
            y -= kind.leading
            pen.centred(kind, x, y + kind.leading * 0.24, texts=(text,))


def draw_figures(pen: Pen, table: Table, block: Block, figures: Figures) -> None:
    """Set every figure of a table, right in its column, the mark hanging beside it."""
    plain: list[tuple[float, float, str]] = []
    bold: list[tuple[float, float, str]] = []
    count = len(block.columns)
    edges = [
        table.column_left(index + 1) - figures.inset(width, is_sum=not column.code)
        for index, (column, width) in enumerate(
            zip(block.columns, table.table.columns, strict=True)
        )
    ]
    for box, top, height in table.rows:
        if box.row is None:
            continue
        for line, y in _line_bases(box, figures.plain, top, height):
            texts = block.texts(line.cell)
            for index, figure in enumerate(texts):
                if figure:
                    heavy = box.row.bold or index == count - 1
                    kind = figures.bold if heavy else figures.plain
                    x = edges[index] - kind.figure_width(figure.removesuffix(MARK))
                    (bold if heavy else plain).append((x, y, figure))
    text = FigureText(pen.canvas)
    text.put(figures.plain, plain)
    text.put(figures.bold, bold)
    pen.canvas.drawText(text)
