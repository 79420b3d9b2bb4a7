"""A child office that was restored: once a chair let its package hold, the next ones come in quietly."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.journal import Kind
from recap_desktop.office.entry import ruling
from recap_desktop.office.entry.conflicts import sides, uphold
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.plenary import closing
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit, rebuild
from recap_desktop.office.upward import alarms
from recap_desktop.office.upward.children import children
from recap_desktop.office.upward.following import FOLLOWS
from recap_desktop.office.upward.received import line_of, receipts_of, standing_receipts
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, CIAMIS, TPS, Clock
from tests.made_up.posts import exchange, second_post
from tests.made_up.upward import DECISION, KABKO, PROVINSI, Ladder, paper_of
from tests.office.test_upward import cikoneng, forked, ladder, shortened, sums

__all__ = ["ladder"]

BOTH = pytest.mark.parametrize("make", [forked, shortened])


def decide(ladder: Ladder, path: Path) -> None:
    """The alarm is raised, and a chair lets the package that came hold."""
    seen = ladder.look(path)
    office = ladder.offices[KABKO]
    alarms.raise_alarm(office, seen, by="Tuti")
    alarms.let_came_hold(
        office, BUPATI, "", decision=DECISION, typed=paper_of(seen), trust=ladder.trust
    )


def revise(ladder: Ladder, tps: str, votes: int) -> Path:
    """The child goes on: it corrects a TPS, and sends its next revision."""
    below = ladder.again(CIAMIS)
    changes = {"votes.1": votes, "votes.2": 140 + TPS.index(tps) - votes}
    ruling.correct(below, BUPATI, tps, changes=changes, decision=DECISION)
    return ladder.package(CIAMIS)


def figure(office: Office, tps: str) -> int:
    stored = office.file.contests[BUPATI].tally(tps)
    assert stored is not None and stored.tally.counts
    return stored.tally.cells["votes.1"]


def below(ladder: Ladder) -> dict[str, int]:
    """What the child's own papers say."""
    (total,) = totals(ladder.offices[CIAMIS], BUPATI, level=Level.KECAMATAN)
    return dict(total.sums)


@BOTH
def test_what_holds_is_taken_in_and_what_was_received_before_is_over(
    ladder: Ladder, make: Callable[[Ladder], Path]
) -> None:
    office, path = ladder.offices[KABKO], make(ladder)
    (before,) = receipts_of(office, BUPATI)
    decide(ladder, path)
    assert sums(office) == below(ladder)
    (standing,) = standing_receipts(office, BUPATI)
    assert standing.id != before.id and len(receipts_of(office, BUPATI)) == 2
    line = line_of(office, BUPATI, CIAMIS)
    assert line is not None and line.decision.body["ended"] == [before.id]
    (child, _) = children(office, BUPATI)
    assert child.is_final and not child.has_alarm
    assert not audit(office).faults and rebuild(office) == []
    with pytest.raises(KnownProblem) as caught:
        ladder.look(path)
    assert caught.value.code == "receive-already"


@BOTH
def test_later_packages_of_the_line_come_in_without_another_alarm(
    ladder: Ladder, make: Callable[[Ladder], Path]
) -> None:
    office = ladder.offices[KABKO]
    decide(ladder, make(ladder))
    for votes, tps in ((60, TPS[1]), (61, TPS[1]), (48, TPS[0])):
        path = revise(ladder, tps, votes)
        seen = ladder.look(path)
        assert not seen.alarm and seen.line is not None
        assert tps in {change.tps for change in seen.changes}
        ladder.receive(path)
        assert figure(office, tps) == votes
        assert sums(office) == below(ladder)
    assert [alarm.is_open for alarm in alarms.alarms(office, BUPATI)] == [False]
    assert not audit(office).faults and rebuild(office) == []
    ladder.receive(cikoneng(ladder))
    assert closing.missing(office, BUPATI) == []


@BOTH
def test_what_does_not_go_on_from_it_is_an_alarm_again(
    ladder: Ladder, make: Callable[[Ladder], Path]
) -> None:
    office = ladder.offices[KABKO]
    decide(ladder, make(ladder))
    # Revision two is left out: the third holds all of it, and the second then comes too late.
    second = revise(ladder, TPS[1], 60)
    third = revise(ladder, TPS[1], 61)
    ladder.receive(third)
    code = "receive-older" if make is shortened else ""
    if code:
        with pytest.raises(KnownProblem) as caught:
            ladder.look(second)
        assert caught.value.code == code
    else:
        # Of a line that branched off our records cannot tell: it is asked about.
        assert ladder.look(second).alarm == "forked"
    assert figure(office, TPS[1]) == 61


