"""Prints a C.HASIL and a recap sheet of every level, on every form, as PDF and PNG.

``python -m tests.gallery FOLDER [NAME ...]`` from the root of the repository; with names, only
cases that contain one of them. Figures are made up and valid.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2 as pdfium

from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings
from tests.every_form import CASES, papers_of

_DOTS_PER_INCH = 110


def main(folder: Path, wanted: list[str]) -> None:
    """Write the papers of every case into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        if wanted and not any(name in case.name for name in wanted):
            continue
        for paper, sheet in papers_of(case).items():
            pdf = draw_book([sheet], PaperSettings())
            target = folder / f"{case.name}-{paper}.pdf"
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
