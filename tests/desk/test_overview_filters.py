"""The column of filters, the next TPS to look at, and the pace on the overview, by the number pad."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.overview.overview_choice import FINDINGS, LOOKS, UNITS
from recap_desktop.desk.overview.overview_page import OverviewPage
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.rail import Place
from recap_desktop.election.definitions.contests import Station
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.opening import create_office_for
from recap_desktop.office.scans.attaching import attach, attachments, detach
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import BUPATI, CIAMIS, GUBERNUR, TPS, WIB, tiny_election, valid_bupati
from tests.made_up.scans import jpeg

ODD = {**valid_bupati(), "valid": 150}


def press(*keys: Qt.Key) -> None:
    """Press keys of the number pad in whatever has the focus."""
    for key in keys:
        widget = QApplication.focusWidget()
        assert isinstance(widget, QWidget)
        QTest.keyClick(widget, key, Qt.KeyboardModifier.KeypadModifier)


def counts(page: OverviewPage) -> dict[str, int | None]:
    return {one.value: one.count for one in page.filters.filters}


def test_the_star_steps_through_the_lists_that_hold_something(desk: OfficeDesk) -> None:
    page = desk.overview
    page.take_focus()
    met = [page.filters.chosen]
    for _ in range(9):
        press(Qt.Key.Key_Asterisk)
        met.append(page.filters.chosen)
    assert met[:6] == [UNITS, "trouble", "odd", "empty", "filled", "all"]
    assert met[6:] == ["findings", "looks", "lacking", UNITS]
    assert page.filters.hasFocus()


def test_enter_goes_into_a_list_and_minus_back_to_the_units(desk: OfficeDesk) -> None:
    desk.session.choose_person("Siti")
    page = desk.overview
    page.take_focus()
    press(Qt.Key.Key_Asterisk, Qt.Key.Key_Enter)
    assert page.list.field.hasFocus()
    press(Qt.Key.Key_Enter)
    assert page.list.table.hasFocus()
    press(Qt.Key.Key_Minus)
    assert page.filters.chosen == UNITS
    assert page.table.hasFocus()
    press(Qt.Key.Key_Asterisk, Qt.Key.Key_Enter, Qt.Key.Key_Enter, Qt.Key.Key_Enter)
    assert desk.entry.station == TPS[0]


def test_the_star_works_from_the_table_of_units_too(desk: OfficeDesk) -> None:
    desk.overview.table.setFocus()
    press(Qt.Key.Key_Asterisk)
    assert desk.overview.filters.chosen == "trouble"


def test_counts_follow_what_is_recorded_and_the_unit_that_is_shown(desk: OfficeDesk) -> None:
    page, session = desk.overview, desk.session
    assert counts(page)["empty"] == 4
    session.record(lambda: enter(session.office, BUPATI, TPS[3], valid_bupati(), by="Siti"))
    assert counts(page)["empty"] == 3
    page.enter(page.table.model().index(0, 0))
    assert page.under == TPS[0][:10]
    assert counts(page)["empty"] == 2
    assert counts(page)["trouble"] == 1
    session.choose_contest(GUBERNUR)
    assert counts(page)["empty"] == 3


def test_a_list_without_a_tps_says_so_in_words_for_a_screen_reader(desk: OfficeDesk) -> None:
    texts = {one.value: one.text for one in desk.overview.filters.filters}
    assert texts["odd"] == "Janggal: 1"


# The next that somebody must look at


def with_trouble(desk: OfficeDesk) -> None:
    session = desk.session
    session.choose_person("Siti")
    for tps in (TPS[1], TPS[3]):
        session.record(partial(enter, session.office, BUPATI, tps, ODD, by="Siti"))


def test_the_slash_goes_from_one_trouble_to_the_next_and_round(desk: OfficeDesk) -> None:
    with_trouble(desk)
    desk.overview.take_focus()
    press(Qt.Key.Key_Slash)
    assert desk.entry.isVisible()
    met, cells = [desk.entry.station], set()
    for _ in range(20):
        press(Qt.Key.Key_Slash)
        cells.add(desk.entry.form.focused_cell)
        if desk.entry.station != met[-1]:
            met.append(desk.entry.station)
        if len(met) == 4:
            break
    # On the way it stops at what does not fit in each form.
    assert "valid" in cells
    assert met == [TPS[0], TPS[1], TPS[3], TPS[0]]
    assert desk.entry.foot.message.startswith("Sampai di akhir, mulai lagi dari awal: TPS 001")


def test_the_slash_works_on_the_next_step_after_saving(desk: OfficeDesk) -> None:
    with_trouble(desk)
    desk.session.station_asked.emit(TPS[4])
    desk.entry.form.fill(tuple(valid_bupati()), 0)
    desk.entry.foot.take_focus()
    press(Qt.Key.Key_Slash)
    assert desk.entry.station == TPS[0]


def test_the_slash_does_not_leave_what_is_being_typed(desk: OfficeDesk) -> None:
    with_trouble(desk)
    desk.session.station_asked.emit(TPS[1])
    press(Qt.Key.Key_7)
    for _ in range(4):
        press(Qt.Key.Key_Slash)
    assert desk.entry.station == TPS[1]
    desk.session.station_asked.emit(TPS[4])  # nothing stands there yet
    press(Qt.Key.Key_Slash)
    assert desk.entry.station == TPS[4]


def test_the_only_one_is_said_to_be_that(desk: OfficeDesk) -> None:
    desk.session.choose_person("Siti")
    desk.overview.take_focus()
    press(Qt.Key.Key_Slash)
    assert desk.entry.station == TPS[0]
    desk.entry.chooser.take_focus()
    press(Qt.Key.Key_Slash)
    assert desk.entry.foot.message == "Hanya TPS ini yang perlu dilihat."


def test_where_there_is_none_it_is_said(desk: OfficeDesk) -> None:
    desk.session.choose_contest(GUBERNUR)
    page = desk.overview
    assert not page.foot.other_button.isVisible()
    page.take_focus()
    press(Qt.Key.Key_Slash)
    assert page.foot.message == "Tidak ada TPS yang berbeda, bertentangan, atau janggal."


def test_f3_goes_there_from_anywhere(desk: OfficeDesk) -> None:
    desk.session.choose_person("Siti")
    desk.go_to(Place.HELP)
    QTest.keyClick(desk, Qt.Key.Key_F3)
    assert desk.entry.station == TPS[0]


def test_a_slash_in_a_text_that_was_begun_is_a_letter(desk: OfficeDesk) -> None:
    field = desk.overview.chooser.field
    field.setFocus()
    QTest.keyClicks(field, "maleber/2*")
    assert field.text() == "maleber/2*"
    assert desk.overview.isVisible()


def test_the_button_beside_the_next_step_leads_there(desk: OfficeDesk) -> None:
    desk.session.choose_person("Siti")
    desk.overview.foot.other_button.click()
    assert desk.entry.station == TPS[0]


# The pace


def test_the_pace_is_said_while_somebody_works(window: OpenWindow, tmp_path: Path) -> None:
    now = dt.datetime(2024, 11, 28, 9, 0, tzinfo=WIB)
    stations = tuple(Station(f"{TPS[0][:10]}{n:03d}", 150, 160) for n in range(1, 41))
    office = create_office_for(
        tmp_path / "p.rekap",
        election=replace(tiny_election(), stations=stations),
        region=CIAMIS,
        clock=lambda: now,
    )
    shown = window()
    shown.take_office(office)
    assert shown.desk is not None
    page, session = shown.desk.overview, shown.desk.session
    session.choose_person("Siti")
    assert page.outlook == ""
    for station in stations[:20]:
        now += dt.timedelta(minutes=2)
        session.record(partial(enter, office, BUPATI, station.tps, valid_bupati(), by="Siti"))
    assert page.outlook == "Kira-kira 40 menit lagi, 30 per jam di laptop ini"
    now += dt.timedelta(hours=1)
    page.refresh()
    assert page.outlook == ""


# Names and figures have room, also beside the column of lists


@pytest.mark.parametrize("size", [(1092, 560), (960, 500), (1366, 728), (1920, 1040)])
@pytest.mark.parametrize("shown", [UNITS, "trouble", FINDINGS, LOOKS])
def test_names_and_figures_have_room(
    qtbot: QtBot, desk: OfficeDesk, size: tuple[int, int], shown: str
) -> None:
    desk.session.choose_contest(GUBERNUR)  # three pairs
    session = desk.session
    session.record(partial(enter, session.office, GUBERNUR, TPS[0], {"valid": 3}, by="Siti"))
    page = desk.overview
    desk.window().resize(*size)
    qtbot.waitUntil(lambda: desk.window().size().toTuple() == size)
    page.choose(shown)
    tables: dict[str, RowsTable] = {UNITS: page.table, LOOKS: page.looks.table}
    table = tables.get(shown, page.list.table)
    qtbot.waitUntil(table.isVisible)
    model, header, metrics = table.model(), table.horizontalHeader(), table.fontMetrics()
    across = range(model.columnCount())
    assert sum(header.sectionSize(at) for at in across) <= table.viewport().width()
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in across]
    name = titles.index(session.words["desk.level.desa"])
    assert header.sectionSize(name) >= metrics.averageCharWidth() * 13
    for row in range(model.rowCount()):
        for at in across:
            text = model.index(row, at).data()
            if at != name and text and text.replace(".", "").isdecimal():
                assert metrics.horizontalAdvance(text) < header.sectionSize(at)


def test_a_list_that_the_office_has_no_more_gives_way_to_the_units(
    desk: OfficeDesk, tmp_path: Path
) -> None:
    page, session = desk.overview, desk.session
    photo = tmp_path / "c.jpg"
    photo.write_bytes(jpeg())
    session.record(partial(attach, session.office, BUPATI, TPS[0], photo, by="Siti"))
    page.choose("no-scan")
    assert page.list.isVisible()
    (held,) = attachments(session.office, BUPATI, TPS[0])
    session.record(partial(detach, session.office, held, by="Siti", reason="salah TPS"))
    assert page.filters.chosen == UNITS
    assert page.table.isVisible()
