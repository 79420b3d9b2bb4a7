"""Connections to an office file: who may write, how it is read, and what a refusal of SQLite means."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import filelock
from sqlite_utils import Database

from recap_desktop.problems import KnownProblem
from recap_desktop.storage import schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_USER_VERSION, _APPLICATION_ID = slice(60, 64), slice(68, 72)
"""Where they stand in the header of every SQLite file, big-endian."""

_LITTLE_ROOM = 256 * 1024
"""Bytes: a disk with less has no room for the log and its index."""

_PRIMARY = 0xFF
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_UNREACHABLE = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})


def look_at(path: Path) -> None:
    """Look before anything is set or locked, so that somebody else's file stays as it is.

    Raises:
        KnownProblem: ``file-missing``, ``file-unreachable``, ``not-an-office-file``,
            ``file-is-newer``.
    """
    try:
        if not path.is_file():
            raise KnownProblem("file-missing", path=str(path))
        with path.open("rb") as stream:
            header = stream.read(_HEADER)
    except OSError as error:
        raise KnownProblem("file-unreachable", path=str(path)) from error
    ours = len(header) == _HEADER and header.startswith(_MAGIC)
    if not ours or int.from_bytes(header[_APPLICATION_ID]) != schema.APPLICATION_ID:
        raise KnownProblem("not-an-office-file", path=str(path))
    _require_known(int.from_bytes(header[_USER_VERSION]), path)


def require_known_format(db: Database, path: Path) -> None:
    """Refuse a file that a newer program has changed, also where the log alone says so.

    Raises:
        KnownProblem: ``file-is-newer``.
    """
    _require_known(db.execute("PRAGMA user_version").fetchone()[0], path)


def _require_known(version: int, path: Path) -> None:
    if version > schema.FORMAT:
        raise KnownProblem("file-is-newer", path=str(path))


def require_free(path: Path) -> None:
    """Refuse a name under which no file can be made.

    Raises:
        KnownProblem: ``file-exists``, ``file-cannot-be-made``.
    """
    try:
        if path.exists() or path.is_symlink():
            raise KnownProblem("file-exists", path=str(path))
        if path.parent.is_dir() and may_write(path):
            return
    except OSError:
        pass
    raise KnownProblem("file-cannot-be-made", path=str(path))


def may_write(path: Path) -> bool:
    """Whether this user may write the file and beside it."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def has_room(path: Path) -> bool:
    """Whether the disk has room for a record and what follows from it; so when it does not say."""
    try:
        return shutil.disk_usage(path.parent).free >= _LITTLE_ROOM
    except OSError:
        return True


def try_lock(path: Path) -> filelock.FileLock | None:
    """The writer's lock, which the system drops with the process; None when another holds it.

    It belongs to the file itself, by whatever link it is reached.
    """
    if not may_write(path):
        return None
    lock = filelock.FileLock(f"{path.resolve()}.kunci", timeout=0)
    try:
        lock.acquire()
    except (filelock.Timeout, OSError, NotImplementedError):
        return None
    return lock


def connected(path: Path, *, is_locked: bool) -> tuple[Database, str]:
    """A connection, and the code of why it may not write; empty when it may.

    Args:
        path: the office file.
        is_locked: whether the writer's lock is ours.
    """
    if not is_locked:
        obstacle = "opened-elsewhere" if may_write(path) else "not-writable"
        return connect_to_read(path), obstacle
    if not has_room(path):
        return connect_to_read(path), "no-room"
    return connect(path), ""


def connect(path: Path) -> Database:
    """A connection that writes: WAL, and each commit on the disk before it is acknowledged."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return Database(connection, strict=True, execute_plugins=False)


def connect_to_read(path: Path) -> Database:
    """A connection that reads and changes nothing.

    Raises:
        KnownProblem: ``file-not-closed`` when the last records stand in a log that cannot be
            read where the file lies.
    """
    # Only where it may write beside the file can SQLite read along with somebody who writes.
    where, mode = path.absolute().as_uri(), "rw" if may_write(path) else "ro"
    connection = sqlite3.connect(f"{where}?mode={mode}", uri=True, isolation_level=None)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if _has_log(path):
            raise KnownProblem("file-not-closed", path=str(path)) from error
        connection = sqlite3.connect(f"{where}?immutable=1", uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    return Database(connection, strict=True, execute_plugins=False)


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Make an office file under another name beside its place; it takes its name at the end.

    Whatever happens, the file of that name is whole or is not there. The body writes and closes
    the file it is given.

    Raises:
        KnownProblem: ``file-exists``, ``file-cannot-be-made``, and as ``told_plainly``.
    """
    require_free(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    # A program that was killed may have left one under the same number.
    _remove(draft)
    try:
        with told_plainly(draft, shown=path):
            yield draft
        if _has_log(draft):
            # The last connection could not bring its log into the file.
            raise KnownProblem("disk-full", path=str(path))
        _take_name(draft, path)
    except OSError as error:
        raise KnownProblem("file-cannot-be-made", path=str(path)) from error
    finally:
        _remove(draft)


def _remove(draft: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal", ".kunci"):
        with contextlib.suppress(OSError):
            draft.with_name(draft.name + suffix).unlink()


def _take_name(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError as error:
        raise KnownProblem("file-exists", path=str(path)) from error
    except OSError:
        # Sticks know no links; a rename would go over a file that came meanwhile.
        draft.rename(path)


@contextlib.contextmanager
def told_plainly(path: Path, *, shown: Path | None = None) -> Iterator[None]:
    """Say what SQLite refuses as a problem a person can mend.

    Args:
        path: the office file.
        shown: under which name the person knows it; by default the same.

    Raises:
        KnownProblem: ``disk-full``, ``file-is-busy``, ``file-unreachable``, ``file-damaged``.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        # A name or a message of SQLite that was read off a damaged page.
        raise KnownProblem("file-damaged", path=str(shown or path)) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise _problem_of(error, path, shown=shown or path) from error


def _problem_of(error: sqlite3.DatabaseError, path: Path, *, shown: Path) -> KnownProblem:
    number = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    code = "file-damaged"
    if number in _BUSY:
        code = "file-is-busy"
    elif number == sqlite3.SQLITE_FULL:
        code = "disk-full"
    elif number in _UNREACHABLE:
        # A full disk shows in many ways: the log or its index cannot be made.
        code = "file-unreachable" if has_room(path) else "disk-full"
    return KnownProblem(code, path=str(shown))


@contextlib.contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All that is written inside, or nothing; on the disk when it ends.

    BEGIN IMMEDIATE: reading first and writing later would fail when another has committed.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        # After some errors SQLite has already gone back by itself.
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise
