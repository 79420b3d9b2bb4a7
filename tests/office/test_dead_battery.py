"""A dead battery at any step of a deed: it was done whole, or not at all, and can be done again.

The process is killed at a statement of SQL or at a file that is written, one after another.
What was acknowledged is on the disk before that: each commit is synced (see storage).
"""

from __future__ import annotations

import csv
import os
import shutil
import signal
import sqlite3
import sys
import traceback
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from recap_desktop.election.definitions.contests import Station
from recap_desktop.election.papers.facts import Signer
from recap_desktop.election.records.journal import Kind, read_own_record
from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.plenary import Turn
from recap_desktop.exchange.exchange_file import SUFFIX, read_records
from recap_desktop.office.definitions.amending import amend
from recap_desktop.office.entry.drafts import Drafts
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import correct, move
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.plenary.handing_out import hand_out, read_numbers
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.plenary.reading import read_out
from recap_desktop.office.plenary.seats import seats
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.posts.exchanging import give, take_in
from recap_desktop.office.posts.mirroring import restore
from recap_desktop.office.posts.posts import declare_lost, posts
from recap_desktop.office.proof.auditing import audit, rebuild
from tests.made_up.offices import BUPATI, TPS, Clock, tiny_election, tiny_office, valid_bupati
from tests.made_up.posts import DECISION, second_post

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork, no SIGKILL")

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
MOVES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.link", "os.truncate"})
DESA = TPS[3][:10]
AT_MOST = 7
"""So many places of a deed are tried, spread evenly: a fork and an opening each."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A laptop: its office, its own data, and a stick in it."""

    folder: Path

    @property
    def office(self) -> Path:
        return self.folder / "a.rekap"

    @property
    def stick(self) -> Path:
        return self.folder / "stik"

    def open(self) -> Office:
        os.environ["RECAP_DATA_DIR"] = str(self.folder / "data")
        return open_office(self.office, clock=Clock())


Deed = Callable[[Office, Machine], object]


def _amend(office: Office, _: Machine) -> object:
    first = tiny_election()
    stations = (*first.stations, Station("3207012001003", 90, 95))
    new = replace(first, version=2, title="Pemilihan 2024", stations=tuple(sorted(stations)))
    return amend(office, new, by="Ani", reason="TPS baru")


def _close(office: Office, _: Machine) -> object:
    signers = [Signer(seat, seat.title()) for seat in seats(office, BUPATI)]
    return close(office, BUPATI, by="Ani", unit=DESA, signers=signers)


def _close_and_reopen(office: Office, at: Machine) -> object:
    _close(office, at)
    return reopen_contest(office, BUPATI, by="Ani", reason="salah", unit=DESA)


def _mirror(office: Office, at: Machine) -> object:
    office.set_mirror(at.stick)
    return enter(office, BUPATI, TPS[2], valid_bupati(60), by="Citra")


def _lose(office: Office, _: Machine) -> object:
    other = next(post for post in posts(office) if office.post and post.id != office.post.id)
    return declare_lost(office, other.id, by="Ani", reason="laptop rusak")


def _draft(office: Office, _: Machine) -> object:
    Drafts(office, person_id("Ani")).keep(BUPATI, TPS[1], {"valid": 141})
    return None


DEEDS: dict[str, Deed] = {
    "enter": lambda office, _: enter(office, BUPATI, TPS[2], valid_bupati(60), by="Citra"),
    "correct": lambda office, _: correct(
        office, BUPATI, TPS[0], changes={"valid": 141}, decision=DECISION
    ),
    "move": lambda office, _: move(office, BUPATI, TPS[0], to=TPS[2], decision=DECISION),
    "amend": _amend,
    "close": _close,
    "close and reopen": _close_and_reopen,
    "suspend": lambda office, _: declare(office, Turn.SUSPENDED, by="Ani"),
    "read out": lambda office, _: read_out(
        office, BUPATI, TPS[0], valid_bupati(70), by="Citra", decision=DECISION
    ),
    "exchange in": lambda office, at: exchange_in(office, at.stick),
    "exchange out": lambda office, at: exchange_out(office, at.stick),
    "hand out": lambda office, at: hand_out(read_numbers(office), at.stick, time=office.now()),
    "new post": lambda office, _: office.go_on_as_new_post(),
    "lose a post": _lose,
    "mirror": _mirror,
    "draft": _draft,
}


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """An office in the middle of its plenary; on the stick lies what the second post did."""
    machine = Machine(tmp_path_factory.mktemp("laptop"))
    machine.stick.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECAP_DATA_DIR", str(machine.folder / "data"))
        here, there = second_post(tiny_office(machine.office), machine.folder, patch)
        take_in(here, give(there))
        enter(there, BUPATI, TPS[1], valid_bupati(50), by="Budi")
        enter(there, BUPATI, TPS[2], valid_bupati(51), by="Budi")
        declare(here, Turn.OPENED, by="Ani", place="Aula")
        for tps in TPS[3:]:
            read_out(here, BUPATI, tps, valid_bupati(), by="Ani")
        enter(here, BUPATI, TPS[0], valid_bupati(), by="Ani")
        exchange_out(there, machine.stick)
        patch.setenv("RECAP_DATA_DIR", str(machine.folder / "data"))
        Drafts(here, person_id("Ani")).keep(BUPATI, TPS[1], {"valid": 140})
        here.close()
        there.close()
    return machine


