"""Tables with a row a TPS: finding their heads, and taking counts from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.tables.count_maps import (
    DESA,
    KECAMATAN,
    MOST_SAMPLES,
    TPS,
    CountMap,
    Heading,
    Shape,
)
from recap_desktop.election.tables.foreign_figures import shown
from recap_desktop.election.tables.heading_matching import NOTHING
from recap_desktop.election.tables.heading_names import sex_of, words_of
from recap_desktop.foreign.found_counts import FoundCount, Spot, is_taken, take_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recap_desktop.election.definitions.contests import Choice
    from recap_desktop.election.tables.foreign_figures import Value
    from recap_desktop.election.tables.heading_matching import Match, Matcher

_LOOKED_AT = 40
"""Rows from the top in which the heads are looked for."""

_TALLEST = 3
_FEWEST = 2
_SUMS = ("jumlah", "total")
_NAMING = {
    TPS: ({"tps"}, {"no", "nomor", "nama", "kode", "id", "nomer"}),
    DESA: ({"desa", "kelurahan", "kel"}, {"nama", "kode", "id"}),
    KECAMATAN: ({"kecamatan", "kec", "distrik"}, {"nama", "kode", "id"}),
}
"""Words of which one must stand in the head of a place, and those that may stand beside it."""

_KNOWN_ASIDE = frozenset(
    (
        "no",
        "nomor",
        "provinsi",
        "kabupaten",
        "kota",
        "kab",
        "keterangan",
        "ket",
        "dapil",
        "nama",
        "kode",
    )
)
"""Heads of columns that say nothing a form holds."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of one column, of one to three rows: the lowest word, and those above it."""

    label: str
    above: str
    line: str

    @property
    def text(self) -> str:
        return " / ".join(part for part in (self.above, self.label, self.line) if part)


def propose_rows(
    rows: Sequence[tuple[Value, ...]],
    matcher: Matcher,
    *,
    sheet: str,
    header: tuple[int, int] = (0, 0),
) -> CountMap | None:
    """How a table with a row a TPS would be taken; None where no heads are found.

    Args:
        rows: the first rows of the table.
        matcher: of the contest.
        sheet: name of the worksheet.
        header: rows of the heads, from 1, where a person says them.
    """
    if 0 < header[0] <= header[1] <= len(rows):
        told = tuple(_headings(rows, header[0] - 1, header[1] - 1, matcher))
        return CountMap(Shape.ROWS, told, sheet, header=header) if told else None
    best: tuple[float, int, int] | None = None
    for last in range(min(len(rows), _LOOKED_AT)):
        for height in range(1, min(_TALLEST, last + 1) + 1):
            score = _score(rows[last - height + 1 : last + 1], matcher)
            if score and (best is None or score > best[0]):
                best = (score, last - height + 1, last)
    if best is None:
        return None
    _, first, last = best
    headings = _headings(rows, first, last, matcher)
    return CountMap(Shape.ROWS, tuple(headings), sheet, header=(first + 1, last + 1))


def _score(band: Sequence[tuple[Value, ...]], matcher: Matcher) -> float:
    """How many heads are known; none where no TPS is named, or the lowest row is mostly figures."""
    texts = [value for value in band[-1] if isinstance(value, str) and value.strip()]
    if len(texts) < _FEWEST:
        return 0
    known, has_place = 0.0, False
    for head in _heads(band):
        if head is None:
            continue
        place = _place_of(head)
        has_place = has_place or place == TPS
        match = NOTHING if place else _match(matcher, head, None, is_far=False)
        known += 1 if place or match.is_sure else 0.5 if match.cell else 0
    # Of equal bands the lower one wins: a title above the heads tells nothing.
    return known - 0.01 * len(band) if has_place and known >= _FEWEST else 0


def _heads(band: Sequence[tuple[Value, ...]]) -> list[_Head | None]:
    """Heads of all columns; what is merged across stands in its first column only."""
    width = max(map(len, band), default=0)
    own = [[_text(row, column) for column in range(width)] for row in band]
    heads: list[_Head | None] = []
    carried = [""] * len(band)
    for column in range(width):
        parts = [line[column] for line in own]
        for level, part in enumerate(parts):
            if part:
                carried[level] = part
                # What stands below belongs to another head now.
                carried[level + 1 :] = [""] * (len(band) - level - 1)
        lowest = next((at for at in reversed(range(len(parts))) if parts[at]), -1)
        heads.append(_head([*carried[:lowest], parts[lowest]]) if lowest >= 0 else None)
    return heads


