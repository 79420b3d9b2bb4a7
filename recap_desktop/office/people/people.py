"""People of the office: the roster, who may act and sign a record, and who gives roles.

An office is open (a name is enough, everybody may do everything) until somebody is made a chair;
from then on it is guarded: who acts has signed in, and the table of ``election.roles`` binds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.records.journal import ROSTER_CHAIN, Draft, Kind
from recap_desktop.election.records.people import is_guarded, people_of, person_id, plain_name
from recap_desktop.election.records.roles import Deed, Role
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.records.journal import Record
    from recap_desktop.election.records.people import Person
    from recap_desktop.office.opening import Office


def people(office: Office) -> Mapping[str, Person]:
    """Everybody on the roster by id."""
    if office.people is None:
        office.people = people_of(office.file.journal.records_of_kind(Kind.PERSON))
    return office.people


def roster(office: Office) -> dict[str, str]:
    """Names by person id, as first written in this office."""
    return {key: person.name for key, person in people(office).items()}


def guarded(office: Office) -> bool:
    """Whether roles bind here and signing in needs a password."""
    return is_guarded(people(office))


def person_named(office: Office, name: str) -> Person:
    """Somebody on the roster by name.

    Raises:
        KnownProblem: ``name-missing``, ``person-unknown``.
    """
    found = people(office).get(person_id(name))
    if found is None:
        raise KnownProblem("person-unknown", name=plain_name(name))
    return found


def present(office: Office) -> Person | None:
    """Who has signed in at this opening of a guarded office; None for nobody."""
    return people(office).get(office.present)


def seen_as(office: Office, person: str) -> str:
    """Whose eyes a question is answered for: in a guarded office only who signed in is anybody."""
    return person if not guarded(office) or person == office.present else ""


def allows(office: Office, deed: Deed, person: str = "") -> bool:
    """Whether somebody may do a deed here.

    Args:
        office: the open office.
        deed: what they want to do.
        person: an id of the roster; empty is whoever has signed in.
    """
    if not guarded(office):
        return True
    found = people(office).get(person or office.present)
    return found is not None and found.may(deed)


def require_deed(office: Office, deed: Deed) -> None:
    """Refuse a deed that makes no record of a person, where who signed in may not do it.

    Raises:
        KnownProblem: ``sign-in-missing``, ``role-cannot-...``.
    """
    if guarded(office):
        _require(present(office), deed)


def _require(person: Person | None, deed: Deed) -> Person:
    if person is None:
        raise KnownProblem("sign-in-missing")
    if not person.may(deed):
        raise KnownProblem(f"role-cannot-{deed.value}", name=person.name)
    return person


def signer(office: Office, name: str, deed: Deed) -> str:
    """The id of a person who does a deed and whose record it will be.

    In an open office a new name is put on the roster.

    Raises:
        KnownProblem: ``name-missing``; in a guarded office ``person-unknown``,
            ``sign-in-missing``, ``sign-in-other``, ``role-cannot-...``; or when nothing can be
            written.
    """
    if not guarded(office):
        return _enrol(office, name)
    person = person_named(office, name)
    here = present(office)
    if here is not None and here.id != person.id:
        raise KnownProblem("sign-in-other", name=person.name, present=here.name)
    return _require(here, deed).id


def _enrol(office: Office, name: str) -> str:
    """The id of a person of an open office, who is put on the roster when new there."""
    key = person_id(name)
    if key not in people(office):
        body = {"id": key, "name": plain_name(name), "role": Role.OPERATOR.value}
        draft = Draft(Kind.PERSON, time=office.now(), person=key, subject={}, body=body)
        office.record(ROSTER_CHAIN, [draft])
    return key


def add_person(office: Office, name: str, role: Role, *, by: str) -> Record:
    """Put somebody on the roster with a role; the first chair makes the office guarded.

    Somebody who only wrote their own name gets the role they are given here.

    Raises:
        KnownProblem: ``name-missing``, ``person-known`` when they have a role already, and as
            ``signer``.
    """
    office.require_writable()
    found = people(office).get(person_id(name))
    if found is not None and found.is_given:
        raise KnownProblem("person-known", name=found.name)
    return _give(office, plain_name(name), role, by=by)


def give_role(office: Office, name: str, role: Role, *, by: str) -> Record:
    """Give somebody on the roster another role, over all that was said of them so far.

    Raises:
        KnownProblem: ``person-unknown``, ``role-unchanged``, ``last-chair`` when nobody would be
            left to decide, and as ``signer``.
    """
    office.require_writable()
    person = person_named(office, name)
    if person.is_given and person.roles == {role} and len(person.live) == 1:
        raise KnownProblem("role-unchanged", name=person.name)
    return _give(office, person.name, role, by=by)


def _give(office: Office, name: str, role: Role, *, by: str) -> Record:
    giver = signer(office, by, Deed.MANAGE_PEOPLE)
    key = person_id(name)
    known = people(office)
    others = (person for other, person in known.items() if other != key)
    if guarded(office) and role is not Role.CHAIR and not any(p.is_chair for p in others):
        raise KnownProblem("last-chair", name=name)
    live = known[key].live if key in known else ()
    body = {"id": key, "name": name, "role": role.value}
    draft = Draft(Kind.PERSON, time=office.now(), person=giver, subject={}, body=body, over=live)
    (record,) = office.record(ROSTER_CHAIN, [draft])
    return record
