"""Saving, changing one's mind and deciding, with the keys of the number pad."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.election.figures.tallies import State
from recap_desktop.office.entry import entering
from recap_desktop.office.entry.stations import Act
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, digits_of, focused_cell, name_oneself, press
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati


def test_a_change_after_saving_is_saved_before_the_next_station(
    window: OpenWindow, office_path: Path
) -> None:
    desk = desk_of(window(office_path))
    press("\n")
    name_oneself(desk)
    press(digits_of(desk, valid_bupati()) + "\n")
    foot = desk.entry.foot
    assert QApplication.focusWidget() is foot.next_button
    assert "Tersimpan" in foot.message

    # Minus leads back into the last box; what is changed there is what the next Enters save.
    press("-")
    assert focused_cell() == "cast"
    press("146\n")
    assert "Tersimpan" not in foot.message
    press("\n")
    assert desk.entry.station == TPS[0]
    stored = desk.session.office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None and stored.tally.cells["cast"] == 146


def test_a_number_typed_after_saving_is_that_of_another_station(
    window: OpenWindow, office_path: Path
) -> None:
    desk = desk_of(window(office_path))
    press("\n")
    name_oneself(desk)
    press(digits_of(desk, valid_bupati()) + "\n")
    press("901\n")
    assert desk.entry.station == TPS[2]


def test_leaving_a_decision_keeps_the_typing_of_the_entry_and_the_reason_comes_back(
    window: OpenWindow, office_path: Path
) -> None:
    desk = desk_of(window(office_path))
    press("\n")
    name_oneself(desk)
    press(digits_of(desk, valid_bupati()) + "\n")
    desk.entry.form.focus_cell("cast")
    press("146")
    ruling, foot = desk.entry.ruling, desk.entry.foot
    ruling.button(Act.WITHDRAW).click()
    assert QApplication.focusWidget() is ruling.reason
    press("\n\n")
    assert "Alasan" in foot.message and QApplication.focusWidget() is ruling.reason
    QTest.keyClicks(ruling.reason, "TPS lain")
    desk.session.next_contest()
    desk.session.next_contest()
    assert desk.entry.form.cells["cast"] == 146
    ruling.button(Act.WITHDRAW).click()
    assert ruling.reason.text() == "TPS lain"
    foot.other_button.click()
    assert desk.entry.form.cells["cast"] == 146
    ruling.button(Act.WITHDRAW).click()
    assert ruling.reason.text() == ""


def test_a_star_and_a_number_decide(qtbot: QtBot, window: OpenWindow, office_path: Path) -> None:
    desk = desk_of(window(office_path))
    press("\n")
    name_oneself(desk)
    press(digits_of(desk, {**valid_bupati(), "valid": 150}) + "\n")
    ruling, foot = desk.entry.ruling, desk.entry.foot
    shown = [button for button in ruling.findChildren(StepButton) if button.isVisible()]
    assert [button.text()[:4] for button in shown] == [f"*{n}  " for n in range(1, len(shown) + 1)]
    press("*")
    assert QApplication.focusWidget() is shown[0]
    press("-")
    assert QApplication.focusWidget() is foot.next_button
    press(f"*{shown.index(ruling.button(Act.ACCEPT)) + 1}")
    # A digit that answers is held for a moment: a scanner may be typing a code.
    qtbot.waitUntil(lambda: QApplication.focusWidget() is ruling.reason)
    press("1\n\n\n")
    stored = desk.session.office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None and stored.tally.state is State.ACCEPTED
    # What was decided is only shown; the star leads there from the form and from its box too.
    desk.entry.form.focus_cell("cast")
    press("*")
    assert QApplication.focusWidget() is ruling.button(Act.CORRECT)
    desk.entry.chooser.take_focus()
    press("*")
    assert QApplication.focusWidget() is ruling.button(Act.CORRECT)


def test_a_star_leads_to_the_other_way_of_the_foot_and_minus_back(
    window: OpenWindow, office_path: Path
) -> None:
    desk = desk_of(window(office_path))
    press("\n")
    name_oneself(desk)
    press("150\n")
    desk.session.station_asked.emit(TPS[1])
    desk.session.station_asked.emit(TPS[0])
    foot = desk.entry.foot
    foot.take_focus()
    press("*")
    assert QApplication.focusWidget() is foot.other_button
    press("-")
    assert QApplication.focusWidget() is foot.next_button
    press("*\n")
    assert desk.entry.form.cells == {}, "what was typed and not saved was dropped, as asked"


def test_two_values_that_differ_are_seen_whole_and_settled_from_the_foot(
    window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "ganda.rekap"
    office = tiny_office(path, double_entry=True)
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    entering.enter(office, BUPATI, TPS[0], {**valid_bupati(), "valid": 139}, by="Budi")
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_person("Tuti")
    desk.session.station_asked.emit(TPS[0])
    assert desk.entry.form.pages[0].isVisible()
    desk.entry.ruling.button(Act.CORRECT).click()
    field = QApplication.focusWidget()
    assert isinstance(field, NumberField)
    assert (field.cell, field.note, field.figure) == ("valid", "139 / 140", None)
    assert desk.entry.choice.texts == ["1    139", "2    140"]
    press("2")
    assert QApplication.focusWidget() is desk.entry.ruling.reason
    QTest.keyClicks(desk.entry.ruling.reason, "menurut kertas")
    desk.entry.foot.next_button.click()
    stored = desk.session.office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None and stored.tally.cells["valid"] == 140


def test_a_recount_begins_the_station_again_and_is_typed_at_once(
    window: OpenWindow, office_path: Path
) -> None:
    desk = desk_of(window(office_path))
    press("\n")
    name_oneself(desk)
    press(digits_of(desk, valid_bupati()) + "\n")
    ruling = desk.entry.ruling
    ruling.button(Act.NEW_ROUND).click()
    QTest.keyClicks(ruling.reason, "PSU")
    press("\n\n")
    QTest.keyClicks(ruling.decided_by, "Ketua PPK")
    press("\n")
    tables = desk.session.office.file.contests[BUPATI]
    stored = tables.tally(TPS[0])
    assert stored is not None and not stored.tally.counts
    assert "PSU" in ruling.why and desk.entry.form.cells == {}
    desk.entry.open_station(TPS[0])
    press(digits_of(desk, valid_bupati(kosong=41)) + "\n")
    stored = tables.tally(TPS[0])
    assert stored is not None and stored.tally.cells["votes.1"] == 41


def test_no_finding_stops_a_save_and_the_plenary_corrects(
    window: OpenWindow, office_path: Path
) -> None:
    desk = desk_of(window(office_path))
    press("\n")
    name_oneself(desk)
    press(digits_of(desk, {**valid_bupati(), "valid": 150}) + "\n")
    office = desk.session.office
    stored = office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None and stored.broken == 2

    desk.entry.open_station(TPS[0])
    desk.entry.ruling.button(Act.CORRECT).click()
    assert focused_cell() == "valid"
    press("140+")
    ruling = desk.entry.ruling
    assert QApplication.focusWidget() is ruling.reason
    QTest.keyClicks(ruling.reason, "salah jumlah")
    press("\n")
    QTest.keyClicks(ruling.raised_by, "saksi nomor 2")
    press("\n")
    QTest.keyClicks(ruling.decided_by, "Ketua PPK")
    press("\n")
    stored = office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None and stored.broken == 0 and stored.tally.cells["valid"] == 140
    assert "salah jumlah" in ruling.why


def test_an_entry_typed_under_the_wrong_tps_is_moved_by_its_number(
    window: OpenWindow, office_path: Path
) -> None:
    office = tiny_office(office_path.with_name("tertukar.rekap"))
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti Aminah")
    office.close()
    desk = desk_of(window(office.file.path))
    desk.session.choose_person("Siti Aminah")
    desk.session.station_asked.emit(TPS[0])
    ruling = desk.entry.ruling
    ruling.button(Act.WITHDRAW).click()
    assert ruling.target.isVisible()
    ruling.target.setText("777")
    QTest.keyClicks(ruling.reason, "tertukar")
    press("\n\n\n")
    assert desk.entry.foot.message.startswith("“777” bukan satu TPS")
    ruling.target.setText("2")
    ruling.decided_by.setFocus()
    press("\n")
    tables = desk.session.office.file.contests[BUPATI]
    first, second = tables.tally(TPS[0]), tables.tally(TPS[1])
    assert first is not None and first.tally.cells == {}
    assert second is not None and second.tally.cells == valid_bupati()
