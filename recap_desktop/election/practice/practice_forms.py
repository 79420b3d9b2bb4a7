"""A made-up C.HASIL on which everything holds, in the shapes that real ones have.

Shapes without another source were measured on Pilpres 2024, all TPS of Sumatera Selatan that
Sirekap published whole.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from recap_desktop.election.checks import relations
from recap_desktop.election.definitions.contests import ChoiceKind
from recap_desktop.election.definitions.forms import COLUMNS, CheckKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.election.definitions.contests import Choice, Station
    from recap_desktop.election.definitions.forms import Form, Layout

People = dict[str, tuple[int, int]]
"""Row key -> men and women of one TPS, the same in all its contests."""


class Chance(Protocol):
    """Where chance comes from; ``random.Random`` is one. The election room has none itself."""

    def random(self) -> float:
        """A number from 0 up to, not including, 1."""

    def gauss(self, mu: float, sigma: float, /) -> float:
        """A number of the normal distribution."""

    def randrange(self, start: int, stop: int, /) -> int:
        """A whole number from ``start`` up to, not including, ``stop``."""


_VOTERS = (0.81, 0.125)  # of the most a TPS may have: mean and spread
_MEN = (0.505, 0.025)
_TURNOUT = (0.85, 0.08)
_MOVED = ((0.0, 0), (0.5, 0), (0.75, 2), (0.9, 4), (0.99, 43), (1.0, 60))
_SPECIAL = ((0.0, 0), (0.25, 0), (0.5, 1), (0.75, 4), (0.9, 8), (0.99, 30), (1.0, 45))
_SPOILED = ((0.0, 0), (0.8, 0), (0.95, 1), (1.0, 5))
_INVALID = (
    *((0.0, 0.0), (0.01, 0.0), (0.1, 0.004), (0.25, 0.01), (0.5, 0.019)),
    *((0.75, 0.031), (0.9, 0.047), (0.99, 0.132), (1.0, 0.25)),
)
_DISABLED = 0.008  # of the voters; penyandang disabilitas
_MORE_INVALID = {ChoiceKind.PARTY: 4.0, ChoiceKind.CANDIDATE: 7.0}
# Pemilu 2019, all Indonesia: 2 % of ballots invalid for president, 11 % for DPR, 19 % for DPD.
_DESA_SPREAD, _TPS_SPREAD = 0.45, 0.26  # of a share, as its logarithm
_PARTY_ITSELF = 0.35  # of a party's votes, those for no candidate
_NEXT_CANDIDATE = 0.72  # of the votes of the one before on the list


def people_of(form: Form, station: Station, chance: Chance) -> People:
    """Voters and users of a TPS by row: DPT, pindahan, khusus, disabled.

    The DPT is that of the definition where it says one. Nobody votes without a ballot, so users
    never pass the ballots received.
    """
    people: People = {"voters.dpt": _voters(form, station, chance)}
    people["users.dpt"] = _some(people["voters.dpt"], _within(*_TURNOUT, chance), chance)
    voters = sum(people["voters.dpt"])
    room = relations.reserve_of(voters, form.reserve) - sum(people["users.dpt"])
    for row, points in (("added", _MOVED), ("moved", _MOVED), ("special", _SPECIAL)):
        came = 0
        if f"users.{row}" in {known.key for known in form.rows}:
            came = min(int(_drawn(points, chance)), room)
        room -= came
        people[f"users.{row}"] = _halved(came, chance)
        people[f"voters.{row}"] = people[f"users.{row}"]
    disabled = _some(people["voters.dpt"], _DISABLED, chance)
    people["disabled.voters"] = disabled
    limits = (people["users.dpt"], disabled)
    men, women = (min(numbers) for numbers in zip(*limits, strict=True))
    people["disabled.users"] = (men, women)
    return people


def _voters(form: Form, station: Station, chance: Chance) -> tuple[int, int]:
    if station.dpt_l is not None and station.dpt_p is not None:
        return station.dpt_l, station.dpt_p
    mean, spread = _VOTERS
    number = round(form.maximum * min(1.0, max(0.1, chance.gauss(mean, spread))))
    men = round(number * _within(*_MEN, chance))
    return men, number - men


def _within(mean: float, spread: float, chance: Chance) -> float:
    return min(1.0, max(0.0, chance.gauss(mean, spread)))


def _some(of: tuple[int, int], share: float, chance: Chance) -> tuple[int, int]:
    men, women = (min(number, int(number * share + chance.random())) for number in of)
    return men, women


def _halved(number: int, chance: Chance) -> tuple[int, int]:
    men = chance.randrange(0, number + 1)
    return men, number - men


def _drawn(points: Sequence[tuple[float, float]], chance: Chance) -> float:
    """A number of a distribution that is given by its quantiles."""
    at = chance.random()
    for (below, low), (above, high) in itertools.pairwise(points):
        if at < above:
            return low + (high - low) * (at - below) / (above - below)
    return points[-1][1]


@dataclass(frozen=True, slots=True)
class Support:
    """How many are for whom: a weight for each choice, and for each cell of its list.

    Attributes:
        shares: a weight for each choice of the contest.
        lists: for a party the weights of its own column and its candidates; else empty.
        invalid: how much more often a ballot is invalid than one for president.
    """

    shares: tuple[float, ...]
    lists: tuple[tuple[float, ...], ...]
    invalid: float

    @classmethod
    def of(cls, choices: Sequence[Choice], chance: Chance) -> Support:
        """Some are favoured, some are hardly known."""
        return cls(
            shares=tuple(math.exp(chance.gauss(0, 0.8)) for _ in choices),
            lists=tuple(_list_weights(choice, chance) for choice in choices),
            invalid=_MORE_INVALID.get(choices[0].kind, 1.0) if choices else 1.0,
        )

    def in_desa(self, chance: Chance) -> Support:
        """The same with the leanings of a desa."""
        return Support(
            _leaning(self.shares, _DESA_SPREAD, chance),
            tuple(_leaning(weights, _DESA_SPREAD, chance) for weights in self.lists),
            self.invalid,
        )

    def in_station(self, chance: Chance) -> Support:
        """The same with the leanings of one TPS."""
        return Support(_leaning(self.shares, _TPS_SPREAD, chance), self.lists, self.invalid)


def _list_weights(choice: Choice, chance: Chance) -> tuple[float, ...]:
    if choice.kind is not ChoiceKind.PARTY:
        return ()
    on_list = [_NEXT_CANDIDATE**place for place in range(len(choice.candidates))]
    scale = (1 - _PARTY_ITSELF) / (sum(on_list) or 1.0)
    named = (weight * scale * math.exp(chance.gauss(0, 0.6)) for weight in on_list)
    return (_PARTY_ITSELF, *named)


def _leaning(weights: Sequence[float], spread: float, chance: Chance) -> tuple[float, ...]:
    return tuple(weight * math.exp(chance.gauss(0, spread)) for weight in weights)


def fill(layout: Layout, people: People, support: Support, chance: Chance) -> dict[str, int]:
    """The C.HASIL of a TPS with every cell filled, on which every rule holds.

    Args:
        layout: of the contest.
        people: of the TPS; see ``people_of``.
        support: of the TPS.
        chance: decides what is left open.
    """
    cells: dict[str, int] = {}
    for row in layout.form.rows:
        if row.split and row.key in people:
            _write(cells, row.key, people[row.key])
    _add_up(layout, cells)
    used = cells["users.total.jml"]
    received = relations.reserve_of(sum(people["voters.dpt"]), layout.form.reserve)
    spoiled = min(int(_drawn(_SPOILED, chance)), received - used)
    share = min(0.5, support.invalid * _drawn(_INVALID, chance))
    invalid = min(used, int(used * share + chance.random()))
    cells |= {
        "ballots.received": received,
        "ballots.used": used,
        "ballots.spoiled": spoiled,
        "ballots.unused": received - used - spoiled,
        "valid": used - invalid,
        "invalid": invalid,
        "cast": used,
        **_votes(layout, used - invalid, support, chance),
    }
    return {cell: cells[cell] for cell in layout.cells}


def _write(cells: dict[str, int], row: str, people: tuple[int, int]) -> None:
    numbers = (*people, sum(people))
    cells |= {f"{row}.{column}": n for column, n in zip(COLUMNS, numbers, strict=True)}


def _add_up(layout: Layout, cells: dict[str, int]) -> None:
    """Rows that are the sum of other split rows (pengguna seluruhnya, pemilih seluruhnya)."""
    for rule in layout.form.rules:
        parts = [f"{part}.{COLUMNS[0]}" for part in rule.parts]
        is_sum = rule.kind is CheckKind.EQUAL and layout.form.row(rule.total).split
        if is_sum and all(part in cells for part in parts):
            men, women = (
                sum(cells[f"{part}.{column}"] for part in rule.parts) for column in COLUMNS[:2]
            )
            _write(cells, rule.total, (men, women))


def _votes(layout: Layout, valid: int, support: Support, chance: Chance) -> Mapping[str, int]:
    votes: dict[str, int] = {}
    shared = share_out(valid, support.shares, chance)
    for choice, number, weights in zip(layout.choices, shared, support.lists, strict=True):
        votes[choice.counted_key] = number
        if weights:
            listed = share_out(number, weights, chance)
            votes |= zip(choice.cells[:-1], listed, strict=True)
    return votes


def share_out(number: int, weights: Sequence[float], chance: Chance) -> list[int]:
    """Whole numbers in the proportion of the weights that add up to ``number``."""
    scale, start = number / sum(weights), chance.random()
    ends = [int(end * scale + start) for end in itertools.accumulate(weights)]
    ends[-1] = number
    return [high - low for low, high in itertools.pairwise([0, *ends])]
