"""Known slips on real forms (Situng 2019, Sirekap 2024, Pilkada Surabaya 2015) and on one each."""

from __future__ import annotations

import pytest

from recap_desktop.election.checks import rules, slips
from recap_desktop.election.checks.causes import RANK, RANKED
from recap_desktop.election.checks.rules import Finding
from recap_desktop.election.definitions.forms import Layout
from tests.election.test_rules import TERNATE
from tests.election.valid_forms import layout_of, party_layout

PAIR_OF_2019 = layout_of("ppwp-2024", choices=2)
PPWP = layout_of("ppwp-2024")
PAIR_OF_2015 = layout_of("kwk-2015", choices=2)


def of_rule(layout: Layout, cells: dict[str, int], rule: str) -> Finding:
    return next(f for f in rules.judge(layout, cells) if f.rule == rule)


def first(
    layout: Layout, cells: dict[str, int], rule: str
) -> tuple[str, tuple[str, ...], int | None]:
    hint = of_rule(layout, cells, rule).hints[0]
    return hint.code, hint.cells, hint.value


# votes 1, votes 2, valid, invalid, cast as KPU had them (Sumatera Selatan 2019).
SITUNG = {
    "OKU/Bunglai 8": (
        (17, 86, 1, 103, 104),
        {"R6": ("valid-invalid-swapped", ("valid", "invalid"), 103)},
    ),
    "Palembang/Talang Semut 1": (
        (94, 107, 2041, 2, 0),
        {"R6": ("extra-digit", ("valid",), 201), "R7": ("left-zero", ("cast",), 2043)},
    ),
    "Banyuasin/Galang Tinggi 8": (
        (101, 172, 273, 1, 2614),
        {"R7": ("one-number", ("cast",), 274)},
    ),
    "OKI/Pagar Dewa 1": (
        (0, 0, 254, 41, 213),
        {
            "R6": ("votes-left-zero", ("votes.1", "votes.2"), None),
            "R7": ("invalid-subtracted", ("cast", "valid", "invalid"), 295),
        },
    ),
    "OKI/Awal Terusan 2": (
        (37, 177, 214, 0, 241),
        {"R7": ("swapped-digits", ("cast",), 214)},
    ),
}


@pytest.mark.parametrize(("figures", "expected"), SITUNG.values(), ids=SITUNG)
def test_forms_of_2019_as_they_were_typed(
    figures: tuple[int, ...], expected: dict[str, tuple[str, tuple[str, ...], int | None]]
) -> None:
    cells = dict(zip(("votes.1", "votes.2", "valid", "invalid", "cast"), figures, strict=True))

    found = rules.judge(PAIR_OF_2019, cells)

    assert {f.rule: (h.code, h.cells, h.value) for f in found for h in f.hints[:1]} == expected


def test_the_voter_list_copied_into_the_votes_cast() -> None:
    """OKU/Karang Agung 4: 111 valid and 7 invalid, total 142 as the DPT."""
    cells = {"voters.dpt.l": 71, "voters.dpt.p": 71, "voters.dpt.jml": 142}
    cells |= {"votes.1": 12, "votes.2": 99, "valid": 111, "invalid": 7, "cast": 142}

    assert first(PAIR_OF_2019, cells, "R7") == ("copied", ("cast", "voters.dpt.jml"), 118)


# votes 1, votes 2, valid, invalid, cast (Surabaya 2015).
SURABAYA = {
    "Genteng/Ketabang 2": (
        (26, 239, 3, 265, 268),
        {"R6": ("valid-invalid-swapped", ("valid", "invalid"), 265)},
    ),
    "Mulyorejo/Kejawaan Putih Tamba 6": (
        (40, 351, 351, 9, 400),
        {
            "R6": ("valid-is-choice", ("valid", "votes.2"), 391),
            "R7": ("valid-is-choice", ("valid", "votes.2"), 391),
        },
    ),
}


@pytest.mark.parametrize(("figures", "expected"), SURABAYA.values(), ids=SURABAYA)
def test_forms_of_surabaya_as_they_were_typed(
    figures: tuple[int, ...], expected: dict[str, tuple[str, tuple[str, ...], int | None]]
) -> None:
    cells = dict(zip(("votes.1", "votes.2", "valid", "invalid", "cast"), figures, strict=True))

    found = rules.judge(PAIR_OF_2015, cells)

    assert {f.rule: (h.code, h.cells, h.value) for f in found for h in f.hints[:1]} == expected


def test_a_hundred_misread_in_the_valid_votes() -> None:
    """Gubeng/Mojo 33: 442 + 316, valid 258; the published row does not say how many invalid."""
    cells = {"votes.1": 442, "votes.2": 316, "valid": 258, "cast": 367}

    assert first(PAIR_OF_2015, cells, "R6") == ("one-digit", ("valid",), 758)


