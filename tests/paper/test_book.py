"""Sheets as pages of a PDF, read back from it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2.raw import FPDFText_GetFontSize

from recap_desktop.election.definitions.contests import Choice, Mode
from recap_desktop.election.figures.tallies import EMPTY, Cause, State, Tally
from recap_desktop.election.papers import books, sheets
from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.papers.facts import Change, Decision, Draft, Presence, Signer
from recap_desktop.election.papers.sheets import Column, Sheet
from recap_desktop.paper import plan
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings, PaperSize, SignaturePlace
from tests.made_up.papers import (
    DESA,
    KECAMATAN,
    KELURAHAN,
    KOLOM_KOSONG,
    LONG_PAIR,
    PAIR,
    PARTY,
    election_of,
    facts_of,
    filled,
    party_form,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Golden

F4 = PaperSettings()


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def letters_of(pdf: bytes) -> Iterator[tuple[float, float, float, float, float, float]]:
    """Left, bottom, right and top of every letter, with width and height of its page."""
    document = pdfium.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right > left and top > bottom:
                yield left, bottom, right, top, *page.get_size()
    document.close()


def sheet_of(stations: int, choices: tuple[Choice, ...] = (KOLOM_KOSONG, PAIR)) -> Sheet:
    election = election_of({DESA: stations}, choices=choices)
    return sheets.desa_sheet(facts_of(election), DESA, filled(election))


def book_of(mode: Mode = Mode.REHEARSAL) -> tuple[Sheet | Annex, ...]:
    """A book with something of everything: missing TPS, blanks, corrections, signers."""
    election = election_of(
        {KELURAHAN: 16, DESA: 3},
        choices=(KOLOM_KOSONG, PAIR, LONG_PAIR),
        mode=mode,
        names={KELURAHAN: "Sematangborang", DESA: "Panyingkiran"},
    )
    tallied = filled(election)
    tallied[f"{DESA}002"] = EMPTY
    cells = dict(tallied[f"{KELURAHAN}004"].cells)
    del cells["ballots.spoiled"]
    tallied[f"{KELURAHAN}004"] = Tally(State.CORRECTED, cells, counts=True)
    change = Change("valid", 19, 91)
    facts = facts_of(
        election,
        signers=(
            Signer("ketua", "AHMAD FAUZI, S.Pd."),
            Signer("saksi-2", "ASEP", Presence.REFUSED, "keberatan"),
        ),
        decisions=(
            Decision(f"{KELURAHAN}004", Cause.CORRECTED, "Salah tulis", "Ketua", (change,)),
        ),
    )
    return tuple(books.office_book(facts, KECAMATAN, tallied))


def test_the_same_book_has_the_same_bytes_and_a_stamp_changes_them() -> None:
    first = draw_book(book_of(), F4)
    assert draw_book(book_of(), F4) == first
    stamped = draw_book(book_of(), F4, stamp="Cetakan ke-2 untuk saksi nomor urut 2")
    assert stamped != first
    assert all("Cetakan ke-2 untuk saksi nomor urut 2" in page for page in pages_of(stamped))


def test_every_font_is_embedded_and_is_our_own() -> None:
    pdf = draw_book(book_of(), F4)
    names = set(re.findall(rb"/BaseFont /([A-Za-z0-9+-]+)", pdf))
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+NotoSans-[A-Za-z]+", name) for name in names)
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") == len(names)


def test_the_file_says_what_it_is() -> None:
    document = pdfium.PdfDocument(draw_book(book_of(), F4))
    facts = document.get_metadata_dict()
    assert facts["Title"] == "MODEL D.HASIL KECAMATAN-KWK-BUPATI KECAMATAN CIAMIS"
    assert facts["Author"] == "PANITIA PEMILIHAN KECAMATAN CIAMIS"
    names = [bookmark.get_title() for bookmark in document.get_toc()]
    assert names == [
        "KELURAHAN SEMATANGBORANG",
        "DESA PANYINGKIRAN",
        "KECAMATAN CIAMIS",
        "CATATAN REKAPITULASI",
    ]
    document.close()


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("stations", [1, 15, 16, 31])
def test_every_figure_of_a_sheet_stands_on_its_pages(stations: int, size: PaperSize) -> None:
    sheet, chosen = sheet_of(stations), PaperSettings(size=size)
    wanted: Counter[str] = Counter()
    for block in sheet.blocks(plan.setting_for(sheet, chosen).units):
        for cell in sheet.arrangement.cells:
            wanted.update(text for text in block.texts(cell) if text)
    printed = Counter(" ".join(pages_of(draw_book([sheet], chosen))).split())
    assert not wanted - printed


@settings(max_examples=40, deadline=None)
@given(
    stations=st.integers(1, 70),
    pairs=st.integers(1, 12),
    name=st.text("ABNGIRU .,", max_size=95),
    size=st.sampled_from(PaperSize),
    place=st.sampled_from(SignaturePlace),
    units=st.integers(3, 20),
)
def test_no_row_and_no_column_is_lost_and_nothing_overlaps(
    *, stations: int, pairs: int, name: str, size: PaperSize, place: SignaturePlace, units: int
) -> None:
    choices = tuple(
        Choice(number, f"A {name}", running_mate=f"B {name}") for number in range(1, pairs + 1)
    )
    sheet = sheet_of(stations, choices)
    chosen = PaperSettings(size=size, units=units, signatures=place)
    setting = plan.setting_for(sheet, chosen)
    pages = plan.plan(sheet, chosen, setting)
    rows = [row for section in sheet.arrangement.sections for row in section.rows]
    parts = [page.part for page in pages if page.part]
    columns: list[Column] = []
    for _, group in itertools.groupby(parts, key=lambda part: id(part.block)):
        own = list(group)
        assert [box.row for part in own for box in part.table.page.boxes if box.row] == rows
        columns += [column for column in own[0].block.columns if column.code]
    assert columns == list(sheet.units)
    for page in pages:
        if page.part:
            floor = page.sign_top or plan.below(sheet.face, chosen.measures)
            assert page.part.table.bottom >= floor
            assert page.part.table.right <= chosen.measures.right + 0.01
    assert any(page.sign_top for page in pages)


def test_long_party_lists_flow_over_pages_without_losing_a_row() -> None:
    parties = tuple(replace(PARTY, number=number) for number in range(1, 19))
    election = election_of({DESA: 3}, choices=parties, form=party_form())
    sheet = sheets.desa_sheet(facts_of(election), DESA, filled(election))
    pages = plan.plan(sheet, F4, plan.setting_for(sheet, F4))
    boxes = [box for page in pages if page.part for box in page.part.table.page.boxes]
    rows = [row for section in sheet.arrangement.sections for row in section.rows]
    assert [box.row for box in boxes if box.row] == rows
    for page in pages:
        if page.part:
            last = page.part.table.page.boxes[-1].row
            assert last is not None
            assert last.lines, "a heading stands alone at the foot of a page"
    assert pages[-1].part is None, "18 witnesses sign on a page of their own"
    text = " ".join(pages_of(draw_book([sheet], F4)))
    assert text.count("JUMLAH SUARA SAH PARTAI POLITIK DAN CALON") == 18


def test_every_page_repeats_head_places_model_and_page_note() -> None:
    pages = pages_of(draw_book([sheet_of(16)], F4))
    assert len(pages) == 4
    for number, page in enumerate(pages, start=1):
        flat = " ".join(page.split())
        for text in (
            "D.HASIL KECAMATAN-KWK-BUPATI",
            "DALAM PEMILIHAN BUPATI DAN WAKIL BUPATI",
            "KABUPATEN : CIAMIS",
            "URAIAN",
            "RINCIAN",
            f"Lembar {number} dari 4",
            "tata letak belum diverifikasi terhadap lampiran PKPU",
            "Revisi 2: 0123 4567 89ab cdef 0123 4567 89ab cdef",
            "NAMA DAN TANDA TANGAN PANITIA PEMILIHAN KECAMATAN",
        ):
            assert text in flat, (number, text)


def test_a_rehearsal_and_a_draft_say_so_on_every_page() -> None:
    election = election_of({DESA: 1}, mode=Mode.REHEARSAL)
    facts = facts_of(election, state=Draft())
    for page in pages_of(draw_book(books.desa_book(facts, DESA, filled(election)), F4)):
        assert page.count("LATIHAN") == 2
        assert "DRAF UNTUK PENCERMATAN" in page
        assert "DRAF, TIDAK DITANDATANGANI" in page
        assert "Draf, belum ada catatan" in page
    real = pages_of(draw_book(book_of(Mode.REAL), F4))
    assert not any("LATIHAN" in page or "DRAF" in page for page in real)


@pytest.mark.parametrize(
    ("place", "signed", "with_rows"),
    [
        (SignaturePlace.EVERY_PAGE, [True, True], [True, True]),
        (SignaturePlace.LAST_PAGE, [False, True], [True, True]),
        (SignaturePlace.OWN_PAGE, [False, False, True], [True, True, False]),
    ],
)
def test_people_sign_where_they_were_asked_to(
    place: SignaturePlace, signed: list[bool], with_rows: list[bool]
) -> None:
    pairs = tuple(replace(PAIR, number=number) for number in range(1, 7))
    pages = pages_of(draw_book([sheet_of(3, pairs)], PaperSettings(signatures=place)))
    assert ["TANDA TANGAN" in page for page in pages] == signed
    assert ["URAIAN" in page for page in pages] == with_rows
    assert all(f"dari {len(signed)}" in page for page in pages)


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("place", SignaturePlace)
def test_nothing_stands_outside_the_margins(size: PaperSize, place: SignaturePlace) -> None:
    chosen = PaperSettings(size=size, signatures=place)
    margin = chosen.measures.margin - 1
    pdf = draw_book(book_of(Mode.REAL), chosen)
    for left, bottom, right, top, width, height in letters_of(pdf):
        assert left >= margin
        assert right <= width - margin
        assert bottom >= margin
        assert top <= height - margin


def test_pages_are_as_large_as_the_paper() -> None:
    for size, wanted in ((PaperSize.F4, (935, 609)), (PaperSize.A3, (1191, 842))):
        document = pdfium.PdfDocument(draw_book([sheet_of(1)], PaperSettings(size=size)))
        assert tuple(round(side) for side in document[0].get_size()) == wanted
        document.close()


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("scale", [1, 90_000])
def test_nothing_on_a_sheet_is_smaller_than_it_may_be(size: PaperSize, scale: int) -> None:
    """Figures, labels and names of units have nine points at least; columns of figures are fewer."""
    election = election_of({DESA: 16})
    sheet = sheets.desa_sheet(facts_of(election), DESA, filled(election, scale=scale))
    chosen = PaperSettings(size=size, units=15)
    setting = plan.setting_for(sheet, chosen)
    assert min(setting.figures.plain.size, chosen.measures.size, setting.heads.unit.size) >= 9
    figures = setting.figures.bold
    for page in plan.plan(sheet, chosen, setting):
        assert page.part
        columns = page.part.table.table.columns
        for cell in sheet.arrangement.cells:
            for text, width in zip(page.part.block.texts(cell), columns, strict=True):
                assert figures.width(text) < width


def test_a_formula_at_the_end_of_a_label_is_not_torn_apart() -> None:
    flat = "\n".join(pages_of(draw_book([sheet_of(16)], F4))).replace("\r", "")
    assert "Jumlah Pengguna Hak Pilih\n(B.1 + B.2 + B.3)" in flat


def test_no_letter_is_smaller_than_seven_points() -> None:
    """Column numbers are the smallest; the foot has seven points and a half."""
    document = pdfium.PdfDocument(draw_book(book_of(), F4))
    sizes = {
        round(FPDFText_GetFontSize(text.raw, index), 1)
        for page in document
        for text in [page.get_textpage()]
        for index in range(text.count_chars())
        if text.get_text_range(index, 1).strip()
    }
    document.close()
    assert min(sizes) == 7


def test_the_annex_is_printed_whole() -> None:
    flat = " ".join(" ".join(pages_of(draw_book(book_of()[-1:], F4))).split())
    for text in (
        "A. TEMUAN YANG MASIH ADA",
        "NIHIL",
        "SEMATANGBORANG TPS 004 dibetulkan V.A 19 91 Salah tulis Ketua",
        "PANYINGKIRAN TPS 002 belum diisi",
        "II.3 Jumlah surat suara yang dikembalikan oleh pemilih 1 SEMATANGBORANG TPS 004",
    ):
        assert text in flat


def test_a_long_annex_loses_nothing() -> None:
    election = election_of({f"32070120{number:02d}": 30 for number in range(1, 60)})
    tallied = {}
    for index, tps in enumerate(filled(election)):
        cells = {} if index % 2 else {"valid": index}
        tallied[tps] = Tally(State.AGREED, cells, counts=True)
    paper = books.office_book(facts_of(election), KECAMATAN, tallied)[-1]
    text = " ".join(pages_of(draw_book([paper], F4)))
    flat = " ".join(text.split())
    assert flat.count("015, 017") == 0
    assert {f"{number:02d} TPS" in flat for number in range(1, 60)} == {True}
    assert len(re.findall(r"\b002\b", flat)) == 59


def test_the_text_of_a_page(golden: Golden) -> None:
    pages = pages_of(draw_book(book_of(), F4))
    shown = (pages[0], pages[-1])
    golden("sheets/pages.txt", "\n\f\n".join(page.replace("\r\n", "\n") for page in shown) + "\n")


@pytest.mark.parametrize("size", list(PaperSize))
def test_the_longest_name_of_a_village_stays_on_its_line(size: PaperSize) -> None:
    name = (
        "Kampung Baru Seberang Sungai Batang Hari Kanan Mudik Sampai Perbatasan Tanah Ulayat Lama"
    )
    election = election_of({DESA: 3}, names={DESA: name})
    sheet = sheets.desa_sheet(facts_of(election), DESA, filled(election))
    chosen = PaperSettings(size=size)
    pdf = draw_book([sheet], chosen)
    assert name.upper() in " ".join(pages_of(pdf)[0].split())
    margin = chosen.measures.margin - 1
    for _, _, right, _, width, _ in letters_of(pdf):
        assert right <= width - margin
