"""Which TPS lack which contest: 'TPS mana yang kurang satu surat suara?'."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, not_delivered
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.progress.lacking import Lacking, Missing, Reach
from recap_desktop.problems import KnownProblem
from tests.cli.lines import done
from tests.made_up.offices import BUPATI, CIAMIS, GUBERNUR, TPS, tiny_election, valid_bupati

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOTH = (BUPATI, GUBERNUR)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Kecamatan Ciamis, whose lokasi khusus votes for the gubernur only."""
    election = tiny_election()
    stations = [
        station._replace(contests=(GUBERNUR,)) if station.tps == TPS[2] else station
        for station in election.stations
    ]
    election = dataclasses.replace(election, stations=tuple(stations))
    office = create_office_for(tmp_path / "ciamis.rekap", election=election, region=CIAMIS)
    yield office
    office.close()


def test_nothing_is_entered(office: Office) -> None:
    missing = Missing(office)

    found = missing.stations()
    assert [item.tps for item in found] == list(TPS)
    assert [item.missing for item in found] == [BOTH, BOTH, (GUBERNUR,), BOTH, BOTH]
    assert missing.stations(begun=True) == []
    assert (missing.count, missing.count_begun) == (5, 0)
    assert missing.reach() == [Reach(BUPATI, 4, 4, 0), Reach(GUBERNUR, 5, 5, 0)]


def test_one_form_of_a_box_is_missing(office: Office) -> None:
    for tps in (TPS[0], TPS[1]):
        enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    enter(office, GUBERNUR, TPS[1], {"cast": 3}, by="Siti")
    enter(office, GUBERNUR, TPS[2], {"cast": 3}, by="Siti")

    missing = Missing(office)

    assert missing.stations(begun=True) == [Lacking(TPS[0], (GUBERNUR,), (BUPATI,))]
    assert [item.tps for item in missing.stations()] == [TPS[0], TPS[3], TPS[4]]
    assert (missing.count, missing.count_begun) == (3, 1)
    assert missing.reach() == [Reach(BUPATI, 4, 2, 0), Reach(GUBERNUR, 5, 3, 1)]
    assert [item.entered for item in missing.reach()] == [2, 2]


def test_below_a_unit_and_below_one_tps(office: Office) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")

    for under, keys in ((TPS[0][:10], TPS[:3]), (TPS[3][:10], TPS[3:]), (TPS[0], TPS[:1])):
        missing = Missing(office, under=under)
        assert [item.tps for item in missing.stations()] == list(keys)
        gubernur = next(reach for reach in missing.reach() if reach.contest == GUBERNUR)
        assert (gubernur.stations, gubernur.missing) == (len(keys), len(keys))
    with pytest.raises(KnownProblem):
        Missing(office, under="99")


def test_what_was_never_delivered_is_no_longer_looked_for(office: Office) -> None:
    decision = Decision("Siti", "tidak ada dalam kotak", decided_by="Ketua PPK")
    not_delivered(office, GUBERNUR, TPS[2], decision=decision)

    assert TPS[2] not in [item.tps for item in Missing(office).stations()]


def test_the_command_line_says_it(office: Office) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    path = office.file.path
    office.close()

    told = done("missing", path, "--begun").out
    assert "32.07.01.1001.001  Kelurahan Maleber" in told
    assert told.count("32.07.01.") == 1
    (line,) = [line for line in told.splitlines() if line.startswith(GUBERNUR)]
    assert line.split() == [GUBERNUR, "5", "0", "5", "1"]

    data = done("missing", path, "--format", "json").data
    assert data["contests"][0] == {
        "contest": BUPATI,
        "stations": 4,
        "missing": 3,
        "left_behind": 0,
        "entered": 1,
    }
    assert [item["missing"] for item in data["stations"]][2] == [GUBERNUR]
    rows = done("missing", path, "--format", "csv", "--under", TPS[3][:10]).out.splitlines()
    assert rows[1] == "32.07.01.2001.001,Desa Baregbeg,bupati gubernur,"
