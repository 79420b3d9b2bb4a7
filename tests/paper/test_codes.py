"""The densest codes, scanned from pages of every paper: what stands beside them stays clear."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.papers.anchors import MOST, Anchor, Statement
from recap_desktop.election.papers.sheets import Figure
from recap_desktop.paper import code
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings, PaperSize
from tests.made_up.every_form import CASES, Case, papers_of
from tests.reading_back.read_back import assert_it_adds_up, scanned, sheets_of

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.papers.sheets import Sheet

DPR = next(case for case in CASES if case.kind == "dpr")
ACEH = next(case for case in CASES if case.regions[0].startswith("11"))


def longest(case: Case, figure: int) -> str:
    """The line of a large contest: hashes of every byte value, so that Base45 has them all."""
    statement = Statement(
        rehearsal=True,
        unit="32",
        contest=case.kind,
        revision=12,
        stations=140_457,
        votes=tuple((choice.number, Figure(figure, 1)) for choice in case.choices),
        valid=Figure(28_000_000),
        invalid=Figure(1_234_567, 1),
        root=bytes(range(224, 256)),
    ).fitting()
    return Anchor(statement, bytes(range(32)), bytes(range(100, 164))).text


def with_code(case: Case, line: str) -> Sheet:
    sheet = papers_of(case)["kecamatan"]
    proof = f"Kode pengaman, ditandatangani meja 0123 4567: {line}"
    return replace(sheet, face=replace(sheet.face, code=line, proof=proof))


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("case", [DPR, ACEH], ids=["dpr", "aceh"])
def test_the_code_of_a_large_contest_is_read_from_paper(
    case: Case, size: PaperSize, tmp_path: Path
) -> None:
    line = longest(case, 123_456)
    assert 400 < len(line) <= MOST or case is ACEH
    target = tmp_path / "sheet.pdf"
    target.write_bytes(draw_book([with_code(case, line)], PaperSettings(size=size)))
    assert scanned(target, 1) == [line]
    (sheet,) = sheets_of(target)
    assert_it_adds_up(sheet)


def test_a_line_too_long_for_the_largest_code_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="AAAA"):
        code.side("A" * (MOST + 1), 1.0)
    assert code.side("A" * MOST, 1.0) == 4 * code.LARGEST + 17 + 2 * code.QUIET
