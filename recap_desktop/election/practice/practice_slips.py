"""Slips planted on a form that was right, as often as they were counted on published figures.

Three counts, each of the forms it was made on:

- votes: Situng 2019, people typing from the C1, all 806,583 TPS with data;
- voters and users: Sirekap 2024, read by machine and corrected by people, Sumatera Selatan.
  2,702 of 16,773 forms break an administrative identity; which slip, is in the proportion of
  the kinds. "Ballots" there is the figure that joins users and votes: ballots used;
- blanks: Pilkada Surabaya 2015, typed, 3,936 TPS.

Nobody published ballots received, spoiled and unused of a TPS, so no slip is planted there.
"""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.checks import slips
from recap_desktop.election.definitions.forms import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from recap_desktop.election.definitions.forms import Layout
    from recap_desktop.election.practice.practice_forms import Chance

Changes = dict[str, int | None]
"""Cell -> what is written instead; None leaves it blank."""

_TRIES = 8
_TOO_LONG = 9_999_999
_FULL = 100  # a figure that leaves none of its three boxes empty


@dataclass(frozen=True, slots=True)
class Planted:
    """A slip on a form (kekeliruan yang ditanam).

    Attributes:
        code: what happened.
        cells: what it left wrong.
        tps: the TPS whose figures these are, where that is another one.
    """

    code: str
    cells: tuple[str, ...]
    tps: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a slip is to happen on."""

    layout: Layout
    cells: Mapping[str, int]
    chance: Chance

    def one_of(self, keys: Sequence[str]) -> str:
        """Any of some cells."""
        return keys[self.chance.randrange(0, len(keys))]

    def a_vote(self) -> str:
        """As often the valid votes as one of the choices (or a candidate)."""
        if self.chance.random() < 0.5:  # noqa: PLR2004 - half
            return "valid"
        return self.one_of([cell for choice in self.layout.choices for cell in choice.cells])


@dataclass(frozen=True, slots=True)
class Slip:
    """A known slip: its code (of ``causes.RANKED``), how often it was counted, what it does."""

    code: str
    counted: int
    make: Callable[[Form], Changes]


@dataclass(frozen=True, slots=True)
class Count:
    """Slips that were counted together, and on what share of forms one of them stood."""

    share: float
    slips: tuple[Slip, ...]

    @property
    def weights(self) -> list[int]:
        """Running sums of what was counted."""
        return list(itertools.accumulate(slip.counted for slip in self.slips))

    def plant(self, form: Form, times: float) -> tuple[str, Changes] | None:
        """A slip with what it changes; None on most forms.

        A slip that would leave everything as it was (a figure copied onto its equal) could not
        be counted: another is drawn.
        """
        if form.chance.random() >= self.share * times:
            return None
        weights = self.weights
        for _ in range(_TRIES):
            at = bisect.bisect_right(weights, form.chance.randrange(0, weights[-1]))
            changes = self.slips[at].make(form)
            wrong: Changes = {c: n for c, n in changes.items() if n != form.cells.get(c)}
            if wrong:
                return self.slips[at].code, wrong
        return None


# What becomes of one figure


def step(form: Form, cell: str, *, most: int, unit: int = 1) -> Changes:
    """The figure is off by 1 to ``most`` units."""
    by = unit * form.chance.randrange(1, most + 1)
    number = form.cells[cell]
    down = number >= by and form.chance.random() < 0.5  # noqa: PLR2004 - half
    return {cell: number - by if down else number + by}


def swapped(form: Form, cell: str) -> Changes:
    """Two neighbouring digits change places."""
    found = [n for code, n in slips.readings(form.cells[cell]) if code == slips.SWAPPED_DIGITS]
    return {cell: found[form.chance.randrange(0, len(found))]} if found else {}


def extra_digit(form: Form, cell: str) -> Changes:
    """One digit more than there is."""
    number = form.cells[cell] * 10 + form.chance.randrange(0, 10)
    return {cell: number} if number <= _TOO_LONG else {}


def crossed(form: Form, cells: Sequence[str]) -> Changes:
    """A cross in an empty box beside a short figure, read as 8."""
    short = [cell for cell in cells if form.cells.get(cell, _FULL) < _FULL]
    if not short:
        return {}
    cell = form.one_of(short)
    return {cell: int(str(form.cells[cell]).rjust(3, "8"))}


def corrected_over(form: Form, cell: str) -> Changes:
    """A struck-out figure and the one beside it, read as one."""
    struck = form.cells[cell] + form.chance.randrange(1, 40)
    return {cell: int(f"{struck}{form.cells[cell]}")} if form.cells[cell] else {}


def any_other(form: Form, cell: str) -> Changes:
    """A figure that nothing explains."""
    return {cell: form.chance.randrange(0, 2 * form.cells["cast"] + 2)}


def copied(form: Form, cell: str, source: str) -> Changes:
    """The figure of another cell, where the form has that."""
    return {cell: form.cells[source]} if source in form.cells else {}


# What becomes of votes


def _swap_valid(form: Form) -> Changes:
    return {"valid": form.cells["invalid"], "invalid": form.cells["valid"]}


def _valid_with_invalid(form: Form) -> Changes:
    return {"valid": form.cells["valid"] + form.cells["invalid"]}


def _valid_is_choice(form: Form) -> Changes:
    choices = form.layout.choices
    return copied(form, "valid", form.one_of([choice.counted_key for choice in choices]))


def _no_votes(form: Form) -> Changes:
    return {cell: 0 for choice in form.layout.choices for cell in choice.cells}


def _a_choice_zero(form: Form) -> Changes:
    return {form.one_of([choice.counted_key for choice in form.layout.choices]): 0}


def _invalid_subtracted(form: Form) -> Changes:
    number = form.cells["valid"] - form.cells["invalid"]
    return {"cast": number} if number >= 0 else {}


def _cast_or_invalid(form: Form) -> str:
    return form.one_of(("cast", "invalid"))


_VALID = (
    Slip(slips.SMALL_STEP, 2_238, lambda f: step(f, f.a_vote(), most=2)),
    Slip("valid-invalid-swapped", 1_771, _swap_valid),
    Slip("valid-includes-invalid", 1_597 + 221, _valid_with_invalid),
    Slip(slips.EVEN_STEP, 1_336, lambda f: step(f, f.a_vote(), most=9, unit=10)),
    Slip(slips.EVEN_STEP, 1_060, lambda f: step(f, f.a_vote(), most=2, unit=100)),
    Slip(slips.LEFT_ZERO, 947, lambda _: {"valid": 0}),
    Slip("valid-is-choice", 547, _valid_is_choice),
    Slip("votes-left-zero", 216, _no_votes),
    Slip(slips.SWAPPED_DIGITS, 122, lambda f: swapped(f, f.a_vote())),
    Slip(slips.LEFT_ZERO, 64, _a_choice_zero),
    Slip(slips.EXTRA_DIGIT, 3, lambda f: extra_digit(f, f.a_vote())),
    Slip("one-number", 3_065 + 661, lambda f: any_other(f, f.a_vote())),
)
"""Votes that are not the valid votes: 13,848 forms."""

_CAST = (
    Slip(slips.SMALL_STEP, 9_859, lambda f: step(f, _cast_or_invalid(f), most=2)),
    Slip("invalid-left-out", 5_601, lambda f: copied(f, "cast", "valid")),
    Slip(slips.LEFT_ZERO, 4_430, lambda _: {"cast": 0}),
    Slip("copied", 1_596, lambda f: copied(f, "cast", "voters.dpt.jml")),
    Slip(slips.EVEN_STEP, 1_486, lambda f: step(f, _cast_or_invalid(f), most=9, unit=10)),
    Slip("copied", 1_158 + 64, lambda f: copied(f, "cast", "ballots.received")),
    Slip(slips.EVEN_STEP, 617, lambda f: step(f, _cast_or_invalid(f), most=2, unit=100)),
    Slip("invalid-subtracted", 545, _invalid_subtracted),
    Slip("copied", 235, lambda f: copied(f, "cast", "invalid")),
    Slip(slips.SWAPPED_DIGITS, 201, lambda f: swapped(f, "cast")),
    Slip(slips.EXTRA_DIGIT, 90, lambda f: extra_digit(f, "cast")),
    Slip("one-number", 10_814 - 3_512, lambda f: any_other(f, _cast_or_invalid(f))),
)
"""Valid and invalid that are not the votes cast: 39,666 forms, less the 6,482 counted above."""

VOTES = Count(47_032 / 806_583, (*_VALID, *_CAST))
"""Slips in votes: one form in seventeen."""


# What becomes of voters and users

_BROKEN_ROWS = {
    "users.total": 594,
    "users.dpt": 509,
    "voters.dpt": 482,
    "users.moved": 393,
    "users.special": 278,
}
"""How often L + P was not JML, by row."""

_SPLIT = tuple(f"{row}.{column}" for row in _BROKEN_ROWS for column in COLUMNS)


def _a_row(form: Form) -> str:
    at = form.chance.randrange(0, sum(_BROKEN_ROWS.values()))
    ends = list(itertools.accumulate(_BROKEN_ROWS.values()))
    return list(_BROKEN_ROWS)[bisect.bisect_right(ends, at)]


def _of_row(form: Form) -> str:
    """One of L, P and JML."""
    return f"{_a_row(form)}.{form.one_of(COLUMNS)}"


def _one_zero(form: Form) -> Changes:
    return {f"{_a_row(form)}.{COLUMNS[-1]}": 0}


def _sexes_zero(form: Form) -> Changes:
    row = _a_row(form)
    return {f"{row}.{column}": 0 for column in COLUMNS[:2]}


def _sexes_exchanged(form: Form) -> Changes:
    row = _a_row(form)
    men, women = (f"{row}.{column}" for column in COLUMNS[:2])
    return {men: form.cells[women], women: form.cells[men]}


def _row_zero(row: str) -> Changes:
    return {f"{row}.{column}": 0 for column in COLUMNS}


def _row_of(form: Form, row: str, source: str) -> Changes:
    return {f"{row}.{column}": form.cells[f"{source}.{column}"] for column in COLUMNS}


def _no_people(form: Form) -> Changes:
    rows = [row for row in form.layout.form.rows if row.key.startswith(("voters.", "users."))]
    return {cell: 0 for row in rows for cell in row.cells}


_PEOPLE = (
    Slip(slips.EVEN_STEP, 379, lambda f: step(f, _of_row(f), most=9, unit=10)),
    Slip(slips.CROSSED_BOX, 243, lambda f: crossed(f, _SPLIT)),
    Slip(slips.SMALL_STEP, 229, lambda f: step(f, _of_row(f), most=2)),
    Slip(slips.EVEN_STEP, 225, lambda f: step(f, _of_row(f), most=2, unit=100)),
    Slip(slips.LEFT_ZERO, 182, _one_zero),
    Slip("sexes-left-zero", 149, _sexes_zero),
    Slip(slips.CORRECTED_OVER, 10, lambda f: corrected_over(f, _of_row(f))),
    Slip("one-number", 839, lambda f: any_other(f, _of_row(f))),
    Slip("row-shift", 27, lambda f: _row_of(f, "users.moved", "users.dpt")),
    Slip("row-shift", 26, lambda f: _row_of(f, "users.moved", "users.total")),
    Slip("row-shift", 6, lambda f: _row_of(f, "users.moved", "voters.dpt")),
    Slip("sexes-exchanged", 20, _sexes_exchanged),
    Slip("people-left-zero", 397, _no_people),
    Slip("row-left-zero", 440 - 397, lambda _: _row_zero("voters.dpt")),
    Slip("row-left-zero", 452 - 397, lambda _: _row_zero("users.total")),
    Slip("row-copied", 153, lambda f: _row_of(f, "users.total", "voters.dpt")),
    Slip(slips.LEFT_ZERO, 131, lambda _: {"ballots.used": 0}),
    Slip("copied", 94, lambda f: copied(f, "ballots.used", "users.dpt.jml")),
    Slip("copied", 52, lambda f: copied(f, "ballots.used", "voters.dpt.jml")),
    Slip(slips.EVEN_STEP, 103, lambda f: step(f, "ballots.used", most=9, unit=10)),
    Slip(slips.EVEN_STEP, 51, lambda f: step(f, "ballots.used", most=2, unit=100)),
    Slip(slips.SMALL_STEP, 177 + 202, lambda f: step(f, "ballots.used", most=5)),
    Slip("one-number", 291, lambda f: any_other(f, "ballots.used")),
)

PEOPLE = Count(2_702 / 16_773, _PEOPLE)
"""Slips in voters, users and ballots used: one form in six, as machines read them."""


# What is left blank


def _blank(*cells: str) -> Changes:
    return dict.fromkeys(cells)


def _blank_choices(form: Form) -> Changes:
    return _blank(*(cell for choice in form.layout.choices for cell in choice.cells))


_BLANKS = (
    Slip("left-blank", 19, lambda _: _blank("valid", "invalid", "cast")),
    Slip("left-blank", 14, _blank_choices),
    Slip("left-blank", 10, lambda _: _blank(*(f"users.total.{column}" for column in COLUMNS))),
    Slip("left-blank", 4, lambda _: _blank("cast")),
)

BLANKS = Count(47 / 3_936, _BLANKS)
"""Cells that nobody filled."""

COUNTS = (VOTES, PEOPLE, BLANKS)


def plant(form: Form, times: float = 1.0) -> tuple[dict[str, int], tuple[Planted, ...]]:
    """A form as it might be typed, with the slips that are on it.

    Args:
        form: as it should be.
        times: how many times as often as counted; practice may want more.
    """
    written: dict[str, int | None] = dict(form.cells)
    planted = []
    for count in COUNTS:
        found = count.plant(form, times)
        if found:
            code, changes = found
            written |= changes
            planted.append(Planted(code, tuple(changes)))
    return {cell: n for cell, n in written.items() if n is not None}, tuple(planted)
