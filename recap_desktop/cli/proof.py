"""``audit`` and ``rebuild``: what can be proved of an office file, and made again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import OFFICE
from recap_desktop.cli.verbs import option, say, session, verb
from recap_desktop.office.proof import auditing

if TYPE_CHECKING:
    from recap_desktop.office.proof.auditing import Audit

FAULTS = 1
"""Exit status when something does not hold."""


@verb("audit")
@OFFICE
@option("--anchor", metavar="head", default="")
def audit(path: Path, anchor: str) -> None:
    """Prove what can be proved of an office file."""
    with opened(path) as office:
        found = auditing.audit(office, anchor=anchor)
    tell(found)


def tell(found: Audit) -> None:
    """Say what an audit found, and end with its status."""
    if found.anchor:
        record = found.anchor
        say("cli.audit.anchor", chain=record.chain, seq=record.seq, time=record.time)
    if found.faults:
        session().status = FAULTS
        say("cli.audit.faults", faults=len(found.faults), records=found.records)
        for fault in found.faults:
            click.echo(f"  {session().words.fault(fault)}")
    else:
        say("cli.audit.holds", records=found.records, chains=found.chains)
    if found.missing:
        say("cli.audit.scans-missing", count=len(found.missing))
        for fault in found.missing:
            click.echo(f"  {session().words.fault(fault)}")


@verb("rebuild")
@OFFICE
def rebuild(path: Path) -> None:
    """Make everything derived again from the journal."""
    with opened(path) as office:
        changed = auditing.rebuild(office)
    if changed:
        say("cli.rebuilt-changed", contests=", ".join(changed))
    else:
        say("cli.rebuilt-same")
