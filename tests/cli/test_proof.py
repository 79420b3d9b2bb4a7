"""Audit, rebuild, mirror and restore from the command line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from recap_desktop.election.papers.faces import groups
from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.offices import BUPATI, TPS

IN = ("--contest", BUPATI)
WHY = ("--reason", "salah jumlah", "--by", "Siti")


def head(office: Path) -> str:
    done("close", office, *IN, "--by", "Siti")
    (close,) = done("history", office, *IN, "--format", "json").data
    return str(close["id"])


def test_an_untouched_office_holds(full_office: Path) -> None:
    said = done("audit", full_office)
    # Genesis, one name, five entries; in three chains.
    assert said.out.strip() == WORDS("cli.audit.holds", records=7, chains=3)


def test_a_head_from_paper_is_found_or_reported(full_office: Path) -> None:
    digest = head(full_office)
    assert "rantai" in done("audit", full_office, "--anchor", groups(digest)).out
    strange = "0" * 32
    said = run("audit", full_office, "--anchor", strange)
    assert said.status == 1
    assert WORDS("fault.audit-anchor-unknown", anchor=strange) in said.out
    refused("anchor-malformed", "audit", full_office, "--anchor", "12 34", anchor="12 34")


def test_a_changed_record_is_named_and_the_status_is_one(full_office: Path) -> None:
    with sqlite3.connect(full_office) as db:
        db.execute("DROP TRIGGER record_is_never_changed")
        (raw, chain, seq) = db.execute(
            "SELECT bytes, chain, seq FROM record WHERE tps = ?", (TPS[3],)
        ).fetchone()
        changed = bytes(raw).replace(b'"votes.1":13', b'"votes.1":18')
        assert changed != raw
        db.execute("UPDATE record SET bytes = ? WHERE tps = ?", (changed, TPS[3]))
        db.execute(GUARD)
    db.close()
    said = run("audit", full_office)
    assert (said.status, said.err) == (1, "")
    assert WORDS("fault.audit-hash", chain=chain, seq=seq) in said.out


GUARD = """CREATE TRIGGER record_is_never_changed
BEFORE UPDATE ON record
BEGIN
    SELECT RAISE(ABORT, 'a record is never changed');
END"""


def test_tables_that_were_changed_are_found_and_made_again(full_office: Path) -> None:
    assert done("rebuild", full_office).out.strip() == WORDS["cli.rebuilt-same"]
    with sqlite3.connect(full_office) as db:
        db.execute(f'UPDATE "tally {BUPATI}" SET "votes.1" = 1000 WHERE tps = ?', (TPS[0],))
    db.close()
    said = run("audit", full_office)
    assert said.status == 1 and WORDS("fault.audit-derived", contest=BUPATI) in said.out
    rebuilt = done("rebuild", full_office).out.strip()
    assert rebuilt == WORDS("cli.rebuilt-changed", contests=BUPATI)
    assert done("audit", full_office).status == 0


def test_an_office_is_restored_from_its_mirror_alone(full_office: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    done("mirror", full_office, stick)
    done("correct", full_office, *IN, "--tps", TPS[0], "--set", "votes.1=3", *WHY)
    totals = (*IN, "--level", "tps", "--format", "json")
    before = done("totals", full_office, *totals).data
    full_office.unlink()
    again = tmp_path / "again.rekap"
    done("restore", stick / "ciamis.cermin", "--to", again)
    assert done("totals", again, *totals).data == before
    assert done("audit", again).status == 0
    done("correct", again, *IN, "--tps", TPS[0], "--set", "votes.1=4", *WHY)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_mirror_needs_its_folder(full_office: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    refused(
        "mirror-cannot-be-written",
        *("mirror", full_office, gone),
        path=str(gone / "ciamis.cermin"),
        reason=WORDS["reason.ENOENT"],
    )


def test_an_office_without_its_key_goes_on_as_a_new_post(
    full_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "other-machine"))
    correct = ("correct", full_office, *IN, "--tps", TPS[0], "--set", "votes.1=3", *WHY)
    refused("read-only-no-key", *correct, path=str(full_office))
    shown = done("status", full_office).out
    assert WORDS("problem.read-only-no-key", path=str(full_office)) in shown
    done("office", "new-post", full_office)
    done(*correct)
    assert done("audit", full_office).status == 0
