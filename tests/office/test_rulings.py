"""What the office lets the plenary decide in each state is what the table of states says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recap_desktop.election.figures.tallies import STATES, Cause, State
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import (
    Decision,
    accept,
    correct,
    new_round,
    not_delivered,
    reopen,
)
from recap_desktop.office.entry.stations import Access, standing
from recap_desktop.office.opening import Office
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post

WHY = Decision("Ketua", "diputuskan dalam pleno")
Act = Callable[[Office, str], object]


def _correct(office: Office, tps: str) -> object:
    stored = office.file.contests[BUPATI].tally(tps)
    assert stored is not None
    other = 51 if stored.tally.cells.get("votes.1") == 50 else 50
    return correct(office, BUPATI, tps, changes=dict(valid_bupati(other)), decision=WHY)


DEEDS: dict[Cause, Act] = {
    Cause.CORRECTED: _correct,
    Cause.SETTLED: _correct,
    Cause.ACCEPTED: lambda office, tps: accept(office, BUPATI, tps, decision=WHY),
    Cause.NOT_DELIVERED: lambda office, tps: not_delivered(office, BUPATI, tps, decision=WHY),
    Cause.REOPENED: lambda office, tps: reopen(office, BUPATI, tps, decision=WHY),
    Cause.NEW_ROUND: lambda office, tps: new_round(office, BUPATI, tps, decision=WHY),
}
REACHED: dict[State, tuple[str | Cause, ...]] = {
    State.EMPTY: (),
    State.SINGLE: ("Ani",),
    State.DIFFERS: ("Ani", "Budi"),
    State.AGREED: ("Ani", "Citra"),
    State.CORRECTED: ("Ani", Cause.CORRECTED),
    State.SETTLED: ("Ani", "Budi", Cause.SETTLED),
    State.ACCEPTED: ("Ani", Cause.ACCEPTED),
    State.NOT_DELIVERED: (Cause.NOT_DELIVERED,),
    State.REOPENED: ("Ani", Cause.ACCEPTED, Cause.REOPENED),
}


def state_of(office: Office, tps: str) -> State:
    stored = office.file.contests[BUPATI].tally(tps)
    assert stored is not None
    return stored.tally.state


def reach(office: Office, tps: str, state: State) -> None:
    for step in REACHED[state]:
        if isinstance(step, Cause):
            DEEDS[step](office, tps)
        else:
            enter(office, BUPATI, tps, valid_bupati(41 if step == "Budi" else 40), by=step)
    assert state_of(office, tps) is state


def allowed(office: Office, tps: str, cause: Cause) -> bool:
    """Try it; what is allowed leads where the table says."""
    before = state_of(office, tps)
    try:
        DEEDS[cause](office, tps)
    except KnownProblem:
        return False
    after = state_of(office, tps)
    # The one command that corrects is also the one that settles.
    led = {STATES[before].rulings.get(c) for c in Cause if DEEDS[c] is DEEDS[cause]}
    assert after in led
    return after is STATES[before].rulings.get(cause)


@pytest.mark.parametrize("state", REACHED, ids=lambda state: state.value)
def test_what_may_be_decided_is_what_the_table_says(tmp_path: Path, state: State) -> None:
    may = set()
    for cause in Cause:
        office = tiny_office(tmp_path / f"{cause.value}.rekap")
        reach(office, TPS[0], state)
        at = standing(office, BUPATI, TPS[0], person="")
        assert (at.access is Access.RULED) == STATES[state].is_ruled
        if allowed(office, TPS[0], cause):
            may.add(cause)
        office.close()
    assert may == STATES[state].rulings.keys()


def test_a_conflict_is_ended_as_the_table_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = second_post(tiny_office(tmp_path / "a.rekap"), tmp_path, monkeypatch)
    for tps in TPS:
        enter(here, BUPATI, tps, valid_bupati(), by="Ani")
    exchange(here, there)
    for tps in TPS:
        accept(here, BUPATI, tps, decision=WHY)
        _correct(there, tps)
    exchange(here, there)
    assert {state_of(here, tps) for tps in TPS} == {State.CONFLICT}
    assert standing(here, BUPATI, TPS[0], person="").access is Access.CONFLICT
    # To correct and to settle are one command: a TPS for each of the others.
    others = [cause for cause in Cause if cause is not Cause.CORRECTED]
    may = {cause for cause, tps in zip(others, TPS, strict=True) if allowed(here, tps, cause)}
    assert may == STATES[State.CONFLICT].rulings.keys()
    here.close()
    there.close()


def test_a_correction_that_leaves_nothing_is_refused(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "a.rekap")
    enter(office, BUPATI, TPS[0], {"valid": 140}, by="Ani")
    with pytest.raises(KnownProblem, match="nothing-left"):
        correct(office, BUPATI, TPS[0], changes={"valid": None}, decision=WHY)
    assert state_of(office, TPS[0]) is State.SINGLE
    office.close()
