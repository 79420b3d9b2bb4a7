"""Blank sheets with the heads of their units filled in, for when the power is out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures.totals import total_of
from recap_desktop.election.papers import books, sheets
from recap_desktop.election.papers.sheets import NOTHING, Column, ColumnKind, Sheet
from recap_desktop.election.papers.station_form import station_form

if TYPE_CHECKING:
    from recap_desktop.election.papers.facts import Facts


def blank_sheets(facts: Facts, desa: str = "") -> tuple[Sheet, ...]:
    """The sheets of the office, or of one desa, with their columns and without a figure."""
    if desa:
        return (_emptied(sheets.desa_sheet(facts, desa, {})),)
    units = books.held_in(facts, facts.office)
    cells = facts.election.layout(facts.contest_id).cells
    own = sheets.unit_sheet(facts, facts.office, [total_of(u, (), cells) for u in units])
    is_kecamatan = level_of(facts.office) is Level.KECAMATAN
    below = [sheets.desa_sheet(facts, unit, {}) for unit in units if is_kecamatan]
    return tuple(_emptied(sheet) for sheet in (*below, own))


def blank_forms(facts: Facts, unit: str) -> tuple[Sheet, ...]:
    """A blank C.HASIL for a TPS, or for each TPS of a desa."""
    stations = facts.election.stations_of(facts.contest_id, unit)
    return tuple(
        replace(station_form(facts, station.tps, {}), by_hand=True) for station in stations
    )


def _emptied(sheet: Sheet) -> Sheet:
    columns = tuple(_bare(column) for column in sheet.units)
    empty = {cell: (NOTHING,) * len(columns) for cell in sheet.figures}
    return replace(sheet, units=columns, figures=empty, notes=(), by_hand=True)


def _bare(column: Column) -> Column:
    """A column without the word for why it is empty."""
    return Column(ColumnKind(column.kind), column.code, column.caption, column.name)
