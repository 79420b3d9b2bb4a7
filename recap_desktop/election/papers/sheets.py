"""A recapitulation sheet: one unit per column, cut into blocks that carry their totals over.

D.HASIL grammar (domain.md 1.6): a block that is not the last ends with JUMLAH PINDAHAN, the
next one begins with it, the last ends with JUMLAH AKHIR = what was carried + its own units.
"""

from __future__ import annotations

import enum
import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recap_desktop.election.checks.relations import printed_sums
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures import tallies
from recap_desktop.election.figures.totals import summed
from recap_desktop.election.papers import arrangements, captions, sheet_notes
from recap_desktop.election.papers.captions import bare_name
from recap_desktop.election.papers.faces import face_of
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.figures.totals import Total
    from recap_desktop.election.papers.arrangements import Arrangement
    from recap_desktop.election.papers.faces import Face
    from recap_desktop.election.papers.facts import Facts
    from recap_desktop.election.records.unit_records import Difference
    from recap_desktop.election.wording import Words

MARK = "*"
"""Behind a sum that leaves out blank cells; a note below the table says how many."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a sheet: its value, None for blank, and how many blank TPS it leaves out."""

    value: int | None
    blanks: int = 0

    def text(self, *, is_sum: bool, is_signed: bool = False) -> str:
        """As printed: a blank cell stays empty, 0 is 0, and a sum with blanks bears a mark.

        A difference says whether it is more or less: ``+12``.
        """
        write = sheet_notes.signed_text if is_signed else number_text
        text = "" if self.value is None else write(self.value)
        return text + MARK if is_sum and self.blanks else text


NOTHING = Figure(None)
"""Of a unit that does not count."""

_BLANK = Figure(None, 1)

_one_figure = functools.lru_cache(maxsize=2048)(Figure)
"""Figures of TPS are small and come again and again: a sheet of 20,000 needs few of them."""


class ColumnKind(enum.Enum):
    """What stands in a column.

    A unit, men or women or both of one TPS, a total over units, or what was decided about a unit
    above its TPS.
    """

    STATION = "station"
    SEX = "sex"
    UNIT = "unit"
    DIFFERENCE = "difference"
    CARRIED = "carried"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """A number column and its head.

    Attributes:
        code: of the unit; empty for a total.
        caption: small word above the name (TPS); may be empty.
        name: what is to be read from afar: ``001``, ``PANYINGKIRAN``, ``JUMLAH AKHIR``.
        remark: why it is empty or not complete; may be empty.
    """

    kind: ColumnKind
    code: str
    caption: str
    name: str
    remark: str = ""

    @property
    def head(self) -> str:
        """The head in one line: ``TPS 001``."""
        return f"{self.caption} {self.name}".strip()

    @property
    def is_sum(self) -> bool:
        """Whether its figures are sums over TPS."""
        return self.kind not in (ColumnKind.STATION, ColumnKind.SEX)


@dataclass(frozen=True, slots=True)
class TableWords:
    """Words of the table head."""

    number: str
    label: str
    figures: str
    carried: str
    total: str
    recount: str
    difference: str
    again: str


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet: some units with what was carried to it and what it adds up to."""

    columns: tuple[Column, ...]
    figures: Mapping[str, tuple[Figure, ...]]

    def texts(self, cell: str) -> tuple[str, ...]:
        """The figures of one printed line as they are printed, column by column."""
        return tuple(
            figure.text(is_sum=column.is_sum, is_signed=column.kind is ColumnKind.DIFFERENCE)
            for figure, column in zip(self.figures[cell], self.columns, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One recapitulation sheet (lembar rekapitulasi) of one unit.

    Attributes:
        code: the unit it is of.
        face: what stands around the table.
        words: of the table head.
        arrangement: sections and rows.
        units: a column for each unit below.
        figures: cell -> a figure for each unit.
        notes: sentences below the table.
        by_hand: whether its figures are written in: it has higher rows and wider columns.
        sums: cell -> the cells that it adds up, where the form prints a sum.
        is_summed: whether its columns add up to JUMLAH AKHIR; those of a C.HASIL do not.
        is_standing: whether it is printed on a standing page, as a C.HASIL is.
    """

    code: str
    face: Face
    words: TableWords
    arrangement: Arrangement
    units: tuple[Column, ...]
    figures: Mapping[str, tuple[Figure, ...]]
    notes: tuple[str, ...]
    is_summed: bool = True
    by_hand: bool = False
    is_standing: bool = False
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def totals(self) -> dict[str, Figure]:
        """JUMLAH AKHIR of every cell."""
        return {cell: add(figures) for cell, figures in self.figures.items()}

    def blocks(self, units_per_block: int) -> tuple[Block, ...]:
        """Cut the sheet across; a sheet without units is one block with its total only."""
        if not self.is_summed:
            return (Block(self.units, self.figures),)
        return tuple(self._cut(units_per_block))

    def _cut(self, size: int) -> Iterator[Block]:
        carried: dict[str, Figure] = {}
        carried_column = Column(ColumnKind.CARRIED, "", "", self.words.carried)
        total_column = Column(ColumnKind.TOTAL, "", "", self.words.total)
        for start, end in self._spans(size):
            last = total_column if end >= len(self.units) else carried_column
            figures: dict[str, tuple[Figure, ...]] = {}
            for cell, row in self.figures.items():
                shown = (carried[cell], *row[start:end]) if start else row[start:end]
                carried[cell] = add(shown)
                figures[cell] = (*shown, carried[cell])
            opening = (carried_column,) if start else ()
            yield Block((*opening, *self.units[start:end], last), figures)

    def _spans(self, size: int) -> Iterator[tuple[int, int]]:
        """Where blocks begin and end: a difference stands in the block of its unit."""
        start, count = 0, max(len(self.units), 1)
        while start < count:
            end = most = start + size
            while end < count and self.units[end].kind is ColumnKind.DIFFERENCE and end > start:
                end -= 1
            end = end if end > start else most
            yield start, end
            start = end


