"""The Kantor page: laptops exchange by a folder, one is lost, a newer definition is taken; by keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.main_window import MainWindow
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.offices.office_page import OfficePage
from recap_desktop.election.figures.tallies import State
from recap_desktop.exchange.election_file import write_election
from recap_desktop.office.definitions.amending import amend
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, correct
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.papers.emblem_choosing import own_emblem
from recap_desktop.office.posts.by_stick import exchange_out
from recap_desktop.office.posts.posts import posts
from recap_desktop.office.proof.auditing import audit
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_election, tiny_office, valid_bupati

ANI = "Ani Lestari"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stik"
    made.mkdir()
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An office with one form typed."""
    made = tmp_path / "a.rekap"
    office = tiny_office(made)
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    office.close()
    return made


@pytest.fixture
def there(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_machine: Path) -> Office:
    """A second laptop of that office, which has begun from a copy of its file."""
    copy = tmp_path / "b.rekap"
    copy.write_bytes(path.read_bytes())
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "second laptop"))
    made = open_office(copy)
    made.go_on_as_new_post()
    monkeypatch.setenv("RECAP_DATA_DIR", str(own_machine))
    return made


def page_of(window: MainWindow) -> OfficePage:
    desk = desk_of(window)
    desk.session.choose_person(ANI)
    QTest.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert desk.office_page.isVisible()
    return desk.office_page


def exchanged(page: OfficePage, stick: Path, qtbot: QtBot) -> None:
    """Exchange with a folder, and wait until the stick is written."""
    page.exchange_with(stick)
    assert not page.foot.next_button.isEnabled()
    qtbot.waitUntil(page.foot.next_button.isEnabled)


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, key)


def raws(office: Office) -> list[bytes]:
    return [raw for _, raw in office.file.journal.raw_records()]


def test_at_rest_it_says_what_the_office_is(window: OpenWindow, path: Path) -> None:
    page = page_of(window(path))
    assert "entri tunggal" in page.about.text and "32.07.01" in page.about.text
    assert "Tanpa cermin" in page.about.text and str(path) in page.about.text
    mine, heading, version = page.lines
    assert mine.startswith("Meja 1 (") and "laptop ini" in mine
    assert heading == "Definisi pemilihan"
    assert version == "Versi 1: dibuat bersama kantor ini"
    assert page.foot.next_button.hasFocus()


def test_one_button_takes_in_and_writes_and_leads_to_what_differs(
    window: OpenWindow, path: Path, there: Office, stick: Path, qtbot: QtBot
) -> None:
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    enter(there, BUPATI, TPS[1], valid_bupati(41), by="Budi")
    exchange_out(there, stick)
    there.close()
    desk = desk_of(window(path))
    page = page_of(desk.window())  # type: ignore[arg-type] # the one window
    desk.session.choose_contest(GUBERNUR)
    exchanged(page, stick, qtbot)
    assert page.foot.message.startswith("4 catatan baru diambil")
    first, *rest = page.lines
    assert first.startswith("Perlu keputusan: TPS 002")
    assert [line for line in rest if line.startswith("TPS 001")] == rest
    assert len(list(stick.glob("*.tukar"))) == 2
    assert audit(desk.session.office).faults == ()
    stored = desk.session.office.file.contests[BUPATI].tally(TPS[1])
    assert stored is not None and stored.tally.state is State.DIFFERS
    press(Qt.Key.Key_Return)
    assert desk.entry.isVisible()
    assert (desk.entry.station, desk.session.contest_id) == (TPS[1], BUPATI)


def test_again_and_again_nothing_is_new_and_ours_is_written(
    window: OpenWindow, path: Path, there: Office, stick: Path, qtbot: QtBot
) -> None:
    there.close()
    page = page_of(window(path))
    for time in range(1, 3):
        exchanged(page, stick, qtbot)
        assert page.foot.message.startswith("Tidak ada catatan meja lain di sana.")
        assert len(list(stick.glob("*.tukar"))) == time


def test_what_does_not_fit_is_told_changes_nothing_and_ours_is_written_all_the_same(
    window: OpenWindow, path: Path, stick: Path, qtbot: QtBot
) -> None:
    (stick / "x.tukar").write_bytes(b"rusak")
    page = page_of(window(path))
    office = desk_of(page.window()).session.office  # type: ignore[arg-type] # the one window
    before = raws(office)
    exchanged(page, stick, qtbot)
    assert page.foot.message.startswith("Tidak ada yang diambil")
    assert "x.tukar" in page.lines[0]
    assert raws(office) == before
    assert len(list(stick.glob("*.tukar"))) == 2
    press(Qt.Key.Key_Escape)
    assert page.lines[0].startswith("Meja 1")


