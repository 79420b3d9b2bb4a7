"""``election build``: a definition from a folder that people filled in."""

from __future__ import annotations

from pathlib import Path

import click

from recap_desktop.cli.values import PATH
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.office.building import build


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


election.add_command(_build)
