"""The types of a table's heads and figures: the largest in which all of a sheet fit."""

from __future__ import annotations

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
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recap_desktop.election.papers.arrangements import Arrangement
    from recap_desktop.election.papers.sheets import Block, Column, Figure, Sheet, TableWords
    from recap_desktop.paper.flow import Widths
    from recap_desktop.paper.settings import Measures

SMALLEST = 9.0
"""No figure is set smaller, in points."""

NUMBERS = 3.0 * MM
DOUBLE = 0.5 * MM
_HEAD_PAD = 1.0 * MM


@dataclass(frozen=True, slots=True)
class Figures:
    """The two types of all figures of a sheet, and the room its mark needs beside them.

    Attributes:
        unit: how wide the widest figure of a unit is.
        sum: how wide the widest sum is.
    """

    plain: Type
    bold: Type
    hang: float
    unit: float
    sum: float

    @classmethod
    def of(cls, sheet: Sheet, bold: Type) -> Figures:
        """The figures of a sheet set in a type; what is not a sum is set in the plain face."""
        totals = sheet.totals.values()
        hang = bold.width(MARK) * 0.9 if any(total.blanks for total in totals) else 0.0
        units = (figure for row in sheet.figures.values() for figure in row)
        plain = Type(CONDENSED if bold.face == CONDENSED_BOLD else REGULAR, bold.size)
        return cls(plain, bold, hang, _widest(units, bold), _widest(totals, bold))

    def inset(self, width: float, *, is_sum: bool) -> float:
        """From the right edge of a column to its figures: as a block they stand in its middle."""
        widest = self.sum if is_sum else self.unit
        return max(PAD * 0.8 + self.hang, (width - widest) / 2)


def _widest(figures: Iterable[Figure], kind: Type) -> float:
    values = {figure.value for figure in figures if figure.value is not None} or {0}
    return max(kind.width(number_text(value)) for value in (min(values), max(values)))


@dataclass(frozen=True, slots=True)
class Head:
    """Heights of the lines of the table's head, and whether the block has a carried column."""

    first: float
    second: float
    carried: bool

    @property
    def height(self) -> float:
        """Of all three lines."""
        return self.first + self.second + NUMBERS + 2 * DOUBLE


@dataclass(frozen=True, slots=True)
class HeadTypes:
    """Types of the heads of unit columns and of total columns."""

    unit: Type
    total: Type
    small: Type
    remark: Type


def figures_for(sheet: Sheet, table: Widths, measures: Measures) -> Figures | None:
    """The largest types in which every figure of a sheet fits its column; None when none does."""
    for bold in (BOLD, CONDENSED_BOLD):
        for kind in sizes(bold, measures.figure, SMALLEST):
            figures = Figures.of(sheet, kind)
            room = figures.hang + 1.2 * PAD
            if figures.unit + room <= table.unit and figures.sum + room <= table.sum:
                return figures
    return None


def head_types(
    units: Sequence[Column], words: TableWords, *, table: Widths, measures: Measures
) -> HeadTypes:
    """Types of the column heads of a sheet, the same in all its blocks."""
    size = measures.size
    width = table.unit - 1.5 * PAD
    wanted = [unit.name for unit in units]
    if any(unit.kind is ColumnKind.STATION for unit in units):
        unit_type: Type | None = largest(sizes(BOLD, size + 4.2, size), wanted, width)
    else:
        unit_type = _named(wanted, width, size + 1.2, size)
    sums, room = [words.carried, words.total], table.sum - 1.5 * PAD
    return HeadTypes(
        unit=unit_type or Type(CONDENSED_BOLD, size),
        total=_named(sums, room, size, size - 1) or Type(CONDENSED_BOLD, size - 1),
        small=_caption(units, width, measures),
        remark=Type(ITALIC, size - 1.0),
    )


def _caption(units: Sequence[Column], width: float, measures: Measures) -> Type:
    """KABUPATEN above a name, TPS above a number: on one line."""
    texts = {unit.caption for unit in units}
    most = measures.size - 1.0
    faces = (REGULAR, CONDENSED)
    fitting = (largest(sizes(face, most, most - 1.0), texts, width) for face in faces)
    return next((kind for kind in fitting if kind), Type(CONDENSED, most - 1.0))


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
        sum(kind.leading for kind, _ in head_lines(column, types, width))
        for column, width in zip(block.columns, table.columns, strict=True)
    )
    second = max(titles * title.leading, heads) + 2 * _HEAD_PAD
    carried = block.columns[0].kind is ColumnKind.CARRIED
    return Head(measures.pitch * 1.25, second, carried)


def head_lines(column: Column, types: HeadTypes, width: float) -> list[tuple[Type, str]]:
    """The lines of the head of a column, each with its type."""
    width -= 1.5 * PAD
    is_unit = column.code != ""
    name = types.unit if is_unit else types.total
    lines = [(types.small, text) for text in ([column.caption] if column.caption else [])]
    lines += [(name, text) for text in name.wrap(column.name, width)]
    if column.remark:
        lines += [(types.remark, text) for text in types.remark.wrap(column.remark, width)]
    return lines
