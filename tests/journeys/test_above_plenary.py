"""The plenary of a kabupaten by keys alone: each kecamatan read out, corrected, put off, closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.pleno.above_page import AbovePage
from recap_desktop.desk.pleno.closing_panel import SignersForm
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.entry.stations import Act
from recap_desktop.office.plenary.child_reading import ChildSheet, Heard
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.upward.unit_figures import differences
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, press
from tests.made_up.offices import BUPATI, CIAMIS, TPS
from tests.made_up.upward import CIKONENG
from tests.scenes import above_scenes


def page_of(desk: OfficeDesk) -> AbovePage:
    page = desk.pleno
    assert isinstance(page, AbovePage)
    return page


def begin(window: OpenWindow, path: Path) -> OfficeDesk:
    desk = desk_of(window(path))
    desk.session.choose_contest(BUPATI)
    desk.session.choose_person(above_scenes.TUTI)
    alt(desk, 3)
    return desk


def alt(desk: OfficeDesk, number: int) -> None:
    QTest.keyClick(desk, Qt.Key(Qt.Key.Key_0.value + number), Qt.KeyboardModifier.AltModifier)


def write(text: str) -> None:
    """Type into the box that has the focus, and go on."""
    box = QApplication.focusWidget()
    assert isinstance(box, QWidget)
    QTest.keyClicks(box, text)
    press("\n")


def shown(desk: OfficeDesk) -> ChildSheet | None:
    """The sheet that is before the hall."""
    return page_of(desk).shown


def heard(desk: OfficeDesk) -> list[Heard | None]:
    return [row.heard for row in page_of(desk).rows]


def votes(desk: OfficeDesk, unit: str = CIAMIS) -> int:
    office = desk.session.office
    (total,) = totals(office, BUPATI, level=Level.KECAMATAN, under=unit)
    return total.sums["votes.1"]


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    above_scenes.all_came(tmp_path / "kabko.rekap")
    return begin(window, tmp_path / "kabko.rekap")


def test_enter_reads_out_one_office_after_the_other_and_leads_to_the_close(
    desk: OfficeDesk,
) -> None:
    page = page_of(desk)
    assert shown(desk) is None and heard(desk) == [Heard.UNREAD, Heard.UNREAD, None]
    press("\n")
    assert (now := shown(desk)) is not None and now.child.code == CIAMIS
    assert any("210" in text for text in page.sheet.texts)
    press("\n")
    assert heard(desk)[0] is Heard.READ
    # The same key leads to the next office and reads that out too.
    press("\n\n")
    assert heard(desk) == [Heard.READ, Heard.READ, None]
    press("\n")
    assert shown(desk) is None and page.row is not None and page.row.heard is None
    assert page.row.is_ready
    press("\n")
    form = page.form
    assert isinstance(form, SignersForm)
    for signer in form.signers:
        form.seat(signer.seat)[0].setText("Nama")
    page.foot.take_focus()
    press("\n")
    assert standing_revision(desk.session.office, BUPATI) is not None


def test_an_office_is_put_off_and_read_out_last(desk: OfficeDesk) -> None:
    page = page_of(desk)
    press("\n3")
    # The first usual reason, then Enter twice: kept, and recorded.
    press("1\n\n")
    assert heard(desk)[:2] == [Heard.POSTPONED, Heard.UNREAD]
    press("\n")
    assert page.shown is not None and page.shown.child.code == CIKONENG
    press("\n\n")
    assert page.shown.child.code == CIAMIS
    assert page.shown.heard is Heard.POSTPONED and page.shown.reason
    press("\n")
    assert heard(desk)[:2] == [Heard.READ, Heard.READ]


def test_a_difference_is_typed_withdrawn_and_the_sheet_as_received_stays(
    desk: OfficeDesk,
) -> None:
    page = page_of(desk)
    press("\n2")
    write("+5")
    write("-5")
    # The star leaves the figures for the reason; who decided is the plenary.
    press("*")
    press("1\n")
    press("\n\n\n")
    (one,) = differences(desk.session.office, BUPATI)
    assert (one.cells, one.decided_by) == ({"votes.1": 5, "votes.2": -5}, "Rapat pleno")
    assert votes(desk) == 215
    assert page.shown is not None
    (line,) = [line for line in page.shown.lines if line.cell == "votes.1"]
    assert (line.received, line.now) == (210, 215)
    # 4 leads to the corrections; Enter on a difference asks why it is withdrawn.
    press("4\n")
    press("2\n")
    press("\n\n\n")
    assert differences(desk.session.office, BUPATI) == []
    assert votes(desk) == 210
    press("\n")
    assert heard(desk)[0] is Heard.READ


def test_a_station_is_corrected_from_the_sheet_and_alt_3_leads_back(
    desk: OfficeDesk, qtbot: QtBot
) -> None:
    page = page_of(desk)
    press("\n1")
    write("901")
    assert desk.entry.isVisible() and desk.entry.station == TPS[2]
    # Not read out here: above a kecamatan a TPS is corrected.
    press("*")
    press("1")
    qtbot.waitUntil(lambda: desk.entry.ruling.act is Act.CORRECT)
    desk.entry.form.focus_cell("votes.1")
    write("50")
    desk.entry.form.focus_cell("valid")
    write("150")
    desk.entry.foot.take_focus()
    press("\n")
    press("1\n\n\n")
    stored = desk.session.office.file.contests[BUPATI].tally(TPS[2])
    assert stored is not None and stored.tally.state is State.CORRECTED
    alt(desk, 3)
    assert page.shown is not None
    (one,) = page.shown.corrections
    assert one.cells["votes.1"] == (42, 50)
    assert votes(desk) == 218


def test_what_a_later_revision_speaks_against_is_decided_by_a_digit(
    window: OpenWindow, tmp_path: Path
) -> None:
    above_scenes.corrected(tmp_path / "kabko.rekap")
    desk = begin(window, tmp_path / "kabko.rekap")
    page = page_of(desk)
    press("\n\n")
    assert desk.entry.isVisible() and desk.entry.station == TPS[0]
    assert desk.entry.shows_conflict
    # 1 keeps what was ruled here, 2 drops it for what came.
    assert [bool(side.office) for side in desk.entry.conflict.sides] == [False, True]
    press("2")
    press("1\n\n\n")
    stored = desk.session.office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None and stored.tally.cells["votes.1"] == 42
    alt(desk, 3)
    assert page.shown is not None
    assert not any(one.waits for one in page.shown.corrections if one.tps)


def test_minus_leads_back_step_by_step(desk: OfficeDesk) -> None:
    page = page_of(desk)
    press("\n")
    press("3")
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert page.shown is not None
    press("-")
    assert shown(desk) is None
    assert Turn.SUSPENDED in plenary(desk.session.office).may
    assert heard(desk)[:2] == [Heard.UNREAD, Heard.UNREAD]


def test_a_difference_is_kept_by_a_digit_when_the_figures_below_it_changed(
    window: OpenWindow, tmp_path: Path
) -> None:
    above_scenes.moved(tmp_path / "kabko.rekap")
    desk = begin(window, tmp_path / "kabko.rekap")
    page = page_of(desk)
    press("\n")
    assert page.shown is not None and [one.waits for one in page.shown.corrections] == [True]
    press("\n")
    assert len(page.foot.choices.texts) == 3
    press("1")
    press("1\n\n\n\n")
    assert [one.waits for one in page.shown.corrections] == [False]
    (one,) = differences(desk.session.office, BUPATI)
    assert one.cells == {"votes.1": 5}
    press("\n")
    assert heard(desk)[0] is Heard.READ


def test_f2_asks_where_a_figure_of_the_sheet_comes_from_and_leads_back(
    window: OpenWindow, tmp_path: Path
) -> None:
    above_scenes.corrected(tmp_path / "kabko.rekap")
    desk = begin(window, tmp_path / "kabko.rekap")
    page = page_of(desk)
    press("\n")
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, Qt.Key.Key_F2)
    where = desk.where.page
    assert where.isVisible() and (where.unit, where.cell) == (CIAMIS, "votes.1")
    assert where.found is not None
    assert where.found.own_difference == 5
    assert where.own.isVisible()
    press("-")
    assert shown(desk) is not None and page.isVisible()
    # Of a correction that is marked it is its own TPS.
    press("4")
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, Qt.Key.Key_F2)
    assert where.unit == TPS[0]


def test_three_real_kecamatan_are_read_out_corrected_and_closed(
    window: OpenWindow, tmp_path: Path
) -> None:
    above_scenes.real(tmp_path / "kabko.rekap")
    desk = begin(window, tmp_path / "kabko.rekap")
    page, office = page_of(desk), desk.session.office
    (before,) = totals(office, BUPATI, level=Level.KABKO)
    # The first as it came; on the second a difference; the third is put off, and then read.
    press("\n\n\n2")
    write("+3")
    write("-3")
    press("*")
    press("2\n\n\n\n")
    press("\n")
    assert heard(desk)[:3] == [Heard.READ, Heard.READ, Heard.UNREAD]
    press("\n3")
    press("2\n\n")
    assert heard(desk)[2] is Heard.POSTPONED
    press("\n\n\n")
    assert page.row is not None and page.row.is_ready
    press("\n")
    form = page.form
    assert isinstance(form, SignersForm)
    for signer in form.signers:
        form.seat(signer.seat)[0].setText("Nama")
    page.foot.take_focus()
    press("\n")
    revision = standing_revision(office, BUPATI)
    assert revision is not None
    (after,) = totals(office, BUPATI, level=Level.KABKO)
    assert after.sums["votes.1"] == before.sums["votes.1"] + 3
    assert after.sums["valid"] == before.sums["valid"]
    assert not audit(office).faults