def test_a_medium_that_refuses_is_told(
    window: OpenWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    page = page_of(window(path))
    exchanged(page, tmp_path / "gone", qtbot)
    assert "tidak dapat ditulis" in page.foot.message
    assert len(page.lines) == 2, "what was there cannot be read either"


def test_records_that_lack_others_are_refused_with_whom_to_ask(
    window: OpenWindow, path: Path, there: Office, stick: Path, qtbot: QtBot
) -> None:
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    written = exchange_out(there, stick)
    there.close()
    lines = written.read_bytes().splitlines(keepends=True)
    assert len(lines) > 4
    page = page_of(window(path))
    written.write_bytes(b"".join(lines[:-2]))
    exchanged(page, stick, qtbot)
    assert page.foot.message.startswith("Tidak ada yang diambil")
    assert "terpotong" in page.lines[0]


def test_a_lost_laptop_is_declared_from_the_list(
    window: OpenWindow, path: Path, there: Office, stick: Path, qtbot: QtBot
) -> None:
    exchange_out(there, stick)
    page = page_of(window(path))
    exchanged(page, stick, qtbot)
    press(Qt.Key.Key_Escape)
    page.declare.click()
    assert page.foot.message.startswith("Pilih dahulu meja yang hilang")
    assert page.list.hasFocus()
    press(Qt.Key.Key_Return)
    assert page.foot.message == "Tulis apa yang terjadi dengan Meja 2."
    assert page.reason.hasFocus() and not page.decided_by.isVisible()
    QTest.keyClicks(page.reason, "tersiram air")
    press(Qt.Key.Key_Return)
    assert page.foot.next_button.hasFocus()
    press(Qt.Key.Key_Return)
    assert "Dinyatakan hilang" in page.lines[1]
    office = desk_of(page.window()).session.office  # type: ignore[arg-type] # the one window
    assert [bool(post.lost) for post in posts(office)] == [False, True]
    correct_late(there, stick)
    exchanged(page, stick, qtbot)
    assert any(
        line.startswith("Terlambat, dari Meja 2 yang dinyatakan hilang") for line in page.lines
    )


def correct_late(there: Office, stick: Path) -> None:
    """The laptop that was thought lost has decided something."""
    decision = Decision("Budi", "salah jumlah")
    correct(there, BUPATI, TPS[1], changes={"votes.1": 39}, decision=decision)
    exchange_out(there, stick)
    there.close()


def test_a_file_that_can_only_be_read_is_saved_to_a_stick(
    window: OpenWindow, path: Path, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECAP_DATA_DIR", str(path.parent / "third laptop"))
    page = page_of(window(path))
    assert not page.declare.isEnabled() and not page.choose.isEnabled()
    exchanged(page, stick, qtbot)
    assert page.foot.message.startswith("Catatan laptop ini ditulis ke ")
    assert len(list(stick.glob("*.tukar"))) == 1
    desk_of(page.window()).head.go_on_button.click()  # type: ignore[arg-type] # the one window
    assert page.declare.isEnabled()
    assert [line[:6] for line in page.lines[:2]] == ["Meja 1", "Meja 2"]


def test_a_mirror_that_was_away_catches_up(window: OpenWindow, path: Path, tmp_path: Path) -> None:
    medium, away = tmp_path / "medium", tmp_path / "away"
    medium.mkdir()
    desk = desk_of(window(path))
    desk.head.choose_mirror(medium)
    page = page_of(desk.window())  # type: ignore[arg-type] # the one window
    assert "Cermin terpasang" in page.about.text and not page.catch_up.isVisible()
    medium.rename(away)
    enter(desk.session.office, BUPATI, TPS[2], valid_bupati(), by=ANI)
    page.refresh()
    assert "Cermin tidak terpasang" in page.about.text
    page.catch_up.click()
    assert "tidak" in page.foot.message
    away.rename(medium)
    page.catch_up.click()
    assert page.foot.message == "Cermin sudah memuat semua catatan."
    assert "Cermin terpasang" in page.about.text
    (mirror,) = medium.iterdir()
    assert mirror.read_bytes().count(b"\n") == len(raws(desk.session.office)) + 1


def amended_files(tmp_path: Path) -> tuple[Path, Path]:
    """A second version that may be taken, and one that may not."""
    first = tiny_election()
    good, bad = tmp_path / "v2.json", tmp_path / "bad.json"
    write_election(replace(first, version=2, title="Pemilihan Serentak (diperbaiki)"), good)
    write_election(replace(first, date="2024-12-01"), bad)
    return good, bad


def shown_again(window: MainWindow, before: OfficeDesk, qtbot: QtBot) -> OfficeDesk:
    qtbot.waitUntil(lambda: window.desk is not None and window.desk is not before)
    return desk_of(window)


def test_a_new_version_is_shown_and_taken_and_the_window_shows_it(
    window: OpenWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    good, bad = amended_files(tmp_path)
    shown = window(path)
    desk, page = desk_of(shown), page_of(shown)
    desk.session.choose_contest(GUBERNUR)
    page.propose(bad)
    assert len(page.lines) == 2
    assert desk.session.office.election.version == 1
    page.propose(good)
    assert page.lines == [
        "Nama pemilihan ini: Pemilihan Serentak 2024 → Pemilihan Serentak (diperbaiki)"
    ]
    page.foot.next_button.click()
    assert "Alasan" in page.foot.message
    QTest.keyClicks(page.reason, "perbaikan nama")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(page.decided_by, "123/2024")
    press(Qt.Key.Key_Return)
    assert page.foot.next_button.hasFocus()
    press(Qt.Key.Key_Return)
    again = shown_again(shown, desk, qtbot)
    assert again.session.office.election.version == 2
    assert (again.session.person, again.session.contest_id) == (ANI, GUBERNUR)
    assert "diperbaiki" in again.office_page.about.text
    assert again.office_page.isVisible()
    assert again.office_page.foot.message == "Definisi versi 2 berlaku."
    last = again.office_page.lines[-1]
    assert last.startswith("Versi 2: dipasang")
    assert last.endswith(f"oleh {ANI}: perbaikan nama (123/2024)")


def test_a_version_that_came_by_stick_is_shown_by_the_whole_window(
    window: OpenWindow, path: Path, there: Office, stick: Path, qtbot: QtBot
) -> None:
    new = replace(tiny_election(), version=2, title="Pemilihan Serentak (diperbaiki)")
    amend(there, new, by="Budi", reason="perbaikan nama")
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    exchange_out(there, stick)
    there.close()
    shown = window(path)
    desk, page = desk_of(shown), page_of(shown)
    page.exchange_with(stick)
    again = shown_again(shown, desk, qtbot)
    assert "diperbaiki" in again.office_page.about.text
    assert again.session.person == ANI
    assert "catatan baru diambil" in again.office_page.foot.message
    assert any(line.startswith("TPS 001") for line in again.office_page.lines)


def test_an_office_that_is_left_while_the_stick_is_read_brings_nothing_home(
    window: OpenWindow, path: Path, there: Office, stick: Path, qtbot: QtBot
) -> None:
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    exchange_out(there, stick)
    there.close()
    shown = window(path)
    before = raws(desk_of(shown).session.office)
    page_of(shown).exchange_with(stick)
    shown.leave_office()
    assert shown.open_path(path)
    page = page_of(shown)
    exchanged(page, stick, qtbot)
    assert "catatan baru diambil" in page.foot.message
    assert len(raws(desk_of(shown).session.office)) > len(before)
    assert audit(desk_of(shown).session.office).faults == ()


def test_the_mark_of_the_office_is_chosen_from_a_picture_and_taken_back_by_keys(
    window: OpenWindow, path: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (300, 200), "navy").save(tmp_path / "lambang.png")
    page = page_of(window(path))
    office = page._session.office
    page.emblem.setFocus()
    QTest.keyClick(page.emblem, Qt.Key.Key_Return)
    assert page.emblems.isVisible() and not page.list.isVisible()
    assert page.foot.next_button.hasFocus()
    (tmp_path / "kosong.png").write_bytes(b"")
    page.emblems.look_at(tmp_path / "kosong.png")
    assert "kosong.png" in page.foot.message and own_emblem(office) is None
    page.emblems.look_at(tmp_path / "lambang.png")
    QTest.keyClick(page.foot.next_button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    stands = own_emblem(office)
    assert stands is not None and stands.name == "lambang.png"
    assert "lambang.png" in page.foot.message
    assert page.list.isVisible() and not page.emblems.isVisible()
    QTest.keyClick(page.emblem, Qt.Key.Key_Return)
    QTest.keyClick(page.emblems.back, Qt.Key.Key_Return)
    assert own_emblem(office) is None and "netral" in page.foot.message
