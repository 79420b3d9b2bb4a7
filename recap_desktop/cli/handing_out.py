"""``hand-out``: what has been read so far, written for the saksi."""

from __future__ import annotations

from pathlib import Path

import click

from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import OFFICE, PATH
from recap_desktop.cli.verbs import argument, option, session, verb
from recap_desktop.office.plenary import handing_out


@verb("hand-out")
@OFFICE
@argument("folder", metavar="folder", type=PATH)
@option("--contest", about="hand-out-contest", metavar="id")
def hand_out(path: Path, folder: Path, contest: str | None) -> None:
    """Write three files for each contest."""
    with opened(path) as office:
        read = handing_out.read_numbers(office, contest or "")
        time = office.now()
    click.echo(handing_out.hand_out(read, folder, time=time).told(session().words))
