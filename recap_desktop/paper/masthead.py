"""The upper part of every page: mark, titles, notices, model box, places; and the word behind."""

from __future__ import annotations

import functools
import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.utils import ImageReader

from recap_desktop.paper import code as qr
from recap_desktop.paper.fonts import BOLD, REGULAR, Type
from recap_desktop.paper.pen import RULE, STRONG, Pen
from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from recap_desktop.election.papers.faces import Face
    from recap_desktop.paper.settings import Measures

_MARK = 11 * MM
_GAP = 2.2 * MM
_BEHIND = 0.91
"""Grey of the word behind: plain to see, and no figure suffers."""
_BETWEEN = 1.2 * MM
"""Between two notices."""
_MOST = 888
"""Pages of a paper for which the note below a narrow model box has room."""
_BESIDE_CODE = 1 * MM
"""Between the white around a code and the model box."""


@dataclass(frozen=True, slots=True)
class _Masthead:
    """Where the parts of the upper part go."""

    titles: tuple[tuple[Type, str], ...]
    model: tuple[str, ...]
    model_type: Type
    model_width: float
    model_height: float
    place_rows: int
    code_side: float
    above_titles: float
    height: float


@functools.lru_cache(maxsize=256)
def _layout(face: Face, measures: Measures) -> _Masthead:
    size = measures.size + 0.7
    model_type = Type(BOLD, size - 0.5)
    note_width = Type(BOLD, measures.size - 0.3).width(face.page_note(_MOST, _MOST))
    boxed = max(model_type.width(line) for line in face.model) + 5 * MM
    model_width = max(boxed, note_width)
    code = qr.side(face.code, qr.MODULE) if face.code else 0.0
    # On a standing page the titles go below the mark and the box, over the whole width.
    upright = measures.is_upright
    side = 0.0 if upright else max(model_width + code, _MARK + 44 * MM) + 3 * MM
    titles = tuple(
        (kind, text)
        for title in face.titles
        for kind in [Type(BOLD, size + 1.8 if title.large else size + 0.4)]
        for text in kind.wrap(title.text, measures.inner - 2 * side)
    )
    rows = math.ceil(len(face.place) / 2)
    title_height = sum(kind.size * 1.22 for kind, _ in titles)
    model_height = len(face.model) * model_type.leading + 2.6 * MM
    notices = sum(height + _BETWEEN for _, height in _notices(face, measures))
    beside = max(model_height + size * 1.6, _MARK + 1 * MM, notices)
    top = beside + title_height if upright else max(title_height, beside)
    return _Masthead(
        titles,
        face.model,
        model_type,
        model_width,
        model_height,
        rows,
        code,
        beside if upright else 0.0,
        max(top + _GAP + rows * _place_pitch(measures) + _GAP * 0.6, code),
    )


def height(face: Face, measures: Measures) -> float:
    """Room the upper part takes below the margin."""
    return _layout(face, measures).height


def draw(pen: Pen, face: Face, measures: Measures, *, emblem: bytes = b"") -> None:
    """Draw everything of the upper part but the note of the page."""
    top = measures.height - measures.margin
    laid = _layout(face, measures)
    if emblem:
        _draw_emblem(pen, emblem, measures.margin, top - _MARK)
    else:
        _draw_mark(pen, measures.margin, top - _MARK)
    _draw_notices(pen, face, measures)
    y = top - laid.above_titles
    for kind, text in laid.titles:
        y -= kind.size * 1.22
        pen.centred(kind, measures.width / 2, y + kind.size * 0.25, texts=(text,))
    left = measures.right - laid.model_width
    pen.box(
        left, top - laid.model_height, laid.model_width, height=laid.model_height, weight=STRONG
    )
    first = top - 1.3 * MM - laid.model_type.cap - laid.model_type.size * 0.1
    pen.centred(laid.model_type, measures.right - laid.model_width / 2, first, texts=laid.model)
    _draw_place(pen, face, measures)
    if face.code:
        x, y = left - laid.code_side - _BESIDE_CODE, top - laid.code_side
        qr.draw(pen, face.code, x, y, module=qr.MODULE)


def draw_page_note(pen: Pen, face: Face, measures: Measures, *, note: str) -> None:
    """Say below the model box which page this is."""
    laid = _layout(face, measures)
    kind = Type(BOLD, measures.size - 0.3)
    y = measures.height - measures.margin - laid.model_height - kind.size * 1.25
    pen.centred(kind, measures.right - laid.model_width / 2, y, texts=(note,))


def _place_pitch(measures: Measures) -> float:
    return measures.size * 1.45


