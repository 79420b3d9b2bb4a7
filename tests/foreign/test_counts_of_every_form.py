"""A table of counts holds every form: 250 cells of party lists like 27 of a pair."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.definitions import regions
from recap_desktop.foreign.counts_csv import read_counts_csv
from tests.made_up.every_form import CASES, CONTEST, Case, election_of, tallied

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_table_of_counts_is_read_back(case: Case, tmp_path: Path) -> None:
    election, own = election_of(case), tallied(case)
    cells = election.layout(CONTEST).cells
    path = tmp_path / "counts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("kode_desa", "tps", *cells))
        for tps, tally in own.items():
            figures = [tally.cells[cell] for cell in cells]
            writer.writerow((regions.dotted(tps[:10]), tps[10:], *figures))
    rows = read_counts_csv(path, cells=set(cells), stations=set(own))
    assert rows == [(tps, dict(tally.cells)) for tps, tally in own.items()]
