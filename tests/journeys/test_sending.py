"""A kecamatan makes its key, asks for a certificate and sends its package, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.election.records.packages import package_name
from recap_desktop.office.keys import own_keys
from recap_desktop.office.keys.certifying import read_request
from recap_desktop.office.keys.trusting import known_certificates, own_key_of
from recap_desktop.office.plenary import revisions
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.upward.sending import sent_of
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, press
from tests.made_up.keys import keyed
from tests.made_up.offices import BUPATI, CIAMIS
from tests.scenes import send_scenes

PHRASE = "408215973160"
SLOW = 20_000


def fill(text: str) -> None:
    """Type into the box that has the focus, and go on."""
    box = QApplication.focusWidget()
    assert isinstance(box, QWidget)
    QTest.keyClicks(box, text)
    press("\n")


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    path = tmp_path / "ciamis.rekap"
    send_scenes.closed(path)
    desk = desk_of(window(path))
    desk.session.choose_contest(BUPATI)
    desk.session.choose_person(send_scenes.SITI)
    QTest.keyClick(desk, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    return desk


def make_the_key(desk: OfficeDesk, folder: Path) -> Path:
    press("\n")
    fill(str(folder))
    fill(PHRASE)
    fill(PHRASE)
    press("\n")
    return folder / own_keys.key_name(desk.session.office)


def send_to(desk: OfficeDesk, medium: Path, qtbot: QtBot) -> Path:
    press("\n")
    fill(str(medium))
    assert desk.upward.send.form is not None
    # The file of the key is known: only its passphrase is asked.
    press("\n")
    fill(PHRASE)
    press("\n")
    qtbot.waitUntil(lambda: bool(desk.upward.send.facts.facts), timeout=SLOW)
    return medium / package_name(CIAMIS, BUPATI, 1)


def test_a_kecamatan_makes_its_key_and_sends_by_keys(
    desk: OfficeDesk, medium: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    office = desk.session.office
    key = make_the_key(desk, tmp_path)
    assert key.is_file()
    assert len(own_key_of(office)) == 64
    package = send_to(desk, medium, qtbot)
    proved = prove_package(package)
    assert proved.key == own_key_of(office)
    revision = revisions.standing_revision(office, BUPATI)
    assert revision is not None
    assert proved.statement.head == revision.head
    (record,) = sent_of(office, BUPATI)
    assert record.body["package"] == proved.hash
    (name, head, print_) = (fact for _, fact in desk.upward.send.facts.facts)
    assert name == package.name
    assert head.replace(" ", "") == revision.head[:32]
    assert len("".join(print_.split())) == 64
    # The laptop that closed is certified with it, so that somebody above can tell whose it is.
    assert office.post is not None
    assert office.post.public.hex() in {one.key for one in known_certificates(office)}
    # Once more: the same package, recorded once. What is next is the receipt.
    press("4\n")
    fill(PHRASE)
    press("\n")
    qtbot.waitUntil(lambda: "sama" in desk.upward.send.foot.message, timeout=SLOW)
    assert len(sent_of(office, BUPATI)) == 1
    assert prove_package(package).hash == proved.hash


def test_a_wrong_passphrase_leaves_the_rest_as_it_was_typed(
    desk: OfficeDesk, medium: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    make_the_key(desk, tmp_path)
    press("\n")
    fill(str(medium))
    press("\n")
    fill("bukan sandinya")
    press("\n")
    qtbot.waitUntil(lambda: "sandi" in desk.upward.send.foot.message, timeout=SLOW)
    form = desk.upward.send.form
    assert form is not None and form.isVisible()
    assert [bool(field.text()) for field in form.fields] == [True, True, True, False]
    assert form.fields[-1].hasFocus()
    assert list(medium.iterdir()) == []
    fill(PHRASE)
    press("\n")
    qtbot.waitUntil(lambda: bool(desk.upward.send.facts.facts), timeout=SLOW)


def test_a_package_that_is_given_up_does_not_stay(
    desk: OfficeDesk, medium: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    make_the_key(desk, tmp_path)
    with qtbot.waitSignal(desk.upward.send.work.went_on, timeout=SLOW, check_params_cb=_writes):
        press("\n")
        fill(str(medium))
        press("\n")
        fill(PHRASE)
        press("\n")
    press("\n")
    assert not desk.upward.send.work.is_running
    done: list[bool] = []
    desk._background.submit(lambda: True, lambda future: done.append(future.result()))
    qtbot.waitUntil(lambda: bool(done), timeout=SLOW)
    assert list(medium.iterdir()) == []
    assert sent_of(desk.session.office, BUPATI) == []


def _writes(at: int) -> bool:
    return at == 2


def test_the_certificate_is_asked_for_with_a_letter(
    desk: OfficeDesk, medium: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    make_the_key(desk, tmp_path)
    # The next step is the package; the certificate is step 3.
    press("3\n")
    fill(str(medium))
    press("\n")
    fill(PHRASE)
    press("\n")
    qtbot.waitUntil(lambda: "PERMOHONAN" in desk.upward.send.foot.message, timeout=SLOW)
    letter, request = sorted(medium.iterdir(), reverse=True)
    assert letter.read_bytes().startswith(b"%PDF")
    upper = keyed(tmp_path / "atas", "3207", desk.session.office.election)
    try:
        assert read_request(upper.office, request).key == own_key_of(desk.session.office)
    finally:
        upper.office.close()


def test_before_the_close_the_page_says_where_to_go(window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "o.rekap"
    send_scenes.open_and_keyed(path)
    desk = desk_of(window(path))
    desk.session.choose_person(send_scenes.SITI)
    QTest.keyClick(desk, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    press("1")
    press("\n")
    assert desk.papers.isVisible()
