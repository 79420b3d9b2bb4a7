"""Look-alikes: what resembles each other is told, chance is weighed, and small counts are no news."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.checks.look_alikes import DesaLook, LookAlikes, Looked
from recap_desktop.election.checks.resemblance import (
    Kind,
    LookAlike,
    Reading,
    bits,
    free_cells,
    pairs_as_near,
    vote_cells,
)
from tests.benchmarks.wrong_places import listed_kinds, misplaced, outcome, read
from tests.made_up.offices import BUPATI, tiny_election, valid_bupati

DATA = Path(__file__).parents[1] / "data"
LAYOUT = tiny_election().layout(BUPATI)
DESA = "3207011001"
OTHER = "3207012001"


def form(seed: int, **changed: int) -> dict[str, int]:
    """A form that adds up, unlike those of other seeds in every figure."""
    cells = valid_bupati(40 + 7 * seed, 100 + 11 * seed, 5 + seed)
    men = 150 + 3 * seed
    lists = {"voters.dpt.l": men, "voters.dpt.p": 400 - men + seed}
    lists["voters.dpt.jml"] = sum(lists.values())
    known = {cell: n for cell, n in {**cells, **lists}.items() if cell in LAYOUT.known}
    return {**known, **{cell.replace("_", "."): n for cell, n in changed.items()}}


def readings(*forms: dict[str, int], desa: str = DESA) -> list[Reading]:
    """Forms under their numbers, each with its own DPT in the definition."""
    return [
        Reading(f"{desa}{at:03d}", cells, (cells["voters.dpt.l"], cells["voters.dpt.p"]))
        for at, cells in enumerate(forms, start=1)
    ]


def look(held: list[Reading]) -> tuple[LookAlike, ...]:
    return DesaLook(LAYOUT).look(held[0].tps[:10], held).found


def pairs_of(found: tuple[LookAlike, ...], kind: Kind) -> list[tuple[str, str]]:
    return [(one.tps[-3:], one.other[-3:]) for one in found if one.kind is kind]


def test_forms_that_differ_are_no_news() -> None:
    assert look(readings(*map(form, range(8)))) == ()


def test_equal_counts_are_told_with_both_sides() -> None:
    held = readings(form(0), form(1), form(2), form(1))
    (found,) = look(held)
    assert (found.kind, found.tps[-3:], found.other[-3:]) == (Kind.SAME, "002", "004")
    assert found.is_whole
    assert found.bits > 30


def test_equal_votes_on_other_forms_are_told_as_votes() -> None:
    votes = {cell: form(1)[cell] for cell in (*vote_cells(LAYOUT), "valid", "cast")}
    (found,) = look(readings(form(0), form(1), form(2), {**form(3), **votes}))
    assert (found.kind, found.is_whole) == (Kind.SAME, False)
    assert found.cells == vote_cells(LAYOUT)


def test_equal_zeros_and_small_counts_are_chance() -> None:
    nothing = dict.fromkeys(LAYOUT.cells, 0)
    few = {**nothing, "votes.1": 1, "votes.2": 2, "valid": 3, "cast": 3}
    held = [Reading(f"{DESA}{n:03d}", cells) for n, cells in enumerate([nothing, few] * 4, 1)]
    assert look(held) == ()


def test_forms_under_each_others_number_are_told_once() -> None:
    right = readings(*map(form, range(4)))
    one, other = right[1], right[2]
    wrong = [right[0], one._replace(cells=other.cells), other._replace(cells=one.cells), right[3]]
    assert pairs_of(look(wrong), Kind.EXCHANGED) == [("002", "003")]
    assert pairs_of(look(wrong), Kind.ELSEWHERE) == []


def test_a_form_with_the_dpt_of_another_tps_is_told() -> None:
    right = readings(*map(form, range(4)))
    held = [*right[:3], right[3]._replace(dpt=(131, 177))]
    assert look(held) == ()
    held = [right[0]._replace(cells=form(2)), *right[1:]]
    (found,) = look(held)
    assert (found.kind, found.tps[-3:], found.other[-3:]) == (Kind.SAME, "001", "003")
    voters = {cell: n for cell, n in form(2).items() if cell.startswith("voters.")}
    held = [right[0]._replace(cells={**form(0), **voters}), *right[1:]]
    (found,) = look(held)
    assert (found.kind, found.tps[-3:], found.other[-3:]) == (Kind.ELSEWHERE, "001", "003")


def test_a_page_of_a_neighbour_is_told_though_the_votes_are_others() -> None:
    page = {cell: n for cell, n in form(2).items() if cell.startswith(("voters.", "users."))}
    held = readings(form(0), form(1), form(2), {**form(3), **page})
    (found,) = look([reading._replace(dpt=None) for reading in held])
    assert (found.kind, found.tps[-3:], found.other[-3:]) == (Kind.PART, "004", "003")
    assert set(found.cells) == {*page, "ballots.received"}


def test_figures_a_line_further_on_than_those_of_a_neighbour_are_told() -> None:
    rows = ("voters.dpt", "users.dpt", "users.moved")
    later = ("users.dpt", "users.moved", "users.special")
    source = {**form(2), "users.moved.l": 31, "users.moved.p": 47, "users.moved.jml": 78}
    shifted = {
        f"{to}.{column}": source[f"{of}.{column}"]
        for of, to in zip(rows, later, strict=True)
        for column in ("l", "p", "jml")
    }
    held = readings(form(0), form(1), source, {**form(3), **shifted})
    found = [one for one in look(held) if one.kind is Kind.SHIFTED]
    assert [(one.tps[-3:], one.other[-3:]) for one in found] == [("004", "003")]
    assert set(found[0].cells) == set(shifted)
    assert [cell.rpartition(".")[0] for cell in found[0].beside[::3]] == list(rows)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"votes_1": 140, "votes_2": 6}, Kind.SHARE),
        ({"invalid": 70}, Kind.INVALID),
        ({"votes_1": 3, "votes_2": 10, "invalid": 1}, Kind.TURNOUT),
    ],
)
def test_what_stands_apart_from_its_desa_is_told(changed: dict[str, int], kind: Kind) -> None:
    plain = [form(0, votes_1=40 + n, votes_2=100 - n, invalid=4 + n % 3) for n in range(9)]
    held = readings(*plain, {**plain[0], **{c.replace("_", "."): n for c, n in changed.items()}})
    held = [reading._replace(dpt=(100, 100)) for reading in held]
    outliers = [one for one in look(held) if one.kind is kind]
    assert [one.tps[-3:] for one in outliers] == ["010"]
    assert abs(outliers[0].permille - outliers[0].usual) > 100
    accepted = [*held[:-1], held[-1]._replace(is_accepted=True)]
    assert [one for one in look(accepted) if one.kind is kind] == []


def test_the_less_likely_comes_first() -> None:
    small = {**form(4), "votes.1": 5, "votes.2": 9, "invalid": 0, "valid": 14, "cast": 14}
    again = {**form(5), **{c: small[c] for c in ("votes.1", "votes.2", "invalid", "valid", "cast")}}
    held = readings(small, again, form(1), form(2), form(1), form(6))
    found = [one for one in look(held) if one.kind is Kind.SAME]
    assert [one.margin for one in found] == sorted((one.margin for one in found), reverse=True)
    assert found[0].is_whole


# Between desa, and kept in step


def looked(desa: str, *forms: dict[str, int]) -> Looked:
    return DesaLook(LAYOUT).look(desa, readings(*forms, desa=desa))


def test_equal_counts_of_two_desa_are_told_until_one_changes() -> None:
    known = LookAlikes(LAYOUT, stations=8_000)
    known.put(looked(DESA, form(0), form(1)))
    known.put(looked(OTHER, form(1), form(2)))
    (found,) = known.found()
    assert (found.tps, found.other) == (f"{DESA}002", f"{OTHER}001")
    known.put(looked(OTHER, form(3), form(2)))
    assert known.found() == []


@given(st.permutations(range(4)))
def test_the_order_of_looking_does_not_matter(order: list[int]) -> None:
    every = [looked(f"32070{n}1001", form(20 + n), form(1), form(9)) for n in range(4)]
    known, other = LookAlikes(LAYOUT, stations=900), LookAlikes(LAYOUT, stations=900)
    for one in every:
        known.put(one)
    for at in order:
        other.put(every[at])
        other.put(every[at])
    assert known.found() == other.found()
    assert len(known.found()) == 12


# How chance is weighed


@given(st.integers(0, 500), st.integers(0, 500))
def test_larger_figures_say_more_and_zero_says_nothing(one: int, more: int) -> None:
    assert bits([0]) == 0
    assert bits([one, more]) == pytest.approx(bits([one]) + bits([more]))
    assert bits([one + 1]) > bits([one])


@given(st.integers(2, 200), st.data())
def test_pairs_as_near_are_counted(stations: int, data: st.DataObject) -> None:
    distance = data.draw(st.integers(1, stations - 1))
    pairs = itertools.combinations(range(stations), 2)
    assert pairs_as_near(stations, distance) == sum(b - a <= distance for a, b in pairs)


def test_no_cell_that_follows_from_others_counts_twice() -> None:
    free = set(free_cells(LAYOUT))
    assert {"voters.dpt.l", "voters.dpt.p", "votes.1", "votes.2", "invalid"} <= free
    assert not free & {"voters.dpt.jml", "users.total.jml", "valid", "cast", "ballots.received"}


# On real forms: every number below is what the list does there today


def test_wrong_places_of_sumatera_selatan_2019_are_found() -> None:
    stations = read(DATA / "wrong-places-sumsel-2019.csv")
    found = {what: (known, listed) for what, known, listed in outcome(stations)}
    assert found["a TPS that holds another's figures"] == (18, 13)
    assert found["... and both show them"] == (14, 13)
    # Nothing on these forms tells two that were exchanged: they hold no DPT of their own.
    assert found["two TPS under each other's number"] == (4, 0)
    assert len(misplaced(stations)) == 26


def test_few_others_are_listed_beside_them() -> None:
    stations = read(DATA / "wrong-places-sumsel-2019.csv")
    listed = {kind: numbers for kind, *numbers in listed_kinds(stations)}
    assert len(stations) == 1_166
    assert listed["same"][0] <= 20
    assert listed["invalid"][0] <= 20
    assert listed["turnout"][0] + listed["share"][0] <= 40
