"""An office for the command line: kecamatan Ciamis of the tiny election, closed after it is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.lines import done
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

HEADER = "kode_desa,tps," + ",".join(valid_bupati())


def csv_row(tps: str, cells: dict[str, int]) -> str:
    """One row of a table of counts under ``HEADER``."""
    return ",".join([tps[:10], tps[10:], *(str(cells.get(key, "")) for key in valid_bupati())])


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A single-entry office without a record."""
    path = tmp_path / "ciamis.rekap"
    tiny_office(path).close()
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of two TPS: 001 and the lokasi khusus 901."""
    path = tmp_path / "c-hasil.csv"
    rows = [csv_row(TPS[0], valid_bupati()), csv_row(TPS[2], valid_bupati(kosong=1, herdiat=2))]
    path.write_text("\n".join([HEADER, *rows]), "utf-8")
    return path


@pytest.fixture
def full_office(office: Path, tmp_path: Path) -> Path:
    """The same office with every TPS of the bupati contest entered by Siti."""
    path = tmp_path / "all.csv"
    rows = [csv_row(tps, valid_bupati(kosong=10 + n)) for n, tps in enumerate(TPS)]
    path.write_text("\n".join([HEADER, *rows]), "utf-8")
    done("enter", office, path, "--contest", BUPATI, "--by", "Siti")
    return office
