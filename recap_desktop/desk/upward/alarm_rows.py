"""What the page of an alarm lists: facts, totals and TPS of both packages, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.pieces.table_model import RIGHT, Column
from recap_desktop.election.papers.faces import groups
from recap_desktop.election.wording import number_text, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QIcon, QPalette

    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.phrasing import Phrasing
    from recap_desktop.election.wording import Words
    from recap_desktop.office.upward.alarm_sides import AlarmSides, Side

_MOST, _SHORT_HEAD = 200, 16


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One line: what it is about, and what each side says.

    Attributes:
        name: what is compared.
        held: of the package received before.
        came: of the one that came.
        differs: whether they say something else.
    """

    name: str
    held: str
    came: str
    differs: bool


def alarm_columns(words: Words, palette: QPalette) -> list[Column[AlarmRow]]:
    """Columns of both sides, with their numbers."""

    def mark(row: AlarmRow) -> QIcon | None:
        return icon(Shape.DIAMOND, ink(palette, Hue.WRONG)) if row.differs else None

    return [
        Column(words["desk.alarm.line"], lambda row: row.name, icon=mark, stretch=3),
        Column(f"1  {words['desk.alarm.of-held']}", lambda row: row.held, RIGHT, stretch=2),
        Column(f"2  {words['desk.alarm.of-came']}", lambda row: row.came, RIGHT, stretch=2),
    ]


def alarm_rows(session: Session, sides: AlarmSides, names: Phrasing) -> list[AlarmRow]:
    """Facts of both packages, totals and TPS that say something else, then all other totals."""
    totals = list(_totals(session.words, sides, names))
    return [
        *_facts(session.words, sides),
        *(row for row in totals if row.differs),
        *_stations(session, sides, names),
        *(row for row in totals if not row.differs),
    ]


def _facts(words: Words, sides: AlarmSides) -> Iterator[AlarmRow]:
    held, came = sides.held, sides.came
    for code, text in (("revision", _revision), ("time", _closed), ("head", _head)):
        said = text(words, held) if held else "", text(words, came)
        yield AlarmRow(words[f"desk.alarm.{code}"], *said, differs=said[0] != said[1])
    none = words["desk.alarm.not-received"]
    received = _moment(words, held.received) if held else ""
    yield AlarmRow(words["desk.alarm.received"], received, none, differs=False)


def _revision(_: Words, side: Side) -> str:
    return str(side.revision)


def _closed(words: Words, side: Side) -> str:
    return _moment(words, side.closed)


def _head(_: Words, side: Side) -> str:
    return groups(side.head[:_SHORT_HEAD])


def _moment(words: Words, said: str) -> str:
    return f"{words.date(said[:10])} {time_text(said)}" if said else ""


def _totals(words: Words, sides: AlarmSides, names: Phrasing) -> Iterator[AlarmRow]:
    for line in sides.lines:
        held, came = _figure(words, line.received), _figure(words, line.now)
        yield AlarmRow(names.cell(line.cell), held, came, differs=held != came)


def _figure(words: Words, number: int | None) -> str:
    return words["desk.entry.blank"] if number is None else number_text(number)


def _stations(session: Session, sides: AlarmSides, names: Phrasing) -> Iterator[AlarmRow]:
    """Each cell of a TPS that says something else; beyond many only how many TPS more."""
    words, count = session.words, len(sides.changes)
    text = words("desk.alarm.differs", count=count) if count else words["desk.alarm.same"]
    yield AlarmRow(text, "", "", differs=False)
    for change in sides.changes[:_MOST]:
        station = session.station(change.tps)
        for cell, (old, new) in change.cells.items():
            name = words("desk.alarm.cell", station=station, cell=names.cell(cell))
            yield AlarmRow(name, _figure(words, old), _figure(words, new), differs=True)
    if count > _MOST:
        yield AlarmRow(words("desk.terima.more", count=count - _MOST), "", "", differs=False)
