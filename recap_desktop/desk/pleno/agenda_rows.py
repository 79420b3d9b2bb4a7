"""Rows and columns of the agenda, ready to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.pieces.table_model import MIDDLE, RIGHT, Column
from recap_desktop.election.wording import number_text
from recap_desktop.office.plenary.child_reading import Heard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QIcon, QPalette

    from recap_desktop.desk.session import Session
    from recap_desktop.office.plenary.agenda import AgendaItem


def state_text(session: Session, item: AgendaItem) -> str:
    """How far a desa is, in a few words."""
    words = session.words
    if item.revision and item.moved_on:
        return words("desk.pleno.row.moved-on", number=item.revision)
    if item.revision:
        return words("desk.pleno.row.closed", number=item.revision)
    if item.is_ready:
        return words["desk.pleno.row.ready"]
    if item.trouble:
        return words("desk.pleno.row.trouble", count=item.trouble)
    return words["desk.pleno.row.reading"] if item.read else ""


def state_icon(palette: QPalette, item: AgendaItem) -> QIcon | None:
    """The shape beside it; colour never alone."""
    if item.revision:
        shape, hue = (Shape.TRIANGLE, Hue.CARE) if item.moved_on else (Shape.CHECK, Hue.GOOD)
    elif item.is_ready:
        shape, hue = Shape.CHECK, Hue.QUIET
    elif item.trouble:
        shape, hue = Shape.TRIANGLE, Hue.CARE
    else:
        return None
    return icon(shape, ink(palette, hue))


def agenda_columns(session: Session, palette: QPalette) -> list[Column[AgendaItem]]:
    """Columns of the agenda."""
    words = session.words

    def name(item: AgendaItem) -> str:
        is_whole = item.unit == session.office.code
        return words("desk.pleno.row.whole", name=session.office_name()) if is_whole else item.name

    return [
        Column(words["desk.pleno.column.desa"], name, stretch=4),
        Column(words["desk.pleno.column.stations"], lambda i: number_text(i.stations), RIGHT),
        Column(words["desk.pleno.column.recorded"], lambda i: number_text(i.recorded), RIGHT),
        Column(words["desk.pleno.column.read"], lambda i: number_text(i.read), RIGHT),
        Column(
            words["desk.pleno.column.state"],
            lambda item: state_text(session, item),
            icon=lambda item: state_icon(palette, item),
            stretch=4,
        ),
    ]


_HEARD: Mapping[Heard, tuple[Shape, Hue]] = {
    Heard.UNREAD: (Shape.RING, Hue.QUIET),
    Heard.POSTPONED: (Shape.HOURGLASS, Hue.CARE),
    Heard.AGAIN: (Shape.OPEN_RING, Hue.CARE),
    Heard.READ: (Shape.CHECK, Hue.GOOD),
}


def child_agenda_columns(session: Session, palette: QPalette) -> list[Column[AgendaItem]]:
    """Columns of the agenda above a kecamatan: what came of each office below, and its reading."""
    words = session.words

    def name(item: AgendaItem) -> str:
        is_whole = item.heard is None
        return words("desk.pleno.row.whole", name=session.office_name()) if is_whole else item.name

    def state(item: AgendaItem) -> str:
        if item.heard is None:
            return state_text(session, item)
        text = words[f"heard.{item.heard.value}"]
        if item.trouble:
            return words("desk.child.row-trouble", text=text, count=item.trouble)
        return text

    def heard_icon(item: AgendaItem) -> QIcon | None:
        if item.heard is None:
            return state_icon(palette, item)
        shape, hue = _HEARD[item.heard]
        if item.trouble:
            shape, hue = Shape.TRIANGLE, Hue.CARE
        return icon(shape, ink(palette, hue))

    def came(item: AgendaItem) -> str:
        return words[f"child.{item.came.value}"] if item.came is not None else ""

    return [
        Column(words["desk.child.office"], name, stretch=4),
        Column(
            "TPS",
            lambda item: f"{number_text(item.recorded)}/{number_text(item.stations)}",
            MIDDLE,
        ),
        Column(words["desk.terima.came"], came),
        Column(words["desk.pleno.column.state"], state, icon=heard_icon, stretch=4),
    ]
