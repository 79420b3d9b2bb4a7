"""How far long work is: told as a share that never goes back, and where it may be given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class GivenUp(Exception):  # noqa: N818 - says what became of the work
    """A person gave long work up; whoever did it leaves nothing of it behind."""


def _tell_nobody(share: float) -> None:
    """Nobody waits: work on the command line, or a part of it."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way of long work, or one stretch of it (perjalanan kerja).

    Attributes:
        tell: is told how far the whole is, from 0 to 1; raises ``GivenUp`` to end it there.
        begins: where this stretch begins on the whole.
        ends: where it ends.
    """

    tell: Callable[[float], object] = _tell_nobody
    begins: float = 0.0
    ends: float = 1.0

    def at(self, done: int, size: int) -> None:
        """So many of so many (bytes, records) of this stretch are done.

        Raises:
            GivenUp: when a person said so.
        """
        share = min(done / size, 1.0) if size > 0 else 1.0
        self.tell(self.begins + (self.ends - self.begins) * share)

    def stretch(self, begins: float, ends: float) -> Way:
        """A part of this stretch, as shares of it."""
        length = self.ends - self.begins
        return Way(self.tell, self.begins + length * begins, self.begins + length * ends)

    def past(self, pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
        """The same pieces, while the way is told by their bytes."""
        done = 0
        for piece in pieces:
            yield piece
            done += len(piece)
            self.at(done, size)


NO_WAY = Way()
"""Of work for which nobody waits."""
