"""Pages of our own PDFs taken out again, for the copy of which a few were jammed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def count_pages(raw: bytes) -> int:
    """How many pages a PDF has."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - heavy, and needed for printing only

    document = PdfDocument(raw)
    try:
        return len(document)
    finally:
        document.close()


def pick_pages(raw: bytes, pages: Sequence[int]) -> bytes:
    """The same PDF with these pages alone, counted from 1."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - as above

    document, picked = PdfDocument(raw), PdfDocument.new()
    try:
        picked.import_pages(document, [page - 1 for page in pages])
        target = io.BytesIO()
        picked.save(target)
        return target.getvalue()
    finally:
        picked.close()
        document.close()
