"""The root of an election, asked when an office is made: typed from its letter, or left for later."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from recap_desktop.cli.key_values import show_groups
from recap_desktop.cli.verbs import say, session
from recap_desktop.election.records.people import plain_name
from recap_desktop.office.keys.key_typing import require_typed, shown
from recap_desktop.office.keys.roots_beside import read_root_for, roots_beside
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.office.keys.taking_certificates import Offered


@dataclass(frozen=True, slots=True)
class TypedRoot:
    """A root whose groups were typed, and by whom."""

    offered: Offered
    groups: str
    by: str


def typed_root(
    definition: Path, election: Election, region: str, *, root: Path | None, groups: str, by: str
) -> TypedRoot | None:
    """Ask for the groups of a root that lies beside the definition, or in a file that was named.

    Args:
        definition: file of the definition.
        election: what it says.
        region: code of the office that is to be made.
        root: the file that offers it; None looks beside the definition.
        groups: as they were given; empty asks, where anybody can be asked.
        by: name of who types them; empty asks too.

    Returns:
        None where it is left for later: work never waits for it.

    Raises:
        KnownProblem: as ``read_root``; ``fingerprint-not-typed``; ``groups-missing`` and
            ``root-by-missing`` where nobody can be asked; ``name-missing``.
    """
    if root is not None:
        offered = read_root_for(root, election, region)
    else:
        beside = roots_beside(definition, election, region)
        if len(beside.offers) > 1:
            say("cli.root.disputed", name=beside.offers[0].name)
        if beside.offered is None:
            return None
        offered = beside.offered
    typed = groups or _asked(offered, is_named=root is not None)
    if not typed:
        say("cli.root.later", name=offered.name)
        return None
    require_typed(offered.key, typed)
    return TypedRoot(offered, typed, plain_name(by or _asked_name()))


def _asked(offered: Offered, *, is_named: bool) -> str:
    """The hidden groups; empty where one was left out, or nobody can be asked."""
    seen, words = shown(offered.key), session().words
    if not sys.stdin.isatty():
        if is_named:
            raise KnownProblem("groups-missing", groups=seen.numbers)
        return ""
    say("cli.root.compare", name=offered.name)
    show_groups(seen.groups)
    typed = [
        click.prompt(
            words("cli.key.group", number=number), default="", show_default=False, err=True
        )
        for number in seen.asked
    ]
    return " ".join(typed) if all(group.strip() for group in typed) else ""


def _asked_name() -> str:
    if not sys.stdin.isatty():
        raise KnownProblem("root-by-missing")
    return str(click.prompt(session().words["cli.root.by"], err=True))
