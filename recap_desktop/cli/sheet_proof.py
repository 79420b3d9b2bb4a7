"""What a PDF proves by itself, told at a terminal: of what it is, its sums, what was compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recap_desktop.cli.verbs import say
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers.faces import groups

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.office.proof.proving_sheets import ProvedSheet


def tell_sheet(path: Path, proved: ProvedSheet) -> None:
    """Say what was proved of a PDF that carries its results."""
    said = proved.statement
    say("cli.verify.proved", path=str(path))
    if said.mode == "rehearsal":
        say("cli.verify.rehearsal")
    say(
        "cli.verify.sheet-of",
        title=proved.title,
        unit=dotted(said.unit),
        revision=said.revision,
        stations=said.leaves,
    )
    say("cli.verify.line-head", head=groups(said.head))
    say("cli.verify.sheet-pages", pages=proved.pages, lines=proved.compared)
    for cell, number in sorted(proved.totals.items()):
        click.echo(f"  {cell}: {number}")
