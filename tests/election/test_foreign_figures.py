"""A figure of somebody else's table is a plain count, blank, crossed out, or refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.figures.counts import LARGEST
from recap_desktop.election.tables.foreign_figures import (
    BLANK,
    CROSSED,
    CROSSES,
    Figure,
    Formula,
    Trouble,
    Value,
    read_figure,
)


@pytest.mark.parametrize(
    ("value", "count"),
    [(0, 0), ("0", 0), (7, 7), ("007", 7), (" 12 ", 12), (28.0, 28), (str(LARGEST), LARGEST)],
)
def test_a_plain_count_is_taken(value: Value, count: int) -> None:
    assert read_figure(value) == Figure(count)


@pytest.mark.parametrize("value", [None, "", "   ", "\N{NO-BREAK SPACE}"])
def test_blank_is_not_zero(value: Value) -> None:
    assert read_figure(value) == BLANK


@pytest.mark.parametrize("value", ["x", "X", "-", " -   ", "\N{EN DASH}"])
def test_a_cross_alone_is_a_box_crossed_out(value: str) -> None:
    assert read_figure(value) == CROSSED


@pytest.mark.parametrize(
    ("value", "trouble", "meant"),
    [
        ("28.4", Trouble.DECIMAL, "28400"),
        (28.4, Trouble.DECIMAL, "28400"),
        ("4.7", Trouble.DECIMAL, "4700"),
        ("15.823", Trouble.GROUPED, "15823"),
        ("15,823", Trouble.GROUPED, "15823"),
        (" 900,012.00 ", Trouble.GROUPED, "900012"),
        ("1.234.567", Trouble.GROUPED, "1234567"),
        ("(472.00)", Trouble.NEGATIVE, ""),
        ("-5", Trouble.NEGATIVE, ""),
        (-5, Trouble.NEGATIVE, ""),
        ("99999999", Trouble.LARGE, ""),
        (10**9, Trouble.LARGE, ""),
        ("9" * 5000, Trouble.LARGE, ""),
        (Formula("=A1+B1"), Trouble.FORMULA, ""),
        ("1.4866", Trouble.WRONG, ""),
        ("[1] 43.255 [2] 38.954", Trouble.WRONG, ""),
        ("l2", Trouble.WRONG, ""),
        ("1O", Trouble.WRONG, ""),
        ("#REF!", Trouble.WRONG, ""),
        ("\N{ARABIC-INDIC DIGIT ONE}", Trouble.WRONG, ""),
        ("\N{SUPERSCRIPT TWO}", Trouble.WRONG, ""),
        ("1e3", Trouble.WRONG, ""),
        (float("nan"), Trouble.WRONG, ""),
        (float("inf"), Trouble.WRONG, ""),
    ],
)
def test_anything_else_is_refused_by_name_with_what_it_may_mean(
    value: Value, trouble: Trouble, meant: str
) -> None:
    assert read_figure(value) == Figure(trouble=trouble, meant=meant)


def test_a_mark_of_thousands_counts_only_where_a_person_said_so_and_only_in_threes() -> None:
    assert read_figure("1.234", grouping=".") == Figure(1234)
    assert read_figure("1.234.567", grouping=".") == Figure(1234567)
    assert read_figure("234", grouping=".") == Figure(234)
    for text in ("28.4", "1,234", "1.23", "12.34.567", "1.234,00"):
        assert read_figure(text, grouping=".").trouble is not None


@given(st.text(max_size=12), st.sampled_from(["", ".", ","]))
def test_no_text_is_ever_taken_that_is_not_a_plain_count(text: str, grouping: str) -> None:
    figure = read_figure(text, grouping=grouping)
    plain = text.strip()
    if figure.count is None:
        assert figure.trouble is not None or not plain
        return
    assert figure.trouble is None
    if figure.crossed:
        assert plain in CROSSES and figure.count == 0
        return
    digits = plain.replace(grouping, "") if grouping else plain
    assert digits.isascii() and digits.isdigit() and int(digits) == figure.count <= LARGEST
    if digits != plain:
        first, *rest = plain.split(grouping)
        assert 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest)


@given(st.integers() | st.floats())
def test_no_number_is_ever_rounded(value: float) -> None:
    figure = read_figure(value)
    assert figure.count is None or (figure.count == value and 0 <= figure.count <= LARGEST)


@given(st.integers(0, LARGEST))
def test_every_count_is_taken_as_number_and_as_text(count: int) -> None:
    assert read_figure(count) == read_figure(str(count)) == Figure(count)
