"""Several contests at a TPS in one go: one after the other, what they share beside, nothing copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.entry.entry_form import EntryForm
from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.election.records.people import person_id
from recap_desktop.office.entry import entering
from recap_desktop.office.entry.next_form import next_form, said_elsewhere
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import focused_cell, press
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office

DPT = {"voters.dpt.l": 150, "voters.dpt.p": 160, "voters.dpt.jml": 310}


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    """Nothing is entered, and the chooser has the focus."""
    path = tmp_path / "o.rekap"
    tiny_office(path).close()
    shown = window(path).desk
    assert shown is not None
    shown.session.choose_person("Siti")
    shown.go_to(Place.ENTRY)
    return shown


def where(desk: OfficeDesk) -> tuple[str, str]:
    return desk.session.contest_id, desk.entry.station


def field(desk: OfficeDesk, cell: str) -> NumberField:
    fields = (field for page in desk.entry.form.pages for field in page.fields)
    return next(field for field in fields if field.cell == cell)


def test_a_plus_switches_and_saving_goes_on_to_the_other_contest(desk: OfficeDesk) -> None:
    press("+\n")
    assert desk.entry.contests.switch.isChecked()
    press("\n")
    assert where(desk) == (BUPATI, TPS[0])
    press("150\n160\n310\n+\n")
    assert where(desk) == (GUBERNUR, TPS[0])
    assert desk.entry.contests.name == "Gubernur Jawa Barat"
    assert desk.entry.form.cells == {}
    press("150\n+\n")
    assert where(desk) == (BUPATI, TPS[1])
    desk.entry.chooser.take_focus()
    press("+\n")
    assert not desk.entry.contests.switch.isChecked()
    press("\n")
    assert where(desk) == (BUPATI, TPS[2])


def test_the_next_form_is_made_while_the_first_is_still_looked_at(
    desk: OfficeDesk, qtbot: QtBot
) -> None:
    press("\n")
    qtbot.waitUntil(lambda: where(desk) == (BUPATI, TPS[0]))
    assert len(desk.entry.findChildren(EntryForm)) == 1
    desk.entry.chooser.take_focus()
    press("+\n\n")
    qtbot.waitUntil(lambda: len(desk.entry.findChildren(EntryForm)) == 2)
    assert where(desk)[0] == GUBERNUR


def test_what_the_other_says_stands_beside_and_is_never_copied(desk: OfficeDesk) -> None:
    entering.enter(desk.session.office, BUPATI, TPS[0], {**DPT, "users.dpt.l": 70}, by="Siti")
    desk.session.choose_contest(GUBERNUR)
    desk.entry.open_station(TPS[0])
    assert field(desk, "voters.dpt.l").beside == "↔150"
    assert field(desk, "users.dpt.l").beside == "↔70"
    assert field(desk, "users.moved.l").beside == ""
    assert "Bupati Ciamis: 150" in field(desk, "voters.dpt.l").accessibleDescription()
    assert desk.entry.form.cells == {}
    press("151\n")
    assert field(desk, "voters.dpt.l")._is_beside_other
    press("160\n")
    assert not field(desk, "voters.dpt.p")._is_beside_other
    assert desk.entry.form.cells == {"voters.dpt.l": 151, "voters.dpt.p": 160}


def test_a_plus_and_a_number_turn_to_a_contest(desk: OfficeDesk) -> None:
    press("+2")
    assert "Gubernur" in desk.entry.chooser.answer
    press("\n")
    assert desk.session.contest_id == GUBERNUR
    press("+3\n")
    assert desk.session.contest_id == GUBERNUR


def test_the_choice_is_kept_on_this_machine(
    desk: OfficeDesk, window: OpenWindow, tmp_path: Path
) -> None:
    press("+\n")
    desk.close_office()
    again = window(tmp_path / "o.rekap").desk
    assert again is not None and again.session.is_in_one_go


def test_a_draft_of_another_contest_is_offered_too(desk: OfficeDesk) -> None:
    press("+2\n\n")
    assert where(desk) == (GUBERNUR, TPS[0])
    QTest.keyClicks(QApplication.focusWidget() or QWidget(), "15x")
    desk.session.choose_contest(BUPATI)
    desk.entry.open_station(TPS[3])
    desk.entry.ask_person()
    desk.entry._wanted = ""
    desk.entry.person.field.setText("Siti")
    desk.entry.person.take()
    assert "Gubernur" in desk.entry.foot.message
    desk.entry.foot.take_focus()
    press("\n")
    assert where(desk) == (GUBERNUR, TPS[0])
    assert desk.entry.form.cells == {"voters.dpt.l": 15}
    assert focused_cell() == "voters.dpt.l"


def test_the_first_of_two_entries_is_not_told_to_the_second_person(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "d.rekap", double_entry=True)
    siti, ani = person_id("Siti"), person_id("Ani")
    entering.enter(office, BUPATI, TPS[0], DPT, by="Siti")
    mine = said_elsewhere(office, GUBERNUR, TPS[0], person=siti)
    assert mine["voters.dpt.jml"] == {BUPATI: 310}
    assert said_elsewhere(office, GUBERNUR, TPS[0], person=ani) == {}
    entering.enter(office, BUPATI, TPS[0], {**DPT, "voters.dpt.l": 151}, by="Ani")
    theirs = said_elsewhere(office, GUBERNUR, TPS[0], person=ani)
    assert theirs["voters.dpt.l"] == {BUPATI: 151}
    office.close()


def test_the_next_form_is_that_of_the_same_tps_while_one_is_left(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "d.rekap", double_entry=True)
    siti, ani = person_id("Siti"), person_id("Ani")
    assert next_form(office, GUBERNUR, "", person=siti) == (BUPATI, TPS[0])
    assert next_form(office, GUBERNUR, TPS[0], person=siti) == (BUPATI, TPS[0])
    entering.enter(office, BUPATI, TPS[0], DPT, by="Siti")
    assert next_form(office, GUBERNUR, TPS[0], person=siti) == (BUPATI, TPS[1])
    # The second person types the same contest again.
    assert next_form(office, GUBERNUR, TPS[0], person=ani) == (BUPATI, TPS[0])
    assert next_form(office, BUPATI, TPS[-1], person=siti) == (GUBERNUR, TPS[-1])
    for tps in TPS:
        for contest in (BUPATI, GUBERNUR):
            entering.enter(office, contest, tps, DPT, by="Siti")
    assert next_form(office, BUPATI, TPS[2], person=siti) is None
    office.close()
