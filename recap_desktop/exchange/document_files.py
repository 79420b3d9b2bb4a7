"""Reads and writes the small sealed documents that travel on a stick, each one line of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path


def write_document(path: Path, raw: bytes) -> None:
    """Write a sealed document in full or not at all.

    Raises:
        KnownProblem: ``document-not-written``.
    """
    try:
        write_whole(path, raw)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("document-not-written", path=str(path), reason=reason) from error


def read_document_file(path: Path, *, most: int) -> bytes | None:
    """The bytes of a document; None where there are more than it can have.

    Raises:
        KnownProblem: ``document-not-read``.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("document-not-read", path=str(path), reason=reason) from error
    return raw if len(raw) <= most else None
