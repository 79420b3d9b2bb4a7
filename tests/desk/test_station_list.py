"""Lists of TPS and the search of findings on the overview, by keys, in a real window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.laptop.long_work import LongWork
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.overview.listed_rows import Row, listed_columns
from recap_desktop.desk.overview.overview_page import OverviewPage
from recap_desktop.desk.pieces.table_model import PagedRows, RowsModel
from recap_desktop.desk.rail import Place
from recap_desktop.election.practice.practice import Practice
from recap_desktop.office.checks.findings import findings
from recap_desktop.office.entry.entering import enter, enter_all
from recap_desktop.office.opening import create_office_for
from tests.desk.conftest import OpenWindow
from tests.made_up.made_up_pemilu import CAKUNG, made_up_pemilu, seeded
from tests.made_up.offices import GUBERNUR, TPS, valid_bupati

SLOW = 20_000


def listed(page: OverviewPage, column: int = 0) -> list[str]:
    model = page.list.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def choose(page: OverviewPage, value: str) -> None:
    page.choose(value)


@pytest.fixture
def cakung(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    path = tmp_path / "c.rekap"
    election = made_up_pemilu(210)
    office = create_office_for(path, election=election, region=CAKUNG)
    made = Practice(election, seeded(5))
    for contest in ("ppwp", "dpr"):
        rows = [(form.tps, form.written) for form in made.forms(contest) if form.written]
        enter_all(office, contest, rows, by="Siti")
    office.close()
    shown = window(path)
    assert shown.desk is not None
    return shown.desk


def test_a_list_is_reached_filtered_and_left_by_keys(desk: OfficeDesk) -> None:
    page = desk.overview
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filters.hasFocus()
    choose(page, "all")
    assert page.list.isVisible()
    assert listed(page) == ["001", "002", "901", "001", "002"]
    choose(page, "empty")
    assert listed(page) == ["002", "901", "001", "002"]
    assert page.list.said.startswith("4 TPS: Belum diisi.")
    page.list.take_focus()
    QTest.keyClicks(page.list.field, "baregbeg")
    assert listed(page) == ["001", "002"]
    QTest.keyClick(page.list.field, Qt.Key.Key_Down)
    assert page.list.table.hasFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Escape)
    assert page.list.field.text() == ""
    QTest.keyClick(page.list.table, Qt.Key.Key_Escape)
    assert not page.list.isVisible()
    assert page.table.hasFocus()


def test_enter_in_a_list_opens_the_form(desk: OfficeDesk) -> None:
    desk.session.choose_person("Siti")
    page = desk.overview
    choose(page, "empty")
    page.list.table.selectRow(2)
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert desk.entry.station == TPS[3]


def test_a_list_follows_what_is_recorded(desk: OfficeDesk) -> None:
    page, session = desk.overview, desk.session
    choose(page, "empty")
    session.record(
        lambda: enter(session.office, session.contest_id, TPS[1], valid_bupati(), by="Siti")
    )
    assert listed(page) == ["901", "001", "002"]
    choose(page, "odd")
    assert listed(page) == ["001"]


def test_a_list_follows_the_contest(desk: OfficeDesk) -> None:
    page, session = desk.overview, desk.session
    choose(page, "empty")
    desk.go_to(Place.ENTRY)
    session.choose_contest(GUBERNUR)
    desk.go_to(Place.OVERVIEW)
    assert listed(page) == ["001", "002", "901", "001", "002"]
    assert page.list.order.itemText(1) == "Terbanyak: 1"


def test_an_empty_list_says_so(desk: OfficeDesk) -> None:
    choose(desk.overview, "differs")
    assert desk.overview.list.said.startswith("Tidak ada TPS dengan keadaan ini.")
    choose(desk.overview, "all")
    desk.overview.list.field.setText("zzz")
    assert "“zzz”" in desk.overview.list.said


def test_a_list_lies_below_the_unit_that_is_shown(cakung: OfficeDesk) -> None:
    page = cakung.overview
    choose(page, "all")
    assert len(listed(page)) == 210
    order = page.list.order
    order.setCurrentIndex(order.findData("valid"))
    figures = [int(text.replace(".", "") or -1) for text in listed(page, listed_at(page, "Sah"))]
    assert figures == sorted(figures, reverse=True)


def listed_at(page: OverviewPage, title: str) -> int:
    model = page.list.table.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    return heads.index(title)


def test_a_search_finds_all_while_the_window_answers(qtbot: QtBot, cakung: OfficeDesk) -> None:
    page, session = cakung.overview, cakung.session
    beats: list[int] = []
    heart = QTimer()
    heart.setInterval(5)
    heart.timeout.connect(lambda: beats.append(len(page.list.found)))
    heart.start()
    choose(page, "findings")
    assert page.list.is_searching
    qtbot.waitUntil(lambda: not page.list.is_searching, timeout=SLOW)
    heart.stop()
    all_found = dict.fromkeys(tps for tps, _ in findings(session.office, session.contest_id))
    assert [one.tps for one in page.list.found] == list(all_found)
    assert len(listed(page)) == len(all_found) > 10
    assert page.list.said == f"{len(all_found)} TPS perlu dilihat. Kecamatan Cakung"
    assert len(beats) > 3


def test_a_search_is_stopped_by_escape_and_begun_again(qtbot: QtBot, cakung: OfficeDesk) -> None:
    page = cakung.overview
    choose(page, "findings")
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Escape)
    assert not page.list.is_searching
    assert page.list.said.startswith("Dihentikan pada ")
    found = len(page.list.found)
    qtbot.wait(50)
    assert len(page.list.found) == found
    stop = page.list.findChild(type(page.foot.next_button))
    assert stop is not None
    stop.click()
    qtbot.waitUntil(lambda: not page.list.is_searching, timeout=SLOW)
    assert len(page.list.found) > found


def test_what_is_recorded_after_a_search_is_judged_again(qtbot: QtBot, cakung: OfficeDesk) -> None:
    page, session = cakung.overview, cakung.session
    choose(page, "findings")
    qtbot.waitUntil(lambda: not page.list.is_searching, timeout=SLOW)
    before = [one.tps for one in page.list.found]
    clean = next(
        tps
        for tps in sorted(session.office.file.contests["ppwp"].station_keys())
        if tps not in before
    )
    session.record(
        lambda: enter(session.office, session.contest_id, clean, {"cast": 9, "valid": 3}, by="Siti")
    )
    session.record(
        lambda: enter(session.office, session.contest_id, before[0], {"cast": 9}, by="Siti")
    )

    def in_step() -> bool:
        now = dict.fromkeys(tps for tps, _ in findings(session.office, session.contest_id))
        return [one.tps for one in page.list.found] == list(now) == listed_keys(page)

    qtbot.waitUntil(in_step, timeout=SLOW)


def listed_keys(page: OverviewPage) -> list[str]:
    return [one.tps for one in page.list.found][: len(listed(page))]


def test_leaving_the_office_gives_a_search_up(qtbot: QtBot, cakung: OfficeDesk) -> None:
    window = cakung.window()
    choose(cakung.overview, "findings")
    cakung.left.emit()
    qtbot.wait(100)
    assert getattr(window, "desk", cakung) is None


def test_rows_of_many_are_read_a_page_at_a_time(
    desk: OfficeDesk, qtmodeltester: ModelTester
) -> None:
    asked: list[Sequence[str]] = []

    def look(keys: Sequence[str]) -> list[str]:
        asked.append(keys)
        return [key.upper() for key in keys]

    rows = PagedRows([f"k{at}" for at in range(75_000)], look)
    assert (rows[70_000], rows[70_001], rows[3]) == ("K70000", "K70001", "K3")
    assert [len(keys) for keys in asked] == [64, 64]
    assert list(rows[74_998:]) == ["K74998", "K74999"]
    for at in range(0, 75_000, 64):
        assert rows[at] == f"K{at}"
    assert len(asked) < 75_000 // 64 + 5
    shown: RowsModel[Row] = RowsModel(desk)
    shown.show(listed_columns(desk.session, desk.palette()), [])
    qtmodeltester.check(shown)  # type: ignore[no-untyped-call]


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.stop()


def test_work_in_parts_comes_in_order_and_can_be_added_to(
    qtbot: QtBot, background: Background
) -> None:
    work = LongWork(background)
    brought: list[int] = []
    steps: list[tuple[int, int]] = []
    work.brought.connect(brought.append)
    work.went_on.connect(lambda done, size: steps.append((done, size)))
    with qtbot.waitSignal(work.ended, timeout=SLOW):
        work.begin(iter(range(50)), lambda number: number * 2, size=50)
        work.add(1000)
    assert sorted(brought) == sorted([*range(0, 100, 2), 2000])
    assert steps[-1] == (50, 50)
    assert not work.is_running
    work.add(7)
    qtbot.waitUntil(lambda: brought[-1] == 14, timeout=SLOW)


def test_work_that_is_given_up_brings_nothing_more(qtbot: QtBot, background: Background) -> None:
    work = LongWork(background)
    brought: list[int] = []
    ended: list[bool] = []
    work.brought.connect(brought.append)
    work.ended.connect(lambda: ended.append(True))
    work.begin(iter(range(1_000)), lambda number: number, size=1_000)
    qtbot.waitUntil(lambda: len(brought) > 3, timeout=SLOW)
    work.cancel()
    seen = len(brought)
    qtbot.wait(60)
    assert len(brought) == seen
    assert ended == [True]
    work.begin(iter((5,)), lambda number: number, size=1)
    qtbot.waitUntil(lambda: brought[seen:] == [5], timeout=SLOW)
