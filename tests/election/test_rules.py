"""Each rule of the rule book on a real form of Ternate 2024, one number changed at a time."""

from __future__ import annotations

import pytest

from recap_desktop.election import rules
from recap_desktop.election.contests import Station
from recap_desktop.election.forms import COLUMNS, Scope, Severity
from recap_desktop.election.rules import Finding
from tests.election.valid_forms import layout_of, party_layout

LAYOUT = layout_of("ppwp-2024")

# C.HASIL-PPWP of TPS 82.71.02.1022.008, read by eye from its scan.
_ROWS = {
    "voters.dpt": (134, 155, 289),
    "users.dpt": (95, 103, 198),
    "users.moved": (6, 3, 9),
    "users.special": (2, 1, 3),
    "users.total": (103, 107, 210),
    "disabled.users": (0, 0, 0),
}
TERNATE = {
    **{f"{row}.{c}": n for row, ns in _ROWS.items() for c, n in zip(COLUMNS, ns, strict=True)},
    "ballots.received": 295,
    "ballots.used": 210,
    "ballots.spoiled": 1,
    "ballots.unused": 84,
    "votes.1": 90,
    "votes.2": 110,
    "votes.3": 10,
    "valid": 210,
    "invalid": 0,
    "cast": 210,
}


def judged(**changes: int | None) -> list[Finding]:
    """Findings on the form of Ternate with some cells changed; None makes a cell blank."""
    cells = {**TERNATE, **{key.replace("__", "."): n for key, n in changes.items()}}
    return list(rules.judge(LAYOUT, {key: n for key, n in cells.items() if n is not None}))


def told(found: list[Finding]) -> list[tuple[str, str, int | None, int | None]]:
    return [(f.rule, f.cells[0], f.expected, f.found) for f in found]


def test_a_real_form_has_no_finding() -> None:
    assert judged() == []


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"voters__dpt__jml": 298}, [("R1", "voters.dpt.jml", 289, 298)]),
        (
            {"users__moved__l": 5, "users__moved__jml": 8},
            [("R2", "users.total.l", 102, 103), ("R2", "users.total.jml", 209, 210)],
        ),
        ({"ballots__unused": 83}, [("R4", "ballots.received", 294, 295)]),
        (
            {"ballots__used": 209},
            [
                ("R4", "ballots.received", 294, 295),
                ("R5", "ballots.used", 210, 209),
                ("R8", "cast", 209, 210),
            ],
        ),
        ({"votes__3": 12}, [("R6", "valid", 212, 210)]),
        ({"invalid": 2}, [("R7", "cast", 212, 210)]),
        (
            {"voters__dpt__l": 90, "voters__dpt__p": 199},
            [("R9", "voters.dpt.l", 90, 95)],
        ),
        (
            {"disabled__users__l": 104, "disabled__users__jml": 104},
            [("R11", "users.total.l", 103, 104)],
        ),
    ],
)
def test_what_does_not_add_up_is_found(
    changes: dict[str, int], findings: list[tuple[str, str, int, int]]
) -> None:
    errors = [f for f in judged(**changes) if f.severity is Severity.ERROR]

    assert told(errors) == findings


def test_more_spoiled_or_unused_ballots_than_were_received() -> None:
    found = judged(ballots__spoiled=300, ballots__unused=301)

    assert told([f for f in found if f.rule == "R10"]) == [
        ("R10", "ballots.received", 295, 300),
        ("R10", "ballots.received", 295, 301),
    ]


def test_voters_of_every_list_make_the_total_on_the_form_of_2015() -> None:
    cells = {"voters.dpt.jml": 400, "voters.added.jml": 3, "voters.moved.jml": 2}
    cells |= {"voters.special.jml": 1, "voters.total.jml": 405}

    (finding,) = rules.judge(layout_of("kwk-2015"), cells)

    assert told([finding]) == [("R3", "voters.total.jml", 406, 405)]


