"""Prints every paper of every form and level as PDF and PNG, with an index to walk through.

``python -m tests.gallery FOLDER [NAME ...]`` from the root of the repository; with names, only
papers whose file contains one of them. Open ``FOLDER/index.html``. Figures are made up and valid,
but for ``hall``: the plenary of Kecamatan Ciamis with its real ones.

- every form: a C.HASIL and the recap sheets of each level, with the papers of the hall of an
  office of each level (LATIHAN on those of 2020 and of the hall);
- ``wide``: sheets of real regions with a column for every unit, on each size of paper, with
  differences;
- ``crowded``: a kecamatan in which everything is wrong at once, closed and as a draft;
- ``returns``: what goes back to the PPS of a desa;
- ``copy``: a numbered copy with its addressee.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.papers.blanks import blank_forms, blank_sheets
from recap_desktop.election.papers.facts import Loose
from recap_desktop.election.papers.hall_papers import corrections, incident_form, receipt
from recap_desktop.election.papers.key_letters import KeyFacts, key_letter
from recap_desktop.election.papers.minutes import Hall, minutes
from recap_desktop.office.papers.paper_making import PaperKind, gather_paper
from recap_desktop.office.papers.printing import book_of, draw, stamp_of
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings, PaperSize
from tests.made_up.crowded_papers import WIDE, crowded_papers, wide_sheet
from tests.made_up.every_form import CASES, Case, facts_of, papers_of, tallied
from tests.made_up.hall_office import after_the_plenary, opened_hall
from tests.made_up.plenary_play import BUPATI
from tests.paper.test_returns import list_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recap_desktop.election.papers.books import Bound
    from recap_desktop.office.papers.printing import Book

_DOTS_PER_INCH = 110
GROUPS = tuple(f"{n:02x}f{n:x}" for n in range(16))
"""The fingerprint of a key that is made up."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One file of the gallery: its name, what it shows, and its bytes once it is wanted."""

    name: str
    papers: Sequence[Bound]
    size: PaperSize = PaperSize.F4
    stamp: str = ""

    def drawn(self) -> bytes:
        """The PDF."""
        return draw_book(self.papers, PaperSettings(size=self.size), stamp=self.stamp)


def main(folder: Path, wanted: list[str]) -> None:
    """Write the papers into a folder, and an index of them."""
    folder.mkdir(parents=True, exist_ok=True)
    index = []
    for name, draw_it in _all_of(wanted):
        if not wanted or any(part in name for part in wanted):
            index.append((name, _write(folder / f"{name}.pdf", draw_it())))
    (folder / "index.html").write_text(_index(index), encoding="utf-8")


def _all_of(wanted: list[str]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for picture in pictures():
        yield picture.name, picture.drawn
    if not wanted or any("hall" in part or part in "hall" for part in wanted):
        for name, book in books_of_hall():
            yield f"hall-{name}", partial(draw, book)


def pictures() -> Iterator[Picture]:
    """All papers that need no office."""
    for case in CASES:
        for paper, sheet in papers_of(case).items():
            shown = sheet if case.form == "kwk-2020" else _in_earnest(sheet)
            yield Picture(f"{case.name}-{paper}", [shown])
        for paper, deeds in deeds_of(case).items():
            yield Picture(f"{case.name}-{paper}-deeds", [_in_earnest(deed) for deed in deeds])
        yield Picture(f"{case.name}-returns", [_in_earnest(list_of(case))])
    for code in WIDE:
        for size in PaperSize:
            yield Picture(f"wide-{code}-{size.value}", [wide_sheet(code)], size)
    for draft in (False, True):
        for paper, bound in crowded_papers(draft=draft).items():
            for size in PaperSize:
                name = f"crowded-{'draft-' if draft else ''}{paper}-{size.value}"
                yield Picture(name, bound, size)
    stamp = stamp_of(3, "Saksi pasangan calon nomor urut 2, Budi Santoso, S.H.")
    yield Picture("copy", [_in_earnest(papers_of(CASES[-9])["kecamatan"])], stamp=stamp)


def _in_earnest(paper: Bound) -> Bound:
    """A paper without LATIHAN: the word behind its figures is in the way of looking at them."""
    notices = tuple(notice for notice in paper.face.notices if notice != "LATIHAN")
    return replace(paper, face=replace(paper.face, notices=notices))


def deeds_of(case: Case) -> dict[str, list[Bound]]:
    """The papers of the hall of an office of each level, of a plenary nobody recorded."""
    own = tallied(case)
    made: dict[str, list[Bound]] = {}
    for level in (Level.KECAMATAN, Level.KABKO, Level.PROVINSI):
        facts = facts_of(case, next(iter(own))[: level.value])
        loose = replace(facts, state=Loose())
        made[level.word] = [
            minutes(facts, Hall(), own),
            incident_form(facts, Hall()),
            corrections(facts),
            receipt(facts, Hall()),
            *blank_sheets(loose),
            *(blank_forms(loose, next(iter(own))) if level is Level.KECAMATAN else ()),
            key_letter(facts.election, KeyFacts(facts.office, GROUPS, "ab" * 32, "1"), facts.words),
        ]
    return made


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


def _write(target: Path, pdf: bytes) -> list[str]:
    """A PDF and a picture of each of its pages; what an earlier run left of it is gone."""
    for old in target.parent.glob(f"{target.stem}-[0-9][0-9][0-9].png"):
        old.unlink()
    target.write_bytes(pdf)
    document = pdfium.PdfDocument(pdf)
    names = []
    try:
        for number, page in enumerate(document, start=1):
            names.append(f"{target.stem}-{number:03d}.png")
            picture = page.render(scale=_DOTS_PER_INCH / 72, grayscale=True).to_pil()
            picture.save(target.with_name(names[-1]))
    finally:
        document.close()
    return names


def _index(files: Sequence[tuple[str, Sequence[str]]]) -> str:
    """All pages small, each a way to its picture and its PDF."""
    shown = []
    for name, pages in files:
        shown.append(f'<h2 id="{name}"><a href="{name}.pdf">{name}</a> ({len(pages)})</h2>')
        shown += [
            f'<a href="{page}"><img loading="lazy" src="{page}" alt="{page}"></a>' for page in pages
        ]
    ways = " ".join(f'<a href="#{name}">{name}</a>' for name, _ in files)
    return _PAGE.format(ways=ways, shown="\n".join(shown))


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Papers</title>
<style>
body {{ font: 14px sans-serif; margin: 16px; background: #ddd }}
nav a {{ margin-right: 12px; white-space: nowrap }}
img {{ width: 420px; margin: 4px; background: white; box-shadow: 0 0 3px #888; vertical-align: top }}
</style>
<nav>{ways}</nav>
{shown}
</html>
"""


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
