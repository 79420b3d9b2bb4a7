"""The annex, drawn: lists with their heads, flowing over as many pages as they need."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.paper.flow import PAD
from recap_desktop.paper.fonts import BOLD, REGULAR, Type
from recap_desktop.paper.pen import RULE, STRONG, Pen
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recap_desktop.election.papers.annexes import Item, Listing
    from recap_desktop.paper.settings import Measures

_BETWEEN = 3 * MM
_FEWEST = 2
"""A list does not begin at the foot of a page with less than so many of its entries."""

_MOST_LINES = 12
"""A longer entry goes on in a further one, so that each fits on a page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The wrapped lines of one text, below what a correction struck out."""

    struck: str
    lines: tuple[str, ...]
    figure: bool = False

    @property
    def count(self) -> int:
        """Lines it takes."""
        return len(self.lines) + (1 if self.struck else 0)


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a list on a page: its title, its head and some entries."""

    listing: Listing
    entries: tuple[tuple[Cell, ...], ...]
    top: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top - self.height


def plan(
    listings: Sequence[Listing],
    measures: Measures,
    *,
    top: float,
    bottom: float,
    start: float | None = None,
) -> Iterator[list[Strip]]:
    """Share lists out over pages between ``top`` and ``bottom``; the first begins at ``start``.

    One page after the other: a list of a kabupaten has thousands of entries.
    """
    page: list[Strip] = []
    y = top if start is None else start
    for listing in listings:
        rest: Iterator[tuple[Cell, ...]] = _parts(listing, measures)
        part = next(rest, None)
        while part is not None:
            first = y == top
            head = _head_height(listing, measures) + (0.0 if first else _BETWEEN)
            room = y - bottom - head
            entries: list[tuple[Cell, ...]] = []
            heights: list[float] = []
            while part is not None:
                height = _entry_height(part, measures)
                room -= height
                # At the top of a page there is room for any.
                if room < 0 and (entries or not first):
                    break
                entries.append(part)
                heights.append(height)
                part = next(rest, None)
            if part is not None and not first and len(entries) < _FEWEST:
                part, rest = _put_back(entries, part, rest)
                yield page
                page, y = [], top
                continue
            height = head + sum(heights)
            if not first:
                y -= _BETWEEN
                height -= _BETWEEN
            page.append(Strip(listing, tuple(entries), y, height))
            y -= height
    yield page


def _put_back(
    taken: Sequence[tuple[Cell, ...]], part: tuple[Cell, ...], rest: Iterator[tuple[Cell, ...]]
) -> tuple[tuple[Cell, ...], Iterator[tuple[Cell, ...]]]:
    """The first entry again, and those after it."""
    first, *others = (*taken, part)
    return first, itertools.chain(others, rest)


def _parts(listing: Listing, measures: Measures) -> Iterator[tuple[Cell, ...]]:
    """The entries of a list, wrapped; a line that says so where it has none."""
    edges = _edges(listing, measures)
    kind = _type(measures)
    widths = [right - left - 2 * PAD for left, right in itertools.pairwise(edges)]
    if not listing.entries:
        yield (Cell("", (listing.empty,)),)
    for entry in listing.entries:
        yield from _split(_wrap(listing, entry, widths, kind=kind))


def _type(measures: Measures) -> Type:
    return Type(REGULAR, measures.size)


def _edges(listing: Listing, measures: Measures) -> list[float]:
    edges, whole = [measures.margin], sum(listing.shares)
    for share in listing.shares:
        edges.append(edges[-1] + measures.inner * share / whole)
    return edges


def _wrap(
    listing: Listing, entry: Sequence[Item], widths: Sequence[float], *, kind: Type
) -> tuple[Cell, ...]:
    return tuple(
        Cell(item.struck, _with_room(kind.wrap(item.text, width), listing.room), item.figure)
        for item, width in zip(entry, widths, strict=False)
    )


def _with_room(lines: tuple[str, ...], room: int) -> tuple[str, ...]:
    return (*lines, *("" for _ in range(room - len(lines))))


def _split(entry: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
    """An entry in parts that are short enough for any page."""
    longest = max(len(cell.lines) for cell in entry)
    for start in range(0, max(longest, 1), _MOST_LINES):
        yield tuple(
            Cell("" if start else cell.struck, cell.lines[start : start + _MOST_LINES], cell.figure)
            for cell in entry
        )


def _head_lines(listing: Listing, measures: Measures) -> list[tuple[str, ...]]:
    kind = Type(BOLD, measures.size - 0.5)
    edges = _edges(listing, measures)
    return [
        kind.wrap(head, right - left - 2 * PAD)
        for head, left, right in zip(listing.heads, edges, edges[1:], strict=False)
    ]


def _title_height(measures: Measures) -> float:
    return measures.size * 1.7


def _head_height(listing: Listing, measures: Measures) -> float:
    kind = Type(BOLD, measures.size - 0.5)
    lines = max(len(lines) for lines in _head_lines(listing, measures))
    return _title_height(measures) + lines * kind.leading + 1.6 * MM


def _entry_height(entry: tuple[Cell, ...], measures: Measures) -> float:
    lines = max(1, *(cell.count for cell in entry))
    return lines * _type(measures).leading + 1.3 * MM


def draw(pen: Pen, strips: Sequence[Strip], measures: Measures) -> None:
    """Draw the lists of one page."""
    for strip in strips:
        _draw_strip(pen, strip, measures)


def _draw_strip(pen: Pen, strip: Strip, measures: Measures) -> None:
    listing = strip.listing
    bold = Type(BOLD, measures.size + 0.4)
    base = strip.top - bold.size
    pen.text(bold, [(measures.margin, base, listing.title)])
    top = strip.top - _title_height(measures)
    bottom = strip.top - strip.height
    edges = _edges(listing, measures)
    y = strip.top - _head_height(listing, measures)
    kind = Type(BOLD, measures.size - 0.5)
    for lines, left, right in zip(_head_lines(listing, measures), edges, edges[1:], strict=False):
        first = (top + y) / 2 - kind.cap / 2 + (len(lines) - 1) * kind.leading / 2
        pen.centred(kind, (left + right) / 2, first, texts=lines)
    pen.rules([(measures.margin, y, measures.right, y)], STRONG)
    if listing.entries:
        pen.rules([(edge, top, edge, bottom) for edge in edges[1:-1]], RULE)
    for index, entry in enumerate(strip.entries):
        if index:
            pen.rules([(measures.margin, y, measures.right, y)], RULE)
        _draw_entry(pen, entry, edges, measures, top=y)
        y -= _entry_height(entry, measures)
    pen.box(measures.margin, bottom, measures.inner, height=top - bottom, weight=STRONG)


def _draw_entry(
    pen: Pen, entry: tuple[Cell, ...], edges: Sequence[float], measures: Measures, *, top: float
) -> None:
    kind = _type(measures)
    for cell, (left, right) in zip(entry, itertools.pairwise(edges), strict=False):
        base = top - 0.65 * MM - kind.size * 0.92
        if cell.struck:
            pen.text(kind, [(left + PAD, base, cell.struck)])
            middle = base + kind.cap / 2
            pen.rules(
                [(left + PAD - 1, middle, left + PAD + kind.width(cell.struck) + 1, middle)], STRONG
            )
            base -= kind.leading
        new = Type(BOLD, kind.size) if cell.struck else kind
        if cell.figure:
            pen.right(new, right - PAD, base, texts=cell.lines)
        else:
            pen.column(new, left + PAD, base, texts=cell.lines)
