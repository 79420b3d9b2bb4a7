"""The Kantor page: two laptops exchange by a folder, and a new version of the definition is taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from recap_desktop.desk.rail import Place
from recap_desktop.exchange.election_file import write_election
from recap_desktop.office.auditing import audit
from recap_desktop.office.by_stick import exchange_out
from recap_desktop.office.entering import enter
from recap_desktop.office.opening import open_office
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of
from tests.offices import BUPATI, TPS, tiny_election, tiny_office, valid_bupati

ANI = "Ani Lestari"


def test_records_of_another_laptop_are_taken_in_and_ours_written(
    window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_machine: Path
) -> None:
    path, copy, stick = tmp_path / "a.rekap", tmp_path / "b.rekap", tmp_path / "stik"
    stick.mkdir()
    office = tiny_office(path)
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    office.close()
    copy.write_bytes(path.read_bytes())
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "second laptop"))
    there = open_office(copy)
    there.go_on_as_new_post()
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    enter(there, BUPATI, TPS[1], valid_bupati(41), by="Budi")
    exchange_out(there, stick)
    there.close()
    monkeypatch.setenv("RECAP_DATA_DIR", str(own_machine))
    desk = desk_of(window(path))
    desk.go_to(Place.OFFICE)
    page = desk.office_page
    assert len(page.lines) == 1
    page.exchange_with(stick)
    assert page.foot.message.startswith("4 catatan baru diambil")
    assert any(line.startswith("Perlu keputusan: TPS 002") for line in page.lines)
    assert len(list(stick.glob("*.tukar"))) == 2
    assert desk.session.office.file.contests[BUPATI].tally(TPS[0]) is not None
    assert audit(desk.session.office).faults == ()
    page.exchange_with(stick)
    assert page.foot.message.startswith("0 catatan baru")
    page.refresh()
    assert [line[:6] for line in page.lines] == ["Meja 1", "Meja 2"]


def test_what_does_not_fit_is_told_and_changes_nothing(window: OpenWindow, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    tiny_office(tmp_path / "a.rekap").close()
    (stick / "x.tukar").write_bytes(b"rusak")
    desk = desk_of(window(tmp_path / "a.rekap"))
    desk.go_to(Place.OFFICE)
    before = list(desk.session.office.file.journal.raw_records())
    desk.office_page.exchange_with(stick)
    assert desk.office_page.foot.message != ""
    assert list(desk.session.office.file.journal.raw_records()) == before


def test_a_new_version_is_shown_and_taken_and_the_window_shows_it(
    window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.rekap"
    office = tiny_office(path)
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Ani")
    office.close()
    first = tiny_election()
    new = replace(first, version=2, title="Pemilihan Serentak (diperbaiki)")
    write_election(new, tmp_path / "v2.json")
    write_election(replace(first, date="2024-12-01"), tmp_path / "bad.json")
    shown = window(path)
    desk = desk_of(shown)
    desk.session.choose_person(ANI)
    desk.go_to(Place.OFFICE)
    desk.office_page.propose(tmp_path / "bad.json")
    assert len(desk.office_page.lines) == 2
    assert desk.session.office.election.version == 1
    desk.office_page.propose(tmp_path / "v2.json")
    assert desk.office_page.lines == [
        "Nama pemilihan ini: Pemilihan Serentak 2024 → Pemilihan Serentak (diperbaiki)"
    ]
    desk.office_page.foot.next_button.click()
    assert "Alasan" in desk.office_page.foot.message
    QTest.keyClicks(desk.office_page.reason, "perbaikan nama")
    desk.office_page.foot.next_button.click()
    qtbot.waitUntil(lambda: shown.desk is not None and shown.desk is not desk)
    again = desk_of(shown)
    assert again.session.office.election.version == 2
    assert again.session.person == ANI
    assert "diperbaiki" in again.office_page.about.text
    assert again.office_page.isVisible()
