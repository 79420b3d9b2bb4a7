"""The sheets of kabupaten/kota and provinsi, on every form definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.every_form import CASES, Case, papers_of
from tests.sheet_text import as_text

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