class Battery:
    """Counts statements and writes from a moment on, and dies at one of them."""

    def __init__(self, die_at: int) -> None:
        self.count, self._armed, self._die_at = 0, False, die_at
        self._connections: list[sqlite3.Connection] = []
        sys.addaudithook(self._look)

    def arm(self) -> None:
        self._armed = True
        for connection in self._connections:
            connection.set_trace_callback(lambda _: self._step())

    def disarm(self) -> None:
        self._armed = False

    def _look(self, event: str, given: tuple[object, ...]) -> None:
        if event == "sqlite3.connect/handle":
            # It is not ready yet: statements are counted from ``arm`` on.
            (connection,) = given
            assert isinstance(connection, sqlite3.Connection)
            self._connections.append(connection)
        writes = event == "open" and isinstance(given[2], int) and given[2] & WRITES
        if writes or event in MOVES:
            self._step()

    def _step(self) -> None:
        if self._armed:
            self.count += 1
            if self.count == self._die_at:
                os.kill(os.getpid(), signal.SIGKILL)


def run(machine: Machine, deed: Deed, die_at: int = 0) -> int:
    """Do it in a process of its own, which may die; how many steps it had, if it lived."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        battery = Battery(die_at)
        status = 1
        try:
            office = machine.open()
            battery.arm()
            deed(office, machine)
            battery.disarm()
            office.close()
            os.write(tell, str(battery.count).encode())
            status = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(status)
    os.close(tell)
    with os.fdopen(told, "rb") as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed if die_at else status == 0
    return int(said or b"0")


def copied(machine: Machine, name: str) -> Machine:
    made = machine.folder.with_name(f"{machine.folder.name} {name}")
    shutil.copytree(machine.folder, made)
    return Machine(made)


def recorded(office: Office) -> list[bytes]:
    """Everything on record but names of people, which are enrolled before a deed."""
    raws = [raw for _, raw in office.file.journal.raw_records()]
    return [raw for raw in raws if read_own_record(raw).kind != Kind.PERSON.value]


def require_whole_files(machine: Machine) -> None:
    """Whatever bears its own name on the stick is whole."""
    for path in machine.stick.iterdir():
        if path.name.startswith("."):
            continue
        if path.suffix == SUFFIX:
            assert read_records(path)
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                assert book.testzip() is None
        elif path.suffix == ".pdf":
            assert path.read_bytes().rstrip().endswith(b"%%EOF")
        elif path.suffix == ".csv":
            rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
            assert len(rows) > 1 and len({len(row) for row in rows}) == 1


def require_nothing_lost(machine: Machine, before: list[bytes], sizes: set[int]) -> int:
    """Open it as one does the next morning; how many records of the deed there are."""
    office = machine.open()
    after = recorded(office)
    assert office.can_write, office.obstacle
    assert after[: len(before)] == before
    assert len(after) - len(before) in sizes
    assert not audit(office).faults
    assert rebuild(office) == []
    draft = Drafts(office, person_id("Ani")).find(BUPATI, TPS[1])
    assert draft is not None and draft.cells["valid"] in (140, 141)
    require_whole_files(machine)
    if office.mirror is not None:
        again = restore(office.mirror.path, machine.folder / "pulih.rekap", clock=Clock())
        assert set(after) <= set(recorded(again))
        again.close()
        again.file.path.unlink()
    office.close()
    return len(after) - len(before)


STEPS = {"close and reopen": {0, 1, 2}}
"""How many records may stand of a deed that is more than one; else none, or all."""


@pytest.mark.parametrize("name", DEEDS)
def test_whatever_was_done_is_whole_or_not_there_at_all(
    laptop: Machine, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECAP_DATA_DIR", "set by each machine")
    office = copied(laptop, f"{name} before").open()
    before = recorded(office)
    office.close()
    whole = copied(laptop, f"{name} whole")
    steps = run(whole, DEEDS[name])
    office = whole.open()
    everything = len(recorded(office)) - len(before)
    office.close()
    assert steps > 0
    places = sorted({1 + step * (steps - 1) // (AT_MOST - 1) for step in range(AT_MOST)})
    for place in places:
        machine = copied(laptop, f"{name} {place}")
        run(machine, DEEDS[name], place)
        done = require_nothing_lost(machine, before, STEPS.get(name, {0, everything}))
        if not done:
            run(machine, DEEDS[name])
            require_nothing_lost(machine, before, {everything})
        shutil.rmtree(machine.folder)
