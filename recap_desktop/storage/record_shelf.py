"""The shelf: records of one package in a private temporary table, so that no memory need hold them.

A kabupaten sends 16,000 records, a province 50,000: whoever proves, packs or takes them in asks
the shelf for one TPS after the other. It lies in a nameless file of this machine, which is gone
with the shelf, and is no office file: nothing in it is kept.
"""

from __future__ import annotations

import bisect
import itertools
import operator
import sqlite3
from typing import TYPE_CHECKING, Self, TypeVar

from recap_desktop.election.records.canonical import NotCanonical, load
from recap_desktop.election.records.journal import record_hash
from recap_desktop.election.records.soundness import named_by
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.journal_table import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from recap_desktop.election.records.journal import Record

_T = TypeVar("_T")
_Row = tuple[int, bytes, str, str, bytes]
_CACHE_KIB = 4 * 1024
_PART = 256
"""Records that are held at once."""


class RecordShelf:
    """Records in the order of their chains, each chain whole from its first.

    The thread that makes it uses and closes it. First all are put, then ``settle`` is asked, then
    anything else.
    """

    def __init__(self) -> None:
        """Make an empty shelf."""
        self._connection = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KIB}"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute(
            "CREATE TABLE record (place INTEGER PRIMARY KEY, id BLOB NOT NULL, "
            "kind TEXT NOT NULL, tps TEXT NOT NULL, bytes BLOB NOT NULL) STRICT"
        )
        self._connection.execute("CREATE TABLE named (id BLOB NOT NULL) STRICT")
        self._chains: list[str] = []
        self._begins: list[int] = []
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw it away."""
        self._connection.close()

    # What is put on it

    def put(self, records: Iterable[Record]) -> None:
        """Put the next records; what they name is asked for in ``settle``."""
        self._insert(
            self._row(record.chain, record.kind, record.subject, record.raw, record.id)
            for record in records
        )

    def put_raws(self, raws: Iterable[bytes]) -> None:
        """Put the next records by their bytes, which were proved before or are our own.

        Raises:
            KnownProblem: ``record-damaged`` for bytes of our own that are none any more.
        """
        self._insert(map(self._row_of, raws))

    def _insert(self, rows: Iterable[_Row]) -> None:
        self._connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", rows)

    def _row_of(self, raw: bytes) -> _Row:
        try:
            said = load(raw)
            chain, kind, subject = said["chain"], said["kind"], said["subject"]
        except (NotCanonical, KeyError, TypeError) as error:
            raise KnownProblem("record-damaged", record=record_hash(raw)[:12]) from error
        return self._row(chain, kind, subject, raw, record_hash(raw))

    def _row(
        self, chain: str, kind: str, subject: Mapping[str, str], raw: bytes, record_id: str
    ) -> _Row:
        if not self._chains or chain != self._chains[-1]:
            self._chains.append(chain)
            self._begins.append(self._size + 1)
        self._size += 1
        # A picture that shows every contest speaks of a TPS, and not of its figures.
        tps = subject.get("tps", "") if subject.get("contest") else ""
        return self._size, _key(record_id), kind, tps, raw

    def ask_for(self, ids: Iterable[str]) -> None:
        """Note what the records that are put name."""
        rows = ((_key(record_id),) for record_id in ids)
        self._connection.executemany("INSERT INTO named VALUES (?)", rows)

    def settle(self, *, by_station: bool = True) -> bool:
        """Make everything on it quick to find; whether each stands once and names none but these.

        Args:
            by_station: whether a TPS will be asked for.
        """
        try:
            self._connection.execute("CREATE UNIQUE INDEX record_by_id ON record (id)")
        except sqlite3.IntegrityError:
            return False
        if by_station:
            self._connection.execute(
                "CREATE INDEX record_by_tps ON record (tps, place) WHERE tps <> ''"
            )
        stranger = self._connection.execute(
            "SELECT 1 FROM named WHERE id NOT IN (SELECT id FROM record) LIMIT 1"
        ).fetchone()
        return stranger is None

    # What is asked of it

    def __len__(self) -> int:
        return self._size

    def heads(self) -> dict[str, tuple[int, str]]:
        """Last sequence number and id of each chain."""
        lasts = [*(begin - 1 for begin in self._begins[1:]), self._size]
        return {
            chain: (last - begin + 1, self._id(last))
            for chain, begin, last in zip(self._chains, self._begins, lasts, strict=True)
        }

    def id_at(self, chain: str, seq: int) -> str:
        """Id of the record at a place of a chain that has so many."""
        return self._id(self._begins[self._chains.index(chain)] + seq - 1)

    def _id(self, place: int) -> str:
        row = self._connection.execute("SELECT id FROM record WHERE place = ?", (place,)).fetchone()
        return bytes(row[0]).hex()

    def record(self, record_id: str) -> Record | None:
        """The record of that id, or None."""
        row = self._connection.execute(
            "SELECT bytes FROM record WHERE id = ?", (_key(record_id),)
        ).fetchone()
        return read_stored(row[0]) if row else None

    def of_kind(self, kind: str) -> list[Record]:
        """Records of one of the kinds that are few."""
        rows = self._connection.execute(
            "SELECT bytes FROM record WHERE kind = ? ORDER BY place", (kind,)
        )
        return [read_stored(row[0]) for row in rows]

    def raws(self) -> Iterator[bytes]:
        """Bytes of all, in the order in which they were put."""
        for (raw,) in self._connection.execute("SELECT bytes FROM record ORDER BY place"):
            yield raw

    def subjects(self) -> Iterator[tuple[str, list[bytes]]]:
        """Each TPS with the bytes of its records of the contest, in code order."""
        rows = self._connection.execute(
            "SELECT tps, bytes FROM record WHERE tps <> '' ORDER BY tps, place"
        )
        for tps, group in itertools.groupby(rows, key=operator.itemgetter(0)):
            yield tps, [raw for _, raw in group]

    def stations(self) -> Iterator[str]:
        """Each TPS that has records of the contest, in code order."""
        rows = self._connection.execute(
            "SELECT DISTINCT tps FROM record WHERE tps <> '' ORDER BY tps"
        )
        for (tps,) in rows:
            yield tps

    def subject(self, tps: str) -> list[bytes]:
        """The bytes of the records of one TPS, in the order in which they were put."""
        rows = self._connection.execute(
            "SELECT bytes FROM record WHERE tps = ? AND tps <> '' ORDER BY place", (tps,)
        )
        return [raw for (raw,) in rows]

    def beyond(self, heads: Mapping[str, tuple[int, str]]) -> Iterator[Record]:
        """Records later in their chains than these heads, chain by chain."""
        for at in range(len(self._chains)):
            first, end = self._span(at, heads)
            yield from map(read_stored, self._between(first, end))

    def subjects_beyond(
        self, heads: Mapping[str, tuple[int, str]]
    ) -> Iterator[tuple[str, list[Record]]]:
        """Each TPS with such records of its contest, in code order."""
        for tps, raws in self.subjects():
            records = [read_stored(raw) for raw in raws]
            later = [r for r in records if r.seq > heads.get(r.chain, (0, ""))[0]]
            if later:
                yield tps, later

    def in_writing_order(self, heads: Mapping[str, tuple[int, str]]) -> Iterator[list[Record]]:
        """Records beyond these heads, part by part, each after all that it names.

        So every beginning of what is written, and of a mirror that was cut off, stands by itself.
        What is named and not here has to be known where they are written.
        """
        spans = [self._span(at, heads) for at in range(len(self._chains))]
        cursors = [first for first, _ in spans]
        # The chain of an office first: the genesis of a post stands there.
        order = sorted(range(len(spans)), key=lambda at: not self._chains[at].endswith("/office"))
        went_on = True
        while went_on:
            went_on = False
            for at in order:
                for part in in_parts(self._ready(at, spans[at][1], cursors)):
                    went_on = True
                    yield part
        # Of hashes that hold none is left: nothing names what comes after it.
        assert cursors == [end for _, end in spans]

    def _span(self, at: int, heads: Mapping[str, tuple[int, str]]) -> tuple[int, int]:
        """Places of a chain beyond its head: the first, and the one after the last.

        Where the head is further than the chain there are none.
        """
        begin = self._begins[at]
        end = self._begins[at + 1] if at + 1 < len(self._begins) else self._size + 1
        return min(begin + heads.get(self._chains[at], (0, ""))[0], end), end

    def _between(self, first: int, end: int) -> Iterator[bytes]:
        rows = self._connection.execute(
            "SELECT bytes FROM record WHERE place >= ? AND place < ? ORDER BY place", (first, end)
        )
        for (raw,) in rows:
            yield raw

    def _ready(self, at: int, end: int, cursors: list[int]) -> Iterator[Record]:
        """The next records of a chain, as far as all they name is written."""
        for raw in self._between(cursors[at], end):
            record = read_stored(raw)
            names = named_by(record) | ({record.prev} if record.seq == 1 else set())
            if not all(self._is_written(key, cursors) for key in names):
                return
            cursors[at] += 1
            yield record

    def _is_written(self, record_id: str, cursors: list[int]) -> bool:
        row = self._connection.execute(
            "SELECT place FROM record WHERE id = ?", (_key(record_id),)
        ).fetchone()
        if row is None:
            return True
        place = int(row[0])
        return place < cursors[bisect.bisect_right(self._begins, place) - 1]


def _key(record_id: str) -> bytes:
    """An id as it lies here; what is none, as a stranger may write it, is found nowhere."""
    try:
        key = bytes.fromhex(record_id)
    except ValueError:
        return b""
    return key if key.hex() == record_id else b""


def in_parts(records: Iterator[_T]) -> Iterator[list[_T]]:
    """Records or their bytes, so many at once that they are little in memory and soon written."""
    while part := list(itertools.islice(records, _PART)):
        yield part
