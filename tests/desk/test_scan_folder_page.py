"""A folder of pictures in the window: every file judged before anything is written, then attached."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from recap_desktop.desk.entry.hall_page import HallPage
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.scans.scan_folder_page import ScanFolderPage
from recap_desktop.office.scans.attaching import all_attachments, without_scan
from recap_desktop.office.scans.scan_folders import Fate
from tests.journeys.pad import focused_cell, name_oneself, press
from tests.made_up.offices import BUPATI, GUBERNUR, TPS
from tests.made_up.scans import HEIC, jpeg, large_png, pdf, put


@pytest.fixture
def entry(desk: OfficeDesk) -> HallPage:
    desk.session.station_asked.emit(TPS[1])
    name_oneself(desk)
    return desk.entry


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "foto"
    for at, tps in enumerate(TPS):
        put(folder, f"{tps} bupati.jpg", jpeg(str(at)))
    put(folder, "gubernur/3207011001/TPS 1.pdf", pdf())
    put(folder, f"{TPS[0]}.png", large_png())
    put(folder, f"{TPS[1]} bupati.heic", HEIC)
    return folder


def judged(entry: HallPage, folder: Path, qtbot: QtBot) -> ScanFolderPage:
    entry.show_folder(folder)
    page = entry.folder_scans
    assert page is not None
    qtbot.waitUntil(lambda: entry.foot.message.startswith("Dilampirkan"))
    return page


def test_a_folder_is_shown_and_only_then_attached(
    entry: HallPage, photos: Path, qtbot: QtBot, desk: OfficeDesk
) -> None:
    office = desk.session.office
    before = office.file.journal.last_place()
    press("15")
    page = judged(entry, photos, qtbot)
    fates = [found.fate for found in page.found]
    assert fates == [Fate.REFUSED, Fate.UNCLEAR, *[Fate.NEW] * 6]
    assert "HEIC" in page.sentence
    assert office.file.journal.last_place() == before
    press("\n")
    qtbot.waitUntil(lambda: "6 gambar dilampirkan" in entry.foot.message)
    assert without_scan(office, BUPATI) == [] and len(without_scan(office, GUBERNUR)) == 4
    assert [found.fate for found in page.found].count(Fate.KNOWN) == 6
    press("\n")
    # The form as it was, with what was typed.
    assert not page.isVisible() and entry.form.cells == {"voters.dpt.l": 15}
    assert focused_cell() == "voters.dpt.l" and entry.beside.scan.pages == 1


def test_a_contest_can_be_chosen_for_files_that_name_none(
    entry: HallPage, photos: Path, qtbot: QtBot, desk: OfficeDesk
) -> None:
    page = judged(entry, photos, qtbot)
    page.contest.setCurrentIndex(page.contest.findData(GUBERNUR))
    page.contest.activated.emit(page.contest.currentIndex())
    qtbot.waitUntil(lambda: "Dilampirkan: 7" in entry.foot.message)
    press("\n")
    qtbot.waitUntil(lambda: "7 gambar dilampirkan" in entry.foot.message)
    named = {one.name: one.contest for one in all_attachments(desk.session.office)}
    assert named[f"{TPS[0]}.png"] == GUBERNUR
    again = judged(entry, photos, qtbot)
    assert entry.foot.next_button.text() == desk.session.words["desk.scan-folder.back"]
    assert sum(found.fate is Fate.KNOWN for found in again.found) == 7


def test_what_cannot_be_read_is_said(entry: HallPage, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "kosong").mkdir()
    entry.show_folder(tmp_path / "kosong")
    qtbot.waitUntil(lambda: "kosong" in entry.foot.message)
    entry.foot.next_button.click()
    assert focused_cell() == "voters.dpt.l"


def test_a_file_that_changed_meanwhile_is_left_away(
    entry: HallPage, photos: Path, qtbot: QtBot, desk: OfficeDesk
) -> None:
    judged(entry, photos, qtbot)
    put(photos, f"{TPS[4]} bupati.jpg", jpeg("lain"))
    (photos / f"{TPS[3]} bupati.jpg").unlink()
    press("\n")
    qtbot.waitUntil(lambda: "4 gambar dilampirkan" in entry.foot.message)
    assert without_scan(desk.session.office, BUPATI) == [TPS[3], TPS[4]]


def test_going_elsewhere_gives_up_what_is_under_way(
    entry: HallPage, photos: Path, qtbot: QtBot, desk: OfficeDesk
) -> None:
    page = judged(entry, photos, qtbot)
    page.attach()
    entry.open_station(TPS[3])
    assert not page.isVisible() and not page._taking.is_running
    qtbot.waitUntil(lambda: not page._taking._waiting)
    assert all_attachments(desk.session.office) == []
