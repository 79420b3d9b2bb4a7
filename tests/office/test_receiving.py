"""What comes up from a kecamatan is taken in whole or not at all, and nothing else is believed."""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.package_folder import kept_package
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.conflicts import sides, uphold
from recap_desktop.office.entry.stations import Access, Act, standing
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.people.people import signer
from recap_desktop.office.posts.exchanging import give, take_in
from recap_desktop.office.posts.mirroring import restore
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import history
from recap_desktop.office.upward import receiving
from recap_desktop.office.upward.package_changes import Fate
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.office.upward.receiving import Typed
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, CIAMIS, TPS, Clock, tiny_election, valid_bupati
from tests.made_up.upward import CIKONENG, DECISION, KABKO, Ladder, paper_of


@pytest.fixture
def ladder(tmp_path: Path) -> Iterator[Ladder]:
    ladder = Ladder(tmp_path)
    ladder.office(KABKO)
    office = ladder.office(CIAMIS)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(office, BUPATI, rows, by="Siti")
    yield ladder
    ladder.close()


def state(office: Office, tps: str = TPS[0]) -> State:
    return office.file.layers.tally(office.file.journal.records(BUPATI, tps)).state


def sum_of(office: Office, cell: str = "votes.1") -> int:
    (total,) = totals(office, BUPATI, level=Level.KABKO)
    return total.sums.get(cell, 0)


def refusal(ladder: Ladder, path: Path) -> str:
    """The code with which a package is refused, and nothing changed by it."""
    office = ladder.offices[KABKO]
    before = office.file.journal.last_place()
    with pytest.raises(KnownProblem) as caught:
        ladder.receive(path)
    assert office.file.journal.last_place() == before
    assert not audit(office).faults
    return caught.value.code


def test_a_package_is_looked_at_and_then_taken_in(ladder: Ladder) -> None:
    office = ladder.offices[KABKO]
    path = ladder.package(CIAMIS)
    seen = ladder.look(path)
    assert (seen.sender, seen.before, seen.alarm) == ("KECAMATAN CIAMIS", 0, "")
    assert [change.tps for change in seen.changes] == list(TPS)
    assert all(change.is_new for change in seen.changes)
    assert seen.unchanged == 0 and seen.rulings == {}
    assert sum_of(office) == 0
    receipt = receiving.receive(office, seen, typed=paper_of(seen), by="Tuti")
    assert receipt.body["head"] == seen.proved.statement.head
    assert sum_of(office) == sum(40 + at for at in range(5))
    assert kept_package(office.file.path, seen.proved.hash).read_bytes() == path.read_bytes()
    assert not audit(office).faults
    assert office.file.stale_contests() == []


def test_what_the_paper_says_is_typed_and_compared(ladder: Ladder) -> None:
    office, seen = ladder.offices[KABKO], ladder.look(ladder.package(CIAMIS))
    right = paper_of(seen)
    assert receiving.asked_cells(office, BUPATI) == ("votes.1", "votes.2", "valid", "invalid")
    wrong = {
        "receive-total-differs": replace(right, totals={**right.totals, "invalid": 1}),
        "receive-total-missing": replace(right, totals={"votes.1": right.totals["votes.1"]}),
        "receive-head-differs": replace(right, head="0" * 8),
        "receive-head-malformed": replace(right, head=right.head[:7]),
    }
    for code, said in wrong.items():
        with pytest.raises(KnownProblem) as caught:
            receiving.receive(office, seen, typed=said, by="Tuti")
        assert caught.value.code == code
    assert sum_of(office) == 0
    spaced = f"{right.head[:4].upper()} {right.head[4:]}"
    receiving.receive(office, seen, typed=Typed(right.totals, spaced), by="Tuti")


