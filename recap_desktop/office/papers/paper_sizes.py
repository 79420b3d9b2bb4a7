"""Which of our sizes of paper a printer has in it: by its sides, or by what the system calls it."""

from __future__ import annotations

import re

_SIDES = {"a4": (210, 297), "f4": (215, 330), "a3": (297, 420)}
"""Millimetres. F4 is folio: 210, 215 or 216 (8.5 inches) by 330 (13 inches)."""

_CLOSE = 6.0
"""Millimetres by which a side may differ."""

_NAMES = {
    "a4": "a4",
    "a3": "a3",
    **dict.fromkeys(("f4", "folio", "foolscap", "fanfoldgermanlegal"), "f4"),
}
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "": 1.0}
_DIMENSIONS = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|cm|in|)")
_POINTS = re.compile(r"w(\d+)h(\d+)")
_POINT = 25.4 / 72
_MOST_INCHES = 60
"""A side of less without a unit is one in inches: 8.5x13."""


def size_of_sides(one: float, other: float) -> str:
    """The word of ``PAPER_SIZES`` for a paper of such sides in millimetres; empty for none of ours."""
    short, long = sorted((one, other))
    for word, (width, height) in _SIDES.items():
        if abs(short - width) <= _CLOSE and abs(long - height) <= _CLOSE:
            return word
    return ""


def size_of_name(name: str) -> str:
    """The same for a name of CUPS: ``A4.Borderless``, ``om_folio_210x330mm``, ``w612h936``."""
    said = name.strip().casefold()
    bare = said.removeprefix("custom.")
    if found := _DIMENSIONS.search(bare):
        width, height, unit = float(found[1]), float(found[2]), found[3]
        factor = _MILLIMETRES[unit]
        if not unit and max(width, height) < _MOST_INCHES:
            factor = _MILLIMETRES["in"]
        return size_of_sides(width * factor, height * factor)
    if points := _POINTS.fullmatch(bare):
        return size_of_sides(int(points[1]) * _POINT, int(points[2]) * _POINT)
    return _NAMES.get(bare.partition(".")[0], "")
