"""An audit finds every change of the journal, at its record."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, correct, not_delivered
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.proof.auditing import audit, rebuild
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.schema import GUARDS
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

DECISION = Decision("Ani", "salah tulis", "saksi 2", "Ketua PPK")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "ciamis.rekap")
    for tps in TPS[:4]:
        enter(office, BUPATI, tps, valid_bupati(), by="Ani")
    not_delivered(office, BUPATI, TPS[4], decision=DECISION)
    correct(
        office,
        BUPATI,
        TPS[0],
        changes={"ballots.spoiled": 2, "ballots.unused": 171},
        decision=DECISION,
    )
    close(office, BUPATI, by="Ani")
    yield office
    office.close()


def tamper(path: Path, statement: str, *values: object) -> None:
    """Change the file as somebody would who knows SQL: guards off, change, guards on again."""
    with sqlite3.connect(path) as connection:
        for guard in GUARDS:
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(statement, values)
        for sql in GUARDS.values():
            connection.execute(sql)


def test_an_honest_file_has_no_fault(office: Office) -> None:
    result = audit(office)
    assert (result.faults, result.records, result.chains) == ((), 9, 3)


def test_every_flipped_byte_is_found_at_its_record(office: Office) -> None:
    rows = [(row.chain, row.seq, row.raw) for row in office.file.journal.stored_rows()]
    path = office.file.path
    office.close()
    chance = random.Random(2024)
    for chain, seq, raw in rows:
        for place in sorted(chance.sample(range(len(raw)), 25)):
            flipped = bytearray(raw)
            flipped[place] ^= 1 << chance.randrange(8)
            where = "WHERE chain = ? AND seq = ?"
            tamper(path, f"UPDATE record SET bytes = ? {where}", bytes(flipped), chain, seq)
            assert {"chain": chain, "seq": seq} in audit_file(path), (chain, seq, place)
            tamper(path, f"UPDATE record SET bytes = ? {where}", raw, chain, seq)
    assert audit_file(path) == []


def audit_file(path: Path) -> list[object]:
    office = open_office(path)
    try:
        return [dict(fault.details) for fault in audit(office).faults]
    finally:
        office.close()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE record SET id = '00' || substr(id, 3) WHERE seq = 3", "audit-hash"),
        ("UPDATE record SET tps = '3207011001002' WHERE seq = 1 AND tps <> ''", "audit-columns"),
        ("UPDATE record SET kind = 'ruling/1' WHERE seq = 2 AND tps <> ''", "audit-columns"),
        ("DELETE FROM record WHERE seq = 2 AND tps <> ''", "audit-gap"),
        ('UPDATE "tally bupati" SET "votes.1" = 41 WHERE tps LIKE \'%901\'', "audit-derived"),
        ('UPDATE "total bupati" SET "votes.2" = "votes.2" + 1', "audit-derived"),
        (
            "UPDATE definition SET bytes = cast(replace(bytes, 'Herdiat', 'Hardiat') AS BLOB)",
            "audit-definition",
        ),
    ],
)
def test_a_change_with_the_guards_lifted_is_named(
    office: Office, statement: str, code: str
) -> None:
    path = office.file.path
    office.close()
    tamper(path, statement)
    opened = open_office(path)
    codes = {fault.code for fault in audit(opened).faults}
    opened.close()
    assert code in codes


def test_rebuild_mends_tables_that_were_changed_and_says_which(office: Office) -> None:
    path = office.file.path
    office.close()
    tamper(path, 'UPDATE "tally bupati" SET "votes.1" = 41')
    opened = open_office(path)
    assert rebuild(opened) == [BUPATI]
    assert rebuild(opened) == []
    assert not audit(opened).faults
    opened.close()


def test_a_head_typed_from_paper_is_found_with_spaces_and_in_part(office: Office) -> None:
    head = office.file.journal.heads()[f"{office.post.id}/bupati" if office.post else ""][1]
    groups = " ".join(head[i : i + 4] for i in range(0, 32, 4)).upper()
    found = audit(office, anchor=groups)
    assert found.anchor is not None
    assert found.anchor.id == head
    assert not found.faults


def test_a_head_of_another_history_is_a_fault(office: Office) -> None:
    assert [fault.code for fault in audit(office, anchor="ab" * 16).faults] == [
        "audit-anchor-unknown"
    ]


@pytest.mark.parametrize("anchor", ["12", "xyz", "ab" * 40])
def test_what_is_no_head_is_refused(office: Office, anchor: str) -> None:
    with pytest.raises(KnownProblem, match="anchor-malformed"):
        audit(office, anchor=anchor)
