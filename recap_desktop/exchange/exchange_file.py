"""The file ``*.tukar`` that carries records between the posts of one office.

Lines of text: a header that says whose records these are, the bytes of each record, and an end
with their number and a SHA-256 over everything before it. A file that was cut off when a stick
was pulled out, or changed anywhere, is not taken for one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records.canonical import NotCanonical, canonical, read_canonical
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FORMAT = "REKAP/1/exchange"
SUFFIX = ".tukar"

LARGEST = 512 * 1024 * 1024
"""Bytes of the largest file that is written or read: some 400,000 records."""

LONGEST = 8 * 1024 * 1024
"""Bytes of the longest line; a record of the longest form has 8 KiB."""

_BEGINNING = b'{"election":"'
_END = {"count": int, "sha256": str}


@dataclass(frozen=True, slots=True)
class Header:
    """Whose records a file carries (kepala berkas pertukaran).

    Attributes:
        election: hash of the first definition.
        mode: ``real`` or ``rehearsal``.
        office: region code of the office.
        post: id of the post that wrote it; empty when it was written without a key.
        time: when, as its laptop said, ISO with zone; shown, never used to decide.
    """

    election: str
    mode: str
    office: str
    post: str
    time: str


def write_exchange(path: Path, header: Header, raws: Iterable[bytes]) -> None:
    """Write the file in full or not at all, and prove that the medium holds it.

    Raises:
        KnownProblem: ``exchange-not-written`` when the medium refuses or gives back other bytes,
            ``exchange-too-large``.
    """
    raw = _contents(header, raws)
    if len(raw) > LARGEST:
        raise KnownProblem("exchange-too-large", file=str(path))
    try:
        write_whole(path, raw)
        _require_held(path, raw)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("exchange-not-written", file=str(path), reason=reason) from error


def _contents(header: Header, raws: Iterable[bytes]) -> bytes:
    lines = [canonical({"format": FORMAT, **asdict(header)}), *raws]
    said = b"".join(line + b"\n" for line in lines)
    end = {"count": len(lines) - 1, "sha256": hashlib.sha256(said).hexdigest()}
    return said + canonical(end) + b"\n"


def _require_held(path: Path, raw: bytes) -> None:
    """Prove what the medium holds, not what the system still remembers of it."""
    with path.open("rb") as stream:
        if sys.platform == "linux":
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if stream.read() != raw:
            raise OSError(errno.EIO, os.strerror(errno.EIO))


def read_header(path: Path) -> Header:
    """The header of a file that is whole; all of it is read, and none of it kept.

    Raises:
        KnownProblem: ``not-an-exchange-file``, ``exchange-cut-off``, ``exchange-damaged``,
            ``exchange-too-large``, ``exchange-not-read``.
    """
    lines = _proved_lines(path)
    header = _header(path, next(lines))
    for _ in lines:
        pass
    return header


def read_records(path: Path) -> list[bytes]:
    """The bytes of each record of a file, proved whole again.

    Raises:
        KnownProblem: as ``read_header``.
    """
    lines = _proved_lines(path)
    _header(path, next(lines))
    return list(lines)


def _header(path: Path, line: bytes) -> Header:
    try:
        said = read_canonical(line)
        if said.pop("format") != FORMAT or not all(isinstance(v, str) for v in said.values()):
            raise KnownProblem("not-an-exchange-file", file=str(path))
        return Header(**said)
    except (NotCanonical, KeyError, TypeError) as error:
        raise KnownProblem("not-an-exchange-file", file=str(path)) from error


def _proved_lines(path: Path) -> Iterator[bytes]:
    """The header and each record without their line ends; fails after them if the end is wrong."""
    digest, count, held = hashlib.sha256(), -1, b""
    for line in _lines(path):
        if held:
            digest.update(held)
            count += 1
            yield held[:-1]
        elif line[: len(_BEGINNING)] != _BEGINNING[: len(line)]:
            raise KnownProblem("not-an-exchange-file", file=str(path))
        held = line
    try:
        end = read_canonical(held[:-1]) if held.endswith(b"\n") else {}
    except NotCanonical:
        end = {}
    if {key: type(said) for key, said in end.items()} != _END:
        raise KnownProblem("exchange-cut-off", file=str(path))
    if end != {"count": count, "sha256": digest.hexdigest()}:
        raise KnownProblem("exchange-damaged", file=str(path))


def _lines(path: Path) -> Iterator[bytes]:
    """Lines with their ends, never more of them than a file may have."""
    left = LARGEST
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise KnownProblem("not-an-exchange-file", file=str(path))
        if found.st_size > LARGEST:
            raise KnownProblem("exchange-too-large", file=str(path))
        with path.open("rb") as stream:
            while line := stream.readline(LONGEST + 1):
                left -= len(line)
                if left < 0 or len(line) > LONGEST:
                    raise KnownProblem("exchange-too-large", file=str(path))
                yield line
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("exchange-not-read", file=str(path), reason=reason) from error
