"""What the office above proposes is taken up, left or looked at, by the number pad alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.upward.proposals_page import ProposalsPage
from recap_desktop.election.figures.tallies import State
from recap_desktop.office.upward.unit_figures import differences
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, press
from tests.made_up.offices import BUPATI, CIAMIS, TPS
from tests.scenes import above_scenes


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    above_scenes.proposed(tmp_path / "ciamis.rekap")
    desk = desk_of(window(tmp_path / "ciamis.rekap"))
    desk.session.choose_contest(BUPATI)
    desk.session.choose_person(above_scenes.TUTI)
    QTest.keyClick(desk, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    return desk


def begin(desk: OfficeDesk) -> ProposalsPage:
    press("7")
    page = desk.upward.proposals
    assert page.isVisible()
    return page


def test_each_is_taken_up_with_the_words_of_the_office_above(desk: OfficeDesk) -> None:
    page = begin(desk)
    assert [one.is_open for one in page.rows] == [True, False, True]
    assert page.row is page.rows[0]
    press("\n")
    form = page.form
    assert form is not None
    assert form.reason.text() == "KABUPATEN CIAMIS: salah salin di D.HASIL"
    # Only who decided here is asked: reason and who raised it are there, to be changed.
    box = QApplication.focusWidget()
    assert isinstance(box, QLineEdit) and box is form.decided_by
    press("1\n\n")
    stored = desk.session.office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None
    assert (stored.tally.state, stored.tally.cells["votes.1"]) == (State.CORRECTED, 50)
    # The next one that waits is marked: the difference of the kecamatan.
    assert page.row == page.rows[2]
    assert page.rows[2].unit == CIAMIS
    press("\n1\n\n")
    (one,) = differences(desk.session.office, BUPATI)
    assert one.cells == {"votes.2": -2}
    assert not any(one.is_open for one in page.rows)


def test_one_is_left_with_a_reason(desk: OfficeDesk) -> None:
    page = begin(desk)
    press("2")
    press("1\n\n1\n\n")
    assert page.rows[0].left and not page.rows[0].is_open
    stored = desk.session.office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None and stored.tally.cells["votes.1"] == 40


def test_its_form_is_opened_and_escape_leads_back(desk: OfficeDesk) -> None:
    page = begin(desk)
    press("1")
    assert desk.entry.isVisible() and desk.entry.station == TPS[0]
    QTest.keyClick(desk, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert page.isVisible()
    QTest.keyClick(page.foot.next_button, Qt.Key.Key_Escape)
    assert desk.upward.send.isVisible()
