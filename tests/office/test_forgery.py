"""What an audit says to somebody who knows SQL and the format: every forgery but the promised one.

Design 11: on a laptop whose operator is its administrator nothing can be prevented; from the
first anchor outside it is detected. What cannot be seen without one stands here as a test too.
"""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recap_desktop import places
from recap_desktop.election.papers.anchors import SIGNED
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import canonical, read_canonical
from recap_desktop.election.records.journal import Draft, Kind, Record
from recap_desktop.exchange.post_keys import PostKeys
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, correct
from recap_desktop.office.opening import open_office
from recap_desktop.office.papers.anchoring import statement_of
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.proof.auditing import audit, rebuild
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.schema import GUARDS
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_election, tiny_office, valid_bupati

WHY = Decision("Ani", "salah tulis", "saksi 2", "Ketua PPK")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An office with a close, which was printed."""
    office = tiny_office(tmp_path / "ciamis.rekap")
    for number, tps in enumerate(TPS):
        enter(office, BUPATI, tps, valid_bupati(40 + number), by="Ani")
    changes = {"ballots.spoiled": 2, "ballots.unused": 171}
    correct(office, BUPATI, TPS[0], changes=changes, decision=WHY)
    close(office, BUPATI, by="Ani")
    office.close()
    return office.file.path


def head_of(path: Path) -> str:
    """What stands at the foot of the printed sheets."""
    with sqlite3.connect(path) as db:
        return str(db.execute("SELECT id FROM record WHERE kind = 'close/1'").fetchone()[0])


def with_sql(path: Path, *statements: str) -> None:
    """Guards off, change, guards on again: as a person with a book about SQLite does it."""
    with sqlite3.connect(path) as db:
        for guard in GUARDS:
            db.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            db.execute(statement)
        for sql in GUARDS.values():
            db.execute(sql)
    db.close()


def faults(path: Path, anchor: str = "") -> set[str]:
    office = open_office(path)
    try:
        return {fault.code for fault in audit(office, anchor=anchor).faults}
    finally:
        office.close()


SWAP = """UPDATE record SET tps = CASE tps WHEN '{0}' THEN '{1}' ELSE '{0}' END
WHERE tps IN ('{0}', '{1}') AND kind = 'entry/1'""".format(*TPS[2:4])


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        ([SWAP], "audit-columns"),
        (["UPDATE record SET contest = 'gubernur' WHERE kind = 'entry/1'"], "audit-columns"),
        (["UPDATE record SET chain = replace(chain, 'bupati', 'gubernur')"], "audit-columns"),
        (["DELETE FROM record WHERE kind = 'genesis/1'"], "audit-prev"),
        (["DELETE FROM record WHERE kind = 'person/1'"], "audit-person"),
        (["UPDATE station SET dpt_l = 1"], "audit-units"),
        (["DELETE FROM station WHERE tps LIKE '%901'"], "audit-units"),
        (["UPDATE unit SET name = 'Desa Lain' WHERE code = '3207012001'"], "audit-units"),
        (["UPDATE setting SET value = '3207' WHERE name = 'office'"], "audit-office"),
        (["UPDATE setting SET value = '1' WHERE name = 'double_entry'"], "audit-office"),
        (["DELETE FROM setting"], "audit-office"),
        (["DELETE FROM \"tally bupati\" WHERE tps LIKE '%901'"], "audit-derived"),
        (["UPDATE \"tally bupati\" SET state = 'corrected'"], "audit-derived"),
        (['UPDATE "tally bupati" SET counts = 0'], "audit-derived"),
        (['UPDATE "total bupati" SET "votes.1 filled" = 1'], "audit-derived"),
        (['UPDATE "total bupati" SET "votes.1" = NULL'], "audit-derived"),
    ],
)
def test_a_change_by_sql_is_named(path: Path, statements: list[str], code: str) -> None:
    with_sql(path, *statements)
    assert code in faults(path)


def test_rebuild_makes_units_and_stations_again(path: Path) -> None:
    with_sql(path, "UPDATE station SET dpt_l = 1", "DELETE FROM unit")
    office = open_office(path)
    assert rebuild(office) == [BUPATI, GUBERNUR]
    assert not audit(office).faults and rebuild(office) == []
    office.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM definition",
        "UPDATE definition SET bytes = x'7b7d'",
        "UPDATE definition SET bytes = x'00'",
        "UPDATE definition SET version = 2",
        "DROP TABLE setting",
        "DROP TABLE record",
        'DROP TABLE "total bupati"',
        "UPDATE record SET bytes = x'' WHERE kind = 'genesis/1'",
        "UPDATE record SET bytes = x'5b5d'",
        "UPDATE record SET bytes = x'7b7d' WHERE kind = 'close/1'",
    ],
)
def test_whatever_is_broken_there_is_a_sentence_or_a_fault(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as db:
        for guard in GUARDS:
            db.execute(f"DROP TRIGGER {guard}")
        db.execute(statement)
        for sql in GUARDS.values():
            if "record" not in statement.split() or "DROP" not in statement:
                db.execute(sql)
    db.close()
    try:
        office = open_office(path)
    except KnownProblem:
        return
    try:
        with office.file.told_plainly():
            assert audit(office).faults
    except KnownProblem as problem:
        assert problem.code in {"file-damaged", "record-damaged"}  # noqa: PT017 - or faults
    finally:
        office.close()


def test_a_second_definition_is_neither_used_nor_overlooked(path: Path) -> None:
    """Whoever changes the names of the choices without a record of it changes nothing."""
    with sqlite3.connect(path) as db:
        raw = db.execute("SELECT bytes FROM definition").fetchone()[0]
        data = read_canonical(raw)
        data["title"] = "Pemilihan Lain"
        forged = canonical(data)
        digest = journal.election_hash(forged)
        db.execute("INSERT INTO definition VALUES (2, ?, ?)", (digest, forged))
    db.close()
    office = open_office(path)
    assert office.election.title == "Pemilihan Serentak 2024"
    office.close()
    assert faults(path) == {"audit-definition"}


def test_a_trigger_that_swallows_records_is_not_opened(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute(
            "CREATE TRIGGER quiet BEFORE INSERT ON record WHEN NEW.kind = 'entry/1' "
            "BEGIN SELECT RAISE(IGNORE); END"
        )
    db.close()
    with pytest.raises(KnownProblem, match="guards-missing") as raised:
        open_office(path)
    assert raised.value.details["guards"] == "quiet"


# The last records cut off


def cut_off(path: Path, kind: str) -> None:
    with_sql(
        path,
        f"DELETE FROM record WHERE kind = '{kind}' AND place = (SELECT max(place) FROM record)",
    )


def test_records_cut_off_at_the_end_show_at_an_anchor_only(path: Path) -> None:
    """The promise of design 11, and its bound: without an anchor a shorter journal is whole."""
    head = head_of(path)
    assert faults(path, head) == set()
    cut_off(path, "close/1")
    assert faults(path) == set()
    assert faults(path, head) == {"audit-anchor-unknown"}
    here = open_office(path)
    assert here.obstacle == "restored-backup", "this machine remembers that it wrote more"
    here.close()


def test_a_cut_that_leaves_the_tables_behind_shows_at_once(path: Path) -> None:
    cut_off(path, "close/1")
    cut_off(path, "ruling/1")
    assert faults(path) == {"audit-derived"}


# Forgers who know the format


class Forger:
    """Writes a journal anew with another key: consistent in itself, whatever it says."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.key = PostKeys(places.machine_data("forger")).make()
        self.changes: dict[str, str] = {}

    def forge(self, change: Callable[[Draft], Draft]) -> None:
        with sqlite3.connect(self.path) as db:
            raws = [row[0] for row in db.execute("SELECT bytes FROM record ORDER BY place")]
        db.close()
        records = [journal.read_record(raw) for raw in raws]
        made = self._written_again(records, change)
        rows = [(r.id, r.chain, r.seq, r.kind, r.contest, r.tps, r.raw) for r in made]
        with sqlite3.connect(self.path) as db:
            for guard in GUARDS:
                db.execute(f"DROP TRIGGER {guard}")
            db.execute("DELETE FROM record")
            db.executemany(
                "INSERT INTO record (id, chain, seq, kind, contest, tps, bytes) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            for sql in GUARDS.values():
                db.execute(sql)
        db.close()

    def _written_again(
        self, records: list[Record], change: Callable[[Draft], Draft]
    ) -> list[Record]:
        links: dict[str, journal.Link] = {}
        made: list[Record] = []
        genesis = journal.NO_RECORD
        for old in records:
            chain = journal.chain_name(self.key.id, old.chain.partition("/")[2])
            first = journal.Link(old.election, old.mode, chain, 1, genesis)
            draft = change(self._draft(old))
            if draft.kind is Kind.CLOSE:
                body = {k: v for k, v in draft.body.items() if k != "signature"}
                stated = statement_of(
                    tiny_election(), draft.subject["contest"], draft.subject["unit"], body
                )
                body["anchor"] = self.key.sign(SIGNED, stated.text.encode("ascii"))
                body["signature"] = self.key.sign("close", canonical(body))
                draft = Draft(draft.kind, draft.time, draft.person, draft.subject, body)
            record = journal.make_record(links.get(chain, first), draft)
            links[chain] = journal.follow(links.get(chain, first), record)
            genesis = made[0].id if made else record.id
            self.changes[old.id] = record.id
            made.append(record)
        return made

    def _draft(self, old: Record) -> Draft:
        body: dict[str, Any] = dict(old.body)
        if old.kind == Kind.GENESIS.value:
            body["post_key"] = self.key.public.hex()
        if old.kind == Kind.CLOSE.value:
            body["heads"] = [
                [journal.chain_name(self.key.id, chain.partition("/")[2]), seq, self.changes[key]]
                for chain, seq, key in body["heads"]
            ]
        over = tuple(self.changes[key] for key in old.over)
        return Draft(Kind(old.kind), old.time, old.person, old.subject, body, over)


def with_body(draft: Draft, **said: object) -> Draft:
    body = {**draft.body, **said}
    return Draft(draft.kind, draft.time, draft.person, draft.subject, body, draft.over)


def test_a_whole_journal_forged_with_a_new_key_shows_at_the_anchor_only(path: Path) -> None:
    head = head_of(path)
    forger = Forger(path)
    forger.forge(lambda draft: draft)
    assert faults(path) == set(), "consistent in itself: what design 11 says cannot be seen"
    assert faults(path, head) == {"audit-anchor-unknown"}
    here = open_office(path)
    assert here.obstacle == "no-key"
    here.close()


def moved(draft: Draft) -> Draft:
    """A vote more for one pair, in a forged entry."""
    if draft.kind is not Kind.ENTRY or draft.subject["tps"] != TPS[3]:
        return draft
    cells = {**draft.body["cells"], "votes.2": 105, "valid": 148}
    return with_body(draft, cells=cells)


def as_kind(kind: Kind, **said: object) -> Callable[[Draft], Draft]:
    return lambda draft: with_body(draft, **said) if draft.kind is kind else draft


def elsewhere(draft: Draft) -> Draft:
    if draft.kind is not Kind.ENTRY or draft.subject["tps"] != TPS[3]:
        return draft
    subject = {"contest": BUPATI, "tps": "3207022001001"}
    return Draft(draft.kind, draft.time, draft.person, subject, draft.body, draft.over)


def other_chain(draft: Draft) -> Draft:
    if draft.kind is not Kind.ENTRY or draft.subject["tps"] != TPS[3]:
        return draft
    subject = {"contest": GUBERNUR, "tps": TPS[3]}
    return Draft(draft.kind, draft.time, draft.person, subject, draft.body, draft.over)


def by_nobody_else(draft: Draft) -> Draft:
    """A withdrawal in the place of the ruling, which names an entry as it may."""
    if draft.kind is not Kind.RULING:
        return draft
    return Draft(Kind.WITHDRAWAL, draft.time, draft.person, draft.subject, {"reason": "x"}, ())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (moved, "audit-close"),
        (as_kind(Kind.CLOSE, totals={"votes.1": 1}), "audit-close"),
        (as_kind(Kind.CLOSE, blanks={"votes.1": 1}), "audit-close"),
        (as_kind(Kind.CLOSE, root="0" * 64), "audit-close"),
        (as_kind(Kind.CLOSE, contest="0" * 64), "audit-close"),
        (as_kind(Kind.CLOSE, leaves=4), "audit-close"),
        (as_kind(Kind.CLOSE, heads=[]), "audit-close"),
        (as_kind(Kind.CLOSE, heads=[["x", 1]]), "audit-body"),
        (as_kind(Kind.CLOSE, signers=[{"seat": "ketua"}]), "audit-body"),
        (as_kind(Kind.CLOSE, revision=0), "audit-body"),
        (as_kind(Kind.RULING, cause="miracle"), "audit-body"),
        (as_kind(Kind.RULING, cells={"votes.1": -1}), "audit-body"),
        (as_kind(Kind.RULING, cells={"votes.1": 2**53}), "audit-body"),
        (as_kind(Kind.RULING, cells={"votes.99": 1}), "audit-office"),
        (as_kind(Kind.RULING, decided_by=[]), "audit-body"),
        (as_kind(Kind.ENTRY, source="rumor"), "audit-body"),
        (as_kind(Kind.ENTRY, round="0" * 64), "audit-over"),
        (as_kind(Kind.GENESIS, office="3207"), "audit-office"),
        (as_kind(Kind.GENESIS, post_key="00"), "audit-post-key"),
        (as_kind(Kind.GENESIS, post_key="no hex"), "audit-post-key"),
        (elsewhere, "audit-office"),
        (other_chain, "audit-body"),
        (by_nobody_else, "audit-body"),
    ],
)
def test_a_forged_journal_that_contradicts_itself_is_named(
    path: Path, change: Callable[[Draft], Draft], code: str
) -> None:
    Forger(path).forge(change)
    assert code in faults(path)


def test_the_key_of_another_post_in_its_place_is_named(path: Path) -> None:
    with sqlite3.connect(path) as db:
        raw = db.execute("SELECT bytes FROM record WHERE kind = 'genesis/1'").fetchone()[0]
    db.close()
    other = PostKeys(places.machine_data("forger")).make()
    forged = canonical(
        {
            **read_canonical(raw),
            "body": {**read_canonical(raw)["body"], "post_key": other.public.hex()},
        }
    )
    with_sql(
        path,
        f"UPDATE record SET bytes = x'{forged.hex()}', id = '{journal.record_hash(forged)}' "
        "WHERE kind = 'genesis/1'",
    )
    assert {"audit-post-key", "audit-prev"} <= faults(path)


def test_an_older_copy_of_the_file_is_whole_and_shows_at_the_anchor(
    path: Path, tmp_path: Path
) -> None:
    old = tmp_path / "lama.rekap"
    shutil.copy(path, old)
    office = open_office(path)
    reopen_contest(office, BUPATI, by="Ani", reason="keberatan", decided_by="Ketua")
    head = close(office, BUPATI, by="Ani").head
    office.close()
    assert faults(path, head) == set()
    assert faults(old) == set()
    assert faults(old, head) == {"audit-anchor-unknown"}
