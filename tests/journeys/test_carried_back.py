"""A receipt goes back by stick and is taken in below; a laptop put back by its owner raises the alarm."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop import places
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.keys.certifying import certify_posts
from recap_desktop.office.opening import open_office
from recap_desktop.office.plenary import closing
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.upward import alarms
from recap_desktop.office.upward.proposals import proposals
from recap_desktop.office.upward.receipts import receipts_back
from recap_desktop.office.upward.received import receipts_of
from recap_desktop.office.upward.sending import send
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, press
from tests.made_up.keys import PHRASE, Keyed, believe, certify, keyed
from tests.made_up.offices import BUPATI, TPS, Clock, valid_bupati
from tests.made_up.upward import DECISION

SLOW = 20_000
SITI, TUTI = "Siti", "Tuti"


@dataclass(frozen=True, slots=True)
class Two:
    """Office files of a kabupaten and of a kecamatan below it, which has sent; nobody has them open."""

    folder: Path
    upper: Path
    lower: Path
    key: Keyed
    package: Path

    @property
    def receipt(self) -> Path:
        return self.folder / "TERIMA_320701_bupati.terima"


@pytest.fixture
def two(tmp_path: Path) -> Two:
    upper, lower = keyed(tmp_path, "3207", on_medium=True), keyed(tmp_path, "320701")
    certify(upper, lower)
    believe(upper, lower)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(lower.office, BUPATI, rows, by=SITI)
    certify_posts(lower.office, key=lower.key, by="Ketut")
    copy = tmp_path / "salinan.rekap"
    lower.office.close()
    shutil.copy(lower.office.file.path, copy)
    office = open_office(lower.office.file.path, clock=Clock())
    closing.close(office, BUPATI, by=SITI, place="Ciamis")
    package = send(office, BUPATI, tmp_path, key=lower.key, by=SITI).path
    office.close()
    upper.office.close()
    return Two(tmp_path, upper.office.file.path, office.file.path, lower, package)


def fill(text: str) -> None:
    """Type into the box that has the focus, and go on."""
    box = QApplication.focusWidget()
    assert isinstance(box, QWidget)
    QTest.keyClicks(box, text)
    press("\n")


def desk_at(window: OpenWindow, path: Path, person: str) -> OfficeDesk:
    """An office whose Kirim page is shown."""
    desk = desk_of(window(path))
    desk.session.choose_contest(BUPATI)
    desk.session.choose_person(person)
    QTest.keyClick(desk, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    return desk


def look_at(desk: OfficeDesk, package: Path, qtbot: QtBot) -> None:
    page = desk.upward.receive
    assert page is not None and page.isVisible()
    press("\n")
    assert page.form is not None
    page.form.fields[0].clear()
    fill(str(package))
    press("\n")
    qtbot.waitUntil(lambda: page.seen is not None, timeout=SLOW)


def take_in(desk: OfficeDesk, package: Path, qtbot: QtBot) -> None:
    """Look at it, and type what its signed paper says."""
    look_at(desk, package, qtbot)
    page = desk.upward.receive
    assert page is not None and page.seen is not None
    said = page.seen.proved
    press("\n")
    for cell in ("votes.1", "votes.2", "valid", "invalid"):
        fill(str(said.totals[cell]))
    fill(said.statement.head[:8])
    press("\n")
    qtbot.waitUntil(lambda: page.seen is None, timeout=SLOW)


def give_receipt(desk: OfficeDesk, two: Two, qtbot: QtBot) -> None:
    page = desk.upward.receive
    assert page is not None
    page.offices.selectRow(0)
    page.foot.take_focus()
    press("1")
    form = page.form
    assert form is not None
    folder, key, secret = form.fields[-3:]
    folder.setText(str(two.folder))
    key.setText(str(two.folder / "kunci-3207" / "KUNCI_3207.kunci"))
    secret.setFocus()
    fill(PHRASE)
    press("\n")
    qtbot.waitUntil(two.receipt.exists, timeout=SLOW)


def test_a_receipt_is_carried_back_and_taken_in_by_who_sent_the_package(
    window: OpenWindow, two: Two, qtbot: QtBot
) -> None:
    above = desk_at(window, two.upper, TUTI)
    take_in(above, two.package, qtbot)
    changes = {"votes.1": 50, "votes.2": 90}
    above.session.record(
        lambda: ruling.correct(
            above.session.office, BUPATI, TPS[0], changes=changes, decision=DECISION
        )
    )
    give_receipt(above, two, qtbot)
    (given,) = receipts_of(above.session.office, BUPATI)
    above.window().close()
    # Below, the receipt is the fifth step; first one that was changed on the way.
    below = desk_at(window, two.lower, SITI)
    office, page = below.session.office, below.upward.send
    false = two.folder / "lain.terima"
    false.write_bytes(two.receipt.read_bytes().replace(b'"votes.1":50', b'"votes.1":51'))
    press("\n")
    fill(str(false))
    press("\n")
    form = page.form
    assert form is not None and page.foot.message
    assert receipts_back(office, BUPATI) == []
    form.fields[-1].clear()
    form.fields[-1].setFocus()
    fill(str(two.receipt))
    press("\n")
    (back,) = receipts_back(office, BUPATI)
    assert back.body["receiver_head"] == given.id
    (proposed,) = proposals(office, BUPATI)
    assert (proposed.tps, proposed.changes["votes.1"]) == (TPS[0], (40, 50))
    ((where, what),) = page.facts.facts
    assert "KABUPATEN CIAMIS" in where and "50" in what


def forked(two: Two) -> Path:
    """The owner of the laptop put the old copy back, and what the machine remembered of it too."""
    office = open_office(two.lower, clock=Clock())
    (genesis,) = office.file.journal.geneses()
    office.close()
    (places.machine_data() / "posts" / f"{genesis.post}.heads").unlink()
    shutil.copy(two.folder / "salinan.rekap", two.lower)
    for left in two.folder.glob(f"{two.lower.name}-*"):
        left.unlink()
    office = open_office(two.lower, clock=Clock())
    assert office.can_write
    changes = {"votes.1": 47, "votes.2": 93}
    ruling.correct(office, BUPATI, TPS[0], changes=changes, decision=DECISION)
    closing.close(office, BUPATI, by=SITI, place="Ciamis")
    stick = two.folder / "stik"
    stick.mkdir()
    path = send(office, BUPATI, stick, key=two.key.key, by=SITI).path
    office.close()
    return path


def sum_of(desk: OfficeDesk) -> int:
    (total,) = totals(desk.session.office, BUPATI, level=Level.KABKO)
    return total.sums.get("votes.1", 0)


def test_a_history_that_branched_off_is_an_alarm_that_stays_until_a_person_decides(
    window: OpenWindow, two: Two, qtbot: QtBot
) -> None:
    desk = desk_at(window, two.upper, TUTI)
    take_in(desk, two.package, qtbot)
    other = forked(two)
    office = desk.session.office
    look_at(desk, other, qtbot)
    page = desk.upward.receive
    assert page is not None and page.seen is not None and page.seen.alarm == "forked"
    press("\n\n\n")
    qtbot.waitUntil(desk.head.alarm.isVisible, timeout=SLOW)
    assert page.alarm.isVisible()
    (alarm,) = alarms.alarms(office, BUPATI)
    assert alarm.is_open and alarm.record.body["cause"] == "forked"
    assert sum_of(desk) == 210
    # It is there the next morning too, on whatever page.
    desk.window().close()
    desk = desk_at(window, two.upper, TUTI)
    QTest.keyClick(desk, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desk.head.alarm.isVisible()
    QTest.keyClick(desk, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    page = desk.upward.receive
    assert page is not None
    page.foot.take_focus()
    press("2")
    shown = desk.upward.alarm
    assert shown is not None
    qtbot.waitUntil(lambda: shown.sides is not None, timeout=SLOW)
    assert ("210", "217") in {(row.held, row.came) for row in shown.rows}
    # 1: what was received before holds; the first usual reason, then who decided.
    press("1")
    press("1\n\n")
    fill("Ketua KPU")
    press("\n")
    assert desk.head.alarm.isHidden() and page.alarm.isHidden()
    assert sum_of(desk) == 210
    assert [one.is_open for one in alarms.alarms(desk.session.office, BUPATI)] == [False]
