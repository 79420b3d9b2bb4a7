"""The list for the PPS of every form, drawn: no finding is lost, each desa begins a page."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from recap_desktop.election.checks import rules
from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.papers.returns import return_page
from recap_desktop.paper import fonts, plan
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings, PaperSize
from tests.made_up.every_form import CASES, CONTEST, Case, election_of, facts_of, tallied

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def list_of(case: Case) -> Annex:
    """The first desa with a wrong figure, a form that is all zero, and one that is half filled."""
    own = tallied(case)
    first, second, third, *_ = own
    wrong = {
        first: {**own[first].cells, "valid": 7},
        second: dict.fromkeys(own[second].cells, 0),
        third: dict(list(own[third].cells.items())[12:]),
    }
    broken = {**own, **{tps: replace(own[tps], cells=cells) for tps, cells in wrong.items()}}
    layout = election_of(case).layout(CONTEST)
    findings = {tps: rules.judge(layout, tally.cells) for tps, tally in broken.items()}
    facts = replace(facts_of(case, first[:6], draft=True), findings=findings)
    return return_page([(facts, broken)], first[:10])


@pytest.mark.parametrize("size", PaperSize)
@every_case
def test_every_finding_stands_on_a_page_above_the_signatures(case: Case, size: PaperSize) -> None:
    fonts.register()
    settings = PaperSettings(size=size)
    page = list_of(case)
    pages = tuple(plan.plan_annex(page, settings))
    faults = page.listings[0]
    assert len(faults.entries) >= 3
    placed = [
        entry[0].lines[0]
        for planned in pages
        for strip in planned.strips
        if strip.listing is faults
        for entry in strip.entries
    ]
    assert [number for number in placed if number] == [e[0].text for e in faults.entries]
    for planned in pages:
        for strip in planned.strips:
            assert strip.top - strip.height >= (planned.sign_top or 0)


@every_case
def test_a_page_is_named_only_where_the_definition_knows_it(case: Case) -> None:
    """The votes of parties, and of candidates one by one, take more pages than it tells."""
    places = [entry[2].text for entry in list_of(case).listings[0].entries]
    has_pages = case.name.startswith(("kwk", "ppwp"))
    assert all(("(hal. " in place) is has_pages for place in places)


def test_each_desa_begins_a_page_of_its_own() -> None:
    page = list_of(CASES[0])
    raw = draw_book([page, page], PaperSettings())
    document = pdfium.PdfDocument(raw)
    texts = [one.get_textpage().get_text_bounded() for one in document]
    document.close()
    assert len(texts) % 2 == 0
    assert "1 dari" in texts[0] and "1 dari" in texts[len(texts) // 2]
