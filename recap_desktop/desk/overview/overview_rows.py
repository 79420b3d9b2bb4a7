"""Rows and columns of the overview, ready to be shown: units with their progress and totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.signs import SIGNS
from recap_desktop.desk.pieces.table_model import MIDDLE, RIGHT, Column
from recap_desktop.election.definitions.regions import Level, below, level_of, station_number
from recap_desktop.election.wording import number_text
from recap_desktop.office.entry.stations import sign_of
from recap_desktop.office.progress.overview import progress, station_rows, totals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QIcon, QPalette

    from recap_desktop.desk.session import Session
    from recap_desktop.election.figures.totals import Total
    from recap_desktop.office.entry.stations import Sign
    from recap_desktop.office.progress.overview import Progress

_MOST_CHOICES = 4
_MOST_LETTERS = 22
_WIDEST_DONE = {
    Level.DESA: "000/000",
    Level.KECAMATAN: "0.000/0.000",
    Level.KABKO: "00.000/00.000",
}
_WIDEST_FIGURE = {Level.TPS: "0.000", Level.DESA: "00.000", Level.KECAMATAN: "000.000"}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the overview: a unit, or a TPS.

    Attributes:
        code: of the unit.
        number: its place in the list, or the TPS number.
        name: as printed; of a TPS its state in words.
        progress: how far it is; None for a TPS.
        sign: of a TPS; None for a unit.
        sums: cell -> figure as text, with a mark where TPS are blank.
    """

    code: str
    number: str
    name: str
    progress: Progress | None
    sign: Sign | None
    sums: Mapping[str, str]


def level_below(session: Session, under: str) -> Level:
    """The level that is listed under a unit."""
    return below(level_of(under or session.office.code))


def unit_rows(session: Session, under: str) -> list[UnitRow]:
    """A row for every unit next below ``under``."""
    level = level_below(session, under)
    if level is Level.TPS:
        return _station_rows(session, under)
    office, contest = session.office, session.contest_id
    summed = {t.code: t for t in totals(office, contest, level=level, under=under)}
    return [
        UnitRow(
            code=item.code,
            number=str(at),
            name=_unit_name(session, item, summed[item.code]),
            progress=item,
            sign=None,
            sums=figures(summed[item.code]),
        )
        for at, item in enumerate(progress(office, contest, level=level, under=under), start=1)
    ]


def _unit_name(session: Session, item: Progress, total: Total) -> str:
    """With it that its sums, or some of them, were typed from a paper D.HASIL."""
    return session.words("desk.overview.from-paper", name=item.name) if total.paper else item.name


def _station_rows(session: Session, under: str) -> list[UnitRow]:
    office, contest = session.office, session.contest_id
    double = office.file.double_entry
    rows = []
    for stored in station_rows(office, contest, under=under):
        sign = sign_of(stored, double_entry=double)
        shown = stored.tally.cells if stored.tally.counts else {}
        rows.append(
            UnitRow(
                code=stored.tps,
                number=station_number(stored.tps),
                name=session.words[f"desk.sign.{sign.value}"],
                progress=None,
                sign=sign,
                sums={cell: number_text(n) for cell, n in shown.items()},
            )
        )
    return rows


def summed(session: Session, under: str) -> tuple[Progress, list[tuple[str, str]]]:
    """How far a unit is, and its sums as captions with figures; a few choices with their names."""
    office, contest, words = session.office, session.contest_id, session.words
    level = level_of(under)
    (total,) = totals(office, contest, level=level, under=under)
    (done,) = progress(office, contest, level=level, under=under)
    shown, none = figures(total), words["desk.none"]
    stations = f"{number_text(done.done)} / {number_text(done.stations)}"
    parts = [(words["desk.overview.stations"], stations)]
    choices = session.contest.choices
    if len(choices) <= _MOST_CHOICES:
        parts += [(f"{c.number}  {c.name}", shown.get(c.counted_key, none)) for c in choices]
    parts += [
        (words[f"desk.sum.{key}-tip"], shown.get(key, none)) for key in ("valid", "invalid", "cast")
    ]
    return done, parts


def figures(total: Total) -> dict[str, str]:
    """Sums as text; a star where counted TPS are blank."""
    return {
        cell: number_text(n) + ("" if total.is_whole(cell) else "*")
        for cell, n in total.sums.items()
    }


def unit_columns(
    session: Session, under: str, palette: QPalette, rows: Sequence[UnitRow] = ()
) -> list[Column[UnitRow]]:
    """Columns for the rows of ``unit_rows``: unit, progress, a column a choice, sums."""
    words = session.words
    level = level_below(session, under)
    widest = _WIDEST_FIGURE.get(level, "0.000.000")
    columns: list[Column[UnitRow]] = [
        Column(words["desk.overview.number"], _number, RIGHT, widest="000"),
        Column(
            words[f"desk.level.{level.word}"],
            _name,
            tip=words[f"desk.level.{level.word}"],
            icon=_SignIcons(palette),
            least=max((row.name for row in rows), key=len, default="")[:_MOST_LETTERS],
        ),
    ]
    if level is not Level.TPS:
        columns += [
            Column(words["desk.overview.done"], _done, MIDDLE, widest=_WIDEST_DONE[level]),
            Column(
                words["desk.overview.odd"],
                _odd,
                MIDDLE,
                tip=words["desk.overview.odd-tip"],
                icon=_OddIcon(palette),
                widest="000",
            ),
        ]
    for choice in session.contest.choices:
        names = f"{choice.name} / {choice.running_mate}" if choice.running_mate else choice.name
        tip = words("desk.overview.choice", number=str(choice.number), name=names)
        columns.append(_figure(str(choice.number), choice.counted_key, tip, widest))
    for key in ("valid", "invalid", "cast"):
        columns.append(_figure(words[f"desk.sum.{key}"], key, words[f"desk.sum.{key}-tip"], widest))
    return columns


def _figure(title: str, cell: str, tip: str, widest: str) -> Column[UnitRow]:
    return Column(title, lambda row: row.sums.get(cell, ""), RIGHT, tip=tip, widest=widest + "*")


def _number(row: UnitRow) -> str:
    return row.number


def _name(row: UnitRow) -> str:
    return row.name


def _done(row: UnitRow) -> str:
    item = row.progress
    return f"{number_text(item.done)}/{number_text(item.stations)}" if item else ""


def _odd(row: UnitRow) -> str:
    return number_text(row.progress.broken) if row.progress and row.progress.broken else ""


class _SignIcons:
    """The shape of each TPS row, drawn once."""

    def __init__(self, palette: QPalette) -> None:
        self._palette = palette
        self._icons: dict[Sign, QIcon] = {}

    def __call__(self, row: UnitRow) -> QIcon | None:
        if row.sign is None:
            return None
        if row.sign not in self._icons:
            shape, hue = SIGNS[row.sign]
            self._icons[row.sign] = icon(shape, ink(self._palette, hue))
        return self._icons[row.sign]


class _OddIcon:
    """A flag where figures of a unit contradict themselves."""

    def __init__(self, palette: QPalette) -> None:
        self._icon = icon(Shape.FLAG, ink(palette, Hue.CARE))

    def __call__(self, row: UnitRow) -> QIcon | None:
        return self._icon if row.progress and row.progress.broken else None
