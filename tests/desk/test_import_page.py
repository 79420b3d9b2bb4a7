"""Counts are taken from a table by keys alone: columns confirmed, the preview read, then recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop import patience
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.desk.tables.import_page import ImportPage
from recap_desktop.election.figures.tallies import State
from recap_desktop.office.entry import entering
from recap_desktop.office.proof.history import history
from recap_desktop.office.tables import importing
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.workbooks import kecamatan_workbook, rows_workbook

SLOW = 20_000
Open = Callable[[OfficeDesk, Path], ImportPage]


@pytest.fixture
def opened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Open:
    """F5, then the chooser of the system gives a file; waits until its columns are shown."""

    def give(desk: OfficeDesk, path: Path) -> ImportPage:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        QTest.keyClick(desk.window(), Qt.Key.Key_F5)
        press(Qt.Key.Key_Enter)
        page = desk.import_page
        qtbot.waitUntil(
            lambda: page.choices.isVisible() or "Membuka" not in page.foot.message, timeout=SLOW
        )
        return page

    return give


def press(*keys: Qt.Key) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert isinstance(widget, QWidget)
        QTest.keyClick(widget, key, Qt.KeyboardModifier.KeypadModifier)


def state(desk: OfficeDesk, tps: str) -> State:
    stored = desk.session.office.file.contests[BUPATI].tally(tps)
    assert stored is not None
    return stored.tally.state


def planned(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(
        lambda: page.shown.filter.count() > 0 and page.shown.table.isVisible(), timeout=SLOW
    )


def test_what_is_asked_is_answered_and_all_is_recorded_from_the_number_pad(
    qtbot: QtBot, desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    desk.session.choose_person("Siti")
    rows: list[list[object]] = [
        ["Desa", "TPS", "DPT", "Suara sah", "Lain-lain"],
        ["Maleber", "TPS 002", 310, 140, 7],
    ]
    page = opened(desk, rows_workbook(tmp_path / "x.xlsx", rows))
    assert "2 perlu dipastikan" in page.foot.message
    assert not page.foot.next_button.isEnabled()
    # DPT is right as proposed; the other column is not taken; then on.
    press(Qt.Key.Key_Enter, Qt.Key.Key_0)
    assert "Semua jelas" in page.foot.message
    press(Qt.Key.Key_Enter)
    planned(qtbot, page)
    assert "1 TPS siap dicatat" in page.foot.message and state(desk, TPS[1]) is State.EMPTY
    press(Qt.Key.Key_Enter)
    assert "Dicatat: 1 TPS dari x.xlsx." in page.foot.message
    (event,) = history(desk.session.office, BUPATI, TPS[1])
    assert event.record.body["cells"] == {"voters.dpt.jml": 310, "valid": 140}
    assert event.record.body["origin"]["row"] == 2
    desk.history.show_station(TPS[1])
    desk.go_to(Place.HISTORY)
    reason = desk.history.events.model().index(0, 4)
    assert reason.data() == "dari berkas x.xlsx, lembar Sheet1 baris 2"


def test_recording_is_given_up_before_it_is_done_and_nothing_is_recorded(
    qtbot: QtBot,
    desk: OfficeDesk,
    tmp_path: Path,
    opened: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So few TPS are recorded before anybody could press a key.
    monkeypatch.setattr(patience, "_MOMENT", 0.0)
    monkeypatch.setattr(importing, "PART", 1)
    desk.session.choose_person("Siti")
    numbers = [(tps[-3:], at) for at, tps in enumerate(TPS[:3])]
    rows: list[list[object]] = [["Desa", "TPS", "Suara sah"]]
    rows += [["Maleber", f"TPS {number}", 140 + at] for number, at in numbers]
    page = opened(desk, rows_workbook(tmp_path / "x.xlsx", rows))
    press(Qt.Key.Key_Enter)
    planned(qtbot, page)
    office = desk.session.office
    before = office.file.journal.last_place()
    said: list[str] = []

    def answer(percent: int) -> None:
        said.append(page.foot.message)
        if percent > 30:
            assert office.file._db.conn.in_transaction
            press(Qt.Key.Key_Enter)

    page._patience.advanced.connect(answer)
    press(Qt.Key.Key_Enter)
    page._patience.advanced.disconnect(answer)
    assert "Mencatat: 0 dari 3 TPS" in said[0]
    assert "dibatalkan" in page.foot.message
    # The first TPS had been typed before.
    assert [state(desk, tps) for tps in TPS[1:3]] == [State.EMPTY] * 2
    assert office.file.journal.last_place() == before
    assert office.file.stale_contests() == []
    # It can be recorded after all.
    page.foot.take_focus()
    press(Qt.Key.Key_Enter)
    assert "Dicatat: 3 TPS dari x.xlsx." in page.foot.message
    assert [state(desk, tps) for tps in TPS[:3]] == [State.SINGLE] * 3


def test_another_cell_is_chosen_by_typing_its_name(
    desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    rows: list[list[object]] = [["Desa", "TPS", "Suara sah", "Batal"], ["Maleber", 2, 140, 7]]
    page = opened(desk, rows_workbook(tmp_path / "x.xlsx", rows))
    QTest.keyClick(page.mapping.table, Qt.Key.Key_Asterisk)
    assert QApplication.focusWidget() in (page.mapping.target, page.mapping.target.lineEdit())
    at = page.mapping.target.findText("JUMLAH SUARA TIDAK SAH")
    page.mapping.target.setCurrentIndex(at)
    page.mapping.target.activated.emit(at)
    assert page.mapping.map is not None
    assert page.mapping.map.targets["Batal"] == "invalid"
    assert page.mapping.table.hasFocus()


def test_refused_lines_are_listed_first_and_the_rest_is_recorded_without_them(
    qtbot: QtBot, desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    desk.session.choose_person("Siti")
    office = desk.session.office
    desas: dict[str, dict[str, dict[str, object]]] = {
        "MALEBER": {"001": {**valid_bupati()}, "002": {**valid_bupati(), "valid": 28.4}},
        "BAREGBEK": {"001": {**valid_bupati()}},
    }
    path = kecamatan_workbook(tmp_path / "d.xlsx", office.election, BUPATI, desas)
    page = opened(desk, path)
    press(Qt.Key.Key_Enter)
    planned(qtbot, page)
    rows = [
        [page.shown.table.model().index(row, column).data() for column in range(3)]
        for row in range(page.shown.table.model().rowCount())
    ]
    assert [row[1] for row in rows] == ["Ditolak", "Ditolak", "Berubah"]
    assert "28.400" in rows[0][2] and "mungkin" in rows[1][2]
    assert "JUMLAH SELURUH SUARA SAH: 150 → 140" in rows[2][2]
    assert "28.400" in page.shown.detail.text
    # The keys are in the list: nothing is recorded by an Enter too many.
    assert page.shown.table.hasFocus()
    assert page.foot.next_button.text() == "Catat 1 TPS, tanpa 2 yang ditolak"
    page.shown.filter.setCurrentIndex(page.shown.filter.findText("Tidak ada di berkas (3)"))
    page.shown.filter.activated.emit(page.shown.filter.currentIndex())
    assert page.shown.table.model().rowCount() == 3
    page.foot.next_button.click()
    assert "Dicatat: 1 TPS" in page.foot.message


def test_nothing_of_a_first_entry_is_shown_in_a_double_entry_office(
    qtbot: QtBot, window: OpenWindow, tmp_path: Path, opened: Open
) -> None:
    office = tiny_office(tmp_path / "o.rekap", double_entry=True)
    entering.enter(office, BUPATI, TPS[0], valid_bupati(kosong=7), by="Budi")
    office.close()
    desk = window(tmp_path / "o.rekap").desk
    assert desk is not None
    desk.session.choose_person("Siti")
    rows: list[list[object]] = [["kode_desa", "tps", "votes.1"], [TPS[0][:10], 1, 40]]
    page = opened(desk, rows_workbook(tmp_path / "x.xlsx", rows))
    press(Qt.Key.Key_Enter)
    planned(qtbot, page)
    model = page.shown.table.model()
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert texts[1] == "Entri kedua" and "7" not in texts[2]


def test_who_records_is_asked_before_the_preview(
    desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    rows: list[list[object]] = [["kode_desa", "tps", "votes.1"], [TPS[0][:10], 1, 40]]
    page = opened(desk, rows_workbook(tmp_path / "x.xlsx", rows))
    press(Qt.Key.Key_Enter)
    assert "siapa yang mencatat" in page.foot.message


def test_a_mark_of_thousands_is_chosen_for_the_whole_file(
    qtbot: QtBot, desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    desk.session.choose_person("Siti")
    path = tmp_path / "x.csv"
    path.write_text("kode_desa;tps;votes.1\n3207011001;2;1.040\n", "utf-8")
    page = opened(desk, path)
    assert "CSV utf-8, dipisah ;" in page.about.text
    page.look()
    planned(qtbot, page)
    assert "1 ditolak" in page.foot.message
    page.choices.grouping.setCurrentIndex(1)
    page.choices.grouping.activated.emit(1)
    page.look()
    qtbot.waitUntil(lambda: "siap dicatat" in page.foot.message, timeout=SLOW)


def test_what_is_recorded_meanwhile_asks_for_another_look(
    qtbot: QtBot, desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    desk.session.choose_person("Siti")
    rows: list[list[object]] = [["kode_desa", "tps", "votes.1"], [TPS[1][:10], 2, 40]]
    page = opened(desk, rows_workbook(tmp_path / "x.xlsx", rows))
    page.look()
    planned(qtbot, page)
    office = desk.session.office
    desk.session.record(lambda: entering.enter(office, BUPATI, TPS[1], {"votes.2": 9}, by="Siti"))
    assert "Sejak pratinjau" in page.foot.message and page.mapping.isVisible()
    page.look()
    qtbot.waitUntil(page.shown.isVisible, timeout=SLOW)
    page.foot.next_button.click()
    body = history(office, BUPATI, TPS[1])[-1].record.body
    assert body["cells"] == {"votes.1": 40, "votes.2": 9}


def test_a_map_is_saved_and_used_again(
    qtbot: QtBot,
    desk: OfficeDesk,
    tmp_path: Path,
    opened: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows: list[list[object]] = [["Desa", "TPS", "Suara sah", "Batal"], ["Maleber", 2, "1.140", 7]]
    page = opened(desk, rows_workbook(tmp_path / "x.xlsx", rows))
    at = page.mapping.target.findText("JUMLAH SUARA TIDAK SAH")
    page.mapping.target.activated.emit(at)
    page.choices.grouping.setCurrentIndex(1)
    saved = tmp_path / "peta.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    page.maps.save.click()
    assert f"Pemetaan ditulis ke {saved}" in page.foot.message
    page.open(tmp_path / "x.xlsx")
    qtbot.waitUntil(lambda: "1 perlu dipastikan" in page.foot.message, timeout=SLOW)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(saved), ""))
    page.maps.load.click()
    qtbot.waitUntil(lambda: "Semua jelas" in page.foot.message, timeout=SLOW)
    assert page.mapping.map is not None
    assert page.mapping.map.targets["Batal"] == "invalid"
    assert page.choices.marks == ("", ".")


def test_what_cannot_be_read_is_told_and_another_file_can_be_chosen(
    qtbot: QtBot, desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Nama,Alamat\nSiti,Ciamis\n", "utf-8")
    page = opened(desk, path)
    qtbot.waitUntil(lambda: "tidak ditemukan tabel" in page.foot.message, timeout=SLOW)
    # Its heads can be pointed at.
    page.choices.header.setText("1")
    page.choices.header.editingFinished.emit()
    qtbot.waitUntil(lambda: "1 perlu dipastikan" in page.foot.message, timeout=SLOW)
    page.open(tmp_path / "nein.csv")
    qtbot.waitUntil(lambda: "tidak dapat dibaca" in page.foot.message, timeout=SLOW)


def test_escape_goes_back_a_step_and_reading_can_be_stopped(
    qtbot: QtBot, desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    desk.session.choose_person("Siti")
    rows: list[list[object]] = [["kode_desa", "tps", "votes.1"]]
    rows += [[TPS[0][:10], 1, 40]] * 5000
    page = opened(desk, rows_workbook(tmp_path / "x.xlsx", rows))
    page.look()
    qtbot.waitUntil(lambda: "Membaca" in page.foot.message, timeout=SLOW)
    page.foot.other_button.click()
    assert page.mapping.isVisible() and page.foot.next_button.isEnabled()
    page.look()
    planned(qtbot, page)
    QTest.keyClick(page.shown.table, Qt.Key.Key_Escape)
    assert page.mapping.isVisible()
    QTest.keyClick(page.mapping.table, Qt.Key.Key_Escape)
    assert desk.office_page.isVisible()


def test_a_preview_that_comes_home_late_takes_no_key_from_the_form(
    qtbot: QtBot, desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    desk.session.choose_person("Siti")
    path = kecamatan_workbook(
        tmp_path / "x.xlsx",
        desk.session.office.election,
        BUPATI,
        {"KELURAHAN MALEBER": {"002": dict(valid_bupati())}},
    )
    page = opened(desk, path)
    page.look()
    desk.session.station_asked.emit(TPS[3])
    box = QApplication.focusWidget()
    qtbot.waitUntil(lambda: page.foot.next_button.text() == "Catat 1 TPS", timeout=SLOW)
    assert QApplication.focusWidget() is box
    press(Qt.Key.Key_1, Qt.Key.Key_Enter, Qt.Key.Key_Enter)
    assert state(desk, TPS[1]) is State.EMPTY


def test_the_preview_of_one_is_made_anew_for_another(
    qtbot: QtBot, desk: OfficeDesk, tmp_path: Path, opened: Open
) -> None:
    desk.session.choose_person("Siti")
    path = kecamatan_workbook(
        tmp_path / "x.xlsx",
        desk.session.office.election,
        BUPATI,
        {"KELURAHAN MALEBER": {"002": dict(valid_bupati())}},
    )
    page = opened(desk, path)
    page.look()
    planned(qtbot, page)
    desk.session.choose_person("Budi")
    qtbot.waitUntil(lambda: page.foot.next_button.text() == "Catat 1 TPS", timeout=SLOW)
    desk.import_counts()
    press(Qt.Key.Key_Enter)
    (event,) = history(desk.session.office, BUPATI, TPS[1])
    assert event.person == "Budi"
