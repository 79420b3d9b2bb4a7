"""Files that lie inside a PDF, for programs to read: results beside the pages that show them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """One file in a PDF (lampiran berkas).

    Attributes:
        name: as a reader of PDF lists it.
        about: one line for whoever looks at the list.
        media: e.g. ``application/json``.
        raw: its bytes.
    """

    name: str
    about: str
    media: str
    raw: bytes