def test_what_was_looked_at_may_not_have_changed(ladder: Ladder) -> None:
    office, path = ladder.offices[KABKO], ladder.package(CIAMIS)
    seen = ladder.look(path)
    entering.enter(office, BUPATI, TPS[0], valid_bupati(1), by="Tuti")
    with pytest.raises(KnownProblem) as caught:
        receiving.receive(office, seen, typed=paper_of(seen), by="Tuti")
    assert caught.value.code == "receive-outdated"
    seen = ladder.look(path)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(KnownProblem) as caught:
        receiving.receive(office, seen, typed=paper_of(seen), by="Tuti")
    assert caught.value.code == "package-other-now"
    assert not kept_package(office.file.path, seen.proved.hash).exists()


def test_what_came_is_corrected_here_and_never_typed_or_withdrawn(ladder: Ladder) -> None:
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    now = standing(office, BUPATI, TPS[0], person="")
    assert (now.access, now.own) == (Access.COUNTED, "")
    assert Act.CORRECT in now.acts and Act.WITHDRAW not in now.acts
    with pytest.raises(KnownProblem) as caught:
        ruling.withdraw(office, BUPATI, TPS[0], decision=DECISION)
    assert caught.value.code == "entry-not-found"
    made = ruling.correct(office, BUPATI, TPS[0], changes={"votes.1": 41}, decision=DECISION)
    assert len(made.body["judged"]) == 64
    assert sum_of(office) == sum(40 + at for at in range(5)) + 1
    entry, corrected = history(office, BUPATI, TPS[0])
    assert entry.office == "KECAMATAN CIAMIS" and entry.person.startswith("KECAMATAN CIAMIS (")
    assert (corrected.office, corrected.person) == ("", "Tuti")
    assert not audit(office).faults


def test_somebody_of_the_same_name_here_withdraws_nothing_below(ladder: Ladder) -> None:
    """People are known by their names: Siti of the kecamatan is not Siti of the kabupaten."""
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    entering.enter(office, BUPATI, TPS[0], valid_bupati(7), by="Siti")
    assert state(office) is State.SINGLE
    assert sum_of(office) == sum(40 + at for at in range(5))
    ruling.withdraw(office, BUPATI, TPS[0], decision=replace(DECISION, by="Siti"))
    assert sum_of(office) == sum(40 + at for at in range(5))


def test_a_later_revision_leaves_a_ruling_absorbs_it_or_is_in_conflict(ladder: Ladder) -> None:
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    for tps, votes in ((TPS[0], 50), (TPS[1], 51), (TPS[2], 52)):
        ruling.correct(office, BUPATI, tps, changes={"votes.1": votes}, decision=DECISION)
    below = ladder.again(CIAMIS)
    # The first is left, the second says now what was ruled, the third something else.
    for tps, votes in ((TPS[1], 51), (TPS[2], 60), (TPS[3], 61)):
        ruling.correct(below, BUPATI, tps, changes={"votes.1": votes}, decision=DECISION)
        ruling.accept(below, BUPATI, tps, decision=DECISION)
    seen = ladder.look(ladder.package(CIAMIS))
    assert seen.before == 1 and seen.proved.statement.revision == 2
    assert seen.rulings == {TPS[1]: Fate.ABSORBED, TPS[2]: Fate.CONFLICT}
    assert {change.tps for change in seen.changes} == {TPS[2], TPS[3]}
    broken = {one.tps: one for one in seen.broken}
    assert broken[TPS[3]].accepted and "R6" in broken[TPS[3]].rules
    receiving.receive(office, seen, typed=paper_of(seen), by="Tuti")
    assert state(office, TPS[0]) is State.CORRECTED
    assert state(office, TPS[1]) is State.ACCEPTED
    assert state(office, TPS[2]) is State.CONFLICT
    ours, theirs = sorted(sides(office, BUPATI, TPS[2]), key=lambda side: side.office)
    assert (ours.office, ours.cells["votes.1"]) == ("", 52)
    assert (theirs.office, theirs.cells["votes.1"]) == ("KECAMATAN CIAMIS", 60)
    uphold(office, BUPATI, TPS[2], side=theirs.ruling, decision=DECISION)
    tally = office.file.layers.tally(office.file.journal.records(BUPATI, TPS[2]))
    assert (tally.state, tally.cells["votes.1"]) == (State.SETTLED, 60)
    assert not audit(office).faults


