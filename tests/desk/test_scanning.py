"""A keyboard-wedge scanner on the entry page: its keys lead to a TPS and never into a figure."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.office.entry.finding_stations import find_stations, scanned_station
from tests.journeys.pad import focused_cell, press
from tests.made_up.offices import BUPATI, TPS

CODE = TPS[2]
TEXTS = (
    CODE,
    "32.07.01.1001.901",
    f"C.HASIL-KWK-BUPATI {CODE}",
    f"https://example.go.id/tps/{CODE}?lembar=1*2+3",
    f'{{"tps":"{CODE}","hal":1}}',
    f"{CODE}-HAL-1",
)


def scan(text: str) -> None:
    """Keys as a scanner sends them, each to what has the focus then."""
    for letter in (*text, "\n"):
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget)
        if letter == "\n":
            QTest.keyClick(focus, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(focus, letter)


def pause(desk: OfficeDesk) -> None:
    """The moment in which a person takes the scanner."""
    desk.entry.scans._last = 0.0


class Keys:
    """A clock by which every key comes so many seconds after the last, however busy the machine."""

    def __init__(self, seconds: float) -> None:
        self.now, self.seconds = 1000.0, seconds

    def __call__(self) -> float:
        self.now += self.seconds
        return self.now


@pytest.fixture
def typing(desk: OfficeDesk) -> OfficeDesk:
    desk.session.choose_person("Siti")
    desk.go_to(Place.ENTRY)
    desk.entry.open_station(TPS[1])
    desk.entry.scans._clock = Keys(0.005)
    return desk


@pytest.mark.parametrize("text", TEXTS)
def test_a_scan_in_a_box_opens_its_tps(typing: OfficeDesk, text: str) -> None:
    scan(text)
    assert typing.entry.station == CODE
    assert typing.entry.form.cells == {}
    drafts = typing.session.drafts
    assert drafts is not None and drafts.find(BUPATI, CODE) is None


@pytest.mark.parametrize("text", TEXTS)
def test_a_scan_over_an_unsaved_form_asks_and_changes_no_figure(
    typing: OfficeDesk, qtbot: QtBot, text: str
) -> None:
    press("150\n160\n31")
    pause(typing)
    scan(text)
    typed = {"voters.dpt.l": 150, "voters.dpt.p": 160, "voters.dpt.jml": 31}
    assert typing.entry.station == TPS[1]
    assert typing.entry.form.cells == typed
    assert "TPS 901" in typing.entry.foot.message
    press("\n")
    assert (typing.entry.station, focused_cell()) == (TPS[1], "voters.dpt.jml")
    scan(text)
    press("1")
    qtbot.waitUntil(lambda: typing.entry.station == CODE)
    typing.entry.open_station(TPS[1])
    assert typing.entry.form.cells == typed


def test_a_second_scan_does_not_answer_the_question(typing: OfficeDesk) -> None:
    press("150\n")
    scan(CODE)
    scan(TPS[3])
    assert typing.entry.station == TPS[1]
    assert "Baregbeg" in typing.entry.foot.message
    assert typing.entry.form.cells == {"voters.dpt.l": 150}


@pytest.mark.parametrize("text", TEXTS)
def test_a_scan_in_the_chooser_and_on_a_button_opens_it_too(typing: OfficeDesk, text: str) -> None:
    typing.entry.chooser.take_focus()
    scan(text)
    assert typing.entry.station == CODE
    press("1\n+")
    assert QApplication.focusWidget() is typing.entry.foot.next_button
    scan(text.replace(CODE, TPS[3]).replace("1001.901", "2001.001"))
    assert typing.entry.station == TPS[3]
    assert typing.entry.form.cells == {}


def test_the_code_of_the_open_form_says_so(typing: OfficeDesk) -> None:
    press("150\n")
    scan(TPS[1])
    assert "sedang terbuka" in typing.entry.foot.message
    assert typing.entry.form.cells == {"voters.dpt.l": 150}
    assert focused_cell() == "voters.dpt.p"


def test_a_code_of_elsewhere_is_told(typing: OfficeDesk) -> None:
    scan("3207022009001")
    assert "3207022009001" in typing.entry.foot.message
    assert (typing.entry.station, typing.entry.form.cells) == (TPS[1], {})


def test_a_figure_that_stood_there_stands_there_again(typing: OfficeDesk) -> None:
    press("150\n-\n---")
    assert focused_cell() == "voters.dpt.l"
    pause(typing)
    scan(CODE)
    press("-")
    field = QApplication.focusWidget()
    assert isinstance(field, NumberField)
    assert (field.figure, field.selectedText()) == (150, "150")


def test_what_a_person_types_slowly_is_no_scan(typing: OfficeDesk) -> None:
    typing.entry.scans._clock = Keys(0.08)
    press("1501601234567")
    press("\n")
    assert typing.entry.form.cells == {"voters.dpt.l": 1501601}
    assert typing.entry.station == TPS[1]


def test_keys_that_turn_out_to_be_a_person_s_are_given_back(
    typing: OfficeDesk, qtbot: QtBot
) -> None:
    QTest.keyClicks(QApplication.focusWidget() or typing, "q12")
    assert typing.entry.form.cells == {}
    qtbot.waitUntil(lambda: typing.entry.form.cells == {"voters.dpt.l": 12})
    QTest.keyClicks(QApplication.focusWidget() or typing, "q3")
    press("\n")
    assert typing.entry.form.cells == {"voters.dpt.l": 123}
    assert focused_cell() == "voters.dpt.p"


def test_only_a_text_with_one_code_means_a_tps(typing: OfficeDesk) -> None:
    office = typing.session.office
    assert scanned_station(office, BUPATI, f"00{CODE}7") == CODE
    assert scanned_station(office, BUPATI, f"{CODE} {TPS[0]}") == ""
    assert scanned_station(office, BUPATI, CODE[:-1]) == ""
    assert find_stations(office, BUPATI, f"x/{CODE}/2") == [CODE]
