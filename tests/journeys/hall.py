"""Whoever sits at the laptop in the plenary of Ciamis: everything by keys, and the keys counted."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.pleno.attendance_panel import AttendancePanel
from recap_desktop.desk.pleno.incident_panel import IncidentForm, IncidentList
from recap_desktop.desk.rail import Place
from recap_desktop.election.records.plenary import Phase
from recap_desktop.office.entry.stations import Act
from recap_desktop.office.plenary.plenaries import plenary
from tests.journeys.pad import press
from tests.made_up.plenary_play import BUPATI, LEADER, PLACE, Play


def key(code: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, code)


def type_in(text: str) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClicks(focus, text)


def form_keys(desk: OfficeDesk, cells: dict[str, int]) -> str:
    """The keys of one form: the digits of each figure, and Enter after every box."""
    return "".join(f"{cells.get(cell, '')}\n" for cell in desk.entry.form.order)


class Hall:
    """Whoever sits at the laptop, and the keys that were needed."""

    def __init__(self, desk: OfficeDesk, acted: Play) -> None:
        self.desk = desk
        self.acted = acted
        self.spent: Counter[str] = Counter()

    # Beforehand

    def name_oneself(self, name: str) -> None:
        self.desk.go_to(Place.ENTRY)
        key(Qt.Key.Key_F7)
        self.desk.entry.person.field.clear()
        type_in(name)
        press("\n")
        assert self.desk.session.person == name

    def type_beforehand(self, name: str, typed: dict[str, dict[str, int]]) -> None:
        """Some forms by hand in the window, under one's own name."""
        self.name_oneself(name)
        for tps, cells in typed.items():
            self.desk.session.station_asked.emit(tps)
            press(form_keys(self.desk, cells) + "\n")

    # The session

    def open_session(self) -> None:
        self.desk.go_to(Place.PLENO)
        press("\n")
        type_in(PLACE)
        press("\n")
        type_in(LEADER)
        press("\n\n\n")
        assert plenary(self.desk.session.office).phase is Phase.OPEN

    def record_attendance(self) -> None:
        page = self.desk.pleno
        page.attending.click()
        panel = page.form
        assert isinstance(panel, AttendancePanel)
        for at in range(panel.seat.count() - 2):
            type_in(f"Nama {at + 1}")
            press("\n\n\n")
        page.leave_form()

    # Reading out

    def read_desa(self, desa: str) -> None:
        desk = self.desk
        desk.go_to(Place.PLENO)
        desk.pleno.choose(desa)
        desk.pleno.take_focus()
        press("\n")
        for tps in self.acted.below(desa):
            if not self.acted.paper[tps]:
                self._never_came(tps)
                continue
            desk.session.station_asked.emit(tps)
            self._read(tps)
            if tps in self.acted.objections:
                self._object(tps, settled=self.acted.objections[tps])
            if tps in self.acted.mended:
                self._mend(tps)
            if tps in self.acted.recounted:
                self._recount(tps)

    def _read(self, tps: str, cells: dict[str, int] | None = None) -> None:
        entry = self.desk.entry
        said = dict(cells or self.acted.paper[tps])
        assert (entry.station, entry.form.cells) == (tps, {})
        keys = form_keys(self.desk, said) + "\n"
        press(keys)
        assert entry.is_reading_back
        if tps in self.acted.slips:
            assert "berbeda" in entry.foot.message
            press("\n")
            type_in("salah ketik entri awal")
            press("\n\n\n")
        else:
            press("\n")
            digits = sum(len(str(figure)) for figure in said.values())
            self.spent["TPS"] += 1
            self.spent["beyond"] += len(keys) + 1 - digits - len(entry.form.order)
        stored = self.desk.session.office.file.contests[BUPATI].tally(tps)
        assert stored is not None and stored.tally.read, tps

    def _decide(self, act: Act, reason: str) -> None:
        self.desk.entry.ruling.button(act).click()
        if act is Act.CORRECT:
            return
        type_in(reason)
        press("\n")
        type_in("Panwas")
        press("\n")
        type_in("Rapat pleno")
        press("\n")

    def _never_came(self, tps: str) -> None:
        self.desk.session.station_asked.emit(tps)
        self._decide(Act.NOT_DELIVERED, "kotak tidak memuat C.HASIL")

    def _mend(self, tps: str) -> None:
        desk = self.desk
        desk.session.station_asked.emit(tps)
        self._decide(Act.CORRECT, "")
        for cell, figure in self.acted.mended[tps].items():
            desk.entry.form.focus_cell(cell)
            press(str(figure))
        press("+")
        type_in("salah jumlah di TPS")
        press("\n")
        type_in("Saksi nomor 2")
        press("\n")
        type_in("Rapat pleno")
        press("\n")

    def _recount(self, tps: str) -> None:
        desk, again = self.desk, dict(self.acted.recounted[tps])
        desk.session.station_asked.emit(tps)
        self._decide(Act.NEW_ROUND, "hitung ulang")
        # Nobody types it beforehand: the hall hears it, which is the second voice.
        desk.session.station_asked.emit(tps)
        self._read(tps, again)

    def _object(self, tps: str, *, settled: bool) -> None:
        desk = self.desk
        desk.session.station_asked.emit(tps)
        key(Qt.Key.Key_F9)
        form = desk.pleno.form
        assert isinstance(form, IncidentForm)
        type_in("Saksi nomor 2")
        form.text.setFocus()
        type_in("Jumlah pengguna DPTb berbeda dari daftar hadir")
        desk.pleno.foot.take_focus()
        press("\n")
        shown = desk.pleno.form
        assert isinstance(shown, IncidentList)
        shown.chosen.emit(next(one for one in shown.rows if one.unit == tps))
        answer = desk.pleno.form
        assert isinstance(answer, IncidentForm)
        type_in("Daftar hadir dibuka, jumlahnya sesuai")
        answer.settled.setChecked(settled)
        desk.pleno.foot.take_focus()
        press("\n")
        desk.pleno.leave_form()

    # Closing

    def close_unit(self, unit: str) -> None:
        page = self.desk.pleno
        self.desk.go_to(Place.PLENO)
        page.choose(unit)
        assert page.missing.faults == (), [fault.code for fault in page.missing.faults]
        page.take_focus()
        press("\n\n")
        row = page.row
        assert row is not None and row.revision > 0, page.foot.message

    def reopen_unit(self, unit: str) -> None:
        page = self.desk.pleno
        self.desk.go_to(Place.PLENO)
        page.choose(unit)
        page.foot.other_button.setFocus()
        press("\n")
        type_in("rekomendasi Panwas")
        press("\n")
        type_in("Rapat pleno")
        press("\n\n")
        assert page.row is not None and page.row.revision == 0
