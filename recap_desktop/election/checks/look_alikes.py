"""Look-alikes: TPS that hold each other's figures or stand apart from their desa.

Each is a reason to look again at the paper, never a verdict, and the least likely comes first.
Measured on published figures (error catalogue of Situng 2019): of 806,583 TPS 84 pairs stood
under each other's number, 814 held the figures of another TPS, and 2,401 pairs of one desa were
equal, partly by chance.

Two TPS under each other's number are told by the DPT on their forms, which the definition knows
(R15 tells each side alone). Whether the number of votes would fit the DPT of the other TPS
better was tried as well: in Sumatera Selatan 2019 it named 5,284 pairs, one of the four real
ones among them, and was left out.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from recap_desktop.election.checks.outliers import outliers
from recap_desktop.election.checks.resemblance import (
    Kind,
    LookAlike,
    Reading,
    bits,
    free_cells,
    pairs_as_near,
    places,
    vote_cells,
)
from recap_desktop.election.checks.shifted_runs import Runs
from recap_desktop.election.definitions.regions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recap_desktop.election.definitions.forms import Layout

VOTER_LIST = "voters.dpt"
_DESA = Level.DESA.value

NEWS = 3.0
"""Bits over chance from which on two TPS of one desa are told: by chance once in eight desa."""

FAR_NEWS = 7.0
"""The same for two desa: by chance in one office of a hundred."""


class Print(NamedTuple):
    """The votes and the whole count of one TPS as two numbers, and how seldom each is met."""

    tps: str
    votes: int
    whole: int
    votes_bits: float
    whole_bits: float


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at one desa.

    Attributes:
        desa: its code.
        found: look-alikes within it.
        prints: of its TPS, to be held against those of other desa.
    """

    desa: str
    found: tuple[LookAlike, ...]
    prints: tuple[Print, ...]


class DesaLook:
    """Looks at the TPS of one desa at a time; what depends on the form only is made once."""

    def __init__(self, layout: Layout) -> None:
        """Look at counts of a contest."""
        self._layout = layout
        self._votes = vote_cells(layout)
        free = set(free_cells(layout))
        self._free = tuple(cell for cell in layout.cells if cell in free)
        self._free_votes = tuple(cell for cell in self._votes if cell in free)
        self._runs = Runs(layout)
        row = layout.form.row(VOTER_LIST)
        self._dpt = row.cells[:2] if row.split else ()

    def look(self, desa: str, readings: Sequence[Reading]) -> Looked:
        """Everything worth a second look among the TPS of one desa.

        Args:
            desa: its code.
            readings: those that count, in code order; a first entry of two is none of them.
        """
        prints = tuple(self._print(reading) for reading in readings)
        found = list(self._same(readings, prints))
        known = {frozenset((one.tps, one.other)) for one in found}
        found += [
            one for one in self._misplaced(readings) if frozenset((one.tps, one.other)) not in known
        ]
        known |= {frozenset((one.tps, one.other)) for one in found}
        found += self._runs.between(readings, known)
        found += outliers(self._layout, readings)
        return Looked(desa, tuple(sorted(found, key=lambda one: one.order)), prints)

    def _print(self, reading: Reading) -> Print:
        cells = reading.cells
        return Print(
            reading.tps,
            hash(tuple(map(cells.get, self._votes))),
            hash(tuple(map(cells.get, self._layout.cells))),
            bits(cells[cell] for cell in self._free_votes if cell in cells),
            bits(cells[cell] for cell in self._free if cell in cells),
        )

    # Under each other's number

    def _misplaced(self, readings: Sequence[Reading]) -> Iterator[LookAlike]:
        """Forms whose DPT is not that of their TPS but that of another one of the desa."""
        if not self._dpt:
            return
        lists: dict[tuple[int, int], list[str]] = {}
        for reading in readings:
            if reading.dpt:
                lists.setdefault(reading.dpt, []).append(reading.tps)
        typed = {reading.tps: self._typed(reading) for reading in readings}
        own = {reading.tps: reading.dpt for reading in readings}
        number = {reading.tps: at for at, reading in enumerate(readings)}
        for at, reading in enumerate(readings):
            dpt = typed[reading.tps]
            if dpt is None or own[reading.tps] in (None, dpt):
                continue
            for other in lists.get(dpt, ()):
                both = typed[other] == own[reading.tps]
                if both and other < reading.tps:
                    continue
                distance = abs(at - number[other])
                seldom = bits(dpt) + (bits(own[reading.tps] or ()) if both else 0.0)
                margin = seldom - places(pairs_as_near(len(readings), distance))
                kind = Kind.EXCHANGED if both else Kind.ELSEWHERE
                if margin >= NEWS:
                    yield LookAlike(kind, reading.tps, other, self._dpt, (), seldom, margin)

    def _typed(self, reading: Reading) -> tuple[int, int] | None:
        men, women = (reading.cells.get(cell) for cell in self._dpt)
        return None if men is None or women is None else (men, women)

    # Equal

    def _same(self, readings: Sequence[Reading], prints: Sequence[Print]) -> Iterator[LookAlike]:
        groups: dict[int, list[int]] = {}
        for at, one in enumerate(prints):
            groups.setdefault(one.votes, []).append(at)
        for group in groups.values():
            if max(prints[at].whole_bits for at in group) < NEWS:
                # Forms of nothing but zeros, of which there may be hundreds.
                continue
            for first, second in itertools.combinations(group, 2):
                near = places(pairs_as_near(len(readings), second - first))
                found = same(prints[first], prints[second], self._votes)
                if found.bits - near >= NEWS:
                    yield _weighed(found, near)


