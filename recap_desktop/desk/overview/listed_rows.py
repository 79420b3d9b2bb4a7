"""Columns of the lists of TPS across desa, ready to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import ink
from recap_desktop.desk.looks.shapes import icon
from recap_desktop.desk.looks.signs import SIGNS, mark_icon
from recap_desktop.desk.pieces.table_model import RIGHT, Column
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.definitions.regions import Level, level_of, station_number
from recap_desktop.election.wording import number_text
from recap_desktop.office.checks.finding_search import Judged
from recap_desktop.office.progress.listing_stations import Listed

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPalette

    from recap_desktop.desk.session import Session
    from recap_desktop.office.entry.stations import Sign

Row = Listed | Judged
SUMS = ("valid", "invalid", "cast")
MOST_CHOICES = 4
"""From so few choices on each has a column of its own; parties would leave no room for names."""


def figures_shown(session: Session) -> dict[str, str]:
    """Cells that have a column in the list of the contest, each with its title."""
    shown = {}
    choices = session.contest.choices
    if len(choices) <= MOST_CHOICES:
        shown = {choice.counted_key: str(choice.number) for choice in choices}
    return shown | {key: session.words[f"desk.sum.{key}"] for key in SUMS}


def listed_columns(session: Session, palette: QPalette) -> list[Column[Row]]:
    """Columns of a list of TPS: where it is, how it stands, its figures."""
    widest = session.words["desk.sign.not-delivered"]
    state = Column(
        session.words["desk.level.tps"],
        _StateWord(session),
        icon=_StateIcon(palette),
        widest=widest,
    )
    titles = figures_shown(session).items()
    return [*_places(session), state, *(_figure(cell, title) for cell, title in titles)]


def judged_columns(session: Session, palette: QPalette) -> list[Column[Row]]:
    """Columns of what a search found: where it is, and what does not fit there."""
    title = session.words["desk.list.finding"]
    return [*_places(session), Column(title, _findings, icon=_MarkIcon(palette), stretch=5)]


def _places(session: Session) -> list[Column[Row]]:
    """The number of the TPS and the units between it and the office."""
    levels = (Level.DESA, Level.KECAMATAN, Level.KABKO)
    shown = [level for level in levels if level.value > level_of(session.office.code).value]
    return [
        Column(session.words["desk.list.number"], _number, RIGHT, widest="000"),
        *(Column(session.words[f"desk.level.{e.word}"], _Name(session, e)) for e in shown),
    ]


def _number(row: Row) -> str:
    return station_number(row.tps)


def _figure(cell: str, title: str) -> Column[Row]:
    def text(row: Row) -> str:
        figure = row.cells.get(cell) if isinstance(row, Listed) else None
        return "" if figure is None else number_text(figure)

    return Column(title, text, RIGHT, widest="0.000")


def _findings(row: Row) -> str:
    return "\n".join(row.texts) if isinstance(row, Judged) else ""


class _Name:
    """The name of the unit of a level that a TPS lies in."""

    def __init__(self, session: Session, level: Level) -> None:
        self._tree = session.office.election.tree
        self._digits = level.value

    def __call__(self, row: Row) -> str:
        return self._tree.name(row.tps[: self._digits])


class _StateWord:
    """How a TPS stands, in words."""

    def __init__(self, session: Session) -> None:
        self._words = session.words

    def __call__(self, row: Row) -> str:
        return self._words[f"desk.sign.{row.sign.value}"] if isinstance(row, Listed) else ""


class _StateIcon:
    """How a TPS stands, as a shape that is drawn once."""

    def __init__(self, palette: QPalette) -> None:
        self._palette = palette
        self._icons: dict[Sign, QIcon] = {}

    def __call__(self, row: Row) -> QIcon | None:
        if not isinstance(row, Listed):
            return None
        if row.sign not in self._icons:
            shape, hue = SIGNS[row.sign]
            self._icons[row.sign] = icon(shape, ink(self._palette, hue))
        return self._icons[row.sign]


class _MarkIcon:
    """The mark of the worst finding of a TPS."""

    def __init__(self, palette: QPalette) -> None:
        self._icons = {severity: mark_icon(severity, palette) for severity in Severity}

    def __call__(self, row: Row) -> QIcon | None:
        if not isinstance(row, Judged):
            return None
        is_wrong = Severity.ERROR in row.severities
        return self._icons[Severity.ERROR if is_wrong else Severity.WARNING]
