"""The hall seat by seat, and who is expected to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop.election.papers.facts import Presence as Signing
from recap_desktop.election.papers.facts import Signer
from recap_desktop.election.records.plenary import Presence, Turn
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.plenary.hall import chairs, expected_place, expected_signers
from recap_desktop.office.plenary.plenaries import attend, attendance, declare
from recap_desktop.office.plenary.reading import read_out
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

MALEBER = "3207011001"
MEMBERS = ("ketua", "anggota-2", "anggota-3", "anggota-4", "anggota-5")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "o.rekap")
    declare(made, Turn.OPENED, by="Ani", place="Aula")
    yield made
    made.close()


def come(office: Office, seat: str, name: str, *, contest: str = "", replaces: str = "") -> None:
    attend(office, by="Ani", seat=seat, name=name, contest=contest, replaces=replaces)


def seats_of(office: Office) -> list[tuple[str, str]]:
    return [(c.seat, c.one.name if c.one else "") for c in chairs(office, BUPATI)]


def signer(office: Office, seat: str) -> Signer:
    return next(s for s in expected_signers(office, BUPATI) if s.seat == seat)


def present(office: Office) -> None:
    for seat in MEMBERS:
        come(office, seat, f"Nama {seat}")
    come(office, "saksi-2", "Budi", contest=BUPATI)


def close_maleber(office: Office, *changed: Signer) -> None:
    for tps in TPS[:3]:
        read_out(office, BUPATI, tps, valid_bupati(), by="Ani")
    said = {s.seat: s for s in expected_signers(office, BUPATI)} | {s.seat: s for s in changed}
    close(office, BUPATI, by="Ani", unit=MALEBER, signers=list(said.values()), place="Aula lama")


def leave(office: Office, name: str) -> None:
    one = next(one for one in attendance(office) if one.name == name)
    attend(
        office,
        by="Ani",
        seat=one.seat,
        name=name,
        contest=one.contest,
        presence=Presence.LEFT,
        replaces=one.id,
    )


def test_every_seat_has_a_chair_whoever_came(office: Office) -> None:
    vacant = [(seat, "") for seat in MEMBERS]
    assert seats_of(office) == [*vacant, ("saksi-2", ""), ("panwas", "")]
    come(office, "saksi-2", "Budi", contest=BUPATI)
    come(office, "saksi-2", "Cici", contest=BUPATI)
    come(office, "saksi-1", "Lain", contest=GUBERNUR)
    come(office, "observer", "Dodi")
    come(office, "ketua", "Siti")
    assert seats_of(office) == [
        ("ketua", "Siti"),
        *vacant[1:],
        ("saksi-2", "Budi"),
        ("saksi-2", "Cici"),
        ("panwas", ""),
        ("observer", "Dodi"),
    ]


def test_before_any_close_signers_are_those_who_attend(office: Office) -> None:
    assert signer(office, "ketua") == Signer("ketua")
    present(office)
    come(office, "saksi-2", "Cici", contest=BUPATI)
    leave(office, "Budi")
    assert signer(office, "ketua") == Signer("ketua", "Nama ketua")
    assert signer(office, "saksi-2") == Signer("saksi-2", "Cici")
    leave(office, "Cici")
    assert signer(office, "saksi-2").presence is Signing.ABSENT


def test_who_left_after_a_close_is_not_expected_to_sign_the_next(office: Office) -> None:
    present(office)
    close_maleber(office)
    assert signer(office, "saksi-2") == Signer("saksi-2", "Budi")
    leave(office, "Budi")
    assert signer(office, "saksi-2") == Signer("saksi-2", "Budi", Signing.ABSENT)
    come(office, "saksi-2", "Cici", contest=BUPATI)
    assert signer(office, "saksi-2") == Signer("saksi-2", "Cici")


def test_what_was_said_at_a_close_stays_until_more_is_recorded(office: Office) -> None:
    present(office)
    refused = Signer("saksi-2", "Budi", Signing.REFUSED, "DPTb tidak sesuai")
    corrected = replace(signer(office, "ketua"), name="Dr. Nama Ketua")
    close_maleber(office, refused, corrected)
    assert signer(office, "saksi-2") == refused
    assert signer(office, "ketua") == corrected
    come(office, "saksi-2", "Cici", contest=BUPATI)
    assert signer(office, "saksi-2") == refused
    leave(office, "Budi")
    assert signer(office, "saksi-2") == Signer("saksi-2", "Cici")


def test_who_was_absent_at_a_close_and_came_signs_the_next(office: Office) -> None:
    present(office)
    leave(office, "Budi")
    close_maleber(office)
    one = next(one for one in attendance(office) if one.name == "Budi")
    come(office, "saksi-2", "Budi", contest=BUPATI, replaces=one.id)
    assert signer(office, "saksi-2") == Signer("saksi-2", "Budi")


def test_the_place_is_that_of_the_plenary(office: Office) -> None:
    present(office)
    assert expected_place(office, BUPATI) == "Aula"
    close_maleber(office)
    assert expected_place(office, BUPATI) == "Aula"


def test_without_a_plenary_it_is_where_the_last_close_was(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "p.rekap")
    assert expected_place(office, BUPATI) == ""
    for tps in TPS:
        enter(office, BUPATI, tps, valid_bupati(), by="Ani")
    close(office, BUPATI, by="Ani", place="Ciamis")
    assert expected_place(office, BUPATI) == "Ciamis"
    office.close()
