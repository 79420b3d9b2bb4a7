"""The label of a row: where it breaks, and how far it is set in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.paper.fonts import BOLD, ITALIC, REGULAR, Type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.papers.arrangements import Row
    from recap_desktop.paper.settings import Measures

_FORMULA = re.compile(r"(.*\S) (\([^()]*[+\d][^()]*\))")
"""A label that ends with what it adds up: (B.1 + B.2 + B.3)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of label text in one type, on its line and at its place from the label's left."""

    line: int
    x: float
    kind: Type
    text: str


def width_of(row: Row, measures: Measures) -> float:
    """How wide the label is on one line, with its note."""
    kind = Type(BOLD if row.bold else REGULAR, measures.size)
    note = Type(ITALIC, measures.size).width(row.note)
    return max(kind.width(label) for label in row.labels) + note


def indent_of(row: Row, measures: Measures) -> float:
    """How far it is set in from the left of URAIAN."""
    return measures.size * (1.5 + 0.5 * max(len(row.number) - 2, 0)) if row.inner else 0.0


def _lines(kind: Type, label: str, width: float) -> tuple[str, ...]:
    """The lines of a label; a formula at its end stays whole where that needs no line more."""
    lines = kind.wrap(label, width)
    found = _FORMULA.fullmatch(label)
    if len(lines) == 1 or found is None or kind.width(found[2]) > width:
        return lines
    apart = (*kind.wrap(found[1], width), found[2])
    return apart if len(apart) == len(lines) else lines


def pieces_of(row: Row, measures: Measures, width: float) -> Iterator[Piece]:
    """Its lines in runs of one type, the note in italics behind or below them."""
    kind = Type(BOLD if row.bold else REGULAR, measures.size)
    line, end = -1, 0.0
    for label in row.labels:
        for text in _lines(kind, label, width):
            line, end = line + 1, kind.width(text)
            yield Piece(line, 0.0, kind, text)
    if not row.note:
        return
    italic = Type(ITALIC, measures.size)
    gap = kind.width(" ")
    if end + gap + italic.width(row.note) <= width:
        yield Piece(line, end + gap, italic, row.note)
        return
    for text in italic.wrap(row.note, width):
        line += 1
        yield Piece(line, 0.0, italic, text)
