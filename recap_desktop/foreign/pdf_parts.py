"""Pages of our own PDFs taken out again, for the copy of which a few were jammed."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def pick_pages(source: IO[bytes], pages: Sequence[int], target: IO[bytes]) -> None:
    """Write a PDF with these pages of another alone, counted from 1.

    Args:
        source: a PDF that is open.
        pages: of it.
        target: an open file.
    """
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - heavy, and needed for printing only

    document, picked = PdfDocument(source), PdfDocument.new()
    try:
        picked.import_pages(document, [page - 1 for page in pages])
        picked.save(target)
    finally:
        picked.close()
        document.close()
