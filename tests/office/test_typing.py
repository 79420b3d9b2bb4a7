"""What helps a person while typing: finding a TPS, running sums, zeros, and drafts that stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop import places
from recap_desktop.office.entry.drafts import Drafts
from recap_desktop.office.entry.finding_stations import find_stations, villages
from recap_desktop.office.entry.running_sums import RunningSums
from recap_desktop.office.entry.zero_filling import fillable_with_zero
from recap_desktop.office.opening import Office
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office

MALEBER, BAREGBEG = "3207011001", "3207012001"


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "machine"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = tiny_office(tmp_path / "o.rekap")
    yield opened
    opened.close()


def test_desa_are_numbered_in_code_order(office: Office) -> None:
    assert villages(office, BUPATI) == (MALEBER, BAREGBEG)


@pytest.mark.parametrize(
    ("text", "near", "first"),
    [
        ("1", "", TPS[0]),
        ("1", BAREGBEG, TPS[3]),
        ("002", TPS[3], TPS[4]),
        ("TPS 2", TPS[0], TPS[1]),
        ("901", "", TPS[2]),
        ("2.1", "", TPS[3]),
        ("2,2", "", TPS[4]),
        ("2001.2", "", TPS[4]),
        ("32.07.01.1001.901", "", TPS[2]),
        ("3207012001002", "", TPS[4]),
        ("baregbeg 2", "", TPS[4]),
        ("BAREG/2", "", TPS[4]),
        ("maleber tps 901", BAREGBEG, TPS[2]),
        ("baregbeg", "", TPS[3]),
    ],
)
def test_a_station_is_found_by_what_people_type(
    office: Office, text: str, near: str, first: str
) -> None:
    assert find_stations(office, BUPATI, text, near=near)[0] == first


@pytest.mark.parametrize("text", ["", "  ", "7", "9.1", "cikoneng 1", "3207022001001", "x", "0"])
def test_what_is_not_here_is_not_found(office: Office, text: str) -> None:
    assert find_stations(office, BUPATI, text) == []


def test_a_number_that_many_desa_have_lists_them_all(office: Office) -> None:
    assert find_stations(office, BUPATI, "1") == [TPS[0], TPS[3]]


def test_sums_are_of_what_is_filled(office: Office) -> None:
    sums = RunningSums(office.election.layout(BUPATI))
    assert sums.of({}) == {}
    found = sums.of({"users.dpt.l": 70, "users.moved.l": 2, "votes.2": 90, "valid": 91})
    assert found["users.total.l"] == 72
    assert found["users.dpt.jml"] == 70
    assert found["valid"] == 90
    assert found["cast"] == 91
    assert "ballots.received" not in found


def test_zeros_never_go_into_totals_or_the_voter_list(office: Office) -> None:
    layout = office.election.layout(BUPATI)
    filled = fillable_with_zero(layout, layout.cells)
    assert filled == [
        *(f"users.{row}.{column}" for row in ("dpt", "moved", "special") for column in "lp"),
        "ballots.spoiled",
        "ballots.unused",
        "disabled.users.l",
        "disabled.users.p",
        "votes.1",
        "votes.2",
        "invalid",
    ]


def test_a_draft_comes_back_in_another_opening(office: Office) -> None:
    Drafts(office, "abc").keep(BUPATI, TPS[0], {"valid": 0, "invalid": 3})
    kept = Drafts(office, "abc").find(BUPATI, TPS[0])
    assert kept is not None and kept.cells == {"valid": 0, "invalid": 3}
    assert kept.time.startswith("2024-11-28T09:")


def test_a_draft_is_of_one_person_contest_and_station(office: Office) -> None:
    mine = Drafts(office, "abc")
    mine.keep(BUPATI, TPS[1], {"valid": 1})
    mine.keep(BUPATI, TPS[0], {"valid": 2})
    mine.keep(GUBERNUR, TPS[0], {"valid": 3})
    Drafts(office, "def").keep(BUPATI, TPS[0], {"valid": 4})
    assert [(draft.tps, draft.cells["valid"]) for draft in mine.all(BUPATI)] == [
        (TPS[0], 2),
        (TPS[1], 1),
    ]
    mine.drop(BUPATI, TPS[0])
    assert mine.find(BUPATI, TPS[0]) is None
    assert mine.find(GUBERNUR, TPS[0]) is not None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"contest": "bupati"}'])
def test_a_damaged_draft_is_no_draft(office: Office, text: str) -> None:
    drafts = Drafts(office, "abc")
    drafts.keep(BUPATI, TPS[0], {"valid": 2})
    (path,) = (places.machine_data() / "drafts").rglob("*.json")
    path.write_text(text, encoding="utf-8")
    assert drafts.find(BUPATI, TPS[0]) is None
    assert drafts.all(BUPATI) == []


def test_a_draft_of_one_copy_is_not_shown_in_another(office: Office, tmp_path: Path) -> None:
    Drafts(office, "abc").keep(BUPATI, TPS[0], {"valid": 2})
    copy = tiny_office(tmp_path / "copy.rekap")
    assert Drafts(copy, "abc").find(BUPATI, TPS[0]) is None
    copy.close()
