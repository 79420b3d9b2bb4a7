"""Signing in, the locked screen and the people of an office, for those who look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.rail import Place
from recap_desktop.election.records.roles import Role
from recap_desktop.office.people.people import person_named
from tests.made_up.guarded import PASSWORD, PEOPLE, give_passwords, guard
from tests.made_up.offices import TPS, tiny_office, valid_bupati

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk

CHAIR, OBSERVER = PEOPLE[Role.CHAIR], PEOPLE[Role.OBSERVER]


def guarded(path: Path) -> None:
    """A double-entry office with somebody of each role."""
    office = tiny_office(path, double_entry=True)
    guard(office)
    give_passwords(office)
    office.close()


def names(desk: OfficeDesk) -> None:
    """Who signs in."""
    desk.go_to(Place.ENTRY)


def password(desk: OfficeDesk) -> None:
    """With which password, after a wrong one."""
    desk.go_to(Place.ENTRY)
    panel = desk.entry.person
    panel.ask_password(CHAIR)
    panel.secret.setText("salah sandi")
    panel.take()


def people(desk: OfficeDesk) -> None:
    """Everybody with their role."""
    desk.session.choose_person(CHAIR, PASSWORD)
    desk.show_people()


def role(desk: OfficeDesk) -> None:
    """The role of somebody new."""
    people(desk)
    page = desk.people_page
    page.add.click()
    page.name.setText("Raden Mas Suryo Adiningrat")
    page.name.returnPressed.emit()


def locked(desk: OfficeDesk) -> None:
    """The screen of who went away from a form."""
    desk.session.choose_person(CHAIR, PASSWORD)
    desk.entry.open_station(TPS[0])
    desk.go_to(Place.ENTRY)
    desk.entry.form.show_cells(valid_bupati())
    desk.lock.look()


def observer(desk: OfficeDesk) -> None:
    """A form for who only looks on."""
    assert person_named(desk.session.office, OBSERVER).roles == {Role.OBSERVER}
    desk.session.choose_person(OBSERVER, PASSWORD)
    desk.entry.open_station(TPS[0])
    desk.go_to(Place.ENTRY)


SCENES = {
    "people-names": names,
    "people-password": password,
    "people": people,
    "people-role": role,
    "people-locked": locked,
    "people-observer": observer,
}
