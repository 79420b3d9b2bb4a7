"""An unlikely figure and a pasted text are asked about in the page; nothing waits, nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.office.proof.history import history
from tests.journeys.pad import focused_cell, mark_of, press
from tests.made_up.offices import BUPATI, TPS


@pytest.fixture
def typing(desk: OfficeDesk) -> OfficeDesk:
    """The third TPS, blank and without a known DPT, with the first box before the person."""
    desk.session.choose_person("Siti")
    desk.go_to(Place.ENTRY)
    desk.entry.open_station(TPS[2])
    return desk


def field(desk: OfficeDesk, cell: str) -> NumberField:
    fields = (field for page in desk.entry.form.pages for field in page.fields)
    return next(field for field in fields if field.cell == cell)


def is_asked(desk: OfficeDesk) -> bool:
    return "4.190" in desk.entry.foot.message


def test_it_is_asked_when_the_box_is_left_and_typing_goes_on(typing: OfficeDesk) -> None:
    press("4190")
    assert not is_asked(typing)
    press("\n")
    assert is_asked(typing) and "600" in typing.entry.foot.message
    assert focused_cell() == "voters.dpt.p"
    press("205\n")
    assert typing.entry.form.cells == {"voters.dpt.l": 4190, "voters.dpt.p": 205}
    assert mark_of(field(typing, "voters.dpt.l")) is Severity.WARNING


def test_a_minus_leads_back_to_it_and_crosses_nothing_out(typing: OfficeDesk) -> None:
    press("4190\n-")
    assert focused_cell() == "voters.dpt.l"
    press("190\n")
    assert typing.entry.form.cells == {"voters.dpt.l": 190}
    assert mark_of(field(typing, "voters.dpt.l")) is None
    press("-")
    assert typing.entry.form.cells == {"voters.dpt.l": 190, "voters.dpt.p": 0}


def test_a_point_says_that_it_is_really_so_and_it_is_not_asked_again(typing: OfficeDesk) -> None:
    press("4190\n.")
    assert focused_cell() == "voters.dpt.p"
    assert mark_of(field(typing, "voters.dpt.l")) is None
    press("1\n--\n")
    assert not is_asked(typing)


def test_the_last_box_is_asked_about_at_the_button(typing: OfficeDesk) -> None:
    typing.entry.form.focus_cell("cast")
    press("4190\n")
    assert is_asked(typing)
    press(".")
    assert not is_asked(typing)
    assert mark_of(field(typing, "cast")) is None
    press("-")
    assert focused_cell() == "cast"


def test_it_never_stops_a_save(typing: OfficeDesk) -> None:
    press("4190\n+")
    made = history(typing.session.office, BUPATI, TPS[2])[0].record
    assert made.body["cells"] == {"voters.dpt.l": 4190}


def test_more_ballots_than_voters_are_not_unlikely_yet(typing: OfficeDesk) -> None:
    typing.entry.form.focus_cell("ballots.received")
    press("615\n")
    assert mark_of(field(typing, "ballots.received")) is None
    press("616\n")
    assert mark_of(field(typing, "ballots.used")) is Severity.WARNING


def paste(text: str) -> None:
    QApplication.clipboard().setText(text)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_pasted_text_is_put_in_only_as_the_figure_that_was_chosen(
    typing: OfficeDesk, qtbot: QtBot
) -> None:
    paste("28.4")
    assert typing.entry.foot.choices.texts == ["1  28.400", "2  284", "3  28", "Jangan tempel"]
    assert typing.entry.form.cells == {}
    press("2")
    qtbot.waitUntil(lambda: typing.entry.form.cells == {"voters.dpt.l": 284})
    assert focused_cell() == "voters.dpt.l"
    assert typing.entry.foot.choices.texts == []


@pytest.mark.parametrize("key", ["\n", "-"])
def test_an_enter_too_many_pastes_nothing(typing: OfficeDesk, key: str) -> None:
    paste(" 1.234 ")
    press(key)
    assert typing.entry.form.cells == {}
    assert focused_cell() == "voters.dpt.l"


def test_a_text_that_is_no_figure_is_told_and_not_pasted(typing: OfficeDesk) -> None:
    paste("(472)")
    assert "(472)" in typing.entry.foot.message
    assert typing.entry.foot.choices.texts == []
    assert focused_cell() == "voters.dpt.l"
