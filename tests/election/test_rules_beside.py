"""Rules that look beside the form: the voter list of the definition, the other contests."""

from __future__ import annotations

import pytest

from recap_desktop.election.checks import rules
from recap_desktop.election.checks.rules import Finding
from recap_desktop.election.definitions.contests import Station
from recap_desktop.election.definitions.forms import Severity
from tests.election.test_rules import LAYOUT, TERNATE, told
from tests.election.valid_forms import layout_of


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
