"""The office file guards its journal, keeps what is derived in step, and loses nothing."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.records.journal import Kind
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, correct
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.proof import auditing
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.mirror import Mirror, read_mirror
from recap_desktop.storage.schema import GUARDS
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "ciamis.rekap")
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Ani")
    yield office
    office.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record SET bytes = x'00'",
        "UPDATE record SET seq = 9",
        "DELETE FROM record",
        "INSERT OR REPLACE INTO record SELECT * FROM record",
        """INSERT INTO record (id, chain, seq, kind, contest, tps, bytes)
        SELECT 'x', chain, seq + 2, kind, contest, tps, bytes FROM record LIMIT 1""",
        "UPDATE definition SET bytes = x'00'",
        "DELETE FROM definition",
    ],
)
def test_the_guards_bite(office: Office, statement: str) -> None:
    path = office.file.path
    office.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


@pytest.mark.parametrize("guard", sorted(GUARDS))
def test_a_file_whose_guard_was_taken_away_is_not_opened(office: Office, guard: str) -> None:
    path = office.file.path
    office.close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"DROP TRIGGER {guard}")
    with pytest.raises(KnownProblem, match="guards-missing"):
        open_office(path)


def test_the_tables_of_a_new_file_are_exactly_these(office: Office) -> None:
    with sqlite3.connect(office.file.path) as connection:
        tables = {
            r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        }
    assert tables == {
        "_sqlite_migrations",
        "attachment",
        "definition",
        "picture",
        "record",
        "unit",
        "station",
        "setting",
        "state bupati",
        "state gubernur",
        "tally bupati",
        "total bupati",
        "tally gubernur",
        "total gubernur",
    }


def test_a_second_opening_is_read_only_and_says_so(office: Office) -> None:
    second = open_office(office.file.path)
    assert second.obstacle == "opened-elsewhere"
    assert second.file.contests[BUPATI].tally(TPS[0]) == office.file.contests[BUPATI].tally(TPS[0])
    with pytest.raises(KnownProblem, match="read-only-opened-elsewhere"):
        enter(second, BUPATI, TPS[1], valid_bupati(), by="Budi")
    second.close()
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")


def test_without_its_key_a_file_opens_for_reading_and_goes_on_as_a_new_post(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.file.path
    office.close()
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "another laptop"))
    there = open_office(path)
    assert there.obstacle == "no-key"
    with pytest.raises(KnownProblem, match="read-only-no-key"):
        enter(there, BUPATI, TPS[1], valid_bupati(), by="Budi")
    there.go_on_as_new_post()
    enter(there, BUPATI, TPS[1], valid_bupati(), by="Budi")
    assert not auditing.audit(there).faults
    there.close()
    again = open_office(path)
    assert again.can_write
    again.close()


def test_a_restored_backup_must_go_on_as_a_new_post(office: Office, tmp_path: Path) -> None:
    path, backup = office.file.path, tmp_path / "cadangan.rekap"
    office.close()
    shutil.copy(path, backup)
    office = open_office(path)
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    office.close()
    restored = open_office(backup)
    assert restored.obstacle == "restored-backup"
    restored.go_on_as_new_post()
    assert len(restored.file.journal.records_of_kind(Kind.GENESIS)) == 2
    enter(restored, BUPATI, TPS[1], valid_bupati(41), by="Ani")
    assert not auditing.audit(restored).faults
    restored.close()


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\x00" * 2000])
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lain.rekap"
    path.write_bytes(content)
    with pytest.raises(KnownProblem, match=r"not-an-office-file|file-damaged"):
        open_office(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "lain.rekap"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (a)")
    before = path.read_bytes()
    with pytest.raises(KnownProblem, match="not-an-office-file"):
        open_office(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_program_is_refused_with_a_sentence_of_its_own(office: Office) -> None:
    path = office.file.path
    office.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(KnownProblem, match="file-is-newer"):
        open_office(path)


def test_an_unknown_record_kind_opens_the_file_read_only(office: Office) -> None:
    path = office.file.path
    office.close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO record (id, chain, seq, kind, contest, tps, bytes) "
            "VALUES ('x', 'y/office', 1, 'miracle/1', '', '', x'7b7d')"
        )
    later = open_office(path)
    assert later.obstacle == "unknown-kind"
    later.close()


def test_a_full_disk_loses_nothing_that_was_acknowledged(office: Office) -> None:
    office.file._db.execute(
        f"PRAGMA max_page_count = {office.file._db.execute('PRAGMA page_count').fetchone()[0]}"
    )
    saved = 0
    with pytest.raises(KnownProblem, match="disk-full"):  # noqa: PT012 - the one that fails is not known
        for number in range(10_000):
            enter(office, BUPATI, TPS[1], valid_bupati(number % 900), by="Ani")
            saved += 1
    office.file._db.execute("PRAGMA max_page_count = 1000000")
    assert len(office.file.journal.records(BUPATI, TPS[1])) == saved
    assert not auditing.audit(office).faults


def test_the_mirror_holds_every_record_and_catches_up_after_it_was_away(
    office: Office, tmp_path: Path
) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    mirror = office.set_mirror(stick)
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    stick.rename(tmp_path / "dicabut")
    enter(office, BUPATI, TPS[2], valid_bupati(), by="Ani")
    assert not is_present(mirror)
    (tmp_path / "dicabut").rename(stick)
    with mirror.path.open("ab") as stream:
        stream.write(b'{"a line that was cut')
    correct(
        office, BUPATI, TPS[0], changes={"votes.1": 39}, decision=Decision("Ani", "salah tulis")
    )
    assert is_present(mirror)
    definition, lines = read_mirror(mirror.path)
    assert definition == office.file.definitions.raw()
    assert lines == [raw for _, raw in office.file.journal.raw_records()]


def is_present(mirror: Mirror) -> bool:
    return mirror.is_present


def test_a_mirror_of_another_office_is_not_overwritten(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    foreign = stick / "ciamis.cermin"
    foreign.write_bytes(b"{}\n")
    with pytest.raises(KnownProblem, match="mirror-of-another-office"):
        office.set_mirror(stick)
    assert foreign.read_bytes() == b"{}\n"


TYPIST = """
import sys
from pathlib import Path
from recap_desktop.office.opening import open_office
from recap_desktop.office.entry.entering import enter
from tests.made_up.offices import BUPATI, TPS, valid_bupati
office = open_office(Path(sys.argv[1]))
for number in range(100_000):
    tps = TPS[number % len(TPS)]
    done = enter(office, BUPATI, tps, valid_bupati(number % 900), by="Ani")
    for record in done.records:
        print(record, flush=True)
"""


@pytest.mark.parametrize("seconds", [0.05, 0.11, 0.17, 0.23, 0.31])
def test_kill_9_while_typing_loses_no_acknowledged_entry(tmp_path: Path, seconds: float) -> None:
    office = tiny_office(tmp_path / "ciamis.rekap")
    office.close()
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(office.file.path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert typist.stdout is not None
    acknowledged = [typist.stdout.readline().strip()]
    time.sleep(seconds)
    typist.send_signal(signal.SIGKILL)
    acknowledged += [line.strip() for line in typist.stdout.read().splitlines()]
    typist.stdout.close()
    typist.wait()
    after = open_office(office.file.path)
    assert after.can_write
    assert acknowledged[0]
    # The last line may have been cut off by the kill; every whole one was acknowledged.
    for record_id in acknowledged:
        if len(record_id) == 64:
            assert after.file.journal.record(record_id) is not None
    assert not auditing.audit(after).faults
    after.close()
