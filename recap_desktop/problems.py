"""What can go wrong outside the program: known problems and faults, told by code, worded later."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Detail = str | int


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong at one place of something a person gave us.

    Attributes:
        code: names the sentence in resources/words (``fault.<code>``).
        details: what the sentence fills in.
        file: name of the file as the person knows it; empty when there is only one.
        line: line in that file, counted from 1; 0 when the fault is of the whole file.
    """

    code: str
    details: Mapping[str, Detail] = field(default_factory=dict)
    file: str = ""
    line: int = 0


class KnownProblem(Exception):  # noqa: N818 - the house's word: a problem is not our error
    """Something outside the program that a person can mend; shown calmly, never as a crash.

    Args:
        code: names the sentence in resources/words (``problem.<code>``).
        faults: every fault found, not only the first, where the input had many places.
        details: what the sentence fills in.
    """

    def __init__(self, code: str, *, faults: Iterable[Fault] = (), **details: Detail) -> None:
        super().__init__(code, details)
        self.code = code
        self.faults = tuple(faults)
        self.details = details


def reason_of(error: OSError) -> str:
    """Why the system refused, by the name of its error: worded as ``reason.<name>``."""
    return errno.errorcode.get(error.errno or errno.EIO, "EIO")
