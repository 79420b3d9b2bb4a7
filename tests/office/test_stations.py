"""What the person before the screen may see and do with one TPS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop.election.records.people import person_id
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.deciding import decide
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.entry.stations import Access, Act, Sign, Standing, standing
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary import closing
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

SITI, BUDI, TUTI = "Siti", "Budi", "Tuti"
ONE = TPS[0]
WHY = Decision(by=SITI, reason="salah tulis", raised_by="saksi 2", decided_by="Ketua PPK")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = tiny_office(tmp_path / "o.rekap")
    yield opened
    opened.close()


@pytest.fixture
def double(tmp_path: Path) -> Iterator[Office]:
    opened = tiny_office(tmp_path / "o.rekap", double_entry=True)
    yield opened
    opened.close()


def look(office: Office, name: str, tps: str = ONE) -> Standing:
    return standing(office, BUPATI, tps, person=person_id(name))


def broken() -> dict[str, int]:
    return {**valid_bupati(), "valid": 141}


def test_an_empty_station_may_be_typed_or_declared_not_delivered(office: Office) -> None:
    now = look(office, SITI)
    assert (now.sign, now.access, now.cells) == (Sign.EMPTY, Access.TYPE, {})
    assert now.acts == (Act.NOT_DELIVERED,)


def test_one_who_typed_may_type_again(office: Office) -> None:
    entering.enter(office, BUPATI, ONE, valid_bupati(), by=SITI)
    now = look(office, SITI)
    assert (now.sign, now.access) == (Sign.FILLED, Access.TYPE)
    assert now.cells == valid_bupati() and now.own
    assert now.acts == (Act.CORRECT, Act.WITHDRAW, Act.NEW_ROUND)


def test_another_person_sees_what_counts_and_needs_a_ruling(office: Office) -> None:
    entering.enter(office, BUPATI, ONE, valid_bupati(), by=SITI)
    now = look(office, BUDI)
    assert (now.access, now.cells, now.own) == (Access.COUNTED, valid_bupati(), "")


def test_figures_that_contradict_themselves_are_a_sign_and_may_be_accepted(office: Office) -> None:
    entering.enter(office, BUPATI, ONE, broken(), by=SITI)
    assert look(office, SITI).sign is Sign.ODD
    assert Act.ACCEPT in look(office, SITI).acts
    ruling.accept(office, BUPATI, ONE, decision=WHY)
    now = look(office, SITI)
    assert (now.sign, now.access) == (Sign.ACCEPTED, Access.RULED)
    assert now.acts == (Act.CORRECT, Act.REOPEN, Act.NEW_ROUND)
    assert now.ruling is not None and now.ruling.body["reason"] == "salah tulis"


def test_the_second_of_two_sees_nothing_of_the_first(double: Office) -> None:
    entering.enter(double, BUPATI, ONE, broken(), by=SITI)
    now = look(double, BUDI)
    assert (now.sign, now.access, now.cells) == (Sign.SINGLE, Access.TYPE, {})
    assert now.hidden and now.differing == {}
    assert Act.CORRECT not in now.acts and Act.ACCEPT not in now.acts


def test_a_third_person_sees_the_values_that_differ_unlabelled(double: Office) -> None:
    entering.enter(double, BUPATI, ONE, valid_bupati(), by=SITI)
    other = {**valid_bupati(), "invalid": 7}
    del other["disabled.users.l"]
    entering.enter(double, BUPATI, ONE, other, by=BUDI)
    now = look(double, TUTI)
    assert (now.sign, now.access) == (Sign.DIFFERS, Access.DIFFERS)
    assert now.differing == {"invalid": (5, 7), "disabled.users.l": (None, 0)}
    assert "invalid" not in now.cells and now.cells["valid"] == 140
    settled = {**now.cells, "invalid": 5}
    with pytest.raises(KnownProblem, match="settler-typed-it"):
        decide(double, BUPATI, now, act=Act.CORRECT, cells=settled, decision=WHY)
    third = replace(WHY, by=TUTI)
    decide(double, BUPATI, now, act=Act.CORRECT, cells=settled, decision=third)
    assert look(double, TUTI).sign is Sign.SETTLED
    assert look(double, TUTI).cells == settled


def test_each_of_two_who_differ_sees_only_their_own(double: Office) -> None:
    entering.enter(double, BUPATI, ONE, valid_bupati(), by=SITI)
    entering.enter(double, BUPATI, ONE, {**valid_bupati(), "invalid": 7}, by=BUDI)
    now = look(double, SITI)
    assert (now.access, now.differing, now.cells["invalid"]) == (Access.TYPE, {}, 5)


def test_a_correction_names_only_what_was_changed(office: Office) -> None:
    entering.enter(office, BUPATI, ONE, broken(), by=SITI)
    now = look(office, BUDI)
    record = decide(office, BUPATI, now, act=Act.CORRECT, cells=valid_bupati(), decision=WHY)
    assert record.body["cause"] == "corrected"
    assert look(office, BUDI).cells == valid_bupati()


def test_a_withdrawn_entry_leaves_the_station_empty(office: Office) -> None:
    entering.enter(office, BUPATI, ONE, valid_bupati(), by=SITI)
    now = look(office, SITI)
    decide(office, BUPATI, now, act=Act.WITHDRAW, cells={}, decision=WHY)
    assert look(office, SITI).sign is Sign.EMPTY


def test_not_delivered_is_final_until_it_is_reopened(office: Office) -> None:
    now = look(office, SITI)
    decide(office, BUPATI, now, act=Act.NOT_DELIVERED, cells={}, decision=WHY)
    now = look(office, SITI)
    assert (now.sign, now.access) == (Sign.NOT_DELIVERED, Access.RULED)
    decide(office, BUPATI, now, act=Act.REOPEN, cells={}, decision=WHY)
    assert look(office, SITI).access is Access.TYPE


def test_a_closed_contest_is_only_read(office: Office) -> None:
    for tps in TPS:
        entering.enter(office, BUPATI, tps, valid_bupati(), by=SITI)
    closing.close(office, BUPATI, by=SITI)
    now = look(office, SITI)
    assert (now.access, now.acts) == (Access.CLOSED, ())
