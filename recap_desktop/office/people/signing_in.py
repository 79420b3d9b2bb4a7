"""Signing in at this laptop: who needs a password, who sets one for whom, and what is recorded."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import ROSTER_CHAIN, Draft, Kind
from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.passwords import Passwords, require_sensible
from recap_desktop.office.people.people import (
    guarded,
    people,
    person_named,
    present,
    signer,
)
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.election.records.journal import Record
    from recap_desktop.election.records.people import Person
    from recap_desktop.office.opening import Office

_FOLDER = "people"


class Entrance(enum.Enum):
    """What somebody must give to sign in at this laptop (pintu masuk)."""

    NAME = "name"
    PASSWORD = "password"  # noqa: S105 - the word, not one
    FIRST = "first"
    """They are a chair and set the first password of this laptop themselves."""
    ASK_CHAIR = "ask-chair"
    """They have none here yet: a chair sets it."""


def _passwords(office: Office) -> Passwords:
    """Those of this office at this machine; copies of one office file share them."""
    first = office.file.journal.records_of_kind(Kind.GENESIS)[0]
    return Passwords(places.machine_data(_FOLDER) / f"{first.id[:24]}.json")


def entrance(office: Office, name: str) -> Entrance:
    """What somebody must give to sign in.

    Raises:
        KnownProblem: ``name-missing``; in a guarded office ``person-unknown``.
    """
    if not guarded(office):
        person_id(name)
        return Entrance.NAME
    person, kept = person_named(office, name), _passwords(office)
    if kept.has(person.id):
        return Entrance.PASSWORD
    chairs = (other for other in people(office).values() if other.is_chair)
    is_first = person.is_chair and office.can_write and not any(kept.has(c.id) for c in chairs)
    return Entrance.FIRST if is_first else Entrance.ASK_CHAIR


def has_password(office: Office, person: Person) -> bool:
    """Whether somebody can sign in at this laptop."""
    return _passwords(office).has(person.id)


def sign_in(office: Office, name: str, password: str = "") -> str:
    """Let somebody act from now on; id of the person. In an open office a name is enough.

    Raises:
        KnownProblem: ``name-missing``; in a guarded office ``person-unknown``,
            ``password-missing``, ``password-wrong`` ..., ``password-wait``,
            ``password-first`` where a chair is to set one, ``password-not-set`` where another
            is to ask a chair.
    """
    way = entrance(office, name)
    if way is Entrance.NAME:
        return signer(office, name, Deed.ENTER) if office.can_write else person_id(name)
    person = person_named(office, name)
    if way is Entrance.FIRST:
        raise KnownProblem("password-first", name=person.name)
    if way is Entrance.ASK_CHAIR:
        raise KnownProblem("password-not-set", name=person.name)
    if not password:
        raise KnownProblem("password-missing", name=person.name)
    _passwords(office).check(person.id, password, now=_seconds(office))
    office.present = person.id
    return person.id


def sign_out(office: Office) -> None:
    """Let nobody act until somebody signs in again."""
    office.present = ""


def set_first_password(office: Office, name: str, password: str) -> str:
    """Sign in as a chair at a laptop where no chair has a password, by setting one; recorded.

    Raises:
        KnownProblem: ``password-not-first``, ``password-short`` ...; or when nothing can be
            written.
    """
    office.require_writable()
    if entrance(office, name) is not Entrance.FIRST:
        raise KnownProblem("password-not-first", name=person_named(office, name).name)
    person = person_named(office, name)
    require_sensible(password, name=person.name)
    _put_on_record(office, person, by=person.id)
    _passwords(office).set(person.id, password)
    office.present = person.id
    return person.id


def set_password(office: Office, name: str, password: str, *, by: str) -> Record:
    """Set somebody else's password at this laptop, first or anew; that it was set is recorded.

    Raises:
        KnownProblem: ``office-is-open``, ``person-unknown``, ``password-short`` ..., and as
            ``signer``.
    """
    office.require_writable()
    _require_guarded(office)
    giver = signer(office, by, Deed.MANAGE_PEOPLE)
    person = person_named(office, name)
    require_sensible(password, name=person.name)
    record = _put_on_record(office, person, by=giver)
    _passwords(office).set(person.id, password)
    return record


def change_password(office: Office, old: str, new: str) -> None:
    """Change the password of who has signed in.

    Raises:
        KnownProblem: ``office-is-open``, ``sign-in-missing``, ``password-wrong`` ...,
            ``password-wait``, ``password-short`` ....
    """
    _require_guarded(office)
    person = present(office)
    if person is None:
        raise KnownProblem("sign-in-missing")
    require_sensible(new, name=person.name)
    kept = _passwords(office)
    kept.check(person.id, old, now=_seconds(office))
    kept.set(person.id, new)


def reset_password(office: Office, name: str, password: str, *, reason: str) -> Record:
    """Set a password as the owner of the laptop, who can always do it; it is recorded with why.

    Raises:
        KnownProblem: ``office-is-open``, ``person-unknown``, ``reason-missing``,
            ``password-short`` ...; or when nothing can be written.
    """
    office.require_writable()
    _require_guarded(office)
    person = person_named(office, name)
    said = clean_text(reason)
    if not said:
        raise KnownProblem("reason-missing")
    require_sensible(password, name=person.name)
    record = _put_on_record(office, person, owner=True, reason=said)
    _passwords(office).set(person.id, password)
    return record


def _require_guarded(office: Office) -> None:
    if not guarded(office):
        raise KnownProblem("office-is-open")


def _put_on_record(
    office: Office, person: Person, *, by: str = "", owner: bool = False, reason: str = ""
) -> Record:
    body = {"id": person.id, "owner": int(owner), "reason": reason}
    draft = Draft(Kind.PASSWORD, time=office.now(), person=by, subject={}, body=body)
    (record,) = office.record(ROSTER_CHAIN, [draft])
    return record


def _seconds(office: Office) -> float:
    return dt.datetime.fromisoformat(office.now()).timestamp()
