"""A made-up province of 75,000 TPS over the real desa of Jawa Barat, for measurements."""

from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.contests import Choice, Contest, Election, Mode, Station
from recap_desktop.election.definitions.regions import Level
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.exchange.region_files import bundled_regions

if TYPE_CHECKING:
    from pathlib import Path

PROVINCE = "32"
STATIONS = 75_000
CONTEST = "gubernur"


def province(stations: int = STATIONS) -> Election:
    """An election of gubernur with four pairs in Jawa Barat."""
    tree = bundled_regions().within([PROVINCE])
    desas = tree.at(Level.DESA)
    each, more = divmod(stations, len(desas))
    keys = [
        f"{desa}{number:03d}"
        for index, desa in enumerate(desas)
        for number in range(1, each + 1 + (index < more))
    ]
    return Election(
        title="Pilgub Jawa Barat (dibuat-buat)",
        date="2024-11-27",
        mode=Mode.REHEARSAL,
        contests=(
            Contest(
                CONTEST,
                "kwk-2024",
                "Gubernur dan Wakil Gubernur Jawa Barat",
                (PROVINCE,),
                tuple(Choice(n, f"Calon {n}", running_mate=f"Wakil {n}") for n in range(1, 5)),
            ),
        ),
        forms={"kwk-2024": bundled_form("kwk-2024")},
        tree=tree,
        stations=tuple(Station(key) for key in keys),
    )


def form_of(tps: str, cells: tuple[str, ...]) -> dict[str, int]:
    """A filled form, the same for the same TPS; which figures it holds does not matter here."""
    chance = random.Random(tps)
    return {cell: chance.randrange(600) for cell in cells}


def write_counts(path: Path, election: Election) -> list[tuple[str | int, ...]]:
    """Write a table of counts of every TPS; gives the same rows as tuples."""
    cells = election.layout(CONTEST).cells
    rows: list[tuple[str | int, ...]] = [
        (station.tps, *form_of(station.tps, cells).values()) for station in election.stations
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("kode_desa", "tps", *cells))
        writer.writerows((str(row[0])[:10], str(row[0])[10:], *row[1:]) for row in rows)
    return rows
