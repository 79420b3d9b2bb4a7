"""What checks and hints find on 24,815 forms read twice must not become less.

The bounds stand a little below what was measured; ``python -m tests.two_readings`` prints it all.
"""

from __future__ import annotations

import pytest

from tests.known_slips import digit_slips
from tests.two_readings import SUMSEL, Table, measure, read


@pytest.fixture(scope="module")
def table() -> Table:
    return measure(read(SUMSEL))


def test_what_was_read(table: Table) -> None:
    """499 of 24,815 differ in votes: counted before this program was written, by other code."""
    assert (table.forms, table.votes["differ"]) == (24_815, 499)
    assert (table.differ, table.agree_wrong, table.agree) == (1_836, 1_066, 21_913)


def test_one_reading_alone_shows_most_forms_that_are_read_wrongly(table: Table) -> None:
    assert table.by["either"] >= 1_800
    assert table.by["first"] >= 1_655
    assert table.votes["either"] >= 468


def test_a_form_that_is_right_is_left_alone(table: Table) -> None:
    """One is all zero and said to be unlikely (R17)."""
    assert table.alarms["any"] <= 1


def test_the_first_hint_points_at_the_wrong_cell(table: Table) -> None:
    assert table.judged == 1_589
    assert table.hinted["cell"] >= 1_475
    assert table.hinted["figure"] >= 1_445
    assert table.hinted["any"] >= 1_570


def test_the_first_hint_names_the_cause(table: Table) -> None:
    assert table.hinted["known"] >= 1_255
    assert table.hinted["named"] / table.hinted["known"] >= 0.905


@pytest.mark.parametrize(
    "kind", ["valid-invalid-swapped", "invalid-left-out", "copied", "votes-left-zero"]
)
def test_causes_that_seldom_fit_by_chance_are_nearly_always_named(table: Table, kind: str) -> None:
    known, named = table.kinds[kind]
    assert named / known >= 0.97


@pytest.mark.parametrize(
    ("written", "meant", "slips"),
    [
        (241, 214, {"swapped-digits"}),
        (258, 758, {"one-digit"}),
        (2041, 201, {"extra-digit"}),
        (11, 110, {"missing-digit"}),
        (812, 12, {"extra-digit", "crossed-box"}),
        (74107, 107, {"corrected-over"}),
        (97, 107, {"even-step"}),
        (123, 456, set()),
    ],
)
def test_the_judge_of_the_hints_knows_how_a_number_became_another(
    written: int, meant: int, slips: set[str]
) -> None:
    assert set(digit_slips(written, meant)) == slips
