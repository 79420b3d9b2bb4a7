"""TPS that stand apart from the others of their desa: a reason to look again, never a verdict.

Held against the desa are turnout (votes cast of the DPT in the definition), the share of invalid
votes, and the share of each choice among the valid ones. The measure is robust: the distance
from the median of the desa, in units of its spread. The spread is 1.4826 times the median
absolute deviation, but never less than a floor of what differs between any two neighbouring
TPS; to it is added, squared, what chance does in a TPS of that size (binomial). So a small TPS
may stray far, and a desa in which all are equal does not make a stranger of the next one.

Floors and limits are measured on Pilpres 2019 in Sumatera Selatan (two readings of each C1): of
the TPS listed for their invalid votes half had been typed wrongly, for their turnout a quarter,
for a choice's share one in fifteen. Shares of places do differ; hence its higher limit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.checks.resemblance import Kind, LookAlike

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from recap_desktop.election.checks.resemblance import Reading
    from recap_desktop.election.definitions.forms import Layout

FEWEST = 5
"""Fewer TPS do not say what is usual in a desa."""

_OF_NORMAL = 1.4826
"""Makes a median absolute deviation comparable with a standard deviation."""

_LEAST_SHARE = 0.02
"""Usual shares below it are taken for as much: in a desa without invalid votes one is no news."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """One share: how it is worked out, its floor of spread, and from how far on it is told."""

    kind: Kind
    cell: str
    part: Callable[[Reading], int]
    whole: Callable[[Reading], int]
    floor: float
    limit: float


def outliers(layout: Layout, readings: Sequence[Reading]) -> Iterator[LookAlike]:
    """What stands apart among the TPS of one desa; of fewer than ``FEWEST`` nothing is said."""
    for measure in _measures(layout):
        shares = [
            (reading, measure.part(reading) / whole, whole)
            for reading in readings
            if (whole := measure.whole(reading)) > 0
        ]
        if len(shares) >= FEWEST:
            yield from _apart(measure, shares)


def _measures(layout: Layout) -> list[_Measure]:
    """Sums are worked out here: where a written one is wrong, the rules tell it."""
    counted = [choice.counted_key for choice in layout.choices]
    # Of two choices one share tells the other.
    told = counted[:1] if len(counted) == 2 else counted  # noqa: PLR2004 - two choices

    def valid(reading: Reading) -> int:
        return sum(reading.cells.get(cell, 0) for cell in counted)

    def cast(reading: Reading) -> int:
        # A form without any vote, or without its invalid ones, never came or is not complete.
        votes = valid(reading)
        return votes + reading.cells["invalid"] if votes and "invalid" in reading.cells else 0

    def voters(reading: Reading) -> int:
        return sum(reading.dpt) if reading.dpt and cast(reading) else 0

    return [
        _Measure(Kind.TURNOUT, "cast", cast, voters, 0.05, 5.0),
        _Measure(
            Kind.INVALID, "invalid", lambda reading: reading.cells["invalid"], cast, 0.01, 5.0
        ),
        *(_Measure(Kind.SHARE, cell, _votes_of(cell), valid, 0.05, 6.0) for cell in told),
    ]


def _votes_of(cell: str) -> Callable[[Reading], int]:
    return lambda reading: reading.cells.get(cell, 0)


def _median(shares: Iterable[float]) -> float:
    ordered = sorted(shares)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _apart(measure: _Measure, shares: Sequence[tuple[Reading, float, int]]) -> Iterator[LookAlike]:
    usual = _median(share for _, share, _ in shares)
    deviation = _median(abs(share - usual) for _, share, _ in shares)
    spread = max(_OF_NORMAL * deviation, measure.floor)
    assumed = min(max(usual, _LEAST_SHARE), 1 - _LEAST_SHARE)
    for reading, share, whole in shares:
        by_chance = assumed * (1 - assumed) / whole
        distance = abs(share - usual) / math.sqrt(spread**2 + by_chance)
        if distance >= measure.limit and not reading.is_accepted:
            yield LookAlike(
                measure.kind,
                reading.tps,
                cells=(measure.cell,),
                margin=distance,
                permille=round(1000 * share),
                usual=round(1000 * usual),
            )
