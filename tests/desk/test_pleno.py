"""The Pleno page: from opening the session to the close, by keys."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.pleno.attendance_panel import AttendancePanel
from recap_desktop.desk.pleno.closing_panel import ReopeningForm, SignersForm
from recap_desktop.desk.pleno.incident_panel import IncidentForm, IncidentList
from recap_desktop.desk.pleno.turn_form import TurnForm
from recap_desktop.desk.rail import Place
from recap_desktop.election.papers.facts import Presence as Signing
from recap_desktop.election.records.plenary import Phase, Presence, Topic, Turn
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, correct
from recap_desktop.office.plenary.plenaries import attend, attendance, declare, incidents, plenary
from recap_desktop.office.plenary.reading import read_out
from recap_desktop.office.plenary.revisions import closed_units, revisions
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

MALEBER, BAREGBEG = "3207011001", "3207012001"
ANI = "Ani Lestari"


@pytest.fixture
def pleno(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    """The page of an office without a plenary yet, its first desa typed beforehand."""
    path = tmp_path / "ciamis.rekap"
    office = tiny_office(path)
    for tps in TPS[:3]:
        enter(office, BUPATI, tps, valid_bupati(), by="Budi")
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_person(ANI)
    desk.go_to(Place.PLENO)
    return desk


def key(code: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, code)


def enter_key(times: int = 1) -> None:
    for _ in range(times):
        key(Qt.Key.Key_Return)


def type_in(text: str) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClicks(focus, text)


def begun(desk: OfficeDesk) -> None:
    session = desk.session
    session.record(lambda: declare(session.office, Turn.OPENED, by=ANI, place="Aula"))


def read_desa(desk: OfficeDesk, desa: str) -> None:
    office = desk.session.office
    for tps in TPS:
        if tps.startswith(desa):
            desk.session.record(partial(read_out, office, BUPATI, tps, valid_bupati(), by=ANI))


def test_a_session_is_opened_suspended_and_resumed_by_enter(pleno: OfficeDesk) -> None:
    page, office = pleno.pleno, pleno.session.office
    assert page.phase.text == "Rapat pleno belum dibuka"
    enter_key()
    assert isinstance(page.form, TurnForm)
    type_in("Aula Kecamatan")
    enter_key()
    type_in("Siti Aminah")
    enter_key(3)
    assert (plenary(office).phase, plenary(office).place) == (Phase.OPEN, "Aula Kecamatan")
    assert plenary(office).leader == "Siti Aminah"
    assert page.phase.text.startswith("Rapat pleno berlangsung")
    assert page.about.text == "Aula Kecamatan. Dipimpin Siti Aminah."
    page.turns[Turn.SUSPENDED].click()
    type_in("sampai besok pukul 09.00")
    enter_key(2)
    assert plenary(office).phase is Phase.SUSPENDED
    assert not page.turns[Turn.SUSPENDED].isVisible()
    enter_key()
    assert isinstance(page.form, TurnForm)
    page.foot.next_button.click()
    assert plenary(office).phase is Phase.OPEN


def test_escape_from_a_form_records_nothing(pleno: OfficeDesk) -> None:
    page = pleno.pleno
    enter_key()
    page.foot.other_button.click()
    assert page.form is None
    assert plenary(pleno.session.office).phase is Phase.NONE


def test_the_agenda_says_how_far_each_desa_is(pleno: OfficeDesk) -> None:
    begun(pleno)
    rows = {row.unit: row for row in pleno.pleno.rows}
    assert list(rows) == [MALEBER, BAREGBEG, "320701"]
    assert (rows[MALEBER].stations, rows[MALEBER].recorded, rows[MALEBER].read) == (3, 3, 0)
    assert {fault.code for fault in pleno.pleno.missing.faults} == {"close-unread"}
    read_desa(pleno, MALEBER)
    first = pleno.pleno.rows[0]
    assert (first.read, first.is_ready) == (3, True)
    assert pleno.pleno.missing.faults == ()


def test_enter_goes_to_the_first_tps_that_was_not_read(pleno: OfficeDesk) -> None:
    begun(pleno)
    enter_key()
    assert pleno.entry.isVisible()
    assert pleno.entry.station == TPS[0]
    assert pleno.entry.form.cells == {}


def test_plus_and_minus_change_the_order_of_the_desa(pleno: OfficeDesk) -> None:
    begun(pleno)
    pleno.pleno.table.setFocus()
    key(Qt.Key.Key_Plus)
    assert [row.unit for row in pleno.pleno.rows] == [BAREGBEG, MALEBER, "320701"]
    assert plenary(pleno.session.office).agenda == (BAREGBEG, MALEBER)
    assert pleno.pleno.row is not None
    assert pleno.pleno.row.unit == MALEBER
    key(Qt.Key.Key_Minus)
    assert [row.unit for row in pleno.pleno.rows][:2] == [MALEBER, BAREGBEG]


def test_who_attends_is_typed_seat_by_seat(pleno: OfficeDesk) -> None:
    begun(pleno)
    page, office = pleno.pleno, pleno.session.office
    page.attending.click()
    for name in ("Siti Aminah", "Dewi"):
        type_in(name)
        enter_key(3)
    assert [(one.seat, one.name) for one in attendance(office)] == [
        *(("ketua", "Siti Aminah"), ("anggota-2", "Dewi")),
    ]
    panel = page.form
    assert isinstance(panel, AttendancePanel)
    panel.seat.setCurrentIndex(panel.seat.findData("saksi-2"))
    panel.name.setFocus()
    type_in("Budi Santoso")
    enter_key()
    type_in("012/TIM/2024")
    enter_key(2)
    witness = attendance(office)[-1]
    assert (witness.seat, witness.contest, witness.mandate) == ("saksi-2", BUPATI, "012/TIM/2024")
    panel.show_known(witness)
    panel.presence.setCurrentIndex(panel.presence.findData(Presence.LEFT.value))
    page.foot.next_button.click()
    assert attendance(office)[-1].presence is Presence.LEFT
    assert len(attendance(office)) == 3


def test_an_objection_is_recorded_from_anywhere_and_answered(pleno: OfficeDesk) -> None:
    begun(pleno)
    pleno.session.station_asked.emit(TPS[1])
    key(Qt.Key.Key_F9)
    page, office = pleno.pleno, pleno.session.office
    assert page.isVisible()
    form = page.form
    assert isinstance(form, IncidentForm)
    type_in("Saksi nomor 2")
    form.text.setPlainText("DPTb tidak sesuai\ndaftar hadir")
    page.foot.next_button.click()
    (made,) = incidents(office, BUPATI)
    assert (made.unit, made.topic, made.is_open) == (TPS[1], Topic.OBJECTION, True)
    assert made.text == "DPTb tidak sesuai daftar hadir"
    shown = page.form
    assert isinstance(shown, IncidentList)
    shown.chosen.emit(shown.rows[0])
    answer = page.form
    assert isinstance(answer, IncidentForm)
    answer.answer.setPlainText("Daftar hadir dibuka, sesuai")
    answer.settled.setChecked(True)
    page.foot.next_button.click()
    (settled,) = incidents(office, BUPATI)
    assert (settled.is_open, settled.answer) == (False, "Daftar hadir dibuka, sesuai")


def test_what_is_incomplete_is_told_and_kept(pleno: OfficeDesk) -> None:
    begun(pleno)
    page = pleno.pleno
    page.speak(TPS[0])
    form = page.form
    assert isinstance(form, IncidentForm)
    form.text.setPlainText("keberatan tanpa nama")
    page.foot.next_button.click()
    assert page.foot.message == "Siapa yang mengajukan keberatan belum ditulis."
    assert page.form is form
    assert form.text.toPlainText() == "keberatan tanpa nama"


def test_a_desa_is_closed_with_those_who_attend_and_then_all_of_it(pleno: OfficeDesk) -> None:
    begun(pleno)
    session, page, office = pleno.session, pleno.pleno, pleno.session.office
    names = {"ketua": "Siti", **{f"anggota-{n}": f"Anggota {n}" for n in range(2, 6)}}
    for seat, name in names.items():
        session.record(partial(attend, office, by=ANI, seat=seat, name=name))
    attend(office, by=ANI, seat="saksi-2", name="Budi", contest=BUPATI, presence=Presence.LEFT)
    read_desa(pleno, MALEBER)
    enter_key()
    form = page.form
    assert isinstance(form, SignersForm)
    signers = {signer.seat: signer for signer in form.signers}
    assert signers["ketua"].name == "Siti"
    assert signers["saksi-2"].presence is Signing.ABSENT
    assert form.place.text() == "Aula"
    enter_key()
    assert closed_units(office, BUPATI) == {MALEBER: 1}
    assert page.rows[0].revision == 1
    read_desa(pleno, BAREGBEG)
    page.choose(BAREGBEG)
    enter_key(2)
    page.choose("320701")
    enter_key(2)
    assert [revision.number for revision in revisions(office, BUPATI)] == [1]
    assert page.foot.message.endswith("sudah ditetapkan, revisi 1.")
    # The agenda goes on with the other contest.
    assert page.foot.next_button.text() == "Acara berikutnya: Gubernur Jawa Barat"
    page.foot.next_button.click()
    assert session.contest_id == GUBERNUR
    assert [row.revision for row in page.rows] == [0, 0, 0]


def test_a_desa_is_reopened_and_says_when_it_has_moved_on(pleno: OfficeDesk) -> None:
    begun(pleno)
    page, office = pleno.pleno, pleno.session.office
    for seat in ("ketua", "anggota-2", "anggota-3", "anggota-4", "anggota-5"):
        attend(office, by=ANI, seat=seat, name=f"Nama {seat}")
    attend(office, by=ANI, seat="saksi-2", name="Budi", contest=BUPATI)
    read_desa(pleno, MALEBER)
    enter_key(2)
    page.foot.other_button.click()
    form = page.form
    assert isinstance(form, ReopeningForm)
    # The usual reason by its digit, and the plenary as who decides.
    type_in("2")
    assert form.reason.text() == "Keberatan saksi diterima"
    assert form.decided_by.text() == "Rapat pleno"
    page.foot.next_button.click()
    assert closed_units(office, BUPATI) == {}
    why = Decision(ANI, "salah jumlah")
    change = {"disabled.users.l": 1, "disabled.users.jml": 2}
    pleno.session.record(lambda: correct(office, BUPATI, TPS[0], changes=change, decision=why))
    assert page.rows[0].is_ready
    enter_key(2)
    assert page.rows[0].revision == 2


def test_the_phase_is_there_again_after_the_window_was_killed(
    pleno: OfficeDesk, window: OpenWindow
) -> None:
    begun(pleno)
    session = pleno.session
    session.record(lambda: declare(session.office, Turn.SUSPENDED, by=ANI, reason="besok"))
    path = session.office.file.path
    pleno.left.emit()
    desk = desk_of(window(path))
    desk.go_to(Place.PLENO)
    assert desk.pleno.phase.text.startswith("Rapat pleno diskors")


def test_without_a_name_nothing_is_declared(window: OpenWindow, tmp_path: Path) -> None:
    tiny_office(tmp_path / "o.rekap").close()
    desk = desk_of(window(tmp_path / "o.rekap"))
    desk.go_to(Place.PLENO)
    enter_key()
    assert desk.pleno.form is None
    assert "F7" in desk.pleno.foot.message


def test_the_page_widens_no_window(desk: OfficeDesk) -> None:
    before = desk.window().width()
    desk.go_to(Place.PLENO)
    assert desk.window().width() == before
