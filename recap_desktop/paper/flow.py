"""How the rows of a table flow down over pages: no row is cut, none is lost."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.paper.fonts import BOLD, REGULAR, Type
from recap_desktop.paper.labels import Piece, indent_of, pieces_of, width_of
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recap_desktop.election.papers.arrangements import Arrangement, Row, Section
    from recap_desktop.paper.settings import Measures

PAD = 1.2 * MM
"""Between a vertical rule and text."""

MOST_STRETCH = 1.7
"""Rows grow up to so many times their least height where a page has room."""

_LABELS = 0.45
"""Part of a page's width that labels may ask for."""

_FILLED = (0.0, 0.3, 0.6, 0.7, 0.8, 0.9, 1.0)
"""A page filled less than so far is filled up: a party or a section goes on overleaf."""

_ENOUGH = 0.6
"""Pages that are filled less are left so only where it costs no page."""

_WORTH = 1.25
"""So many times the pages may be needed to keep parties and sections whole."""


@dataclass(frozen=True, slots=True)
class Box:
    """One row ready to be set: its label in pieces and the height it needs.

    Attributes:
        row: what is set; None for the title of a section that begins further down a page, and for
            a heading that stands again above rows that go on.
        pieces: of the label, or of that title.
        label_lines: how many lines the label takes.
        indent: where the label begins, from the left of URAIAN.
        height: that the row needs.
        number: of the section, in its title.
        dark: whether it is the head of a party.
    """

    row: Row | None
    pieces: tuple[Piece, ...]
    label_lines: int
    indent: float
    height: float
    number: str = ""
    dark: bool = False


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
    """Widths of the columns of a table: NO, URAIAN, L/P/JML, and the figure columns.

    Attributes:
        line: of the words L, P, JML; 0 where no row is split.
        unit: of the column of a unit.
        sum: of a column that adds up.
        columns: of all figure columns in order.
    """

    number: float
    label: float
    line: float
    unit: float
    sum: float
    columns: tuple[float, ...]

    @property
    def total(self) -> float:
        """Of the whole table."""
        return self.before_figures + sum(self.columns)

    @property
    def before_figures(self) -> float:
        """Of the three columns before the figures."""
        return self.number + self.label + self.line

    def left_of(self, index: int) -> float:
        """From the left edge of the table to that of a figure column."""
        return self.before_figures + sum(self.columns[:index])


@functools.lru_cache(maxsize=64)
def widths(arrangement: Arrangement, measures: Measures, units: int, sums: int) -> Widths:
    """Share the width of the page.

    Columns of figures come first, then labels on one line, then wide columns; what is left over
    goes to URAIAN.

    Args:
        arrangement: sections and rows.
        measures: of the paper.
        units: how many columns of units there are.
        sums: how many that add up: what was carried to the block stands before its units.
    """
    line = measures.line if arrangement.is_split else 0.0
    rest = measures.inner - measures.number - line
    count = max(units + sums, 1)
    even = min(measures.wide, (rest - measures.label) / count)
    label = min(max(measures.label, _one_line(arrangement, measures) - line), rest - even * count)
    even = min(measures.widest, (rest - label) / count)
    total = min(measures.widest, max(even, measures.sum))
    unit = min(measures.widest, (rest - label - sums * total) / max(units, 1))
    opening, closing = (total,) * max(sums - 1, 0), (total,) * min(sums, 1)
    columns = (*opening, *(unit,) * units, *closing)
    return Widths(measures.number, rest - sum(columns), line, unit, total, columns)


def _one_line(arrangement: Arrangement, measures: Measures) -> float:
    """How wide URAIAN is with every label on one line; the longest names do not count."""
    rows = (row for row, _ in arrangement.lines)
    wanted = (
        indent_of(row, measures) + width_of(row, measures) + 2 * PAD + bool(row.note) * PAD
        for row in rows
    )
    most = measures.inner * _LABELS
    return max((width for width in wanted if width <= most), default=0.0)


@functools.lru_cache(maxsize=64)
def flow(
    arrangement: Arrangement, measures: Measures, table: Widths, room: float, again: str = ""
) -> tuple[Page, ...]:
    """Lay the rows of an arrangement on pages.

    Args:
        arrangement: sections and rows.
        measures: of the paper.
        table: widths of the columns.
        room: height for rows on every page, below the table's head.
        again: what is said behind a heading that stands again above rows that go on.
    """
    blocks = [_block(section, measures, table, again) for section in _titled(arrangement)]
    filled = _filled_for(blocks, room)
    count = len(_lay(blocks, room, filled))
    # The least room that makes no more pages fills them evenly. Sections that fit stay whole, and
    # so does every group.
    whole = (h for block in blocks for h in (block.height, *(lot.height for lot in block.lots)))
    least = max((height for height in whole if height <= room), default=room)
    enough = room
    while enough - least > 1:
        middle = (least + enough) / 2
        if len(_lay(blocks, middle, filled)) > count:
            least = middle
        else:
            enough = middle
    return tuple(_page(section, boxes, room) for section, boxes in _lay(blocks, enough, filled))


def _filled_for(blocks: Sequence[_Block], room: float) -> float:
    """How far pages are filled before something goes whole to the next: less costs pages."""
    counts = {filled: len(_lay(blocks, room, filled)) for filled in _FILLED}
    worth = _WORTH * counts[_FILLED[-1]]
    chosen = next(filled for filled in _FILLED if filled >= _ENOUGH and counts[filled] <= worth)
    return next(filled for filled in _FILLED if counts[filled] <= counts[chosen])


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
class _Atom:
    """Rows that are never parted, and the headings that stand again when a page begins here."""

    boxes: tuple[Box, ...]
    again: tuple[Box, ...]

    @property
    def height(self) -> float:
        return sum(box.height for box in self.boxes)


