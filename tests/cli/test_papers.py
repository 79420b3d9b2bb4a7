"""The sheets of a contest as PDF files."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.cli.lines import WORDS, done, refused
from tests.offices import BUPATI, TPS, tiny_office

IN = ("--contest", BUPATI)
WHY = ("--reason", "sesuai C.HASIL", "--by", "Siti")


def text_of(path: Path) -> str:
    """Every page of a PDF as text."""
    book = pypdfium2.PdfDocument(path)
    try:
        texts = (page.get_textpage().get_text_bounded() for page in book)
        return " ".join(" ".join(texts).split())
    finally:
        book.close()


def test_an_open_contest_is_printed_as_a_draft(full_office: Path, tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    said = done("sheet", full_office, *IN, "--to", target)
    assert said.out.strip() == WORDS("cli.sheet-draft", path=str(target))
    text = text_of(target)
    assert WORDS["sheet.notice.draft"] in text and WORDS["sheet.notice.rehearsal"] in text
    assert "MALEBER" in text and "BAREGBEG" in text


def test_a_closed_contest_is_printed_as_its_revision(full_office: Path, tmp_path: Path) -> None:
    done("accept", full_office, *IN, "--tps", TPS[0], *WHY, "--decided-by", "Ketua PPK Ciamis")
    done("close", full_office, *IN, "--by", "Siti", "--signer", "ketua=Siti Aminah")
    first, draft = tmp_path / "1.pdf", tmp_path / "draft.pdf"
    sheet = ("sheet", full_office, *IN, "--to")
    said = done(*sheet, first)
    assert said.out.strip() == WORDS("cli.sheet-revision", revision="1", path=str(first))
    text = text_of(first)
    assert WORDS["sheet.notice.draft"] not in text
    assert "Siti Aminah" in text and "Ketua PPK Ciamis" in text and "sesuai C.HASIL" in text
    done(*sheet, draft, "--draft")
    assert WORDS["sheet.notice.draft"] in text_of(draft)


def test_a_revision_stays_as_it_was_whatever_comes_later(full_office: Path, tmp_path: Path) -> None:
    done("close", full_office, *IN, "--by", "Siti")
    first, later, second = (tmp_path / f"{n}.pdf" for n in range(3))
    sheet = ("sheet", full_office, *IN)
    done(*sheet, "--to", first)
    done("reopen", full_office, *IN, *WHY)
    done("correct", full_office, *IN, "--tps", TPS[0], "--set", "votes.1=99", *WHY)
    gubernur = tmp_path / "g.csv"
    gubernur.write_text(f"kode_desa,tps,voters.dpt.jml\n{TPS[0][:10]},{TPS[0][10:]},7\n", "utf-8")
    done("enter", full_office, gubernur, "--contest", "gubernur", "--by", "Siti")
    done("accept", full_office, *IN, "--tps", TPS[0], *WHY)
    done("close", full_office, *IN, "--by", "Siti")
    done(*sheet, "--revision", "1", "--to", later)
    assert later.read_bytes() == first.read_bytes()
    done(*sheet, "--to", second)
    assert second.read_bytes() != first.read_bytes() and "99" in text_of(second)
    refused(
        "revision-unknown", *sheet, "--revision", "3", "--to", later, contest=BUPATI, revision=3
    )


def test_one_desa_on_chosen_paper(full_office: Path, tmp_path: Path) -> None:
    target = tmp_path / "desa.pdf"
    sheet = ("sheet", full_office, *IN, "--to", target)
    done(*sheet, "--desa", "32.07.01.1001", "--paper", "a4", "--columns", "2")
    text = text_of(target)
    assert "MALEBER" in text and "BAREGBEG" not in text
    assert WORDS["sheet.table.carried"] in text
    book = pypdfium2.PdfDocument(target)
    assert [round(side) for side in book[0].get_size()] == [842, 595]
    book.close()
    refused("sheet-unit-unknown", *sheet, "--desa", "3207022001", unit="32.07.02.2001")


def test_a_sheet_that_cannot_be_made_is_refused(full_office: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    sheet = ("sheet", full_office, *IN, "--to")
    refused("usage-sheet-state", *sheet, target, "--draft", "--revision", "1")
    gone = tmp_path / "gone" / "x.pdf"
    reason = WORDS["reason.ENOENT"]
    refused("file-cannot-be-written", *sheet, gone, path=str(gone), reason=reason)
    kabko = tmp_path / "kabko.rekap"
    tiny_office(kabko, region="3207").close()
    name = "Kabupaten Ciamis"
    refused("sheet-of-kecamatan-only", "sheet", kabko, *IN, "--to", target, name=name)
    assert not target.exists()


@pytest.mark.parametrize("columns", ["0", "-1", "x"])
def test_columns_are_a_number_from_one(full_office: Path, columns: str) -> None:
    sheet = ("sheet", full_office, *IN, "--to", "x.pdf", f"--columns={columns}")
    refused("usage-number", *sheet, option="--columns", found=columns)
