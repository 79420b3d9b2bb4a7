"""The office of Ciamis after its plenary: attendance, objections, corrections, all closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.records.plenary import Presence, Turn
from recap_desktop.office.opening import create_office_for
from recap_desktop.office.plenary.plenaries import attend, attendance, declare
from tests.made_up.offices import Clock
from tests.made_up.plenary_play import (
    BUPATI,
    KECAMATAN,
    LEADER,
    PLACE,
    READER,
    Hall,
    election,
    finish,
    play,
    type_beforehand,
)

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.office.opening import Office


def opened_hall(path: Path) -> Office:
    """Before anything is typed: the plenary is open and people sit down."""
    office = create_office_for(
        path, election=election(), region=KECAMATAN, double_entry=True, clock=Clock()
    )
    declare(office, Turn.OPENED, by=READER, place=PLACE, leader=LEADER, at="28-11-2024 09.10 WIB")
    for number, name in enumerate(("Siti Aminah, S.Pd.", "Dede Kurnia"), start=1):
        seat = "ketua" if number == 1 else f"anggota-{number}"
        attend(office, by=READER, seat=seat, name=name)
    attend(
        office, by=READER, seat="saksi-2", contest=BUPATI, name="Budi Santoso", mandate="012/TIM"
    )
    attend(office, by=READER, seat="panwas", name="Rina Marlina, S.H.", mandate="7/PW/2024")
    return office


def after_the_plenary(path: Path) -> Office:
    """Everything was read, corrected, objected to and closed, twice."""
    acted = play()
    office = opened_hall(path)
    type_beforehand(office, acted)
    hall = Hall(office, acted)
    for at, desa in enumerate(acted.desas):
        if at == 1:
            declare(
                office, Turn.SUSPENDED, by=READER, at="28-11-2024 12.00 WIB", reason="istirahat"
            )
            declare(office, Turn.RESUMED, by=READER, at="28-11-2024 13.00 WIB")
        for _ in hall.steps(desa):
            pass
    gone = next(one for one in attendance(office) if one.seat == "panwas")
    attend(
        office,
        by=READER,
        seat="panwas",
        name=gone.name,
        mandate=gone.mandate,
        presence=Presence.LEFT,
        replaces=gone.id,
    )
    finish(office)
    return office
