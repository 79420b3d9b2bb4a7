"""A total that does not add up, and the question why it stands so, for those who look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.pad import press
from tests.made_up.offices import TPS

if TYPE_CHECKING:
    from recap_desktop.desk.office_desk import OfficeDesk

BY = "Siti Aminah"


def slip(desk: OfficeDesk) -> None:
    """One total that does not add up, in a form that is half typed."""
    desk.session.choose_person(BY)
    desk.session.station_asked.emit(TPS[0])
    press("150\n160\n309\n70\n75\n145\n")


def mark(desk: OfficeDesk) -> None:
    """Why a finding stands so on the paper is asked."""
    slip(desk)
    desk.entry.findings.mark_asked.emit("voters.dpt.jml")
