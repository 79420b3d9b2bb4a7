"""People of the office: the roster, where a name has one id, and the names behind ids."""

from __future__ import annotations

import enum
import hashlib
from typing import TYPE_CHECKING

from recap_desktop.election.canonical import clean_text
from recap_desktop.election.journal import ROSTER_CHAIN, Draft, Kind
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office

_ID_LENGTH = 12


class Role(enum.Enum):
    """What a person does in the office (peran)."""

    OPERATOR = "operator"
    VERIFIER = "verifier"
    CHAIR = "chair"
    OBSERVER = "observer"


def person_id(name: str) -> str:
    """The id of a name: two posts that write the same name mean the same person.

    Capitals and spaces do not matter.

    Raises:
        KnownProblem: ``name-missing``.
    """
    folded = " ".join(clean_text(name).casefold().split())
    if not folded:
        raise KnownProblem("name-missing")
    return hashlib.sha256(b"REKAP/1/person/" + folded.encode()).hexdigest()[:_ID_LENGTH]


def roster(office: Office) -> dict[str, str]:
    """Names by person id, as first written in this office."""
    names: dict[str, str] = {}
    for record in office.file.journal.records_of_kind(Kind.PERSON):
        names.setdefault(record.body["id"], record.body["name"])
    return names


def enrol(office: Office, name: str, role: Role = Role.OPERATOR) -> str:
    """The id of a person, who is put on the roster when new there.

    Raises:
        KnownProblem: ``name-missing``, or when nothing can be written.
    """
    key = person_id(name)
    if key not in office.known_people:
        office.known_people |= roster(office).keys()
    if key not in office.known_people:
        body = {"id": key, "name": " ".join(clean_text(name).split()), "role": role.value}
        draft = Draft(Kind.PERSON, time=office.now(), person=key, subject={}, body=body)
        office.record(ROSTER_CHAIN, [draft])
        office.known_people.add(key)
    return key
