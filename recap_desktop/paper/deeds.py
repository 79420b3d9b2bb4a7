"""Papers of running text, drawn: parts flow down over as many standing pages as they need."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.papers.annexes import Listing
from recap_desktop.election.papers.deeds import Fields, Paragraph, Ruled, Scan
from recap_desktop.paper import code, footer, lists, masthead, signatures
from recap_desktop.paper.fonts import BOLD, REGULAR, Type
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recap_desktop.election.papers.deeds import Deed, Part
    from recap_desktop.election.papers.faces import Face
    from recap_desktop.paper.pen import Pen
    from recap_desktop.paper.settings import Measures

_GAP = 2.2 * MM
_LEADING = 1.3
_FIELD = 4.9 * MM
_WRITTEN = 8.5 * MM
_FOLLOWING = 14 * MM
"""What stands below a heading at least, before the page ends."""

_MODULE = 0.5 * MM
_CLOSING_ENTRIES = 3
"""So many entries of a list at least stand above signatures on the next page."""

_FEW = 3
"""A paragraph of so few lines is not divided."""


@dataclass(frozen=True, slots=True)
class DeedPage:
    """One page: what is drawn at which height, and where people sign if they do."""

    drawn: tuple[tuple[float, Callable[[Pen, float], None]], ...]
    sign_top: float | None
    face: Face
    sign_room: float = signatures.ROOM


class _Flow:
    """Pages that are filled from the top."""

    def __init__(self, top: float, bottom: float) -> None:
        self.top, self.bottom, self.y = top, bottom, top
        self.pages: list[list[tuple[float, Callable[[Pen, float], None]]]] = [[]]

    @property
    def is_fresh(self) -> bool:
        return self.y == self.top

    def put(
        self,
        height: float,
        draw: Callable[[Pen, float], None],
        *,
        gap: float = 0.0,
        following: float = 0.0,
    ) -> None:
        """Put one piece below what there is, on a new page where it does not fit."""
        gap = 0.0 if self.is_fresh else gap
        if self.y - gap - height - following < self.bottom and not self.is_fresh:
            self.turn()
            gap = 0.0
        self.y -= gap
        self.pages[-1].append((self.y, draw))
        self.y -= height

    def turn(self) -> None:
        """Begin a page."""
        self.pages.append([])
        self.y = self.top


def plan_deed(deed: Deed, measures: Measures) -> tuple[DeedPage, ...]:
    """All pages of a deed, signed below its last line.

    Where there is no room its closing sentence goes with the signatures to a page of their own,
    so that nobody signs a page that says nothing; many boxes stand by themselves.
    """
    face = deed.face
    top = measures.height - measures.margin - masthead.height(face, measures) - _GAP
    bottom = measures.margin + footer.height(face, measures) + _GAP / 2
    room = signatures.height(face, measures) + 2 * _GAP if face.signatures else 0.0
    whole = _flowed(deed.parts, measures, top=top, bottom=bottom)
    for flow in (whole, *_with_closing_last(deed.parts, measures, top=top, bottom=bottom)):
        pages = [DeedPage(tuple(page), None, face) for page in flow.pages]
        if face.signatures and flow.y - room >= bottom:
            return (*pages[:-1], replace(pages[-1], sign_top=flow.y - 2 * _GAP))
    pages = [DeedPage(tuple(page), None, face) for page in whole.pages]
    if not face.signatures:
        return tuple(pages)
    own = signatures.pages(face, measures, top - bottom)
    return (*pages, *(DeedPage((), top, one.face, one.room) for one in own))


def _flowed(
    parts: tuple[Part, ...], measures: Measures, *, top: float, bottom: float, turn_at: int = 0
) -> _Flow:
    """Parts below each other, a new page before one of them."""
    flow = _Flow(top, bottom)
    for index, part in enumerate(parts):
        if index == turn_at and not flow.is_fresh:
            flow.turn()
        _put(flow, part, measures)
    return flow


def _with_closing_last(
    parts: tuple[Part, ...], measures: Measures, *, top: float, bottom: float
) -> Iterator[_Flow]:
    """The same with the last sentence and the code below it, or the end of a list, overleaf."""
    closing = len(parts) - 1
    while closing > 0 and isinstance(parts[closing], Scan):
        closing -= 1
    last = parts[closing]
    if closing > 0 and isinstance(last, Paragraph):
        yield _flowed(parts, measures, top=top, bottom=bottom, turn_at=closing)
    elif closing > 0 and isinstance(last, Listing):
        for kept in range(len(last.entries) - _CLOSING_ENTRIES, 0, -1):
            first = replace(last, entries=last.entries[:kept])
            rest = replace(last, entries=last.entries[kept:])
            shared = (*parts[:closing], first, rest)
            yield _flowed(shared, measures, top=top, bottom=bottom, turn_at=closing + 1)


def _put(flow: _Flow, part: Part, measures: Measures) -> None:
    if isinstance(part, Paragraph):
        _put_paragraph(flow, part, measures)
    elif isinstance(part, Fields):
        _put_fields(flow, part, measures)
    elif isinstance(part, Ruled):
        for _ in range(part.lines):
            flow.put(_WRITTEN, functools.partial(_draw_line, measures=measures))
    elif isinstance(part, Scan):
        side = code.side(part.code, _MODULE)
        flow.put(side, functools.partial(_draw_scan, part=part, measures=measures), gap=_GAP)
    else:
        _put_listing(flow, part, measures)


def _type(measures: Measures, *, bold: bool = False) -> Type:
    return Type(BOLD if bold else REGULAR, measures.size)


def _put_paragraph(flow: _Flow, part: Paragraph, measures: Measures) -> None:
    kind = _type(measures, bold=part.bold)
    lines = kind.wrap(part.text, measures.inner)
    draw = functools.partial(_draw_lines, kind=kind, part=part, measures=measures)
    following = _FOLLOWING if part.bold and not part.centred else 0.0
    gap = _GAP * (1.6 if part.bold else 1)
    for lot, is_last in _lots(lines):
        flow.put(
            len(lot) * kind.size * _LEADING,
            functools.partial(draw, lines=lot, is_last=is_last),
            gap=gap,
            following=following,
        )
        gap = 0.0


def _lots(lines: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Lines that stay on one page: two at least at either end of a paragraph."""
    if len(lines) <= _FEW:
        yield lines, True
        return
    yield lines[:2], False
    for line in lines[2:-2]:
        yield (line,), False
    yield lines[-2:], True


