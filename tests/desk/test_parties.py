"""A list form: a page a party, reached by its number; what adds up is seen at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from recap_desktop.desk.entry.party_bar import PartyBar
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.office.entry.party_progress import Progress, next_party, progress_of
from recap_desktop.office.opening import create_office_for
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import focused_cell, press
from tests.made_up.every_form import parties
from tests.made_up.made_up_pemilu import CAKUNG, CONTESTS, made_up_pemilu

DPR = replace(CONTESTS[1], choices=parties(10))


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    """A form of 18 parties with ten candidates each."""
    path = tmp_path / "p.rekap"
    election = replace(made_up_pemilu(7), contests=(DPR,))
    office = create_office_for(path, election=election, region=CAKUNG)
    tps = min(office.file.contests["dpr"].station_keys())
    office.close()
    shown = window(path).desk
    assert shown is not None
    shown.session.choose_person("Siti")
    shown.go_to(Place.ENTRY)
    shown.entry.open_station(tps)
    return shown


def bar(desk: OfficeDesk) -> PartyBar:
    assert desk.entry.form.parties is not None
    return desk.entry.form.parties


def test_each_party_has_a_page_of_its_own_with_room_for_all_of_it(desk: OfficeDesk) -> None:
    form = desk.entry.form
    assert len(form.pages) == len(DPR.choices) + 3
    assert form.order == desk.session.layout.cells
    for party, page in zip(DPR.choices, form.pages[2:-1], strict=True):
        assert tuple(field.cell for field in page.fields) == party.cells
        assert page.verticalScrollBar().maximum() == 0


def test_a_point_and_a_number_lead_to_a_party_and_its_name_is_shown(desk: OfficeDesk) -> None:
    press(".24\n")
    assert focused_cell() == "votes.24.party"
    assert bar(desk).name == "24. PARTAI UMMAT"
    press("3\n.9\n")
    assert focused_cell() == "votes.9.party"
    assert desk.entry.form.cells == {"votes.24.party": 3}


def test_a_number_that_no_party_has_asks_again_and_a_minus_goes_back(desk: OfficeDesk) -> None:
    press("12\n.19\n")
    assert QApplication.focusWidget() is bar(desk).field
    press("-")
    assert focused_cell() == "voters.dpt.p"
    press(".")
    QTest.keyClick(bar(desk).field, Qt.Key.Key_Escape)
    assert focused_cell() == "voters.dpt.p"


@pytest.mark.usefixtures("desk")
def test_without_a_number_it_is_the_next_that_is_not_filled() -> None:
    press(".13\n")
    press("4\n4\n")
    assert focused_cell() == "votes.14.party"
    press(".12\n.\n")
    assert focused_cell() == "votes.14.party"


def test_the_sum_of_a_party_is_judged_as_soon_as_it_is_typed(desk: OfficeDesk) -> None:
    press(".9\n")
    assert bar(desk).tiles.states[9] is Progress.EMPTY
    press("4\n3\n")
    assert bar(desk).tiles.states[9] is Progress.PARTLY
    total = next(f for p in desk.entry.form.pages for f in p.fields if f.cell == "votes.9.total")
    assert total.running_sum == 7
    press("8")
    assert bar(desk).tiles.states[9] is Progress.WRONG
    press("\n")
    assert any("7" in text for text in desk.entry.findings.texts)
    press("--7\n")
    assert bar(desk).tiles.states[9] is Progress.FILLED
    assert "9: terisi" in bar(desk).tiles.accessibleName()


def test_a_click_on_a_tile_goes_there_too(desk: OfficeDesk) -> None:
    tiles = bar(desk).tiles
    QTest.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=tiles._tile(4).center())
    assert focused_cell() == "votes.5.party"


def test_a_star_fills_the_party_and_never_its_sum_and_again_takes_it_back(
    desk: OfficeDesk,
) -> None:
    press(".2\n1\n2\n*")
    assert focused_cell() == "votes.2.total"
    filled = {"votes.2.party": 1, "votes.2.1": 2, **{f"votes.2.{n}": 0 for n in range(2, 11)}}
    assert desk.entry.form.cells == filled
    desk.entry.form.focus_cell("votes.2.3")
    press("5\n*")
    kept = {"votes.2.party": 1, "votes.2.1": 2, "votes.2.3": 5}
    assert desk.entry.form.cells == kept
    assert focused_cell() == "votes.2.2"
    press("*")
    assert desk.entry.form.cells == {**filled, "votes.2.3": 5}


@pytest.mark.parametrize(
    ("typed", "progress"),
    [
        ({}, Progress.EMPTY),
        ({"party": 3}, Progress.PARTLY),
        ({"party": 3, "1": 4, "total": 7}, Progress.FILLED),
        ({"party": 3, "1": 4, "total": 8}, Progress.WRONG),
        ({"total": 0}, Progress.FILLED),
        ({"total": 5}, Progress.WRONG),
    ],
)
def test_where_a_party_stands(typed: dict[str, int], progress: Progress) -> None:
    cells = {f"votes.1.{key}": figure for key, figure in typed.items()}
    assert progress_of(DPR.choices[0], cells) is progress


def test_when_all_are_filled_there_is_no_next() -> None:
    whole = {choice.cells[0]: 1 for choice in DPR.choices}
    whole |= {choice.counted_key: 1 for choice in DPR.choices}
    assert next_party(DPR, whole, after=24) == 0
    del whole["votes.3.total"]
    assert next_party(DPR, whole, after=24) == 3
    assert next_party(DPR, whole, after=3) == 3
