"""What a look-alike is, and how seldom chance alone makes one.

Two small counts are often equal: that is no news. How often is judged cell by cell. Of a figure
``n`` two TPS would agree by chance about once in ``sqrt(1 + 4 pi n)`` times if their figures
scattered as little as Poisson numbers do; real TPS scatter more, so chance is never understated.
It is told in **bits**: ten bits are once in a thousand. Against it stands in how many places one
looked: among 30 TPS there are 435 pairs, and what happens once in 435 pairs is met there once.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from recap_desktop.election.definitions.forms import CheckKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.definitions.forms import Layout


class Kind(enum.Enum):
    """Why to look again (lihat lagi); ``look.<value>`` words it. Never that something is wrong."""

    EXCHANGED = "exchanged"
    ELSEWHERE = "elsewhere"
    SAME = "same"
    PART = "part"
    SHIFTED = "shifted"
    TURNOUT = "turnout"
    INVALID = "invalid"
    SHARE = "share"

    @property
    def is_outlier(self) -> bool:
        """Whether one TPS is held against its desa, and not against another TPS."""
        return self in (Kind.TURNOUT, Kind.INVALID, Kind.SHARE)


_PLACES = {kind: at for at, kind in enumerate(Kind)}


class Reading(NamedTuple):
    """The count of one TPS that may be held against others (hasil satu TPS).

    A named tuple and no dataclass: of 75,000 TPS each is made anew at every look.

    Attributes:
        tps: 13-digit key.
        cells: as they count; a blank cell is absent.
        dpt: men and women on the list of this TPS in the definition; None where it is not known.
        is_accepted: whether the plenary looked at the paper and let the figures stand.
    """

    tps: str
    cells: Mapping[str, int]
    dpt: tuple[int, int] | None = None
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two TPS that resemble each other, or one that stands apart from its desa (lihat lagi).

    Attributes:
        kind: why to look again.
        tps: the TPS to begin with.
        other: the other TPS; empty where there is none.
        cells: where it shows on the form of ``tps``, in paper order.
        beside: the cells that show the same on the other form; empty where they are
            ``cells``.
        bits: how seldom chance does the like in one pair: once in ``2 ** bits``.
        margin: the same against all that was looked at: what is left of ``bits``.
        permille: of an outlier its share in thousandths; 0 else.
        usual: what is usual in its desa, in thousandths; 0 else.
        is_whole: whether every cell that is filled is equal.
    """

    kind: Kind
    tps: str
    other: str = ""
    cells: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    bits: float = 0.0
    margin: float = 0.0
    permille: int = 0
    usual: int = 0
    is_whole: bool = False

    @property
    def order(self) -> tuple[int, float, str, str]:
        """Sorts by kind, then the least likely first, then by code."""
        return (_PLACES[self.kind], -round(self.margin, 6), self.tps, self.other)


def bits(figures: Iterable[int]) -> float:
    """How seldom two TPS agree in all these figures by chance: once in ``2 ** bits``.

    The figures must be free of each other: no sum beside its parts.
    """
    return sum(0.5 * math.log2(1 + 4 * math.pi * figure) for figure in figures)


def places(count: int) -> float:
    """Bits that are used up by looking in so many places."""
    return math.log2(count) if count > 1 else 0.0


def pairs_as_near(stations: int, distance: int) -> int:
    """Pairs among so many TPS that stand no further apart than this one.

    Forms lie in the order of their numbers: who slips, slips to a neighbour. So TPS 046 and
    047 are held against the neighbours, 004 and 112 against all.
    """
    distance = min(distance, stations - 1)
    return max(1, stations * distance - distance * (distance + 1) // 2)


def free_cells(layout: Layout) -> tuple[str, ...]:
    """Cells of a form whose figures do not follow from other cells of it, in paper order.

    Of each sum the last cell on the paper is told by the others, and so are the ballots that
    were received, which are the DPT and its reserve.
    """
    at = {cell: place for place, cell in enumerate(layout.cells)}
    told = {
        max(check.cells, key=at.__getitem__)
        for check in layout.checks
        if check.kind in (CheckKind.EQUAL, CheckKind.RESERVE)
    }
    return tuple(cell for cell in layout.cells if cell not in told)


def vote_cells(layout: Layout) -> tuple[str, ...]:
    """What the voters said: the votes of every choice and the invalid ones, in paper order."""
    choices = [cell for choice in layout.choices for cell in choice.cells]
    return tuple(cell for cell in (*choices, "invalid") if cell in layout.known)
