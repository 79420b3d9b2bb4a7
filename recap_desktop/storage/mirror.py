"""The mirror: every committed record once more, in a plain file on a second medium.

One line a record, its canonical bytes; the first line is the definition. Whoever has the mirror
alone can make a new office from it. A medium that is pulled out stops nothing: the mirror is
then ``missing`` and catches up when the medium is back.
"""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from recap_desktop.storage.office_file import OfficeFile

SUFFIX = ".cermin"
_BLOCK = 64 * 1024


class Mirror:
    """A growing copy of an office's journal on another medium.

    Attributes:
        path: the mirror file.
        is_present: whether the last write reached it.
    """

    def __init__(self, folder: Path, file: OfficeFile) -> None:
        """Mirror ``file`` into ``folder``, under the name of the office file."""
        self.path = folder / (file.path.stem + SUFFIX)
        self.is_present = False
        self._file = file

    def append(self, raws: Iterable[bytes]) -> None:
        """Add records that were just committed; a missing medium is noted, not raised."""
        if not self.is_present:
            self.try_to_catch_up()
            return
        try:
            self._write(raws)
        except OSError:
            self.is_present = False

    def try_to_catch_up(self) -> bool:
        """Bring the mirror up to the journal if its medium is there; whether it is."""
        try:
            self.catch_up()
        except KnownProblem:
            self.is_present = False
        return self.is_present

    def catch_up(self) -> None:
        """Write what the mirror lacks; a last line that was cut off is written again.

        Raises:
            KnownProblem: ``mirror-cannot-be-written``, ``mirror-of-another-office``.
        """
        try:
            # Before anything is read: a save does not wait for a medium that is away.
            self.path.parent.stat()
            self._cut_last_line()
            own = itertools.chain(
                (self._file.definitions.raw(),),
                (raw for _, raw in self._file.journal.raw_records()),
            )
            if any(line != next(own, None) for line in self._lines()):
                raise KnownProblem("mirror-of-another-office", path=str(self.path))
            self._write(own)
        except OSError as error:
            self.is_present = False
            raise KnownProblem(
                "mirror-cannot-be-written", path=str(self.path), reason=reason_of(error)
            ) from error
        self.is_present = True

    def _cut_last_line(self) -> None:
        """Take away a last line that was not written to its end."""
        if not self.path.exists():
            return
        with self.path.open("r+b") as stream:
            at = size = stream.seek(0, os.SEEK_END)
            end = -1
            while at and end < 0:
                at = max(0, at - _BLOCK)
                stream.seek(at)
                end = stream.read(_BLOCK).rfind(b"\n")
            whole = at + end + 1
            if whole < size:
                stream.truncate(whole)

    def _lines(self) -> Iterator[bytes]:
        if self.path.exists():
            with self.path.open("rb") as stream:
                for line in stream:
                    yield line[:-1]

    def _write(self, raws: Iterable[bytes]) -> None:
        # Not made here: a folder that vanished means that the medium is gone.
        with self.path.open("ab") as stream:
            stream.writelines(raw + b"\n" for raw in raws)
            stream.flush()
            os.fsync(stream.fileno())


def read_mirror(path: Path) -> tuple[bytes, list[bytes]]:
    """The definition and the records of a mirror, up to its last whole line.

    Raises:
        KnownProblem: ``mirror-cannot-be-read``, ``mirror-empty``.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KnownProblem(
            "mirror-cannot-be-read", path=str(path), reason=reason_of(error)
        ) from error
    lines = data[: data.rfind(b"\n") + 1].split(b"\n")[:-1]
    if not lines:
        raise KnownProblem("mirror-empty", path=str(path))
    return lines[0], lines[1:]
