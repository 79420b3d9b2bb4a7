"""Tables with a column a TPS, as D.HASIL and the workbooks of PPK: TPS across, lines down, in blocks.

A block begins with a row of TPS names and ends before the next one; it may go on with other TPS
(JUMLAH PINDAHAN) or with other lines of the same TPS. Columns of sums are never read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recap_desktop.election.tables.count_maps import MOST_SAMPLES, CountMap, Heading, Shape
from recap_desktop.election.tables.foreign_figures import Formula, shown
from recap_desktop.election.tables.heading_names import sex_of, without_number
from recap_desktop.foreign.found_counts import FoundCount, Spot, is_taken, take_figure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from recap_desktop.election.definitions.contests import Choice
    from recap_desktop.election.tables.foreign_figures import Value
    from recap_desktop.election.tables.heading_matching import Match, Matcher

_HEAD = re.compile(r"(?i)^\s*tps\b\W*0*\d{1,3}\W*$")
_SUM = re.compile(r"(?i)^\s*(?:jumlah|total)\b")
_ABOVE = re.compile(r"(?i)^\s*(?:provinsi|kabupaten|kota|daerah pemilihan)\b")
_VALUE = re.compile(r"^[\s:.]*(?P<name>[^;:]*)")
_NEXT_UNIT = re.compile(r"(?i)\s\b(?:kecamatan|kabupaten|provinsi)\b")
_NUMBERING = 3
MOST_LINES = 20_000
"""Rows of a worksheet of this shape: 12 to 30 pages for each of 50 desa."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a block: what it is headed, its row, its fields."""

    text: str
    match: tuple[str, str, str, Choice | None]
    row: int
    values: tuple[Value, ...]


@dataclass(slots=True)
class _Block:
    """TPS across, by column, with the units that were named above them."""

    kecamatan: str
    desa: str
    stations: dict[int, str]
    first: int
    row: int


@dataclass(slots=True)
class Walk:
    """Goes down a worksheet row by row and keeps in mind under what it is.

    Attributes:
        matcher: of the contest: knows parties and what stands above their candidates.
        units: words for a desa and a kecamatan where the table may be from, small letters.
    """

    matcher: Matcher
    units: Mapping[str, Collection[str]]
    kecamatan: str = ""
    desa: str = ""
    block: _Block | None = None
    heading: str = ""
    label: str = ""
    party: Choice | None = None
    met: dict[int, int] = field(default_factory=dict)

    def lines(self, rows: Iterable[tuple[Value, ...]]) -> Iterator[tuple[_Block, _Line]]:
        """Every line that holds figures, with the block it stands in."""
        for number, row in enumerate(rows, start=1):
            if number > MOST_LINES:
                return
            heads = {at: shown(v) for at, v in enumerate(row) if _HEAD.match(shown(v))}
            if heads:
                self._begin(heads, row, number)
            elif self.block is None or not self._is_of_table(row):
                # A page has ended: what follows stands above the next one.
                self.block = None
                self._look_for_units(row)
            elif not _is_numbering(row):
                line = self._line(row, number)
                if line is not None:
                    yield self.block, line

    def _begin(self, heads: dict[int, str], row: tuple[Value, ...], number: int) -> None:
        # A column of sums may stand before the TPS (JUMLAH PINDAHAN).
        sums = [at for at, value in enumerate(row) if at and _SUM.match(shown(value))]
        first = min([*heads, *(at for at in sums if at == min(heads) - 1)])
        self.block = _Block(self.kecamatan, self.desa, heads, first, number)
        self.label = ""
        # In the workbooks of PPK the title of the section stands in the row of the names.
        self._head(" ".join(shown(value) for value in row[:first] if shown(value)))

    def _is_of_table(self, row: tuple[Value, ...]) -> bool:
        """Whether a row belongs to the table: not one of the lines above the next page."""
        return not any(
            _ABOVE.match(text) or self._unit_in(text) for text in map(shown, row) if text
        )

    def _look_for_units(self, row: tuple[Value, ...]) -> None:
        texts = [shown(value) for value in row if shown(value)]
        for at, text in enumerate(texts):
            for part in text.split(";"):
                found = self._unit_in(part)
                if found:
                    unit, name = found
                    rest = texts[at + 1] if at + 1 < len(texts) else ""
                    name = name or _name(rest)
                    if name:
                        self._set(unit, name)

    def _set(self, unit: str, name: str) -> None:
        if unit == "kecamatan":
            if name != self.kecamatan:
                self.desa = ""
            self.kecamatan = name
        else:
            self.desa = name
        self.block = None

    def _unit_in(self, text: str) -> tuple[str, str] | None:
        """``KELURAHAN/DESA : X`` or ``KELURAHAN X``: which unit, and its name if it is there."""
        for unit, words in self.units.items():
            names = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
            found = re.match(
                rf"(?i)^\s*(?:nama\s+)?(?:{names})(?:\s*/\s*(?:\w+))*\s*\*?\)?(?P<rest>\W.*|)$",
                text,
            )
            if found:
                return unit, _name(found["rest"])
        return None

    def _line(self, row: tuple[Value, ...], number: int) -> _Line | None:
        assert self.block is not None
        texts = [shown(value) for value in row[: self.block.first] if shown(value)]
        line = texts.pop() if texts and sex_of(texts[-1]) else ""
        if texts:
            self.label = _joined(texts)
        values = tuple(row[at] if at < len(row) else None for at in self.block.stations)
        has_figures = any(value is not None and value != "" for value in values)
        if not has_figures and not line:
            if texts:
                self._head(self.label)
            return None
        if not (texts or line or has_figures):
            return None
        label = self.label or "?"
        if texts and not line:
            own = self.matcher.party(label)
            self.party = own or self.party
        within = f"{self.party.number}. {self.party.name}" if self.party else self.heading
        text = " / ".join(part for part in (within, label, line) if part)
        return _Line(text, (label, self.heading, line, self.party), number, row)

    def _head(self, text: str) -> None:
        """A heading without figures: of a section, or of a party."""
        if not text or self.matcher.is_candidates(text):
            return
        self.party = self.matcher.party(text)
        self.heading = "" if self.party else text
        self.label = ""

    def match(self, line: _Line) -> Match:
        """What a line means."""
        label, above, word, party = line.match
        return self.matcher.match(label, above=above, line=word, party=party)