def _head(parts: Sequence[str]) -> _Head:
    said = [part for part in parts if part]
    *above, label = said
    if above and sex_of(label):
        return _Head(above[-1], above[-2] if len(above) > 1 else "", label)
    return _Head(label, above[-1] if above else "", "")


def _text(row: tuple[Value, ...], column: int) -> str:
    return " ".join(shown(row[column]).split()) if column < len(row) else ""


def _place_of(head: _Head) -> str:
    words = set(words_of(head.label))
    for place, (must, may) in _NAMING.items():
        if words & must and words <= must | may:
            return place
    return ""


def _match(matcher: Matcher, head: _Head, party: Choice | None, *, is_far: bool = True) -> Match:
    return matcher.match(head.label, above=head.above, line=head.line, party=party, is_far=is_far)


def _headings(
    rows: Sequence[tuple[Value, ...]], first: int, last: int, matcher: Matcher
) -> Iterator[Heading]:
    heads = _heads(rows[first : last + 1])
    below = rows[last + 1 :]
    width = max([len(heads), *map(len, below)])
    met: dict[str, int] = {}
    taken = set[str]()
    for column in range(width):
        head = heads[column] if column < len(heads) else None
        samples = tuple(_samples(below, column))
        if head is None and not samples:
            continue
        text = head.text if head else "?"
        met[text] = met.get(text, 0) + 1
        if met[text] > 1:
            text = f"{text} ({met[text]})"
        target, is_sure = _target(head, matcher, taken)
        taken.add(target)
        yield Heading(
            text, target, is_sure=is_sure, column=column + 1, row=last + 1, samples=samples
        )


def _target(head: _Head | None, matcher: Matcher, taken: set[str]) -> tuple[str, bool]:
    """What a column is, and whether that is sure; a second one of the same is asked about."""
    if head is None:
        return "", False
    place = _place_of(head)
    if place:
        # Where a code and a name of the desa stand side by side, the first says enough.
        return ("", True) if place in taken else (place, True)
    if not head.above and set(words_of(head.label)) <= _KNOWN_ASIDE:
        return "", True
    match = _match(matcher, head, matcher.party(head.above) if head.above else None)
    if match.cell in taken:
        return "", False
    return match.cell, match.is_sure


def _samples(rows: Sequence[tuple[Value, ...]], column: int) -> Iterator[str]:
    found = 0
    for row in rows[:_LOOKED_AT]:
        text = _text(row, column)
        if text and found < MOST_SAMPLES:
            found += 1
            yield text


def row_counts(
    rows: Iterable[tuple[Value, ...]], count_map: CountMap, *, sheet: str
) -> Iterator[FoundCount]:
    """Counts of a table, a row a TPS, with the faults of each.

    Rows without a TPS are left away when they are empty or sums; a desa that stands only in the
    first of its rows, as merged cells have it, holds for those below.
    """
    places = {one.target: one.column - 1 for one in count_map.headings if one.target in _NAMING}
    cells = [
        (one.target, one.column - 1, one.text)
        for one in count_map.headings
        if one.target and one.target not in _NAMING
    ]
    kecamatan = desa = ""
    for number, row in enumerate(rows, start=1):
        if number <= count_map.header[1] or not any(_text(row, at) for at in range(len(row))):
            continue
        tps = _text(row, places[TPS])
        said = _text(row, places[DESA]) if DESA in places else ""
        above = _text(row, places[KECAMATAN]) if KECAMATAN in places else ""
        is_first = number <= count_map.header[1] + _TALLEST
        if _is_sum(tps, said, above) or (is_first and _is_numbering(row)):
            continue
        if not tps and _is_sum(*(value for value in row if isinstance(value, str))):
            continue
        if above and above != kecamatan:
            kecamatan, desa = above, ""
        desa = said or desa
        if not tps and not any(_text(row, column) for _, column, _ in cells):
            continue
        found = FoundCount(kecamatan, count_map.desa or desa, tps, spot=Spot(sheet, number))
        for cell, column, heading in cells:
            value = row[column] if column < len(row) else None
            if value is not None and not is_taken(found, cell, value):
                spot = Spot(sheet, number, column + 1)
                take_figure(found, cell, value, spot, heading=heading, grouping=count_map.grouping)
        yield found


def _is_sum(*places: str) -> bool:
    return any(text.strip().casefold().startswith(_SUMS) for text in places)


def _is_numbering(row: tuple[Value, ...]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 ..., perhaps from a later one on."""
    texts = [shown(value) for value in row if value is not None]
    if len(texts) < _TALLEST or not all(text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= _FEWEST
