"""The office file ``*.rekap``: opening, the journal, and what is derived from it, kept in step.

A record and everything that follows from it are written in one transaction (WAL, synchronous
FULL): what was acknowledged survives a crash, and totals never disagree with the journal.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from sqlite_utils import Database

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.layers import Layers, Maker
from recap_desktop.election.records import journal
from recap_desktop.problems import KnownProblem
from recap_desktop.storage import schema
from recap_desktop.storage.attachment_table import AttachmentTable
from recap_desktop.storage.connecting import (
    connect,
    connected,
    look_at,
    require_known_format,
    told_plainly,
    transaction,
    try_lock,
    whole_file,
)
from recap_desktop.storage.definition_table import DefinitionTable
from recap_desktop.storage.derived import ContestTables
from recap_desktop.storage.folding import fold, fold_again, put_all, touched_by
from recap_desktop.storage.journal_table import JournalTable
from recap_desktop.storage.unit_tables import UnitTables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import filelock

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.records.journal import Record
    from recap_desktop.way import Way

_OFFICE, _DOUBLE_ENTRY = "office", "double_entry"
"""What the genesis says, kept where a damaged journal can still be opened and audited."""


class OfficeFile:
    """An open office file. One thread, one writer; a second opening is read-only.

    Attributes:
        path: where it lies.
        writable: whether this opening may write.
        obstacle: code of why it may not (``opened-elsewhere``, ``unknown-kind``,
            ``not-writable``, ``no-room``); empty when it may.
        definitions: the first definition and its amendments.
        election: the definition that holds now.
        election_id: hash of the first definition, which every record names.
        office: region code of the office, from the genesis.
        double_entry: whether two people must agree, from the genesis.
        layers: how records of a TPS fold here, with those of offices below.
        units: the tables of units and stations.
        contests: tables by contest id, of the contests held below the office.
        journal: the records.
        attachments: pictures of the paper.
    """

    def __init__(self, path: Path, db: Database, lock: filelock.FileLock | None) -> None:
        """Use ``create`` or ``open`` instead."""
        self.path = path
        self._db = db
        self._lock = lock
        self.writable = lock is not None
        self.obstacle = ""
        self.office = ""
        self.double_entry = False
        self.layers = Layers(Maker("", double_entry=False), {})
        self.contests: dict[str, ContestTables] = {}
        self.definitions = DefinitionTable(db, path)
        self.units = UnitTables(db)
        self.election = self.definitions.first
        self.election_id = self.definitions.id
        self.journal = JournalTable(
            db.conn, election=self.election_id, mode=self.election.mode.value
        )
        self.attachments = AttachmentTable(db.conn)

    # Opening and closing

    @classmethod
    def create(cls, path: Path, definition: bytes, genesis: Record) -> OfficeFile:
        """Make a new office file with its first record.

        Args:
            path: must not exist yet.
            definition: canonical bytes of ``definition_data.to_data``.
            genesis: the first record of the first post; says which office this is.

        Raises:
            KnownProblem: ``file-exists``, ``file-cannot-be-made``, and as ``told_plainly``.
        """
        with whole_file(path) as draft, contextlib.closing(connect(draft)) as db:
            schema.migrate(db)
            with transaction(db):
                DefinitionTable.write_first(db, definition)
                file = cls(draft, db, None)
                file.office = genesis.body["office"]
                file.double_entry = bool(genesis.body["double_entry"])
                file.layers = Layers(Maker(file.office, file.double_entry), {})
                file._make_derived()
                file.set_setting(_OFFICE, file.office)
                file.set_setting(_DOUBLE_ENTRY, str(int(file.double_entry)))
                file.journal.insert([genesis])
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> OfficeFile:
        """Open an office file, for writing where that is possible.

        Raises:
            KnownProblem: ``file-missing``, ``not-an-office-file``, ``file-is-newer``,
                ``guards-missing``, ``file-damaged``, ``file-is-busy``, ``file-not-closed``,
                ``file-unreachable``, ``disk-full``.
        """
        look_at(path)
        lock = try_lock(path)
        db: Database | None = None
        try:
            with told_plainly(path):
                db, obstacle = connected(path, is_locked=lock is not None)
                require_known_format(db, path)
                file = cls(path, db, None if obstacle else lock)
                file.obstacle = obstacle
                file._take_bearings()
        except BaseException:
            if db:
                db.close()
            if lock:
                lock.release()
            raise
        if lock and not file.writable:
            lock.release()
        return file

    def close(self) -> None:
        """Close the file and let others write."""
        self._db.close()
        if self._lock:
            self._lock.release()

    def _take_bearings(self) -> None:
        missing = schema.missing_guards(self._db)
        if missing:
            raise KnownProblem("guards-missing", path=str(self.path), guards=", ".join(missing))
        if self.writable and schema.is_behind(self._db):
            with transaction(self._db):
                schema.migrate(self._db)
            self.attachments = AttachmentTable(self._db.conn)
        self.office = self.setting(_OFFICE)
        self.double_entry = self.setting(_DOUBLE_ENTRY) == "1"
        self.layers = Layers(Maker(self.office, self.double_entry), {})
        # Of a damaged journal the audit says where.
        with contextlib.suppress(KnownProblem):
            self._meet(self.journal.geneses())
        self._take_definition()
        for contest in self.held_contests():
            tables = ContestTables(self._db, contest, self.election.layout(contest))
            self.contests[contest] = tables
            self._make_current(contest, tables)
        known = {kind.value for kind in journal.Kind}
        if self.journal.rare_kinds() - known:
            self.writable, self.obstacle = False, "unknown-kind"

    def _make_current(self, contest_id: str, tables: ContestTables) -> None:
        """Make tables of an earlier program anew; the journal they come from is the same."""
        if tables.are_current():
            return
        if not self.writable:
            raise KnownProblem("tables-of-earlier-program", path=str(self.path))
        with transaction(self._db):
            tables.drop()
            self._fill(contest_id, tables)

    def _take_definition(self) -> None:
        """Take the definition that holds now; of a damaged amendment the audit says where."""
        try:
            self.election = self.definitions.at(self.journal)
        except (KnownProblem, KeyError, TypeError, ValueError, IndexError, AttributeError):
            self.writable, self.obstacle = False, "damaged"

    def election_at(self, heads: Mapping[str, int]) -> Election:
        """The definition as of the heads of chains, as a revision was made under it."""
        return self.definitions.at(self.journal, heads)

    def held_contests(self) -> tuple[str, ...]:
        """Ids of the contests that are voted on somewhere below the office."""
        return self.election.held_below(self.office)

    # The journal

    def append(self, parts: Iterable[Sequence[Record]]) -> None:
        """Write records and all that follows from them, in one transaction, part by part.

        Raises:
            KnownProblem: ``file-is-read-only``, and as ``told_plainly``.
            sqlite3.IntegrityError: when a record does not follow its chain (a bug of ours).
        """
        self._require_writable()
        desas: dict[str, set[str]] = {}
        with self._back_on_failure(), self.told_plainly(), transaction(self._db):
            for records in parts:
                self._write(records)
                for contest, subjects in touched_by(records, self.contests).items():
                    self.contests[contest].put(fold(self.journal, self.layers, contest, subjects))
                    desas.setdefault(contest, set()).update(t[: Level.DESA.value] for t in subjects)
            for contest, summed in desas.items():
                self.contests[contest].sum_desas(summed)

    def _require_writable(self) -> None:
        if not self.writable:
            raise KnownProblem("file-is-read-only", path=str(self.path))
        if self._db.conn.in_transaction:
            raise KnownProblem("office-is-being-written", path=str(self.path))

    def take_up(
        self, parts: Iterable[Sequence[Record]], *, under: str, size: int, way: Way
    ) -> None:
        """Write what came up from an office below, in one transaction; each TPS is folded once.

        Args:
            parts: of its records, then what is said here of them.
            under: region code of the office below.
            size: how many records these are.
            way: is told how far it is.

        Raises:
            GivenUp: when a person said so; else as ``append``.
        """
        self._require_writable()
        done, subjects = 0, dict[str, set[str]]()
        with self._back_on_failure(), self.told_plainly(), transaction(self._db):
            for records in parts:
                self._write(records)
                for contest, touched in touched_by(records, self.contests).items():
                    subjects.setdefault(contest, set()).update(touched)
                done += len(records)
                way.stretch(0, 0.5).at(done, size)
            for contest, stations in subjects.items():
                folded = fold_again(self.journal, self.layers, contest, stations, under=under)
                put_all(self.contests[contest], folded, size=len(stations), way=way.stretch(0.5, 1))

    def _write(self, records: Sequence[Record]) -> None:
        """Write records and what follows from them but figures."""
        self.journal.insert(records)
        self._meet(records)
        if any(record.kind == journal.Kind.AMENDMENT.value for record in records):
            self._follow_definition()
        self.attachments.follow(records)

    @contextlib.contextmanager
    def _back_on_failure(self) -> Iterator[None]:
        """Think again as the file does when a transaction was rolled back."""
        election, contests, layers = self.election, dict(self.contests), self.layers
        try:
            yield
        except BaseException:
            self.election, self.contests = election, contests
            self.layers, self.journal.others = layers, frozenset(layers.makers)
            for tables in contests.values():
                tables.forget()
            raise

    def _meet(self, records: Iterable[Record]) -> None:
        """Know the posts of other offices, whose records came up from below."""
        self.layers = self.layers.met_with(records)
        self.journal.others = frozenset(self.layers.makers)

    def told_plainly(self) -> contextlib.AbstractContextManager[None]:
        """Whatever is refused while this file is read or written is said as a known problem.

        Raises:
            KnownProblem: ``disk-full``, ``file-is-busy``, ``file-unreachable``, ``file-damaged``.
        """
        return told_plainly(self.path)

    def _follow_definition(self) -> None:
        """Make anew what an amendment has changed: names, and contests with other TPS."""
        self.election = self.definitions.at(self.journal)
        self.units.make(self.election, self.office)
        for contest_id in self.held_contests():
            tables = self.contests.get(contest_id)
            if tables is None:
                tables = ContestTables(self._db, contest_id, self.election.layout(contest_id))
            elif tables.station_keys() == set(self.defined_stations(contest_id)):
                continue
            tables.drop()
            self._fill(contest_id, tables)
            self.contests[contest_id] = tables

    # What is derived

    def _make_derived(self) -> None:
        self.units.make(self.election, self.office)
        for contest_id in self.held_contests():
            tables = ContestTables(self._db, contest_id, self.election.layout(contest_id))
            self._fill(contest_id, tables)
            self.contests[contest_id] = tables

    def fresh_fold(
        self, contest: str, heads: Mapping[str, int] | None = None, *, under: str = ""
    ) -> Iterator[tuple[str, Tally]]:
        """Fold every subject of a contest anew from the journal, in code order.

        Args:
            contest: the contest.
            heads: when given, only records up to these sequence numbers of their chains.
            under: code of a unit; empty for all.
        """
        for tps, known in self.journal.of_subjects(contest, heads, under=under):
            yield tps, self.layers.tally(known)

    def rebuild(self) -> list[str]:
        """Make everything derived again from the journal.

        Returns:
            Ids of the contests whose stored tables said something else.

        Raises:
            KnownProblem: ``file-is-read-only``.
        """
        self._require_writable()
        # Units and stations go into what every contest shows.
        changed = list(self.contests) if self.units.are_stale(self.election, self.office) else []
        with self.told_plainly(), transaction(self._db):
            self.units.make(self.election, self.office)
            if self.attachments.rebuild():
                changed = list(self.contests)
            for contest_id, tables in self.contests.items():
                before = tables.stored_rows()
                tables.drop()
                self._fill(contest_id, tables)
                if tables.stored_rows() != before and contest_id not in changed:
                    changed.append(contest_id)
        return changed

    def _fill(self, contest_id: str, tables: ContestTables) -> None:
        tables.create(self.defined_stations(contest_id))
        tables.put(self.fresh_fold(contest_id))
        tables.sum_all()

    def defined_stations(self, contest_id: str) -> list[str]:
        """TPS of a contest in this office as the definition has them, whatever tables say."""
        contest = self.election.contest(contest_id)
        here = (s for s in self.election.stations if s.tps.startswith(self.office))
        return [s.tps for s in here if s.holds(contest)]

    def stale_contests(self) -> list[str]:
        """Ids of contests whose stored tables differ from a fresh fold; writes nothing here."""
        stale = []
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
            db = Database(memory, strict=True, execute_plugins=False)
            for contest_id, tables in self.contests.items():
                fresh = ContestTables(db, contest_id, self.election.layout(contest_id))
                self._fill(contest_id, fresh)
                if fresh.stored_rows() != tables.stored_rows():
                    stale.append(contest_id)
        return stale

    def keep_pictures(self, pictures: Mapping[str, bytes]) -> None:
        """Keep the bytes of small pictures in the file, by their SHA-256, all or none.

        Raises:
            KnownProblem: ``file-is-read-only``, and as ``told_plainly``.
        """
        self._require_writable()
        with self.told_plainly(), transaction(self._db):
            for sha256, raw in pictures.items():
                self.attachments.put_bytes(sha256, raw)

    def missing_guards(self) -> list[str]:
        """Names of guard triggers that do not stand as written."""
        return schema.missing_guards(self._db)

    # What this machine remembers

    def setting(self, name: str) -> str:
        """A setting of this file on this machine; empty when unset."""
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting in the file; never anything that counts."""
        self._db.conn.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))
