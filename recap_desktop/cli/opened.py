"""An office opened for one verb, in somebody's name where it asks who, and closed after it."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

import click

from recap_desktop.cli.verbs import session
from recap_desktop.office.opening import open_office
from recap_desktop.office.people.signing_in import Entrance, entrance, sign_in
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recap_desktop.office.opening import Office

_PASSWORD, _NEW_PASSWORD = "RECAP_PASSWORD", "RECAP_NEW_PASSWORD"


@contextlib.contextmanager
def opened(path: Path, by: str = "") -> Iterator[Office]:
    """Open an office file as long as a verb works with it.

    Args:
        path: the office file.
        by: name of who does it; signs in where the office asks for a password.

    Raises:
        KnownProblem: as ``open_office`` and ``sign_in``; and what the disk refuses meanwhile.
    """
    office = open_office(path)
    try:
        with office.file.told_plainly():
            if by:
                _identify(office, by)
            yield office
    finally:
        office.close()


def _identify(office: Office, by: str) -> None:
    way = entrance(office, by)
    if way is Entrance.NAME:
        return
    password = password_of(by) if way is Entrance.PASSWORD else ""
    sign_in(office, by, password)


def password_of(name: str) -> str:
    """The password of who does it: from the file or variable that was named, else asked hidden.

    Raises:
        KnownProblem: ``password-missing`` where nobody can be asked; ``password-file-unreadable``.
    """
    given = given_secret(session().password_file, _PASSWORD)
    if given:
        return given
    return _asked(session().words("cli.people.password-of", name=name), name)


def new_password(name: str, file: Path | None) -> str:
    """A new password, asked twice where it was not given.

    Raises:
        KnownProblem: ``password-missing``, ``password-file-unreadable``,
            ``password-not-repeated``.
    """
    given = given_secret(file, _NEW_PASSWORD)
    if given:
        return given
    words = session().words
    first = _asked(words("cli.people.new-password-of", name=name), name)
    if _asked(words["cli.people.repeat"], name) != first:
        raise KnownProblem("password-not-repeated")
    return first


def given_secret(file: Path | None, variable: str) -> str:
    """The first line of a file; else a variable of the environment.

    Raises:
        KnownProblem: ``password-file-unreadable``.
    """
    if file is None:
        return os.environ.get(variable, "")
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "EILSEQ"
        raise KnownProblem("password-file-unreadable", path=str(file), reason=reason) from error
    return lines[0] if lines else ""


def _asked(text: str, name: str) -> str:
    return asked_secret(text, KnownProblem("password-missing", name=name))


def asked_secret(text: str, missing: KnownProblem) -> str:
    """What somebody types unseen; ``missing`` is raised where nobody can be asked."""
    if not sys.stdin.isatty():
        raise missing
    return str(click.prompt(text, hide_input=True, err=True, default="", show_default=False))
