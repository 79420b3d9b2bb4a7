"""Room for signatures: boxes for the members of the office and for the witnesses."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.paper.fonts import BOLD, CONDENSED, CONDENSED_BOLD, ITALIC, REGULAR, Type
from recap_desktop.paper.pen import HAIR, RULE, STRONG, Pen
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from recap_desktop.election.papers.faces import Face, SignatureBlock, SignatureBox
    from recap_desktop.paper.settings import Measures

_SIDE_BY_SIDE = 10
"""Up to so many boxes stand beside each other, members left and witnesses right."""

_ALONE = 74 * MM
"""Width of one box that stands by itself, at the right."""

_NARROWEST = 28 * MM
"""A box beside others is at least so wide."""

_IN_A_ROW = 6
"""Boxes beside each other; the seven of a KPPS stand in one row, as on C.HASIL."""

_ALL_IN_A_ROW = 7
_GAP = 3 * MM
_PAD = 1.2 * MM
_LEAST_SHARE = 2.2
"""A block beside another is as wide as so many boxes of members at least."""

_NAMED_SHARE = 1.45
"""A box headed by names is as wide as so many headed by ANGGOTA."""

_HEADING_LINES = 4
"""Where the names of a choice take more lines than this they are set smaller."""

ROOM = 13.5 * MM
"""Height for a signature and the name below it, at least."""

_HAND = 9.5 * MM
"""Of it, for the signature itself."""

_NAME_LINES = 2
"""A name of more lines than this is set condensed."""

_MOST_ROOM = 24 * MM
"""The same on a page of nothing but signatures."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Some boxes of a block beside each other, below its title or not."""

    title: tuple[str, ...]
    boxes: tuple[SignatureBox, ...]
    heading_type: Type
    headings: tuple[tuple[str, ...], ...]
    x: float
    y: float
    width: float
    box_width: float
    title_height: float
    heading_height: float
    height: float
    room: float


@dataclass(frozen=True, slots=True)
class SignPage:
    """A page of nothing but signatures: its boxes, and how high each is below its heading."""

    face: Face
    room: float


def height(face: Face, measures: Measures, room: float = ROOM) -> float:
    """Height of all blocks, with the line DITETAPKAN DI above them."""
    rows = _rows(face.signatures, measures, room)
    return _decided_height(face) + max((row.y + row.height for row in rows), default=0.0)


def row_count(face: Face, measures: Measures) -> int:
    """Rows of boxes below each other."""
    return len({row.y for row in _rows(face.signatures, measures, ROOM)})


def pages(face: Face, measures: Measures, free: float) -> tuple[SignPage, ...]:
    """Share all boxes over pages of their own: DPD has had 54 candidates in one provinsi.

    They grow where a page has more height than they need.

    Args:
        face: whose boxes they are.
        measures: of the paper.
        free: height for boxes on each page.
    """
    shared: list[tuple[SignatureBlock, ...]] = [()]
    for block in face.signatures:
        most = _in_a_row(block)
        for start in range(0, len(block.boxes), most):
            longer = _with_row(shared[-1], block, block.boxes[start : start + most])
            if shared[-1] and height(replace(face, signatures=longer), measures) > free:
                shared.append(())
                longer = _with_row((), block, block.boxes[start : start + most])
            shared[-1] = longer
    faces = [replace(face, signatures=blocks) for blocks in shared]
    room = min(_grown(one, measures, free) for one in faces)
    return tuple(SignPage(one, room) for one in faces)


def _grown(face: Face, measures: Measures, free: float) -> float:
    more = (free - height(face, measures)) / max(row_count(face, measures), 1)
    return min(ROOM + max(more, 0.0), _MOST_ROOM)


def _in_a_row(block: SignatureBlock) -> int:
    return _ALL_IN_A_ROW if len(block.boxes) == _ALL_IN_A_ROW else _IN_A_ROW


def _with_row(
    blocks: tuple[SignatureBlock, ...], block: SignatureBlock, boxes: tuple[SignatureBox, ...]
) -> tuple[SignatureBlock, ...]:
    """Add a row of a block to the blocks of a page, below its rows that are there already."""
    if blocks and blocks[-1].title == block.title:
        return (*blocks[:-1], replace(block, boxes=(*blocks[-1].boxes, *boxes)))
    return (*blocks, replace(block, boxes=boxes))


def _decided_height(face: Face) -> float:
    return 6 * MM if face.decided or face.unsigned else 0.0


