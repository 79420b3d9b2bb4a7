"""``mirror`` and ``restore``: a copy of every record on a second medium, and an office from it."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import MAYBE_BY, OFFICE, PATH
from recap_desktop.cli.verbs import argument, option, say, verb
from recap_desktop.office.posts import mirroring


@verb("mirror")
@OFFICE
@argument("folder", metavar="folder", type=PATH)
@MAYBE_BY
def mirror(path: Path, folder: Path, by: str) -> None:
    """Keep a copy of every record in a folder from now on."""
    with opened(path, by) as office:
        made = office.set_mirror(folder.absolute())
    say("cli.mirrored", path=str(made.path))


@verb("restore")
@argument("mirror", metavar="mirror", type=PATH)
@option("--to", "target", about="restore-to", metavar="office", type=PATH, required=True)
def restore(mirror: Path, target: Path) -> None:
    """Make a new office file from a mirror alone."""
    office = mirroring.restore(mirror, target)
    try:
        records = sum(1 for _ in office.file.journal.raw_records())
    finally:
        office.close()
    say("cli.restored", path=str(target), records=records)
