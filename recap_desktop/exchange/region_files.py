"""Reads regions: those the program brings, or the ``regions.csv`` of an election."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level, RegionTree
from recap_desktop.exchange import tables

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.exchange.faults import FaultLog

EDITION = "wilayah-2025"
"""The edition the program brings; resources/regions/README.md names its source."""


def bundled_regions() -> RegionTree:
    """All regions of Indonesia (wilayah) of the edition the program brings.

    Reads some 91,600 rows: a quarter of a second, so keep what it gives.
    """
    path = places.resource("regions", f"{EDITION}.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return RegionTree({code.replace(".", ""): name for code, name in rows})


def read_regions_csv(path: Path, faults: FaultLog) -> RegionTree:
    """Regions of an election from a file with ``kode,nama``; what is wrong goes to ``faults``.

    Every unit must have its parents in the same file. Rows at fault are left out, so that the
    tree can still be used to look for more faults.
    """
    names: dict[str, str] = {}
    lines: dict[str, int] = {}
    for row in tables.read_table(path, faults, required=("kode", "nama")):
        text, name = row.cells["kode"], row.cells["nama"]
        code = _code(text)
        if not code:
            faults.add("region-code", row.line, found=text)
        elif code in names:
            faults.add("region-doubled", row.line, region=text, first=str(lines[code]))
        elif not name:
            faults.add("region-no-name", row.line, region=text)
        else:
            names[code], lines[code] = name, row.line
    for code, line in lines.items():
        above = regions.parent(code)
        if above and above not in lines:
            faults.add(
                "region-no-parent", line, region=regions.dotted(code), parent=regions.dotted(above)
            )
    return RegionTree(names)


def _code(text: str) -> str:
    """A code of a desa or above, or nothing."""
    try:
        code = regions.read_code(text)
    except ValueError:
        return ""
    return "" if regions.level_of(code) is Level.TPS else code
