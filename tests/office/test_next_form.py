"""Which TPS a person has to type next; in a double-entry office the second entry is work too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.records.people import person_id
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.next_form import next_to_type
from recap_desktop.office.entry.ruling import Decision, new_round, not_delivered, withdraw
from recap_desktop.office.opening import Office
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

SITI, BUDI = "Siti", "Budi"


@pytest.fixture(params=[False, True], ids=["single", "double"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "o.rekap", double_entry=request.param)
    yield made
    made.close()


@pytest.fixture
def double(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "d.rekap", double_entry=True)
    yield made
    made.close()


def walk(office: Office, name: str, *, after: str = "") -> str:
    return next_to_type(office, BUPATI, after=after, person=person_id(name) if name else "")


def test_what_is_empty_comes_in_code_order_and_round_again(office: Office) -> None:
    assert walk(office, SITI) == TPS[0]
    assert walk(office, SITI, after=TPS[1]) == TPS[2]
    assert walk(office, SITI, after=TPS[4]) == TPS[0]
    assert walk(office, "") == TPS[0]


def test_what_another_typed_is_next_only_where_two_are_asked_for(office: Office) -> None:
    for tps in TPS[:3]:
        enter(office, BUPATI, tps, valid_bupati(), by=SITI)
    assert walk(office, SITI) == TPS[3]
    assert walk(office, "") == TPS[3]
    assert walk(office, BUDI) == (TPS[0] if office.file.double_entry else TPS[3])
    assert walk(office, BUDI, after=TPS[3]) == TPS[4]


def test_the_second_follows_the_first_through_the_whole_office(double: Office) -> None:
    for tps in TPS:
        enter(double, BUPATI, tps, valid_bupati(), by=SITI)
    assert walk(double, SITI, after=TPS[2]) == ""
    seen = TPS[2]
    typed = []
    while seen := walk(double, BUDI, after=seen):
        typed.append(seen)
        enter(double, BUPATI, seen, valid_bupati(), by=BUDI)
    assert typed == [TPS[3], TPS[4], TPS[0], TPS[1], TPS[2]]


def test_what_was_withdrawn_or_is_of_an_older_round_is_typed_again(double: Office) -> None:
    made = [enter(double, BUPATI, tps, valid_bupati(), by=SITI).records[0] for tps in TPS]
    # Siti corrected herself: it is still hers alone.
    enter(double, BUPATI, TPS[0], valid_bupati(41), by=SITI)
    enter(double, BUPATI, TPS[1], valid_bupati(), by=BUDI)
    withdraw(double, BUPATI, TPS[1], entry=made[1], decision=Decision(SITI, "TPS lain"))
    enter(double, BUPATI, TPS[2], valid_bupati(), by=BUDI)
    new_round(double, BUPATI, TPS[2], decision=Decision(SITI, "hitung ulang"))
    enter(double, BUPATI, TPS[2], valid_bupati(), by=BUDI)
    not_delivered(double, BUPATI, TPS[3], decision=Decision(SITI, "tidak ada"))
    assert walk(double, SITI) == TPS[1]
    assert walk(double, SITI, after=TPS[1]) == TPS[2]
    assert walk(double, SITI, after=TPS[2]) == TPS[1]
    assert walk(double, BUDI, after=TPS[2]) == TPS[4]
    assert walk(double, BUDI, after=TPS[4]) == TPS[0]
