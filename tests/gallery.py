"""Prints every paper of every form and level as PDF and PNG.

A C.HASIL and the recap sheets on every form, with the papers of the hall of an office of each
level; then all papers of one plenary with the real figures of Kecamatan Ciamis.

``python -m tests.gallery FOLDER [NAME ...]`` from the root of the repository; with names, only
cases that contain one of them (``hall`` is the plenary). Figures of cases are made up and valid.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.papers.blanks import blank_sheets
from recap_desktop.election.papers.facts import Loose
from recap_desktop.election.papers.hall_papers import corrections, incident_form, receipt
from recap_desktop.election.papers.key_letters import KeyFacts, key_letter
from recap_desktop.election.papers.minutes import Hall, minutes
from recap_desktop.office.papers.paper_making import PaperKind, gather_paper
from recap_desktop.office.papers.printing import book_of, draw
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings
from tests.every_form import CASES, Case, facts_of, papers_of, tallied
from tests.hall_office import after_the_plenary, opened_hall
from tests.plenary_play import BUPATI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.papers.books import Bound
    from recap_desktop.office.papers.printing import Book

_DOTS_PER_INCH = 110
GROUPS = tuple(f"{n:02x}f{n:x}" for n in range(16))
"""The fingerprint of a key that is made up."""


def main(folder: Path, wanted: list[str]) -> None:
    """Write the papers of every case into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        if wanted and not any(name in case.name for name in wanted):
            continue
        for paper, sheet in papers_of(case).items():
            pdf = draw_book([sheet], PaperSettings())
            _write(folder / f"{case.name}-{paper}.pdf", pdf)
        for paper, deeds in deeds_of(case).items():
            _write(folder / f"{case.name}-{paper}-deeds.pdf", draw_book(deeds, PaperSettings()))
    if not wanted or "hall" in wanted:
        _print_hall(folder)


def deeds_of(case: Case) -> dict[str, list[Bound]]:
    """The papers of the hall of an office of each level, of a plenary nobody recorded."""
    own = tallied(case)
    made: dict[str, list[Bound]] = {}
    for level in (Level.KECAMATAN, Level.KABKO, Level.PROVINSI):
        facts = facts_of(case, next(iter(own))[: level.value])
        made[level.word] = [
            minutes(facts, Hall(), own),
            incident_form(facts, Hall()),
            corrections(facts),
            receipt(facts, Hall()),
            *blank_sheets(replace(facts, state=Loose())),
            key_letter(facts.election, KeyFacts(facts.office, GROUPS, "ab" * 32, "1"), facts.words),
        ]
    return made


def _print_hall(folder: Path) -> None:
    for name, book in books_of_hall():
        _write(folder / f"hall-{name}.pdf", draw(book))


def books_of_hall() -> Iterator[tuple[str, Book]]:
    """Every paper of the plenary of Ciamis, and its book."""
    with tempfile.TemporaryDirectory() as place:
        office = opened_hall(Path(place) / "before.rekap")
        zero = gather_paper(office, PaperKind.ZERO, BUPATI).book()
        office.close()
        yield PaperKind.ZERO.value, zero
        office = after_the_plenary(Path(place) / "after.rekap")
        revision = standing_revision(office, BUPATI)
        station = office.election.stations_of(BUPATI, office.code)[20].tps
        units = {
            PaperKind.SLIP: station,
            PaperKind.BLANK_FORMS: station,
            PaperKind.BLANK_SHEETS: station[:10],
        }
        for kind in PaperKind:
            if kind is not PaperKind.ZERO:
                unit = units.get(kind, "")
                read = gather_paper(office, kind, BUPATI, revision=revision, unit=unit)
                yield kind.value, read.book()
        yield "book", book_of(office, BUPATI, revision=revision)
        office.close()


def _write(target: Path, pdf: bytes) -> None:
    target.write_bytes(pdf)
    _draw_pictures(pdf, target)


def _draw_pictures(pdf: bytes, target: Path) -> None:
    """Write a picture of every page beside the PDF."""
    document = pdfium.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, start=1):
            picture = page.render(scale=_DOTS_PER_INCH / 72).to_pil()
            picture.save(target.with_name(f"{target.stem}-{number:02d}.png"))
    finally:
        document.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
