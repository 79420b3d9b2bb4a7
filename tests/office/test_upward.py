"""Alarms, offices below, differences on units, figures from paper: what an upper office decides."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop import places
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.papers.sheets import ColumnKind, Sheet
from recap_desktop.exchange.package_folder import kept_package
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.papers.printing import book_of
from recap_desktop.office.plenary import closing
from recap_desktop.office.plenary.revisions import close_is_genuine, has_moved_on, revisions
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import contest_history
from recap_desktop.office.upward import alarms, receiving, unit_figures
from recap_desktop.office.upward.children import Came, Child, children
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, CIAMIS, TPS, Clock, valid_bupati
from tests.made_up.upward import CIKONENG, DECISION, KABKO, PROVINSI, Ladder, paper_of

FAR = "3207022001001"


@pytest.fixture
def ladder(tmp_path: Path) -> Iterator[Ladder]:
    ladder = Ladder(tmp_path)
    ladder.office(KABKO)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    yield ladder
    ladder.close()


def codes(office: Office) -> list[str]:
    return [fault.code for fault in closing.missing(office, BUPATI)]


def child(office: Office, code: str = CIAMIS) -> Child:
    return next(one for one in children(office, BUPATI) if one.code == code)


def sums(office: Office, level: Level = Level.KABKO, under: str = "") -> dict[str, int]:
    (total,) = totals(office, BUPATI, level=level, under=under)
    return dict(total.sums)


def cikoneng(ladder: Ladder, votes: int = 30) -> Path:
    entering.enter(ladder.office(CIKONENG), BUPATI, FAR, valid_bupati(votes), by="Siti")
    return ladder.package(CIKONENG)


# ---------------------------------------------------------------- alarms


def restored(ladder: Ladder) -> tuple[Office, str]:
    """Ciamis as of a copy that was made before its first close, which has come up meanwhile."""
    office = ladder.offices[CIAMIS]
    copy = ladder.folder / "salinan.rekap"
    office.close()
    shutil.copy(office.file.path, copy)
    ladder.offices[CIAMIS] = open_office(office.file.path, clock=Clock())
    ladder.receive(ladder.package(CIAMIS))
    ladder.offices[CIAMIS].close()
    ladder.offices[CIAMIS] = open_office(copy, clock=Clock())
    (genesis,) = ladder.offices[CIAMIS].file.journal.geneses()
    return ladder.offices[CIAMIS], genesis.post


def forked(ladder: Ladder) -> Path:
    """A package of a post that went on from an old copy, on a machine that was put back too."""
    office, post = restored(ladder)
    office.close()
    (places.machine_data() / "posts" / f"{post}.heads").unlink()
    office = ladder.offices[CIAMIS] = open_office(office.file.path, clock=Clock())
    changes = {"votes.1": 47, "votes.2": 93}
    ruling.correct(office, BUPATI, TPS[0], changes=changes, decision=DECISION)
    return ladder.package(CIAMIS)


def shortened(ladder: Ladder) -> Path:
    """A package of a new post that goes on from an old copy, as a restored backup does."""
    office, _ = restored(ladder)
    assert office.obstacle == "restored-backup"
    office.go_on_as_new_post()
    changes = {"votes.1": 47, "votes.2": 93}
    ruling.correct(office, BUPATI, TPS[0], changes=changes, decision=DECISION)
    return ladder.package(CIAMIS)


@pytest.mark.parametrize("make", [forked, shortened])
def test_what_does_not_extend_is_an_alarm_until_a_chair_decides(
    ladder: Ladder, make: Callable[[Ladder], Path]
) -> None:
    office, path = ladder.offices[KABKO], make(ladder)
    before = sums(office)
    seen = ladder.look(path)
    assert seen.alarm == make.__name__
    assert [change.tps for change in seen.changes] == [TPS[0]]
    with pytest.raises(KnownProblem) as caught:
        receiving.receive(office, seen, typed=paper_of(seen), by="Tuti")
    assert caught.value.code == "receive-alarm"
    raised = alarms.raise_alarm(office, seen, by="Tuti")
    assert raised.body["against"] != raised.body["package"] == seen.proved.hash
    for package in (raised.body["against"], raised.body["package"]):
        assert kept_package(office.file.path, package).is_file()
    with pytest.raises(KnownProblem) as caught:
        alarms.raise_alarm(office, ladder.look(path), by="Tuti")
    assert caught.value.code == "alarm-known"
    assert child(office).has_alarm and not child(office).is_final
    assert "close-child-alarm" in codes(office)
    assert sums(office) == before
    alarms.let_held_hold(office, BUPATI, "", decision=DECISION)
    assert not child(office).has_alarm and sums(office) == before
    with pytest.raises(KnownProblem) as caught:
        ladder.look(path)
    assert caught.value.code == "receive-decided"
    assert [event.what for event in contest_history(office, BUPATI)] == [
        "receipt",
        "alarm",
        "alarm-decided",
    ]
    assert not audit(office).faults


def test_the_package_that_came_can_hold_and_its_figures_are_ruled(ladder: Ladder) -> None:
    office, path = ladder.offices[KABKO], forked(ladder)
    seen = ladder.look(path)
    alarms.raise_alarm(office, seen, by="Tuti")
    wrong = replace(paper_of(seen), head="0" * 8)
    with pytest.raises(KnownProblem) as caught:
        alarms.let_came_hold(office, BUPATI, "", decision=DECISION, typed=wrong, trust=ladder.trust)
    assert caught.value.code == "receive-head-differs"
    made = alarms.let_came_hold(
        office, BUPATI, "", decision=DECISION, typed=paper_of(seen), trust=ladder.trust
    )
    assert [record.kind for record in made] == ["alarm/1", "receipt/1", "ruling/1"]
    assert made[-1].tps == TPS[0]
    assert sums(office)["votes.1"] == seen.proved.totals["votes.1"]
    assert not audit(office).faults


# ---------------------------------------------------------------- offices below


def test_each_office_below_says_what_came_of_it(ladder: Ladder) -> None:
    office = ladder.offices[KABKO]
    assert [one.came for one in children(office, BUPATI)] == [Came.NOTHING] * 2
    assert codes(office) == ["close-child-nothing"] * 2
    ladder.receive(ladder.package(CIAMIS))
    one = child(office)
    assert (one.came, one.revision, one.done, one.stations) == (Came.RECEIVED, 1, 5, 5)
    assert one.is_final and not one.moved_on
    assert codes(office) == ["close-child-nothing"]
    entering.enter(office, BUPATI, FAR, valid_bupati(), by="Tuti")
    assert child(office, CIKONENG).came is Came.TYPED
    assert codes(office) == []
    closing.close(office, BUPATI, by="Tuti")
    below = ladder.again(CIAMIS)
    ruling.not_delivered(below, BUPATI, TPS[4], decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    assert child(office).moved_on and child(office).revision == 2
    assert has_moved_on(office, revisions(office, BUPATI)[0])
    assert children(ladder.offices[CIAMIS], BUPATI) == []


def test_a_conflict_keeps_the_office_from_closing(ladder: Ladder) -> None:
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    ladder.receive(cikoneng(ladder))
    ruling.correct(office, BUPATI, TPS[0], changes={"votes.1": 50}, decision=DECISION)
    below = ladder.again(CIAMIS)
    changes = {"votes.1": 47, "votes.2": 93}
    ruling.correct(below, BUPATI, TPS[0], changes=changes, decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    assert codes(office) == ["close-conflict-below"]
    assert (child(office).disputed, child(office).is_final) == (1, False)
    assert child(office, CIKONENG).is_final


# ---------------------------------------------------------------- differences


def test_a_difference_is_in_the_total_and_a_column_of_its_own_on_the_sheet(
    ladder: Ladder,
) -> None:
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    ladder.receive(cikoneng(ladder))
    before = sums(office)
    made = unit_figures.add_difference(
        office, BUPATI, CIAMIS, cells={"votes.1": -3, "votes.2": 3}, decision=DECISION
    )
    assert sums(office)["votes.1"] == before["votes.1"] - 3
    (total,) = totals(office, BUPATI, level=Level.KECAMATAN, under=CIAMIS)
    assert total.differences == {"votes.1": -3, "votes.2": 3}
    (far,) = totals(office, BUPATI, level=Level.KECAMATAN, under=CIKONENG)
    assert far.differences == {}
    revision = closing.close(office, BUPATI, by="Tuti")
    assert revision.record.body["differences"] == {CIAMIS: {"votes.1": -3, "votes.2": 3}}
    assert close_is_genuine(office, revision) and not audit(office).faults
    sheet = book_of(office, BUPATI, revision=revision).papers[0]
    assert isinstance(sheet, Sheet)
    (column,) = [unit for unit in sheet.units if unit.kind is ColumnKind.DIFFERENCE]
    assert column.head == "SELISIH CIAMIS"
    assert sheet.totals["votes.1"].value == before["votes.1"] - 3
    assert any("salah jumlah (Ketua KPU)" in note for note in sheet.notes)
    # After the close nothing more is said of the unit until it is opened again.
    with pytest.raises(KnownProblem) as caught:
        unit_figures.withdraw_difference(office, BUPATI, made.id[:8], decision=DECISION)
    assert caught.value.code == "contest-closed"
    ladder.again(KABKO)
    unit_figures.withdraw_difference(office, BUPATI, made.id[:8], decision=DECISION)
    assert sums(office) == before
    assert has_moved_on(office, revision) and close_is_genuine(office, revision)


def test_a_difference_is_decided_again_once_the_figures_below_it_changed(ladder: Ladder) -> None:
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    ladder.receive(cikoneng(ladder))
    made = unit_figures.add_difference(
        office, BUPATI, CIAMIS, cells={"votes.1": 7}, decision=DECISION
    )
    below = ladder.again(CIAMIS)
    changes = {"votes.1": 47, "votes.2": 93}
    ruling.correct(below, BUPATI, TPS[0], changes=changes, decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    assert codes(office) == ["close-difference-moved"]
    unit_figures.keep_difference(office, BUPATI, made.id, decision=DECISION)
    assert codes(office) == []


@pytest.mark.parametrize(
    ("unit", "cells", "code"),
    [
        ("320703", {"votes.1": 1}, "unit-has-no-total"),
        (TPS[0], {"votes.1": 1}, "unit-has-no-total"),
        (PROVINSI, {"votes.1": 1}, "unit-has-no-total"),
        (CIAMIS, {"votes.9": 1}, "cell-unknown"),
        (CIAMIS, {"votes.1": 0}, "difference-of-nothing"),
        (CIAMIS, {"votes.1": -9999}, "difference-below-zero"),
    ],
)
def test_what_is_no_difference_is_refused(
    ladder: Ladder, unit: str, cells: dict[str, int], code: str
) -> None:
    office = ladder.offices[KABKO]
    with pytest.raises(KnownProblem) as caught:
        unit_figures.add_difference(office, BUPATI, unit, cells=cells, decision=DECISION)
    assert caught.value.code == code
    with pytest.raises(KnownProblem) as caught:
        unit_figures.withdraw_difference(office, BUPATI, "ab", decision=DECISION)
    assert caught.value.code == "difference-unknown"


# ---------------------------------------------------------------- paper


def test_figures_of_a_paper_count_until_something_comes_and_never_beside_it(
    ladder: Ladder,
) -> None:
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    before = sums(office)["votes.1"]
    unit_figures.type_paper_total(office, BUPATI, CIKONENG, cells={"votes.1": 31}, by="Tuti")
    unit_figures.type_paper_total(office, BUPATI, CIKONENG, cells={"votes.1": 32}, by="Nani")
    (total,) = totals(office, BUPATI, level=Level.KABKO)
    assert (total.sums["votes.1"], total.paper) == (before + 32, (CIKONENG,))
    assert child(office, CIKONENG).came is Came.PAPER
    assert codes(office) == ["close-child-paper"]
    ladder.receive(cikoneng(ladder, 30))
    (total,) = totals(office, BUPATI, level=Level.KABKO)
    assert (total.sums["votes.1"], total.paper) == (before + 30, ())
    assert codes(office) == []
    assert not audit(office).faults


def test_figures_of_a_paper_are_taken_back(ladder: Ladder) -> None:
    office = ladder.offices[KABKO]
    with pytest.raises(KnownProblem) as caught:
        unit_figures.type_paper_total(office, BUPATI, CIKONENG, cells={}, by="Tuti")
    assert caught.value.code == "paper-total-of-nothing"
    unit_figures.type_paper_total(office, BUPATI, CIKONENG, cells={"votes.1": 31}, by="Tuti")
    unit_figures.type_paper_total(office, BUPATI, CIKONENG, cells={}, by="Tuti")
    assert sums(office) == {} and codes(office) == ["close-child-nothing"] * 2
    told = [event.what for event in contest_history(office, BUPATI)]
    assert told == ["unit-entry", "unit-entry-withdrawn"]
