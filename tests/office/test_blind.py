"""Before the second entry nobody but who typed it learns anything of a first one, whatever is asked."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.records.roles import BEFORE_SECOND, Aspect, Sight
from recap_desktop.office.checks.finding_search import FindingSearch
from recap_desktop.office.checks.findings import Judge, cases, findings
from recap_desktop.office.checks.look_alike_search import LookAlikeSearch
from recap_desktop.office.checks.marking import mark_finding
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.next_form import next_to_type
from recap_desktop.office.entry.ruling import Decision, accept, correct
from recap_desktop.office.entry.stations import standing
from recap_desktop.office.language import load_words
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.paper_making import PaperKind, gather_paper
from recap_desktop.office.papers.printing import book_of, make_book
from recap_desktop.office.papers.returning import make_returns, read_returns
from recap_desktop.office.plenary.agenda import agenda
from recap_desktop.office.plenary.closing import missing
from recap_desktop.office.plenary.handing_out import read_numbers
from recap_desktop.office.plenary.reading import compare_reading
from recap_desktop.office.progress.lacking import Missing
from recap_desktop.office.progress.listing_stations import (
    Choice,
    choices,
    counts_of,
    listed_keys,
    look_at,
    next_trouble,
)
from recap_desktop.office.progress.overview import next_unfinished, progress, station_rows, totals
from recap_desktop.office.progress.working_pace import outlook
from recap_desktop.office.proof.history import contest_history, history
from recap_desktop.office.proof.provenance import where_from
from recap_desktop.office.upward.exporting import read_results
from recap_desktop.problems import KnownProblem
from tests.made_up.first_entries import (
    FAULTY,
    FIRST,
    OTHER,
    PLAIN,
    SITI,
    SITI_ID,
    office_with,
    told,
)
from tests.made_up.offices import BUPATI, GUBERNUR, TPS

Ask = Callable[[Office, str], object]
BOTH = (BUPATI, GUBERNUR)


def of_each(ask: Callable[[Office, str, str, str], object]) -> Ask:
    """A question put of each TPS in each contest."""
    return lambda office, who: [ask(office, c, tps, who) for c in BOTH for tps in TPS]


def searched(office: Office, _: str) -> object:
    search = FindingSearch(office, BUPATI, load_words("id"))
    return [search.judge(part) for part in search.parts()]


def look_alikes(office: Office, _: str) -> object:
    search = LookAlikeSearch(office, BUPATI)
    for part in search.parts():
        search.put(search.look(part))
    return search.found()


def ordered(office: Office, _: str) -> object:
    return [
        listed_keys(office, BUPATI, choice, order=cell, descending=down)
        for choice in choices(office)
        for cell in office.election.layout(BUPATI).cells
        for down in (False, True)
    ]


def refusals(office: Office, _: str) -> object:
    """What somebody is told who tries to decide on what they have not seen."""
    said = []
    decision = Decision(OTHER, "coba")
    for do in (
        lambda tps: accept(office, BUPATI, tps, decision=decision),
        lambda tps: correct(office, BUPATI, tps, changes=dict(PLAIN), decision=decision),
        lambda tps: compare_reading(office, BUPATI, tps, PLAIN, by=OTHER),
    ):
        for tps in TPS[:4]:
            with pytest.raises(KnownProblem) as caught:
                do(tps)
            said.append((caught.value.code, caught.value.details, caught.value.faults))
    return said


def other_papers(office: Office, _: str) -> object:
    """Every paper that is no recap sheet, of the office and of one TPS; or why there is none."""
    said: list[object] = []
    for kind in PaperKind:
        for unit in ("", FIRST if kind is PaperKind.SLIP else FIRST[:10]):
            try:
                said.append(gather_paper(office, kind, BUPATI, revision=None, unit=unit).book())
            except KnownProblem as problem:
                said.append((kind, problem.code))
    return said


def unit_totals(office: Office, _: str) -> object:
    levels = (Level.TPS, Level.DESA, Level.KECAMATAN)
    return [totals(office, contest, level=level) for contest in BOTH for level in levels]


def origins(office: Office, _: str) -> object:
    """Where every figure comes from, of the office, of each desa and of each TPS."""
    units = ("", FIRST[:10], *TPS)
    found = [
        where_from(office, contest, unit, cell)
        for contest in BOTH
        for unit in units
        for cell in office.election.layout(contest).cells
    ]
    return [(one.whole, one.parts, [trace.to_data() for trace in one.traces]) for one in found]


QUESTIONS: dict[str, tuple[Aspect, Ask]] = {
    "standing": (
        Aspect.CELLS,
        of_each(lambda o, c, tps, who: standing(o, c, tps, person=who)),
    ),
    "station rows": (Aspect.CELLS, lambda o, _: [station_rows(o, c) for c in BOTH]),
    "lists": (
        Aspect.CELLS,
        lambda o, _: [(c, look_at(o, BUPATI, listed_keys(o, BUPATI, c))) for c in Choice],
    ),
    "order of lists": (Aspect.CELLS, ordered),
    "export": (Aspect.CELLS, lambda o, _: read_results(o, BUPATI)),
    "refusals": (Aspect.CELLS, refusals),
    "missing forms": (Aspect.CELLS, lambda o, _: Missing(o).stations()),
    "next TPS": (Aspect.CELLS, lambda o, _: next_unfinished(o, BUPATI)),
    "next to type": (
        Aspect.CELLS,
        lambda o, who: next_to_type(o, BUPATI, after="", person=who),
    ),
    "next to look at": (Aspect.FINDINGS, lambda o, _: next_trouble(o, BUPATI)),
    "findings": (Aspect.FINDINGS, lambda o, _: [list(findings(o, c)) for c in BOTH]),
    "cases": (Aspect.FINDINGS, lambda o, _: [list(cases(o, c)) for c in BOTH]),
    "search of findings": (Aspect.FINDINGS, searched),
    "findings beside": (
        Aspect.FINDINGS,
        lambda o, _: Judge(o, GUBERNUR).findings(FIRST, PLAIN),
    ),
    "progress": (Aspect.FINDINGS, lambda o, _: progress(o, BUPATI, level=Level.DESA)),
    "counts of lists": (Aspect.FINDINGS, lambda o, _: counts_of(o, BUPATI)),
    "agenda": (Aspect.FINDINGS, lambda o, _: [agenda(o, c) for c in BOTH]),
    "what bars a close": (Aspect.FINDINGS, lambda o, _: missing(o, BUPATI)),
    "returns": (Aspect.FINDINGS, lambda o, _: make_returns(read_returns(o))),
    "history": (
        Aspect.HISTORY,
        of_each(lambda o, c, tps, _: [event.to_data() for event in history(o, c, tps)]),
    ),
    "events": (
        Aspect.HISTORY,
        of_each(lambda o, c, tps, _: [(e.changes, e.crossed) for e in history(o, c, tps)]),
    ),
    "history of a contest": (
        Aspect.HISTORY,
        lambda o, _: [event.to_data() for event in contest_history(o, BUPATI)],
    ),
    "where a figure comes from": (Aspect.HISTORY, origins),
    "look-alikes": (Aspect.LOOK_ALIKES, look_alikes),
    "totals": (Aspect.TOTALS, unit_totals),
    "other papers": (Aspect.TOTALS, other_papers),
    "sheets": (Aspect.TOTALS, lambda o, _: tuple(book_of(o, BUPATI).papers)),
    "hand-outs": (
        Aspect.TOTALS,
        lambda o, _: [tuple(make_book(makings).papers) for makings in read_numbers(o)],
    ),
    "outlook": (Aspect.TOTALS, lambda o, _: outlook(o, BUPATI)),
}
ASKED_ELSEWHERE = {Aspect.SCAN_MARKS}
"""No question of the office answers it: marks are seen only where the form is typed."""


@contextlib.contextmanager
def both(folder: Path) -> Iterator[tuple[Office, Office]]:
    one, other = (
        office_with(folder / f"{at}.rekap", cells) for at, cells in enumerate((PLAIN, FAULTY))
    )
    yield one, other
    one.close()
    other.close()


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office]]:
    """Of these is only asked."""
    with both(tmp_path_factory.mktemp("asked")) as made:
        yield made


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """In these more is typed."""
    with both(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def typed_twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office]]:
    """In these the second entry has come wherever it was missing."""
    with both(tmp_path_factory.mktemp("twice")) as made:
        for office, cells in zip(made, (PLAIN, FAULTY), strict=True):
            for tps in (FIRST, TPS[2], TPS[3]):
                enter(office, BUPATI, tps, cells, by=OTHER)
            enter(office, BUPATI, TPS[2], cells, by="Citra")
        yield made


def test_every_aspect_of_the_table_is_asked_for() -> None:
    asked = {aspect for aspect, _ in QUESTIONS.values()}
    assert asked | ASKED_ELSEWHERE == set(BEFORE_SECOND) == set(Aspect)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("who", ["", "another"])
def test_another_learns_nothing_of_a_first_entry(
    offices: tuple[Office, Office], name: str, who: str
) -> None:
    _, ask = QUESTIONS[name]
    one, other = (told(ask(office, who)) for office in offices)
    assert one == other


@pytest.mark.parametrize("aspect", [a for a, s in BEFORE_SECOND.items() if s is Sight.NOBODY])
def test_of_these_who_typed_it_is_told_no_more(
    offices: tuple[Office, Office], aspect: Aspect
) -> None:
    for asked, ask in QUESTIONS.values():
        if asked is aspect:
            one, other = (told(ask(office, SITI_ID)) for office in offices)
            assert one == other


def test_who_typed_it_sees_their_own_cells_and_findings(offices: tuple[Office, Office]) -> None:
    _, faulty = offices
    cells = standing(faulty, BUPATI, FIRST, person=SITI_ID).cells
    assert cells == FAULTY
    assert Judge(faulty, BUPATI).findings(FIRST, cells)


@pytest.mark.parametrize("name", sorted(QUESTIONS.keys() - {"missing forms", "refusals"}))
def test_after_the_second_entry_there_is_something_to_tell(
    typed_twice: tuple[Office, Office], name: str
) -> None:
    """Else the test above would say nothing."""
    _, ask = QUESTIONS[name]
    one, other = (told(ask(office, "")) for office in typed_twice)
    assert (one == other) == (name in ALIKE_AFTER)


ALIKE_AFTER = {"next TPS", "next to type", "history of a contest", "outlook"}
"""Questions that are not of figures; they are asked all the same."""


def test_that_a_first_entry_was_marked_is_told_to_nobody_else(
    fresh: tuple[Office, Office],
) -> None:
    _, office = fresh
    before = _all_told(office)
    finding = Judge(office, BUPATI).findings(FIRST, FAULTY)[0]
    mark_finding(office, BUPATI, FIRST, finding, cells=FAULTY, reason="sesuai kertas", by=SITI)
    after = _all_told(office)
    assert {name for name in QUESTIONS if before[name] != after[name]} <= {"outlook"}


def _all_told(office: Office) -> dict[str, str]:
    """Every answer, but for when it was asked and how many records a draft was made from."""
    passing = re.compile(r"ke-\d+|seq=\d+|\d{4}-\d\d-\d\dT[0-9:+]+")
    return {n: passing.sub("", told(ask(office, ""))) for n, (_, ask) in QUESTIONS.items()}


def test_the_same_person_twice_is_no_second_entry(fresh: tuple[Office, Office]) -> None:
    one, other = fresh
    for office, cells in ((one, PLAIN), (other, FAULTY)):
        enter(office, BUPATI, FIRST, {**cells, "invalid": 3}, by="siti ")
        enter(office, BUPATI, FIRST, cells, by="SITI")
    for _, ask in QUESTIONS.values():
        assert told(ask(one, "")) == told(ask(other, ""))
