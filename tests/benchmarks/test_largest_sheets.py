"""The largest sheets there are: DPR in a kecamatan of 108 desa, a kabupaten of some 7,900 TPS.

    pytest tests/benchmarks/test_largest_sheets.py

Read the ratio to a bare canvas with the same figures and rules. The canvas keeps every page until the
file is written: what a page takes of memory must not grow with their number.
"""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from recap_desktop.election.papers import books
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.paper import fonts, plan
from recap_desktop.paper.book import count_pages, draw_book
from tests.benchmarks.test_office_speed import measure
from tests.benchmarks.test_paper_speed import F4, Page, draw_bare, page_of
from tests.every_form import parties
from tests.papers import KECAMATAN, PAIR, election_of, facts_of, filled, party_form

_MOST_PER_PAGE = 64 * 1024
"""Bytes of memory that a page of the book takes, at most."""


def sheets_of(desas: int, each: int, *, listed: int = 0) -> list[Sheet]:
    """Sheets of a kecamatan: of three pairs, or of all parties with so many candidates."""
    choices = parties(listed) if listed else tuple(replace(PAIR, number=n) for n in (1, 2, 3))
    stations = {f"{KECAMATAN}{2000 + n}": each for n in range(1, desas + 1)}
    form = party_form() if listed else None
    election = election_of(stations, choices=choices, form=form)
    book = books.office_book(facts_of(election), KECAMATAN, filled(election))
    return [paper for paper in book if isinstance(paper, Sheet)]


@pytest.fixture(scope="module")
def dpr() -> list[Sheet]:
    """The sheet of the kecamatan alone: over 200 rows by 108 desa."""
    return sheets_of(108, 1, listed=10)[-1:]


@pytest.fixture(scope="module")
def bare(dpr: list[Sheet]) -> list[Page]:
    fonts.register()
    return [
        page_of(planned.part)
        for sheet in dpr
        for planned in plan.plan(sheet, F4, plan.setting_for(sheet, F4))
        if planned.part
    ]


@pytest.mark.benchmark(group="the DPR sheet of 108 desa")
def test_bare_canvas(benchmark: BenchmarkFixture, bare: list[Page]) -> None:
    measure(benchmark, lambda: draw_bare(bare))


@pytest.mark.benchmark(group="the DPR sheet of 108 desa")
def test_sheet(benchmark: BenchmarkFixture, dpr: list[Sheet]) -> None:
    assert len(dpr[0].units) == 108 and len(dpr[0].figures) > 200

    def draw() -> None:
        draw_book(dpr, F4)

    measure(benchmark, draw)


@pytest.mark.parametrize("desas", [20, 180])
def test_a_page_takes_the_same_memory_however_many_there_are(desas: int) -> None:
    """180 desa of 44 TPS are 7,920: as many as the largest kabupaten has, in one book."""
    sheets = sheets_of(desas, 44)
    pages = count_pages(sheets, F4)
    tracemalloc.start()
    try:
        draw_book(sheets, F4)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak / pages < _MOST_PER_PAGE