@dataclass(frozen=True, slots=True)
class _Lot:
    """What stays together where a page has room: a party, or a heading with all its rows."""

    atoms: tuple[_Atom, ...]

    @property
    def height(self) -> float:
        return sum(atom.height for atom in self.atoms)


@dataclass(frozen=True, slots=True)
class _Block:
    """A section in lots, with the title it has further down a page."""

    section: Section
    title: Box
    lots: tuple[_Lot, ...]

    @property
    def height(self) -> float:
        return sum(lot.height for lot in self.lots)


class _Filling:
    """Pages as they are filled from the top."""

    def __init__(self, room: float, filled: float) -> None:
        self.room = room
        self.filled = filled
        self.used = 0.0
        self.pages: list[tuple[Section, list[Box]]] = []

    def wants_page(self, height: float, head: float) -> bool:
        """Whether what is so high begins a page: it fits there, and this one is filled enough.

        A title of a section further down a page needs room; at the top it is in the table's head.
        """
        parted = self.used + head + height > self.room
        return not self.pages or (parted and height <= self.room and self.is_filled)

    @property
    def is_filled(self) -> bool:
        return self.used >= self.filled * self.room

    def turn(self, section: Section) -> None:
        self.pages.append((section, []))
        self.used = 0.0

    def put(self, boxes: Sequence[Box]) -> None:
        self.pages[-1][1].extend(boxes)
        self.used += sum(box.height for box in boxes)


def _block(section: Section, measures: Measures, table: Widths, again: str) -> _Block:
    boxes = [_box(row, measures, table) for row in section.rows]
    lots = tuple(_Lot(tuple(_atoms(lot, measures, again))) for lot in _together(boxes))
    return _Block(section, _title_box(section.number, section.title, measures), lots)


def _lay(blocks: Sequence[_Block], room: float, filled: float) -> list[tuple[Section, list[Box]]]:
    """Fill page after page; what fits on a page is parted only where one is filled less."""
    filling = _Filling(room, filled)
    for block in blocks:
        fresh = filling.wants_page(block.height, block.title.height)
        for at, lot in enumerate(block.lots):
            title = () if at else (block.title,)
            fresh = fresh or filling.wants_page(lot.height, sum(box.height for box in title))
            for atom in lot.atoms:
                head = sum(box.height for box in title)
                if fresh or filling.used + head + atom.height > room:
                    is_parted = not fresh
                    filling.turn(block.section)
                    filling.put(atom.again if is_parted else ())
                    fresh, title = False, ()
                filling.put((*title, *atom.boxes))
                title = ()
    return filling.pages


def _page(section: Section, boxes: list[Box], room: float) -> Page:
    height = sum(box.height for box in boxes)
    return Page(section.number, section.title, tuple(boxes), min(MOST_STRETCH, room / height))


def _together(boxes: Sequence[Box]) -> list[list[Box]]:
    """Cut before every head of a party; where there is none, before every heading."""
    rows = [box.row for box in boxes if box.row]
    has_parties = any(row.dark for row in rows)
    lots: list[list[Box]] = []
    for box in boxes:
        assert box.row is not None
        begins = box.row.dark if has_parties else not box.row.lines
        loose = not has_parties and not box.row.inner
        if not lots or begins or loose:
            lots.append([])
        lots[-1].append(box)
    return lots


def _atoms(lot: Sequence[Box], measures: Measures, again: str) -> Iterator[_Atom]:
    """Headings with the first row below them, and a sum with the row above it."""
    headings: list[Box] = []
    rows: list[Box] = []
    above: tuple[Box, ...] = ()
    for index, box in enumerate(lot):
        assert box.row is not None
        if not box.row.lines:
            headings = [h for h in headings if h.dark and not box.dark]
            headings.append(_again(box.row, measures, again))
        elif not rows:
            above = tuple(headings)
        rows.append(box)
        following = lot[index + 1].row if index + 1 < len(lot) else None
        if box.row.lines and not (following and following.lines and following.bold):
            yield _Atom(tuple(rows), above)
            rows = []
    if rows:
        yield _Atom(tuple(rows), above)


def _again(row: Row, measures: Measures, again: str) -> Box:
    label = " ".join((*row.labels, again)).strip()
    return replace(_title_box(row.number, label, measures), dark=row.dark, height=measures.pitch)


def _title_box(number: str, title: str, measures: Measures) -> Box:
    kind = Type(BOLD, measures.size)
    piece = Piece(0, 0.0, kind, title)
    return Box(None, (piece,), 1, 0.0, measures.pitch * 1.25, number)


def _box(row: Row, measures: Measures, table: Widths) -> Box:
    width = table.label - 2 * PAD
    if not row.lines:
        width = table.total - table.number - 2 * PAD
    elif len(row.lines) == 1:
        width += table.line + sum(table.columns[: row.closed])
    indent = indent_of(row, measures)
    pieces = tuple(pieces_of(row, measures, width - indent))
    lines = 1 + max((piece.line for piece in pieces), default=0)
    leading = Type(REGULAR, measures.size).leading
    needed = lines * leading + (measures.pitch - measures.size * 0.95 if lines > 1 else 0)
    height = max(len(row.lines) * measures.pitch, measures.pitch, needed)
    return Box(row, pieces, lines, indent, height, dark=row.dark)
