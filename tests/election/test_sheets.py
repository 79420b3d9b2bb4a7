"""What stands on a recapitulation sheet, before it is drawn."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.figures import totals
from recap_desktop.election.figures.tallies import EMPTY, State, Tally
from recap_desktop.election.papers import books, sheets
from recap_desktop.election.papers.facts import Draft, Head, Presence, Signer
from recap_desktop.election.papers.sheet_notes import number_ranges
from recap_desktop.election.papers.sheets import ColumnKind, Figure, Sheet
from tests.made_up.papers import (
    CONTEST,
    DESA,
    KECAMATAN,
    KELURAHAN,
    KOLOM_KOSONG,
    LONG_PAIR,
    PAIR,
    PARTY,
    WORDS,
    election_of,
    facts_of,
    filled,
    party_form,
    read_form,
)
from tests.reading_back.sheet_text import as_text

if TYPE_CHECKING:
    from tests.conftest import Golden


def desa_sheet(stations: int) -> Sheet:
    election = election_of({DESA: stations})
    return sheets.desa_sheet(facts_of(election), DESA, filled(election))


def test_sixteen_stations_make_two_blocks_and_the_total_is_carried_over() -> None:
    first, last = desa_sheet(16).blocks(15)
    assert [column.head for column in first.columns][-2:] == ["TPS 015", "JUMLAH PINDAHAN"]
    assert [column.head for column in last.columns] == [
        "JUMLAH PINDAHAN",
        "TPS 016",
        "JUMLAH AKHIR",
    ]
    carried, own, total = last.figures["votes.2"]
    assert first.figures["votes.2"][-1] == carried
    assert (total.value, carried.value) != (None, None)
    assert total.value == (carried.value or 0) + (own.value or 0)


def test_one_block_has_no_carried_column() -> None:
    (block,) = desa_sheet(15).blocks(15)
    assert [column.kind for column in block.columns[-2:]] == [
        ColumnKind.STATION,
        ColumnKind.TOTAL,
    ]


figures = st.builds(
    Figure, st.one_of(st.none(), st.integers(0, 10**7)), st.sampled_from([0, 0, 0, 1, 7])
)


@given(st.lists(figures, max_size=70), st.integers(1, 20))
def test_blocks_lose_no_unit_and_carry_the_same_sums(row: list[Figure], size: int) -> None:
    sheet = desa_sheet(1)
    column = sheet.units[0]
    units = tuple(replace(column, name=str(index)) for index in range(len(row)))
    blocks = replace(sheet, units=units, figures={"valid": tuple(row)}).blocks(size)
    own = [
        (column, figure)
        for block in blocks
        for column, figure in zip(block.columns, block.figures["valid"], strict=True)
        if column.kind is ColumnKind.STATION
    ]
    assert [figure for _, figure in own] == row
    assert [column for column, _ in own] == list(units)
    for before, after in itertools.pairwise(blocks):
        assert before.columns[-1].kind is after.columns[0].kind is ColumnKind.CARRIED
        assert before.figures["valid"][-1] == after.figures["valid"][0]
    assert blocks[-1].columns[-1].kind is ColumnKind.TOTAL
    assert blocks[-1].figures["valid"][-1] == sheets.add(row)
    values = [figure.value for figure in row if figure.value is not None]
    assert sheets.add(row).value == (sum(values) if values else None)
    assert sheets.add(row).blanks == sum(figure.blanks for figure in row)


states = st.sampled_from([State.AGREED, State.EMPTY, State.DIFFERS, State.NOT_DELIVERED])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_sheets_of_desa_and_kecamatan_and_the_totals_agree(data: st.DataObject) -> None:
    election = election_of({KELURAHAN: 3, DESA: 4})
    tallied = {}
    for tps, tally in filled(election).items():
        state = data.draw(states)
        kept = data.draw(st.sets(st.sampled_from(sorted(tally.cells))))
        cells = {cell: tally.cells[cell] for cell in kept}
        tallied[tps] = Tally(state, cells, counts=state is State.AGREED)
    facts = facts_of(election)
    *desa_sheets, kecamatan, _ = books.office_book(facts, KECAMATAN, tallied)
    assert isinstance(kecamatan, Sheet)
    whole = totals.total_of(KECAMATAN, tallied.values(), election.layout(CONTEST).cells)
    for index, sheet in enumerate(desa_sheets):
        assert isinstance(sheet, Sheet)
        for cell, total in sheet.totals.items():
            assert kecamatan.figures[cell][index] == total
    for cell, total in kecamatan.totals.items():
        assert total == Figure(whole.sums.get(cell), whole.blanks.get(cell, 0))


def test_blank_is_empty_zero_is_zero_and_a_sum_with_blanks_is_marked() -> None:
    election = election_of({DESA: 3})
    tallied = filled(election)
    for number, value in enumerate([0, None, 12], start=1):
        cells = {**tallied[f"{DESA}{number:03d}"].cells}
        del cells["ballots.spoiled"]
        if value is not None:
            cells["ballots.spoiled"] = value
        tallied[f"{DESA}{number:03d}"] = Tally(State.AGREED, cells, counts=True)
    sheet = sheets.desa_sheet(facts_of(election), DESA, tallied)
    (block,) = sheet.blocks(15)
    assert block.texts("ballots.spoiled") == ("0", "", "12", "12*")
    assert "*" not in "".join(block.texts("ballots.used"))
    assert sheet.notes == ("*) Jumlah tanpa TPS yang selnya kosong: 1 TPS pada II.3.",)


def test_a_row_that_is_blank_everywhere_bears_the_mark_alone() -> None:
    election = election_of({DESA: 2})
    tallied = {tps: Tally(State.AGREED, {"valid": 1}, counts=True) for tps in filled(election)}
    (block,) = sheets.desa_sheet(facts_of(election), DESA, tallied).blocks(15)
    assert block.texts("cast") == ("", "", "*")


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.EMPTY, "belum diisi"),
        (State.DIFFERS, "entri berbeda"),
        (State.CONFLICT, "keputusan bertentangan"),
        (State.NOT_DELIVERED, "tidak disampaikan"),
        (State.SINGLE, "baru satu entri"),
    ],
)
def test_a_station_that_does_not_count_is_an_empty_column_with_a_word(
    state: State, word: str
) -> None:
    election = election_of({DESA: 4})
    tallied = filled(election)
    before = sheets.desa_sheet(facts_of(election), DESA, tallied).totals["valid"].value
    left_out = tallied[f"{DESA}002"].cells["valid"]
    tallied[f"{DESA}002"] = Tally(state, {"valid": 99_999}, counts=False)
    sheet = sheets.desa_sheet(facts_of(election), DESA, tallied)
    (block,) = sheet.blocks(15)
    assert {block.texts(cell)[1] for cell in sheet.arrangement.cells} == {""}
    assert block.columns[1].remark == word
    assert sheet.notes == (f"TPS 002: {word}.",)
    assert before is not None
    assert sheet.totals["valid"] == Figure(before - left_out)


def test_numbers_in_a_row_are_written_short() -> None:
    assert (
        number_ranges(["001", "002", "003", "007", "008", "901"])
        == "001\N{EN DASH}003, 007, 008, 901"
    )


def test_a_kecamatan_says_which_desa_are_not_complete() -> None:
    election = election_of({KELURAHAN: 2, DESA: 3}, names={DESA: "Panyingkiran"})
    tallied = filled(election)
    tallied[f"{DESA}001"] = EMPTY
    tallied[f"{DESA}003"] = Tally(State.NOT_DELIVERED, {}, counts=False)
    sheet = books.office_book(facts_of(election), KECAMATAN, tallied)[-2]
    assert isinstance(sheet, Sheet)
    assert [unit.name for unit in sheet.units] == ["DESA 02", "PANYINGKIRAN"]
    assert [unit.remark for unit in sheet.units] == ["", "2 dari 3 TPS"]
    assert sheet.notes == (
        "TPS yang belum masuk: PANYINGKIRAN (1 TPS).",
        "TPS yang hasilnya tidak disampaikan: PANYINGKIRAN (1 TPS).",
    )


def test_many_desa_that_are_not_complete_are_counted_and_not_named() -> None:
    election = election_of({f"32070120{number:02d}": 2 for number in range(1, 30)})
    sheet = books.office_book(facts_of(election), KECAMATAN, {})[-2]
    assert isinstance(sheet, Sheet)
    assert sheet.notes == ("TPS yang belum masuk: 58 TPS di 29 wilayah, disebut dalam lampiran.",)


def test_titles_model_and_places_are_filled_in() -> None:
    election = election_of({KELURAHAN: 1, DESA: 1}, names={DESA: "Panyingkiran"})
    kelurahan, desa, kecamatan, _ = books.office_book(
        facts_of(election), KECAMATAN, filled(election)
    )
    assert desa.face.model == ("MODEL", "D.HASIL KECAMATAN-KWK-BUPATI")
    texts = [title.text for title in desa.face.titles]
    assert "DALAM WILAYAH DESA DI TINGKAT KECAMATAN" in texts
    assert "KABUPATEN CIAMIS TAHUN 2024" in texts
    assert "DALAM WILAYAH KELURAHAN DI TINGKAT KECAMATAN" in [
        title.text for title in kelurahan.face.titles
    ]
    assert desa.face.place == (
        ("PROVINSI", "JAWA BARAT"),
        ("KABUPATEN", "CIAMIS"),
        ("KECAMATAN", "CIAMIS"),
        ("DESA", "PANYINGKIRAN"),
    )
    assert [label for label, _ in kelurahan.face.place][-1] == "KELURAHAN"
    assert [label for label, _ in kecamatan.face.place][-1] == "KECAMATAN"
    assert desa.face.office == "PANITIA PEMILIHAN KECAMATAN CIAMIS"
    assert not any("{" in text for text in texts)


def test_a_draft_says_so_names_its_heads_and_is_not_signed() -> None:
    election = election_of({DESA: 1}, mode=Mode.REHEARSAL)
    state = Draft((Head(158, "ab" * 32), Head(7, "cd" * 32)))
    face = sheets.desa_sheet(facts_of(election, state=state), DESA, {}).face
    assert face.notices == ("LATIHAN", "DRAF UNTUK PENCERMATAN")
    assert face.unsigned == "DRAF, TIDAK DITANDATANGANI"
    assert face.decided == ""
    assert face.heads == (
        "Draf dari catatan ke-158: abab abab abab abab abab abab abab abab",
        "Draf dari catatan ke-7: cdcd cdcd cdcd cdcd cdcd cdcd cdcd cdcd",
    )


def test_a_revision_bears_the_head_of_its_close_and_is_signed() -> None:
    face = desa_sheet(1).face
    assert face.notices == ()
    assert face.unsigned == ""
    assert face.heads == ("Revisi 2: 0123 4567 89ab cdef 0123 4567 89ab cdef",)
    assert face.decided == "DITETAPKAN DI : CIAMIS   TANGGAL 01   BULAN DESEMBER   TAHUN 2024"
    assert "belum diverifikasi terhadap lampiran PKPU" in face.definition


def test_every_sheet_says_how_figures_were_entered() -> None:
    election = election_of({DESA: 1})
    single = sheets.desa_sheet(facts_of(election, double_entry=False), DESA, {}).face
    assert single.entry == WORDS["sheet.entry.single"]
    assert desa_sheet(1).face.entry == WORDS["sheet.entry.double"]


def test_an_empty_column_has_no_witness_and_who_does_not_sign_has_a_reason() -> None:
    election = election_of({DESA: 1}, choices=(KOLOM_KOSONG, PAIR, LONG_PAIR))
    signers = (
        Signer("ketua", "AHMAD FAUZI"),
        Signer("anggota-3", "DEDE", Presence.ABSENT),
        Signer("saksi-2", "ASEP", Presence.REFUSED, "keberatan atas TPS 004"),
    )
    face = sheets.desa_sheet(facts_of(election, signers=signers), DESA, {}).face
    members, witnesses = face.signatures
    assert members.title == "NAMA DAN TANDA TANGAN PANITIA PEMILIHAN KECAMATAN"
    assert [box.headings for box in members.boxes] == [("KETUA",), *[("ANGGOTA",)] * 4]
    assert [box.name for box in members.boxes] == ["AHMAD FAUZI", "", "DEDE", "", ""]
    assert members.boxes[2].remark == "tidak hadir"
    assert [box.number for box in witnesses.boxes] == ["2.", "3."]
    assert witnesses.boxes[0].remark == ("tidak bersedia menandatangani: keberatan atas TPS 004")
    assert witnesses.boxes[0].headings == (PAIR.name, PAIR.running_mate)


def test_party_blocks_come_out_of_the_same_sheet() -> None:
    second = replace(PARTY, number=5, name="PARTAI KEDUA")
    election = election_of({DESA: 2}, choices=(PARTY, second), form=party_form())
    sheet = sheets.desa_sheet(facts_of(election), DESA, filled(election))
    rows = sheet.arrangement.sections[3].rows
    assert [(row.number, row.labels[0], row.ref) for row in rows[:6]] == [
        ("4.", "PARTAI PERTAMA", ""),
        ("A.1", "SUARA PARTAI POLITIK", "IV.4.A.1"),
        ("A.2", "SUARA CALON", ""),
        ("1.", "CALON SATU, S.H.", "IV.4.A.2.1"),
        ("2.", "CALON DUA", "IV.4.A.2.2"),
        ("B.", "JUMLAH SUARA SAH PARTAI POLITIK DAN CALON (A.1 + A.2)", "IV.4.B"),
    ]
    assert [row.dark for row in rows[:6]] == [True, False, False, False, False, False]
    assert sheet.arrangement.sections[4].rows[0].note == "(IV.4.B + IV.5.B)"
    assert set(sheet.figures) == set(election.layout(CONTEST).cells)


@pytest.mark.parametrize("name", ["kwk-2024", "ppwp-2024", "kwk-2015", "kwk-2018", "kwk-2020"])
def test_the_sheets_of_each_edition_as_text(name: str, golden: Golden) -> None:
    form = read_form(name)
    election = election_of({DESA: 4}, choices=(PAIR, LONG_PAIR), form=form)
    tallied = filled(election)
    tallied[f"{DESA}003"] = EMPTY
    blank = dict(tallied[f"{DESA}002"].cells)
    del blank["users.moved.l"], blank["ballots.used"]
    tallied[f"{DESA}002"] = Tally(State.AGREED, blank, counts=True)
    desa, kecamatan, _ = books.office_book(facts_of(election), KECAMATAN, tallied)
    assert isinstance(desa, Sheet)
    assert isinstance(kecamatan, Sheet)
    assert set(desa.figures) == set(election.layout(CONTEST).cells)
    golden(f"sheets/{name}.txt", as_text(desa, 3) + "\n" + as_text(kecamatan, 3))
