"""The form of the papers that goes into the archive."""

from __future__ import annotations

from pathlib import Path

from tests.cli.lines import WORDS, done, refused
from tests.offices import BUPATI

IN = ("--contest", BUPATI)


def test_a_draft_and_a_paper_are_written_as_pdf_a(full_office: Path, tmp_path: Path) -> None:
    sheet, paper = tmp_path / "sheet.pdf", tmp_path / "minutes.pdf"
    for words in (("sheet", full_office), ("paper", full_office, "--kind", "minutes")):
        target = sheet if words[0] == "sheet" else paper
        said = done(*words, *IN, "--to", target, "--archive")
        assert WORDS["cli.archived-plain"] in said.out
        assert b"/GTS_PDFA1" in target.read_bytes()


def test_a_workbook_is_no_archive_form(full_office: Path, tmp_path: Path) -> None:
    target = tmp_path / "sheet.xlsx"
    refused("usage-workbook-archive", "sheet", full_office, *IN, "--to", target, "--archive")
    assert not target.exists()
