"""``send``: the package of a closed contest on a medium, signed by the office's key."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.cli.key_values import key_options, passphrase_of
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, CONTEST, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import argument, option, say, verb
from recap_desktop.election.papers.faces import groups
from recap_desktop.office.keys import own_keys
from recap_desktop.office.papers.printing import PAPER_SIZES
from recap_desktop.office.plenary.revisions import has_moved_on, standing_revision
from recap_desktop.office.upward.sending import send as send_package


@verb("send")
@OFFICE
@argument("folder", metavar="folder", type=PATH)
@CONTEST
@key_options
@option("--paper", type=OneOf(PAPER_SIZES), default=PAPER_SIZES[0])
@BY
def send(
    path: Path,
    folder: Path,
    contest: str,
    key_path: Path,
    *,
    file: Path | None,
    paper: str,
    by: str,
) -> None:
    """Write the package of a closed contest to a medium, and record that it was sent."""
    with opened(path, by) as office:
        key = own_keys.open_key(office, key_path, passphrase_of(file))
        sent = send_package(office, contest, folder, key=key, by=by, paper=paper)
        standing = standing_revision(office, contest)
        moved_on = standing is not None and has_moved_on(office, standing)
    say("cli.send.written", path=str(sent.path), contest=contest, revision=sent.revision)
    say("cli.send.head", head=groups(sent.head), package=groups(sent.package))
    if not sent.is_new:
        say("cli.send.again")
    if not sent.certificates:
        say("cli.send.uncertified")
    if moved_on:
        say("cli.send.moved-on", revision=sent.revision)
    say("cli.send.eject")
