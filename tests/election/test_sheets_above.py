"""The sheets of kabupaten/kota and provinsi, on every form definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.papers.sheets import ColumnKind
from tests.made_up.crowded_papers import wide_sheet
from tests.made_up.every_form import CASES, Case, papers_of
from tests.reading_back.sheet_text import as_text

if TYPE_CHECKING:
    from tests.conftest import Golden


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_sheets_above_the_kecamatan_as_text(case: Case, golden: Golden) -> None:
    papers = papers_of(case)
    shown = (as_text(papers[level], 1) for level in ("kabko", "provinsi"))
    golden(f"sheets/above/{case.name}.txt", "\n".join(shown))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sheet_says_that_its_layout_was_never_compared(case: Case) -> None:
    for level in ("kabko", "provinsi"):
        assert "belum diverifikasi" in papers_of(case)[level].face.definition


@pytest.mark.parametrize("size", range(2, 31))
def test_a_difference_stands_in_the_block_of_its_unit(size: int) -> None:
    sheet = wide_sheet("3207")
    blocks = sheet.blocks(size)
    units = [[column for column in block.columns if column.code] for block in blocks]
    assert [column for own in units for column in own] == list(sheet.units)
    assert all(own[0].kind is not ColumnKind.DIFFERENCE for own in units)
    assert max(len(own) for own in units) <= size
    for cell, total in sheet.totals.items():
        assert blocks[-1].figures[cell][-1] == total