def test_another_post_of_the_office_takes_it_in_by_a_stick_but_never_without_its_receipt(
    ladder: Ladder, tmp_path: Path
) -> None:
    office = ladder.offices[KABKO]
    other = Ladder(tmp_path / "lain", keys=ladder.keys)
    other.folder.mkdir()
    raws = give(ladder.offices[CIAMIS])
    with pytest.raises(KnownProblem) as caught:
        take_in(office, raws)
    assert {fault.code for fault in caught.value.faults} == {"exchange-office"}
    ladder.receive(ladder.package(CIAMIS))
    second = other.office(KABKO)
    take_in(second, give(office))
    assert sum_of(second) == sum_of(office)
    assert not audit(second).faults
    second.close()


@pytest.mark.parametrize("cut", [0, 1, 5])
def test_a_mirror_holds_what_was_received_and_no_half_of_it(
    ladder: Ladder, tmp_path: Path, cut: int
) -> None:
    office, medium = ladder.offices[KABKO], tmp_path / "cermin"
    medium.mkdir()
    office.set_mirror(medium)
    ladder.receive(ladder.package(CIAMIS))
    (mirror,) = medium.iterdir()
    lines = mirror.read_bytes().splitlines(keepends=True)
    mirror.write_bytes(b"".join(lines[: len(lines) - cut]))
    again = restore(mirror, tmp_path / "pulih.rekap")
    assert sum_of(again) == (0 if cut else sum_of(office))
    assert not audit(again).faults
    again.close()


# ---------------------------------------------------------------- attacks


