"""The column of totals of every sheet of every form is read back by its place, on every size."""

from __future__ import annotations

import pytest

from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.office.language import load_words
from recap_desktop.office.papers.page_texts import PdfPages, last_column
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings, PaperSize
from tests.made_up.every_form import CASES, Case, papers_of

HEAD = load_words("id")["sheet.table.total"].split()[-1]


def read(sheet: Sheet, chosen: PaperSettings) -> list[str]:
    with PdfPages(draw_book([sheet], chosen)) as pages:
        return [text for n in range(pages.count) for text in last_column(pages.words(n), HEAD)]


def printed(sheet: Sheet) -> list[str]:
    totals = (sheet.totals[cell].text(is_sum=True) for cell in sheet.arrangement.cells)
    return [text for text in totals if text]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_totals_of_every_sheet_are_read_line_by_line(case: Case) -> None:
    sheets = [sheet for sheet in papers_of(case).values() if sheet.is_summed]
    assert sheets
    for sheet in sheets:
        assert read(sheet, PaperSettings()) == printed(sheet)


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("units", [1, 4, None])
def test_on_every_size_and_however_it_is_cut(size: PaperSize, units: int | None) -> None:
    for sheet in papers_of(CASES[0]).values():
        if sheet.is_summed:
            assert read(sheet, PaperSettings(size=size, units=units)) == printed(sheet)