def test_the_old_line_is_an_alarm_once_another_one_holds(ladder: Ladder) -> None:
    office, old = ladder.offices[KABKO], ladder.offices[CIAMIS]
    path = shortened(ladder)
    new = ladder.offices[CIAMIS]
    decide(ladder, path)
    # The laptop that was thought lost comes back and sends on.
    ladder.offices[CIAMIS] = open_office(old.file.path, clock=Clock())
    back = revise(ladder, TPS[2], 55)
    seen = ladder.look(back)
    assert seen.alarm
    alarms.raise_alarm(office, seen, by="Tuti")
    alarms.let_held_hold(office, BUPATI, "", decision=DECISION)
    new_line = line_of(office, BUPATI, CIAMIS)
    assert new_line is not None
    ladder.offices[CIAMIS].close()
    ladder.offices[CIAMIS] = new
    # What the chair let hold goes on.
    ladder.receive(revise(ladder, TPS[3], 50))
    assert sums(office) == below(ladder)


def test_figures_our_records_cannot_say_are_ruled_by_the_decision(ladder: Ladder) -> None:
    """What was lost below stands in our journal: the same TPS was decided otherwise there."""
    office, lost = ladder.offices[KABKO], ladder.offices[CIAMIS]
    copy = ladder.folder / "salinan.rekap"
    lost.close()
    shutil.copy(lost.file.path, copy)
    ladder.offices[CIAMIS] = open_office(lost.file.path, clock=Clock())
    # Decided, sent, and then lost with the laptop.
    changes = {"votes.1": 45, "votes.2": 95}
    ruling.correct(ladder.offices[CIAMIS], BUPATI, TPS[0], changes=changes, decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    ladder.offices[CIAMIS].close()
    restored = ladder.offices[CIAMIS] = open_office(copy, clock=Clock())
    restored.go_on_as_new_post()
    changes = {"votes.1": 47, "votes.2": 93}
    ruling.correct(restored, BUPATI, TPS[0], changes=changes, decision=DECISION)
    decide(ladder, ladder.package(CIAMIS))
    for votes in (47, 48):
        if votes != figure(office, TPS[0]):
            path = revise(ladder, TPS[0], votes)
            assert [one.tps for one in ladder.look(path).followed] == [TPS[0]]
            ladder.receive(path)
        assert figure(office, TPS[0]) == votes
        assert sums(office) == below(ladder)
    known = office.file.journal.records(BUPATI, TPS[0])
    ruled = [r for r in known if r.kind == Kind.RULING.value and FOLLOWS in r.body]
    assert len(ruled) == 2
    for record in ruled:
        assert record.body["reason"] == DECISION.reason
        assert record.body["decided_by"] == DECISION.decided_by
    assert not audit(office).faults


@BOTH
def test_what_the_plenary_here_ruled_is_left_alone(
    ladder: Ladder, make: Callable[[Ladder], Path]
) -> None:
    office, path = ladder.offices[KABKO], make(ladder)
    changes = {"votes.1": 51, "votes.2": 89}
    ruling.correct(office, BUPATI, TPS[0], changes=changes, decision=DECISION)
    decide(ladder, path)
    stored = office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None
    if stored.tally.state is State.CONFLICT:
        own = next(side for side in sides(office, BUPATI, TPS[0]) if not side.office)
        uphold(office, BUPATI, TPS[0], side=own.ruling, decision=DECISION)
    assert figure(office, TPS[0]) == 51
    # It stays so when the child goes on elsewhere.
    ladder.receive(revise(ladder, TPS[1], 60))
    assert (figure(office, TPS[0]), figure(office, TPS[1])) == (51, 60)


@BOTH
def test_another_post_and_the_office_above_come_to_the_same(
    ladder: Ladder,
    make: Callable[[Ladder], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = ladder.offices[KABKO]
    ladder.root = PROVINSI
    decide(ladder, make(ladder))
    ladder.receive(revise(ladder, TPS[1], 60))
    ladder.receive(cikoneng(ladder))
    here, there = second_post(office, tmp_path, monkeypatch)
    ladder.offices |= {KABKO: here, "meja 2": there}
    ruling.correct(here, BUPATI, TPS[2], changes={"votes.1": 44}, decision=DECISION)
    ruling.accept(here, BUPATI, TPS[2], decision=DECISION)
    exchange(here, there)
    assert sums(here) == sums(there)
    assert line_of(there, BUPATI, CIAMIS) == line_of(here, BUPATI, CIAMIS)
    assert not audit(there).faults
    above = ladder.office(PROVINSI)
    ladder.receive(ladder.package(KABKO), PROVINSI)
    assert sums(above) == sums(here)
    assert not audit(above).faults
