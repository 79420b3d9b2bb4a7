"""Drawing the book of a kecamatan of 1,591 TPS, against a bare canvas with the same cells.

The bare one draws no head, no label, no place, no signature: only the figures, each in its column,
and the rules of the grid. Read the ratio in the last columns, not the times.
"""

import io
from dataclasses import dataclass, replace

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.pdfgen.canvas import Canvas

from recap_desktop.election.papers import books
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.paper import fonts, plan
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings
from tests.benchmarks.test_office_speed import measure
from tests.papers import KECAMATAN, PAIR, election_of, facts_of, filled

F4 = PaperSettings()


@pytest.fixture(scope="module")
def sheets() -> list[Sheet]:
    """As many TPS as the largest kecamatan has (Cakung, Pemilu 2024), in 37 desa."""
    choices = tuple(replace(PAIR, number=number) for number in (1, 2, 3))
    election = election_of({f"32070120{n:02d}": 43 for n in range(1, 38)}, choices=choices)
    book = books.office_book(facts_of(election), KECAMATAN, filled(election))
    return [paper for paper in book if isinstance(paper, Sheet)]


@dataclass
class Page:
    """What a bare canvas is given: the figures with their right ends, and the rules."""

    figures: list[tuple[float, float, str]]
    rules: list[tuple[float, float, float, float]]


@pytest.fixture(scope="module")
def pages(sheets: list[Sheet]) -> list[Page]:
    fonts.register()
    return [
        page_of(planned.part)
        for sheet in sheets
        for planned in plan.plan(sheet, F4, plan.setting_for(sheet, F4))
        if planned.part
    ]


def page_of(part: plan.Part) -> Page:
    table, block = part.table, part.block
    columns = range(len(block.columns))
    rules = [
        (table.column_left(index), table.body_top, table.column_left(index), table.bottom)
        for index in columns
    ]
    figures = []
    for box, top, height in table.rows:
        lines = box.row.lines if box.row else ()
        for place, line in enumerate(lines, start=1):
            y = top - height * place / len(lines)
            rules.append((table.column_left(0), y, table.right, y))
            figures += [
                (table.column_left(index) - 3, y + 2, text)
                for index, text in enumerate(block.texts(line.cell), start=1)
            ]
    return Page(figures, rules)


def draw_bare(pages: list[Page]) -> None:
    measures = F4.measures
    canvas = Canvas(io.BytesIO(), pagesize=(measures.width, measures.height), invariant=1)
    for page in pages:
        canvas.setFont(fonts.REGULAR, measures.figure)
        canvas.lines(page.rules)
        for x, y, text in page.figures:
            canvas.drawRightString(x, y, text)
        canvas.showPage()
    canvas.save()


@pytest.mark.benchmark(group="draw the book of 1,591 TPS")
def test_bare_canvas(benchmark: BenchmarkFixture, pages: list[Page]) -> None:
    measure(benchmark, lambda: draw_bare(pages))


@pytest.mark.benchmark(group="draw the book of 1,591 TPS")
def test_book(benchmark: BenchmarkFixture, sheets: list[Sheet]) -> None:
    def draw() -> None:
        draw_book(sheets, F4)

    measure(benchmark, draw)
