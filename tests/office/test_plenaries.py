"""The plenary: its turns, who attends, what is put on record, and closing desa by desa."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.papers.facts import Presence as Signing
from recap_desktop.election.papers.facts import Signer
from recap_desktop.election.records.plenary import NEXT, Phase, Presence, Topic, Turn
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, correct
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.papers.printing import book_of, choose_revision, draw
from recap_desktop.office.plenary.closing import close, missing, missing_signers, reopen_contest
from recap_desktop.office.plenary.plenaries import (
    Speech,
    answer_incident,
    attend,
    attendance,
    declare,
    incidents,
    plenary,
    put_on_record,
)
from recap_desktop.office.plenary.reading import read_out
from recap_desktop.office.plenary.revisions import (
    close_is_genuine,
    closed_units,
    has_moved_on,
    revisions,
)
from recap_desktop.office.plenary.seats import seats
from recap_desktop.office.proof.auditing import audit, rebuild
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post

MALEBER, BAREGBEG = "3207011001", "3207012001"
AULA = "Aula Kecamatan Ciamis"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "ciamis.rekap")
    yield made
    made.close()


def everybody(office: Office) -> list[Signer]:
    """Every seat named, one of them absent and one who refuses."""
    first, second, *others = seats(office, BUPATI)
    return [
        Signer(first, "Siti"),
        Signer(second, "Dewi", Signing.REFUSED, "keberatan"),
        *(Signer(seat, "", Signing.ABSENT) for seat in others),
    ]


def begin(office: Office) -> None:
    declare(office, Turn.OPENED, by="Ani", place=AULA, leader="Siti")


# Turns


def test_the_plenary_goes_through_its_turns_and_remembers_each(office: Office) -> None:
    assert plenary(office).phase is Phase.NONE
    begin(office)
    declare(office, Turn.CHANGED, by="Ani", agenda=[BAREGBEG, MALEBER])
    declare(office, Turn.SUSPENDED, by="Ani", reason="skors sampai besok", at="2024-11-28T23:50")
    held = plenary(office)
    assert (held.phase, held.place, held.leader) == (Phase.SUSPENDED, AULA, "Siti")
    assert held.agenda == (BAREGBEG, MALEBER)
    office.close()
    again = open_office(office.file.path)
    declare(again, Turn.RESUMED, by="Ani", leader="Dewi")
    declare(again, Turn.ENDED, by="Ani")
    declare(again, Turn.OPENED, by="Ani", reason="keberatan susulan")
    held = plenary(again)
    assert (held.phase, held.leader, held.agenda) == (Phase.OPEN, "Dewi", (BAREGBEG, MALEBER))
    assert len(held.turns) == 6
    assert audit(again).faults == ()
    again.close()


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("turn", Turn)
def test_only_turns_of_the_table_are_taken(office: Office, phase: Phase, turn: Turn) -> None:
    way = {
        Phase.NONE: [],
        Phase.OPEN: [Turn.OPENED],
        Phase.SUSPENDED: [Turn.OPENED, Turn.SUSPENDED],
        Phase.ENDED: [Turn.OPENED, Turn.ENDED],
    }
    for step in way[phase]:
        declare(office, step, by="Ani", place=AULA)
    assert plenary(office).phase is phase
    if turn in NEXT[phase]:
        declare(office, turn, by="Ani", place=AULA)
        assert plenary(office).phase is NEXT[phase][turn]
        return
    with pytest.raises(KnownProblem, match=f"plenary-cannot-{turn.value}"):
        declare(office, turn, by="Ani", place=AULA)
    assert plenary(office).phase is phase


def test_a_plenary_has_a_place_and_an_agenda_of_units_there_are(office: Office) -> None:
    with pytest.raises(KnownProblem, match="plenary-place-missing"):
        declare(office, Turn.OPENED, by="Ani")
    with pytest.raises(KnownProblem, match="unit-unknown"):
        declare(office, Turn.OPENED, by="Ani", place=AULA, agenda=["3299991001"])


def test_two_posts_that_declare_unknown_to_each_other_are_open_where_one_is(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(office)
    here, there = second_post(office, tmp_path, monkeypatch)
    declare(here, Turn.SUSPENDED, by="Ani")
    declare(there, Turn.CHANGED, by="Budi", place="Lapangan")
    exchange(here, there)
    for post in (here, there):
        held = plenary(post)
        assert (held.phase, held.place, len(held.live)) == (Phase.OPEN, "Lapangan", 2)
    declare(here, Turn.SUSPENDED, by="Ani")
    exchange(here, there)
    for post in (here, there):
        assert plenary(post).phase is Phase.SUSPENDED
        assert len(plenary(post).live) == 1
        post.close()


# Attendance


def test_who_attends_is_listed_by_seat(office: Office) -> None:
    attend(office, by="Ani", seat="panwas", name="Pak Panwas")
    attend(office, by="Ani", seat="saksi-2", name="Budi", contest=BUPATI, mandate="012/TIM")
    attend(office, by="Ani", seat="ketua", name="  Siti   Aminah ")
    first = attend(office, by="Ani", seat="saksi-1", name="Cici", contest=GUBERNUR)
    attend(
        office,
        by="Ani",
        seat="saksi-1",
        name="Cici",
        contest=GUBERNUR,
        presence=Presence.LEFT,
        replaces=first.id,
    )
    assert [(one.seat, one.contest, one.name, one.presence) for one in attendance(office)] == [
        ("ketua", "", "Siti Aminah", Presence.PRESENT),
        ("saksi-2", BUPATI, "Budi", Presence.PRESENT),
        ("saksi-1", GUBERNUR, "Cici", Presence.LEFT),
        ("panwas", "", "Pak Panwas", Presence.PRESENT),
    ]
    assert audit(office).faults == ()


def test_a_choice_has_two_witnesses_at_most_and_a_member_one_seat(office: Office) -> None:
    kept = attend(office, by="Ani", seat="saksi-2", name="Satu", contest=BUPATI)
    attend(office, by="Ani", seat="saksi-2", name="Dua", contest=BUPATI)
    with pytest.raises(KnownProblem, match="witnesses-too-many"):
        attend(office, by="Ani", seat="saksi-2", name="Tiga", contest=BUPATI)
    attend(office, by="Ani", seat="saksi-2", name="Lain", contest=GUBERNUR)
    attend(
        office,
        by="Ani",
        seat="saksi-2",
        name="Satu",
        contest=BUPATI,
        presence=Presence.LEFT,
        replaces=kept.id,
    )
    attend(office, by="Ani", seat="saksi-2", name="Tiga", contest=BUPATI)
    attend(office, by="Ani", seat="ketua", name="Siti")
    with pytest.raises(KnownProblem, match="seat-taken"):
        attend(office, by="Ani", seat="ketua", name="Dewi")


def test_kolom_kosong_has_no_witness_and_a_seat_must_be_known(office: Office) -> None:
    for seat, contest in (("saksi-1", BUPATI), ("saksi-9", GUBERNUR), ("raja", "")):
        with pytest.raises(KnownProblem, match="seat-unknown"):
            attend(office, by="Ani", seat=seat, name="Budi", contest=contest)
    with pytest.raises(KnownProblem, match="contest-unknown"):
        attend(office, by="Ani", seat="saksi-2", name="Budi")
    with pytest.raises(KnownProblem, match="attendance-unknown"):
        attend(office, by="Ani", seat="panwas", name="Budi", replaces="0" * 64)


def test_names_of_who_attends_stand_in_the_chain_that_never_leaves(office: Office) -> None:
    record = attend(office, by="Ani", seat="panwas", name="Pak Panwas")
    assert record.chain.endswith("/roster")


# Incidents


def test_an_objection_is_answered_and_what_was_said_stays(office: Office) -> None:
    speech = Speech(
        Topic.OBJECTION,
        "Jumlah DPTb tidak sesuai",
        unit=TPS[0],
        raised_by="Saksi nomor 2",
        at="2024-11-28T10:15:00+07:00",
    )
    made = put_on_record(office, BUPATI, speech, by="Ani")
    put_on_record(
        office, BUPATI, Speech(Topic.EVENT, "Listrik padam", at="2024-11-28T09"), by="Ani"
    )
    event, objection = incidents(office, BUPATI)
    assert (event.unit, event.is_open) == (office.code, False)
    assert objection.is_open
    answer_incident(
        office, BUPATI, made.id[:10], by="Ani", answer="Dibetulkan, DPTb 3", settled=True
    )
    (settled,) = incidents(office, BUPATI, under=MALEBER)
    assert (settled.text, settled.answer, settled.is_open) == (
        *("Jumlah DPTb tidak sesuai", "Dibetulkan, DPTb 3", False),
    )
    assert (settled.at, settled.first) == ("2024-11-28T10:15:00+07:00", made.id)
    assert audit(office).faults == ()
    assert rebuild(office) == []


def test_what_is_put_on_record_must_say_something_of_this_office(office: Office) -> None:
    def refused(code: str, speech: Speech) -> None:
        with pytest.raises(KnownProblem, match=code):
            put_on_record(office, BUPATI, speech, by="Ani")

    refused("incident-text-missing", Speech(Topic.EVENT, "  "))
    refused("incident-raiser-missing", Speech(Topic.OBJECTION, "x"))
    refused("unit-unknown", Speech(Topic.EVENT, "x", unit="3207022001"))
    refused("unit-unknown", Speech(Topic.EVENT, "x", unit="3207011001777"))
    with pytest.raises(KnownProblem, match="incident-unknown"):
        answer_incident(office, BUPATI, "abc", by="Ani", answer="x", settled=True)


# Closing desa by desa


def read_all(office: Office, under: str = "") -> None:
    for tps in TPS:
        if tps.startswith(under):
            read_out(office, BUPATI, tps, valid_bupati(), by="Ani")


def codes(office: Office, unit: str = "") -> set[str]:
    return {fault.code for fault in missing(office, BUPATI, unit=unit)}


def test_without_a_plenary_nothing_asks_for_readings(office: Office) -> None:
    for tps in TPS:
        enter(office, BUPATI, tps, valid_bupati(), by="Ani")
    assert close(office, BUPATI, by="Ani").number == 1


def test_a_close_names_everything_that_is_missing(office: Office) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Ani")
    begin(office)
    read_out(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    assert codes(office) == {"close-unread", "close-empty", "close-desa-open"}
    assert {fault.code for fault in missing_signers(office, BUPATI, [])} == {"close-signer"}
    assert missing_signers(office, BUPATI, everybody(office)) == []
    with pytest.raises(KnownProblem, match="close-incomplete") as caught:
        close(office, BUPATI, by="Ani")
    told = {fault.code for fault in caught.value.faults}
    assert told == {"close-unread", "close-empty", "close-desa-open", "close-signer"}
    declare(office, Turn.SUSPENDED, by="Ani")
    assert "close-plenary-suspended" in codes(office)
    declare(office, Turn.ENDED, by="Ani")
    assert "close-plenary-ended" in codes(office)


def test_a_desa_is_closed_and_printed_while_the_next_is_read(office: Office) -> None:
    begin(office)
    read_all(office, MALEBER)
    first = close(office, BUPATI, by="Ani", unit=MALEBER, signers=everybody(office), place="Ciamis")
    assert (first.number, first.unit, first.record.body["leaves"]) == (1, MALEBER, 3)
    assert first.record.body["totals"]["votes.2"] == 300
    assert closed_units(office, BUPATI) == {MALEBER: 1}
    printed = draw(book_of(office, BUPATI, revision=first, desa=MALEBER))
    for act in (
        lambda: enter(office, BUPATI, TPS[0], valid_bupati(41), by="Ani"),
        lambda: correct(
            office, BUPATI, TPS[0], changes={"votes.1": 1}, decision=Decision("Ani", "x")
        ),
        lambda: read_out(office, BUPATI, TPS[0], valid_bupati(), by="Ani"),
        lambda: close(office, BUPATI, by="Ani", unit=MALEBER, signers=everybody(office)),
    ):
        with pytest.raises(KnownProblem, match="desa-closed"):
            act()
    read_all(office, BAREGBEG)
    assert not has_moved_on(office, first)
    assert draw(book_of(office, BUPATI, revision=first, desa=MALEBER)) == printed
    close(office, BUPATI, by="Ani", unit=BAREGBEG, signers=everybody(office))
    whole = close(office, BUPATI, by="Ani", signers=everybody(office))
    assert (whole.number, whole.unit, whole.record.body["leaves"]) == (1, office.code, len(TPS))
    with pytest.raises(KnownProblem, match="contest-closed"):
        reopen_contest(office, BUPATI, by="Ani", reason="x", unit=MALEBER)
    reopen_contest(office, BUPATI, by="Ani", reason="keberatan")
    assert set(closed_units(office, BUPATI)) == {MALEBER, BAREGBEG}
    reopen_contest(office, BUPATI, by="Ani", reason="keberatan", unit=MALEBER)
    correct(office, BUPATI, TPS[0], changes={"disabled.users.l": 1}, decision=Decision("Ani", "x"))
    assert has_moved_on(office, first)
    assert has_moved_on(office, whole)
    assert not has_moved_on(office, revisions(office, BUPATI, BAREGBEG)[0])
    assert draw(book_of(office, BUPATI, revision=first, desa=MALEBER)) == printed
    assert close_is_genuine(office, first)
    assert audit(office).faults == ()
    assert rebuild(office) == []


def test_a_desa_that_is_none_cannot_be_closed_or_reopened(office: Office) -> None:
    with pytest.raises(KnownProblem, match="close-unit-unknown"):
        close(office, BUPATI, by="Ani", unit="3207022001")
    with pytest.raises(KnownProblem, match="desa-not-closed"):
        reopen_contest(office, BUPATI, by="Ani", reason="x", unit=MALEBER)


def test_the_sheet_of_a_desa_is_of_its_own_revision(office: Office) -> None:
    begin(office)
    read_all(office)
    made = close(office, BUPATI, by="Ani", unit=MALEBER, signers=everybody(office))
    assert choose_revision(office, BUPATI, desa=MALEBER) == made
    assert choose_revision(office, BUPATI, desa=BAREGBEG) is None
    assert choose_revision(office, BUPATI) is None


@pytest.mark.parametrize("at", ["kemarin", "25.00", "31-02-2024 09.10"])
def test_a_time_that_cannot_be_read_is_refused_and_nothing_recorded(
    office: Office, at: str
) -> None:
    begin(office)
    with pytest.raises(KnownProblem, match="time-unknown"):
        declare(office, Turn.SUSPENDED, by="Ani", at=at)
    with pytest.raises(KnownProblem, match="time-unknown"):
        put_on_record(office, BUPATI, Speech(Topic.EVENT, "listrik padam", at=at), by="Ani")
    assert plenary(office).phase is Phase.OPEN
    assert incidents(office, BUPATI) == ()


def test_another_order_of_the_desa_does_not_begin_the_session_anew(office: Office) -> None:
    declare(office, Turn.OPENED, by="Ani", place=AULA, at="28-11-2024 09.10 WIB")
    declare(office, Turn.CHANGED, by="Ani", agenda=[BAREGBEG, MALEBER])
    declare(office, Turn.CHANGED, by="Ani", leader="Dewi")
    assert plenary(office).since == "2024-11-28T09:10:00+07:00"
    declare(office, Turn.SUSPENDED, by="Ani", at="28-11-2024 23.50 WIB")
    assert plenary(office).since == "2024-11-28T23:50:00+07:00"
