"""The search of look-alikes reads what counts and nothing else, keeps in step, and says both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop.election.checks.look_phrasing import LookPhrasing
from recap_desktop.election.checks.resemblance import Kind, LookAlike
from recap_desktop.election.definitions.contests import Election, Station
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.checks.look_alike_search import LookAlikeSearch
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.language import load_words
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.plenary.reading import read_out
from recap_desktop.office.progress.working_pace import outlook
from tests.made_up.offices import BUPATI, CIAMIS, TPS, WIB, tiny_election, tiny_office, valid_bupati

ONE, OTHER, ELSEWHERE = TPS[0], TPS[1], TPS[3]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "o.rekap")
    yield office
    office.close()


@pytest.fixture
def double(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "d.rekap", double_entry=True)
    yield office
    office.close()


def searched(office: Office, under: str = "") -> LookAlikeSearch:
    search = LookAlikeSearch(office, BUPATI, under=under)
    for part in search.parts():
        search.put(search.look(part))
    return search


def sides(found: list[LookAlike]) -> list[tuple[Kind, str, str]]:
    return [(one.kind, one.tps, one.other) for one in found]


def test_equal_counts_are_found_and_told_with_both_sides(office: Office) -> None:
    enter(office, BUPATI, ONE, valid_bupati(), by="Siti")
    enter(office, BUPATI, OTHER, valid_bupati(), by="Siti")
    (found,) = searched(office).found()
    phrasing = LookPhrasing(load_words("id"), office.election, BUPATI)
    assert phrasing.say(found, valid_bupati()) == (
        "Seluruh isian sama dengan TPS 002; suara dan suara tidak sah: 40, 100, 5. "
        "Kebetulan: kurang dari 1 di antara sejuta pasang TPS."
    )


def test_forms_under_each_others_number_are_found_by_their_dpt(office: Office) -> None:
    dpt = {ONE: (140, 130), OTHER: (150, 160)}  # that of the other one
    for at, (tps, (men, women)) in enumerate(dpt.items()):
        voters = {"voters.dpt.l": men, "voters.dpt.p": women, "voters.dpt.jml": men + women}
        enter(office, BUPATI, tps, {**valid_bupati(40 + at, 90 - 3 * at), **voters}, by="Siti")
    assert sides(searched(office).found()) == [(Kind.EXCHANGED, ONE, OTHER)]


def test_counts_of_two_desa_are_held_against_each_other(office: Office) -> None:
    enter(office, BUPATI, ONE, valid_bupati(), by="Siti")
    enter(office, BUPATI, ELSEWHERE, valid_bupati(), by="Siti")
    (found,) = searched(office).found()
    phrasing = LookPhrasing(load_words("id"), office.election, BUPATI)
    assert phrasing.station(found) == "TPS 001 Desa Baregbeg"
    assert searched(office, under=ONE[:10]).found() == []


def test_the_first_of_two_entries_is_in_no_look_alike(double: Office) -> None:
    for tps in (ONE, OTHER):
        enter(double, BUPATI, tps, valid_bupati(), by="Siti")
    search = searched(double)
    assert search.found() == []
    assert all(not readings for _, readings in LookAlikeSearch(double, BUPATI).parts())
    enter(double, BUPATI, ONE, valid_bupati(), by="Budi")
    for part in search.changed():
        search.put(search.look(part))
    # One of them counts now; beside the other it would tell what that first entry says.
    assert search.found() == []
    enter(double, BUPATI, OTHER, valid_bupati(), by="Budi")
    for part in search.changed():
        search.put(search.look(part))
    assert sides(search.found()) == [(Kind.SAME, ONE, OTHER)]


def test_entries_that_differ_are_in_no_look_alike(double: Office) -> None:
    for name in ("Siti", "Budi"):
        enter(double, BUPATI, ONE, valid_bupati(), by=name)
    enter(double, BUPATI, OTHER, valid_bupati(), by="Siti")
    enter(double, BUPATI, OTHER, valid_bupati(41), by="Budi")
    assert searched(double).found() == []


def test_a_search_keeps_in_step_with_what_is_recorded(office: Office) -> None:
    enter(office, BUPATI, ONE, valid_bupati(), by="Siti")
    enter(office, BUPATI, OTHER, valid_bupati(), by="Siti")
    search = searched(office)
    assert search.changed() == []
    enter(office, BUPATI, OTHER, valid_bupati(77, 31, 2), by="Siti")
    (part,) = search.changed()
    search.put(search.look(part))
    assert search.found() == searched(office).found()
    assert Kind.SAME not in {one.kind for one in search.found()}


# The pace of an office


def crowded(stations: int) -> Election:
    """The tiny election with so many TPS in one desa."""
    held = tuple(Station(f"{ONE[:10]}{n:03d}", 150, 160) for n in range(1, stations + 1))
    return replace(tiny_election(), stations=held)


class Working:
    """A clock that goes on by so much at each look that is asked for, and stands still else."""

    def __init__(self) -> None:
        self.time = dt.datetime(2024, 11, 28, 9, 0, tzinfo=WIB)

    def __call__(self) -> dt.datetime:
        return self.time

    def go_on(self, **span: float) -> None:
        self.time += dt.timedelta(**span)


def test_an_outlook_comes_with_the_work_and_goes_with_a_pause(tmp_path: Path) -> None:
    clock = Working()
    office = create_office_for(
        tmp_path / "p.rekap", election=tiny_election(), region=CIAMIS, clock=clock
    )
    for at in range(10):
        # Two TPS typed again and again are two TPS: nobody has done ten of them.
        enter(office, BUPATI, TPS[at % 2], valid_bupati(40 + at), by="Siti")
        clock.go_on(minutes=2)
    assert outlook(office, BUPATI) is None
    office.close()


def test_what_is_left_is_told_for_one_entry_two_entries_and_the_hall(tmp_path: Path) -> None:
    for double_entry, left in ((False, 12), (True, 12 * 2 + 12)):
        clock = Working()
        office = create_office_for(
            tmp_path / f"{double_entry}.rekap",
            election=crowded(24),
            region=CIAMIS,
            double_entry=double_entry,
            clock=clock,
        )
        keys = sorted(office.file.contests[BUPATI].station_keys())
        for tps in keys[:12]:
            enter(office, BUPATI, tps, valid_bupati(), by="Siti")
            clock.go_on(minutes=2)
        found = outlook(office, BUPATI)
        assert found is not None
        assert (found.left, found.pace.an_hour) == (left, 30)
        assert found.time == dt.timedelta(minutes=2 * left)
        clock.go_on(hours=1)
        assert outlook(office, BUPATI) is None
        office.close()


def test_in_the_hall_the_pace_is_that_of_reading(tmp_path: Path) -> None:
    clock = Working()
    office = create_office_for(
        tmp_path / "h.rekap", election=crowded(24), region=CIAMIS, clock=clock
    )
    keys = sorted(office.file.contests[BUPATI].station_keys())
    for tps in keys:
        enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    declare(office, Turn.OPENED, by="Siti", place="Aula", leader="Ketua")
    for tps in keys[:12]:
        clock.go_on(minutes=3)
        read_out(office, BUPATI, tps, valid_bupati(), by="Siti")
    found = outlook(office, BUPATI)
    assert found is not None
    assert (found.left, found.pace.an_hour) == (12, 20)
    office.close()
