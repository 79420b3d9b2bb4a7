"""Read-out in the plenary: what is typed there against what stood, and decisions it needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.figures.tallies import Source, State, Tally
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import (
    Decision,
    correct,
    move,
    new_round,
    not_delivered,
    withdraw,
)
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.plenary.read_back import read_back
from recap_desktop.office.plenary.reading import compare_reading, read_out, settle
from recap_desktop.office.proof.auditing import audit, rebuild
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post

HERE, THERE = TPS[0], TPS[1]
PLENO = Decision("Ani", "salah ketik waktu persiapan", decided_by="Rapat pleno")


def heard_once(office: Office) -> State:
    """Where a TPS stands that one person typed and the plenary heard."""
    return State.AGREED if office.file.double_entry else State.SINGLE


def tally(office: Office, tps: str = HERE) -> Tally:
    stored = office.file.contests[BUPATI].tally(tps)
    assert stored is not None
    return stored.tally


@pytest.fixture(params=[False, True], ids=["single", "double"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "ciamis.rekap", double_entry=request.param)
    declare(made, Turn.OPENED, by="Ani", place="Aula")
    yield made
    assert audit(made).faults == ()
    assert rebuild(made) == []
    made.close()


def kinds(office: Office, tps: str = HERE) -> list[str]:
    return [record.kind for record in office.file.journal.records(BUPATI, tps)]


def test_what_is_read_first_is_an_entry_and_a_reading(office: Office) -> None:
    read_out(office, BUPATI, HERE, valid_bupati(), by="Ani")
    assert kinds(office) == [Kind.ENTRY.value, Kind.READING.value]
    assert (tally(office).state, tally(office).read) == (heard_once(office), True)
    assert tally(office).counts
    assert read_out(office, BUPATI, HERE, valid_bupati(), by="Ani") == []


def test_what_the_hall_heard_is_mended_like_what_two_people_typed(office: Office) -> None:
    odd = valid_bupati() | {"valid": 141}
    read_out(office, BUPATI, HERE, odd, by="Ani")
    stored = office.file.contests[BUPATI].tally(HERE)
    # What was heard counts as it is written, and what contradicts itself is still to be decided.
    assert stored is not None and stored.broken and stored.tally.counts
    correct(office, BUPATI, HERE, changes={"valid": 140}, decision=PLENO)
    assert (tally(office).state, tally(office).read) == (State.CORRECTED, True)


def test_what_was_heard_is_no_voice_for_another_figure(office: Office) -> None:
    read_out(office, BUPATI, HERE, valid_bupati(), by="Ani")
    enter(office, BUPATI, HERE, valid_bupati(41), by="Ani")
    assert tally(office).counts is not office.file.double_entry
    read_out(office, BUPATI, HERE, valid_bupati(41), by="Ani")
    assert (tally(office).state, tally(office).counts) == (heard_once(office), True)
    enter(office, BUPATI, HERE, valid_bupati(42), by="Budi")
    assert tally(office).state is State.DIFFERS


def test_what_another_typed_alike_becomes_agreed(office: Office) -> None:
    enter(office, BUPATI, HERE, valid_bupati(), by="Budi")
    comparison = compare_reading(office, BUPATI, HERE, valid_bupati(), by="Ani")
    assert (comparison.stood, dict(comparison.differing)) == (True, {})
    read_out(office, BUPATI, HERE, valid_bupati(), by="Ani")
    assert (tally(office).state, tally(office).counts) == (State.AGREED, True)


def test_a_difference_is_named_and_waits_for_a_decision(office: Office) -> None:
    enter(office, BUPATI, HERE, valid_bupati(), by="Budi")
    read = valid_bupati(41)
    comparison = compare_reading(office, BUPATI, HERE, read, by="Ani")
    assert comparison.ruling
    assert comparison.differing["votes.1"] == ((40,), 41)
    before = kinds(office)
    with pytest.raises(KnownProblem, match="reading-differs") as caught:
        read_out(office, BUPATI, HERE, read, by="Ani")
    assert str(caught.value.details["cells"]).startswith("users.dpt.l, ")
    assert kinds(office) == before
    read_out(office, BUPATI, HERE, read, by="Ani", decision=PLENO)
    held = tally(office)
    assert (held.state, held.cells["votes.1"], held.read) == (State.CORRECTED, 41, True)
    ruling = office.file.journal.records(BUPATI, HERE)[1]
    assert (ruling.body["reason"], ruling.body["decided_by"]) == (PLENO.reason, PLENO.decided_by)


def test_two_that_differ_are_settled_by_what_is_read(office: Office) -> None:
    enter(office, BUPATI, HERE, valid_bupati(), by="Budi")
    enter(office, BUPATI, HERE, valid_bupati(39), by="Citra")
    comparison = compare_reading(office, BUPATI, HERE, valid_bupati(), by="Ani")
    assert comparison.differing["votes.1"] == ((39, 40), 40)
    read_out(office, BUPATI, HERE, valid_bupati(), by="Ani", decision=PLENO)
    assert tally(office).state is State.SETTLED


def test_what_was_typed_from_a_copy_gives_way_to_the_paper(office: Office) -> None:
    enter(office, BUPATI, HERE, valid_bupati(39), by="Budi", source=Source.SALINAN)
    compared = compare_reading(office, BUPATI, HERE, valid_bupati(), by="Ani")
    assert (compared.stood, compared.ruling, dict(compared.differing)) == (True, False, {})
    assert compared.copies["votes.1"] == ((39,), 40)
    lines = {line.cell: line for line in read_back(office, BUPATI, valid_bupati(), compared)}
    assert (lines["votes.1"].copied, lines["votes.1"].before) == ((39,), ())
    assert lines["votes.2"].copied == ()
    read_out(office, BUPATI, HERE, valid_bupati(), by="Ani")
    assert (tally(office).state, tally(office).cells["votes.1"]) == (heard_once(office), 40)


def test_who_reads_again_replaces_what_they_typed_before(office: Office) -> None:
    enter(office, BUPATI, HERE, valid_bupati(39), by="Ani")
    assert not compare_reading(office, BUPATI, HERE, valid_bupati(), by="Ani").stood
    read_out(office, BUPATI, HERE, valid_bupati(), by="Ani")
    assert tally(office).cells["votes.1"] == 40


def test_a_blank_that_stood_differs_from_a_figure_that_is_read(office: Office) -> None:
    enter(office, BUPATI, HERE, {"votes.1": 3}, by="Budi")
    comparison = compare_reading(office, BUPATI, HERE, {"votes.1": 3, "votes.2": 0}, by="Ani")
    assert dict(comparison.differing) == {"votes.2": ((None,), 0)}


def test_what_the_plenary_decided_is_compared_too(office: Office) -> None:
    read_out(office, BUPATI, HERE, valid_bupati(), by="Ani")
    if not tally(office).counts:
        enter(office, BUPATI, HERE, valid_bupati(), by="Budi")
    correct(office, BUPATI, HERE, changes={"votes.1": 30}, decision=PLENO)
    assert tally(office).read
    read = valid_bupati() | {"votes.1": 30}
    assert read_out(office, BUPATI, HERE, read, by="Citra") == []
    with pytest.raises(KnownProblem, match="reading-differs"):
        read_out(office, BUPATI, HERE, valid_bupati(), by="Citra")


def test_a_form_that_came_after_all_is_read_by_decision(office: Office) -> None:
    not_delivered(office, BUPATI, HERE, decision=PLENO)
    read_out(office, BUPATI, HERE, valid_bupati(), by="Ani", decision=PLENO)
    assert (tally(office).state, tally(office).counts) == (State.CORRECTED, True)


def test_a_recount_is_read_out_again(office: Office) -> None:
    for name in ("Ani", "Budi"):
        enter(office, BUPATI, HERE, valid_bupati(), by=name)
    read_out(office, BUPATI, HERE, valid_bupati(), by="Ani")
    assert tally(office).read
    new_round(office, BUPATI, HERE, decision=PLENO)
    assert (tally(office).state, tally(office).read) == (State.EMPTY, False)
    read_out(office, BUPATI, HERE, valid_bupati(41), by="Ani")
    assert tally(office).read
    enter(office, BUPATI, HERE, valid_bupati(41), by="Budi")
    correct(office, BUPATI, HERE, changes={"votes.1": 42}, decision=PLENO)
    assert tally(office).read
    new_round(office, BUPATI, HERE, decision=PLENO)
    assert not tally(office).read


def test_nothing_is_read_outside_a_session(office: Office) -> None:
    declare(office, Turn.SUSPENDED, by="Ani")
    with pytest.raises(KnownProblem, match="plenary-suspended"):
        read_out(office, BUPATI, HERE, valid_bupati(), by="Ani")
    declare(office, Turn.RESUMED, by="Ani")
    with pytest.raises(KnownProblem, match="reading-blank"):
        read_out(office, BUPATI, HERE, {}, by="Ani")
    with pytest.raises(KnownProblem, match="cell-unknown"):
        read_out(office, BUPATI, HERE, {"votes.9": 1}, by="Ani")
    with pytest.raises(KnownProblem, match="tps-unknown"):
        read_out(office, BUPATI, "3207011001777", valid_bupati(), by="Ani")
    assert kinds(office) == []


def test_a_third_person_settles_and_a_typist_does_not(office: Office) -> None:
    enter(office, BUPATI, HERE, valid_bupati(), by="Budi")
    with pytest.raises(KnownProblem, match="nothing-to-settle"):
        settle(office, BUPATI, HERE, chosen={"votes.1": 40}, decision=PLENO)
    enter(office, BUPATI, HERE, valid_bupati() | {"votes.1": 39}, by="Citra")
    mine = Decision("Citra", "dilihat lagi")
    with pytest.raises(KnownProblem, match="settler-typed-it"):
        settle(office, BUPATI, HERE, chosen={"votes.1": 39}, decision=mine)
    settle(office, BUPATI, HERE, chosen={"votes.1": 38}, decision=Decision("Dedi", "di kertas 38"))
    assert (tally(office).state, tally(office).cells["votes.1"]) == (State.SETTLED, 38)


def test_the_plenary_may_settle_whoever_types_it(office: Office) -> None:
    enter(office, BUPATI, HERE, valid_bupati(), by="Budi")
    enter(office, BUPATI, HERE, valid_bupati() | {"votes.1": 39}, by="Citra")
    mine = Decision("Citra", "dibacakan lagi", decided_by="Rapat pleno")
    settle(office, BUPATI, HERE, chosen={"votes.1": 39}, decision=mine, in_plenary=True)
    assert tally(office).state is State.SETTLED


def test_posts_that_decided_otherwise_are_in_conflict_until_one_ruling_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tiny_office(tmp_path / "a.rekap")
    declare(first, Turn.OPENED, by="Ani", place="Aula")
    enter(first, BUPATI, HERE, valid_bupati(), by="Ani")
    here, there = second_post(first, tmp_path, monkeypatch)
    correct(here, BUPATI, HERE, changes={"votes.1": 1}, decision=PLENO)
    correct(there, BUPATI, HERE, changes={"votes.1": 2}, decision=PLENO)
    exchange(here, there)
    assert tally(here).state is State.CONFLICT
    settle(here, BUPATI, HERE, chosen={"votes.1": 2}, decision=PLENO, in_plenary=True)
    exchange(here, there)
    for post in (here, there):
        assert (tally(post).state, tally(post).cells["votes.1"]) == (State.SETTLED, 2)
        assert audit(post).faults == ()
        post.close()


# Typed under the wrong TPS


def test_an_entry_under_the_wrong_tps_is_moved_and_stays_its_typists(office: Office) -> None:
    enter(office, BUPATI, HERE, valid_bupati(), by="Budi")
    why = Decision("Ani", "tertukar dengan TPS 002")
    withdrawal, moved = move(office, BUPATI, HERE, to=THERE, decision=why)
    assert (tally(office, HERE).state, tally(office, THERE).state) == (State.EMPTY, State.SINGLE)
    assert moved.body["moved"] == withdrawal.over[0]
    first = next(r for r in office.file.journal.records(BUPATI, HERE) if r.kind == "entry/1")
    assert moved.person == first.person != withdrawal.person
    enter(office, BUPATI, THERE, valid_bupati(), by="Citra")
    assert tally(office, THERE).state is State.AGREED


def test_an_entry_is_not_moved_over_another_of_the_same_person(office: Office) -> None:
    for tps in (HERE, THERE):
        enter(office, BUPATI, tps, valid_bupati(), by="Budi")
    why = Decision("Ani", "tertukar")
    with pytest.raises(KnownProblem, match="move-target-typed"):
        move(office, BUPATI, HERE, to=THERE, decision=why)
    with pytest.raises(KnownProblem, match="move-to-itself"):
        move(office, BUPATI, HERE, to=HERE, decision=why)
    with pytest.raises(KnownProblem, match="tps-unknown"):
        move(office, BUPATI, HERE, to="3207022001001", decision=why)
    with pytest.raises(KnownProblem, match="reason-missing"):
        move(office, BUPATI, HERE, to=TPS[2], decision=Decision("Ani", ""))
    withdraw(office, BUPATI, THERE, decision=why)
    move(office, BUPATI, HERE, to=THERE, decision=why)


def test_what_one_post_heard_and_another_typed_otherwise_differs_at_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tiny_office(tmp_path / "a.rekap", double_entry=True)
    declare(first, Turn.OPENED, by="Ani", place="Aula")
    here, there = second_post(first, tmp_path, monkeypatch)
    read_out(here, BUPATI, HERE, valid_bupati(), by="Ani")
    assert (tally(here).state, tally(here).counts) == (State.AGREED, True)
    enter(there, BUPATI, HERE, valid_bupati(41), by="Budi")
    enter(there, BUPATI, THERE, valid_bupati(), by="Ani")
    exchange(here, there)
    for post in (here, there):
        assert (tally(post).state, tally(post).read) == (State.DIFFERS, True)
        # Of another TPS the hall heard nothing: its one entry waits.
        assert (tally(post, THERE).state, tally(post, THERE).counts) == (State.SINGLE, False)
    read_out(there, BUPATI, HERE, valid_bupati(), by="Citra", decision=PLENO)
    exchange(here, there)
    for post in (here, there):
        assert (tally(post).state, tally(post).cells["votes.1"]) == (State.SETTLED, 40)
        assert (audit(post).faults, rebuild(post)) == ((), [])
        post.close()
