"""The journal table: records in chains, written once, read in whatever way is asked."""

from __future__ import annotations

import itertools
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import NotCanonical
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.schema import OF_FIGURES, OF_NO_TPS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from recap_desktop.election.records.journal import Record


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of the journal table: the bytes of a record and the columns derived from them."""

    id: str
    chain: str
    seq: int
    kind: str
    contest: str
    tps: str
    raw: bytes


_ENDS = 4
"""Of an end of a chain at least one record in so many is of the kind that is asked for."""


class JournalTable:
    """The records of an office file. Writing happens inside the caller's transaction.

    Attributes:
        others: posts of other offices, whose records came up from below.
    """

    def __init__(self, connection: sqlite3.Connection, *, election: str, mode: str) -> None:
        """Read and write the ``record`` table of a connection.

        Args:
            connection: of the office file.
            election: hash of the first definition, which every record names.
            mode: of the election, likewise.
        """
        self._connection = connection
        self._election = election
        self._mode = mode
        self.others: frozenset[str] = frozenset()

    def insert(self, records: Iterable[Record]) -> None:
        """Write records at the end of their chains; the guards refuse any other place."""
        self._connection.executemany(
            "INSERT INTO record (id, chain, seq, kind, contest, tps, bytes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((r.id, r.chain, r.seq, r.kind, r.contest, r.tps, r.raw) for r in records),
        )

    def records(self, contest: str, tps: str) -> list[Record]:
        """All records of one subject that its tally follows from, in the order of arrival."""
        rows = self._connection.execute(
            f"SELECT bytes FROM record WHERE contest = ? AND tps = ? AND {OF_FIGURES} "  # noqa: S608 - a constant
            "ORDER BY place",
            (contest, tps),
        )
        return [read_stored(row[0]) for row in rows]

    def records_about(self, contest: str, tps: str) -> list[Record]:
        """The same with those about pictures, also of pictures that show every contest."""
        rows = self._connection.execute(
            "SELECT bytes FROM record WHERE contest IN ('', ?) AND tps = ? AND tps <> '' "
            "ORDER BY place",
            (contest, tps),
        )
        return [read_stored(row[0]) for row in rows]

    def records_of_kind(
        self, *kinds: journal.Kind, contest: str = "", of_others: bool = False
    ) -> list[Record]:
        """Records of kinds that speak of no TPS (of one contest, or of none), as they came.

        Those of other offices are left out: their plenary, closes and posts are not ours.

        Args:
            kinds: which.
            contest: of their subject; empty for none.
            of_others: whether those of other offices are wanted too.
        """
        marks = ", ".join("?" * len(kinds))
        rows = self._connection.execute(
            f"SELECT bytes FROM record WHERE kind IN ({marks}) AND contest = ? AND {OF_NO_TPS} "  # noqa: S608 - a constant, marks
            "ORDER BY place",
            (*(kind.value for kind in kinds), contest),
        )
        read = (read_stored(row[0]) for row in rows)
        return [record for record in read if of_others or record.post not in self.others]

    def stations_ruled_here(self, contest: str, under: str) -> list[str]:
        """TPS below a unit on which posts of this office ever ruled, in code order.

        Only our own chains are read: those of offices below may hold 100,000 records.
        """
        found: set[str] = set()
        for chain in self.heads():
            post, _, name = chain.partition("/")
            if name == contest and post not in self.others:
                rows = self._connection.execute(
                    "SELECT DISTINCT tps FROM record WHERE chain = ? AND kind = ? "
                    "AND tps BETWEEN ? AND ?",
                    (chain, journal.Kind.RULING.value, under, under + "~"),
                )
                found.update(row[0] for row in rows)
        return sorted(found)

    def geneses(self) -> list[Record]:
        """The first record of every post, of other offices too, as they came."""
        rows = self._connection.execute(
            f"SELECT bytes FROM record WHERE kind = ? AND {OF_NO_TPS} ORDER BY place",  # noqa: S608 - a constant
            (journal.Kind.GENESIS.value,),
        )
        return [read_stored(row[0]) for row in rows]

    def rare_kinds(self) -> set[str]:
        """Kinds of records but entries, rulings and withdrawals, known to us or not."""
        # From one kind to the next: of 75,000 TPS that were read out, each with its pictures,
        # the index has 300,000 lines and a handful of kinds.
        following = f"SELECT min(kind) FROM record WHERE {OF_NO_TPS}"  # noqa: S608 - a constant
        rows = self._connection.execute(
            f"WITH RECURSIVE met(kind) AS ({following} UNION ALL "  # noqa: S608 - as above
            f"SELECT ({following} AND record.kind > met.kind) FROM met WHERE met.kind IS NOT NULL) "
            "SELECT kind FROM met WHERE kind IS NOT NULL"
        )
        return {row[0] for row in rows}

    def record(self, record_id: str) -> Record | None:
        """The record of that id, or None."""
        row = self._connection.execute(
            "SELECT bytes FROM record WHERE id = ?", (record_id,)
        ).fetchone()
        return read_stored(row[0]) if row else None

    def link(self, chain: str) -> journal.Link:
        """Where the next record of a chain goes; a chain of a known post may be new."""
        row = self._connection.execute(
            "SELECT seq, id FROM record WHERE chain = ? ORDER BY seq DESC LIMIT 1", (chain,)
        ).fetchone()
        if row:
            return journal.Link(self._election, self._mode, chain, row[0] + 1, row[1])
        post = chain.partition("/")[0]
        own = journal.chain_name(post, journal.OFFICE_CHAIN)
        genesis = self._connection.execute(
            "SELECT id FROM record WHERE chain = ? AND seq = 1", (own,)
        ).fetchone()
        prev = genesis[0] if genesis else journal.NO_RECORD
        return journal.Link(self._election, self._mode, chain, 1, prev)

    def last_records(self, chain: str, kind: journal.Kind, *, most: int) -> list[Record]:
        """Records of a kind among the last of a chain, so many at most, in its order.

        Only the end of the chain is looked through: it may hold 75,000 records of other kinds.
        """
        last = self._connection.execute(
            "SELECT max(seq) FROM record WHERE chain = ?", (chain,)
        ).fetchone()[0]
        rows = self._connection.execute(
            "SELECT bytes FROM record WHERE chain = ? AND seq > ? AND kind = ? "
            "ORDER BY seq DESC LIMIT ?",
            (chain, (last or 0) - _ENDS * most, kind.value, most),
        )
        return [read_stored(row[0]) for row in rows][::-1]

    def heads(self) -> dict[str, tuple[int, str]]:
        """Last sequence number and id of every chain, in chain order."""
        rows = self._connection.execute(
            "SELECT chain, seq, id FROM record AS r WHERE seq = "
            "(SELECT max(seq) FROM record WHERE chain = r.chain) ORDER BY chain"
        )
        return {chain: (seq, key) for chain, seq, key in rows}

    def raw_records(self, *, after: int = 0) -> Iterator[tuple[int, bytes]]:
        """Bytes of all records with their place, in order of arrival, after a place."""
        rows = self._connection.execute(
            "SELECT place, bytes FROM record WHERE place > ? ORDER BY place", (after,)
        )
        yield from rows

    def stored_rows(self) -> Iterator[StoredRow]:
        """Every journal row as stored, whatever its bytes say, by chain."""
        rows = self._connection.execute(
            "SELECT id, chain, seq, kind, contest, tps, bytes FROM record ORDER BY chain, seq"
        )
        return itertools.starmap(StoredRow, rows)

    def chain_part(self, chain: str, after: int, until: int, *, most: int) -> list[bytes]:
        """Bytes of the next records of a chain after a sequence number, so many at most."""
        rows = self._connection.execute(
            "SELECT bytes FROM record WHERE chain = ? AND seq > ? AND seq <= ? "
            "ORDER BY seq LIMIT ?",
            (chain, after, until, most),
        )
        return [raw for (raw,) in rows]

    def holds(self, chain: str, seq: int, record_id: str) -> bool:
        """Whether a chain has this record at this place."""
        row = self._connection.execute(
            "SELECT id FROM record WHERE chain = ? AND seq = ?", (chain, seq)
        ).fetchone()
        return bool(row) and row[0] == record_id

    def last_place(self) -> int:
        """Place of the newest row: what comes later has a greater one."""
        return int(self._connection.execute("SELECT max(place) FROM record").fetchone()[0])

    def subjects_after(self, place: int) -> set[str]:
        """TPS that have a record about figures, of whatever contest, after a place."""
        rows = self._connection.execute(
            f"SELECT DISTINCT tps FROM record WHERE place > ? AND {OF_FIGURES}",  # noqa: S608 - a constant
            (place,),
        )
        return {row[0] for row in rows}

    def met_subjects(self, contest: str) -> set[str]:
        """TPS of a contest that have any record about figures."""
        rows = self._connection.execute(
            f"SELECT DISTINCT tps FROM record WHERE contest = ? AND {OF_FIGURES}",  # noqa: S608 - a constant
            (contest,),
        )
        return {row[0] for row in rows}

    def subjects_of_several(self, contest: str) -> set[str]:
        """TPS of a contest that have more than one record about figures."""
        rows = self._connection.execute(
            f"SELECT tps FROM record WHERE contest = ? AND {OF_FIGURES} "  # noqa: S608 - a constant
            "GROUP BY tps HAVING count(*) > 1",
            (contest,),
        )
        return {row[0] for row in rows}

    def has_subjects_after(
        self, contest: str, heads: Mapping[str, int], *, under: str = ""
    ) -> bool:
        """Whether figures of a TPS below a unit have records beyond the heads of the chains."""
        rows = self._connection.execute(
            f"SELECT chain, max(seq) FROM record WHERE contest = ? AND {OF_FIGURES} "  # noqa: S608 - a constant
            "AND tps BETWEEN ? AND ? GROUP BY chain",
            (contest, under, under + "~"),
        )
        return any(last > heads.get(chain, 0) for chain, last in rows)

    def of_subjects(
        self, contest: str, heads: Mapping[str, int] | None = None, *, under: str = ""
    ) -> Iterator[tuple[str, list[Record]]]:
        """Each TPS of a contest with all its records, in code order.

        Args:
            contest: the contest.
            heads: when given, only records up to these sequence numbers of their chains.
            under: code of a unit; empty for all.
        """
        for tps, raws in self.raws_of_subjects(contest, heads, under=under):
            yield tps, [read_stored(raw) for raw in raws]

    def raws_of_subjects(
        self, contest: str, heads: Mapping[str, int] | None = None, *, under: str = ""
    ) -> Iterator[tuple[str, list[bytes]]]:
        """The same as bytes, which ``read_stored`` reads, below a unit."""
        rows = self._connection.execute(
            "SELECT tps, chain, seq, bytes FROM record "  # noqa: S608 - a constant
            f"WHERE contest = ? AND {OF_FIGURES} AND tps BETWEEN ? AND ? ORDER BY tps, place",
            (contest, under, under + "~"),
        )
        for tps, group in itertools.groupby(rows, key=operator.itemgetter(0)):
            known = [
                raw for _, chain, seq, raw in group if heads is None or seq <= heads.get(chain, 0)
            ]
            if known:
                yield tps, known

    def post_key(self, post: str) -> bytes:
        """Raw public key of a post from its genesis; empty when the post is unknown."""
        own = journal.chain_name(post, journal.OFFICE_CHAIN)
        row = self._connection.execute(
            "SELECT bytes FROM record WHERE chain = ? AND seq = 1", (own,)
        ).fetchone()
        return bytes.fromhex(read_stored(row[0]).body["post_key"]) if row else b""


def read_stored(raw: bytes) -> Record:
    """The record that stored bytes are.

    Raises:
        KnownProblem: ``record-damaged``.
    """
    try:
        return journal.read_own_record(raw)
    except NotCanonical as error:
        raise KnownProblem("record-damaged", record=journal.record_hash(raw)[:12]) from error
