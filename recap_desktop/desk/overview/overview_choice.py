"""What the overview may show: units, a list of TPS, findings, look-alikes, what contests lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.shapes import Shape
from recap_desktop.desk.pieces.filter_list import Filter
from recap_desktop.office.progress.listing_stations import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.desk.session import Session

UNITS, LACKING, FINDINGS, LOOKS = "units", "lacking", "findings", "looks"

_SHAPES: Mapping[Choice, tuple[Shape, Hue]] = {
    Choice.TROUBLE: (Shape.TRIANGLE, Hue.CARE),
    Choice.DIFFERS: (Shape.BARS, Hue.CARE),
    Choice.ODD: (Shape.FLAG, Hue.CARE),
    Choice.LATE: (Shape.HOURGLASS, Hue.CARE),
    Choice.EMPTY: (Shape.RING, Hue.QUIET),
    Choice.WAITING: (Shape.HALF, Hue.QUIET),
    Choice.FILLED: (Shape.CHECK, Hue.GOOD),
    Choice.RULED: (Shape.PENCIL, Hue.CHANGED),
    Choice.ACCEPTED: (Shape.STAMP, Hue.CHANGED),
    Choice.UNREAD: (Shape.OPEN_RING, Hue.CARE),
    Choice.MARKED: (Shape.MARKED_SHEET, Hue.QUIET),
    Choice.NO_SCAN: (Shape.SHEET, Hue.QUIET),
}


def filters(session: Session, counts: Mapping[Choice, int]) -> list[Filter]:
    """Everything that can be shown, in the order of the work, with how many TPS there are.

    What is missing is offered only where there are several contests.
    """
    words = session.words
    shown = [_plain(UNITS, words["desk.list.units"], Shape.GRID)]
    for choice, count in counts.items():
        name = words[f"desk.list.choice.{choice.value}"]
        shape, hue = _SHAPES.get(choice, (None, Hue.QUIET))
        if choice is Choice.FILLED and not session.office.file.double_entry:
            shape = Shape.DISC
        text = words("desk.filters.item", name=name, count=count)
        shown.append(Filter(choice.value, name, shape, hue, count, text))
    shown.append(_plain(FINDINGS, words["desk.list.findings"], Shape.DIAMOND))
    shown.append(_plain(LOOKS, words["desk.look.choice"], Shape.EQUAL))
    if len(session.office.contests) > 1:
        shown.append(_plain(LACKING, words["desk.lacking.choice"], Shape.CROSSED_BOX))
    return shown


def _plain(value: str, name: str, shape: Shape) -> Filter:
    return Filter(value, name, shape, Hue.QUIET, None, name)
