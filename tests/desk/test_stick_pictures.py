"""Pictures go along when a stick is exchanged in the window; what is missing is no fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from recap_desktop.desk.offices.office_page import OfficePage
from recap_desktop.desk.rail import Place
from recap_desktop.exchange.scan_folder import ON_A_STICK
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.posts.by_stick import exchange_out
from recap_desktop.office.posts.scan_travel import send
from recap_desktop.office.scans.attaching import all_attachments, attach, is_here
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of
from tests.made_up.offices import BUPATI, TPS, tiny_office
from tests.made_up.scans import jpeg, large_png, put


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stik"
    made.mkdir()
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An office with one photo of its own."""
    made = tmp_path / "a.rekap"
    office = tiny_office(made)
    attach(office, BUPATI, TPS[0], put(tmp_path, "sini.jpg", jpeg("sini")), by="Ani")
    office.close()
    return made


@pytest.fixture
def there(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_machine: Path) -> Office:
    """A second laptop, where two pictures more were attached."""
    copy = tmp_path / "b.rekap"
    copy.write_bytes(path.read_bytes())
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "second laptop"))
    made = open_office(copy)
    made.go_on_as_new_post()
    attach(made, BUPATI, TPS[1], put(tmp_path, "kecil.jpg", jpeg("kecil")), by="Budi")
    attach(made, BUPATI, TPS[2], put(tmp_path, "besar.png", large_png()), by="Budi")
    monkeypatch.setenv("RECAP_DATA_DIR", str(own_machine))
    return made


def page_of(window: OpenWindow, path: Path) -> OfficePage:
    desk = desk_of(window(path))
    desk.go_to(Place.OFFICE)
    return desk.office_page


def exchanged(page: OfficePage, stick: Path, qtbot: QtBot) -> None:
    page.exchange_with(stick)
    qtbot.waitUntil(page.foot.next_button.isEnabled)


def test_pictures_come_and_go_with_the_records(
    window: OpenWindow, path: Path, there: Office, stick: Path, qtbot: QtBot
) -> None:
    exchange_out(there, stick)
    send(there, stick)
    (ours,) = (one.sha256 for one in all_attachments(there) if one.tps == TPS[0])
    there.close()
    (stick / ON_A_STICK / ours).unlink()
    page = page_of(window, path)
    exchanged(page, stick, qtbot)
    office = page._session.office
    assert all(is_here(office, one) for one in all_attachments(office))
    assert page.lines[-2:] == [
        "Gambar C.HASIL yang diambil: 2.",
        "Gambar C.HASIL yang ditulis ke stik: 1.",
    ]
    assert len(list((stick / ON_A_STICK).iterdir())) == 3
    exchanged(page, stick, qtbot)
    assert not any("Gambar" in line for line in page.lines)


def test_a_picture_that_is_missing_or_damaged_stops_nothing(
    window: OpenWindow, path: Path, there: Office, stick: Path, qtbot: QtBot
) -> None:
    exchange_out(there, stick)
    send(there, stick)
    small, large = (one.sha256 for one in all_attachments(there) if one.tps != TPS[0])
    there.close()
    (stick / ON_A_STICK / small).unlink()
    lying = stick / ON_A_STICK / large
    lying.write_bytes(lying.read_bytes()[:-1] + b"x")
    page = page_of(window, path)
    exchanged(page, stick, qtbot)
    assert "catatan baru diambil" in page.foot.message
    told = "\n".join(page.lines)
    assert "belum ada di laptop ini: 1" in told and "bukan lagi seperti saat dilampirkan" in told
    assert len(list(stick.glob("*.tukar"))) == 2


def test_an_office_that_is_left_meanwhile_brings_no_picture_home(
    window: OpenWindow, path: Path, there: Office, stick: Path, qtbot: QtBot
) -> None:
    exchange_out(there, stick)
    send(there, stick)
    there.close()
    shown = window(path)
    desk = desk_of(shown)
    desk.go_to(Place.OFFICE)
    desk.office_page.exchange_with(stick)
    qtbot.waitUntil(lambda: len(all_attachments(desk.session.office)) == 3)
    shown.leave_office()
    assert shown.desk is None


def test_no_function_key_asks_for_two_things(window: OpenWindow, path: Path) -> None:
    desk = desk_of(window(path))
    for place in Place:
        desk.go_to(place)
    keys = [one.key().toString() for one in desk.window().findChildren(QShortcut)]
    named = [key for key in keys if key.rpartition("+")[2][:1] == "F" and key[-1].isdigit()]
    assert QKeySequence("F12").toString() in named
    assert sorted(named) == sorted(set(named))