def test_a_party_has_the_votes_for_itself_and_for_its_candidates() -> None:
    cells = {"votes.1.party": 10, "votes.1.1": 5, "votes.1.2": 0, "votes.1.3": 4}

    (finding,) = rules.judge(party_layout(), {**cells, "votes.1.total": 20})

    assert told([finding]) == [("R12", "votes.1.total", 19, 20)]
    assert finding.scope is Scope.VOTES


@pytest.mark.parametrize(("received", "warned"), [(294, False), (295, False), (293, True)])
def test_the_reserve_may_be_rounded_either_way(*, received: int, warned: bool) -> None:
    """289 x 1.02 = 294.78."""
    found = judged(ballots__received=received, ballots__unused=received - 211)

    assert told(found) == ([("R14", "ballots.received", 295, received)] if warned else [])
    assert all(f.severity is Severity.WARNING for f in found)


def test_more_voters_than_a_station_may_have_are_unlikely() -> None:
    """A TPS of Pemilu 2024 has 300 voters at most."""
    found = rules.judge(LAYOUT, {"voters.dpt.jml": 301})

    assert told(list(found)) == [("R17", "voters.dpt.jml", 300, 301)]
    assert found[0].severity is Severity.WARNING


def test_a_blank_part_leaves_an_identity_unjudged() -> None:
    assert judged(votes__3=None) == []
    assert judged(invalid=None) == []
    assert judged(users__dpt__l=None) == []


def test_a_zero_is_a_number_and_not_a_blank() -> None:
    assert told(judged(votes__3=0)) == [("R6", "valid", 200, 210)]
    assert told(judged(valid=0)) == [("R6", "valid", 210, 0), ("R7", "cast", 0, 210)]


def test_a_blank_total_is_the_finding() -> None:
    found = judged(valid=None)

    assert told(found) == [("R6", "valid", 210, None)]
    assert found[0].hints[0].code == "left-blank"
    assert found[0].hints[0].value == 210


def test_a_blank_bound_is_not_judged() -> None:
    blank = dict.fromkeys(("voters__dpt__l", "voters__dpt__p", "voters__dpt__jml"))

    assert judged(**blank) == []


def test_an_empty_form_has_no_finding_and_an_all_zero_one_was_perhaps_never_delivered() -> None:
    assert rules.judge(LAYOUT, {}) == ()

    (finding,) = rules.judge(LAYOUT, dict.fromkeys(TERNATE, 0))

    assert (finding.rule, finding.severity) == ("R17", Severity.WARNING)
    assert finding.hints[0].code == "not-delivered"
    assert set(finding.cells) == set(TERNATE)


def test_findings_stand_in_paper_order_and_errors_before_warnings() -> None:
    found = judged(voters__dpt__jml=400, ballots__received=400, valid=1)
    place = {cell: at for at, cell in enumerate(LAYOUT.cells)}
    keys = [(place[f.cells[0]], f.severity is Severity.WARNING) for f in found]

    assert keys == sorted(keys)
    assert [f.rule for f in found[:2]] == ["R1", "R17"]


def test_votes_and_administration_are_judged_apart() -> None:
    scopes = {f.rule: f.scope for f in judged(valid=209, users__dpt__jml=190)}

    assert scopes == {
        "R1": Scope.ADMINISTRATION,
        "R2": Scope.ADMINISTRATION,
        "R6": Scope.VOTES,
        "R7": Scope.VOTES,
    }


