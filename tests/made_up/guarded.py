"""A guarded office with one person of each role, for tests of every room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.roles import Role
from recap_desktop.office.people.people import add_person
from recap_desktop.office.people.signing_in import set_first_password, set_password, sign_in

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office

PEOPLE = {
    Role.OPERATOR: "Oki",
    Role.VERIFIER: "Vera",
    Role.CHAIR: "Ketut",
    Role.OBSERVER: "Bejo",
}
PASSWORD = "merpati 2024"  # noqa: S105 - of people who are made up


def guard(office: Office) -> None:
    """Give everybody their role, the chair first; nobody has signed in after it."""
    chair = PEOPLE[Role.CHAIR]
    add_person(office, chair, Role.CHAIR, by=chair)
    stand(office, Role.CHAIR)
    for role, name in PEOPLE.items():
        if role is not Role.CHAIR:
            add_person(office, name, role, by=chair)
    office.present = ""


def stand(office: Office, role: Role) -> str:
    """Let the person of a role act as if they had given their password; their name."""
    office.present = person_id(PEOPLE[role])
    return PEOPLE[role]


def give_passwords(office: Office) -> None:
    """Set the same password for everybody; the chair has signed in after it."""
    chair = PEOPLE[Role.CHAIR]
    set_first_password(office, chair, PASSWORD)
    for role, name in PEOPLE.items():
        if role is not Role.CHAIR:
            set_password(office, name, PASSWORD, by=chair)
    sign_in(office, chair, PASSWORD)
