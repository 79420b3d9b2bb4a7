"""The form of a contest is made when it is first needed, and what is open follows the contest."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from recap_desktop.desk.entry.entry_form import EntryForm
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.office.opening import create_office_for
from tests.desk.conftest import OpenWindow
from tests.made_up.made_up_pemilu import CAKUNG, CONTESTS, made_up_pemilu
from tests.made_up.offices import GUBERNUR, TPS


def forms(desk: OfficeDesk) -> list[EntryForm]:
    return desk.entry.findChildren(EntryForm)


@pytest.fixture
def pemilu(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    """Five contests over seven TPS."""
    path = tmp_path / "p.rekap"
    create_office_for(path, election=made_up_pemilu(7), region=CAKUNG).close()
    shown = window(path)
    assert shown.desk is not None
    return shown.desk


def test_no_form_is_made_before_somebody_types(pemilu: OfficeDesk) -> None:
    for _ in CONTESTS:
        QTest.keyClick(pemilu.window(), Qt.Key.Key_F6)
    assert forms(pemilu) == []
    pemilu.go_to(Place.ENTRY)
    assert forms(pemilu) == []
    pemilu.session.choose_person("Siti")
    assert len(forms(pemilu)) == 1


def test_each_contest_has_one_form_and_its_own_figures(pemilu: OfficeDesk) -> None:
    entry, session = pemilu.entry, pemilu.session
    session.choose_person("Siti")
    pemilu.go_to(Place.ENTRY)
    tps = min(session.office.file.contests["ppwp"].station_keys())
    entry.open_station(tps)
    for _ in range(2):
        for contest in CONTESTS:
            session.choose_contest(contest.id)
            assert entry.form.isVisible()
            assert entry.station == tps
            assert set(entry.form.order) == set(session.layout.cells)
    assert len(forms(pemilu)) == len(CONTESTS)


def test_a_contest_changed_elsewhere_is_followed_when_the_page_is_shown(desk: OfficeDesk) -> None:
    desk.session.choose_person("Siti")
    desk.go_to(Place.ENTRY)
    desk.entry.open_station(TPS[1])
    QTest.keyClicks(desk.entry.form.focusWidget(), "12")
    desk.go_to(Place.OVERVIEW)
    desk.session.choose_contest(GUBERNUR)
    assert len(forms(desk)) == 1
    desk.go_to(Place.ENTRY)
    assert len(forms(desk)) == 2
    assert desk.entry.station == TPS[1]
    assert desk.entry.form.cells == {}
    desk.session.next_contest()
    assert set(desk.entry.form.cells.values()) == {12}
