"""The list of look-alikes on the overview, by keys, in a real window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.overview.overview_choice import LOOKS, UNITS
from recap_desktop.desk.rail import Place
from recap_desktop.election.checks.resemblance import Kind
from recap_desktop.election.practice.practice import Practice
from recap_desktop.office.entry.entering import enter, enter_all
from recap_desktop.office.opening import create_office_for
from tests.desk.conftest import OpenWindow
from tests.made_up.made_up_pemilu import CAKUNG, made_up_pemilu, seeded
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, valid_bupati

SLOW = 20_000


def shown(desk: OfficeDesk) -> list[list[str]]:
    model = desk.overview.looks.table.model()
    rows, columns = model.rowCount(), model.columnCount()
    return [[model.index(r, c).data() for c in range(columns)] for r in range(rows)]


@pytest.fixture
def twins(desk: OfficeDesk, qtbot: QtBot) -> OfficeDesk:
    """Two TPS of one desa hold the same figures, and one of another desa."""
    session = desk.session
    session.choose_person("Siti")
    for tps in (TPS[1], TPS[3]):
        session.record(partial(enter, session.office, BUPATI, tps, valid_bupati(), by="Siti"))
    session.record(lambda: enter(session.office, BUPATI, TPS[0], valid_bupati(), by="Siti"))
    desk.overview.choose(LOOKS)
    qtbot.waitUntil(lambda: not desk.overview.looks.is_searching, timeout=SLOW)
    return desk


def test_both_sides_are_shown_the_least_likely_first(twins: OfficeDesk) -> None:
    rows = shown(twins)
    assert [row[:3] for row in rows] == [
        ["001", "Kelurahan Maleber", "TPS 002"],
        ["001", "Kelurahan Maleber", "TPS 001 Desa Baregbeg"],
        ["002", "Kelurahan Maleber", "TPS 001 Desa Baregbeg"],
    ]
    assert rows[0][3].startswith("Seluruh isian sama dengan TPS 002; suara dan suara tidak sah:")
    assert twins.overview.looks.said == "3 alasan untuk melihat lagi. Kecamatan Ciamis"
    assert twins.overview.looks.kinds.itemText(1) == "Suara sama: 3"


def test_enter_opens_the_one_and_plus_the_other(twins: OfficeDesk) -> None:
    table = twins.overview.looks.table
    QTest.keyClick(table, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert twins.entry.station == TPS[0]
    twins.go_to(Place.OVERVIEW)
    QTest.keyClick(table, Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier)
    assert twins.entry.station == TPS[1]


def test_minus_and_escape_lead_back_to_the_units(twins: OfficeDesk) -> None:
    page = twins.overview
    QTest.keyClick(page.looks.table, Qt.Key.Key_Minus)
    assert page.filters.chosen == UNITS
    page.choose(LOOKS)
    page.looks.take_focus()
    QTest.keyClick(page.looks.table, Qt.Key.Key_Escape)
    assert page.filters.chosen == UNITS


def test_the_list_follows_what_is_recorded(qtbot: QtBot, twins: OfficeDesk) -> None:
    session = twins.session
    other = valid_bupati(77, 31, 2)
    session.record(lambda: enter(session.office, BUPATI, TPS[3], other, by="Siti"))
    looks = twins.overview.looks
    qtbot.waitUntil(lambda: len(looks.found) < 3, timeout=SLOW)
    assert [(one.tps, one.other) for one in looks.found if one.kind is Kind.SAME] == [
        (TPS[0], TPS[1])
    ]


def test_the_list_is_of_the_contest_that_is_looked_at(qtbot: QtBot, twins: OfficeDesk) -> None:
    looks = twins.overview.looks
    twins.session.choose_contest(GUBERNUR)
    qtbot.waitUntil(lambda: not looks.is_searching, timeout=SLOW)
    assert looks.said == "Tidak ada yang mirip atau menyimpang. Kecamatan Ciamis"
    assert shown(twins) == []


def test_a_large_kecamatan_is_searched_in_the_worker_and_by_reason(
    qtbot: QtBot, window: OpenWindow, tmp_path: Path
) -> None:
    election = made_up_pemilu(210)
    office = create_office_for(tmp_path / "c.rekap", election=election, region=CAKUNG)
    made = [form for form in Practice(election, seeded(5)).forms("ppwp") if form.written]
    rows = [(form.tps, form.written) for form in made]
    rows[40] = (rows[40][0], rows[41][1])
    enter_all(office, "ppwp", rows, by="Siti")
    main = window()
    main.take_office(office)
    assert main.desk is not None
    page = main.desk.overview
    page.choose(LOOKS)
    assert page.looks.is_searching
    qtbot.waitUntil(lambda: not page.looks.is_searching, timeout=SLOW)
    same = [one for one in page.looks.found if one.kind is Kind.SAME]
    assert (rows[40][0], rows[41][0]) in {(one.tps, one.other) for one in same}
    kinds = page.looks.kinds
    kinds.setCurrentIndex(kinds.findData(Kind.SAME.value))
    assert len(shown(main.desk)) == len(same)
