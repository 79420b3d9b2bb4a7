"""A QR code, drawn as one path: the same text gives the same modules."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

import segno

from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.paper.pen import Pen

LARGEST = 13
"""The largest version that is printed: denser ones suffer on a photocopier."""

MODULE = 0.38 * MM
"""Four and a half dots of a scanner at 300 dpi."""

QUIET = 4
"""Modules that stay white around it (ISO/IEC 18004)."""

_MASK = 3
"""Trying all eight takes most of the time of a page; any one of them is a valid code."""

Run = tuple[int, int, int]
"""Dark modules beside each other: row, column of the first, how many."""


@functools.lru_cache(maxsize=8)
def _code(text: str) -> tuple[int, tuple[Run, ...]]:
    """Modules on a side without the quiet zone, and the dark ones in runs.

    Raises:
        ValueError: when the text is too long for the largest version.
    """
    made = segno.make_qr(text, mode="alphanumeric", error="m", mask=_MASK, boost_error=False)
    if int(made.version) > LARGEST:
        raise ValueError(text)
    return len(made.matrix), tuple(_runs(made.matrix))


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[Run]:
    for row, modules in enumerate(matrix):
        column = 0
        for dark, group in itertools.groupby(modules):
            width = len(list(group))
            if dark:
                yield row, column, width
            column += width


def side(text: str, module: float) -> float:
    """Width and height with the quiet zone, for modules of a size."""
    return (_code(text)[0] + 2 * QUIET) * module


def draw(pen: Pen, text: str, x: float, y: float, *, module: float) -> None:
    """Draw it in black on white; ``x`` and ``y`` are the lower left corner of its quiet zone."""
    canvas = pen.canvas
    count, runs = _code(text)
    whole = (count + 2 * QUIET) * module
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(x, y, whole, whole, stroke=0, fill=1)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    top = y + whole - QUIET * module
    for row, column, width in runs:
        left = x + (QUIET + column) * module
        path.rect(left, top - (row + 1) * module, width * module, module)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