def test_the_same_package_and_an_older_one_are_refused(ladder: Ladder) -> None:
    first = ladder.package(CIAMIS)
    ladder.receive(first)
    assert refusal(ladder, first) == "receive-already"
    below = ladder.again(CIAMIS)
    ruling.correct(below, BUPATI, TPS[0], changes={"votes.1": 39}, decision=DECISION)
    ruling.accept(below, BUPATI, TPS[0], decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    assert refusal(ladder, first) == "receive-already"


def test_a_package_that_was_never_received_is_refused_when_a_newer_one_was(
    ladder: Ladder,
) -> None:
    first = ladder.package(CIAMIS)
    below = ladder.again(CIAMIS)
    ruling.correct(below, BUPATI, TPS[0], changes={"votes.1": 39}, decision=DECISION)
    ruling.accept(below, BUPATI, TPS[0], decision=DECISION)
    second = ladder.package(CIAMIS)
    # A first package that skips a revision is fine: its chains hold.
    ladder.receive(second)
    assert refusal(ladder, first) == "receive-older"


def test_the_valid_key_of_another_kecamatan_signs_nothing_here(ladder: Ladder) -> None:
    ladder.office(CIKONENG)
    ladder.package(CIAMIS)
    load = ladder.load(CIAMIS)
    theirs = [*load.certificates, *ladder.certificates(CIKONENG)]
    path = ladder.write(replace(load, certificates=tuple(theirs)), key=ladder.key(CIKONENG))
    assert refusal(ladder, path) == "key-not-certified"


def test_a_package_of_another_level_is_refused(ladder: Ladder) -> None:
    path = ladder.package(CIAMIS)
    below = ladder.offices[CIAMIS]
    with pytest.raises(KnownProblem) as caught:
        preview(below, path, ladder.trust)
    assert caught.value.code == "receive-office"


def test_another_election_and_a_rehearsal_are_refused(ladder: Ladder, tmp_path: Path) -> None:
    real = Ladder(tmp_path / "r", election=tiny_election(Mode.REAL), keys=ladder.keys)
    real.folder.mkdir()
    entering.enter_all(
        real.office(CIAMIS), BUPATI, [(tps, valid_bupati()) for tps in TPS], by="Siti"
    )
    path = real.package(CIAMIS)
    assert refusal(ladder, path) == "receive-election"
    # Whoever writes another mode or election over it breaks the proof.
    load = real.load(CIAMIS)
    ours = ladder.offices[KABKO].file.election_id
    forged = replace(load, statement=replace(load.statement, election=ours))
    assert refusal(ladder, real.write(forged)) == "receive-mode"
    forged = replace(load, statement=replace(load.statement, election=ours, mode="rehearsal"))
    assert refusal(ladder, real.write(forged)) in {
        "package-records",
        "key-not-certified",
        "certificate-of-other-election",
    }
    real.close()


def test_another_list_of_stations_is_refused(ladder: Ladder, tmp_path: Path) -> None:
    election = tiny_election()
    fewer = replace(election, stations=election.stations[1:])
    other = Ladder(tmp_path / "s", election=fewer, keys=ladder.keys)
    other.folder.mkdir()
    rows = [(tps, valid_bupati()) for tps in TPS[1:]]
    entering.enter_all(other.office(CIAMIS), BUPATI, rows, by="Siti")
    path = other.package(CIAMIS)
    assert refusal(ladder, path) == "receive-election"
    load = other.load(CIAMIS)
    ours = ladder.offices[KABKO].file.election_id
    forged = replace(load, statement=replace(load.statement, election=ours))
    assert refusal(ladder, other.write(forged)) == "receive-stations"
    other.close()


# ---------------------------------------------------------------- a killed program

STEPS = {
    "before the file is kept": ("recap_desktop.office.upward.receiving.keep_package", False),
    "once the file is kept": ("recap_desktop.office.upward.receiving.keep_package", True),
    "before records are written": (
        "recap_desktop.storage.journal_table.JournalTable.insert",
        False,
    ),
    "once records are written": ("recap_desktop.storage.journal_table.JournalTable.insert", True),
    "before totals are made": ("recap_desktop.storage.derived.ContestTables.sum_desas", False),
    "before it is committed": ("recap_desktop.storage.derived.ContestTables.sum_desas", True),
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(("step", "is_after"), STEPS.values(), ids=STEPS)
def test_a_program_that_is_killed_has_received_nothing(
    ladder: Ladder, monkeypatch: pytest.MonkeyPatch, step: str, *, is_after: bool
) -> None:
    path = ladder.package(CIAMIS)
    before = ladder.offices[KABKO].file.journal.heads()
    for office in ladder.offices.values():
        office.close()
    child = os.fork()
    if child == 0:
        _receive_and_die(ladder, path, monkeypatch, step, is_after=is_after)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == _KILLED
    office = ladder.offices[KABKO] = open_office(ladder.offices[KABKO].file.path, clock=Clock())
    # The name of who received it may stand on the roster; nothing else does.
    after = office.file.journal.heads()
    assert {c: h for c, h in after.items() if not c.endswith("/roster")} == {
        c: h for c, h in before.items() if not c.endswith("/roster")
    }
    assert sum_of(office) == 0 and not audit(office).faults
    ladder.receive(path)
    assert sum_of(office) == sum(40 + at for at in range(5))
    assert not audit(office).faults


_KILLED = 9


def _receive_and_die(
    ladder: Ladder, path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, is_after: bool
) -> None:
    """In a process of its own: receive, and be gone at a step of it."""
    try:
        office = ladder.offices[KABKO] = open_office(ladder.offices[KABKO].file.path)
        seen = ladder.look(path)
        # Who receives is on the roster before: else the first insert is that of the name.
        signer(office, "Tuti", Deed.RECEIVE)
        name, _, attribute = step.rpartition(".")
        target = pkgutil.resolve_name(name)
        real = getattr(target, attribute)

        def dying(*arguments: object, **more: object) -> object:
            if is_after:
                real(*arguments, **more)
            os._exit(_KILLED)

        monkeypatch.setattr(target, attribute, dying)
        receiving.receive(office, seen, typed=paper_of(seen), by="Tuti")
    finally:
        os._exit(1)