def _draw_lines(
    pen: Pen,
    top: float,
    *,
    kind: Type,
    part: Paragraph,
    measures: Measures,
    lines: tuple[str, ...],
    is_last: bool,
) -> None:
    step = kind.size * _LEADING
    for index, line in enumerate(lines):
        y = top - index * step - kind.size
        if part.centred:
            pen.centred(kind, measures.width / 2, y, texts=(line,))
        elif is_last and index == len(lines) - 1:
            pen.text(kind, [(measures.margin, y, line)])
        else:
            pen.text(kind, _justified(kind, line, measures, y))


def _justified(
    kind: Type, line: str, measures: Measures, y: float
) -> list[tuple[float, float, str]]:
    """The words of a line, set so that it fills the width."""
    words = line.split()
    free = measures.inner - sum(kind.width(word) for word in words)
    space = free / max(len(words) - 1, 1)
    set_words, x = [], measures.margin
    for word in words:
        set_words.append((x, y, word))
        x += kind.width(word) + space
    return set_words


def _put_fields(flow: _Flow, part: Fields, measures: Measures) -> None:
    size = measures.size - 1 if part.is_dense else measures.size
    kind, bold = Type(REGULAR, size), Type(BOLD, size)
    colon = max(kind.width(label) for label, _ in part.rows) + 3 * MM
    least, below = (0.0, 0.0) if part.is_dense else (_FIELD, 1 * MM)
    gap = _GAP
    for label, value in part.rows:
        lines = bold.wrap(value, measures.inner - colon - 4 * MM)
        height = max(least, len(lines) * size * _LEADING + below)
        draw = functools.partial(
            _draw_field, label=label, lines=lines, colon=colon, measures=measures, bold=bold
        )
        flow.put(height, draw, gap=gap)
        gap = 0.0


def _draw_field(
    pen: Pen,
    top: float,
    *,
    label: str,
    lines: tuple[str, ...],
    colon: float,
    measures: Measures,
    bold: Type,
) -> None:
    y, x = top - bold.size, measures.margin
    pen.text(Type(REGULAR, bold.size), [(x, y, label), (x + colon, y, ":")])
    start = x + colon + 3 * MM
    step = bold.size * _LEADING
    pen.text(bold, [(start, y - index * step, line) for index, line in enumerate(lines)])
    if not any(lines):
        pen.dotted([(start, y - 1.8, measures.right, y - 1.8)])


def _draw_line(pen: Pen, top: float, *, measures: Measures) -> None:
    y = top - _WRITTEN + 1.2 * MM
    pen.dotted([(measures.margin, y, measures.right, y)])


def _draw_scan(pen: Pen, top: float, *, part: Scan, measures: Measures) -> None:
    side = code.side(part.code, _MODULE)
    code.draw(pen, part.code, measures.margin, top - side, module=_MODULE)
    kind = Type(REGULAR, measures.size - 1.5)
    left = measures.margin + side + 3 * MM
    lines = kind.wrap(part.text, measures.right - left)
    pen.column(kind, left, top - code.QUIET * _MODULE - kind.size, texts=lines)


def _put_listing(flow: _Flow, part: Listing, measures: Measures) -> None:
    pages = lists.plan((part,), measures, top=flow.top, bottom=flow.bottom, start=flow.y)
    for index, strips in enumerate(pages):
        if index:
            flow.turn()
        for strip in strips:
            draw = functools.partial(_draw_strip, strip=strip, measures=measures)
            flow.pages[-1].append((strip.top, draw))
            flow.y = strip.bottom


def _draw_strip(pen: Pen, top: float, *, strip: lists.Strip, measures: Measures) -> None:
    assert top == strip.top
    lists.draw(pen, (strip,), measures)
