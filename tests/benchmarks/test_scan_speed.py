"""Pictures in an office of 75,000 TPS: opening it, and which TPS have none, against bare SQLite.

Two pictures a TPS for five in six of them. Read the ratio of each group, not the times.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from recap_desktop.election.records.attachments import Media
from recap_desktop.office.opening import Office, create_office_for, open_office
from recap_desktop.office.scans.attaching import (
    Scan,
    attachments,
    record_scans,
    scan_counts,
    without_scan,
)
from recap_desktop.office.scans.scan_folders import shelf
from tests.benchmarks.province import CONTEST, PROVINCE, province
from tests.benchmarks.test_office_speed import measure


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scans") / "large.rekap"
    office = create_office_for(path, election=province(), region=PROVINCE)
    scans = [
        (station.tps, CONTEST, _scan(f"{station.tps}_{page}.jpg"))
        for at, station in enumerate(office.election.stations)
        for page in (1, 2)
        if at % 6
    ]
    for at in range(0, len(scans), 10_000):
        record_scans(office, scans[at : at + 10_000], by="Petugas")
    office.close()
    return path


def _scan(name: str) -> Scan:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return Scan(name, sha256, Media.JPEG, 300_000, 1, b"")


@pytest.fixture
def office(path: Path) -> Iterator[Office]:
    office = open_office(path)
    yield office
    office.close()


@pytest.mark.benchmark(group="open an office with 125,000 pictures")
def test_open(benchmark: BenchmarkFixture, path: Path) -> None:
    measure(benchmark, lambda: open_office(path).close(), rounds=7)


@pytest.mark.benchmark(group="open an office with 125,000 pictures")
def test_open_without_pictures(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    path = tmp_path / "bare.rekap"
    create_office_for(path, election=province(), region=PROVINCE).close()
    measure(benchmark, lambda: open_office(path).close(), rounds=7)


@pytest.mark.benchmark(group="which TPS have no picture")
def test_without(benchmark: BenchmarkFixture, office: Office) -> None:
    def ask() -> None:
        assert len(without_scan(office, CONTEST)) == 12_500

    measure(benchmark, ask, rounds=7)


@pytest.mark.benchmark(group="which TPS have no picture")
def test_bare_without(benchmark: BenchmarkFixture, path: Path) -> None:
    sql = f'SELECT tps FROM "tally {CONTEST}" WHERE tps NOT IN (SELECT tps FROM attachment)'

    def ask() -> None:
        with closing(sqlite3.connect(path)) as connection:
            assert len(connection.execute(sql).fetchall()) == 12_500

    measure(benchmark, ask, rounds=7)


@pytest.mark.benchmark(group="how many TPS of each desa have a picture")
def test_counts(benchmark: BenchmarkFixture, office: Office) -> None:
    def ask() -> None:
        assert sum(scan_counts(office, CONTEST).values()) == 62_500

    measure(benchmark, ask, rounds=7)


@pytest.mark.benchmark(group="how many TPS of each desa have a picture")
def test_bare_counts(benchmark: BenchmarkFixture, path: Path) -> None:
    sql = "SELECT substr(tps, 1, 10), count(DISTINCT tps) FROM attachment GROUP BY 1"

    def ask() -> None:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute(sql).fetchall()

    measure(benchmark, ask, rounds=7)


@pytest.mark.benchmark(group="the pictures of one TPS, and all that is known before a folder")
def test_pictures_of_a_station(benchmark: BenchmarkFixture, office: Office) -> None:
    tps = office.election.stations[40_000].tps

    def ask() -> None:
        assert len(attachments(office, CONTEST, tps)) == 2

    measure(benchmark, ask, rounds=15)


@pytest.mark.benchmark(group="the pictures of one TPS, and all that is known before a folder")
def test_shelf(benchmark: BenchmarkFixture, office: Office) -> None:
    def ask() -> None:
        assert len(shelf(office).attached) == 125_000

    measure(benchmark, ask, rounds=3)
