"""Who settles what differs, in which order; and what stands against what in a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.figures.tallies import Cause, State
from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.plenary import Presence, Turn
from recap_desktop.office.entry.conflicts import differing_cells, sides, uphold
from recap_desktop.office.entry.differences import (
    count_differing,
    may_settle,
    next_differing,
    require_settler,
)
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, accept, correct, new_round, reopen
from recap_desktop.office.entry.stations import Access, Act, standing
from recap_desktop.office.entry.usual_words import MOST, deciders, raisers, usual_reasons
from recap_desktop.office.language import LANGUAGES, load_words
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.plenary.plenaries import attend, declare
from recap_desktop.office.plenary.reading import settle
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.beside import columns_beside, lines_beside
from recap_desktop.office.proof.history import history
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post

WHY = Decision("Dedi", "dilihat di kertas")
WORDS = load_words("id")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Double entry: of three TPS the entries differ, of one Dedi typed one of them."""
    made = tiny_office(tmp_path / "ciamis.rekap", double_entry=True)
    for tps, second in ((TPS[0], "Citra"), (TPS[2], "Dedi"), (TPS[3], "Citra")):
        enter(made, BUPATI, tps, valid_bupati(), by="Budi")
        enter(made, BUPATI, tps, valid_bupati(41), by=second)
    yield made
    assert audit(made).faults == ()
    made.close()


def test_differing_tps_are_gone_through_in_order_by_whoever_may(office: Office) -> None:
    assert count_differing(office, BUPATI) == 3
    assert next_differing(office, BUPATI, by="Eko") == TPS[0]
    assert next_differing(office, BUPATI, by="Eko", after=TPS[0]) == TPS[2]
    assert next_differing(office, BUPATI, by="Eko", after=TPS[3]) == TPS[0]
    # Dedi typed one of the second.
    assert next_differing(office, BUPATI, by="Dedi", after=TPS[0]) == TPS[3]
    assert next_differing(office, BUPATI, by="Budi") == ""
    with pytest.raises(KnownProblem, match="settler-typed-it"):
        require_settler(office, BUPATI, TPS[2], by="Dedi")
    assert may_settle(office, BUPATI, TPS[2], by="Eko")


def test_in_the_plenary_whoever_types_may_settle(office: Office) -> None:
    assert not may_settle(office, BUPATI, TPS[2], by="Dedi")
    declare(office, Turn.OPENED, by="Budi", place="Aula")
    assert next_differing(office, BUPATI, by="Budi") == TPS[0]
    require_settler(office, BUPATI, TPS[2], by="Dedi")


def test_who_typed_an_entry_that_differs_mends_it_and_sees_no_other(office: Office) -> None:
    own = standing(office, BUPATI, TPS[0], person=person_id("Citra"))
    assert (own.access, dict(own.differing)) == (Access.TYPE, {})
    assert own.cells["votes.1"] == 41
    declare(office, Turn.OPENED, by="Budi", place="Aula")
    shown = standing(office, BUPATI, TPS[0], person=person_id("Citra"))
    assert shown.access is Access.DIFFERS
    assert shown.differing["votes.1"] == (40, 41)
    assert "votes.1" not in shown.cells and Act.CORRECT in shown.acts


def test_a_desa_that_is_closed_is_passed_over(tmp_path: Path) -> None:
    made = tiny_office(tmp_path / "o.rekap", double_entry=True)
    for tps in TPS:
        for name in ("Budi", "Citra"):
            enter(made, BUPATI, tps, valid_bupati(), by=name)
    close(made, BUPATI, by="Budi")
    assert (count_differing(made, BUPATI), next_differing(made, BUPATI, by="Eko")) == (0, "")
    made.close()


# Conflicts


@pytest.fixture
def posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Office, Office]]:
    first = tiny_office(tmp_path / "a.rekap")
    for tps in TPS:
        enter(first, BUPATI, tps, valid_bupati(), by="Ani")
    made = second_post(first, tmp_path, monkeypatch)
    yield made
    exchange(*made)
    for post in made:
        assert audit(post).faults == ()
        post.close()


def state(office: Office, tps: str) -> tuple[State, int | None]:
    stored = office.file.contests[BUPATI].tally(tps)
    assert stored is not None
    return stored.tally.state, stored.tally.cells.get("votes.1")


def test_both_sides_say_where_who_why_and_what(posts: tuple[Office, Office]) -> None:
    here, there = posts
    assert sides(here, BUPATI, TPS[0]) == ()
    why = Decision("Ani", "salah jumlah", "Saksi 2", "Rapat pleno")
    correct(here, BUPATI, TPS[0], changes={"votes.1": 41, "valid": 141}, decision=why)
    accept(there, BUPATI, TPS[0], decision=WHY)
    exchange(here, there)
    one, other = sorted(sides(here, BUPATI, TPS[0]), key=lambda side: side.person)
    assert {one.post, other.post} == {1, 2}
    assert (one.person, one.cause, one.reason) == ("Ani", Cause.CORRECTED, "salah jumlah")
    assert (one.raised_by, one.decided_by) == ("Saksi 2", "Rapat pleno")
    assert (other.person, other.cause, other.cells["votes.1"]) == ("Dedi", Cause.ACCEPTED, 40)
    order = here.election.layout(BUPATI).cells
    assert differing_cells((one, other), order) == ("votes.1", "valid")
    # Both posts show the same.
    assert {s.ruling for s in sides(there, BUPATI, TPS[0])} == {one.ruling, other.ruling}


