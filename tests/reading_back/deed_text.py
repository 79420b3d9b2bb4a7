"""A paper of running text as lines of text, for golden files and for eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.papers.annexes import Listing
from recap_desktop.election.papers.deeds import Deed, Fields, Paragraph, Ruled, Scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.papers.annexes import Annex
    from recap_desktop.election.papers.deeds import Part


def as_lines(paper: Deed | Annex) -> str:
    """Model, titles and places, then every part, then who signs."""
    face = paper.face
    lines = [*face.model, *(title.text for title in face.titles)]
    lines += [f"{label}: {value}" for label, value in face.place]
    parts: tuple[Part, ...] = paper.parts if isinstance(paper, Deed) else paper.listings
    for part in parts:
        lines += ["", *_lines(part)]
    lines += ["", face.decided]
    for block in face.signatures:
        lines += ["", block.title]
        lines += [
            f"{box.number} {' / '.join(box.headings)}: {box.name} {box.remark}".rstrip()
            for box in block.boxes
        ]
    return "\n".join([*lines, *face.heads, face.definition, ""])


def _lines(part: Part) -> Iterator[str]:
    if isinstance(part, Paragraph):
        yield f"## {part.text}" if part.bold else part.text
    elif isinstance(part, Fields):
        yield from (f"{label} : {value or '.....'}" for label, value in part.rows)
    elif isinstance(part, Ruled):
        yield f"({part.lines} baris titik-titik)"
    elif isinstance(part, Scan):
        yield f"[QR {part.code}]"
        yield part.text
    else:
        yield from _listing(part)


def _listing(part: Listing) -> Iterator[str]:
    yield part.title
    yield " | ".join(part.heads)
    for entry in part.entries:
        yield " | ".join(f"[{i.struck}] {i.text}" if i.struck else i.text for i in entry)
    if not part.entries:
        yield part.empty
