"""What verbs about keys ask for: the key file, its passphrase, and groups typed from a letter."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli.opened import asked_secret, given_secret
from recap_desktop.cli.values import PATH
from recap_desktop.cli.verbs import option, say, session
from recap_desktop.office.keys.key_typing import shown
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_VARIABLE = "RECAP_PASSPHRASE"
_ROW = 4


PASSPHRASE_FILE = option(
    "--passphrase-file", "file", about="passphrase-file", metavar="file", type=PATH
)


def key_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb ``--key`` and ``--passphrase-file``."""
    key = option("--key", "key_path", about="key", metavar="file", type=PATH, required=True)
    return key(PASSPHRASE_FILE(function))


GROUPS = option("--groups", metavar="groups", default="")
"""Groups of a fingerprint, for scripts and where nobody can be asked."""


def passphrase_of(file: Path | None) -> str:
    """The passphrase of a key: from a file or variable that was given, else asked unseen.

    Raises:
        KnownProblem: ``passphrase-missing`` where nobody can be asked;
            ``password-file-unreadable``.
    """
    missing = KnownProblem("passphrase-missing")
    given = given_secret(file, _VARIABLE)
    return given or asked_secret(session().words["cli.key.passphrase"], missing)


def certificate_passphrase(file: Path | None) -> str:
    """The passphrase of a certificate that an authority gave out, as ``passphrase_of``.

    Raises:
        KnownProblem: as ``passphrase_of``.
    """
    missing = KnownProblem("passphrase-missing")
    given = given_secret(file, _VARIABLE)
    return given or asked_secret(session().words["cli.key.certificate-passphrase"], missing)


def new_passphrase(file: Path | None) -> str:
    """The passphrase of a new key, asked twice where it was not given.

    Raises:
        KnownProblem: as ``passphrase_of``; ``passphrase-not-repeated``.
    """
    given = given_secret(file, _VARIABLE)
    if given:
        return given
    words, missing = session().words, KnownProblem("passphrase-missing")
    first = asked_secret(words["cli.key.new-passphrase"], missing)
    if asked_secret(words["cli.key.repeat"], missing) != first:
        raise KnownProblem("passphrase-not-repeated")
    return first


def typed_groups(given: str, key: str, *, name: str) -> str:
    """The hidden groups of a fingerprint: as they were given, else asked with the others shown.

    Args:
        given: with ``--groups``; empty to ask.
        key: raw public key in hex.
        name: whose key it is said to be.

    Raises:
        KnownProblem: ``groups-missing`` where nobody can be asked.
    """
    if given:
        return given
    seen = shown(key)
    if not sys.stdin.isatty():
        raise KnownProblem("groups-missing", groups=seen.numbers)
    say("cli.key.compare", name=name)
    show_groups(seen.groups)
    words = session().words
    typed = [click.prompt(words("cli.key.group", number=number), err=True) for number in seen.asked]
    return " ".join(typed)


def show_groups(groups: tuple[str, ...]) -> None:
    """Print a fingerprint as its letter shows it: in four columns, numbered downwards."""
    rows = len(groups) // _ROW
    numbered = [f"{number:>4} {group}" for number, group in enumerate(groups, start=1)]
    for row in range(rows):
        click.echo("".join(numbered[row::rows]))
