"""The sample office: always a fresh copy, always a rehearsal, with TPS left to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from recap_desktop import places
from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.definitions.building import build
from recap_desktop.office.entry.entering import enter_csv
from recap_desktop.office.opening import open_office
from recap_desktop.office.progress.overview import progress, totals
from recap_desktop.office.sample import make_sample, next_sample_path
from recap_desktop.problems import KnownProblem


def test_the_sample_is_a_rehearsal_with_tps_left_to_type(tmp_path: Path) -> None:
    office = make_sample(tmp_path / "contoh.rekap")
    (state,) = progress(office, "bupati", level=Level.KECAMATAN)
    assert office.election.is_rehearsal and (state.stations, state.counted) == (158, 141)
    practice = places.resource("sample", "ciamis-2024", "practice.csv")
    entered = enter_csv(office, "bupati", practice, by="Budi")
    assert len(entered.records) == 14 and entered.unchanged == ()
    office.close()


def test_a_copy_is_never_made_over_another_file(tmp_path: Path) -> None:
    path = tmp_path / "contoh.rekap"
    path.write_bytes(b"mine")
    with pytest.raises(KnownProblem) as raised:
        make_sample(path)
    assert raised.value.code == "file-exists" and path.read_bytes() == b"mine"


def test_the_next_copy_gets_a_free_name() -> None:
    first = next_sample_path()
    make_sample(first).close()
    assert next_sample_path() != first
    again = open_office(first)
    assert len(totals(again, "bupati", level=Level.DESA)) == 12
    again.close()


def test_a_definition_is_built_over_an_older_one(tmp_path: Path) -> None:
    target = tmp_path / "p.rekap-election"
    target.write_bytes(b"old")
    build(places.resource("sample", "ciamis-2024"), to=target)
    assert target.read_bytes() != b"old"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