def add(figures: Iterable[Figure]) -> Figure:
    """The sum of figures (R13): of the filled ones, None when none is; blank TPS add up too."""
    value: int | None = None
    blanks = 0
    for figure in figures:
        if figure.value is not None:
            value = figure.value if value is None else value + figure.value
        blanks += figure.blanks
    return Figure(value, blanks)


def desa_sheet(facts: Facts, desa: str, tallied: Mapping[str, Tally]) -> Sheet:
    """The sheet of a desa/kelurahan, a column for each TPS where the contest is held.

    A TPS that does not count has an empty column, with its state as a word.

    Args:
        facts: what the office is and what paper this is.
        desa: code of the desa.
        tallied: TPS -> tally; a TPS that is absent is empty.
    """
    own = {
        station.tps: tallied.get(station.tps, tallies.EMPTY)
        for station in facts.election.stations_of(facts.contest_id, desa)
    }
    columns = tuple(_station_column(facts.words, tps, tally) for tps, tally in own.items())
    counted = [tally.cells if tally.counts else None for tally in own.values()]
    arrangement = arrangement_of(facts, desa)
    return _sheet(
        facts,
        desa,
        columns,
        arrangement=arrangement,
        figures={
            cell: tuple(
                NOTHING if cells is None else _station_figure(cells.get(cell)) for cells in counted
            )
            for cell in arrangement.cells
        },
        missing=sheet_notes.of_stations(facts.words, own),
    )


def _station_column(words: Words, tps: str, tally: Tally) -> Column:
    remark = "" if tally.counts else words[f"sheet.state.{tally.state.value}"]
    number = regions.station_number(tps)
    return Column(ColumnKind.STATION, tps, words["sheet.station"], number, remark)


def _station_figure(value: int | None) -> Figure:
    return _BLANK if value is None else _one_figure(value)


def unit_sheet(facts: Facts, code: str, totals: Sequence[Total]) -> Sheet:
    """The sheet of a kecamatan or a unit above it, a column for each unit next below.

    Args:
        facts: what the office is and what paper this is.
        code: of the unit.
        totals: of the units next below where the contest is held, in the order of the columns.
    """
    arrangement = arrangement_of(facts, code)
    columns = tuple(_with_differences(facts, code, totals))
    return _sheet(
        facts,
        code,
        tuple(column for column, _, _ in columns),
        arrangement=arrangement,
        figures={
            cell: tuple(Figure(sums.get(cell), blanks.get(cell, 0)) for _, sums, blanks in columns)
            for cell in arrangement.cells
        },
        missing=(
            *sheet_notes.of_units(facts, totals),
            *sheet_notes.of_differences(facts, arrangement, code),
        ),
    )


_Sums = tuple[Column, "Mapping[str, int]", "Mapping[str, int]"]


def _with_differences(facts: Facts, code: str, totals: Sequence[Total]) -> Iterator[_Sums]:
    """Each unit, and behind it what was decided about it above its TPS; about the whole at the end."""
    for total in totals:
        yield _unit_column(facts, total), total.sums, total.blanks
        yield from _difference_column(
            facts, total.code, [d for d in facts.differences if d.unit.startswith(total.code)]
        )
    yield from _difference_column(facts, code, [d for d in facts.differences if d.unit == code])


def _difference_column(facts: Facts, code: str, own: Sequence[Difference]) -> Iterator[_Sums]:
    more = summed(own)
    if more:
        caption, name = facts.words["sheet.difference"], bare_name(facts.election.tree, code)
        yield Column(ColumnKind.DIFFERENCE, code, caption, name), more, {}


def _unit_column(facts: Facts, total: Total) -> Column:
    words, tree = facts.words, facts.election.tree
    remark = ""
    if not total.is_complete:
        known = total.counted + total.not_delivered
        remark = words("sheet.progress", counted=known, stations=total.stations)
    caption = ""
    if regions.level_of(total.code) is Level.KABKO:
        caption = tree.called(total.code)
    return Column(ColumnKind.UNIT, total.code, caption, bare_name(tree, total.code), remark)


def arrangement_of(facts: Facts, unit: str) -> Arrangement:
    """Sections and rows of the paper of a unit."""
    printed = captions.Captions.of(facts.election, facts.contest_id, unit)
    return arrangements.arrange(facts.form, facts.paper(regions.level_of(unit)), printed)


def table_words(words: Words) -> TableWords:
    """Words of the table head of any sheet."""
    return TableWords(
        number=words["sheet.table.number"],
        label=words["sheet.table.label"],
        figures=words["sheet.table.figures"],
        carried=words["sheet.table.carried"],
        total=words["sheet.table.total"],
        recount=words["sheet.table.recount"],
        difference=words["sheet.table.difference"],
        again=words["sheet.table.again"],
    )


def _sheet(
    facts: Facts,
    code: str,
    units: tuple[Column, ...],
    *,
    arrangement: Arrangement,
    figures: Mapping[str, tuple[Figure, ...]],
    missing: Iterable[str],
) -> Sheet:
    blanks = {cell: total.blanks for cell, row in figures.items() if (total := add(row)).blanks}
    words = facts.words
    return Sheet(
        code=code,
        face=face_of(facts, code),
        words=table_words(words),
        arrangement=arrangement,
        units=units,
        figures=figures,
        notes=(*missing, *sheet_notes.of_blanks(words, arrangement, blanks)),
        sums=printed_sums(facts.election.layout(facts.contest_id).checks),
    )
