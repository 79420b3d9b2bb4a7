"""A stick pulled at every step: what lies there is the old file or the new one, or nothing of either.

The process is killed right before each call that writes, one after another.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.opening import open_office
from recap_desktop.office.plenary.revisions import revisions
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.proof.proving_receipts import prove_receipt
from recap_desktop.office.upward import receiving
from recap_desktop.office.upward.packing import write_load
from recap_desktop.office.upward.receipts import give_receipt
from recap_desktop.office.upward.received import receipts_of
from recap_desktop.office.upward.sending import send, sent_of
from recap_desktop.problems import KnownProblem
from tests.adversaries.killing import run
from tests.made_up.offices import BUPATI, CIAMIS, TPS, Clock, valid_bupati
from tests.made_up.upward import DECISION, KABKO, Ladder, paper_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork, no SIGKILL")


@pytest.fixture
def ladder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ladder]:
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "mesin"))
    ladder = Ladder(tmp_path)
    ladder.office(KABKO)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    yield ladder
    ladder.close()


def let_go(ladder: Ladder, code: str) -> None:
    """Nobody has the office open."""
    ladder.offices[code].close()


def again(ladder: Ladder, code: str) -> None:
    """Open it as one does the next morning."""
    ladder.offices[code] = open_office(ladder.offices[code].file.path, clock=Clock())


@dataclass(frozen=True, slots=True)
class Before:
    """An office that nobody has open, and what its machine knows of it, to begin from again."""

    file: Path
    raw: bytes
    machine: Path

    @classmethod
    def of(cls, ladder: Ladder, code: str) -> Before:
        file = ladder.offices[code].file.path
        kept = shutil.copytree(ladder.folder / "mesin", ladder.folder / "mesin semula")
        return cls(file, file.read_bytes(), kept)

    def restore(self) -> None:
        for left in self.file.parent.glob(f"{self.file.name}-*"):
            left.unlink()
        self.file.write_bytes(self.raw)
        now = self.machine.with_name("mesin")
        shutil.rmtree(now)
        shutil.copytree(self.machine, now)


def unfinished(folder: Path) -> list[Path]:
    """What bears a name that no window offers and no verb takes for a package."""
    return [path for path in folder.iterdir() if path.name.startswith(".")]


def said_of(path: Path) -> str:
    try:
        return f"revision {prove_package(path).statement.revision}"
    except KnownProblem:
        return "refused"


def spread(steps: int, evenly: int) -> list[int]:
    """Steps spread evenly over a long deed, and all of the last ones, where it is acknowledged."""
    last = range(steps - 5, steps + 1)
    return sorted({1 + at * (steps - 1) // (evenly - 1) for at in range(evenly)} | {*last})


def test_what_lies_on_the_stick_is_the_old_package_or_the_new_one(
    ladder: Ladder, tmp_path: Path
) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    path = stick / "REKAP_320701_bupati_kecamatan_1.rkp"
    ladder.package(CIAMIS)
    old = ladder.load(CIAMIS)
    ladder.again(CIAMIS)
    changes = {"votes.1": 47, "votes.2": 93}
    ruling.correct(ladder.offices[CIAMIS], BUPATI, TPS[0], changes=changes, decision=DECISION)
    ladder.package(CIAMIS)
    new, key = ladder.load(CIAMIS), ladder.key(CIAMIS)
    write_load(old, path, key=key)
    before = path.read_bytes()
    steps = run(lambda: write_load(new, path, key=key))
    after = path.read_bytes()
    assert steps > 20 and before != after
    lay: set[bytes] = set()
    for step in range(1, steps + 1):
        path.write_bytes(before)
        run(lambda: write_load(new, path, key=key), step)
        assert path.read_bytes() in (before, after), step
        lay.add(path.read_bytes())
        for left in unfinished(stick):
            # Even what was all but finished is refused, or proves itself.
            assert said_of(left) in ("revision 2", "refused")
            left.unlink()
    assert lay == {before, after}


def test_a_package_that_was_sent_is_on_the_stick_whole_and_is_sent_again_when_it_was_not(
    ladder: Ladder, tmp_path: Path
) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    ladder.package(CIAMIS)
    key = ladder.key(CIAMIS)
    let_go(ladder, CIAMIS)
    file = ladder.offices[CIAMIS].file.path

    def sending() -> None:
        office = open_office(file, clock=Clock())
        send(office, BUPATI, stick, key=key, by="Siti")
        office.close()

    before = Before.of(ladder, CIAMIS)
    steps = run(sending)
    for step in spread(steps, 6):
        for path in stick.iterdir():
            path.unlink()
        before.restore()
        run(sending, step)
        again(ladder, CIAMIS)
        office = ladder.offices[CIAMIS]
        assert not audit(office).faults
        recorded = {record.body["package"] for record in sent_of(office, BUPATI)}
        lying = {prove_package(path).hash for path in stick.glob("*.rkp")}
        assert recorded <= lying
        office.close()
        run(sending)
        again(ladder, CIAMIS)
        assert len(sent_of(ladder.offices[CIAMIS], BUPATI)) == 1
        let_go(ladder, CIAMIS)
    again(ladder, CIAMIS)


def test_a_package_is_received_whole_or_not_at_all(ladder: Ladder) -> None:
    path = ladder.package(CIAMIS)
    kabko = ladder.offices[KABKO]
    # Who receives is on the roster before: that is a deed of its own.
    entering.enter(kabko, BUPATI, "3207022001001", valid_bupati(), by="Tuti")
    file, heads = kabko.file.path, kabko.file.journal.heads()
    let_go(ladder, KABKO)
    before = Before.of(ladder, KABKO)

    def receive() -> None:
        ladder.offices[KABKO] = open_office(file, clock=Clock())
        seen = ladder.look(path)
        receiving.receive(ladder.offices[KABKO], seen, typed=paper_of(seen), by="Tuti")
        ladder.offices[KABKO].close()

    steps = run(receive)
    states: set[int] = set()
    for step in spread(steps, 20):
        before.restore()
        run(receive, step)
        again(ladder, KABKO)
        office = ladder.offices[KABKO]
        assert not audit(office).faults
        received = len(receipts_of(office, BUPATI, CIAMIS))
        states.add(received)
        if not received:
            assert office.file.journal.heads() == heads
            ladder.receive(path)
        assert len(receipts_of(office, BUPATI, CIAMIS)) == 1
        assert not audit(office).faults
        office.close()
    assert states == {0, 1}
    again(ladder, KABKO)


def test_a_receipt_is_the_old_one_or_the_new_one(ladder: Ladder, tmp_path: Path) -> None:
    ladder.receive(ladder.package(CIAMIS))
    kabko, key = ladder.offices[KABKO], ladder.key(KABKO)
    path = tmp_path / "ciamis.terima"

    def give() -> object:
        return give_receipt(kabko, BUPATI, CIAMIS, path, key=key)

    give()
    before = path.read_bytes()
    ruling.correct(kabko, BUPATI, TPS[0], changes={"votes.1": 41}, decision=DECISION)
    steps = run(give)
    for step in range(1, steps + 1):
        path.write_bytes(before)
        run(give, step)
        assert len(prove_receipt(path, trust=ladder.trust).receipt.corrections) in (0, 1)
    assert len(revisions(ladder.offices[CIAMIS], BUPATI)) == 1