def _draw_place(pen: Pen, face: Face, measures: Measures) -> None:
    """Two columns of label : value, the value above a dotted rule."""
    label, value = Type(REGULAR, measures.size), Type(BOLD, measures.size + 0.4)
    pitch = _place_pitch(measures)
    gap = 8 * MM
    laid = _layout(face, measures)
    beside = laid.model_width + laid.code_side + _BESIDE_CODE
    free = measures.inner - (beside if laid.code_side else 0.0)
    width = (free - gap) / 2
    rows = laid.place_rows
    bottom = measures.height - measures.margin - laid.height + _GAP * 0.6
    colon = max(label.width(text) for text, _ in face.place) + 2 * MM
    for index, (text, name) in enumerate(face.place):
        column, row = divmod(index, rows)
        x = measures.margin + column * (width + gap)
        y = bottom + (rows - 1 - row) * pitch + measures.size * 0.35
        pen.text(label, [(x, y, text), (x + colon, y, ":")])
        start = x + colon + 3 * MM
        pen.text(value.fitting(name, x + width - start), [(start, y, name)])
        pen.dotted([(x + colon + 3 * MM, y - 1.8, x + width, y - 1.8)])


def _notice_type(measures: Measures) -> Type:
    return Type(BOLD, measures.size + 0.4)


def _notices(face: Face, measures: Measures) -> list[tuple[tuple[str, ...], float]]:
    """Lines of each notice, and the height of its frame."""
    kind = _notice_type(measures)
    wrapped = (kind.wrap(notice, 34 * MM) for notice in face.notices)
    return [(lines, len(lines) * kind.leading + 1.6 * MM) for lines in wrapped]


def _draw_notices(pen: Pen, face: Face, measures: Measures) -> None:
    """Each notice in a frame beside the mark."""
    kind = _notice_type(measures)
    y = measures.height - measures.margin
    for lines, height in _notices(face, measures):
        width = max(kind.width(line) for line in lines) + 4 * MM
        x = measures.margin + _MARK + 4 * MM
        pen.box(x, y - height, width, height=height, weight=STRONG)
        first = y - 0.8 * MM - kind.size * 0.9
        pen.centred(kind, x + width / 2, first, texts=lines)
        y -= height + _BETWEEN


def draw_behind(pen: Pen, notices: tuple[str, ...], measures: Measures) -> None:
    """Set the notices large, light and slanting across the page."""
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillGray(_BEHIND)
    angle = math.atan2(measures.height, measures.width) * 0.75
    canvas.translate(measures.width / 2, measures.height / 2)
    canvas.rotate(math.degrees(angle))
    size = min(
        measures.height * 0.2,
        *(measures.width * 0.86 / Type(BOLD, 1).width(notice) for notice in notices),
    )
    kind = Type(BOLD, size)
    step = size * 1.25
    y = (len(notices) - 1) * step / 2 - kind.cap / 2
    for notice in notices:
        pen.centred(kind, 0, y, texts=(notice,))
        y -= step
    canvas.restoreState()


def _draw_emblem(pen: Pen, emblem: bytes, x: float, y: float) -> None:
    """The office's own mark, as large as its place allows, whole and in its proportions."""
    picture = ImageReader(io.BytesIO(emblem))
    pen.canvas.drawImage(picture, x, y, _MARK, _MARK, preserveAspectRatio=True, anchor="c")


def _draw_mark(pen: Pen, x: float, y: float) -> None:
    """A neutral mark of our own: a ballot paper that goes into a box. Not KPU's emblem."""
    canvas, unit = pen.canvas, _MARK / 22
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setLineJoin(1)
    canvas.setLineWidth(STRONG)
    canvas.rect(unit, unit, 20 * unit, 10 * unit)
    canvas.setFillGray(1)
    canvas.rect(6.5 * unit, 9.4 * unit, 9 * unit, 12 * unit, fill=1)
    canvas.setLineWidth(2 * STRONG)
    canvas.line(4 * unit, 9.2 * unit, 18 * unit, 9.2 * unit)
    canvas.setLineCap(1)
    canvas.setLineWidth(1.6 * STRONG)
    check = canvas.beginPath()
    check.moveTo(8.6 * unit, 15.4 * unit)
    check.lineTo(10.4 * unit, 13.2 * unit)
    check.lineTo(13.6 * unit, 18 * unit)
    canvas.drawPath(check)
    canvas.setLineWidth(RULE)
    canvas.rect(3.4 * unit, 3 * unit, 15.2 * unit, 3.4 * unit)
    canvas.restoreState()
