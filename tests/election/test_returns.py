"""The list that goes back to the PPS: every fault of a desa, where it stands, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.checks import rules
from recap_desktop.election.definitions.contests import Choice, Mode
from recap_desktop.election.figures.tallies import EMPTY, State, Tally
from recap_desktop.election.papers.facts import Draft, Facts, Head
from recap_desktop.election.papers.returns import faults_of, return_page
from tests.made_up.papers import DESA, KELURAHAN, election_of, facts_of, filled, read_form

if TYPE_CHECKING:
    from recap_desktop.election.papers.annexes import Annex
    from tests.conftest import Golden

WRONG = {"valid": 100, "invalid": 3, "cast": 104}
DRAFT = Draft((Head(12, "ab12" * 16),))


def tally(cells: dict[str, int], state: State = State.AGREED) -> Tally:
    return Tally(state, cells, counts=state not in (State.DIFFERS, State.SINGLE))


def judged(tallied: dict[str, Tally], stations: dict[str, int]) -> Facts:
    """Facts with the findings of every TPS, also of those whose figures do not count."""
    election = election_of(stations, names={DESA: "Panyingkiran"}, mode=Mode.REHEARSAL)
    layout = election.layout("bupati")
    found = {tps: rules.judge(layout, one.cells) for tps, one in tallied.items()}
    return facts_of(election, state=DRAFT, findings=found)


def told(page: Annex) -> list[list[tuple[str, ...]]]:
    """The texts of every list, without the columns that are written in by hand."""
    return [
        [tuple(item.text for item in entry if item.text) for entry in listing.entries]
        for listing in page.listings
    ]


def test_a_finding_is_told_with_its_figures_and_where_they_stand_on_the_paper() -> None:
    tallied = {f"{DESA}001": tally(WRONG)}
    page = return_page([(judged(tallied, {DESA: 1}), tallied)], DESA)
    ((number, text, where),) = [entry for entry in told(page)[0] if "104" in entry[1]]
    assert number == "001"
    assert "tertulis 104" in text and "103" in text
    assert where == "V.C: 104; V.A: 100; V.B: 3 (hal. 3)"
    assert page.listings[0].room > 1
    assert [item.text for item in page.listings[0].entries[0][-2:]] == ["", ""]


def test_a_blank_is_said_to_be_blank_and_cells_of_two_pages_name_both() -> None:
    tallied = {f"{DESA}001": tally({"ballots.used": 55, "valid": 50, "invalid": 5})}
    page = return_page([(judged(tallied, {DESA: 1}), tallied)], DESA)
    places = [entry[2] for entry in told(page)[0]]
    assert "V.C: kosong; V.A: 50; V.B: 5 (hal. 3)" in places
    assert "V.C: kosong (hal. 3); II.2: 55 (hal. 1)" in places


@pytest.mark.parametrize("state", [State.DIFFERS, State.SINGLE])
def test_of_a_station_that_does_not_count_only_its_state_is_told(state: State) -> None:
    """Also where findings of it were known: they may be of the first of two entries."""
    tallied = {f"{DESA}002": tally(WRONG, state)}
    facts = judged(tallied, {DESA: 3})
    page = return_page([(facts, tallied)], DESA)
    assert told(page)[0] == []
    missing = [("001, 003", "belum diisi"), ("002", facts.words[f"sheet.state.{state.value}"])]
    assert sorted(told(page)[1]) == missing


def test_what_was_accepted_as_it_stands_does_not_go_back() -> None:
    tallied = {
        f"{DESA}001": tally(WRONG, State.ACCEPTED),
        f"{DESA}002": tally(WRONG, State.CORRECTED),
    }
    facts = judged(tallied, {DESA: 2})
    assert {tps for tps, _ in faults_of(facts, tallied)} == {f"{DESA}002"}
    assert {entry[0] for entry in told(return_page([(facts, tallied)], DESA))[0]} == {"002"}


def test_a_desa_without_a_fault_says_nihil() -> None:
    election = election_of({DESA: 2})
    page = return_page([(facts_of(election), filled(election))], DESA)
    assert [(listing.entries, listing.empty) for listing in page.listings] == [((), "NIHIL")] * 2


def test_only_the_stations_of_the_desa_are_listed() -> None:
    tallied = {
        f"{DESA}001": tally(WRONG),
        f"{KELURAHAN}001": tally(WRONG),
        f"{KELURAHAN}002": EMPTY,
    }
    facts = judged(tallied, {DESA: 1, KELURAHAN: 2})
    page = return_page([(facts, tallied)], DESA)
    assert {entry[0] for entry in told(page)[0]} == {"001"} and told(page)[1] == []


def test_it_is_a_list_to_be_answered_not_a_draft_of_results() -> None:
    tallied = {f"{DESA}001": tally(WRONG)}
    face = return_page([(judged(tallied, {DESA: 1}), tallied)], DESA).face
    assert face.notices == ("LATIHAN",)
    assert (face.unsigned, face.decided) == ("", "")
    assert face.heads == ("bupati: Draf dari catatan ke-12: " + " ".join(["ab12"] * 8),)
    assert face.signatures[0].boxes[0].headings == ("DISERAHKAN",)


def test_contests_of_a_desa_stand_on_one_list() -> None:
    tallied = {f"{DESA}001": tally(WRONG)}
    facts = judged(tallied, {DESA: 1})
    first = facts.election.contests[0]
    other = replace(first, id="gubernur", title="Gubernur")
    elsewhere = replace(first, id="lain", regions=("320799",))
    facts = replace(facts, election=replace(facts.election, contests=(first, other, elsewhere)))
    both = [(replace(facts, contest_id=key), tallied) for key in ("bupati", "gubernur", "lain")]
    page = return_page(both, DESA)
    assert [listing.title.partition(":")[0] for listing in page.listings] == [
        "1. BUPATI",
        "2. BUPATI",
        "3. GUBERNUR",
        "4. GUBERNUR",
    ]
    assert [head.partition(":")[0] for head in page.face.heads] == ["bupati", "gubernur"]


def text_of(page: Annex) -> str:
    """A list as lines of text, the columns parted by bars."""
    face = page.face
    lines = [*face.model, *(title.text for title in face.titles), *face.notices]
    lines += [f"{label}: {value}" for label, value in face.place]
    for listing in page.listings:
        lines += ["", listing.title, " | ".join(listing.heads)]
        lines += [" | ".join(item.text for item in entry) for entry in listing.entries]
        lines += [] if listing.entries else [listing.empty]
    lines += ["", *(box.headings[0] for box in face.signatures[0].boxes)]
    return "\n".join([*lines, face.definition, *face.heads, ""])


@pytest.mark.parametrize("form", ["kwk-2024", "kwk-2020"])
def test_a_list_as_a_whole(golden: Golden, form: str) -> None:
    choices = (Choice(1, "SATU", running_mate="WAKIL"), Choice(2, "DUA", running_mate="WAKIL"))
    names = {DESA: "Panyingkiran"}
    election = election_of({DESA: 6}, choices=choices, form=read_form(form), names=names)
    layout = election.layout("bupati")
    cells = {
        "voters.dpt.l": 150,
        "voters.dpt.p": 160,
        "voters.dpt.jml": 310,
        "users.dpt.l": 80,
        "users.dpt.p": 90,
        "users.dpt.jml": 107,
        "ballots.received": 318,
        "ballots.used": 170,
        "ballots.spoiled": 0,
        "ballots.unused": 148,
        "votes.1": 60,
        "votes.2": 100,
        "valid": 160,
        "invalid": 10,
        "cast": 170,
    }
    tallied = {
        f"{DESA}001": tally(cells),
        f"{DESA}002": tally({**cells, "valid": 10, "invalid": 160}),
        f"{DESA}003": tally(dict.fromkeys(cells, 0)),
        f"{DESA}004": tally({}, State.DIFFERS),
    }
    found = {tps: rules.judge(layout, one.cells) for tps, one in tallied.items()}
    facts = facts_of(election, state=DRAFT, findings=found)
    golden(f"returns/{form}.txt", text_of(return_page([(facts, tallied)], DESA)))