def draw(pen: Pen, face: Face, measures: Measures, *, top: float, room: float = ROOM) -> None:
    """Draw all blocks below ``top``."""
    kind = Type(BOLD, measures.size)
    first = top - 3.4 * MM
    if face.decided:
        pen.right(kind, measures.right, first, texts=(face.decided,))
    elif face.unsigned:
        pen.right(kind, measures.right, first, texts=(face.unsigned,))
    below = top - _decided_height(face)
    for row in _rows(face.signatures, measures, room):
        _draw_row(pen, row, measures, top=below - row.y, void=bool(face.unsigned))


@functools.lru_cache(maxsize=64)
def _rows(blocks: tuple[SignatureBlock, ...], measures: Measures, room: float) -> tuple[_Row, ...]:
    count = sum(len(block.boxes) for block in blocks)
    is_beside = count and count <= _SIDE_BY_SIDE and measures.inner / count >= _NARROWEST
    rows = tuple(_beside(blocks, measures) if is_beside else _below(blocks, measures))
    if is_beside:
        most = max(room, *(row.room for row in rows))
        return tuple(replace(row, room=most, height=row.height + most) for row in rows)
    return tuple(_stacked(rows, room))


def _stacked(rows: tuple[_Row, ...], room: float) -> Iterator[_Row]:
    """Rows below each other, each with the room its names and remarks need."""
    below = 0.0
    for row in rows:
        own = max(room, row.room)
        yield replace(row, room=own, height=row.height + own, y=row.y + below)
        below += own


def _beside(blocks: tuple[SignatureBlock, ...], measures: Measures) -> Iterator[_Row]:
    """Blocks beside each other; one with few boxes is still wide enough for its title."""
    if len(blocks) == 1 and len(blocks[0].boxes) == 1:
        x = measures.right - _ALONE
        title = _title(blocks[0].title, _ALONE, measures)
        yield _row(blocks[0].boxes, title, measures, at=(x, 0.0), width=_ALONE)
        return
    free = measures.inner - _GAP * (len(blocks) - 1)
    shares = [
        max(len(block.boxes) * (_NAMED_SHARE if _is_named(block) else 1.0), _LEAST_SHARE)
        for block in blocks
    ]
    widths = [free * share / sum(shares) for share in shares]
    tallest = max(
        _heading_height(block.boxes, width / len(block.boxes), measures)
        for block, width in zip(blocks, widths, strict=True)
    )
    deepest = max(
        len(_title(block.title, width, measures))
        for block, width in zip(blocks, widths, strict=True)
    )
    x = measures.margin
    for block, width in zip(blocks, widths, strict=True):
        title = _title(block.title, width, measures)
        yield _row(block.boxes, title, measures, at=(x, 0.0), width=width, least=(deepest, tallest))
        x += width + _GAP


def _below(blocks: tuple[SignatureBlock, ...], measures: Measures) -> Iterator[_Row]:
    y = 0.0
    for block in blocks:
        most = _in_a_row(block)
        for start in range(0, len(block.boxes), most):
            boxes = block.boxes[start : start + most]
            width = measures.inner * len(boxes) / min(len(block.boxes), most)
            title = () if start else _title(block.title, width, measures)
            row = _row(boxes, title, measures, at=(measures.margin, y), width=width)
            yield row
            y += row.height


def _row(
    boxes: tuple[SignatureBox, ...],
    title: tuple[str, ...],
    measures: Measures,
    *,
    at: tuple[float, float],
    width: float,
    least: tuple[int, float] = (0, 0.0),
) -> _Row:
    lines, tallest = least
    box_width = width / len(boxes)
    kind = _heading_type(boxes, box_width, measures)
    heading = max(tallest, _heading_height(boxes, box_width, measures))
    lines = max(lines, len(title))
    title_height = lines * _title_type(measures).leading + 1.5 * MM if lines else 0.0
    return _Row(
        title=title,
        boxes=boxes,
        heading_type=kind,
        headings=tuple(_heading(box, box_width, kind) for box in boxes),
        x=at[0],
        y=at[1],
        width=width,
        box_width=box_width,
        title_height=title_height,
        heading_height=heading,
        height=title_height + heading,
        room=max(_needed(box, box_width, measures) for box in boxes),
    )


def _needed(box: SignatureBox, width: float, measures: Measures) -> float:
    """Height below the heading of a box: for a signature or the word why there is none."""
    names = _name_lines(box, width, measures)
    remarks = _remark_lines(box, width, measures)
    lines = len(names) + len(remarks)
    return lines * _remark_type(measures).leading + (2.5 * MM if remarks else _HAND)


def _name_lines(box: SignatureBox, width: float, measures: Measures) -> tuple[str, ...]:
    return _name_type(box, width, measures).wrap(box.name, width - 3 * _PAD) if box.name else ()


