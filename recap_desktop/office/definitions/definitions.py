"""Reading an election definition, and the units in it that may have an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, ancestor
from recap_desktop.exchange.election_file import read_election
from recap_desktop.exchange.election_folder import build_election

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.definitions.regions import Region

_LEVELS = (Level.PROVINSI, Level.KABKO, Level.KECAMATAN)


def read_definition(path: Path) -> Election:
    """The election of a definition file, or of the folder such a file is built from.

    Raises:
        KnownProblem: with every fault of the folder, or what is wrong with the file.
    """
    return build_election(path) if path.is_dir() else read_election(path)


def office_regions(election: Election) -> list[Region]:
    """Units that may have an office: those with TPS below them, in code order."""
    held = {ancestor(s.tps, level) for s in election.stations for level in _LEVELS}
    return [region for region in election.tree if region.code in held]
