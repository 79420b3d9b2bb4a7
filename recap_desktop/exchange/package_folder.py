"""The folder of packages beside an office file: each kept as it came, by the hash of its manifest."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from recap_desktop.exchange.package_file import LARGEST
from recap_desktop.exchange.whole_files import whole
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
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


def take_copy(path: Path, folder: Path) -> tuple[Path, str]:
    """Copy a package to a private folder under its own name; with the SHA-256 of its bytes.

    Raises:
        KnownProblem: ``package-not-ours``, ``package-not-read``, ``package-too-large``.
    """
    copy = folder / path.name
    if not path.is_file():
        raise KnownProblem("package-not-ours", file=path.name)
    return copy, _copy(path, copy)


def keep_package(path: Path, kept: Path, *, sha256: str) -> None:
    """Keep the bytes that were proved, whole or not at all.

    Args:
        path: where they came from, a stick as a rule.
        kept: as ``kept_package``.
        sha256: of the bytes that were proved.

    Raises:
        KnownProblem: ``package-not-read``; ``package-other-now`` when the file has other bytes
            than those that were proved; ``package-not-kept``.
    """
    try:
        kept.parent.mkdir(exist_ok=True)
        with whole(kept) as draft:
            if _copy(path, draft) != sha256:
                raise KnownProblem("package-other-now", file=path.name)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("package-not-kept", path=str(kept), reason=reason) from error


def _copy(path: Path, target: Path) -> str:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as source, target.open("wb") as stream:
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > LARGEST:
                    raise KnownProblem("package-too-large", file=path.name)
                digest.update(piece)
                stream.write(piece)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("package-not-read", file=str(path), reason=reason) from error
    return digest.hexdigest()
