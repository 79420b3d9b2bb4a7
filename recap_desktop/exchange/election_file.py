"""Writes and reads an election definition as one file of canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.definition_data import from_data, to_data
from recap_desktop.election.records.canonical import canonical, read_canonical
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election

FORMAT = "REKAP/1/election"


def write_election(election: Election, path: Path) -> None:
    """Write the definition in full or not at all; an older file of that name is replaced.

    Raises:
        KnownProblem: ``election-not-written`` when the disk refuses.
    """
    raw = canonical({"format": FORMAT, "election": to_data(election)})
    try:
        write_whole(path, raw)
    except OSError as error:
        raise KnownProblem(
            "election-not-written", file=str(path), reason=reason_of(error)
        ) from error


def read_election(path: Path) -> Election:
    """Read what ``write_election`` wrote.

    Raises:
        KnownProblem: ``election-not-read`` when the disk refuses, ``not-an-election-file`` for
            anything else that is not exactly such a file.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnownProblem("election-not-read", file=str(path), reason=reason_of(error)) from error
    try:
        return _election(read_canonical(raw))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KnownProblem("not-an-election-file", file=str(path)) from error


def _election(data: dict[str, Any]) -> Election:
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    election = from_data(data["election"])
    if canonical(to_data(election)) != canonical(data["election"]):
        message = "has more than a definition"
        raise ValueError(message)
    return election
