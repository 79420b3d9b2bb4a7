"""Building an election definition from a folder, as one file that offices are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.exchange.election_file import write_election
from recap_desktop.exchange.election_folder import build_election

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election


def build(folder: Path, *, to: Path) -> Election:
    """Build the definition a folder describes and write it; an older one there is replaced.

    Args:
        folder: with ``election.toml``, ``stations.csv`` and, where given, ``regions.csv``.
        to: the file to write.

    Raises:
        KnownProblem: with every fault of the folder; or when the file cannot be written.
    """
    election = build_election(folder)
    write_election(election, to)
    return election
