"""The definition an office was made with, and what the amendments in its journal make of it."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import amendments
from recap_desktop.election.definitions.definition_data import from_data
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import load, read_canonical
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlite_utils import Database

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.storage.journal_table import JournalTable


class DefinitionTable:
    """The definition of an office file.

    Attributes:
        first: the definition the office was made with.
        id: its hash, which every record names.
    """

    def __init__(self, db: Database, path: Path) -> None:
        """Read the first definition.

        Raises:
            KnownProblem: ``file-damaged`` when it is none.
        """
        self._db = db
        row = db.execute("SELECT bytes, hash FROM definition WHERE version = 1").fetchone()
        try:
            raw, self.id = row
            # Bytes of that hash were canonical when it was taken. Others may be worth an audit.
            is_proved = journal.election_hash(raw) == self.id
            with _no_collection():
                self.first = from_data(load(raw) if is_proved else read_canonical(raw))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise KnownProblem("file-damaged", path=str(path)) from error
        self._made: dict[str, Election] = {"": self.first}

    @staticmethod
    def write_first(db: Database, definition: bytes) -> None:
        """Put the canonical bytes of a definition into a new file."""
        digest = journal.election_hash(definition)
        db.execute("INSERT INTO definition VALUES (1, ?, ?)", (digest, definition))

    def raw(self) -> bytes:
        """Canonical bytes of the first definition."""
        row = self._db.execute("SELECT bytes FROM definition WHERE version = 1").fetchone()
        return bytes(row[0])

    def hashes(self) -> list[tuple[str, bytes]]:
        """Stored hash and bytes of everything in the table; no more than one belongs there."""
        return self._db.execute("SELECT hash, bytes FROM definition ORDER BY version").fetchall()

    def at(self, table: JournalTable, heads: Mapping[str, int] | None = None) -> Election:
        """The definition that holds, now or as of the heads of chains.

        Args:
            table: the journal, which holds the amendments.
            heads: when given, only amendments up to these sequence numbers of their chains.

        Raises:
            KeyError, TypeError, ValueError: when an amendment speaks of what is not there.
        """
        known = [
            record
            for record in table.records_of_kind(journal.Kind.AMENDMENT)
            if heads is None or record.seq <= heads.get(record.chain, 0)
        ]
        amendment = amendments.newest(known)
        key = amendment.id if amendment else ""
        if key not in self._made:
            with _no_collection():
                self._made[key] = amendments.amended(self.first, amendment)
        return self._made[key]


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Leave the collector of cycles out while 75,000 stations are made, none of which has any.

    Each would bring it nearer to looking through everything that a window is made of.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
