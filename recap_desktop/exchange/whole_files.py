"""Writes a file in full or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def write_whole(path: Path, raw: bytes) -> None:
    """Write bytes under a temporary name beside the file, then take its name.

    A file of that name is replaced; whatever happens, it is the old one or the new one.

    Raises:
        OSError: when the disk refuses; nothing is left behind.
    """
    write_whole_parts(path, (raw,))


def write_whole_parts(path: Path, parts: Iterable[bytes]) -> None:
    """The same of bytes that come part by part and are never held at once."""
    # Not "xb": a program that was killed may have left one under the same number.
    with whole(path) as draft, draft.open("wb") as file:
        file.writelines(parts)


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary name for the caller to write under; the file's own once that is done and lies.

    Raises:
        OSError: as ``write_whole``.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
        _settle(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def aside(path: Path) -> IO[bytes]:
    """An empty file without a name, on the medium of another; gone once it is closed.

    For what is too much for memory until all of it can be written. Should the program be killed,
    the system takes it away too.

    Raises:
        OSError: as ``write_whole``.
    """
    return tempfile.TemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")


def _settle(folder: Path) -> None:
    """Have the name on the medium too, so that a stick may be pulled out; where that is possible."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
