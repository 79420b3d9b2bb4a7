"""The generator: right forms are right, slips are as frequent as counted, one seed one election."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.checks import causes, rules
from recap_desktop.election.practice import practice, practice_slips
from recap_desktop.election.practice.practice import Practice, PracticeForm
from tests.made_up.every_form import CASES, CONTEST, election_of
from tests.made_up.made_up_pemilu import made_up_pemilu, seeded

if TYPE_CHECKING:
    from tests.made_up.every_form import Case

# Codes of whole forms and of what was left out; all others are slips that hints know.
BESIDE = {*practice.SHARES, "people-left-zero"}


@pytest.fixture(scope="module")
def forms() -> list[PracticeForm]:
    """8,000 forms for president."""
    return list(Practice(made_up_pemilu(8_000), seeded(5)).forms("ppwp"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_form_without_a_slip_breaks_no_rule(case: Case) -> None:
    election = election_of(case)
    layout = election.layout(CONTEST)
    for form in Practice(election, seeded(1)).forms(CONTEST):
        assert tuple(form.meant) == layout.cells
        assert rules.judge(layout, form.meant) == ()
        assert form.planted or form.written == form.meant


def test_the_same_seed_gives_the_same_desa_with_or_without_the_others() -> None:
    election = made_up_pemilu(60)
    everywhere = list(Practice(election, seeded(9)).forms("dpr"))
    desa = election.stations[-1].tps[:10]

    alone = list(Practice(election, seeded(9)).forms("dpr", desa))
    others = list(Practice(election, seeded(10)).forms("dpr", desa))

    assert alone == [form for form in everywhere if form.tps.startswith(desa)]
    assert alone != others


def test_a_tps_has_the_same_voters_in_every_contest() -> None:
    election = made_up_pemilu(30)
    made = Practice(election, seeded(2))
    same = ("voters.dpt.l", "voters.dpt.jml", "users.dpt.p", "users.special.jml")
    seen = {
        contest.id: [[form.meant[cell] for cell in same] for form in made.forms(contest.id)]
        for contest in election.contests
    }

    assert len(seen) == 5
    assert all(figures == seen["ppwp"] for figures in seen.values())
    known = [[station.dpt_l, station.dpt] for station in election.stations]
    assert [figures[:2] for figures in seen["ppwp"]] == known


def test_the_kinds_add_up_to_what_was_counted() -> None:
    """The catalogue counts 47,032 forms on which votes do not add up, 2,256 rows of L + P."""
    assert sum(slip.counted for slip in practice_slips.VOTES.slips) == 47_032
    assert practice_slips.VOTES.weights[11] == 13_848
    assert sum(slip.counted for slip in practice_slips.PEOPLE.slips[:8]) == 2_256
    known = {slip.code for count in practice_slips.COUNTS for slip in count.slips}
    assert known - BESIDE <= set(causes.RANKED)


def test_slips_are_as_frequent_as_they_were_counted(forms: list[PracticeForm]) -> None:
    """Within three and a half deviations of what so many TPS would have."""
    codes = [[planted.code for planted in form.planted] for form in forms]
    groups = {
        name: {slip.code for slip in count.slips}
        for name, count in (("votes", practice_slips.VOTES), ("people", practice_slips.PEOPLE))
    }
    only_votes = groups["votes"] - groups["people"]
    expected = {
        code: sum(
            count.share * slip.counted / count.weights[-1]
            for count in practice_slips.COUNTS
            for slip in count.slips
            if slip.code == code
        )
        for code in only_votes | {"crossed-box", "people-left-zero", "left-blank", "row-shift"}
    } | practice.SHARES
    met = Counter(code for own in codes for code in own)
    for code, share in expected.items():
        wanted = share * len(forms)
        assert abs(met[code] - wanted) <= 3.5 * max(2.0, wanted) ** 0.5, code
    slipped = sum(bool(own) for own in codes) / len(forms)
    assert 0.20 < slipped < 0.25


def test_shapes_are_those_of_the_published_figures(forms: list[PracticeForm]) -> None:
    """Pilpres 2024, Sumatera Selatan: DPT 241, turnout 85 %, invalid 3 %, DPTb and DPK few."""
    meant = [form.meant for form in forms]

    def of_all(cell: str) -> int:
        return sum(cells[cell] for cells in meant)

    assert 230 < of_all("voters.dpt.jml") / len(meant) < 250
    assert 0.82 < of_all("users.dpt.jml") / of_all("voters.dpt.jml") < 0.88
    assert 0.02 < of_all("invalid") / of_all("cast") < 0.04
    assert 1 < of_all("users.moved.jml") / len(meant) < 6
    assert 1 < of_all("users.special.jml") / len(meant) < 6


def test_two_exchanged_stations_hold_each_others_figures() -> None:
    made = Practice(made_up_pemilu(2_000), seeded(3), times=20).forms("dpd")
    by_tps = {form.tps: form for form in made}
    exchanged = [
        form
        for form in by_tps.values()
        if form.planted[:1] and form.planted[0].code == "stations-exchanged"
    ]

    assert len(exchanged) > 10
    for form in exchanged:
        twin = by_tps[form.planted[0].tps]
        assert twin.planted[0].tps == form.tps
        assert twin.tps[:10] == form.tps[:10]
        slipped = {cell for planted in form.planted[1:] for cell in planted.cells}
        as_meant = {cell for cell, n in twin.meant.items() if form.written.get(cell) == n}
        assert twin.meant.keys() - as_meant == slipped
