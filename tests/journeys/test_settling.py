"""Two people type blind, a third settles what differs, the plenary hears it and closes: real keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.pleno.attendance_panel import AttendancePanel
from recap_desktop.desk.rail import Place
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, correct, not_delivered
from recap_desktop.office.entry.stations import Act
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.proof.auditing import audit
from tests.desk.conftest import OpenWindow
from tests.journeys.hall import key, type_in
from tests.journeys.pad import desk_of, digits_of, focused_cell, press
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post

FIRST, SECOND, THIRD = "Siti Aminah", "Budi Hartono", "Citra Dewi"
SLIPS = {
    TPS[0]: {"votes.1": 46, "valid": 146},
    TPS[1]: {"invalid": 6},
    TPS[3]: {"votes.2": 10, "ballots.unused": 71, "voters.dpt.l": 105},
}


def tally(desk: OfficeDesk, tps: str) -> tuple[State, bool, bool]:
    stored = desk.session.office.file.contests[BUPATI].tally(tps)
    assert stored is not None
    return stored.tally.state, stored.tally.counts, stored.tally.read


def cells(desk: OfficeDesk, tps: str) -> dict[str, int]:
    stored = desk.session.office.file.contests[BUPATI].tally(tps)
    assert stored is not None
    return dict(stored.tally.cells)


def name_oneself(desk: OfficeDesk, name: str) -> None:
    desk.go_to(Place.ENTRY)
    if desk.session.person:
        key(Qt.Key.Key_F7)
    desk.entry.person.field.clear()
    type_in(name)
    press("\n")


def type_all(desk: OfficeDesk, name: str, slips: dict[str, dict[str, int]]) -> None:
    name_oneself(desk, name)
    for tps in TPS[:4]:
        desk.session.station_asked.emit(tps)
        # Nothing of the first entry is seen before the second one.
        assert desk.entry.form.cells == {}
        assert desk.entry.findings.texts == []
        desk.session.history_asked.emit(tps)
        assert desk.history.listed == ()
        desk.go_to(Place.ENTRY)
        desk.entry.form.focus_first()
        press(digits_of(desk, {**valid_bupati(), **slips.get(tps, {})}) + "\n")


def test_two_type_blind_a_third_settles_and_the_hall_hears_it(
    window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "ganda.rekap"
    tiny_office(path, double_entry=True).close()
    desk = desk_of(window(path))
    type_all(desk, FIRST, {})
    assert all(tally(desk, tps)[:2] == (State.SINGLE, False) for tps in TPS[:4])
    type_all(desk, SECOND, SLIPS)
    differing = [tps for tps in TPS[:4] if tally(desk, tps)[0] is State.DIFFERS]
    assert differing == list(SLIPS)

    # Who typed one of them settles nothing.
    desk.session.station_asked.emit(TPS[0])
    desk.entry.ruling.button(Act.CORRECT).click()
    assert SECOND in desk.entry.foot.message and "orang ketiga" in desk.entry.foot.message
    assert desk.entry.ruling.act is None

    settle_all(desk)

    # All that was ever typed stays, each record beside the others.
    desk.session.history_asked.emit(TPS[0])
    assert [event.what for event in desk.history.listed] == ["entry", "entry", "settled"]
    beside = desk.history.beside
    assert beside.isVisible()
    assert [head.partition(",")[0] for head in beside.heads] == ["diisi", "diisi", "diselesaikan"]
    assert [line.cell for line in beside.lines if line.differs] == ["votes.1", "valid"]
    assert beside.lines[0].figures == (40, 46, 40)
    desk.history.turn.click()
    assert desk.history.changes.isVisible() and not beside.isVisible()

    hear(desk)
    assert audit(desk.session.office).faults == ()


def settle_all(desk: OfficeDesk) -> None:
    """The third person: one slash, then a key a figure and two a TPS."""
    name_oneself(desk, THIRD)
    desk.entry.chooser.take_focus()
    press("/")
    entry = desk.entry
    assert (entry.station, focused_cell()) == (TPS[0], "votes.1")
    assert entry.choice.texts == ["1    40", "2    46"]
    assert all(field.isReadOnly() == (field.cell not in SLIPS[TPS[0]]) for field in fields(desk))
    press("1")
    assert focused_cell() == "valid"
    # A figure that is not chosen yet is not blank, and nothing is in order either.
    assert entry.findings.texts == [] and entry.findings.title == "Yang perlu dilihat"
    press("1")
    assert QApplication.focusWidget() is entry.ruling.reason
    press("1\n")
    assert tally(desk, TPS[0])[0] is State.SETTLED
    press("\n")
    assert (entry.station, focused_cell()) == (TPS[1], "invalid")
    press("11\n\n")
    assert cells(desk, TPS[1]) == valid_bupati()
    # Back, another figure, and a figure that neither of them typed.
    assert (entry.station, focused_cell()) == (TPS[3], "voters.dpt.l")
    press("\n")
    assert focused_cell() == "ballots.unused"
    press("-1")
    assert entry.form.cells["voters.dpt.l"] == 105
    press("-")
    press("0149\n")
    press("1")
    assert focused_cell() == "votes.2"
    press("+")
    assert "belum dipilih" in entry.foot.message and focused_cell() == "votes.2"
    press("2")
    QTest.keyClicks(entry.ruling.reason, "2 saksi melihatnya")
    press("\n")
    held = cells(desk, TPS[3])
    assert (held["voters.dpt.l"], held["ballots.unused"], held["votes.2"]) == (149, 71, 100)
    assert "Tidak ada perbedaan lagi" in entry.foot.message
    ruling = desk.session.office.file.journal.records(BUPATI, TPS[3])[-1]
    assert ruling.body["reason"] == "2 saksi melihatnya"
    assert ruling.body["decided_by"] == ""


def fields(desk: OfficeDesk) -> list[NumberField]:
    return [field for page in desk.entry.form.pages for field in page.fields]


def hear(desk: OfficeDesk) -> None:
    """Open the plenary, read every TPS of the first desa, close it."""
    desk.go_to(Place.PLENO)
    press("\n")
    type_in("Aula")
    press("\n")
    type_in(FIRST)
    press("\n\n\n")
    desk.go_to(Place.ENTRY)
    for tps in TPS[:3]:
        desk.session.station_asked.emit(tps)
        assert desk.entry.form.cells == {}
        press(digits_of(desk, valid_bupati()) + "\n")
        assert desk.entry.is_reading_back
        press("\n")
        assert tally(desk, tps)[1:] == (True, True)
    # One that nobody had typed beforehand counts at once: the hall is the second voice.
    desk.session.station_asked.emit(TPS[4])
    press(digits_of(desk, valid_bupati()) + "\n\n")
    assert tally(desk, TPS[4]) == (State.AGREED, True, True)
    desk.go_to(Place.PLENO)
    page = desk.pleno
    page.attending.click()
    panel = page.form
    assert isinstance(panel, AttendancePanel)
    for at in range(panel.seat.count() - 2):
        type_in(f"Nama {at + 1}")
        press("\n\n\n")
    page.leave_form()
    page.choose(TPS[0][:10])
    assert page.missing.faults == ()
    page.take_focus()
    press("\n\n")
    assert page.row is not None and page.row.revision == 1, page.foot.message


@pytest.fixture
def conflicting(window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OfficeDesk:
    """Two Meja that decided otherwise about two TPS, and exchanged their records."""
    office = tiny_office(tmp_path / "a.rekap")
    for tps in TPS[:2]:
        enter(office, BUPATI, tps, valid_bupati(), by=FIRST)
    own_machine = str(tmp_path / "machine")
    here, there = second_post(office, tmp_path, monkeypatch)
    monkeypatch.setenv("RECAP_DATA_DIR", own_machine)
    why = Decision(FIRST, "salah jumlah", "Saksi nomor 2", "Rapat pleno")
    other = Decision(SECOND, "salinan saksi", "Panwas", "Ketua PPK")
    correct(here, BUPATI, TPS[0], changes={"votes.1": 41, "valid": 141}, decision=why)
    correct(there, BUPATI, TPS[0], changes={"votes.2": 101}, decision=other)
    correct(here, BUPATI, TPS[1], changes={"votes.1": 41}, decision=why)
    not_delivered(there, BUPATI, TPS[1], decision=other)
    exchange(here, there)
    there.close()
    here.close()
    desk = desk_of(window(tmp_path / "a.rekap"))
    desk.session.choose_person(THIRD)
    return desk


def test_both_sides_of_a_conflict_are_seen_and_one_holds_by_its_number(
    conflicting: OfficeDesk,
) -> None:
    desk = conflicting
    desk.session.station_asked.emit(TPS[0])
    entry, panel = desk.entry, desk.entry.conflict
    assert entry.shows_conflict
    said = {side.person: text for side, text in zip(panel.sides, panel.texts, strict=True)}
    assert "Meja" in said[FIRST] and "salah jumlah" in said[FIRST]
    assert "diajukan Panwas; diputuskan Ketua PPK" in said[SECOND]
    rows = panel.rows
    assert [row.differs for row in rows] == [True] * 3 + [False] * (len(rows) - 3)
    assert sorted(rows[0].figures) == ["40", "41"]
    number = 1 + [side.person for side in panel.sides].index(FIRST)
    press(str(number))
    assert QApplication.focusWidget() is entry.ruling.reason
    press("1\n2\n1\n")
    held = cells(desk, TPS[0])
    assert (held["votes.1"], held["votes.2"], held["valid"]) == (41, 100, 141)
    ruling = desk.session.office.file.journal.records(BUPATI, TPS[0])[-1]
    assert (ruling.body["cause"], ruling.body["reason"]) == ("settled", "Dilihat di C.HASIL")
    assert (ruling.body["raised_by"], ruling.body["decided_by"]) == ("Panwas", "Rapat pleno")
    assert audit(desk.session.office).faults == ()


def test_a_side_without_figures_holds_too(conflicting: OfficeDesk) -> None:
    desk = conflicting
    desk.session.station_asked.emit(TPS[1])
    panel = desk.entry.conflict
    number = 1 + [side.person for side in panel.sides].index(SECOND)
    assert "tidak ada angka" in panel.texts[number - 1]
    press(f"{number}2\n\n\n")
    assert tally(desk, TPS[1])[0] is State.NOT_DELIVERED
    assert audit(desk.session.office).faults == ()


def test_a_conflict_is_ended_figure_by_figure_with_the_names_of_the_posts(
    conflicting: OfficeDesk,
) -> None:
    desk = conflicting
    desk.session.station_asked.emit(TPS[0])
    press("\n")
    assert focused_cell() == "votes.1"
    assert all("Meja" in text for text in desk.entry.choice.texts)
    press("2022\n2")
    assert QApplication.focusWidget() is desk.entry.ruling.reason
    press("2\n\n\n")
    held = cells(desk, TPS[0])
    assert (held["votes.1"], held["votes.2"], held["valid"]) == (41, 22, 141)
    assert tally(desk, TPS[0])[0] is State.SETTLED


def test_what_was_chosen_is_there_after_a_crash_and_the_rest_is_asked(
    window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "ganda.rekap"
    office = tiny_office(path, double_entry=True)
    enter(office, BUPATI, TPS[0], valid_bupati(), by=FIRST)
    enter(office, BUPATI, TPS[0], {**valid_bupati(), **SLIPS[TPS[0]]}, by=SECOND)
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_person(THIRD)
    desk.session.station_asked.emit(TPS[0])
    press("\n1")
    desk.left.emit()
    desk = desk_of(window(path))
    desk.session.choose_person(THIRD)
    desk.session.station_asked.emit(TPS[0])
    assert desk.entry.form.cells["votes.1"] == 40
    assert focused_cell() == "valid"
    press("11\n")
    assert cells(desk, TPS[0])["valid"] == 140


def test_in_the_plenary_who_typed_it_settles_and_the_record_says_who_decided(
    window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "ganda.rekap"
    office = tiny_office(path, double_entry=True)
    enter(office, BUPATI, TPS[0], valid_bupati(), by=FIRST)
    enter(office, BUPATI, TPS[0], {**valid_bupati(), "invalid": 6}, by=SECOND)
    declare(office, Turn.OPENED, by=FIRST, place="Aula", leader="Ketua Ani")
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_person(SECOND)
    desk.go_to(Place.ENTRY)
    desk.entry.begin_settling(TPS[0])
    desk.go_to(Place.PLENO)
    desk.go_to(Place.ENTRY)
    assert focused_cell() == "invalid"
    press("1")
    press("1\n")
    assert desk.entry.ruling.decided_by.text() == "Rapat pleno"
    assert "2  Pimpinan rapat: Ketua Ani" in _offered_at_decider(desk)
    press("\n")
    ruling = desk.session.office.file.journal.records(BUPATI, TPS[0])[-1]
    assert (ruling.body["cause"], ruling.body["decided_by"]) == ("settled", "Rapat pleno")


def _offered_at_decider(desk: OfficeDesk) -> list[str]:
    press("\n")
    assert QApplication.focusWidget() is desk.entry.ruling.decided_by
    return desk.entry.ruling.offered.texts
