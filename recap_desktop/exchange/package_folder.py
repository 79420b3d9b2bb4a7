"""The folder of packages beside an office file: each kept as it came, by the hash of its manifest."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING

from recap_desktop.exchange.package_manifest import LARGEST
from recap_desktop.exchange.whole_files import whole
from recap_desktop.problems import KnownProblem, reason_of
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".paket"
"""Of the folder beside an office file, which bears the name of the file."""

_PIECE = 1 << 20


def folder_of(office: Path) -> Path:
    """The folder of the packages of an office file."""
    return office.with_suffix(SUFFIX)


def kept_package(office: Path, package: str) -> Path:
    """Where a package is kept, whether it lies there or not."""
    return folder_of(office) / f"{package}.rkp"


def keep_package(path: Path, kept: Path, *, sha256: str, way: Way = NO_WAY) -> None:
    """Keep the bytes that were proved, whole or not at all; those that lie there already stay.

    Args:
        path: where they came from, a stick as a rule.
        kept: as ``kept_package``.
        sha256: of the bytes that were proved.
        way: is told how far it is, by bytes.

    Raises:
        KnownProblem: ``package-not-read``; ``package-other-now`` when the file has other bytes
            than those that were proved; ``package-not-kept``.
        GivenUp: when a person said so; nothing is left behind.
    """
    try:
        if kept.is_file() and _sha256(kept, way) == sha256:
            return
        kept.parent.mkdir(exist_ok=True)
        with whole(kept) as draft:
            if _copy(path, draft, way) != sha256:
                raise KnownProblem("package-other-now", file=path.name)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("package-not-kept", path=str(kept), reason=reason) from error


def _sha256(path: Path, way: Way) -> str:
    digest, size = hashlib.sha256(), path.stat().st_size
    with path.open("rb") as stream:
        for piece in way.past(_pieces(stream), size):
            digest.update(piece)
    return digest.hexdigest()


def _copy(path: Path, target: Path, way: Way) -> str:
    digest, done = hashlib.sha256(), 0
    try:
        size = path.stat().st_size
        with path.open("rb") as source, target.open("wb") as stream:
            for piece in way.past(_pieces(source), size):
                done += len(piece)
                if done > LARGEST:
                    raise KnownProblem("package-too-large", file=path.name)
                digest.update(piece)
                stream.write(piece)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("package-not-read", file=str(path), reason=reason) from error
    return digest.hexdigest()


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece
