"""The PDF of a close proves itself, and the form of it that goes into the archive does not."""

from __future__ import annotations

from pathlib import Path

from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.offices import BUPATI

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


def test_the_sheet_of_a_close_is_verified_by_itself(full_office: Path, tmp_path: Path) -> None:
    done("close", full_office, *IN, "--by", "Siti")
    plain, archive, draft = (tmp_path / f"{name}.pdf" for name in ("plain", "archive", "draft"))
    done("sheet", full_office, *IN, "--to", plain)
    said = done("verify", plain)
    assert WORDS("cli.verify.proved", path=str(plain)) in said.out
    assert "votes.1: 60" in said.out and "Bupati Ciamis, 32.07.01, revisi 1, 5 TPS." in said.out
    with_office = done("verify", plain, "--office", full_office)
    assert WORDS["cli.verify.line-same"] in with_office.out
    told = done("sheet", full_office, *IN, "--to", archive, "--archive")
    assert WORDS["cli.archived"] in told.out
    # Nothing lies inside: only the code in print is left to be compared.
    of_archive = done("verify", archive, "--office", full_office)
    assert WORDS["cli.verify.pdf-only-line"] in of_archive.out
    done("sheet", full_office, *IN, "--to", draft, "--draft")
    refused("pdf-without-line", "verify", draft, file=draft.name)


def test_a_sheet_that_was_changed_does_not_hold(full_office: Path, tmp_path: Path) -> None:
    done("close", full_office, *IN, "--by", "Siti")
    path = tmp_path / "sheet.pdf"
    done("sheet", full_office, *IN, "--to", path)
    raw = path.read_bytes()
    at = raw.index(b"stream\n", raw.index(b"/Subtype /application#2Fjson")) + 200
    path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    said = run("verify", path)
    assert said.status == 1 and said.out.startswith("TIDAK COCOK")
