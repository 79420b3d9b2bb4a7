"""How the rows of a table flow down over pages: no row is cut, none is lost."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.paper.fonts import BOLD, ITALIC, REGULAR, Type
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recap_desktop.election.papers.arrangements import Arrangement, Row, Section
    from recap_desktop.paper.settings import Measures

PAD = 1.2 * MM
"""Between a vertical rule and text."""

MOST_STRETCH = 1.7
"""Rows grow up to so many times their least height where a page has room."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of label text in one type, on its line and at its place from the label's left."""

    line: int
    x: float
    kind: Type
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """One row ready to be set: its label in pieces and the height it needs.

    Attributes:
        row: what is set; None for the title of a section that begins further down a page.
        pieces: of the label, or of that title.
        label_lines: how many lines the label takes.
        indent: where the label begins, from the left of URAIAN.
        height: that the row needs.
        number: of the section, in its title.
    """

    row: Row | None
    pieces: tuple[Piece, ...]
    label_lines: int
    indent: float
    height: float
    number: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page: the section its head names, boxes in order, their growth."""

    number: str
    title: str
    boxes: tuple[Box, ...]
    stretch: float

    @property
    def height(self) -> float:
        """Of all its rows."""
        return sum(box.height for box in self.boxes) * self.stretch


@dataclass(frozen=True, slots=True)
class Widths:
    """Widths of the columns of a table: NO, URAIAN, L/P/JML, and of each figure column."""

    number: float
    label: float
    line: float
    figure: float
    figures: int

    @property
    def total(self) -> float:
        """Of the whole table."""
        return self.number + self.label + self.line + self.figure * self.figures

    @property
    def before_figures(self) -> float:
        """Of the three columns before the figures."""
        return self.number + self.label + self.line


def widths(measures: Measures, figures: int) -> Widths:
    """Share the width of the page: figure columns as wide as they may, URAIAN takes the rest."""
    rest = measures.inner - measures.number - measures.line
    figure = min(measures.widest, (rest - measures.label) / figures)
    label = rest - figure * figures
    return Widths(measures.number, label, measures.line, figure, figures)


@functools.lru_cache(maxsize=64)
def flow(
    arrangement: Arrangement, measures: Measures, table: Widths, room: float
) -> tuple[Page, ...]:
    """Lay the rows of an arrangement on pages.

    Args:
        arrangement: sections and rows.
        measures: of the paper.
        table: widths of the columns.
        room: height for rows on every page, below the table's head.
    """
    blocks = [_block(section, measures, table, room) for section in _titled(arrangement)]
    count = len(_lay(blocks, room))
    # The least room that makes no more pages fills them evenly. Sections that fit stay whole, and
    # so does every group.
    whole = (height for block in blocks for height in (block.height, *block.heights))
    least = max((height for height in whole if height <= room), default=room)
    enough = room
    while enough - least > 1:
        middle = (least + enough) / 2
        if len(_lay(blocks, middle)) > count:
            least = middle
        else:
            enough = middle
    return tuple(_page(section, boxes, room) for section, boxes in _lay(blocks, enough))


def _titled(arrangement: Arrangement) -> list[Section]:
    """The sections; one without a title (E. to G. of 2020) goes on with the one before it."""
    sections: list[Section] = []
    for section in arrangement.sections:
        if sections and not section.title:
            sections[-1] = replace(sections[-1], rows=(*sections[-1].rows, *section.rows))
        else:
            sections.append(section)
    return sections


@dataclass(frozen=True, slots=True)
class _Block:
    """A section in groups of rows that stay together, with the title it has further down."""

    section: Section
    title: Box
    groups: tuple[tuple[Box, ...], ...]
    heights: tuple[float, ...]
    height: float


def _block(section: Section, measures: Measures, table: Widths, room: float) -> _Block:
    boxes = [_box(row, measures, table) for row in section.rows]
    groups = tuple(_groups(boxes, room))
    heights = tuple(sum(box.height for box in group) for group in groups)
    return _Block(section, _title_box(section, measures), groups, heights, sum(heights))


def _lay(blocks: Sequence[_Block], room: float) -> list[tuple[Section, list[Box]]]:
    """Fill page after page; a section that does not fit begins a page if it then fits."""
    pages: list[tuple[Section, list[Box]]] = []
    used = 0.0
    for block in blocks:
        whole, title = block.height, block.title
        fresh = not pages or (used + title.height + whole > room and whole <= room)
        for index, (group, height) in enumerate(zip(block.groups, block.heights, strict=True)):
            head = title.height if index == 0 else 0.0
            if fresh or used + head + height > room:
                pages.append((block.section, []))
                used, head, fresh = 0.0, 0.0, False
            if head:
                pages[-1][1].append(title)
            pages[-1][1].extend(group)
            used += head + height
    return pages


def _page(section: Section, boxes: list[Box], room: float) -> Page:
    height = sum(box.height for box in boxes)
    return Page(section.number, section.title, tuple(boxes), min(MOST_STRETCH, room / height))


def _groups(boxes: Sequence[Box], room: float) -> Iterator[tuple[Box, ...]]:
    """Rows that stay together: a party with its candidates, a heading with what follows it."""
    for party in _parties(boxes):
        if party[0].row and party[0].row.dark and sum(box.height for box in party) <= room:
            yield tuple(party)
            continue
        group: list[Box] = []
        for box in party:
            group.append(box)
            if box.row and box.row.lines:
                yield tuple(group)
                group = []
        if group:
            yield tuple(group)


def _parties(boxes: Sequence[Box]) -> list[list[Box]]:
    """Cut before every head of a party; without parties everything is one piece."""
    pieces: list[list[Box]] = []
    for box in boxes:
        if not pieces or (box.row and box.row.dark):
            pieces.append([])
        pieces[-1].append(box)
    return pieces


def _title_box(section: Section, measures: Measures) -> Box:
    kind = Type(BOLD, measures.size)
    piece = Piece(0, 0.0, kind, section.title)
    return Box(None, (piece,), 1, 0.0, measures.pitch * 1.25, section.number)


def _box(row: Row, measures: Measures, table: Widths) -> Box:
    width = table.label - 2 * PAD
    if not row.lines:
        width = table.total - table.number - 2 * PAD
    elif len(row.lines) == 1:
        width += table.line
    indent = _indent(row, measures)
    pieces = tuple(_pieces(row, measures, width - indent))
    lines = 1 + max((piece.line for piece in pieces), default=0)
    leading = Type(REGULAR, measures.size).leading
    needed = lines * leading + (measures.pitch - measures.size * 0.95 if lines > 1 else 0)
    height = max(len(row.lines) * measures.pitch, measures.pitch, needed)
    return Box(row, pieces, lines, indent, height)


def _indent(row: Row, measures: Measures) -> float:
    return measures.size * (1.5 + 0.5 * max(len(row.number) - 2, 0)) if row.inner else 0.0


def _pieces(row: Row, measures: Measures, width: float) -> Iterator[Piece]:
    kind = Type(BOLD if row.bold else REGULAR, measures.size)
    line, end = -1, 0.0
    for label in row.labels:
        for text in kind.wrap(label, width):
            line, end = line + 1, kind.width(text)
            yield Piece(line, 0.0, kind, text)
    if not row.note:
        return
    italic = Type(ITALIC, measures.size)
    gap = kind.width(" ")
    if end + gap + italic.width(row.note) <= width:
        yield Piece(line, end + gap, italic, row.note)
        return
    for text in italic.wrap(row.note, width):
        line += 1
        yield Piece(line, 0.0, italic, text)