class TestBesideTheVoterListOfTheDefinition:
    HERE = Station("8271021022008", 134, 155)
    OTHER = Station("8271021022009", 120, 141)

    def test_the_same_figures_are_no_finding(self) -> None:
        assert rules.judge_beside(LAYOUT, TERNATE, station=self.HERE, siblings=[]) == ()

    def test_an_unknown_voter_list_is_no_finding(self) -> None:
        unknown = Station("8271021022008")

        assert rules.judge_beside(LAYOUT, TERNATE, station=unknown, siblings=[self.HERE]) == ()

    def test_a_form_typed_under_another_number_names_the_tps_it_fits(self) -> None:
        found = rules.judge_beside(
            LAYOUT, TERNATE, station=self.OTHER, siblings=[self.OTHER, self.HERE]
        )

        (finding,) = found
        assert told([finding]) == [("R15", "voters.dpt.jml", 261, 289)]
        assert finding.cells == ("voters.dpt.jml", "voters.dpt.p", "voters.dpt.l")
        assert finding.severity is Severity.WARNING
        assert finding.hints[0].code == "other-station"
        assert finding.hints[0].tps == self.HERE.tps

    def test_a_sibling_that_fits_in_part_is_not_named(self) -> None:
        nearly = Station("8271021022010", 134, 156)
        found = rules.judge_beside(LAYOUT, TERNATE, station=self.OTHER, siblings=[nearly])

        assert [hint for f in found for hint in f.hints if hint.code == "other-station"] == []

    def test_a_blank_cell_is_not_compared(self) -> None:
        cells = {"voters.dpt.l": 143}
        (finding,) = rules.judge_beside(LAYOUT, cells, station=self.HERE, siblings=[])

        assert told([finding]) == [("R15", "voters.dpt.l", 134, 143)]
        assert [hint.code for hint in finding.hints] == ["swapped-digits"]

    def test_men_and_women_in_each_others_column(self) -> None:
        cells = {"voters.dpt.l": 155, "voters.dpt.p": 134, "voters.dpt.jml": 289}
        found = rules.judge_beside(LAYOUT, cells, station=self.HERE, siblings=[])

        assert [f.cells for f in found] == [("voters.dpt.p", "voters.dpt.l")]
        assert found[0].hints[0].code == "sexes-exchanged"

    @pytest.mark.parametrize(
        ("changes", "cells", "value"),
        [
            ({"voters.dpt.l": 143}, ("voters.dpt.l",), 134),
            ({"voters.dpt.jml": 298}, ("voters.dpt.jml",), 289),
            ({"voters.dpt.jml": 291, "voters.dpt.p": 165}, ("voters.dpt.p", "voters.dpt.jml"), 155),
        ],
    )
    def test_an_error_in_the_row_says_what_the_definition_knows_and_says_it_once(
        self, changes: dict[str, int], cells: tuple[str, ...], value: int
    ) -> None:
        """The reserve (R14) is only unlikely because of it."""
        found = rules.judge_at(LAYOUT, TERNATE | changes, station=self.HERE, siblings=[])

        (finding,) = found
        assert (finding.rule, finding.severity) == ("R1", Severity.ERROR)
        assert finding.hints[0].code == "voter-list"
        assert (finding.hints[0].cells, finding.hints[0].value) == (cells, value)

    def test_a_row_that_adds_up_to_another_list_is_said_once_beside_the_form(self) -> None:
        cells = TERNATE | {"voters.dpt.l": 234, "voters.dpt.jml": 389}
        found = rules.judge_at(LAYOUT, cells, station=self.HERE, siblings=[])

        assert told([f for f in found if f.rule != "R4"]) == [("R15", "voters.dpt.jml", 289, 389)]

    def test_without_a_list_the_form_is_judged_alone(self) -> None:
        unknown = Station(self.HERE.tps)
        cells = TERNATE | {"voters.dpt.l": 143}

        found = rules.judge_at(LAYOUT, cells, station=unknown, siblings=[])

        assert found == rules.judge(LAYOUT, cells)


