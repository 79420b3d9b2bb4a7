"""Forms that satisfy every rule, for the tests of all rooms: real definitions, random figures."""

from __future__ import annotations

import itertools
import tomllib
from typing import TYPE_CHECKING, Protocol

from hypothesis import strategies as st

from recap_desktop import places
from recap_desktop.election.checks import relations
from recap_desktop.election.definitions.contests import Candidate, Choice, ChoiceKind
from recap_desktop.election.definitions.forms import COLUMNS, CheckKind, Form, Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

EDITIONS = ("kwk-2024", "ppwp-2024", "kwk-2015", "kwk-2018", "kwk-2020")
"""Forms of pairs, each of other rows. DPD has the rows of PPWP; parties are ``party_layout``."""


class Choose(Protocol):
    """Chooses a number between two bounds, both included."""

    def __call__(self, low: int, high: int, /) -> int: ...


def read_form(edition: str) -> Form:
    """The form definition as the program brings it."""
    return Form.read(tomllib.loads(places.resource("forms", f"{edition}.toml").read_text("utf-8")))


def choices_for(form: Form, count: int = 3) -> list[Choice]:
    """So many choices of the kind the form is for."""
    kind = ChoiceKind(form.choices[0])
    if kind is ChoiceKind.PARTY:
        listed = tuple(Candidate(number, f"CALON {number}") for number in range(1, count + 1))
        return [Choice(n, f"PARTAI {n}", kind, candidates=listed) for n in range(1, count)]
    return [
        Choice(n, f"{'PASLON' if kind is ChoiceKind.PAIR else 'CALON'} {n}", kind)
        for n in range(1, count + 1)
    ]


def layout_of(edition: str, choices: int = 3) -> Layout:
    """A contest of that many choices on a form of that edition, of parties one fewer."""
    form = read_form(edition)
    return Layout.of(form, choices_for(form, choices))


def party_layout() -> Layout:
    """A contest of two parties with three candidates each."""
    return layout_of("dpr-2024")


@st.composite
def valid_cells(draw: st.DrawFn, layout: Layout) -> dict[str, int]:
    """A form of this layout, every cell filled, that breaks no rule and raises no warning."""
    return make_valid(layout, lambda low, high: draw(st.integers(low, high)))


def make_valid(layout: Layout, choose: Choose) -> dict[str, int]:
    """The same with any source of numbers.

    One way through all identities: voters, then who of them voted, then as many ballots and
    votes as that.
    """
    cells: dict[str, int] = {}
    _fill_voters(layout, cells, choose)
    received = _received(layout, cells, choose)
    _fill_users(layout, cells, choose, received)
    used = cells["users.total.jml"]
    spoiled = choose(0, min(9, received - used))
    invalid = choose(0, used)
    cells |= {
        "ballots.received": received,
        "ballots.used": used,
        "ballots.spoiled": spoiled,
        "ballots.unused": received - used - spoiled,
        "cast": used,
        "invalid": invalid,
        "valid": used - invalid,
    }
    _fill_votes(layout, cells, choose)
    return {cell: cells[cell] for cell in layout.cells}


def _fill_voters(layout: Layout, cells: dict[str, int], choose: Choose) -> None:
    for row in layout.form.rows:
        if row.key == "voters.dpt":
            half = layout.form.maximum // 2
            _fill_row(cells, row.key, [choose(1, half), choose(0, half)])
        elif row.key.startswith(("voters.", "disabled.voters")) and row.key != "voters.total":
            _fill_row(cells, row.key, [choose(0, 20), choose(0, 20)])
    _add_up(layout, cells, "voters.total")


def _received(layout: Layout, cells: dict[str, int], choose: Choose) -> int:
    """The DPT and the reserve, where a part of a ballot may be rounded either way."""
    voters, permille = cells["voters.dpt.jml"], layout.form.reserve
    up = relations.reserve_of(voters, permille)
    down = (1000 + permille) * voters // 1000
    return choose(down, up)


def _fill_users(layout: Layout, cells: dict[str, int], choose: Choose, received: int) -> None:
    bounds = [rule for rule in layout.form.rules if rule.kind is CheckKind.AT_MOST]
    room = received
    for row in layout.form.rows:
        if not row.key.startswith("users.") or row.key == "users.total":
            continue
        upper = [rule.total for rule in bounds if row.key in rule.parts]
        numbers: list[int] = []
        for column in COLUMNS[:2]:
            most = [cells[f"{key}.{column}"] for key in upper] or [20]
            numbers.append(choose(0, min([*most, room])))
            room -= numbers[-1]
        _fill_row(cells, row.key, numbers)
    _add_up(layout, cells, "users.total")
    upper = [rule.total for rule in bounds if "disabled.users" in rule.parts]
    _fill_row(
        cells,
        "disabled.users",
        [choose(0, min(cells[f"{key}.{column}"] for key in upper)) for column in COLUMNS[:2]],
    )


def _fill_row(cells: dict[str, int], key: str, numbers: Sequence[int]) -> None:
    men, women = numbers
    cells |= dict(zip((f"{key}.{c}" for c in COLUMNS), (men, women, men + women), strict=True))


def _add_up(layout: Layout, cells: dict[str, int], key: str) -> None:
    for rule in layout.form.rules:
        if rule.total == key and rule.kind is CheckKind.EQUAL:
            men, women = (
                sum(cells[f"{part}.{column}"] for part in rule.parts) for column in COLUMNS[:2]
            )
            _fill_row(cells, key, [men, women])


def _fill_votes(layout: Layout, cells: dict[str, int], choose: Choose) -> None:
    shares = _split(cells["valid"], len(layout.choices), choose)
    for choice, share in zip(layout.choices, shares, strict=True):
        cells[choice.counted_key] = share
        *parts, total = choice.cells
        if parts:
            assert total == choice.counted_key
            cells |= dict(zip(parts, _split(share, len(parts), choose), strict=True))


def _split(number: int, parts: int, choose: Choose) -> list[int]:
    cuts = [0, *sorted(choose(0, number) for _ in range(parts - 1)), number]
    return [high - low for low, high in itertools.pairwise(cuts)]
