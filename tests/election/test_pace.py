"""The pace of work: pauses and imports are left out, and too little tells nothing."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.figures.pace import LEAST_FORMS, LEAST_TIME, PAUSE, WINDOW, Pace, pace
from recap_desktop.election.figures.pace_words import about, outlook_text
from recap_desktop.office.language import load_words

BEGIN = dt.datetime(2024, 11, 28, 9, 0, tzinfo=dt.UTC)
WORDS = load_words("id")


def moments(*gaps: float) -> list[dt.datetime]:
    """A first form, and the others each so many seconds after the one before."""
    return [BEGIN + dt.timedelta(seconds=s) for s in itertools.accumulate((0, *gaps))]


def of(*gaps: float) -> Pace | None:
    done = moments(*gaps)
    return pace(done, now=done[-1])


def test_even_work_is_its_own_pace() -> None:
    found = of(*[90] * 30)
    assert found is not None
    assert found.an_hour == 40
    assert found.needed(60) == dt.timedelta(minutes=90)


def test_only_the_last_half_hour_of_work_counts() -> None:
    found = of(*[300] * 40, *[60] * 30)
    assert found is not None
    assert found.an_hour == 60


def test_a_pause_is_left_out() -> None:
    with_pause = of(*[90] * 10, 3_600, *[90] * 10)
    assert with_pause == of(*[90] * 20)


def test_what_was_read_from_a_file_at_once_is_left_out() -> None:
    assert of(*[0] * 500) is None
    assert of(*[90] * 10, *[0] * 500, *[90] * 10) == of(*[90] * 20)


def test_a_clock_that_was_set_back_says_nothing_of_the_time_between() -> None:
    done = moments(*[90] * 20)
    done = [*done[:10], *(one - dt.timedelta(hours=2) for one in done[10:])]
    found = pace(done, now=done[-1])
    assert found is not None
    assert found.an_hour == 40


def test_too_little_tells_nothing() -> None:
    assert pace([], now=BEGIN) is None
    assert of(*[90] * (LEAST_FORMS - 1)) is None
    assert of(*[20] * LEAST_FORMS) is None  # many, in two minutes


def test_nothing_is_said_while_nobody_works() -> None:
    done = moments(*[90] * 20)
    assert pace(done, now=done[-1] + PAUSE) is not None
    assert pace(done, now=done[-1] + PAUSE * 1.01) is None
    assert pace(done, now=done[0] - dt.timedelta(days=1)) is None


@given(st.lists(st.integers(-5_000, 5_000), max_size=60))
def test_a_pace_is_of_real_work_whatever_the_clock_does(gaps: list[int]) -> None:
    found = of(*gaps)
    if found is not None:
        assert found.forms >= LEAST_FORMS
        assert LEAST_TIME <= found.time < WINDOW + PAUSE
        assert found.an_hour <= 720


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (3, "10 menit"),
        (12, "10 menit"),
        (58, "60 menit"),
        (60, "1 jam"),
        (118, "2 jam"),
        (200, "3 jam 20 menit"),
        (754, "13 jam"),
        (9_000, "lebih dari 99 jam"),
    ],
)
def test_time_is_told_as_round_as_it_is_known(minutes: int, text: str) -> None:
    assert about(WORDS, dt.timedelta(minutes=minutes)) == text


def test_an_outlook_is_said_as_an_estimate() -> None:
    said = outlook_text(WORDS, Pace(20, dt.timedelta(minutes=30)), dt.timedelta(minutes=200))
    assert said == "Kira-kira 3 jam 20 menit lagi, 40 per jam di laptop ini"
