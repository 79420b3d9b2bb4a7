"""Reading out in the window: as many keys as there are digits and boxes, and two more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.stations import Act
from recap_desktop.office.plenary.plenaries import declare
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, digits_of, focused_cell, press
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

READER = "Ani Lestari"


@pytest.fixture
def hall(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    """An office in an open plenary: three TPS typed beforehand, one of them with a slip."""
    path = tmp_path / "ciamis.rekap"
    office = tiny_office(path)
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Budi")
    enter(office, BUPATI, TPS[1], valid_bupati(41), by="Budi")
    enter(office, BUPATI, TPS[2], valid_bupati(), by="Budi")
    declare(office, Turn.OPENED, by=READER, place="Aula")
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_person(READER)
    return desk


def tally(desk: OfficeDesk, tps: str) -> tuple[State, bool]:
    stored = desk.session.office.file.contests[desk.session.contest_id].tally(tps)
    assert stored is not None
    return stored.tally.state, stored.tally.read


@pytest.mark.parametrize("contest", [BUPATI, GUBERNUR])
def test_a_tps_without_trouble_costs_its_digits_its_boxes_and_two_keys(
    hall: OfficeDesk, contest: str
) -> None:
    hall.session.choose_contest(contest)
    cells = valid_bupati()
    if contest == GUBERNUR:
        cells |= {"votes.3": 0}
    hall.go_to(Place.ENTRY)
    hall.session.station_asked.emit(TPS[0])
    assert focused_cell() == "voters.dpt.l"
    digits = sum(len(str(cells[cell])) for cell in hall.entry.form.order)
    keys = digits_of(hall, cells) + "\n\n"
    assert len(keys) == digits + len(hall.entry.form.order) + 2
    press(keys)
    assert tally(hall, TPS[0])[1]
    # Ready for the first digit of the next one.
    assert hall.entry.station == TPS[1]
    assert focused_cell() == "voters.dpt.l"
    assert hall.entry.foot.message.startswith("Dibacakan TPS 001")


def test_the_form_is_empty_although_it_was_typed_and_is_compared(hall: OfficeDesk) -> None:
    hall.session.station_asked.emit(TPS[0])
    assert hall.entry.form.cells == {}
    press(digits_of(hall, valid_bupati()) + "\n")
    assert hall.entry.is_reading_back
    assert any("SERATUS" in text or "100" in text for text in hall.entry.read_back.texts)
    assert hall.entry.foot.message.startswith("Sama dengan")
    press("\n")
    assert tally(hall, TPS[0]) == (State.AGREED, True)


def test_a_difference_is_shown_and_the_plenary_says_why(hall: OfficeDesk) -> None:
    hall.session.station_asked.emit(TPS[1])
    press(digits_of(hall, valid_bupati()) + "\n")
    (line,) = [text for text in hall.entry.read_back.texts if "KOLOM KOSONG" in text]
    assert line.endswith("40 tertulis sebelumnya 41")
    assert tally(hall, TPS[1]) == (State.SINGLE, False)
    press("\n")
    QTest.keyClicks(hall.entry.ruling.reason, "salah ketik entri awal")
    press("\n\n\n")
    assert tally(hall, TPS[1]) == (State.CORRECTED, True)
    known = hall.session.office.file.journal.records(BUPATI, TPS[1])
    assert known[1].body["decided_by"] == "Rapat pleno"
    assert hall.entry.station == TPS[2]


def test_what_was_typed_from_a_salinan_is_named_and_needs_no_decision(
    window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "ciamis.rekap"
    office = tiny_office(path, double_entry=True)
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_person("Budi")
    desk.session.station_asked.emit(TPS[0])
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_F4)
    assert "salinan" in desk.entry.foot.message
    press(digits_of(desk, valid_bupati(41)) + "\n")
    (entry,) = desk.session.office.file.journal.records(BUPATI, TPS[0])
    assert entry.body["source"] == "salinan"
    office = desk.session.office
    desk.session.record(lambda: declare(office, Turn.OPENED, by=READER, place="Aula"))
    desk.session.choose_person(READER)
    desk.session.station_asked.emit(TPS[0])
    press(digits_of(desk, valid_bupati()) + "\n")
    (line,) = [text for text in desk.entry.read_back.texts if "KOLOM KOSONG" in text]
    assert line.endswith("40 di salinan 41")
    assert "salinan" in desk.entry.foot.message
    press("\n")
    assert tally(desk, TPS[0]) == (State.AGREED, True)


def test_minus_leads_back_to_the_form_and_nothing_is_lost(hall: OfficeDesk) -> None:
    hall.session.station_asked.emit(TPS[1])
    press(digits_of(hall, valid_bupati()) + "\n")
    press("-")
    assert not hall.entry.is_reading_back
    assert focused_cell() == hall.entry.form.order[-1]
    assert hall.entry.form.cells == valid_bupati()
    press("\n\n")
    assert hall.entry.is_reading_back


def test_what_was_read_stands_by_its_decision_or_is_given_up(hall: OfficeDesk) -> None:
    hall.session.station_asked.emit(TPS[1])
    press(digits_of(hall, valid_bupati()) + "\n\n")
    assert QApplication.focusWidget() is hall.entry.ruling.reason
    hall.entry.foot.other_button.click()
    assert not hall.entry.is_reading_back
    assert hall.entry.ruling.act is None
    assert hall.entry.form.cells == valid_bupati()


def test_a_form_that_contradicts_itself_stays_until_it_is_decided(hall: OfficeDesk) -> None:
    hall.session.station_asked.emit(TPS[3])
    press(digits_of(hall, valid_bupati() | {"voters.dpt.jml": 311}) + "\n\n")
    assert hall.entry.station == TPS[3]
    assert tally(hall, TPS[3]) == (State.SINGLE, True)
    assert QApplication.focusWidget() is hall.entry.ruling.button(Act.CORRECT)
    hall.entry.ruling.button(Act.ACCEPT).click()
    QTest.keyClicks(hall.entry.ruling.reason, "sesuai C.HASIL")
    press("\n\n\n")
    assert tally(hall, TPS[3]) == (State.ACCEPTED, True)


def test_a_tps_is_put_off_and_its_typing_waits(hall: OfficeDesk) -> None:
    hall.session.station_asked.emit(TPS[0])
    press("150\n16")
    hall.entry.foot.other_button.click()
    assert hall.entry.station == TPS[1]
    assert hall.entry.form.cells == {}
    hall.session.station_asked.emit(TPS[0])
    assert hall.entry.form.cells == {"voters.dpt.l": 150, "voters.dpt.p": 16}


def test_the_last_of_a_desa_says_so(hall: OfficeDesk) -> None:
    for tps in TPS[:3]:
        hall.session.station_asked.emit(tps)
        press(digits_of(hall, valid_bupati(41 if tps == TPS[1] else 40)) + "\n\n")
    assert hall.entry.station == TPS[2]
    assert "sudah dibacakan" in hall.entry.foot.message
    assert hall.session.next_station(TPS[2]) == TPS[3]
    press("\n")
    assert hall.entry.station == TPS[3]


def test_outside_the_plenary_the_page_is_the_entry_page(window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "ciamis.rekap"
    office = tiny_office(path)
    declare(office, Turn.OPENED, by=READER, place="Aula")
    declare(office, Turn.SUSPENDED, by=READER)
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_person(READER)
    desk.session.station_asked.emit(TPS[0])
    press(digits_of(desk, valid_bupati()) + "\n")
    assert tally(desk, TPS[0]) == (State.SINGLE, False)
    office = desk.session.office
    desk.session.record(lambda: declare(office, Turn.RESUMED, by=READER))
    desk.session.station_asked.emit(TPS[0])
    assert desk.entry.form.cells == {}
