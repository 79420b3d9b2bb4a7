"""The sheets of every form definition, drawn: no row and no figure is lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from recap_desktop.paper import fonts, plan, signatures
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings, PaperSize
from tests.made_up.every_form import CASES, Case, papers_of

if TYPE_CHECKING:
    from recap_desktop.election.papers.sheets import Sheet

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
F4 = PaperSettings()


@every_case
def test_no_row_is_lost_on_paper(case: Case) -> None:
    fonts.register()
    for paper, sheet in papers_of(case).items():
        setting = plan.setting_for(sheet, F4)
        rows = [row for section in sheet.arrangement.sections for row in section.rows]
        pages = [page.part for page in plan.plan(sheet, F4, setting) if page.part]
        for block in sheet.blocks(setting.units):
            parts = [part for part in pages if part.block == block]
            set_rows = [box.row for part in parts for box in part.table.page.boxes if box.row]
            assert set_rows == rows, paper
            assert all(part.table.bottom > 0 for part in parts)


@every_case
def test_every_figure_stands_on_the_pages(case: Case) -> None:
    fonts.register()
    for sheet in papers_of(case).values():
        wanted: Counter[str] = Counter()
        for block in sheet.blocks(plan.setting_for(sheet, F4).units):
            for cell in sheet.figures:
                wanted.update(text for text in block.texts(cell) if text)
        printed = Counter(_texts_on(sheet))
        assert not wanted - printed


def _texts_on(sheet: Sheet) -> list[str]:
    """Every text as it was set: text of a page as a whole may join figures of two rows."""
    document = pdfium.PdfDocument(draw_book([sheet], F4))
    found: list[str] = []
    try:
        for page in document:
            whole = page.get_textpage()
            objects = page.get_objects(filter=(FPDF_PAGEOBJ_TEXT,), max_depth=1, textpage=whole)
            found += [text.extract().strip() for text in objects]
    finally:
        document.close()
    return found


@pytest.mark.parametrize("size", PaperSize)
@every_case
def test_every_signature_stands_on_a_page_above_its_foot(case: Case, size: PaperSize) -> None:
    fonts.register()
    settings = PaperSettings(size=size)
    for sheet in papers_of(case).values():
        pages = plan.plan(sheet, settings, plan.setting_for(sheet, settings))
        signed = [page for page in pages if page.sign_top is not None]
        for page in signed:
            height = signatures.height(page.face, settings.measures)
            assert (page.sign_top or 0) - height >= plan.below(page.face, settings.measures) - 0.01
        own = [page for page in signed if page.part is None] or signed[-1:]
        boxes = [box for page in own for block in page.face.signatures for box in block.boxes]
        assert boxes == [box for block in sheet.face.signatures for box in block.boxes]
