"""Lists of TPS across desa, and the search of findings, hold exactly what the rules and states say."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.practice.practice import Practice
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.checks.finding_search import FindingSearch
from recap_desktop.office.checks.findings import Judge, cases, findings
from recap_desktop.office.checks.marking import mark_finding
from recap_desktop.office.entry.entering import enter, enter_all
from recap_desktop.office.entry.ruling import Decision, accept, correct, not_delivered, reopen
from recap_desktop.office.entry.stations import Sign
from recap_desktop.office.language import load_words
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.plenary.reading import read_out
from recap_desktop.office.progress.listing_stations import (
    Choice,
    choices,
    counts_of,
    listed_keys,
    look_at,
    next_trouble,
)
from recap_desktop.office.progress.overview import progress
from recap_desktop.office.scans.attaching import attach
from tests.made_up.made_up_pemilu import CAKUNG, made_up_pemilu, seeded
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati
from tests.made_up.scans import jpeg

DPR = "dpr"


@pytest.fixture(scope="module")
def cakung(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """280 TPS in seven desa, forty in each: more than are read at once."""
    election = made_up_pemilu(280)
    office = create_office_for(
        tmp_path_factory.mktemp("c") / "c.rekap", election=election, region=CAKUNG
    )
    made = Practice(election, seeded(3))
    for contest in ("ppwp", DPR):
        rows = [(form.tps, form.written) for form in made.forms(contest) if form.written]
        enter_all(office, contest, rows, by="Siti")
    yield office
    office.close()


@pytest.fixture
def double(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "d.rekap", double_entry=True)
    yield office
    office.close()


def by_hand(office: Office, contest: str, wanted: Callable[[State, int], bool]) -> list[str]:
    stored = office.file.contests[contest].tallies()
    return [one.tps for one in stored if wanted(one.tally.state, one.broken)]


def test_lists_hold_what_the_tallies_say(cakung: Office) -> None:
    assert listed_keys(cakung, DPR, Choice.ALL) == by_hand(cakung, DPR, lambda *_: True)
    empty = by_hand(cakung, DPR, lambda state, _: state is State.EMPTY)
    odd = by_hand(cakung, DPR, lambda _, broken: broken > 0)
    assert empty
    assert odd
    assert listed_keys(cakung, DPR, Choice.EMPTY) == empty
    assert listed_keys(cakung, DPR, Choice.ODD) == odd
    (whole,) = progress(cakung, DPR, level=Level.KECAMATAN)
    assert len(odd) == whole.broken


def test_a_list_lies_below_a_unit_and_is_searched_by_name_and_code(cakung: Office) -> None:
    everywhere = listed_keys(cakung, DPR, Choice.ALL)
    desa = everywhere[50][:10]
    name = cakung.election.tree.name(desa)
    inside = [tps for tps in everywhere if tps.startswith(desa)]
    assert listed_keys(cakung, DPR, Choice.ALL, under=desa) == inside
    assert listed_keys(cakung, DPR, Choice.ALL, text=f" {name.upper()} ") == inside
    assert listed_keys(cakung, DPR, Choice.ALL, text="cakung") == everywhere  # the kecamatan
    dotted = f"{desa[:6]}.{desa[6:]}.007"
    assert listed_keys(cakung, DPR, Choice.ALL, text=dotted) == [f"{desa}007"]
    assert listed_keys(cakung, DPR, Choice.ALL, text="%' OR 1 --") == []


def test_a_list_is_ordered_by_a_figure_with_blank_ones_last(cakung: Office) -> None:
    keys = listed_keys(cakung, DPR, Choice.ALL, order="valid", descending=True)
    rows = look_at(cakung, DPR, keys)
    figures = [row.cells.get("valid") for row in rows]
    filled = [figure for figure in figures if figure is not None]
    assert filled == sorted(filled, reverse=True)
    assert figures[len(filled) :] == [None] * (len(figures) - len(filled))
    assert figures[-1] is None


def test_decisions_and_differences_have_their_lists(double: Office) -> None:
    enter(double, BUPATI, TPS[0], valid_bupati(), by="Siti")
    enter(double, BUPATI, TPS[1], valid_bupati(), by="Siti")
    enter(double, BUPATI, TPS[1], valid_bupati(kosong=41), by="Budi")
    not_delivered(double, BUPATI, TPS[2], decision=Decision("Siti", "hilang"))
    assert listed_keys(double, BUPATI, Choice.WAITING) == [TPS[0]]
    assert listed_keys(double, BUPATI, Choice.DIFFERS) == [TPS[1]]
    assert listed_keys(double, BUPATI, Choice.RULED) == [TPS[2]]
    assert [row.sign for row in look_at(double, BUPATI, TPS[:3])] == [
        Sign.SINGLE,
        Sign.DIFFERS,
        Sign.NOT_DELIVERED,
    ]
    assert Choice.WAITING in choices(double)


def test_no_list_tells_of_the_first_of_two_entries(double: Office) -> None:
    enter(double, BUPATI, TPS[0], valid_bupati(), by="Siti")
    enter(double, BUPATI, TPS[1], {**valid_bupati(), "valid": 999}, by="Siti")
    assert listed_keys(double, BUPATI, Choice.ODD) == []
    assert listed_keys(double, BUPATI, Choice.ALL, order="valid", descending=True) == list(TPS)
    assert [row.cells for row in look_at(double, BUPATI, TPS)] == [{}] * 5
    read = [case for part in cases(double, BUPATI) for case in part]
    assert [case.tps for case in read] == list(TPS[2:])
    assert not any(case.cells for case in read)


def test_an_office_with_one_entry_has_no_list_of_those_waiting(cakung: Office) -> None:
    assert Choice.WAITING not in choices(cakung)


def test_a_search_in_parts_finds_what_one_look_finds(cakung: Office) -> None:
    search = FindingSearch(cakung, DPR, load_words("id"))
    parts = list(search.parts())
    assert len(parts) == search.size()
    assert max(map(len, parts)) < 40
    found = [judged for part in parts for judged in search.judge(part)]
    assert [one.tps for one in found] == sorted(one.tps for one in found)
    in_one_look = list(findings(cakung, DPR))
    phrasing = Phrasing(load_words("id"), cakung.election.form(DPR), cakung.election.contest(DPR))
    assert [
        (one.tps, *said) for one in found for said in zip(one.texts, one.severities, strict=True)
    ] == [(tps, phrasing.say(f).text, f.severity) for tps, f in in_one_look]
    assert len(in_one_look) > 50
    assert search.changed() == []


def test_what_was_recorded_since_is_judged_again_and_nothing_else(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    for tps in TPS[:3]:
        enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    search = FindingSearch(office, BUPATI, load_words("id"))
    before = {one.tps: one for part in search.parts() for one in search.judge(part)}
    enter(office, GUBERNUR, TPS[0], {"users.dpt.l": 71}, by="Siti")
    changed = search.judge(search.changed())
    assert [one.tps for one in changed] == [TPS[0]]
    assert changed[0].texts != before[TPS[0]].texts
    now = dict.fromkeys(tps for tps, _ in findings(office, BUPATI))
    both = before | {one.tps: one for one in changed}
    assert [tps for tps, one in both.items() if one.texts] == list(now)
    assert search.changed() == []
    office.close()


def test_a_list_of_one_contest_holds_only_the_stations_of_that_contest(tmp_path: Path) -> None:
    election = made_up_pemilu(14)
    chance = random.Random(1)
    some = tuple(
        station._replace(contests=("ppwp",)) if chance.random() < 0.5 else station
        for station in election.stations
    )
    office = create_office_for(
        tmp_path / "o.rekap", election=replace(election, stations=some), region=CAKUNG
    )
    held = [station.tps for station in some if not station.contests]
    assert 0 < len(held) < 14
    assert listed_keys(office, DPR, Choice.ALL) == held
    office.close()


# How many each list holds, and the next that somebody must look at


def in_trouble(office: Office, contest: str) -> list[str]:
    """By hand, from each TPS alone: what the sign of trouble says, and what was reopened."""
    signs = {Sign.DIFFERS, Sign.CONFLICT, Sign.ODD, Sign.LATE, Sign.REOPENED}
    keys = [stored.tps for stored in office.file.contests[contest].tallies()]
    return [row.tps for row in look_at(office, contest, keys) if row.sign in signs]


def troubled(path: Path, *, double_entry: bool) -> Office:
    """A TPS that differs or is odd, one that was accepted, one with a late entry, one reopened."""
    office = tiny_office(path, double_entry=double_entry)
    odd = {**valid_bupati(), "valid": 150}
    people = ("Siti", "Budi") if double_entry else ("Siti",)
    for tps in TPS[:4]:
        for name in people:
            enter(office, BUPATI, tps, odd if tps in TPS[:2] else valid_bupati(), by=name)
    if double_entry:
        enter(office, BUPATI, TPS[4], odd, by="Siti")
    decision = Decision("Siti", "sesuai kertas", decided_by="Ketua")
    accept(office, BUPATI, TPS[1], decision=decision)
    correct(office, BUPATI, TPS[2], changes={"invalid": 6, "cast": 146}, decision=decision)
    reopen(office, BUPATI, TPS[2], decision=decision)
    return office


@pytest.mark.parametrize("double_entry", [False, True])
def test_every_list_is_counted_as_it_is_listed(tmp_path: Path, *, double_entry: bool) -> None:
    office = troubled(tmp_path / "t.rekap", double_entry=double_entry)
    for under in ("", TPS[0][:10], TPS[3][:10], TPS[1]):
        counts = counts_of(office, BUPATI, under=under)
        assert tuple(counts) == choices(office)
        for choice, count in counts.items():
            assert len(listed_keys(office, BUPATI, choice, under=under)) == count, choice
    office.close()


def test_lists_of_a_large_kecamatan_are_counted_as_listed(cakung: Office) -> None:
    desa = listed_keys(cakung, DPR, Choice.ALL)[50][:10]
    for under in ("", desa):
        for choice, count in counts_of(cakung, DPR, under=under).items():
            assert len(listed_keys(cakung, DPR, choice, under=under)) == count, choice
    assert counts_of(cakung, DPR)[Choice.TROUBLE] == len(in_trouble(cakung, DPR)) > 10


@pytest.mark.parametrize("double_entry", [False, True])
def test_the_next_trouble_goes_round_once_in_code_order(
    tmp_path: Path, *, double_entry: bool
) -> None:
    office = troubled(tmp_path / "t.rekap", double_entry=double_entry)
    wanted = in_trouble(office, BUPATI)
    assert wanted == [TPS[0], TPS[2]]
    assert listed_keys(office, BUPATI, Choice.TROUBLE) == wanted
    walked = [next_trouble(office, BUPATI)]
    for _ in range(2):
        walked.append(next_trouble(office, BUPATI, after=walked[-1]))
    assert walked == [TPS[0], TPS[2], TPS[0]]
    assert next_trouble(office, GUBERNUR) == ""
    office.close()


def test_one_that_is_alone_in_trouble_is_its_own_next(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    enter(office, BUPATI, TPS[1], {**valid_bupati(), "valid": 150}, by="Siti")
    assert next_trouble(office, BUPATI, after=TPS[1]) == TPS[1]
    office.close()


def test_what_lacks_a_scan_is_a_list_once_something_is_attached(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    assert Choice.NO_SCAN not in choices(office)
    for tps, contest in ((TPS[1], BUPATI), (TPS[3], "")):
        photo = tmp_path / f"{tps}.jpg"
        photo.write_bytes(jpeg(tps))
        attach(office, contest, tps, photo, by="Siti")
    lacking = [TPS[0], TPS[2], TPS[4]]
    assert listed_keys(office, BUPATI, Choice.NO_SCAN) == lacking
    assert listed_keys(office, GUBERNUR, Choice.NO_SCAN) == [*TPS[:3], TPS[4]]
    assert listed_keys(office, BUPATI, Choice.NO_SCAN, text="baregbeg") == [TPS[4]]
    for contest in (BUPATI, GUBERNUR):
        for under in ("", TPS[0][:10], TPS[3][:10], TPS[1]):
            count = counts_of(office, contest, under=under)[Choice.NO_SCAN]
            assert count == len(listed_keys(office, contest, Choice.NO_SCAN, under=under))
    office.close()


@pytest.mark.parametrize("double_entry", [False, True])
def test_what_is_marked_as_on_the_paper_is_a_list_as_long_as_the_mark_stands(
    tmp_path: Path, *, double_entry: bool
) -> None:
    office = tiny_office(tmp_path / "o.rekap", double_entry=double_entry)
    assert Choice.MARKED not in choices(office)
    odd = {**valid_bupati(), "valid": 150}
    for tps in (TPS[0], TPS[3]):
        enter(office, BUPATI, tps, odd, by="Siti")
        finding = Judge(office, BUPATI).findings(tps, odd)[0]
        mark_finding(office, BUPATI, tps, finding, cells=odd, reason="diparaf", by="Siti")
    if double_entry:
        # A first entry stays unseen, and so does what is said of it.
        assert Choice.MARKED not in choices(office)
        assert listed_keys(office, BUPATI, Choice.MARKED) == []
        for tps in (TPS[0], TPS[3]):
            enter(office, BUPATI, tps, odd, by="Budi")
    assert Choice.MARKED in choices(office)
    assert listed_keys(office, BUPATI, Choice.MARKED) == [TPS[0], TPS[3]]
    for under in ("", TPS[0][:10], TPS[3][:10], TPS[1]):
        count = counts_of(office, BUPATI, under=under)[Choice.MARKED]
        assert count == len(listed_keys(office, BUPATI, Choice.MARKED, under=under))
    assert counts_of(office, GUBERNUR)[Choice.MARKED] == 0
    correct(office, BUPATI, TPS[0], changes={"valid": 140}, decision=Decision("Siti", "x"))
    assert listed_keys(office, BUPATI, Choice.MARKED) == [TPS[3]]
    office.close()


def test_what_is_to_be_read_out_is_a_list_once_there_is_a_plenary(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    assert Choice.UNREAD not in choices(office)
    declare(office, Turn.OPENED, by="Siti", place="Aula", leader="Ketua")
    read_out(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    not_delivered(office, BUPATI, TPS[1], decision=Decision("Siti", "hilang"))
    assert listed_keys(office, BUPATI, Choice.UNREAD) == list(TPS[2:])
    assert counts_of(office, BUPATI)[Choice.UNREAD] == 3
    office.close()
