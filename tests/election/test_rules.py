"""Each rule of the rule book on a real form of Ternate 2024, one number changed at a time."""

from __future__ import annotations

import pytest

from recap_desktop.election.checks import rules
from recap_desktop.election.checks.rules import Finding
from recap_desktop.election.definitions.forms import COLUMNS, Scope, Severity
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
    cells |= {"votes.1.total": 20, "votes.2.total": 0}

    finding, _valid_is_blank = rules.judge(party_layout(), cells)

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


def test_blank_parts_that_can_only_be_nothing_leave_an_identity_unjudged() -> None:
    """KPPS leave boxes of 0 empty."""
    assert judged(invalid=None) == []
    assert judged(votes__3=None, valid=200, invalid=10) == []
    assert judged(voters__dpt__l=None, voters__dpt__p=None) == []


class TestFilledInPart:
    @pytest.mark.parametrize(
        ("changes", "cells", "expected", "found", "rest"),
        [
            ({"votes__3": None}, ("votes.3", "valid"), 210, 200, ("votes.3", 10)),
            ({"users__dpt__l": None}, ("users.dpt.l", "users.dpt.jml"), 198, 103, None),
            ({"ballots__unused": None}, ("ballots.unused", "ballots.received"), 295, 211, None),
            ({"votes__3": None, "valid": 190}, ("votes.3", "valid"), 190, 200, ()),
            (
                {"votes__1": None, "votes__2": None, "votes__3": None},
                ("votes.1", "votes.2", "votes.3", "valid"),
                210,
                0,
                (),
            ),
            (
                {"votes__2": None, "votes__3": None, "valid": None, "cast": None},
                ("votes.2", "votes.3", "valid", "cast"),
                None,
                None,
                (),
            ),
        ],
    )
    def test_it_is_said_once_with_the_blank_cells(
        self,
        changes: dict[str, int | None],
        cells: tuple[str, ...],
        expected: int | None,
        found: int | None,
        rest: tuple[str, int] | tuple[()] | None,
    ) -> None:
        (finding,) = [f for f in judged(**changes) if f.rule not in ("R7", "R8")]

        assert (finding.rule, finding.severity) == ("R18", Severity.ERROR)
        assert finding.cells == cells
        assert (finding.expected, finding.found) == (expected, found)
        hints = [(hint.cells[0], hint.value) for hint in finding.hints]
        if rest is None:
            assert finding.hints[0].code == "rest-left-blank"
            assert hints[0] == (cells[0], TERNATE[cells[0]])
        else:
            assert hints == ([rest] if rest else [])

    def test_votes_and_administration_are_said_apart(self) -> None:
        found = judged(votes__1=None, votes__2=None, ballots__spoiled=None, users__moved__jml=None)

        assert [(f.rule, f.scope) for f in found if f.rule == "R18"] == [
            ("R18", Scope.ADMINISTRATION),
            ("R18", Scope.VOTES),
        ]

    def test_a_blank_total_that_is_a_finding_is_not_said_again(self) -> None:
        assert [f.rule for f in judged(ballots__used=None)] == ["R5"]
        assert [f.rule for f in judged(users__moved__jml=None)] == ["R1"]

    def test_rows_nobody_published_are_not_missing(self) -> None:
        """Of the first results of Ciamis only the voter list, its users and the votes are known."""
        known = ("voters.dpt.jml", "users.dpt.jml", "votes.1", "votes.2", "votes.3")
        cells = {cell: TERNATE[cell] for cell in (*known, "valid", "invalid", "cast")}

        assert rules.judge(LAYOUT, cells) == ()

    def test_parties_of_which_all_is_blank(self) -> None:
        (finding,) = rules.judge(party_layout(), {"valid": 210, "invalid": 3, "cast": 213})

        assert finding.rule == "R18"
        assert finding.cells == ("votes.1.total", "votes.2.total", "valid")


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


class TestBallotsOfWhichNothingIsKnown:
    BLANK = dict.fromkeys(
        ("ballots__received", "ballots__used", "ballots__spoiled", "ballots__unused")
    )

    def test_are_only_unlikely(self) -> None:
        (finding,) = judged(**self.BLANK)

        assert told([finding]) == [("R5", "ballots.used", 210, None)]
        assert finding.severity is Severity.WARNING

    def test_are_an_error_where_one_of_them_is_filled(self) -> None:
        changes = {**self.BLANK, "ballots__received": 295}

        assert ("R5", Severity.ERROR) in [(f.rule, f.severity) for f in judged(**changes)]

    def test_leave_votes_and_users_to_be_held_against_each_other(self) -> None:
        found = judged(**self.BLANK, invalid=4, cast=214)

        assert told([f for f in found if f.rule == "R20"]) == [("R20", "cast", 210, 214)]
        assert {f.severity for f in found if f.rule == "R20"} == {Severity.ERROR}

    def test_one_that_is_filled_is_held_against_both_instead(self) -> None:
        assert [f.rule for f in judged(invalid=4, cast=214)] == ["R8"]


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
