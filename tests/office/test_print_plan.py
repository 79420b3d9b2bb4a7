"""The print plan: for whom, how many pages, before anything prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.records.copies import PaperOf
from recap_desktop.election.records.plenary import Presence, Turn
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.copying import draw_copy, next_numbers, read_paper, record_copy
from recap_desktop.office.papers.print_plan import addressees, print_plan
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.plenary.plenaries import attend, declare
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "ciamis.rekap")
    for tps in TPS:
        enter(made, BUPATI, tps, valid_bupati(), by="Siti")
    yield made
    made.close()


def test_a_draft_is_for_those_who_look_through_it(office: Office) -> None:
    plan = print_plan(office, BUPATI, size="f4")
    (sheets,) = plan.papers
    assert [one.code for one in sheets.addressees] == ["saksi-2", "panwas"]
    assert sheets.pages > 2 and plan.sheets == 2 * sheets.pages
    assert plan.minutes(plan.sheets) == 1 and plan.minutes(plan.sheets - 1) == 2


def test_pages_are_counted_as_they_are_drawn(office: Office) -> None:
    close(office, BUPATI, by="Siti")
    for size in ("f4", "a4", "a3"):
        for planned in print_plan(office, BUPATI, size=size).papers:
            book = read_paper(office, BUPATI, planned.paper).make()
            assert planned.pages == draw_copy(book, size=size, number="1").whole


def test_of_a_close_everybody_gets_theirs_and_the_board_the_sheets(office: Office) -> None:
    close(office, BUPATI, by="Siti")
    plan = print_plan(office, BUPATI, size="f4")
    codes = {one.paper.kind: [whom.code for whom in one.addressees] for one in plan.papers}
    hall = ["saksi-2", "panwas"]
    assert codes == {
        "sheets": [*hall, "archive", "above", "board"],
        "minutes": [*hall, "archive", "above"],
        "incidents": [*hall, "archive", "above"],
        "corrections": ["archive", "above"],
        "receipt": ["archive"],
    }
    names = {one.code: one.name for one in addressees(office, BUPATI)}
    assert names["archive"] == "ARSIP PANITIA PEMILIHAN KECAMATAN CIAMIS"
    assert names["above"] == "KOMISI PEMILIHAN UMUM KABUPATEN CIAMIS"
    assert names["saksi-2"] == "SAKSI NOMOR URUT 2: Dr. H. Herdiat, M.M."


def test_saksi_who_are_there_get_a_copy_and_who_is_absent_does_not(office: Office) -> None:
    every = [one.code for one in addressees(office, GUBERNUR)]
    assert every[:4] == ["saksi-1", "saksi-2", "saksi-3", "panwas"]
    declare(office, Turn.OPENED, by="Siti", place="Aula", leader="Ketua")
    attend(office, by="Siti", seat="saksi-3", contest=GUBERNUR, name="Budi")
    attend(
        office,
        by="Siti",
        seat="saksi-1",
        contest=GUBERNUR,
        name="Ani",
        presence=Presence.ABSENT,
    )
    assert [one.code for one in addressees(office, GUBERNUR)][:2] == ["saksi-3", "panwas"]


def test_who_has_a_copy_of_a_revision_is_not_planned_again(office: Office) -> None:
    close(office, BUPATI, by="Siti")
    read = read_paper(office, BUPATI, PaperOf())
    first = print_plan(office, BUPATI, size="f4").papers[0]
    (number,) = next_numbers(office, read, 1)
    name = first.addressees[0].name
    drawn = draw_copy(read.make(), size="f4", number=number, addressee=name)
    record_copy(office, read, drawn, by="Siti")
    later = print_plan(office, BUPATI, size="f4").papers[0]
    assert later.had == (name,)
    assert later.addressees == first.addressees[1:]


def test_the_sheet_of_a_desa_that_is_closed_goes_to_the_hall_while_the_next_is_read(
    office: Office,
) -> None:
    desa = TPS[0][:10]
    close(office, BUPATI, by="Siti", unit=desa)
    (sheet,) = print_plan(office, BUPATI, size="f4", desa=desa).papers
    assert sheet.revision == 1 and sheet.title.endswith("KELURAHAN MALEBER")
    assert [one.code for one in sheet.addressees] == ["saksi-2", "panwas", "archive"]


def test_above_a_kecamatan_the_office_above_is_another(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "kabko.rekap", region="3207")
    try:
        names = [one.name for one in addressees(office, BUPATI)]
    finally:
        office.close()
    assert "BAWASLU KABUPATEN/KOTA" in names
    assert "KOMISI PEMILIHAN UMUM PROVINSI JAWA BARAT" in names
