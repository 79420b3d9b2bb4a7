"""``people``: who works in the office, with which role, and the passwords of this laptop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import new_password, opened, password_of
from recap_desktop.cli.values import BY, FORMAT, MAYBE_BY, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import VerbGroup, option, say, session, verb
from recap_desktop.election.records.roles import Role
from recap_desktop.office.people import people as known
from recap_desktop.office.people import signing_in
from recap_desktop.office.people.signing_in import Entrance
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.election.records.people import Person
    from recap_desktop.office.opening import Office

_ROLE = option("--role", type=OneOf([role.value for role in Role]), required=True)
_NAME = option("--name", about="person-name", metavar="name", required=True)
_COLUMNS = ("name", "roles", "password", "person")


@click.group("people", cls=VerbGroup, key="people")
def people() -> None:
    """Verbs about people."""


@verb("show", key="people-show")
@OFFICE
@FORMAT
def _show(path: Path, shape: str) -> None:
    with opened(path) as office:
        is_guarded = known.guarded(office)
        rows = [
            {**_data(person), "password": is_guarded and signing_in.has_password(office, person)}
            for person in known.people(office).values()
        ]
    if shape == "json":
        tables.show_json({"guarded": is_guarded, "people": rows})
    elif shape == "csv":
        plain = [
            {**row, "roles": " ".join(row["roles"]), "password": int(row["password"])}
            for row in rows
        ]
        tables.show_csv(_COLUMNS, plain)
    else:
        say(f"cli.people.{'guarded' if is_guarded else 'open'}")
        tables.show_table(_COLUMNS[:3], [[*_shown(row)] for row in rows])


def _data(person: Person) -> dict[str, Any]:
    roles = sorted(role.value for role in person.roles)
    return {"name": person.name, "roles": roles, "person": person.id}


def _shown(row: dict[str, Any]) -> tuple[str, str, str]:
    words = session().words
    roles = ", ".join(words[f"role.{role}"] for role in row["roles"])
    return row["name"], roles, words["cli.people.has-password"] if row["password"] else ""


@verb("add", key="people-add")
@OFFICE
@_NAME
@_ROLE
@BY
def _add(path: Path, name: str, role: str, by: str) -> None:
    with opened(path, by) as office:
        was_guarded = known.guarded(office)
        known.add_person(office, name, Role(role), by=by)
        is_guarded = known.guarded(office)
    say("cli.people.added", name=name, role=session().words[f"role.{role}"])
    if is_guarded and not was_guarded:
        say("cli.people.now-guarded", name=name)


@verb("role", key="people-role")
@OFFICE
@_NAME
@_ROLE
@BY
def _role(path: Path, name: str, role: str, by: str) -> None:
    with opened(path, by) as office:
        was_guarded = known.guarded(office)
        known.give_role(office, name, Role(role), by=by)
        is_guarded = known.guarded(office)
    say("cli.people.added", name=name, role=session().words[f"role.{role}"])
    if is_guarded and not was_guarded:
        say("cli.people.now-guarded", name=name)


@verb("password", key="people-password")
@OFFICE
@_NAME
@MAYBE_BY
@option("--new-password-file", "file", about="new-password-file", metavar="file", type=PATH)
@option("--owner", is_flag=True)
@option("--reason", about="owner-reason", metavar="text", default="")
def _password(
    path: Path, name: str, by: str, *, file: Path | None, owner: bool, reason: str
) -> None:
    if bool(by) == owner:
        raise KnownProblem("usage-password-by")
    with opened(path) as office:
        person = known.person_named(office, name)
        if owner:
            signing_in.reset_password(office, name, new_password(name, file), reason=reason)
        elif known.person_named(office, by).id == person.id:
            _own_password(office, name, file)
        else:
            signing_in.sign_in(office, by, password_of(by))
            signing_in.set_password(office, name, new_password(name, file), by=by)
    say("cli.people.password-set", name=person.name)


def _own_password(office: Office, name: str, file: Path | None) -> None:
    """The first of this laptop, which a chair sets, or a change of one's own."""
    if signing_in.entrance(office, name) is Entrance.FIRST:
        signing_in.set_first_password(office, name, new_password(name, file))
        return
    old = password_of(name)
    signing_in.sign_in(office, name, old)
    signing_in.change_password(office, old, new_password(name, file))


for _verb in (_show, _add, _role, _password):
    people.add_command(_verb)