def _name_type(box: SignatureBox, width: float, measures: Measures) -> Type:
    """A long name with its degrees is set narrower."""
    plain = Type(REGULAR, measures.size - 0.8)
    few = len(plain.wrap(box.name, width - 3 * _PAD)) <= _NAME_LINES
    return plain if few else Type(CONDENSED, plain.size)


def _remark_type(measures: Measures) -> Type:
    return Type(ITALIC, measures.size - 0.8)


def _remark_lines(box: SignatureBox, width: float, measures: Measures) -> tuple[str, ...]:
    return _remark_type(measures).wrap(box.remark, width - 3 * _PAD) if box.remark else ()


def _title_type(measures: Measures) -> Type:
    return Type(BOLD, measures.size - 0.5)


def _title(text: str, width: float, measures: Measures) -> tuple[str, ...]:
    return _title_type(measures).wrap(text, width - 2 * _PAD)


def _is_named(block: SignatureBlock) -> bool:
    """Whether the boxes are headed by names of choices, which may be long."""
    return any(len(box.headings) > 1 for box in block.boxes)


@functools.lru_cache(maxsize=256)
def _heading_type(boxes: tuple[SignatureBox, ...], width: float, measures: Measures) -> Type:
    """One type for all boxes of a row: smaller and condensed where names are long."""
    size = measures.size - 0.8
    types = (Type(BOLD, size), Type(CONDENSED_BOLD, size), Type(CONDENSED_BOLD, size - 0.8))
    for kind in types:
        if max(len(_heading(box, width, kind)) for box in boxes) <= _HEADING_LINES:
            return kind
    return types[-1]


def _heading(box: SignatureBox, width: float, kind: Type) -> tuple[str, ...]:
    room = width - 2 * _PAD - kind.width(f"{box.number} ")
    return tuple(line for text in box.headings for line in kind.wrap(text, room))


def _heading_height(boxes: tuple[SignatureBox, ...], width: float, measures: Measures) -> float:
    kind = _heading_type(boxes, width, measures)
    lines = max(len(_heading(box, width, kind)) for box in boxes)
    return lines * kind.leading + 1.6 * MM


def _draw_row(pen: Pen, row: _Row, measures: Measures, *, top: float, void: bool) -> None:
    bottom = top - row.height
    pen.box(row.x, bottom, row.width, height=row.height, weight=STRONG)
    if row.title:
        kind = _title_type(measures)
        base = top - row.title_height / 2 - kind.cap / 2 + (len(row.title) - 1) * kind.leading / 2
        pen.centred(kind, row.x + row.width / 2, base, texts=row.title)
        top -= row.title_height
        pen.rules([(row.x, top, row.x + row.width, top)], RULE)
    for index, box in enumerate(row.boxes):
        x = row.x + index * row.box_width
        if index:
            pen.rules([(x, bottom, x, top)], RULE)
        _draw_box(pen, row, index, measures, x=x, top=top, void=void and not box.remark)


def _draw_box(
    pen: Pen, row: _Row, index: int, measures: Measures, *, x: float, top: float, void: bool
) -> None:
    box, kind = row.boxes[index], row.heading_type
    indent = kind.width(f"{box.number} ")
    base = top - 0.8 * MM - kind.size * 0.88
    pen.text(kind, [(x + _PAD, base, box.number)])
    pen.column(kind, x + _PAD + indent, base, texts=row.headings[index])
    bottom = top - row.heading_height - row.room
    left, right = x + 2 * _PAD, x + row.box_width - 2 * _PAD
    name_type = _name_type(box, row.box_width, measures)
    names = _name_lines(box, row.box_width, measures)
    base = bottom + 1.4 * MM
    middle = x + row.box_width / 2
    if names:
        first = base + (len(names) - 1) * name_type.leading
        pen.centred(name_type, middle, first, texts=names)
        line = first + name_type.size * 1.05
    else:
        line = base
    if box.remark:
        italic = _remark_type(measures)
        remarks = _remark_lines(box, row.box_width, measures)
        middle_line = (top - row.heading_height + line) / 2 - italic.cap / 2
        first = middle_line + (len(remarks) - 1) * italic.leading / 2
        pen.centred(italic, middle, first, texts=remarks)
    elif void:
        pen.rules([(left, line + 1 * MM, right, top - row.heading_height)], HAIR)
    else:
        pen.dotted([(left, line, right, line)])


def alone(measures: Measures) -> tuple[float, float]:
    """Left and right edge of a box that stands by itself."""
    return measures.right - _ALONE, measures.right
