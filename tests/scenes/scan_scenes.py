"""The scan beside the form, as it is grabbed for a person to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.office.scans.attaching import attach
from tests.made_up.offices import BUPATI, TPS, tiny_office
from tests.made_up.scans import jpeg, put

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk

BY = "Siti Aminah"


def photo(path: Path) -> None:
    """An office with a photo of the first TPS."""
    office = tiny_office(path)
    taken = put(path.parent, "32.07.01.1001.001 hal 1.jpg", jpeg("C.HASIL", (1200, 1700)))
    attach(office, BUPATI, TPS[0], taken, by=BY)
    office.close()


def look_at_scan(desk: OfficeDesk) -> None:
    """The photo beside the form."""
    desk.session.choose_person(BY)
    desk.session.station_asked.emit(TPS[0])
    desk.entry.beside.turn()
