"""An office file is made whole or not at all, and a refusal of the disk is said for what it is."""

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.office.entry.entering import enter
from recap_desktop.office.opening import open_office
from recap_desktop.office.proof import auditing
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    office = tiny_office(tmp_path / "ciamis.rekap")
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Ani")
    office.close()
    return office.file.path


@pytest.fixture
def little_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this machine lets us make one."""
    folder = tmp_path / "disk kecil"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1000k", "tmpfs", str(folder)]
    made = shutil.which("mount") and subprocess.run(command, check=False, capture_output=True)
    if not made or made.returncode:
        pytest.skip("no disk can be made here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave nothing free on a disk."""
    full = folder / "penuh"
    with full.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(b"x" * 512)
    return full


def test_a_full_disk_is_no_damage_and_what_is_there_can_be_read(little_disk: Path) -> None:
    path = little_disk / "ciamis.rekap"
    office = tiny_office(path)
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Ani")
    office.close()
    full = fill(little_disk)
    reading = open_office(path)
    assert reading.obstacle == "no-room"
    assert reading.file.contests[BUPATI].tally(TPS[0])
    with pytest.raises(KnownProblem, match="read-only-no-room"):
        enter(reading, BUPATI, TPS[1], valid_bupati(), by="Ani")
    assert not auditing.audit(reading).faults
    reading.close()
    full.unlink()
    office = open_office(path)
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    office.close()


def test_a_disk_that_fills_up_meanwhile_stops_one_save_and_no_later_one(little_disk: Path) -> None:
    office = tiny_office(little_disk / "ciamis.rekap")
    full = fill(little_disk)
    saved = 0
    with pytest.raises(KnownProblem, match="disk-full"):  # noqa: PT012 - the one that fails is not known
        for number in range(10_000):
            enter(office, BUPATI, TPS[1], valid_bupati(number % 100), by="Ani")
            saved += 1
    full.unlink()
    enter(office, BUPATI, TPS[1], valid_bupati(101), by="Ani")
    assert len(office.file.journal.records(BUPATI, TPS[1])) == saved + 1
    assert not auditing.audit(office).faults
    office.close()


def test_an_office_that_does_not_fit_leaves_nothing_behind(little_disk: Path) -> None:
    full = fill(little_disk)
    with pytest.raises(KnownProblem, match="disk-full"):
        tiny_office(little_disk / "ciamis.rekap")
    assert list(little_disk.iterdir()) == [full]


MAKER = """
import os, sys
from pathlib import Path
from recap_desktop.storage import schema
from tests.made_up.offices import tiny_office
migrate = schema.migrate
def migrate_and_die(db):
    migrate(db)
    os.kill(os.getpid(), 9)
schema.migrate = migrate_and_die
tiny_office(Path(sys.argv[1]))
"""


def test_kill_9_while_an_office_is_made_leaves_its_name_free(tmp_path: Path) -> None:
    path = tmp_path / "ciamis.rekap"
    subprocess.run([sys.executable, "-c", MAKER, str(path)], cwd=ROOT, check=False)
    assert not path.exists()
    tiny_office(path).close()


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 300}.rekap"
    with pytest.raises(KnownProblem, match="file-unreachable"):
        open_office(path)
    with pytest.raises(KnownProblem, match="file-cannot-be-made"):
        tiny_office(path)


def test_looking_at_another_file_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "lain.csv"
    path.write_text("kode_desa,tps")
    with pytest.raises(KnownProblem, match="not-an-office-file"):
        open_office(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_to_an_open_file_does_not_write_beside_it(path: Path) -> None:
    link = path.with_name("jalan pintas.rekap")
    link.symlink_to(path)
    office, second = open_office(path), open_office(link)
    assert second.obstacle == "opened-elsewhere"
    second.close()
    office.close()


def test_another_programs_write_is_waited_for_and_then_said(path: Path) -> None:
    office = open_office(path)
    office.file._db.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(KnownProblem, match="file-is-busy"):
        enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    other.execute("ROLLBACK")
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    other.close()
    office.close()


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_pages_that_were_overwritten_are_damage_and_no_crash(path: Path, place: float) -> None:
    size = path.stat().st_size
    with path.open("r+b") as stream:
        stream.seek(int(size * place))
        stream.write(b"\xff" * (size // 20))
    with contextlib.ExitStack() as stack:
        stack.enter_context(pytest.raises(KnownProblem, match=r"damaged|guards-missing"))
        office = open_office(path)
        stack.callback(office.close)
        with office.file.told_plainly():
            faults = auditing.audit(office).faults
        assert faults
        raise KnownProblem("found-damaged")


@pytest.mark.parametrize("is_closed", [True, False])
def test_on_a_medium_that_cannot_be_written_no_record_is_left_out_in_silence(
    path: Path, little_disk: Path, *, is_closed: bool
) -> None:
    office = open_office(path)
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    if is_closed:
        office.close()
    for name in (path.name, f"{path.name}-wal"):
        if (path.parent / name).exists():
            shutil.copy(path.parent / name, little_disk / name)
    office.close()
    subprocess.run(["mount", "-o", "remount,ro", str(little_disk)], check=True)
    if not is_closed:
        with pytest.raises(KnownProblem, match="file-not-closed"):
            open_office(little_disk / path.name)
        return
    reading = open_office(little_disk / path.name)
    assert reading.obstacle == "not-writable"
    assert len(list(reading.file.journal.raw_records())) == 4
    reading.close()
