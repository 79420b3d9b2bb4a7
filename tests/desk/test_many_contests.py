"""An office of more contests than a key can walk through: they are chosen from a list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.office.opening import create_office_for
from tests.benchmarks.kabupaten import KABUPATEN, kabupaten
from tests.desk.conftest import OpenWindow


@pytest.fixture
def bogor(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    """28 contests over one TPS a desa."""
    whole = kabupaten(430)
    some = replace(whole, stations=whole.stations[::3])
    path = tmp_path / "b.rekap"
    create_office_for(path, election=some, region=KABUPATEN).close()
    shown = window(path)
    assert shown.desk is not None
    return shown.desk


def test_contests_of_one_name_are_told_apart_by_their_dapil(bogor: OfficeDesk) -> None:
    box = bogor.head.contests
    texts = [box.itemText(at) for at in range(box.count())]
    assert len(set(texts)) == 28
    assert texts[0] == "1  Presiden dan Wakil Presiden"
    assert texts[27] == "28  DPRD Kabupaten Bogor, Dapil BOGOR 24"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_contest_is_chosen_from_the_list_by_its_number(qtbot: QtBot, bogor: OfficeDesk) -> None:
    bogor.overview.take_focus()
    QTest.keyClick(bogor.window(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    view = bogor.head.contests.view()
    qtbot.waitUntil(view.isVisible)
    QTest.keyClicks(view, "17")
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.isVisible())
    assert bogor.session.contest_id == "dprd-13"
    assert bogor.head.contests.currentText() == "17  DPRD Kabupaten Bogor, Dapil BOGOR 13"
    assert bogor.overview.chooser.field.hasFocus()


def test_only_the_kecamatan_of_its_dapil_are_listed(bogor: OfficeDesk) -> None:
    bogor.session.choose_contest("dprd-01")
    regions = bogor.session.contest.regions
    assert 1 <= len(regions) < 4
    assert [row.code for row in bogor.overview.rows] == list(regions)
    assert [row.code for row in bogor.overview.rows if row.progress is None] == []


def test_every_contest_can_be_typed(bogor: OfficeDesk) -> None:
    bogor.session.choose_person("Siti")
    bogor.go_to(Place.ENTRY)
    for contest in ("ppwp", "dprd-01", "dprd-24"):
        bogor.session.choose_contest(contest)
        tps = min(bogor.session.office.file.contests[contest].station_keys())
        bogor.entry.open_station(tps)
        assert bogor.entry.station == tps
        assert set(bogor.entry.form.order) == set(bogor.session.layout.cells)
