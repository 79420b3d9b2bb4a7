"""What stands on paper, read back by poppler, adds up again to the totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings, PaperSize
from tests.made_up.every_form import CASES, Case, papers_of
from tests.reading_back.read_back import assert_it_adds_up, sheets_of, totals_of, unit_heads

if TYPE_CHECKING:
    from pathlib import Path

LEVELS = ("desa", "kecamatan", "kabko", "provinsi")


@pytest.mark.parametrize(
    "settings",
    [PaperSettings(), PaperSettings(size=PaperSize.A4, units=1)],
    ids=["f4", "a4-one-unit-a-block"],
)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_sheets_of_every_level_add_up_again(
    case: Case, settings: PaperSettings, tmp_path: Path
) -> None:
    sheets = [papers_of(case)[level] for level in LEVELS]
    target = tmp_path / "sheets.pdf"
    target.write_bytes(draw_book(sheets, settings))
    printed = sheets_of(target)
    assert len(printed) == len(LEVELS)
    for sheet, read in zip(sheets, printed, strict=True):
        assert len(unit_heads(read)) == len(sheet.units)
        assert_it_adds_up(read)
        assert totals_of(read) == [sheet.totals[cell].value for cell in sheet.arrangement.cells]


def test_naive_adding_counts_what_was_carried_twice(tmp_path: Path) -> None:
    """The test can fail: with the carried columns the same figures add up to more."""
    sheet = papers_of(CASES[0])["desa"]
    target = tmp_path / "sheet.pdf"
    target.write_bytes(draw_book([sheet], PaperSettings()))
    ((first, last),) = sheets_of(target)
    every = sum(n or 0 for column in (*first, *last[:-1]) for n in column.figures[:1])
    total = last[-1].figures[0]
    assert total is not None and every > total
