"""The letter of an office's key: one page on every paper, with all that is typed from it."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.papers.deeds import Deed
from recap_desktop.election.papers.key_letters import KeyFacts, key_letter
from recap_desktop.office.language import load_words
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings, PaperSize
from tests.gallery import GROUPS
from tests.made_up.offices import CIAMIS, tiny_election

OFFICES = ("32", "3207", CIAMIS)


def letter(office: str, language: str = "id", mode: Mode = Mode.REHEARSAL) -> Deed:
    facts = KeyFacts(office, GROUPS, "ab" * 32, "1.0")
    return key_letter(tiny_election(mode), facts, load_words(language))


def pages(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("size", PaperSize)
def test_it_is_one_page_with_every_group_beside_its_number(
    office: str, size: PaperSize, language: str
) -> None:
    pdf = draw_book([letter(office, language)], PaperSettings(size=size))
    assert pdf == draw_book([letter(office, language)], PaperSettings(size=size))
    (text,) = pages(pdf)
    said = text.split()
    for number, group in enumerate(GROUPS, start=1):
        assert said[said.index(group) - 1] == str(number)


def test_it_says_whom_it_asks_and_whether_it_is_a_rehearsal() -> None:
    (asks,) = pages(draw_book([letter(CIAMIS)], PaperSettings()))
    assert "KOMISI PEMILIHAN UMUM KABUPATEN CIAMIS" in " ".join(asks.split())
    assert "LATIHAN" in asks
    (root,) = pages(draw_book([letter("32", mode=Mode.REAL)], PaperSettings()))
    assert "akar kepercayaan" in " ".join(root.split()) and "LATIHAN" not in root
