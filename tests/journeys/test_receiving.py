"""A kabko looks at a package, types what the signed paper says, takes it in, and gives a receipt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop import patience
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.upward.receive_page import ReceivePage
from recap_desktop.election.definitions.regions import Level
from recap_desktop.exchange.package_folder import folder_of
from recap_desktop.exchange.receipt_file import read_receipt
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.upward.alarms import raise_alarm
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.office.upward.received import receipts_of
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, press
from tests.made_up.keys import PHRASE
from tests.made_up.offices import BUPATI
from tests.scenes import above_scenes, receive_scenes

SLOW = 20_000


def fill(text: str) -> None:
    """Type into the box that has the focus, and go on."""
    box = QApplication.focusWidget()
    assert isinstance(box, QWidget)
    QTest.keyClicks(box, text)
    press("\n")


@pytest.fixture
def sent(tmp_path: Path) -> receive_scenes.Sent:
    return receive_scenes.prepare(tmp_path, tmp_path / "kabko.rekap")


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path, sent: receive_scenes.Sent) -> OfficeDesk:
    assert len(sent.packages) == 2
    desk = desk_of(window(tmp_path / "kabko.rekap"))
    desk.session.choose_contest(BUPATI)
    desk.session.choose_person(receive_scenes.TUTI)
    QTest.keyClick(desk, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    return desk


def page_of(desk: OfficeDesk) -> ReceivePage:
    page = desk.upward.receive
    assert page is not None and page.isVisible()
    return page


def look_at(desk: OfficeDesk, package: Path, qtbot: QtBot) -> ReceivePage:
    page = page_of(desk)
    press("\n")
    assert page.form is not None
    page.form.fields[0].clear()
    fill(str(package))
    press("\n")
    qtbot.waitUntil(lambda: page.seen is not None, timeout=SLOW)
    return page


def type_the_paper(page: ReceivePage) -> None:
    """Every total and the head as the package that was looked at says them."""
    seen = page.seen
    assert seen is not None
    press("\n")
    for cell in ("votes.1", "votes.2", "valid", "invalid"):
        fill(str(seen.proved.totals[cell]))
    fill(seen.proved.statement.head[:8])


def take_in(desk: OfficeDesk, package: Path, qtbot: QtBot) -> ReceivePage:
    """Look at it, type the paper, and have it taken in."""
    page = look_at(desk, package, qtbot)
    type_the_paper(page)
    press("\n")
    qtbot.waitUntil(lambda: page.seen is None, timeout=SLOW)
    return page


def sum_of(desk: OfficeDesk) -> int:
    (total,) = totals(desk.session.office, BUPATI, level=Level.KABKO)
    return total.sums.get("votes.1", 0)


def test_a_package_is_received_by_keys_and_its_receipt_given(
    desk: OfficeDesk, sent: receive_scenes.Sent, tmp_path: Path, qtbot: QtBot
) -> None:
    page = page_of(desk)
    assert [child.revision for child in page.children_shown] == [0, 0]
    take_in(desk, sent.packages[0], qtbot)
    assert sum_of(desk) == 40 + 41 + 42 + 43 + 44
    assert [child.revision for child in page.children_shown] == [1, 0]
    assert page.children_shown[0].is_final
    (receipt,) = receipts_of(desk.session.office, BUPATI)
    # The second revision: one TPS changed, old -> new.
    look_at(desk, sent.packages[1], qtbot)
    assert any("40" in told.text and "39" in told.text for told in page.told)
    QTest.keyClick(page.foot.next_button, Qt.Key.Key_Escape)
    assert page.seen is None
    assert sum_of(desk) == 210
    take_in(desk, sent.packages[1], qtbot)
    assert sum_of(desk) == 209
    # 1 gives the receipt to the office that is chosen.
    page.offices.selectRow(0)
    page.foot.take_focus()
    press("1")
    form = page.form
    assert form is not None
    form.fields[0].setText(str(tmp_path))
    form.fields[1].setText(str(tmp_path / "kunci-3207" / "KUNCI_3207.kunci"))
    form.fields[2].setFocus()
    fill(PHRASE)
    press("\n")
    file = tmp_path / "TERIMA_320701_bupati.terima"
    qtbot.waitUntil(file.exists, timeout=SLOW)
    assert read_receipt(file).revision == 2
    assert receipt.body["revision"] == 1


@pytest.mark.parametrize("way", ["the button", "Escape"])
def test_what_is_given_up_while_it_is_taken_in_leaves_nothing(
    desk: OfficeDesk,
    sent: receive_scenes.Sent,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    # A package this small is taken in before anybody could press a key.
    monkeypatch.setattr(patience, "_MOMENT", 0.0)
    page = look_at(desk, sent.packages[0], qtbot)
    type_the_paper(page)
    office = desk.session.office
    before = office.file.journal.last_place()
    shares: list[tuple[str, int]] = []

    def answer(code: str, percent: int) -> None:
        shares.append((code, percent))
        if code == "taking" and percent > 40:
            # Nothing else is heard: not the way to another page, not another person.
            QTest.keyClick(desk, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
            QTest.mouseClick(page.foot.next_button, Qt.MouseButton.LeftButton)
            assert page.isVisible()
            QTest.keyClick(
                page.foot.other_button,
                Qt.Key.Key_Escape if way == "Escape" else Qt.Key.Key_Enter,
            )

    page.work.advanced.connect(answer)
    press("\n")
    qtbot.waitUntil(lambda: not page.work.is_running and page.seen is None, timeout=SLOW)
    page.work.advanced.disconnect(answer)
    assert "dibatalkan" in page.foot.message
    taking = [percent for code, percent in shares if code == "taking"]
    assert taking == sorted(set(taking)) and taking[-1] < 100
    assert page.isVisible() and [child.revision for child in page.children_shown] == [0, 0]
    assert sum_of(desk) == 0
    # At most the name of who would have received it.
    assert office.file.journal.last_place() <= before + 1
    assert list(folder_of(office.file.path).glob("*")) == []
    take_in(desk, sent.packages[0], qtbot)
    assert sum_of(desk) == 210


def test_what_is_given_up_while_it_is_looked_at_is_not_shown(
    desk: OfficeDesk, sent: receive_scenes.Sent, qtbot: QtBot
) -> None:
    page = page_of(desk)
    press("\n")
    assert page.form is not None
    page.form.fields[0].clear()
    fill(str(sent.packages[0]))
    press("\n")
    assert page.foot.other_button.hasFocus()
    press("\n")
    assert not page.work.is_running
    assert "dibatalkan" in page.foot.message
    done: list[bool] = []
    desk._background.submit(lambda: True, lambda future: done.append(future.result()))
    qtbot.waitUntil(lambda: bool(done), timeout=SLOW)
    assert page_of(desk).seen is None and page_of(desk).form is None
    look_at(desk, sent.packages[0], qtbot)


def test_what_was_typed_wrong_takes_nothing_in(
    desk: OfficeDesk, sent: receive_scenes.Sent, qtbot: QtBot
) -> None:
    page = look_at(desk, sent.packages[0], qtbot)
    press("\n")
    for text in ("1", "2", "3", "4", "00000000"):
        fill(text)
    press("\n")
    assert page.form is not None and page.form.isVisible()
    assert page.foot.message
    assert page.form.fields[1].text() == "1"
    assert receipts_of(desk.session.office, BUPATI) == []
    assert sum_of(desk) == 0


def test_what_is_no_package_is_refused_in_the_page(
    desk: OfficeDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "x.rkp").write_bytes(b"PK nothing")
    page = page_of(desk)
    press("\n")
    fill(str(tmp_path / "x.rkp"))
    press("\n")
    qtbot.waitUntil(lambda: "x.rkp" in page.foot.message and page.foot.next_button.isEnabled())
    assert page.seen is None


def test_plus_there_is_a_way_up_and_back(desk: OfficeDesk) -> None:
    page = page_of(desk)
    page.foot.other_button.click()
    assert desk.upward.send.isVisible()
    desk.upward.send.below.click()
    assert page.isVisible()


def test_an_alarm_stays_in_the_head_until_it_is_decided(
    desk: OfficeDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = page_of(desk)
    assert desk.head.alarm.isHidden()
    seen = preview(desk.session.office, next((tmp_path / "stik-1").glob("*.rkp")))
    forked = replace(seen, alarm="forked")
    desk.session.record(lambda: raise_alarm(desk.session.office, forked, by="Tuti"))
    assert desk.head.alarm.isVisible() and page.alarm.isVisible()
    page.foot.take_focus()
    press("2")
    shown = desk.upward.alarm
    assert shown is not None and shown.isVisible()
    qtbot.waitUntil(lambda: shown.sides is not None, timeout=SLOW)
    # 1: what was received before holds; the first usual reason, then who decided.
    press("1")
    press("1\n\n")
    fill("Ketua KPU")
    press("\n")
    assert desk.head.alarm.isHidden() and page.alarm.isHidden()
    assert page.isVisible()


def test_what_came_holds_and_the_next_package_comes_in_quietly(
    window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    first, second, third = above_scenes.prepare_restored(tmp_path, tmp_path / "kabko.rekap")
    desk = desk_of(window(tmp_path / "kabko.rekap"))
    desk.session.choose_contest(BUPATI)
    desk.session.choose_person(receive_scenes.TUTI)
    QTest.keyClick(desk, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    take_in(desk, first, qtbot)
    look_at(desk, second, qtbot)
    # It does not extend what was received: that is recorded, and both stay.
    press("\n\n\n")
    qtbot.waitUntil(desk.head.alarm.isVisible, timeout=SLOW)
    press("2")
    shown = desk.upward.alarm
    assert shown is not None
    qtbot.waitUntil(lambda: shown.sides is not None, timeout=SLOW)
    assert shown.sides is not None
    rows = {row.name: (row.held, row.came) for row in shown.rows}
    assert ("210", "217") in rows.values()
    press("2")
    for cell in ("votes.1", "votes.2", "valid", "invalid"):
        fill(str(shown.sides.proved.totals[cell]))
    fill(shown.sides.proved.statement.head[:8])
    press("\n")
    press("1\n\n")
    fill("Ketua KPU")
    press("\n")
    assert desk.head.alarm.isHidden()
    assert sum_of(desk) == 217
    take_in(desk, third, qtbot)
    assert sum_of(desk) == 217 + 60 - 41
    assert desk.head.alarm.isHidden()
