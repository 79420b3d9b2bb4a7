"""Making, verifying and receiving packages of the largest offices, against their bare bytes.

    pytest tests/benchmarks/test_package_speed.py

A kabupaten of 7,908 TPS typed by two people, and a province of 25,000 TPS with its 27 kabupaten and
kota. Read the ratio to unzipping the same bytes, hashing them and inserting the records into a bare
table. Making the offices takes a minute.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from recap_desktop.election.definitions.contests import Election
from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.proof.proving_packages import prove_package
from tests.benchmarks.packages import (
    KABUPATEN,
    TPS_OF_KABUPATEN,
    TPS_OF_PROVINCE,
    Sender,
    bare,
    election_of,
    make_package,
    make_sender,
    receive,
    receiver,
)
from tests.benchmarks.province import PROVINCE
from tests.benchmarks.test_office_speed import measure

KINDS = ("kabupaten of 7,908 TPS, typed twice", "province of 25,000 TPS")


@dataclass
class Large:
    """An office with its package, and those whose packages are received together."""

    election: Election
    sender: Sender
    below: tuple[Sender, ...]
    folder: Path
    numbers: Iterator[int]

    def fresh(self) -> Path:
        """A database or office that was not there yet."""
        return self.folder / f"fresh{next(self.numbers)}.rekap"


def kabupaten(folder: Path) -> Large:
    election = election_of(TPS_OF_KABUPATEN, KABUPATEN)
    sender = make_sender(folder, election, KABUPATEN, twice=True)
    make_package(sender)
    return Large(election, sender, (sender,), folder, itertools.count())


def whole_province(folder: Path) -> Large:
    election = election_of(TPS_OF_PROVINCE)
    sender = make_sender(folder, election, PROVINCE, twice=False)
    below = tuple(
        make_sender(folder, election, code, twice=False) for code in election.tree.at(Level.KABKO)
    )
    for one in (sender, *below):
        make_package(one)
    return Large(election, sender, below, folder, itertools.count())


@pytest.fixture(scope="module", params=[kabupaten, whole_province], ids=KINDS)
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Large:
    made: Large = request.param(tmp_path_factory.mktemp("packages"))
    return made


@pytest.fixture(autouse=True)
def _grouped(request: pytest.FixtureRequest, benchmark: BenchmarkFixture) -> None:
    """What is done with one package stands beside its bare bytes, and so with those received."""
    what = "received" if "receive" in request.node.name else "one package"
    benchmark.group = f"{request.node.callspec.id}: {what}"


def test_bare_bytes(benchmark: BenchmarkFixture, large: Large) -> None:
    measure(benchmark, lambda: bare(large.sender.package, large.fresh()))


def test_make(benchmark: BenchmarkFixture, large: Large) -> None:
    measure(benchmark, lambda: make_package(large.sender))


def test_verify(benchmark: BenchmarkFixture, large: Large) -> None:
    def verify() -> None:
        assert prove_package(large.sender.package).statement.office == large.sender.code

    measure(benchmark, verify)


def test_bare_bytes_received(benchmark: BenchmarkFixture, large: Large) -> None:
    def insert() -> None:
        database = large.fresh()
        for one in large.below:
            bare(one.package, database)

    measure(benchmark, insert)


def test_receive(benchmark: BenchmarkFixture, large: Large) -> None:
    """Each looked at and taken in, into an office to which nothing had come."""
    made = [receiver(large.fresh(), large.election) for _ in range(3)]

    def take_in() -> None:
        receive(made.pop(), large.below)

    measure(benchmark, take_in)
    assert not made
