"""``office amend``: a newer version of the definition, shown and then taken."""

from __future__ import annotations

from pathlib import Path

import click

from recap_desktop.cli import complaints
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import MAYBE_BY, OFFICE, PATH
from recap_desktop.cli.verbs import option, say, session, verb
from recap_desktop.election.definitions.amendment_words import sentence
from recap_desktop.election.definitions.contests import Election
from recap_desktop.office.definitions import amending
from recap_desktop.office.definitions.amending import Proposal
from recap_desktop.office.definitions.definitions import read_definition
from recap_desktop.problems import KnownProblem

FAULTS = 1
"""Exit status when something is refused that was only shown."""


@verb("amend", key="office-amend")
@OFFICE
@option(
    "--election", "definition", about="amend-election", metavar="file", type=PATH, required=True
)
@option("--reason", metavar="text", default="")
@option("--decided-by", metavar="name", default="")
@MAYBE_BY
@option("--preview", is_flag=True)
def amend(path: Path, definition: Path, *, preview: bool, **why: str) -> None:
    """Take a newer version of the definition."""
    new = read_definition(definition)
    with opened(path, "" if preview else why["by"]) as office:
        proposal = amending.propose(office, new)
        made = None if preview else amending.amend(office, new, **why)
    show(proposal, new)
    if made:
        say("cli.amended", version=new.version, changes=len(proposal.changes), record=made.id[:12])


def show(proposal: Proposal, new: Election) -> None:
    """Say every change, and everything that is refused."""
    words = session().words
    for change in proposal.changes:
        click.echo(sentence(words, change, new))
    if proposal.faults:
        refused = KnownProblem("amendment-refused", faults=proposal.faults)
        for line in complaints.lines(words, refused):
            click.echo(line, err=True)
        session().status = FAULTS
    elif not proposal.changes:
        say("cli.same-definition")
