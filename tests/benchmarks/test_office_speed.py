"""Saving, entering and adding up in an office of 75,000 TPS, against bare SQLite beside it.

Read the ratios in the last columns of each group, not the times.
"""

import csv
import itertools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.entry.entering import enter, enter_csv
from recap_desktop.office.opening import Office, create_office_for, open_office
from recap_desktop.office.progress.overview import totals
from tests.benchmarks.province import CONTEST, PROVINCE, form_of, province, write_counts


def measure(
    benchmark: BenchmarkFixture,
    load: Callable[..., None],
    *,
    setup: Callable[[], object] | None = None,
    rounds: int = 3,
) -> None:
    """Run something long a few times."""
    benchmark.pedantic(load, setup=setup, rounds=rounds)  # type: ignore[no-untyped-call]  # pytest-benchmark leaves it untyped


@dataclass
class Jabar:
    """An office of the province with every TPS entered, and the table it was entered from."""

    office: Office
    table: Path
    cells: tuple[str, ...]
    tps: list[str]
    rows: list[tuple[str | int, ...]]


@pytest.fixture(scope="module")
def jabar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jabar]:
    folder = tmp_path_factory.mktemp("jabar")
    election = province()
    rows = write_counts(folder / "counts.csv", election)
    office = create_office_for(folder / "jabar.rekap", election=election, region=PROVINCE)
    enter_csv(office, CONTEST, folder / "counts.csv", by="Petugas")
    yield Jabar(
        office=office,
        table=folder / "counts.csv",
        cells=election.layout(CONTEST).cells,
        tps=[station.tps for station in election.stations],
        rows=rows,
    )
    office.close()


def bare_database(path: Path, cells: tuple[str, ...]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    columns = ", ".join(f'"{cell}" INTEGER' for cell in cells)
    connection.execute(f"CREATE TABLE tally (tps TEXT PRIMARY KEY, {columns}) STRICT")
    return connection


@pytest.mark.benchmark(group="save one TPS")
def test_bare_save(benchmark: BenchmarkFixture, jabar: Jabar, tmp_path: Path) -> None:
    connection = bare_database(tmp_path / "bare.db", jabar.cells)
    marks = ", ".join("?" * (len(jabar.cells) + 1))
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO tally VALUES ({marks})", jabar.rows)
    connection.execute("COMMIT")
    keys = itertools.cycle(jabar.tps[:: len(jabar.tps) // 500])

    def save() -> None:
        tps = next(keys)
        values = (tps, *form_of(tps, jabar.cells).values())
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"INSERT OR REPLACE INTO tally VALUES ({marks})", values)
        connection.execute("COMMIT")

    benchmark(save)
    connection.close()


@pytest.mark.benchmark(group="save one TPS")
def test_office_save(benchmark: BenchmarkFixture, jabar: Jabar) -> None:
    numbers = itertools.count()
    keys = itertools.cycle(jabar.tps[:: len(jabar.tps) // 500])

    def save() -> None:
        tps = next(keys)
        cells = form_of(tps, jabar.cells)
        # Another figure each time: saving what is there already writes nothing.
        cells["invalid"] = next(numbers) % 1000
        enter(jabar.office, CONTEST, tps, cells, by="Petugas")

    benchmark(save)


@pytest.mark.benchmark(group="enter 75,000 TPS from CSV")
def test_bare_executemany(benchmark: BenchmarkFixture, jabar: Jabar, tmp_path: Path) -> None:
    marks = ", ".join("?" * (len(jabar.cells) + 1))
    numbers = itertools.count()

    def load() -> None:
        connection = bare_database(tmp_path / f"bare{next(numbers)}.db", jabar.cells)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO tally VALUES ({marks})", jabar.rows)
        connection.execute("COMMIT")
        connection.close()

    measure(benchmark, load)


@pytest.mark.benchmark(group="enter 75,000 TPS from CSV")
def test_bare_executemany_from_csv(
    benchmark: BenchmarkFixture, jabar: Jabar, tmp_path: Path
) -> None:
    """The same with the reading of the table, which ours does too."""
    marks = ", ".join("?" * (len(jabar.cells) + 1))
    numbers = itertools.count()

    def load() -> None:
        connection = bare_database(tmp_path / f"bare{next(numbers)}.db", jabar.cells)
        with jabar.table.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            next(reader)
            rows = [(desa + tps, *map(int, figures)) for desa, tps, *figures in reader]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO tally VALUES ({marks})", rows)
        connection.execute("COMMIT")
        connection.close()

    measure(benchmark, load)


@pytest.mark.benchmark(group="enter 75,000 TPS from CSV")
def test_office_enters_csv(benchmark: BenchmarkFixture, jabar: Jabar, tmp_path: Path) -> None:
    numbers = itertools.count()
    election = jabar.office.election

    def new_office() -> tuple[tuple[Office], dict[str, object]]:
        path = tmp_path / f"{next(numbers)}.rekap"
        return (create_office_for(path, election=election, region=PROVINCE),), {}

    def load(office: Office) -> None:
        enter_csv(office, CONTEST, jabar.table, by="Petugas")
        office.close()

    measure(benchmark, load, setup=new_office)


@pytest.mark.benchmark(group="totals")
@pytest.mark.parametrize("level", [Level.PROVINSI, Level.KABKO, Level.KECAMATAN, Level.DESA])
def test_office_totals(benchmark: BenchmarkFixture, jabar: Jabar, level: Level) -> None:
    assert benchmark(totals, jabar.office, CONTEST, level=level)


@pytest.mark.benchmark(group="totals")
@pytest.mark.parametrize("level", [Level.PROVINSI, Level.KABKO, Level.KECAMATAN, Level.DESA])
def test_bare_totals(benchmark: BenchmarkFixture, jabar: Jabar, level: Level) -> None:
    """The same sums in bare SQLite, over the TPS."""
    sums = ", ".join(f'sum("{cell}")' for cell in jabar.cells)
    connection = sqlite3.connect(jabar.office.file.path)
    sql = f'SELECT substr(tps, 1, {level.value}), {sums} FROM "tally gubernur" GROUP BY 1'
    assert benchmark(lambda: connection.execute(sql).fetchall())
    connection.close()


@pytest.mark.benchmark(group="open 75,000 TPS")
def test_open_office(benchmark: BenchmarkFixture, jabar: Jabar) -> None:
    measure(benchmark, lambda: open_office(jabar.office.file.path).close())