def test_the_side_that_holds_ends_the_conflict_everywhere(posts: tuple[Office, Office]) -> None:
    here, there = posts
    for post, figure in ((here, 41), (there, 42)):
        correct(post, BUPATI, TPS[0], changes={"votes.1": figure}, decision=WHY)
    exchange(here, there)
    wanted = next(side for side in sides(here, BUPATI, TPS[0]) if side.cells["votes.1"] == 42)
    with pytest.raises(KnownProblem, match="side-unknown"):
        uphold(here, BUPATI, TPS[0], side="", decision=WHY)
    uphold(here, BUPATI, TPS[0], side=wanted.ruling, decision=WHY)
    exchange(here, there)
    assert state(here, TPS[0]) == state(there, TPS[0]) == (State.SETTLED, 42)
    with pytest.raises(KnownProblem, match="nothing-to-settle"):
        uphold(there, BUPATI, TPS[0], side=wanted.ruling, decision=WHY)


def test_a_new_round_or_equal_figures_hold_too(posts: tuple[Office, Office]) -> None:
    here, there = posts
    correct(here, BUPATI, TPS[0], changes={"votes.1": 41}, decision=WHY)
    new_round(there, BUPATI, TPS[0], decision=WHY)
    for post in posts:
        accept(post, BUPATI, TPS[1], decision=WHY)
    reopen(there, BUPATI, TPS[1], decision=WHY)
    exchange(here, there)
    again = next(side for side in sides(here, BUPATI, TPS[0]) if not side.cells)
    assert again.cause is Cause.NEW_ROUND
    uphold(here, BUPATI, TPS[0], side=again.ruling, decision=WHY)
    assert state(here, TPS[0]) == (State.EMPTY, None)
    # One says that it stands, the other that it is open: there is no figure that differs.
    both = sides(here, BUPATI, TPS[1])
    assert differing_cells(both, here.election.layout(BUPATI).cells) == ()
    uphold(here, BUPATI, TPS[1], side=both[0].ruling, decision=WHY)
    assert state(here, TPS[1]) == (State.SETTLED, 40)


# Beside each other


def test_every_figure_ever_typed_stands_beside_the_others(office: Office) -> None:
    settle(office, BUPATI, TPS[0], chosen={**valid_bupati(39)}, decision=WHY)
    events = history(office, BUPATI, TPS[0])
    columns = columns_beside(events)
    assert [event.what for event in columns] == ["entry", "entry", "settled"]
    assert [event.person for event in columns] == ["Budi", "Citra", "Dedi"]
    lines = lines_beside(columns, office.election.layout(BUPATI).cells)
    assert lines[0].differs and not lines[-1].differs
    figures = {line.cell: line.figures for line in lines}
    assert figures["votes.1"] == (40, 41, 39)
    assert figures["votes.2"] == (100, 100, 100)
    assert set(figures) == set(valid_bupati())


def test_a_first_entry_stands_beside_nothing(tmp_path: Path) -> None:
    made = tiny_office(tmp_path / "o.rekap", double_entry=True)
    enter(made, BUPATI, TPS[0], valid_bupati(), by="Budi")
    assert columns_beside(history(made, BUPATI, TPS[0])) == ()
    made.close()


# Usual words


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_decision_has_its_usual_reasons_in_both_languages(language: str) -> None:
    words = load_words(language)
    kinds = [act.value for act in Act]
    kinds += ["settle", "conflict", "reading", "reopen-closed"]
    for kind in kinds:
        offered = usual_reasons(words, kind)
        assert 1 < len(offered) <= MOST
        assert len(set(offered)) == len(offered) == len(usual_reasons(WORDS, kind))
    assert usual_reasons(words, "unknown") == ()


def test_who_is_in_the_hall_is_offered_by_name(office: Office) -> None:
    assert raisers(office, BUPATI, WORDS)[:2] == ("Saksi nomor 2", "Panwas")
    assert deciders(office, BUPATI, WORDS)[:2] == ("Rapat pleno", "Ketua")
    declare(office, Turn.OPENED, by="Budi", place="Aula", leader="Siti")
    attend(office, by="Budi", seat="saksi-2", name="Joko", contest=BUPATI, mandate="1")
    attend(office, by="Budi", seat="saksi-2", name="Rina", contest=BUPATI, mandate="2")
    attend(office, by="Budi", seat="ketua", name="Siti")
    left = attend(office, by="Budi", seat="panwas", name="Eko")
    attend(office, by="Budi", seat="panwas", name="Eko", presence=Presence.LEFT, replaces=left.id)
    attend(office, by="Budi", seat="guest", name="Tamu")
    said = raisers(office, BUPATI, WORDS)
    assert said == ("Saksi nomor 2: Joko", "Saksi nomor 2: Rina", "Panwas", "Ketua: Siti")
    assert deciders(office, BUPATI, WORDS)[:3] == (
        "Rapat pleno",
        "Pimpinan rapat: Siti",
        "Ketua: Siti",
    )
