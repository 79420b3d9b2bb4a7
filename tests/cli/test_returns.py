"""The list for the PPS, written as a PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2

from tests.cli.conftest import HEADER, csv_row
from tests.cli.lines import WORDS, done, refused
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

WHY = ("--reason", "sesuai C.HASIL", "--by", "Siti")


def pages_of(path: Path) -> list[str]:
    book = pypdfium2.PdfDocument(path)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in book]
    finally:
        book.close()
    return [" ".join(text.split()) for text in texts]


def enter(office: Path, table: Path, rows: dict[str, dict[str, int]], by: str = "Siti") -> None:
    table.write_text("\n".join([HEADER, *(csv_row(tps, rows[tps]) for tps in rows)]), "utf-8")
    done("enter", office, table, "--contest", BUPATI, "--by", by)


def test_every_desa_begins_a_page_with_its_faults(office: Path, tmp_path: Path) -> None:
    wrong = {**valid_bupati(), "cast": 999}
    enter(office, tmp_path / "t.csv", {TPS[0]: valid_bupati()})
    enter(office, tmp_path / "t.csv", {TPS[3]: wrong})
    target = tmp_path / "pps.pdf"
    said = done("returns", office, "--to", target, "--contest", BUPATI)
    maleber, baregbeg = pages_of(target)
    assert "MALEBER" in maleber and "BAREGBEG" in baregbeg
    assert "tertulis" not in maleber and "002, 901 belum diisi" in maleber and "NIHIL" in maleber
    assert "tertulis 999; sah + tidak sah = 145" in baregbeg
    assert "V.C: 999; V.A: 140; V.B: 5 (hal. 3)" in baregbeg
    assert WORDS["sheet.notice.draft"] not in maleber + baregbeg
    faults = baregbeg.count("tertulis")
    told = WORDS("cli.returns", path=str(target), faults=faults, missing=3)
    assert said.out.strip() == told


def test_what_the_plenary_accepted_does_not_go_back(office: Path, tmp_path: Path) -> None:
    enter(office, tmp_path / "t.csv", {tps: {**valid_bupati(), "cast": 999} for tps in TPS})
    target = tmp_path / "pps.pdf"
    for tps in TPS[:3]:
        done("accept", office, "--contest", BUPATI, "--tps", tps, *WHY)
    done("returns", office, "--to", target, "--contest", BUPATI)
    maleber, baregbeg = pages_of(target)
    assert maleber.count("NIHIL") == 2 and "tertulis 999" in baregbeg


def test_of_two_entries_that_differ_no_figure_is_told(tmp_path: Path) -> None:
    office, target = tmp_path / "double.rekap", tmp_path / "pps.pdf"
    tiny_office(office, double_entry=True).close()
    enter(office, tmp_path / "t.csv", {TPS[0]: {**valid_bupati(), "cast": 999}})
    enter(office, tmp_path / "t.csv", {TPS[0]: {**valid_bupati(), "cast": 888}}, by="Budi")
    enter(office, tmp_path / "t.csv", {TPS[1]: {**valid_bupati(), "cast": 777}})
    done("returns", office, "--to", target, "--desa", TPS[0][:10], "--paper", "a4")
    (page,) = pages_of(target)
    assert "001 entri berbeda" in page and "002 baru satu entri" in page
    assert not re.search(r"\b(999|888|777)\b", page)


def test_all_contests_stand_on_the_list_of_a_desa(office: Path, tmp_path: Path) -> None:
    target = tmp_path / "pps.pdf"
    done("returns", office, "--to", target)
    pages = pages_of(target)
    assert len(pages) == 2
    assert all("BUPATI CIAMIS" in page and "GUBERNUR JAWA BARAT" in page for page in pages)


def test_a_list_that_cannot_be_made_is_refused(office: Path, tmp_path: Path) -> None:
    target = tmp_path / "pps.pdf"
    for contest in ((), ("--contest", BUPATI)):
        told = ("returns", office, "--to", target, "--desa", "3207022001", *contest)
        refused("sheet-unit-unknown", *told, unit="32.07.02.2001")
    assert not target.exists()
