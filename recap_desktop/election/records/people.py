"""The people of an office, read off the records of its roster: who there is, with which role.

What somebody may do is a function of the set of records, so that laptops that exchanged agree.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.roles import Role, may
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.records.journal import Record
    from recap_desktop.election.records.roles import Deed

_ID_LENGTH = 12


def plain_name(name: str) -> str:
    """A name as it is written on the roster.

    Raises:
        KnownProblem: ``name-missing``.
    """
    plain = " ".join(clean_text(name).split())
    if not plain:
        raise KnownProblem("name-missing")
    return plain


def person_id(name: str) -> str:
    """The id of a name: two posts that write the same name mean the same person.

    Capitals and spaces do not matter.

    Raises:
        KnownProblem: ``name-missing``.
    """
    folded = plain_name(name).casefold()
    return hashlib.sha256(b"REKAP/1/person/" + folded.encode()).hexdigest()[:_ID_LENGTH]


@dataclass(frozen=True, slots=True)
class Person:
    """One who works in the office, as far as records tell (orang).

    Attributes:
        id: in every record this person makes.
        name: as first written.
        roles: what they are; several where laptops said different things of one who may then do
            only what all of these allow, until a chair says it anew.
        live: ids of the records a change of role must name.
        once: every role they were ever given or took by writing their name.
        is_given: whether somebody gave them their role; who only wrote their name has none that
            was given.
    """

    id: str
    name: str
    roles: frozenset[Role]
    live: tuple[str, ...] = ()
    once: frozenset[Role] = field(default_factory=frozenset)
    is_given: bool = False

    @property
    def is_chair(self) -> bool:
        """Whether they decide, and manage people."""
        return self.roles == {Role.CHAIR}

    def may(self, deed: Deed) -> bool:
        """Whether their role allows it."""
        return may(self.roles, deed)


def is_self_written(record: Record) -> bool:
    """Whether a person record says no more than that somebody wrote their own name."""
    body = record.body
    is_own = record.person == body["id"] and not record.over
    return is_own and body["role"] == Role.OPERATOR.value


def people_of(records: Iterable[Record]) -> dict[str, Person]:
    """Everybody on the roster by id, in the order of the records.

    A role that was given outranks a name that was only written, in whatever order they come. Of
    several given ones that nobody replaced all hold. Were no chair left by that (two laptops
    each ended one), those of whom a laptop still says it are chairs, else all who ever were:
    nobody may be left unable to work.

    Args:
        records: person records, of any post; others are passed over.
    """
    said: dict[str, dict[str, Record]] = {}
    for record in records:
        if record.kind == Kind.PERSON.value:
            said.setdefault(record.body["id"], {})[record.id] = record
    people = {key: _person(key, own) for key, own in said.items()}
    if is_guarded(people) and not any(person.is_chair for person in people.values()):
        still = [key for key, person in people.items() if Role.CHAIR in person.roles]
        for key in still or [k for k, person in people.items() if Role.CHAIR in person.once]:
            people[key] = replace(people[key], roles=frozenset({Role.CHAIR}))
    return people


def _person(key: str, own: Mapping[str, Record]) -> Person:
    named = {other for record in own.values() for other in record.over}
    live = [record for record in own.values() if record.id not in named]
    given = [record for record in live if not is_self_written(record)]
    first = next(iter(own.values()))
    return Person(
        id=key,
        name=first.body["name"],
        roles=frozenset(Role(record.body["role"]) for record in given or live),
        live=tuple(sorted(record.id for record in live)),
        once=frozenset(Role(record.body["role"]) for record in own.values()),
        is_given=bool(given),
    )


def is_guarded(people: Mapping[str, Person]) -> bool:
    """Whether roles bind: somebody was made a chair, which nothing but managing people does."""
    return any(Role.CHAIR in person.once for person in people.values())
