"""F2 on a figure leads down to the records of a TPS, and back to the very place it was asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.office.entry import entering
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, press
from tests.made_up.offices import BUPATI, CIAMIS, TPS, tiny_office, valid_bupati


def f2() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_F2)


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    path = tmp_path / "o.rekap"
    office = tiny_office(path)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(office, BUPATI, rows, by="Siti")
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_contest(BUPATI)
    desk.session.choose_person("Siti")
    desk.go_to(Place.OVERVIEW)
    return desk


def test_from_the_totals_down_to_a_record_and_up_again(desk: OfficeDesk) -> None:
    f2()
    page = desk.where.page
    assert page.isVisible() and (page.unit, page.cell) == (CIAMIS, "votes.1")
    assert page.found is not None and page.found.whole.figure == 40 + 41 + 42 + 43 + 44
    assert page.parts.hasFocus()
    press("\n")
    assert page.unit == TPS[0][:10]
    press("\n")
    assert page.unit == TPS[0] and page.traces.hasFocus()
    assert [trace.event.person for trace in page.found.traces] == ["Siti"]
    press("-")
    press("-")
    assert page.unit == CIAMIS and page.parts.hasFocus()
    press("-")
    assert desk.overview.isVisible()


def test_plus_goes_through_the_cells(desk: OfficeDesk) -> None:
    f2()
    page = desk.where.page
    press("+")
    assert page.cell == "votes.2"
    assert page.found is not None and page.found.whole.figure == 500
    QTest.keyClick(page.parts, Qt.Key.Key_PageUp)
    assert page.cell == "votes.1"


def test_of_a_row_it_is_the_cell_of_the_column(desk: OfficeDesk) -> None:
    table = desk.overview.table
    table.setFocus()
    model = table.model()
    table.setCurrentIndex(model.index(1, model.columnCount() - 3))
    f2()
    assert (desk.where.page.unit, desk.where.page.cell) == (TPS[3][:10], "valid")
    press("-")
    assert table.hasFocus()


def test_from_a_box_of_the_form_and_back_into_it(desk: OfficeDesk) -> None:
    desk.session.station_asked.emit(TPS[1])
    box = next(field for field in desk.entry.findChildren(NumberField) if field.cell == "valid")
    box.setFocus()
    f2()
    page = desk.where.page
    assert page.isVisible() and (page.unit, page.cell) == (TPS[1], "valid")
    press("\n")
    assert desk.history.isVisible()
    desk.go_to(Place.OVERVIEW)
    f2()
    press("-")
    desk.session.station_asked.emit(TPS[1])
    box = next(field for field in desk.entry.findChildren(NumberField) if field.cell == "valid")
    box.setFocus()
    f2()
    press("-")
    assert desk.entry.isVisible()
    assert box.hasFocus()


def test_a_first_entry_of_two_is_not_shown_to_another(window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "o.rekap"
    office = tiny_office(path, double_entry=True)
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_contest(BUPATI)
    desk.session.choose_person("Budi")
    desk.where.page.show_figure(TPS[0], "votes.1")
    assert desk.where.page.found is None
    desk.session.choose_person("Siti")
    desk.where.page.show_figure(TPS[0], "votes.1")
    assert desk.where.page.found is not None