def test_the_voters_copied_into_the_users() -> None:
    """Bulak/Bulak 19: voters 485, users 485, votes cast 315; ballots used taken as cast."""
    cells = {"voters.total.jml": 485, "users.total.jml": 485, "ballots.used": 315, "cast": 315}

    expected = ("copied", ("users.total.jml", "voters.total.jml"), 315)
    assert expected in [
        (hint.code, hint.cells, hint.value) for hint in of_rule(PAIR_OF_2015, cells, "R5").hints
    ]


def test_more_users_than_voters_and_no_slip_that_explains_it() -> None:
    """Kenjeran/Bulak Banteng 5: voters 253, users 533. Nothing is made up."""
    finding = of_rule(PAIR_OF_2015, {"voters.dpt.jml": 253, "users.dpt.jml": 533}, "R9")

    assert (finding.expected, finding.found, finding.hints) == (253, 533, ())


@pytest.mark.parametrize(
    ("rule", "changes", "code", "cells", "value"),
    [
        ("R1", {"users.moved.l": 806}, "crossed-box", ("users.moved.l",), 6),
        ("R2", {"users.dpt.l": 59}, "swapped-digits", ("users.dpt.l",), 95),
        ("R1", {"users.dpt.p": 74103}, "corrected-over", ("users.dpt.p",), 103),
        ("R1", {"users.dpt.l": 0, "users.dpt.p": 0}, "sexes-left-zero", None, 95),
        ("R1", {"users.total.jml": 0}, "left-zero", ("users.total.jml",), 210),
        ("R2", {"users.dpt.l": 103, "users.dpt.p": 95}, "sexes-exchanged", None, 95),
        ("R9", {"voters.dpt.l": 188, "voters.dpt.p": 101}, "sexes-exchanged", None, 101),
        (
            "R2",
            {"users.moved.l": 103, "users.moved.p": 107, "users.moved.jml": 210},
            "row-shift",
            None,
            9,
        ),
        (
            "R2",
            {"users.total.l": 134, "users.total.p": 155, "users.total.jml": 289},
            "row-copied",
            None,
            210,
        ),
        (
            "R2",
            {"users.total.l": 0, "users.total.p": 0, "users.total.jml": 0},
            "row-left-zero",
            None,
            210,
        ),
        (
            "R9",
            {"voters.dpt.l": 0, "voters.dpt.p": 0, "voters.dpt.jml": 0},
            "row-left-zero",
            None,
            None,
        ),
        ("R5", {"ballots.used": 84, "ballots.unused": 210}, "rows-exchanged", None, 210),
        (
            "R7",
            {"invalid": 5, "valid": 205, "cast": 205, "votes.2": 105},
            "invalid-left-out",
            None,
            210,
        ),
        ("R6", {"invalid": 5, "votes.2": 105}, "valid-includes-invalid", ("valid", "invalid"), 205),
        ("R8", {"cast": 295}, "copied", ("cast", "ballots.received"), 210),
        ("R5", {"ballots.used": 289}, "copied", ("ballots.used", "voters.dpt.jml"), 210),
        ("R14", {"ballots.received": 289, "ballots.unused": 78}, "reserve-left-out", None, 295),
        ("R6", {"votes.1": 900}, "extra-digit", ("votes.1",), 90),
        ("R6", {"votes.2": 11}, "missing-digit", ("votes.2",), 110),
        ("R6", {"votes.1": 92}, "small-step", ("votes.1",), 90),
    ],
)
def test_one_slip_on_a_form_that_was_right(
    rule: str,
    changes: dict[str, int],
    code: str,
    cells: tuple[str, ...] | None,
    value: int | None,
) -> None:
    written = TERNATE | changes

    found = first(PPWP, written, rule)

    assert found[0] == code
    assert cells is None or found[1] == cells
    assert value is None or found[2] == value


@pytest.mark.parametrize(
    ("changes", "beside", "cell", "value"),
    [
        # Both are equal; as many votes as that no TPS of 289 voters has.
        ({"invalid": 238, "cast": 238, "valid": 210}, {}, "invalid", 28),
        # What is written for the invalid votes is what stands for a choice.
        (
            {"votes.1": 100, "votes.2": 110, "votes.3": 0, "invalid": 110, "cast": 213},
            {},
            "invalid",
            3,
        ),
        # The DPT stands in the definition only.
        ({"invalid": 4, "cast": 289}, {"voters.dpt.jml": 289}, "cast", 214),
    ],
)
def test_of_two_cells_that_may_be_wrong_the_less_odd_explanation_stands_first(
    changes: dict[str, int], beside: dict[str, int], cell: str, value: int
) -> None:
    votes = ("votes.1", "votes.2", "votes.3", "valid", "invalid", "cast")
    cells = {key: TERNATE[key] for key in votes} | changes
    if not beside:
        cells["voters.dpt.jml"] = TERNATE["voters.dpt.jml"]

    found = next(f for f in rules.judge(PPWP, cells, voters=beside) if f.rule == "R7")

    hint = found.hints[0]
    assert (hint.code, hint.cells[0], hint.value) == ("copied", cell, value)


