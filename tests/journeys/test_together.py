"""Parts that were made one by one, used together: roles, the lock, the scan, two typists, two contests."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.roles import Role
from recap_desktop.office.scans.attaching import attach
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, digits_of, press
from tests.made_up.guarded import PASSWORD, PEOPLE, give_passwords, guard
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati
from tests.made_up.scans import jpeg, put

OPERATOR, VERIFIER, CHAIR = (PEOPLE[role] for role in (Role.OPERATOR, Role.VERIFIER, Role.CHAIR))
FORMS = {BUPATI: valid_bupati(), GUBERNUR: {**valid_bupati(), "votes.2": 60, "votes.3": 40}}


def focus() -> QWidget:
    at = QApplication.focusWidget()
    assert at is not None
    return at


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    """A double-entry office with roles, passwords and a photo of the first TPS."""
    office = tiny_office(tmp_path / "o.rekap", double_entry=True)
    guard(office)
    give_passwords(office)
    photo = put(tmp_path, "32.07.01.1001.001 hal 1.jpg", jpeg("C.HASIL", (600, 850)))
    attach(office, BUPATI, TPS[0], photo, by=CHAIR)
    office.close()
    shown = desk_of(window(tmp_path / "o.rekap"))
    shown.session.choose_contest(BUPATI)
    return shown


def sign_in(desk: OfficeDesk, name: str) -> None:
    QTest.keyClick(desk.window(), Qt.Key.Key_F7)
    desk.go_to(Place.ENTRY)
    names = desk.entry.person.names
    texts = [names.item(at).text() for at in range(names.count())]
    press(next(text.partition(".")[0] for text in texts if text.endswith(f" {name}")) + "\n")
    QTest.keyClicks(focus(), PASSWORD)
    press("\n")
    assert desk.session.person == name


def test_a_screen_that_locks_over_a_scan_comes_back_to_the_scan_and_the_box(
    qtbot: QtBot, desk: OfficeDesk
) -> None:
    sign_in(desk, OPERATOR)
    desk.entry.open_station(TPS[0])
    press("150\n")
    QTest.keyClick(focus(), Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: desk.entry.beside.scan.pages > 0, timeout=20_000)
    box = focus()
    desk.lock.look()
    for key in (Qt.Key.Key_F12, Qt.Key.Key_F5, Qt.Key.Key_F9):
        QTest.keyClick(desk.window(), key)
    assert desk.lock_page.isVisible()
    QTest.keyClicks(focus(), PASSWORD)
    press("\n")
    assert focus() is box and desk.entry.beside.is_scan
    press("160\n")
    assert list(desk.entry.form.cells.values()) == [150, 160]


def test_two_people_go_through_both_contests_one_behind_the_other(desk: OfficeDesk) -> None:
    walked: dict[str, list[tuple[str, str]]] = {}
    desk.session.choose_in_one_go(wanted=True)
    for name in (OPERATOR, VERIFIER):
        sign_in(desk, name)
        desk.entry.open_form(BUPATI, TPS[0])
        assert desk.entry.form.cells == {}, "nothing of the first entry is seen"
        walked[name] = []
        for _ in range(4):
            contest, tps = desk.session.contest_id, desk.entry.station
            walked[name].append((contest, tps))
            press(digits_of(desk, FORMS[contest]) + "\n")
            # The next step: the other contest, then the next TPS.
            press("\n")
    assert walked[OPERATOR] == [(key, tps) for tps in TPS[:2] for key in (BUPATI, GUBERNUR)]
    assert walked[VERIFIER] == walked[OPERATOR]
    tables = desk.session.office.file.contests
    found = [tables[key].tally(tps) for key in FORMS for tps in TPS[:2]]
    assert [one.tally.state for one in found if one] == [State.AGREED] * 4
