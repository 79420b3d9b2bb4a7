"""The window as a whole: names for those who cannot see it, keys, words, and what it remembers."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.laptop import crash_reports
from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.qt_words import QtWords
from recap_desktop.desk.new_office_page import NewOfficePage
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.pieces.items_model import ItemsModel
from recap_desktop.desk.pieces.table_model import Column, RowsModel
from recap_desktop.desk.rail import Place
from recap_desktop.election.wording import Words
from recap_desktop.office.entry import entering
from recap_desktop.office.entry.stations import Sign
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary import closing
from recap_desktop.office.sample import make_sample
from recap_desktop.places import resource
from recap_desktop.storage.mirror import read_mirror
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

DESK = Path(__file__).parents[2] / "recap_desktop" / "desk"


def nameless(page: QWidget) -> list[str]:
    return [
        type(widget).__name__
        for widget in [page, *page.findChildren(QWidget)]
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
        and not isinstance(widget.parent(), QApplication)
    ]


@pytest.mark.parametrize("place", list(Place))
def test_everything_that_takes_the_focus_has_a_name(desk: OfficeDesk, place: Place) -> None:
    desk.session.choose_person("Siti")
    desk.go_to(place)
    assert nameless(desk) == []


@pytest.mark.parametrize(("key", "place"), list(enumerate(Place, start=1)))
def test_alt_and_a_number_lead_to_a_place(desk: OfficeDesk, key: int, place: Place) -> None:
    QTest.keyClick(desk.window(), Qt.Key(Qt.Key.Key_0.value + key), Qt.KeyboardModifier.AltModifier)
    assert desk.rail.buttons[place].isChecked()


def test_one_key_switches_the_contest(desk: OfficeDesk) -> None:
    seen = [desk.session.contest_id]
    for _ in range(2):
        QTest.keyClick(desk.window(), Qt.Key.Key_F6)
        seen.append(desk.session.contest_id)
    assert seen == [BUPATI, GUBERNUR, BUPATI]
    assert desk.head.contests.currentText() == "Bupati Ciamis"


def test_a_station_is_chosen_by_its_number_and_answered_at_once(desk: OfficeDesk) -> None:
    desk.session.choose_person("Siti")
    desk.go_to(Place.ENTRY)
    chooser = desk.entry.chooser
    QTest.keyClicks(chooser.field, "2.1")
    assert "TPS 001 Desa Baregbeg: belum diisi" in chooser.answer
    chooser.clear()
    QTest.keyClicks(chooser.field, "1")
    assert "TPS 001 Kelurahan Maleber: janggal" in chooser.answer
    QTest.keyClick(chooser.field, Qt.Key.Key_Down)
    assert "TPS 001 Desa Baregbeg" in chooser.answer
    chooser.clear()
    QTest.keyClicks(chooser.field, "77")
    assert "Tidak ada" in chooser.answer


def test_the_overview_says_what_is_odd_and_leads_into_units(desk: OfficeDesk) -> None:
    assert [(row.name, row.sums.get("valid")) for row in desk.overview.rows] == [
        ("Kelurahan Maleber", "150"),
        ("Desa Baregbeg", None),
    ]
    assert desk.overview.foot.message == "1 TPS perlu dilihat."
    counts = {one.value: one.count for one in desk.overview.filters.filters}
    assert [counts[value] for value in ("trouble", "odd", "empty", "filled")] == [1, 1, 4, 1]
    assert [tile.sign for tile in desk.overview.tiles.tiles] == [Sign.ODD, Sign.EMPTY, Sign.EMPTY]
    table = desk.overview.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert [(row.number, row.name) for row in desk.overview.rows] == [
        ("001", "janggal"),
        ("002", "belum diisi"),
        ("901", "belum diisi"),
    ]
    QTest.keyClick(table, Qt.Key.Key_Backspace)
    assert len(desk.overview.rows) == 2


def test_nobody_is_taken_for_somebody_by_a_habitual_enter(desk: OfficeDesk) -> None:
    desk.go_to(Place.ENTRY)
    field = desk.entry.person.field
    for typed, person in (("", ""), ("9", ""), ("1", "Siti")):
        field.clear()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Enter)
        assert desk.session.person == person


def test_what_somebody_else_typed_is_only_read(desk: OfficeDesk) -> None:
    desk.session.choose_person("Budi")
    desk.session.station_asked.emit(TPS[0])
    field = desk.entry.form.pages[0].fields[0]
    assert field.isReadOnly()
    assert "orang lain" in desk.entry.ruling.why


def test_a_close_made_meanwhile_is_seen_when_one_comes_back(desk: OfficeDesk) -> None:
    session = desk.session
    session.choose_person("Siti")
    for tps in TPS:
        entering.enter(session.office, BUPATI, tps, valid_bupati(), by="Siti")
    session.station_asked.emit(TPS[1])
    field = desk.entry.form.pages[0].fields[0]
    typed = [field.isReadOnly()]
    desk.go_to(Place.PAPERS)
    session.record(lambda: closing.close(session.office, BUPATI, by="Siti"))
    desk.go_to(Place.ENTRY)
    typed.append(field.isReadOnly())
    assert typed == [False, True]
    assert "ditetapkan" in desk.entry.ruling.why


def test_in_a_narrow_window_the_contest_gives_way_not_what_is_saved(
    window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "contoh.rekap"
    make_sample(path).close()
    desk = window(path).desk
    assert desk is not None
    desk.session.choose_person("Siti Aminah Nurhayati")
    desk.session.record(lambda: None)
    QApplication.processEvents()
    for text in (desk.session.office_name(), desk.head.saved_text):
        (label,) = (one for one in desk.head.findChildren(PlainLabel) if one.text == text)
        assert label.width() >= label.sizeHint().width()


def test_a_known_problem_is_told_in_the_page(desk: OfficeDesk, words: Words) -> None:
    desk.session.choose_person("Siti")
    desk.session.station_asked.emit(TPS[1])
    field = desk.entry.form.pages[0].fields[0]
    QTest.keyClicks(field, "5")
    desk.session.office.obstacle = "not-writable"
    QTest.keyClick(field, Qt.Key.Key_Plus)
    assert desk.entry.foot.message.startswith(words["problem.read-only-not-writable"][:7])
    assert isinstance(QApplication.focusWidget(), NumberField)


def test_the_contest_may_be_switched_in_a_cell_the_other_does_not_have(desk: OfficeDesk) -> None:
    desk.session.choose_person("Siti")
    desk.session.next_contest()
    desk.session.station_asked.emit(TPS[1])
    desk.entry.form.focus_cell("votes.3")
    QTest.keyClick(desk.window(), Qt.Key.Key_F6)
    assert desk.session.contest_id == BUPATI
    assert desk.entry.form.focused_cell == "voters.dpt.l"


# A new office


def test_a_new_office_is_made_from_the_sample_definition(
    qtbot: QtBot, words: Words, tmp_path: Path
) -> None:
    page = NewOfficePage(words)
    qtbot.addWidget(page)
    page.show()
    assert not page.foot.next_button.isEnabled()
    page.read(resource("sample", "ciamis-2024"))
    page.search.setText("kecamatan tidak ada")
    found = [page.region]
    page.search.setText("32.07.01")
    found.append(page.region)
    assert [region.code if region else "" for region in found] == ["", "320701"]
    assert nameless(page) == []
    page.file.setText(str(tmp_path / "ppk"))
    with qtbot.waitSignal(page.made) as made:
        page.foot.next_button.click()
    office = made.args[0]
    assert isinstance(office, Office)
    assert (office.code, office.file.path.name) == ("320701", "ppk.rekap")
    office.close()
    page.close()


def test_a_bad_definition_says_every_fault(qtbot: QtBot, words: Words, tmp_path: Path) -> None:
    page = NewOfficePage(words)
    qtbot.addWidget(page)
    page.read(tmp_path)
    assert "election.toml" in page.foot.message
    page.close()


# Words


def test_every_word_the_desk_asks_for_exists(words: Words) -> None:
    codes: set[str] = set()
    for path in DESK.rglob("*.py"):
        codes |= set(re.findall(r'"(desk\.[a-z.-]+[a-z])"', path.read_text("utf-8")))
    assert len(codes) > 100
    assert sorted(codes - set(words)) == ["desk.ini"]


def test_qt_speaks_indonesian(qapp: QApplication, qtbot: QtBot, words: Words) -> None:
    translator = QtWords(words, qapp)
    qapp.installTranslator(translator)
    box = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
    )
    qtbot.addWidget(box)
    said = {button.text().replace("&", "") for button in box.buttons()}
    qapp.removeTranslator(translator)
    assert said == {"Simpan", "Batal"}


# What it remembers, and what runs behind it


def test_settings_come_back_with_their_types(tmp_path: Path) -> None:
    paths = [tmp_path / "a.rekap", tmp_path / "b c.rekap"]
    for path in paths:
        path.touch()
    settings = WindowSettings()
    assert (settings.recent, settings.names, settings.scheme) == ((), (), "")
    for path in (*paths, paths[0]):
        settings.add_recent(path)
    settings.add_name("Siti, S.H.")
    settings.scheme = "dark"
    settings.flush()
    again = WindowSettings()
    assert again.recent == (paths[0], paths[1])
    assert (again.names, again.scheme, again.language) == (("Siti, S.H.",), "dark", "id")


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    del qapp
    worker = Background()
    yield worker
    worker.stop()


def test_results_and_errors_of_the_worker_arrive_in_the_thread_of_the_window(
    qtbot: QtBot, background: Background
) -> None:
    home = QThread.currentThread()
    arrived: list[tuple[bool, object]] = []

    def done(future: Future[int]) -> None:
        arrived.append((QThread.currentThread() is home, future.exception() or future.result()))

    background.submit(lambda: 41 + 1, done)
    background.submit(lambda: 1 // 0, done)
    qtbot.waitUntil(lambda: len(arrived) == 2)
    assert arrived[0] == (True, 42)
    assert arrived[1][0] and isinstance(arrived[1][1], ZeroDivisionError)


def test_an_error_of_ours_is_reported_and_told(
    own_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: seen.append(kind))
    told: list[str] = []
    hook = crash_reports.CrashHook(told.append)
    error = RuntimeError("oops")
    hook(RuntimeError, error, None)
    (report,) = (own_machine / "crash").glob("*.txt")
    assert told == [str(report)]
    assert "oops" in report.read_text("utf-8")
    assert seen == [RuntimeError]


# Models


def test_models_keep_the_rules_of_qt(qtmodeltester: ModelTester, qapp: QApplication) -> None:
    owner = QObject(qapp)
    rows: RowsModel[str] = RowsModel(owner)
    rows.show([Column("a", str.upper), Column("b", str.lower)], ["x", "y"])
    qtmodeltester.check(rows)  # type: ignore[no-untyped-call] # pytest-qt has no types here
    items: ItemsModel[str] = ItemsModel(owner, key=str, name=str.upper, text=str.lower)
    items.show(["x", "y"])
    qtmodeltester.check(items)  # type: ignore[no-untyped-call] # as above
    accessible = rows.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert accessible == "Y, b, y"
    owner.deleteLater()


def test_a_mirror_chosen_in_the_head_gets_every_record(window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "ciamis.rekap"
    tiny_office(path).close()
    desk = window(path).desk
    assert desk is not None
    assert desk.head.mirror_text == "Tanpa cermin"
    stick = tmp_path / "stik"
    desk.head.choose_mirror(stick)
    assert desk.head.mirror_text == "Tanpa cermin"
    stick.mkdir()
    desk.head.choose_mirror(stick)
    assert desk.head.mirror_text == "Cermin terpasang"
    mirror = desk.session.office.mirror
    assert mirror is not None
    assert len(read_mirror(mirror.path)[1]) == 1
