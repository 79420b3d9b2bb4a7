"""Finds the line of a close (kode pengaman) in the text of a recap PDF; nothing in it is run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recap_desktop.election.papers.anchors import read_anchor
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.papers.anchors import Anchor

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest PDF that is looked into."""

_LINE = re.compile(r"REKAP/1\s.{20,2000}?\sTTD\s(?:[0-9A-F\s]{128,400}|-)\.", re.DOTALL)


def lines_of_pdf(path: Path) -> tuple[Anchor, ...]:
    """Every line that is printed in a PDF, each once, in the order of the pages.

    Raises:
        KnownProblem: ``pdf-not-read``; ``pdf-without-line`` where no page has one.
    """
    # It takes a while to load, and is needed for PDFs only.
    import pypdfium2  # noqa: PLC0415

    try:
        if path.stat().st_size > LARGEST:
            raise KnownProblem("pdf-without-line", file=path.name)
        raw = path.read_bytes()
    except OSError as error:
        raise KnownProblem("pdf-not-read", file=str(path), reason=reason_of(error)) from error
    found: dict[Anchor, None] = {}
    try:
        with pypdfium2.PdfDocument(raw) as document:
            for page in document:
                text = page.get_textpage().get_text_bounded()
                found |= dict.fromkeys(_lines(text))
    except pypdfium2.PdfiumError as error:
        raise KnownProblem("pdf-without-line", file=path.name) from error
    if not found:
        raise KnownProblem("pdf-without-line", file=path.name)
    return tuple(found)


def _lines(text: str) -> list[Anchor]:
    found = []
    for said in _LINE.findall(text):
        try:
            found.append(read_anchor(" ".join(said.split())))
        except ValueError:
            continue
    return found