def same(one: Print, other: Print, votes: tuple[str, ...]) -> LookAlike:
    """Two TPS with equal votes, or equal in every cell; still to be weighed."""
    whole = one.whole == other.whole
    seldom = one.whole_bits if whole else one.votes_bits
    return LookAlike(Kind.SAME, one.tps, other.tps, votes, (), seldom, is_whole=whole)


def _weighed(found: LookAlike, used: float) -> LookAlike:
    return replace(found, margin=found.bits - used)


class LookAlikes:
    """All look-alikes of an office, desa by desa, and between desa as soon as both were looked at.

    A desa that is looked at again takes the place of what was known of it.
    """

    def __init__(self, layout: Layout, *, stations: int) -> None:
        """Nothing looked at yet; ``stations`` is how many TPS the contest has here."""
        self._votes = vote_cells(layout)
        self._used = places(max(2, stations * (stations - 1) // 2))
        self._looked: dict[str, Looked] = {}
        self._by_votes: dict[int, list[Print]] = {}
        self._shared: set[int] = set()

    def put(self, looked: Looked) -> None:
        """Take what came of looking at a desa."""
        before = self._looked.get(looked.desa)
        for old in filter(self._is_telling, before.prints if before else ()):
            self._by_votes[old.votes].remove(old)
        self._looked[looked.desa] = looked
        for new in filter(self._is_telling, looked.prints):
            group = self._by_votes.setdefault(new.votes, [])
            group.append(new)
            if len(group) > 1:
                self._shared.add(new.votes)

    def _is_telling(self, one: Print) -> bool:
        """Whether a second one like it would be news anywhere in the office."""
        return max(one.votes_bits, one.whole_bits) >= self._used + FAR_NEWS

    def found(self) -> list[LookAlike]:
        """All that is known now, in the order of ``LookAlike.order``."""
        within = (one for looked in self._looked.values() for one in looked.found)
        return sorted([*within, *self._across()], key=lambda one: one.order)

    def _across(self) -> Iterable[LookAlike]:
        for votes in self._shared:
            for one, other in itertools.combinations(sorted(self._by_votes[votes]), 2):
                found = same(one, other, self._votes)
                is_far = one.tps[:_DESA] != other.tps[:_DESA]
                if is_far and found.bits - self._used >= FAR_NEWS:
                    yield _weighed(found, self._used)
