"""Builds an election definition from a folder that people fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.contests import Election
from recap_desktop.exchange import local_words, region_files
from recap_desktop.exchange.election_toml import read_heading
from recap_desktop.exchange.faults import FaultLog
from recap_desktop.exchange.stations_csv import read_stations
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from pathlib import Path

HEADING = "election.toml"
REGIONS = "regions.csv"
STATIONS = "stations.csv"


def build_election(folder: Path) -> Election:
    """An election from ``election.toml``, ``stations.csv`` and, where given, ``regions.csv``.

    Without its own regions it takes those the program brings. Its tree holds the regions of its
    contests and the units above them, with what these are called; its own ``[words]`` stand above
    those of the program. The form definitions are copied into it.

    Raises:
        KnownProblem: ``election-folder-missing``; or ``election-faults`` with every fault of all
            files, each with its file and line.
    """
    if not folder.is_dir():
        raise KnownProblem("election-folder-missing", folder=str(folder))
    heading_log, region_log, station_log = (FaultLog(name) for name in (HEADING, REGIONS, STATIONS))
    if (folder / REGIONS).exists():
        tree = region_files.read_regions_csv(folder / REGIONS, region_log)
    else:
        tree = region_files.bundled_regions()
    heading = read_heading(folder / HEADING, tree, heading_log)
    contests = heading.contests if heading.knows_regions else ()
    stations = read_stations(folder / STATIONS, tree, contests, station_log)
    faults = (*heading_log.faults, *region_log.faults, *station_log.faults)
    if faults:
        raise KnownProblem("election-faults", faults=faults, folder=str(folder), count=len(faults))
    return Election(
        title=heading.title,
        date=heading.date,
        mode=heading.mode,
        contests=heading.contests,
        forms=heading.forms or {},
        tree=tree.speaking(local_words.joined(local_words.bundled_words(), heading.words)).within(
            code for contest in contests for code in contest.regions
        ),
        stations=stations,
        version=heading.version,
    )
