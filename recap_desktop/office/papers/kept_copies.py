"""The bytes of copies as they left this laptop: pages of them come again whatever changed since.

A copy is drawn again from its records. Where a newer program draws otherwise, or a draft has moved
on, the kept bytes are taken; the record names them by their hash. They lie on this machine only,
the newest up to a limit: a copy of which nothing is kept is drawn.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.exchange.nameless_files import NamelessFile
from recap_desktop.exchange.whole_files import write_whole_parts
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 1024 * 1024 * 1024
"""Bytes of all kept copies together."""

_PIECE = 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")


def _folder() -> Path:
    return places.machine_data("copies")


def keep(pdf: NamelessFile, sha256: str) -> None:
    """Keep a copy that leaves now; where that does not go, it is only drawn again later.

    Args:
        pdf: all of it.
        sha256: of its bytes.
    """
    with contextlib.suppress(OSError, KnownProblem):
        path = _folder() / sha256
        if not path.exists():
            write_whole_parts(path, pdf.pieces())
            _make_room(path)


def _make_room(newest: Path) -> None:
    """Let the oldest go until all together are within the limit."""
    sizes = {path: path.stat() for path in newest.parent.iterdir()}
    left = LIMIT - sizes.pop(newest).st_size
    for path, known in sorted(sizes.items(), key=lambda item: item[1].st_mtime, reverse=True):
        left -= known.st_size
        if left < 0:
            path.unlink(missing_ok=True)


def is_kept(sha256: str) -> bool:
    """Whether something lies there under this hash; whether it is that is proved by ``kept``."""
    with contextlib.suppress(KnownProblem):
        return bool(_HASH.fullmatch(sha256)) and (_folder() / sha256).is_file()
    return False


def kept(sha256: str) -> NamelessFile | None:
    """A copy that left here, proved by its hash; None where it is not kept.

    Raises:
        OSError: when there is no room for it.
    """
    if not _HASH.fullmatch(sha256):
        return None
    found, digest = NamelessFile(), hashlib.sha256()
    try:
        with (_folder() / sha256).open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                found.file.write(piece)
    except (FileNotFoundError, PermissionError, KnownProblem):
        return None
    return found if digest.hexdigest() == sha256 else None
