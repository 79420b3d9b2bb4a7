"""What a pasted text may mean, and what a TPS can plausibly hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.checks.plausible import most_plausible
from recap_desktop.election.definitions.forms import Layout
from recap_desktop.election.figures.counts import LARGEST
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.office.entry.pasted_figures import readings
from tests.made_up.every_form import pairs


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("412", (412,)),
        ("1.234", (1_234, 1)),
        ("1,234", (1_234, 1)),
        ("28.4", (28_400, 284, 28)),
        ("4.70", (4_700, 470, 4)),
        (" 900,012.00 ", (900_012,)),
        ("1.234.567", (1_234_567, 1_234)),
        ("12 345", (12_345,)),
        ("12.0", (12, 120)),
        ("1.4866", (1, 14_866)),
        ("0,5", (500, 5, 0)),
    ],
)
def test_every_reading_of_a_text(text: str, figures: tuple[int, ...]) -> None:
    assert readings(text) == figures


@pytest.mark.parametrize(
    "text", ["", " - ", "(472.00)", "1e3", "[1] 43.255", "99999999", "12a", "."]
)
def test_what_is_no_figure_has_no_reading(text: str) -> None:
    assert readings(text) == ()


@given(st.text("0123456789., ", max_size=14))
def test_no_reading_is_beyond_what_a_cell_holds(text: str) -> None:
    found = readings(text)
    assert len(set(found)) == len(found)
    assert all(0 <= figure <= LARGEST for figure in found)


@pytest.mark.parametrize(
    ("form", "voters", "ballots"),
    [("kwk-2024", 600, 615), ("ppwp-2024", 300, 306), ("kwk-2015", 800, 820)],
)
def test_what_a_tps_can_plausibly_hold(form: str, voters: int, ballots: int) -> None:
    limits = most_plausible(Layout.of(bundled_form(form), pairs(3)))
    assert {limits[f"voters.dpt.{column}"] for column in ("l", "p", "jml")} == {voters}
    assert {limits[cell] for cell in ("cast", "votes.1", "ballots.received")} == {ballots}
