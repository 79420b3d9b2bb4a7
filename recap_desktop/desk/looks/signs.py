"""What shapes and hues mean: the sign of a TPS, the mark of a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.office.entry.stations import Sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QIcon, QPalette

SIGNS: Mapping[Sign, tuple[Shape, Hue]] = {
    Sign.EMPTY: (Shape.RING, Hue.QUIET),
    Sign.SINGLE: (Shape.HALF, Hue.QUIET),
    Sign.FILLED: (Shape.DISC, Hue.GOOD),
    Sign.AGREED: (Shape.CHECK, Hue.GOOD),
    Sign.DIFFERS: (Shape.BARS, Hue.CARE),
    Sign.CONFLICT: (Shape.CROSS, Hue.WRONG),
    Sign.ODD: (Shape.FLAG, Hue.CARE),
    Sign.LATE: (Shape.HOURGLASS, Hue.CARE),
    Sign.CORRECTED: (Shape.PENCIL, Hue.CHANGED),
    Sign.SETTLED: (Shape.EQUAL, Hue.CHANGED),
    Sign.ACCEPTED: (Shape.STAMP, Hue.CHANGED),
    Sign.NOT_DELIVERED: (Shape.CROSSED_BOX, Hue.FINAL),
    Sign.REOPENED: (Shape.OPEN_RING, Hue.CARE),
}
"""Shape and meaning of every sign; its word is ``desk.sign.<value>``."""

MARKS: Mapping[Severity, tuple[Shape, Hue]] = {
    Severity.ERROR: (Shape.DIAMOND, Hue.WRONG),
    Severity.WARNING: (Shape.TRIANGLE, Hue.CARE),
}
"""Shape and meaning of a finding beside its cell."""


def mark_icon(severity: Severity, palette: QPalette) -> QIcon:
    """The mark of a finding."""
    shape, hue = MARKS[severity]
    return icon(shape, ink(palette, hue))
