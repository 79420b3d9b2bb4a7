"""``election build`` and ``election compare``: a definition from a folder, and two of them."""

from __future__ import annotations

from pathlib import Path

import click

from recap_desktop.cli.amendments import show
from recap_desktop.cli.values import PATH
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.office.definitions import amending
from recap_desktop.office.definitions.building import build
from recap_desktop.office.definitions.definitions import read_definition


@click.group("election", cls=VerbGroup, key="election")
def election() -> None:
    """Verbs about election definitions."""


@verb("build", key="election-build")
@argument("folder", metavar="folder", type=PATH)
@option("--to", "path", about="election-to", metavar="file", type=PATH, required=True)
def _build(folder: Path, path: Path) -> None:
    made = build(folder, to=path)
    say(
        "cli.election-built",
        title=made.title,
        contests=len(made.contests),
        stations=len(made.stations),
        mode=session().words[f"cli.mode.{made.mode.value}"],
        path=str(path),
    )


@verb("compare", key="election-compare")
@argument("old", metavar="file", type=PATH)
@argument("new", metavar="file", type=PATH)
def _compare(old: Path, new: Path) -> None:
    after = read_definition(new)
    show(amending.compare(read_definition(old), after), after)


election.add_command(_build)
election.add_command(_compare)