def _name(text: str) -> str:
    found = _VALUE.match(text)
    return _NEXT_UNIT.split(found["name"])[0].strip() if found else ""


def _joined(texts: list[str]) -> str:
    """Number and label, which stand in columns of their own or together."""
    whole = " ".join(" ".join(texts).split())
    number, rest = without_number(whole)
    return f"{number}. {rest}" if number and rest else whole


def _is_numbering(row: tuple[Value, ...]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 ..."""
    if any(isinstance(value, Formula) for value in row):
        return False
    texts = [shown(value) for value in row if shown(value)]
    if len(texts) < _NUMBERING or not all(text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers[0] == 1 and numbers == list(range(1, len(numbers) + 1))


def has_stations_across(rows: Iterable[tuple[Value, ...]]) -> bool:
    """Whether TPS stand across in any of some rows."""
    return any(_HEAD.match(shown(value)) for row in rows for value in row)


def propose_columns(
    rows: Iterable[tuple[Value, ...]],
    matcher: Matcher,
    units: Mapping[str, Collection[str]],
    *,
    sheet: str,
) -> CountMap | None:
    """How a table with a column a TPS would be taken; None where no TPS stand across."""
    walk = Walk(matcher, units)
    found: dict[str, Heading] = {}
    taken = set[str]()
    for block, line in walk.lines(rows):
        if line.text in found:
            continue
        match = walk.match(line)
        is_first = match.cell not in taken
        taken.add(match.cell)
        samples = [shown(line.values[at]) for at in block.stations if at < len(line.values)]
        found[line.text] = Heading(
            line.text,
            match.cell if is_first else "",
            is_sure=match.is_sure and is_first,
            row=line.row,
            samples=tuple(text for text in samples if text)[:MOST_SAMPLES],
        )
    return CountMap(Shape.COLUMNS, tuple(found.values()), sheet) if found else None


def column_counts(
    rows: Iterable[tuple[Value, ...]],
    count_map: CountMap,
    matcher: Matcher,
    units: Mapping[str, Collection[str]],
    *,
    sheet: str,
) -> Iterator[FoundCount]:
    """Counts of a worksheet, a column a TPS; of several blocks of one TPS one count is made."""
    targets = count_map.targets
    found: dict[tuple[str, str, str], FoundCount] = {}
    for block, line in Walk(matcher, units).lines(rows):
        target = targets.get(line.text)
        for at, tps in block.stations.items():
            key = (block.kecamatan, block.desa, tps.casefold())
            if key not in found:
                spot = Spot(sheet, block.row, at + 1)
                desa = count_map.desa or block.desa
                found[key] = FoundCount(block.kecamatan, desa, tps, spot)
            value = line.values[at] if at < len(line.values) else None
            if target and value is not None and not is_taken(found[key], target, value):
                spot = Spot(sheet, line.row, at + 1)
                grouping = count_map.grouping
                take_figure(found[key], target, value, spot, heading=line.text, grouping=grouping)
    yield from found.values()
