"""Papers of running text as pages of a PDF: nothing is lost, nothing stands outside."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recap_desktop.election.papers import books
from recap_desktop.election.papers.annexes import Item, Listing
from recap_desktop.election.papers.deeds import Deed, Fields, Paragraph, Ruled, Scan
from recap_desktop.election.papers.hall_papers import incident_form, receipt
from recap_desktop.election.papers.minutes import Hall, minutes
from recap_desktop.paper import fonts, lists
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.deeds import plan_deed
from recap_desktop.paper.settings import PaperSettings, PaperSize
from tests.election.test_deeds import gathered, hall
from tests.made_up.every_form import CASES, Case, facts_of, tallied
from tests.made_up.papers import filled
from tests.paper.test_book import letters_of, pages_of

if TYPE_CHECKING:
    from recap_desktop.election.papers.deeds import Part
    from tests.conftest import Golden


def deed_of(*parts: Part, signed: bool = True) -> Deed:
    deed = receipt(gathered(), Hall())
    face = deed.face if signed else replace(deed.face, signatures=())
    return replace(deed, face=face, parts=parts)


def papers() -> list[Deed]:
    facts = gathered()
    return [
        minutes(facts, hall(), filled(facts.election)),
        incident_form(facts, hall()),
        receipt(facts, hall()),
    ]


def test_the_same_papers_have_the_same_bytes_and_their_own_fonts() -> None:
    pdf = draw_book(papers(), PaperSettings())
    assert draw_book(papers(), PaperSettings()) == pdf
    names = set(re.findall(rb"/BaseFont /([A-Za-z0-9+-]+)", pdf))
    assert names and all(re.fullmatch(rb"[A-Z]{6}\+NotoSans-[A-Za-z]+", name) for name in names)


def test_the_text_of_the_pages(golden: Golden) -> None:
    pages = pages_of(draw_book(papers(), PaperSettings()))
    shown = "\n\f\n".join(page.replace("\r\n", "\n") for page in pages)
    golden("deeds/pages.txt", shown + "\n")


@pytest.mark.parametrize("size", PaperSize)
def test_pages_stand_and_nothing_is_outside_their_margins(size: PaperSize) -> None:
    chosen = PaperSettings(size=size)
    upright = chosen.upright
    assert upright.is_upright
    for left, bottom, right, top, width, height in letters_of(draw_book(papers(), chosen)):
        assert (round(width), round(height)) == (round(upright.width), round(upright.height))
        assert upright.margin - 1 <= left and right <= width - upright.margin + 1
        assert upright.margin - 1 <= bottom and top <= height - upright.margin + 1


def test_a_sheet_after_a_standing_paper_lies_again() -> None:
    facts = gathered()
    sheet = books.desa_book(facts, "3207012001", filled(facts.election))[0]
    pdf = draw_book([papers()[2], sheet, papers()[2]], PaperSettings())
    wide = [width > height for _, _, _, _, width, height in letters_of(pdf)]
    turns = [a for a, b in itertools.pairwise(wide) if a != b]
    assert turns == [False, True]


words = st.text("abcdefgh", min_size=1, max_size=12)
texts = st.lists(words, min_size=1, max_size=150).map(" ".join)
parts = st.one_of(
    st.builds(Paragraph, texts, bold=st.booleans(), centred=st.booleans()),
    st.lists(st.tuples(words, texts), min_size=1, max_size=5).map(tuple).map(Fields),
    st.builds(Ruled, st.integers(1, 40)),
    st.builds(
        Listing,
        st.just("DAFTAR"),
        st.just(("A", "B")),
        st.just((30, 70)),
        st.lists(st.tuples(words.map(Item), texts.map(Item)), max_size=30).map(tuple),
        st.just("NIHIL"),
        st.integers(1, 3),
    ),
    st.just(Scan("REKAP/1", "kode")),
)


@settings(max_examples=40, deadline=None)
@given(
    made=st.lists(parts, min_size=1, max_size=8),
    size=st.sampled_from(PaperSize),
    signed=st.booleans(),
)
def test_nothing_is_lost_and_nothing_runs_into_the_foot(
    *, made: list[Part], size: PaperSize, signed: bool
) -> None:
    fonts.register()
    deed = deed_of(*made, signed=signed)
    chosen = PaperSettings(size=size)
    pages = plan_deed(deed, chosen.upright)
    assert sum(page.sign_top is not None for page in pages) == signed
    text = "".join("".join(pages_of(draw_book([deed], chosen))).split())
    for part in made:
        if isinstance(part, Paragraph):
            assert part.bold or "".join(part.text.split())[:20] in text
        if isinstance(part, Listing):
            for entry in part.entries:
                assert all(word in text for item in entry for word in item.text.split()[:3])


def test_a_list_begins_with_two_entries_or_on_the_next_page() -> None:
    fonts.register()
    measures = PaperSettings().upright
    rows = tuple((Item(str(n)),) for n in range(9))
    listing = Listing("DAFTAR", ("A",), (1,), rows, "NIHIL", 3)
    begun = set()
    for start in range(110, 320):
        pages = list(lists.plan((listing,), measures, top=700, bottom=100, start=start))
        placed = [entry[0].lines[0] for page in pages for one in page for entry in one.entries]
        assert placed == list("012345678")
        begun.add(len(pages[0][0].entries) if pages[0] else 0)
    assert begun == {0, 2, 3, 4}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_signer_of_every_form_has_a_box_on_a_page(case: Case) -> None:
    fonts.register()
    facts = facts_of(case, next(iter(tallied(case)))[:6])
    deed = minutes(facts, Hall(), tallied(case))
    for size in PaperSize:
        pages = plan_deed(deed, PaperSettings(size=size).upright)
        boxes = [
            box
            for page in pages
            if page.sign_top is not None
            for block in page.face.signatures
            for box in block.boxes
        ]
        assert boxes == [box for block in deed.face.signatures for box in block.boxes]
