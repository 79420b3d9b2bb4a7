"""Sentences below a table, set small over the whole width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.paper.fonts import REGULAR, Type
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from recap_desktop.paper.pen import Pen
    from recap_desktop.paper.settings import Measures

_GAP = 1.2 * MM
_BETWEEN = "   "


def _lines(notes: tuple[str, ...], measures: Measures) -> tuple[Type, tuple[str, ...]]:
    """Short notes share a line; one that does not fit on what is left of it begins another."""
    kind = Type(REGULAR, measures.size - 1.0)
    lines: list[str] = []
    for note in notes:
        joined = f"{lines[-1]}{_BETWEEN}{note}" if lines else note
        if lines and kind.width(joined) <= measures.inner:
            lines[-1] = joined
        else:
            lines += kind.wrap(note, measures.inner)
    return kind, tuple(lines)


def height(notes: tuple[str, ...], measures: Measures) -> float:
    """Room they take below a table."""
    kind, lines = _lines(notes, measures)
    return _GAP + len(lines) * kind.leading if lines else 0.0


def draw(pen: Pen, notes: tuple[str, ...], measures: Measures, *, top: float) -> None:
    """Set them below ``top``."""
    kind, lines = _lines(notes, measures)
    pen.column(kind, measures.margin, top - _GAP - kind.size * 0.8, texts=lines)
