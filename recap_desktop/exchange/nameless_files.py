"""Bytes that lie on the laptop's own disk and not in memory, in a file without a name."""

from __future__ import annotations

import tempfile
import weakref
from functools import partial
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1024 * 1024


class NamelessFile:
    """A file that is gone once nobody holds it, or the program ends.

    Attributes:
        file: open, to be written and read by one thread at a time.
    """

    file: IO[bytes]

    def __init__(self) -> None:
        """Empty.

        Raises:
            OSError: when the disk refuses.
        """
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the next line
        weakref.finalize(self, self.file.close)

    def pieces(self) -> Iterator[bytes]:
        """All of it, piece by piece."""
        self.file.seek(0)
        yield from iter(partial(self.file.read, _PIECE), b"")
