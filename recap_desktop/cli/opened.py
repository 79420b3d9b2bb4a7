"""An office opened for one verb, and closed after it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from recap_desktop.office.opening import open_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recap_desktop.office.opening import Office


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Office]:
    """Open an office file as long as a verb works with it.

    Raises:
        KnownProblem: as ``open_office``; and what the disk refuses meanwhile.
    """
    office = open_office(path)
    try:
        with office.file.told_plainly():
            yield office
    finally:
        office.close()
