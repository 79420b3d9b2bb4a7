"""A folder of pictures, each a file named by its SHA-256: beside an office file, or on a stick."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".lampiran"
"""Of the folder beside an office file, which bears the name of the file."""

ON_A_STICK = "lampiran"
"""The folder beside exchange files: one for all of them, so that nothing lies there twice."""


def sha256_of(raw: bytes) -> str:
    """The name of bytes."""
    return hashlib.sha256(raw).hexdigest()


def write_scan(folder: Path, sha256: str, raw: bytes) -> bool:
    """Keep bytes under their name, whole or not at all; whether they were not there yet.

    Raises:
        KnownProblem: ``scan-not-written``.
    """
    path = folder / sha256
    try:
        if path.is_file() and path.stat().st_size == len(raw) and path.read_bytes() == raw:
            return False
        folder.mkdir(exist_ok=True)
        write_whole(path, raw)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("scan-not-written", path=str(path), reason=reason) from error
    return True


def read_scan(folder: Path, sha256: str) -> bytes | None:
    """The bytes of a name, proved; None when no file bears it.

    Raises:
        KnownProblem: ``scan-altered``, ``scan-not-read``.
    """
    path = folder / sha256
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("scan-not-read", file=str(path), reason=reason) from error
    if sha256_of(raw) != sha256:
        raise KnownProblem("scan-altered", file=str(path))
    return raw


def holds_scan(folder: Path, sha256: str, size: int) -> bool:
    """Whether a file of that name and size lies there, unread."""
    try:
        return (folder / sha256).stat().st_size == size
    except OSError:
        return False
