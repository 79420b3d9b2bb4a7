"""The sheets of a contest as PDF files."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from recap_desktop.office.entry.entering import enter
from tests.cli.lines import WORDS, done, refused
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.reading_back.read_back import sheets_of

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
    assert not target.exists()


def test_a_kabupaten_prints_its_own_sheet_with_a_column_for_each_kecamatan(
    tmp_path: Path,
) -> None:
    kabko, target = tmp_path / "kabko.rekap", tmp_path / "db.pdf"
    office = tiny_office(kabko, region="3207")
    for tps in (*TPS, "3207022001001"):
        enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    office.close()
    done("close", kabko, *IN, "--by", "Siti", "--place", "Ciamis")
    done("sheet", kabko, *IN, "--to", target)
    ((block,),) = sheets_of(target)
    assert [column.head for column in block] == ["CIAMIS", "CIKONENG", "JUMLAH AKHIR"]
    assert [column.figures[-1] for column in block] == [5 * 145, 145, 6 * 145]
    text = text_of(target)
    assert "MODEL D.HASIL KABKO-KWK-BUPATI" in text
    assert "KOMISI PEMILIHAN UMUM KABUPATEN" in text
    name = "Kabupaten Ciamis"
    only = "desa-of-kecamatan-only"
    refused(only, "sheet", kabko, *IN, "--to", target, "--draft", "--desa", "3207011001", name=name)
    refused(only, "hand-out", kabko, tmp_path, name=name)
    refused(only, "returns", kabko, "--to", target, name=name)


def test_a_province_prints_its_own_sheet_with_a_column_for_each_kabupaten(
    tmp_path: Path,
) -> None:
    province, target = tmp_path / "dc.rekap", tmp_path / "dc.pdf"
    office = tiny_office(province, region="32")
    enter(office, "gubernur", TPS[0], {"votes.1": 7, "votes.2": 8}, by="Siti")
    office.close()
    done("sheet", province, "--contest", "gubernur", "--to", target)
    ((block,),) = sheets_of(target)
    assert [column.head for column in block] == ["KABUPATEN CIAMIS 1 dari 6 TPS", "JUMLAH AKHIR"]
    assert "MODEL D.HASIL PROV-KWK-GUBERNUR" in text_of(target)


@pytest.mark.parametrize("columns", ["0", "-1", "x"])
def test_columns_are_a_number_from_one(full_office: Path, columns: str) -> None:
    sheet = ("sheet", full_office, *IN, "--to", "x.pdf", f"--columns={columns}")
    refused("usage-number", *sheet, option="--columns", found=columns)


def test_a_revision_is_written_as_a_workbook_with_the_same_bytes_for_ever(
    full_office: Path, tmp_path: Path
) -> None:
    done("close", full_office, *IN, "--by", "Siti")
    first, later = tmp_path / "1.xlsx", tmp_path / "2.XLSX"
    sheet = ("sheet", full_office, *IN, "--to")
    said = done(*sheet, first)
    assert said.out.strip() == WORDS("cli.sheet-revision", revision="1", path=str(first))
    done("reopen", full_office, *IN, *WHY)
    done(*sheet, later, "--revision", "1")
    assert first.read_bytes() == later.read_bytes()
    assert first.read_bytes().startswith(b"PK")
    refused("usage-workbook-copy", *sheet, first, "--copy", "2")
