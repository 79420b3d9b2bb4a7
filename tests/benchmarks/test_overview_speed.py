"""What the overview asks of an office of 8,000 and of 75,000 TPS, against the same in bare SQLite.

Every TPS is entered, with slips as often as real ones. Read the ratio of each group, not the
times. What the window does itself should stay under 100 ms; looking at look-alikes is the
worker's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from recap_desktop.election.definitions.contests import Election
from recap_desktop.election.practice.practice import Practice
from recap_desktop.office.checks.look_alike_search import LookAlikeSearch
from recap_desktop.office.entry.entering import enter_all
from recap_desktop.office.opening import Office, create_office_for, open_office
from recap_desktop.office.progress.listing_stations import (
    Choice,
    counts_of,
    listed_keys,
    next_trouble,
)
from recap_desktop.office.progress.working_pace import outlook
from tests.benchmarks.kabupaten import KABUPATEN, kabupaten
from tests.benchmarks.province import PROVINCE, province
from tests.benchmarks.test_office_speed import measure
from tests.made_up.made_up_pemilu import seeded

Made = tuple[Path, str]
_TROUBLE = "late > 0 OR state IN ('differs', 'conflict', 'reopened') OR (broken > 0 AND state <> 'accepted')"


def of_one_contest() -> tuple[Election, str]:
    whole = kabupaten()
    (ppwp,) = whole.contests[:1]
    return replace(whole, contests=(ppwp,), forms={ppwp.form: whole.forms[ppwp.form]}), KABUPATEN


def of_a_province() -> tuple[Election, str]:
    return province(), PROVINCE


@pytest.fixture(
    scope="module", params=[of_one_contest, of_a_province], ids=["8,000 TPS", "75,000 TPS"]
)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    election, region = request.param()
    path = tmp_path_factory.mktemp("overview") / "o.rekap"
    office = create_office_for(path, election=election, region=region)
    (contest,) = office.contests
    forms = Practice(election, seeded(1)).forms(contest)
    rows = [(form.tps, form.written) for form in forms if form.written]
    enter_all(office, contest, rows, by="Petugas")
    office.close()
    return path, contest


@pytest.fixture
def office(made: Made) -> Iterator[Office]:
    office = open_office(made[0])
    yield office
    office.close()


def bare(made: Made, sql: str) -> Callable[[], None]:
    path, contest = made
    table = f'"tally {contest}"'

    def ask() -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(sql.format(table=table)).fetchall()

    return ask


@pytest.mark.benchmark(group="how many TPS each list holds")
def test_counts(benchmark: BenchmarkFixture, office: Office, made: Made) -> None:
    def ask() -> None:
        assert counts_of(office, made[1])[Choice.TROUBLE] > 100

    measure(benchmark, ask, rounds=7)


@pytest.mark.benchmark(group="how many TPS each list holds")
def test_bare_counts(benchmark: BenchmarkFixture, made: Made) -> None:
    lists = ("state = 'empty'", "broken > 0", "late > 0", "NOT read", _TROUBLE)
    counts = ", ".join(f"count(*) FILTER (WHERE {where})" for where in lists)
    measure(benchmark, bare(made, f"SELECT {counts} FROM {{table}}"), rounds=7)


@pytest.mark.benchmark(group="list those that must be looked at")
def test_list_of_trouble(benchmark: BenchmarkFixture, office: Office, made: Made) -> None:
    def ask() -> None:
        assert listed_keys(office, made[1], Choice.TROUBLE)

    measure(benchmark, ask, rounds=7)


@pytest.mark.benchmark(group="list those that must be looked at")
def test_bare_list_of_trouble(benchmark: BenchmarkFixture, made: Made) -> None:
    sql = f"SELECT tps FROM {{table}} WHERE {_TROUBLE} ORDER BY tps"
    measure(benchmark, bare(made, sql), rounds=7)


@pytest.mark.benchmark(group="the next to look at, from the last one round to the first")
def test_next_trouble(benchmark: BenchmarkFixture, office: Office, made: Made) -> None:
    last = listed_keys(office, made[1], Choice.TROUBLE)[-1]

    def ask() -> None:
        assert next_trouble(office, made[1], after=last) < last

    measure(benchmark, ask, rounds=15)


@pytest.mark.benchmark(group="the next to look at, from the last one round to the first")
def test_bare_next_trouble(benchmark: BenchmarkFixture, made: Made) -> None:
    sql = f"SELECT min(tps) FROM {{table}} WHERE {_TROUBLE}"
    measure(benchmark, bare(made, sql), rounds=15)


@pytest.mark.benchmark(group="the present pace")
def test_outlook(benchmark: BenchmarkFixture, office: Office, made: Made) -> None:
    def ask() -> None:
        # Nobody works: everything was read from a file at once. It is looked for all the same.
        assert outlook(office, made[1]) is None

    measure(benchmark, ask, rounds=15)


@pytest.mark.benchmark(group="the present pace")
def test_bare_outlook(benchmark: BenchmarkFixture, made: Made) -> None:
    sql = "SELECT bytes FROM record WHERE kind = 'entry/1' ORDER BY place DESC LIMIT 240"
    measure(benchmark, bare(made, sql), rounds=15)


@pytest.mark.benchmark(group="what the window does between two keys of a search of look-alikes")
def test_read_a_part(benchmark: BenchmarkFixture, office: Office, made: Made) -> None:
    """Each of the first two hundred desa; looking at them is the worker's."""
    parts = LookAlikeSearch(office, made[1]).parts()

    def ask() -> None:
        assert next(parts)

    measure(benchmark, ask, rounds=200)


@pytest.mark.benchmark(group="what the window does between two keys of a search of look-alikes")
def test_bare_read_a_part(benchmark: BenchmarkFixture, made: Made) -> None:
    sql = "SELECT * FROM {table} WHERE tps BETWEEN '3201011001' AND '3201011001~'"
    measure(benchmark, bare(made, sql), rounds=200)


@pytest.mark.benchmark(group="look for look-alikes in the whole office")
def test_search(benchmark: BenchmarkFixture, office: Office, made: Made) -> None:
    def ask() -> None:
        search = LookAlikeSearch(office, made[1])
        for part in search.parts():
            search.put(search.look(part))
        assert search.found()

    measure(benchmark, ask, rounds=1)


@pytest.mark.benchmark(group="look for look-alikes in the whole office")
def test_bare_search(benchmark: BenchmarkFixture, made: Made) -> None:
    """Only what SQL can tell by itself: whose votes are equal."""
    votes = '"votes.1", "votes.2", "votes.3", invalid'
    sql = f"SELECT {votes}, count(*) FROM {{table}} GROUP BY {votes} HAVING count(*) > 1"
    measure(benchmark, bare(made, sql), rounds=3)
