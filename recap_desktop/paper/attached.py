"""Files that lie inside a PDF, for programs to read: results beside the pages that show them."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Attached:
    """One file in a PDF (lampiran berkas), packed as it will lie there.

    Attributes:
        name: as a reader of PDF lists it.
        about: one line for whoever looks at the list.
        media: e.g. ``application/json``.
        packed: its bytes, deflated.
        size: of its bytes.
        md5: of its bytes in hex, as PDF asks for; nothing is proved by it.
    """

    name: str
    about: str
    media: str
    packed: bytes
    size: int
    md5: str

    @classmethod
    def of(cls, name: str, about: str, media: str, pieces: Iterable[bytes]) -> Self:
        """A file from its bytes, piece by piece: a province's is 17 MB, packed 1."""
        engine, digest, size, packed = zlib.compressobj(), hashlib.md5(usedforsecurity=False), 0, []
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            packed.append(engine.compress(piece))
        packed.append(engine.flush())
        return cls(name, about, media, b"".join(packed), size, digest.hexdigest())

    @property
    def raw(self) -> bytes:
        """Its bytes."""
        return zlib.decompress(self.packed)
