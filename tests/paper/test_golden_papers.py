"""Every paper of the gallery as it was last looked at: its text, and everything that is drawn.

A change of either fails here. Look at the papers it names (``python -m tests.gallery FOLDER NAME``),
then renew what is kept with ``--update-golden``.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.papers.blanks import blank_forms, blank_sheets
from recap_desktop.election.papers.deeds import Deed
from recap_desktop.election.papers.facts import Loose
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.office.papers.paper_making import PaperKind
from tests.gallery import Picture, books_of_hall, deeds_of, pictures
from tests.made_up.crowded_papers import WIDE, crowded_papers, wide_sheet
from tests.made_up.every_form import CASES
from tests.made_up.papers import DESA, election_of, facts_of
from tests.reading_back.deed_text import as_lines
from tests.reading_back.sheet_text import as_text

if TYPE_CHECKING:
    from recap_desktop.election.papers.books import Bound
    from tests.conftest import Golden

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_HEX = re.compile(r"\b[0-9a-f]{4}(?: [0-9a-f]{4})+\b|\b[0-9a-f]{8,}\b")
"""Hashes of records: an office of its own makes others each time."""


def text_of(paper: Bound, units: int = 12) -> str:
    if isinstance(paper, Sheet):
        return as_text(paper, units)
    assert isinstance(paper, Annex | Deed)
    return as_lines(paper)


def drawn_in(pdf: bytes) -> str:
    """A digest of all that is drawn: of the streams as they are before they are made small.

    How small zlib makes them differs from one of its versions to the next.
    """
    digest = hashlib.sha256()
    for found in _STREAM.finditer(pdf):
        raw = found[1]
        with contextlib.suppress(zlib.error):  # a picture or a file may be kept as it is
            raw = zlib.decompress(raw)
        digest.update(hashlib.sha256(raw).digest())
    return digest.hexdigest()[:32]


@pytest.mark.parametrize("code", [code for code in WIDE if code != "950603"])
def test_the_text_of_a_wide_sheet(code: str, golden: Golden) -> None:
    golden(f"papers/wide-{code}.txt", text_of(wide_sheet(code), 9))


@pytest.mark.parametrize("draft", [False, True])
def test_the_text_of_papers_with_everything_wrong(golden: Golden, *, draft: bool) -> None:
    papers = [paper for bound in crowded_papers(draft=draft).values() for paper in bound]
    name = "draft" if draft else "closed"
    golden(f"papers/crowded-{name}.txt", "\n\f\n".join(text_of(paper, 15) for paper in papers))


def test_the_text_of_blank_papers(golden: Golden) -> None:
    facts = replace(facts_of(election_of({DESA: 3})), state=Loose())
    papers = (*blank_sheets(facts), *blank_forms(facts, f"{DESA}002"))
    golden("papers/blanks.txt", "\n\f\n".join(text_of(paper) for paper in papers))


def test_the_text_of_the_papers_of_a_plenary(golden: Golden) -> None:
    """Of the plenary of Ciamis: what no made-up paper has, the slip and who typed what."""
    for name, book in books_of_hall():
        if name in (PaperKind.SLIP.value, PaperKind.TYPISTS.value):
            (paper,) = book.papers
            lines = _HEX.sub("....", text_of(paper)).splitlines(keepends=True)
            golden(f"papers/hall-{name}.txt", "".join(lines[:60]))


def test_the_text_of_the_letters_of_keys(golden: Golden) -> None:
    letters = [deeds[-1] for case in CASES[::6] for deeds in deeds_of(case).values()]
    golden("papers/key-letters.txt", "\n\f\n".join(text_of(letter) for letter in letters))


def _shown() -> list[Picture]:
    """One of each: every form at every level, every kind of paper, every size."""
    parts = ("-desa", "-kecamatan", "-kabko", "-provinsi", "-c-hasil", "-returns", "copy", "-deeds")
    return [
        picture
        for picture in pictures()
        if picture.name.endswith(parts) or picture.name.startswith(("wide-3207", "crowded"))
    ]


def test_what_is_drawn_on_every_paper(golden: Golden) -> None:
    lines = [f"{picture.name} {drawn_in(picture.drawn())}\n" for picture in _shown()]
    golden("papers/drawn.txt", "".join(lines))
