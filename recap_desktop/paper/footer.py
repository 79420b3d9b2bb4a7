"""The foot of every page: which definition, which page, which head; and the stamp of a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.paper.fonts import BOLD, REGULAR, Type
from recap_desktop.paper.pen import RULE, Pen
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from recap_desktop.election.papers.faces import Face
    from recap_desktop.paper.settings import Measures

_GAP = 1.2 * MM


def _type(measures: Measures) -> Type:
    return Type(REGULAR, measures.size - 1.5)


def height(face: Face, measures: Measures) -> float:
    """Room the foot takes above the margin."""
    return _line_count(face, measures) * _type(measures).leading + _GAP + 1.5 * MM


def _line_count(face: Face, measures: Measures) -> int:
    if measures.is_upright:
        return 2 + len(face.heads)
    return max(2, len(face.heads)) + len(_proof(face, measures))


def _proof(face: Face, measures: Measures) -> tuple[str, ...]:
    """The code in print, over the whole width."""
    return _type(measures).wrap(face.proof, measures.inner) if face.proof else ()


def draw(pen: Pen, face: Face, measures: Measures) -> None:
    """Draw what is equal on all pages of a paper."""
    kind = _type(measures)
    top = measures.margin + height(face, measures) - 1.5 * MM
    pen.rules([(measures.margin, top, measures.right, top)], RULE)
    first = top - _GAP - kind.cap
    if measures.is_upright:
        lines = [text for text in (face.definition, face.entry, *face.heads) if text]
        pen.column(kind, measures.margin, first, texts=lines)
        return
    pen.column(kind, measures.margin, first, texts=(face.definition, face.entry))
    pen.right(kind, measures.right, first, texts=face.heads)
    below = first - max(2, len(face.heads)) * kind.leading
    pen.column(kind, measures.margin, below, texts=_proof(face, measures))


def draw_page_note(pen: Pen, face: Face, measures: Measures, *, note: str, stamp: str) -> None:
    """Say in the middle, or at the right of a standing page, which page this is and what copy."""
    kind = _type(measures)
    first = measures.margin + height(face, measures) - 1.5 * MM - _GAP - kind.cap
    if measures.is_upright:
        pen.right(Type(BOLD, kind.size), measures.right, first, texts=(note,))
        below = kind.fitting(stamp, measures.inner / 2)
        pen.right(below, measures.right, first - 2 * kind.leading, texts=(stamp,))
        return
    pen.centred(Type(BOLD, kind.size), measures.width / 2, first, texts=(note,))
    if stamp:
        most = measures.inner / 3
        fitting = kind.fitting(stamp, most)
        pen.centred(fitting, measures.width / 2, first - kind.leading, texts=(stamp,))
