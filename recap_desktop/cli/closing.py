"""``close``: a contest closed, with those who sign."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, CODE, CONTEST, OFFICE
from recap_desktop.cli.verbs import option, say, verb
from recap_desktop.election.papers.faces import groups
from recap_desktop.election.papers.facts import Presence, Signer
from recap_desktop.office.plenary import closing
from recap_desktop.problems import KnownProblem

_PRESENCES = {"": Presence.PRESENT, **{presence.value: presence for presence in Presence}}


@verb("close")
@OFFICE
@CONTEST
@BY
@option("--signer", "signers", about="signer", metavar="signer", multiple=True)
@option("--place", "place", about="place", metavar="place", default="")
@option("--desa", about="close-desa", metavar="code", type=CODE)
def close(
    path: Path, contest: str, by: str, *, signers: tuple[str, ...], place: str, desa: str | None
) -> None:
    """Close a contest, or a desa of it: what stands becomes a revision."""
    given = [_signer(text) for text in signers]
    with opened(path, by) as office:
        revision = closing.close(
            office, contest, by=by, signers=given, place=place, unit=desa or ""
        )
    head = groups(revision.head)
    say("cli.closed", contest=contest, revision=str(revision.number), head=head)


def _signer(text: str) -> Signer:
    """``seat=name``, ``seat=name:absent``, ``seat=name:refused:reason``; a name may be empty."""
    seat, equals, rest = text.partition("=")
    name, _, presence = rest.partition(":")
    presence, _, reason = presence.partition(":")
    there = _PRESENCES.get(presence.strip())
    if not (seat.strip() and equals and there):
        raise KnownProblem("usage-signer", found=text)
    return Signer(seat.strip(), name.strip(), there, reason.strip())
