"""Pictures of the paper in an office file: which stand, and the bytes of those that are small.

Which stand is derived from the journal and kept in a table of its own, so that what is asked of
75,000 TPS is one look into an index. Bytes are kept once, under their SHA-256.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.records.attachments import Attachment, Media, standing_attachments
from recap_desktop.election.records.journal import Kind
from recap_desktop.storage.journal_table import read_stored
from recap_desktop.storage.schema import ABOUT_SCANS
from recap_desktop.storage.station_lists import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from recap_desktop.election.records.journal import Record

_COLUMNS = "tps, contest, id, sha256, name, media, size, pages"


class AttachmentTable:
    """The tables ``attachment`` and ``picture`` of an office file.

    A file that an earlier program made and that may not be written has neither, and no
    attachments: it is answered as if both were empty.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read and write through a connection."""
        self._connection = connection
        found = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('attachment', 'picture')"
        ).fetchone()
        self._is_there = bool(found[0])

    # Which stand

    def follow(self, records: Iterable[Record]) -> None:
        """Write what follows from new records, inside the caller's transaction."""
        new = [record for record in records if record.kind in ABOUT_SCANS]
        if not new:
            return
        # In an exchange the record that takes one away may be met before the other one's turn.
        self._put(standing_attachments(new))
        gone = [(key,) for r in new if r.kind == Kind.DETACHMENT.value for key in r.over]
        self._connection.executemany("DELETE FROM attachment WHERE id = ?", gone)

    def rebuild(self) -> bool:
        """Make the table anew from the journal; whether it said something else."""
        if not self._is_there or not self.is_stale():
            return False
        self._connection.execute("DELETE FROM attachment")
        self._put(self._fresh())
        return True

    def is_stale(self) -> bool:
        """Whether the table says anything but the journal."""
        if not self._is_there:
            return False
        fresh = sorted(self._fresh(), key=_place)
        return sorted(self.standing(), key=_place) != fresh

    def _put(self, standing: Iterable[Attachment]) -> None:
        self._connection.executemany(
            f"INSERT OR REPLACE INTO attachment ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - names are ours
            (
                (a.tps, a.contest, a.id, a.sha256, a.name, a.media.value, a.size, a.pages)
                for a in standing
            ),
        )

    def _fresh(self) -> list[Attachment]:
        marks = ", ".join("?" * len(ABOUT_SCANS))
        rows = self._connection.execute(
            f"SELECT bytes FROM record WHERE kind IN ({marks})",  # noqa: S608 - marks
            sorted(ABOUT_SCANS),
        )
        return standing_attachments(read_stored(row[0]) for row in rows)

    # Questions

    def standing(self, under: str = "") -> list[Attachment]:
        """What is attached below a unit or to a TPS, of every contest, by TPS, as it was named."""
        return self._asked("tps BETWEEN ? AND ?", (under, under + "~"))

    def of_station(self, tps: str, contest: str) -> list[Attachment]:
        """What shows the form of a TPS in a contest, in the order of names."""
        return self._asked("tps = ? AND contest IN ('', ?)", (tps, contest))

    def with_hash(self, sha256: str) -> list[Attachment]:
        """Every attachment of some bytes."""
        return self._asked("sha256 = ?", (sha256,))

    def places(self) -> dict[str, frozenset[tuple[str, str]]]:
        """SHA-256 of what is attached -> TPS and contest of each."""
        if not self._is_there:
            return {}
        found: dict[str, set[tuple[str, str]]] = {}
        for sha256, *place in self._connection.execute(
            "SELECT sha256, tps, contest FROM attachment"
        ):
            found.setdefault(sha256, set()).add((place[0], place[1]))
        return {sha256: frozenset(places) for sha256, places in found.items()}

    def _asked(self, where: str, values: tuple[str, ...]) -> list[Attachment]:
        if not self._is_there:
            return []
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM attachment WHERE {where} ORDER BY tps, name, id",  # noqa: S608 - constants of this module
            values,
        )
        return [
            Attachment(
                id=key,
                tps=tps,
                contest=contest,
                sha256=sha256,
                name=name,
                media=Media(media),
                size=size,
                pages=pages,
            )
            for tps, contest, key, sha256, name, media, size, pages in rows
        ]

    @property
    def is_empty(self) -> bool:
        """Whether no picture stands at all."""
        if not self._is_there:
            return True
        return self._connection.execute("SELECT 1 FROM attachment LIMIT 1").fetchone() is None

    def stations_without(self, contest: str, under: str) -> list[str]:
        """TPS of a contest below a unit of which no picture stands, in code order."""
        # Both sides come off an index in the order of codes: nothing is looked up one by one.
        stations = f"SELECT tps FROM {quoted(f'tally {contest}')} WHERE tps BETWEEN ? AND ?"  # noqa: S608 - names are ours
        values: tuple[str, ...] = (under, under + "~")
        if self._is_there:
            stations += (
                " EXCEPT SELECT tps FROM attachment "
                "WHERE tps BETWEEN ? AND ? AND contest IN ('', ?)"
            )
            values = (*values, *values, contest)
        return [row[0] for row in self._connection.execute(f"{stations} ORDER BY 1", values)]

    def counts(self, contest: str, digits: int, under: str) -> dict[str, int]:
        """Units with so many digits -> how many of their TPS have a picture; none has no line."""
        if not self._is_there:
            return {}
        rows = self._connection.execute(
            f"SELECT substr(a.tps, 1, {digits}), count(DISTINCT a.tps) FROM attachment AS a "  # noqa: S608 - names are ours, values are bound
            f"JOIN {quoted(f'tally {contest}')} AS t ON t.tps = a.tps "
            "WHERE a.tps BETWEEN ? AND ? AND a.contest IN ('', ?) GROUP BY 1 ORDER BY 1",
            (under, under + "~", contest),
        )
        return dict(rows.fetchall())

    # Bytes

    def put_bytes(self, sha256: str, raw: bytes) -> None:
        """Keep bytes in the file; what has come to lie there under their name goes."""
        self._connection.execute(
            "INSERT OR REPLACE INTO picture (sha256, bytes) VALUES (?, ?)", (sha256, raw)
        )

    def bytes_of(self, sha256: str) -> bytes | None:
        """The bytes kept in the file under a hash, unproved; None when they are not here."""
        if not self._is_there:
            return None
        row = self._connection.execute(
            "SELECT bytes FROM picture WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return bytes(row[0]) if row else None

    def holds_bytes(self, sha256: str) -> bool:
        """Whether bytes are kept in the file under a hash."""
        if not self._is_there:
            return False
        row = self._connection.execute(
            "SELECT 1 FROM picture WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return row is not None


def _place(one: Attachment) -> tuple[str, str]:
    return one.tps, one.id