def test_a_total_that_was_added_from_a_wrong_part() -> None:
    """Men 103 written as 130 and added up so: one slip, two wrong cells."""
    written = TERNATE | {"users.total.l": 130, "users.total.jml": 237, "ballots.used": 210}

    codes = {hint.code for hint in of_rule(PPWP, written, "R2").hints}

    assert "carried-on" in codes


def test_all_choices_and_the_valid_votes_left_zero() -> None:
    written = TERNATE | {"votes.1": 0, "votes.2": 0, "votes.3": 0, "valid": 0}

    found = first(PPWP, written, "R7")

    assert found == ("votes-left-zero", ("votes.1", "votes.2", "votes.3", "valid"), None)


DPR = party_layout()
CHOICES_OF_DPR = tuple(cell for choice in DPR.choices for cell in choice.cells)
VOTES_OF_DPR = {
    "votes.1.party": 20,
    "votes.1.1": 50,
    "votes.1.2": 9,
    "votes.1.3": 1,
    "votes.1.total": 80,
    "votes.2.party": 100,
    "votes.2.1": 27,
    "votes.2.2": 3,
    "votes.2.3": 0,
    "votes.2.total": 130,
    "valid": 210,
    "invalid": 3,
    "cast": 213,
}


class TestPartiesLeftZero:
    def test_all_parties_and_candidates(self) -> None:
        written = VOTES_OF_DPR | dict.fromkeys(CHOICES_OF_DPR, 0)

        assert first(DPR, written, "R6") == ("votes-left-zero", CHOICES_OF_DPR, None)

    def test_all_totals_of_an_import_without_candidates(self) -> None:
        totals = ("votes.1.total", "votes.2.total")
        written = {"valid": 210, "invalid": 3, "cast": 213, **dict.fromkeys(totals, 0)}

        assert first(DPR, written, "R6") == ("votes-left-zero", totals, None)

    def test_one_party_and_its_candidates(self) -> None:
        parts = ("votes.2.party", "votes.2.1", "votes.2.2", "votes.2.3")
        written = VOTES_OF_DPR | dict.fromkeys(parts, 0)

        assert first(DPR, written, "R12") == ("votes-left-zero", parts, None)

    def test_the_total_of_one_party(self) -> None:
        written = VOTES_OF_DPR | {"votes.2.total": 0}

        assert first(DPR, written, "R12") == ("left-zero", ("votes.2.total",), 130)
        assert first(DPR, written, "R6") == ("left-zero", ("votes.2.total",), 130)

    def test_one_candidate(self) -> None:
        written = VOTES_OF_DPR | {"votes.1.1": 0}

        assert first(DPR, written, "R12") == ("left-zero", ("votes.1.1",), 50)


def test_a_zero_that_is_usual_is_not_called_forgotten() -> None:
    """No invalid votes is an ordinary figure; the total is looked at first."""
    cells = {"valid": 210, "invalid": 0, "cast": 238}

    hints = of_rule(PPWP, cells, "R7").hints

    assert [hint.code for hint in hints] == ["one-number"] * 3
    assert hints[0].cells == ("cast",)


@pytest.mark.parametrize(
    ("written", "meant", "code"),
    [
        (0, 57, "left-zero"),
        (812, 12, "crossed-box"),
        (888, 0, "crossed-box"),
        (880, 0, "crossed-box"),
        (74107, 107, "corrected-over"),
        (153130, 130, "corrected-over"),
        (117101, 101, "corrected-over"),
        (1213, 13, "corrected-over"),
        (241, 214, "swapped-digits"),
        (2041, 201, "extra-digit"),
        (106, 107, "small-step"),
        (258, 758, "one-digit"),
        (37, 137, "missing-digit"),
        (97, 107, "even-step"),
        (4, 9, ""),
        (123, 456, ""),
    ],
)
def test_how_a_number_becomes_another(written: int, meant: int, code: str) -> None:
    assert slips.slip(written, meant) == code


def test_a_zero_does_not_lead_a_number_that_was_read_as_two() -> None:
    assert ("swapped-digits", 10) not in slips.readings(100)
    assert all(reading >= 0 for _, reading in slips.readings(8080))


def test_every_code_has_one_rank() -> None:
    assert len(RANK) == len(RANKED)
