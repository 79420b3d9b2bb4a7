"""All that an office holds, to be compared with what it held before; and its clock, set anew."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tests.made_up.offices import Clock

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office


def set_clock(office: Office, year: int) -> None:
    """The clock of a laptop goes on from a year."""
    clock = office._clock
    assert isinstance(clock, Clock)
    clock.time = clock.time.replace(year=year)


def content(office: Office) -> tuple[list[str], list[str]]:
    """All that an office file holds, in words, and what is kept beside it."""
    path = office.file.path
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
        rows = list(connection.iterdump())
    connection.close()
    beside = [str(found) for found in path.parent.rglob("*") if f"{path.stem}.paket" in str(found)]
    return rows, sorted(beside)
