"""A box that is crossed out on the paper: x, or a minus in a blank box; never by accident."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.election.figures.counts import crossed_out
from recap_desktop.office.proof.history import history
from tests.journeys.pad import PAD, focused_cell, press
from tests.made_up.offices import BUPATI, TPS


@pytest.fixture
def typing(desk: OfficeDesk) -> OfficeDesk:
    """The second TPS, blank, with the first box before the person."""
    desk.session.choose_person("Siti")
    desk.go_to(Place.ENTRY)
    desk.entry.open_station(TPS[1])
    return desk


def box() -> NumberField:
    field = QApplication.focusWidget()
    assert isinstance(field, NumberField)
    return field


def crossed(desk: OfficeDesk) -> set[str]:
    return set(crossed_out(desk.entry.form.cells))


@pytest.mark.parametrize("key", ["-", "x", "X"])
def test_enter_after_a_cross_goes_on_and_it_stays(typing: OfficeDesk, key: str) -> None:
    QTest.keyClicks(box(), key)
    assert (box().is_crossed, box().figure) == (True, 0)
    press("\n12\n")
    assert typing.entry.form.cells == {"voters.dpt.l": 0, "voters.dpt.p": 12}
    assert crossed(typing) == {"voters.dpt.l"}


def test_a_minus_that_was_meant_as_a_step_back_leaves_nothing(typing: OfficeDesk) -> None:
    press("12\n-")
    assert crossed(typing) == {"voters.dpt.p"}
    press("-")
    assert focused_cell() == "voters.dpt.l"
    assert typing.entry.form.cells == {"voters.dpt.l": 12}
    press("\n-")
    QTest.keyClick(box(), Qt.Key.Key_Up)
    assert typing.entry.form.cells == {"voters.dpt.l": 12}


def test_a_minus_in_a_box_with_a_figure_goes_back_as_ever(typing: OfficeDesk) -> None:
    press("12\n13-")
    assert focused_cell() == "voters.dpt.l"
    assert crossed(typing) == set()


def test_a_minus_held_down_walks_back_and_crosses_nothing_out(typing: OfficeDesk) -> None:
    press("\n\n\n13\n")
    for _ in range(9):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Minus, PAD, "-", True)  # noqa: FBT003 - Qt's
        QApplication.sendEvent(box(), held)
    assert focused_cell() == "voters.dpt.l"
    assert typing.entry.form.cells == {"users.dpt.l": 13}


def test_digits_and_rubbing_out_take_the_place_of_a_cross(typing: OfficeDesk) -> None:
    press("-\n")
    typing.entry.form.focus_cell("voters.dpt.l")
    assert box().text() == ""
    QTest.keyClick(box(), Qt.Key.Key_Backspace)
    assert typing.entry.form.cells == {}
    press("-5\n")
    assert typing.entry.form.cells == {"voters.dpt.l": 5}
    assert crossed(typing) == set()


def test_a_cross_takes_the_place_of_a_whole_figure_and_of_no_half_one(typing: OfficeDesk) -> None:
    press("12")
    QTest.keyClicks(box(), "x")
    assert typing.entry.form.cells == {"voters.dpt.l": 12}
    press("\n")
    typing.entry.form.focus_cell("voters.dpt.l")
    QTest.keyClicks(box(), "x")
    assert crossed(typing) == {"voters.dpt.l"}


@pytest.mark.usefixtures("typing")
def test_it_is_spoken() -> None:
    press("-")
    name = QAccessible.queryAccessibleInterface(box()).text(QAccessible.Text.Name)
    assert "dicoret" in name
    press("-")
    name = QAccessible.queryAccessibleInterface(box()).text(QAccessible.Text.Name)
    assert "dicoret" not in name


def test_saved_and_opened_again_it_is_still_crossed_out(typing: OfficeDesk) -> None:
    press("-\n0\n-+")
    made = history(typing.session.office, BUPATI, TPS[1])[0].record
    assert made.body["cells"] == dict.fromkeys(
        ("voters.dpt.l", "voters.dpt.p", "voters.dpt.jml"), 0
    )
    assert made.body["crossed"] == ["voters.dpt.jml", "voters.dpt.l"]
    typing.entry.open_station(TPS[2])
    typing.entry.open_station(TPS[1])
    assert crossed(typing) == {"voters.dpt.jml", "voters.dpt.l"}


def test_a_draft_brings_the_crosses_back(typing: OfficeDesk) -> None:
    press("-\n7\n")
    typing.entry.open_station(TPS[2])
    typing.entry.open_station(TPS[1])
    assert typing.entry.form.cells == {"voters.dpt.l": 0, "voters.dpt.p": 7}
    assert crossed(typing) == {"voters.dpt.l"}


def test_what_may_only_be_read_cannot_be_crossed_out(typing: OfficeDesk) -> None:
    typing.entry.form.only_show()
    press("-")
    QTest.keyClicks(box(), "x")
    assert typing.entry.form.cells == {}
