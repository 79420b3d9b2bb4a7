"""Tables and guards of the office file, and its migrations.

The journal table is guarded by triggers that refuse to change, remove or skip a record. They
are courtesy: the hashes are the evidence. ``table.transform()`` would drop them silently, so no
guarded table is ever transformed, and opening asserts that the guards stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from recap_desktop.election.records import journal

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x52454B41
"""``REKA`` in the header of the file: tells an office file from any other SQLite file."""

FORMAT = 1
"""``user_version``: a file with a higher one was written by a newer program."""

OF_NO_TPS = "kind NOT IN ('entry/1', 'ruling/1', 'withdrawal/1')"
"""Condition of the index over the few records that speak of no TPS, or are of unknown kind."""

ABOUT_SCANS = tuple(sorted(journal.ABOUT_SCANS))
OF_FIGURES = f"tps <> '' AND kind NOT IN ({', '.join(map(repr, ABOUT_SCANS))})"
"""Condition of records from which the tally of a TPS follows: pictures say nothing about it."""

GUARDS = {
    "record_is_never_changed": """CREATE TRIGGER record_is_never_changed
BEFORE UPDATE ON record
BEGIN
    SELECT RAISE(ABORT, 'a record is never changed');
END""",
    "record_is_never_removed": """CREATE TRIGGER record_is_never_removed
BEFORE DELETE ON record
BEGIN
    SELECT RAISE(ABORT, 'a record is never removed');
END""",
    "record_follows_its_chain": """CREATE TRIGGER record_follows_its_chain
BEFORE INSERT ON record
WHEN NEW.seq IS NOT 1 + coalesce(
    (SELECT seq FROM record WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1), 0)
BEGIN
    SELECT RAISE(ABORT, 'a record is missing before this one');
END""",
    "definition_is_never_changed": """CREATE TRIGGER definition_is_never_changed
BEFORE UPDATE ON definition
BEGIN
    SELECT RAISE(ABORT, 'a definition is never changed');
END""",
    "definition_is_never_removed": """CREATE TRIGGER definition_is_never_removed
BEFORE DELETE ON definition
BEGIN
    SELECT RAISE(ABORT, 'a definition is never removed');
END""",
}

migrations = Migrations("office_file")


@migrations()
def first_tables(db: Database) -> None:
    """The journal, the definition it was written under, and what is read off the definition."""
    db.executescript(
        f"""
        CREATE TABLE definition (
            version INTEGER PRIMARY KEY,
            hash TEXT NOT NULL UNIQUE,
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE record (
            place INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            chain TEXT NOT NULL,
            seq INTEGER NOT NULL,
            kind TEXT NOT NULL,
            contest TEXT NOT NULL,
            tps TEXT NOT NULL,
            bytes BLOB NOT NULL,
            UNIQUE (chain, seq)
        ) STRICT;
        CREATE INDEX record_of_subject ON record (contest, tps) WHERE tps <> '';
        CREATE INDEX record_of_office ON record (kind, contest) WHERE {OF_NO_TPS};
        CREATE TABLE unit (
            code TEXT PRIMARY KEY,
            name TEXT NOT NULL
        ) STRICT;
        CREATE TABLE station (
            tps TEXT PRIMARY KEY,
            dpt_l INTEGER,
            dpt_p INTEGER
        ) STRICT;
        CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT;
        """
    )


@migrations()
def pictures(db: Database) -> None:
    """Pictures of the paper: which stand, read off the journal, and the bytes of small ones."""
    db.execute(
        """CREATE TABLE attachment (
            tps TEXT NOT NULL,
            contest TEXT NOT NULL,
            id TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            name TEXT NOT NULL,
            media TEXT NOT NULL,
            size INTEGER NOT NULL,
            pages INTEGER NOT NULL,
            PRIMARY KEY (tps, contest, id)
        ) STRICT, WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX attachment_by_hash ON attachment (sha256)")
    db.execute("CREATE INDEX attachment_by_id ON attachment (id)")
    db.execute("CREATE TABLE picture (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT")


def is_behind(db: Database) -> bool:
    """Whether an earlier program made the file, and tables of today are still to be made."""
    return bool(migrations.pending(db))


def migrate(db: Database) -> None:
    """Bring a new or older file to this format; the guards are made again at the end."""
    migrations.apply(db)
    for name, statement in GUARDS.items():
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {FORMAT}")


def missing_guards(db: Database) -> list[str]:
    """Names of guards that do not stand exactly as written, and of triggers not ours, sorted."""
    standing = dict(
        db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    )
    names = GUARDS.keys() | standing.keys()
    return sorted(name for name in names if standing.get(name) != GUARDS.get(name))
