"""Moments as people type and read them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.moments import ZONES, day_and_clock, in_order, moment_text, read_moment
from recap_desktop.problems import KnownProblem

NOW = "2024-11-29T01:20:33+07:00"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("09.10", "2024-11-29T09:10:00+07:00"),
        (" 9:10 ", "2024-11-29T09:10:00+07:00"),
        ("9.10 wita", "2024-11-29T09:10:00+08:00"),
        ("28-11-2024 23.50", "2024-11-28T23:50:00+07:00"),
        ("28/11/2024, 23.50 WIT", "2024-11-28T23:50:00+09:00"),
        ("28-11-2024 23.50 +05.30", "2024-11-28T23:50:00+05:30"),
        ("28-11-2024 23.50 -0330", "2024-11-28T23:50:00-03:30"),
        ("28-11-2024 23.50 UTC", "2024-11-28T23:50:00+00:00"),
        ("2024-11-28T23:50", "2024-11-28T23:50:00+07:00"),
        ("2024-11-28T23:50:59+09:00", "2024-11-28T23:50:59+09:00"),
    ],
)
def test_what_is_typed_is_read(typed: str, read: str) -> None:
    assert read_moment(typed, NOW) == read


@pytest.mark.parametrize(
    "typed",
    ["", "kemarin", "9", "24.00", "09.60", "31-02-2024 09.10", "28-11-2024", "09.10 XYZ", "09.1"],
)
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(KnownProblem) as caught:
        read_moment(typed, NOW)
    assert caught.value.code == "time-unknown"


@given(st.datetimes().filter(lambda moment: moment.year >= 1000), st.sampled_from([*ZONES, ""]))
def test_what_is_shown_is_read_back_to_the_minute(moment: dt.datetime, zone: str) -> None:
    ahead = dt.timedelta(hours=ZONES[zone] if zone else 5, minutes=0 if zone else 30)
    said = moment.replace(second=0, microsecond=0, tzinfo=dt.timezone(ahead)).isoformat()
    assert read_moment(moment_text(said), NOW) == said


def test_what_cannot_be_read_stays_as_it_is() -> None:
    assert moment_text("kemarin") == "kemarin"
    assert day_and_clock("kemarin") == ("", "kemarin")
    assert moment_text("2024-11-28T23:50") == "28-11-2024 23.50"
    assert day_and_clock(NOW) == ("2024-11-29", "01.20")


def test_the_order_is_that_of_the_moments_whatever_the_zone() -> None:
    said = ["2024-11-28T10:00+09:00", "2024-11-28T09:00+07:00", "kemarin", "2024-11-28T03:00"]
    order = ["kemarin", said[0], said[1], said[3]]
    assert sorted(said, key=in_order) == order
