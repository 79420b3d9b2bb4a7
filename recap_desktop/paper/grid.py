"""The table of a page: its head of three lines, its rows and rules, and the figures in them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.papers.sheets import MARK, ColumnKind
from recap_desktop.election.wording import number_text
from recap_desktop.paper.flow import PAD
from recap_desktop.paper.fonts import (
    BOLD,
    CONDENSED,
    CONDENSED_BOLD,
    ITALIC,
    REGULAR,
    Type,
    largest,
    sizes,
)
from recap_desktop.paper.pen import FRAME, RULE, STRONG, FigureText, Pen, Stroke
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recap_desktop.election.papers.arrangements import Arrangement, Line
    from recap_desktop.election.papers.sheets import Block, Column, Sheet, TableWords
    from recap_desktop.paper.flow import Box, Page, Widths
    from recap_desktop.paper.settings import Measures

SMALLEST = 7.0
"""No figure is set smaller, in points."""

_NUMBERS = 2.7 * MM
_DOUBLE = 0.5 * MM
_HEAD_PAD = 1.0 * MM


@dataclass(frozen=True, slots=True)
class Figures:
    """The two types of all figures of a sheet, and the room its mark needs beside them."""

    plain: Type
    bold: Type
    hang: float


@dataclass(frozen=True, slots=True)
class Head:
    """Heights of the lines of the table's head, and whether the block has a carried column."""

    first: float
    second: float
    carried: bool

    @property
    def height(self) -> float:
        """Of all three lines."""
        return self.first + self.second + _NUMBERS + 2 * _DOUBLE


@dataclass(frozen=True, slots=True)
class HeadTypes:
    """Types of the heads of unit columns and of total columns."""

    unit: Type
    total: Type
    small: Type
    remark: Type


def figures_for(sheet: Sheet, table: Widths, measures: Measures) -> Figures | None:
    """The largest types in which every figure of a sheet fits its column; None when none does."""
    totals = sheet.totals.values()
    widest = number_text(max((t.value for t in totals if t.value is not None), default=0))
    marked = any(total.blanks for total in totals)
    for plain, bold in ((REGULAR, BOLD), (CONDENSED, CONDENSED_BOLD)):
        for kind in sizes(bold, measures.figure, SMALLEST):
            hang = kind.width(MARK) * 0.9 if marked else 0.0
            if kind.width(widest) + hang + 1.2 * PAD <= table.figure:
                return Figures(Type(plain, kind.size), kind, hang)
    return None


def head_types(
    units: Sequence[Column], words: TableWords, *, table: Widths, measures: Measures
) -> HeadTypes:
    """Types of the column heads of a sheet, the same in all its blocks."""
    size = measures.size
    width = table.figure - 1.5 * PAD
    wanted = [unit.name for unit in units]
    if any(unit.kind is ColumnKind.STATION for unit in units):
        unit_type: Type | None = largest(sizes(BOLD, size + 4.2, size), wanted, width)
    else:
        unit_type = _named(wanted, width, size + 1.2, size - 0.8)
    return HeadTypes(
        unit=unit_type or Type(CONDENSED_BOLD, size - 0.8),
        total=_named([words.carried, words.total], width, size, size - 1.8)
        or Type(CONDENSED_BOLD, size - 1.8),
        small=Type(REGULAR, size - 1.0),
        remark=Type(ITALIC, size - 1.8),
    )


def _named(texts: Sequence[str], width: float, most: float, least: float) -> Type | None:
    return largest(sizes(BOLD, most, least), texts, width) or largest(
        sizes(CONDENSED_BOLD, most, least - 0.5), texts, width
    )


def head_of(
    block: Block, arrangement: Arrangement, types: HeadTypes, *, table: Widths, measures: Measures
) -> Head:
    """Heights of the head of a block; the same on all its pages."""
    title = Type(BOLD, measures.size)
    room = table.label + table.line - 2 * PAD
    titles = max(len(title.wrap(section.title, room)) for section in arrangement.sections)
    heads = max(
        sum(kind.leading for kind, _ in _head_lines(column, types, table))
        for column in block.columns
    )
    second = max(titles * title.leading, heads) + 2 * _HEAD_PAD
    carried = block.columns[0].kind is ColumnKind.CARRIED
    return Head(measures.pitch * 1.25, second, carried)


def _head_lines(column: Column, types: HeadTypes, table: Widths) -> list[tuple[Type, str]]:
    width = table.figure - 1.5 * PAD
    is_unit = column.code != ""
    name = types.unit if is_unit else types.total
    lines = [(types.small, text) for text in ([column.caption] if column.caption else [])]
    lines += [(name, text) for text in name.wrap(column.name, width)]
    if column.remark:
        lines += [(types.remark, text) for text in types.remark.wrap(column.remark, width)]
    return lines


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a page at its place: everything but its figures is equal for equal tables."""

    page: Page
    words: TableWords
    table: Widths
    head: Head
    top: float
    left: float
    dark: bool

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
        return self.left + self.table.before_figures + index * self.table.figure

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
        if table.dark and box.row and box.row.dark:
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
    _draw_column_numbers(pen, table, second - table.head.second - _DOUBLE)
    above, below = second - table.head.second, table.body_top
    pen.rules(
        [
            (table.left, y, table.right, y)
            for y in (second, above, above - _DOUBLE, below + _DOUBLE, below)
        ],
        RULE,
    )


def _draw_column_numbers(pen: Pen, table: Table, top: float) -> None:
    kind = Type(REGULAR, 6)
    widths = table.table
    base = top - _NUMBERS / 2 - kind.cap / 2
    edges = [
        table.left,
        table.left + widths.number,
        table.left + widths.number + widths.label,
        *(table.column_left(index) for index in range(widths.figures + 1)),
    ]
    for number, (left, right) in enumerate(itertools.pairwise(edges), start=1):
        pen.centred(kind, (left + right) / 2, base, texts=(str(number),))
    line = edges[2]
    pen.rules([(line, top, line, top - _NUMBERS)], RULE)


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
    count = table.table.figures
    inner = [table.column_left(index) for index in range(count)]
    heavy = {count - 1} | ({1} if table.head.carried else set())
    head_bottom = table.body_top
    second = table.top - table.head.first
    spans = [(second, head_bottom), *_figure_spans(table)]
    for weight, chosen in ((RULE, False), (STRONG, True)):
        pen.rules(
            [
                (x, top, x, bottom)
                for top, bottom in spans
                for index, x in enumerate(inner)
                if (index in heavy) is chosen
            ],
            weight,
        )
    pen.rules([(inner[0], table.top, inner[0], second)], RULE)
    pen.rules([(label, table.top, label, table.bottom)], RULE)


def _figure_spans(table: Table) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for box, top, height in table.rows:
        if box.row is None or not box.row.lines:
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
    dark = table.dark and row is not None and row.dark
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
        x = table.column_left(index) + table.table.figure / 2
        lines = _head_lines(column, types, table.table)
        y = middle + sum(kind.leading for kind, _ in lines) / 2
        for kind, text in lines:
            y -= kind.leading
            pen.centred(kind, x, y + kind.leading * 0.24, texts=(text,))


def draw_figures(pen: Pen, table: Table, block: Block, figures: Figures) -> None:
    """Set every figure of a table, right in its column, the mark hanging beside it."""
    plain: list[tuple[float, float, str]] = []
    bold: list[tuple[float, float, str]] = []
    count = len(block.columns)
    edges = [table.column_left(index + 1) - PAD * 0.8 - figures.hang for index in range(count)]
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
