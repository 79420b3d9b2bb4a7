"""A finding is marked as on the paper from the number pad, while typing and after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.office.checks.marking import marks_of_contest, standing_marks
from recap_desktop.office.entry.stations import Act
from recap_desktop.office.plenary.closing import missing
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, digits_of, focused_cell, name_oneself, press
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

WRONG = {**valid_bupati(), "valid": 150}
"""Two findings: at valid (R6) and at cast (R7)."""
FIRST = "Sudah dicek dengan kertas, tertulis demikian"


@pytest.fixture
def typed(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    """The form of the first TPS typed and not saved."""
    path = tmp_path / "o.rekap"
    tiny_office(path).close()
    desk = desk_of(window(path))
    desk.session.choose_contest(BUPATI)
    desk.go_to(Place.ENTRY)
    name_oneself(desk)
    desk.entry.open_station(TPS[0])
    press(digits_of(desk, WRONG))
    # From the next step back into the last box.
    press("-")
    return desk


def test_slash_point_and_a_digit_mark_a_finding(typed: OfficeDesk) -> None:
    entry = typed.entry
    press("/")
    assert focused_cell() == "valid"
    press(".")
    assert entry.marking.isVisible() and entry.marking.reason.hasFocus()
    assert entry.marking.offered.texts[0] == f"1  {FIRST}"
    press("1\n")
    assert not entry.marking.isVisible()
    assert focused_cell() == "valid"
    assert any(
        text.endswith(f"Sesuai kertas: {FIRST} (Siti Aminah)") for text in entry.findings.texts
    )
    (mark,) = marks_of_contest(typed.session.office, BUPATI)[TPS[0]]
    assert (mark.rule, mark.reason) == ("R6", FIRST)
    # It holds once the form is saved as it is.
    press("/.2\n+\n")
    office = typed.session.office
    assert len(standing_marks(office, BUPATI, TPS[0])) == 2
    faults = [fault for fault in missing(office, BUPATI) if fault.details.get("tps") == TPS[0]]
    assert [fault.code for fault in faults] == ["close-marked"]


def test_a_point_in_a_box_nobody_came_to_by_a_finding_asks_nothing(typed: OfficeDesk) -> None:
    typed.entry.form.focus_cell("valid")
    press(".")
    assert not typed.entry.marking.isVisible()
    press("/7.")
    assert not typed.entry.marking.isVisible()


def test_escape_leaves_and_an_empty_reason_takes_the_mark_back(typed: OfficeDesk) -> None:
    press("/.")
    reason = typed.entry.marking.reason
    QTest.keyClick(reason, Qt.Key.Key_Escape)
    assert focused_cell() == "valid"
    assert marks_of_contest(typed.session.office, BUPATI) == {}
    press(".")
    QTest.keyClicks(reason, "dicoret, diparaf KPPS")
    press("\n.")
    assert reason.text() == "dicoret, diparaf KPPS"
    QTest.keyClick(reason, Qt.Key.Key_Backspace)
    press("\n")
    assert marks_of_contest(typed.session.office, BUPATI) == {}


def test_from_the_list_a_point_asks_too(typed: OfficeDesk) -> None:
    panel = typed.entry.findings
    panel._list.setFocus(Qt.FocusReason.TabFocusReason)
    panel._list.setCurrentRow(1)
    press(".1\n")
    (mark,) = marks_of_contest(typed.session.office, BUPATI)[TPS[0]]
    assert mark.rule == "R7"


def test_what_was_marked_is_the_first_reason_offered_for_accepting(typed: OfficeDesk) -> None:
    press("/.3\n/.3\n+")
    entry = typed.entry
    entry.ruling.button(Act.ACCEPT).click()
    assert entry.ruling.offered.texts[0] == "1  Tidak terbaca jelas di kertas"
    assert isinstance(QApplication.focusWidget(), type(entry.ruling.reason))