class TestBesideTheOtherContestsOfTheTps:
    KWK = layout_of("kwk-2024")
    NAMES = ("dpd", "dpr", "dprd-kota", "dprd-prov", "ppwp")

    def found(self, *users: int | None, row: str = "users.dpt") -> dict[str, Finding]:
        """Contest -> what it is told when its contests say so in JML of a row (None: blank)."""
        cell = f"{row}.jml"
        forms = {
            name: {cell: number} if number is not None else {"cast": 1}
            for name, number in zip(self.NAMES, users, strict=False)
        }
        told = {}
        for own, cells in forms.items():
            others = {name: other for name, other in forms.items() if name != own}
            for finding in rules.judge_other_contest(self.KWK, cells, own=own, others=others):
                assert own not in told
                told[own] = finding
        return told

    def test_of_two_that_differ_each_is_told_once(self) -> None:
        found = self.found(198, 189)

        assert {own: (f.expected, f.found, f.beside) for own, f in found.items()} == {
            "dpd": (189, 198, ("dpr",)),
            "dpr": (198, 189, ("dpd",)),
        }
        assert {f.severity for f in found.values()} == {Severity.WARNING}

    def test_where_the_others_agree_only_the_one_that_does_not_is_told(self) -> None:
        found = self.found(198, 198, 189, 198, 198)

        assert list(found) == ["dprd-kota"]
        finding = found["dprd-kota"]
        assert told([finding]) == [("R16", "users.dpt.jml", 198, 189)]
        assert finding.beside == ("dpd", "dpr", "dprd-prov", "ppwp")
        assert finding.hints[0].code == "swapped-digits"

    def test_two_that_stand_against_three_are_both_told(self) -> None:
        assert list(self.found(198, 198, 189, 190, 198)) == ["dprd-kota", "dprd-prov"]

    def test_two_sides_as_large_as_each_other_are_told_once_each(self) -> None:
        assert list(self.found(198, 189, 198, 189)) == ["dpd", "dpr"]
        assert list(self.found(198, 189, 198, 189, 7)) == ["dpd", "dpr", "ppwp"]

    def test_all_that_agree_and_blank_cells_are_no_finding(self) -> None:
        assert self.found(198, 198, 198) == {}
        assert self.found(198, None, 198) == {}
        assert self.found(198, None) == {}

    def test_rows_that_may_differ_are_left_alone(self) -> None:
        """Moved voters (pindahan) of another dapil do not vote in every contest."""
        assert "users.moved" not in self.KWK.form.same
        assert self.found(3, 9, row="users.moved") == {}

    def test_the_columns_of_a_row_are_told_at_once(self) -> None:
        others = {"bupati": {"users.dpt.l": 95, "users.dpt.p": 104, "users.dpt.jml": 199}}

        (finding,) = rules.judge_other_contest(self.KWK, TERNATE, own="gubernur", others=others)

        assert finding.cells == ("users.dpt.jml", "users.dpt.p")
        assert (finding.expected, finding.found) == (199, 198)

    def test_what_the_definition_knows_is_not_held_against_other_contests(self) -> None:
        others = {"bupati": {"voters.dpt.jml": 290}}
        judged = rules.judge_other_contest(
            self.KWK, TERNATE, own="gubernur", others=others, voters={"voters.dpt.jml": 289}
        )

        assert judged == ()


BELOW = {
    "8271021022001": {"valid": 200, "votes.1": 120},
    "8271021022002": {"valid": 150},
    "8271021022003": {"valid": 7},
}


class TestBesideTheSumOfTheUnitsBelow:
    def test_the_sum_of_filled_cells_is_no_finding(self) -> None:
        cells = {"valid": 357, "votes.1": 120}

        assert rules.judge_sum(LAYOUT, cells, children=BELOW) == ()

    @pytest.mark.parametrize(
        ("written", "code", "unit"),
        [(207, "unit-left-out", "8271021022002"), (364, "unit-twice", "8271021022003")],
    )
    def test_a_unit_left_out_or_added_twice(self, written: int, code: str, unit: str) -> None:
        cells = {"valid": written, "votes.1": 120}

        (finding,) = rules.judge_sum(LAYOUT, cells, children=BELOW)

        assert told([finding]) == [("R13", "valid", 357, written)]
        assert (finding.hints[0].code, finding.hints[0].tps) == (code, unit)

    def test_a_blank_total_and_a_total_of_nothing(self) -> None:
        found = rules.judge_sum(LAYOUT, {"votes.1": 120, "cast": 9}, children=BELOW)

        assert told(list(found)) == [("R13", "valid", 357, None), ("R13", "cast", None, 9)]
