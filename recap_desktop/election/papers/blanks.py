"""Blank sheets with the heads of their units filled in, for when the power is out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures.totals import total_of
from recap_desktop.election.papers import books, sheets
from recap_desktop.election.papers.books import Papers
from recap_desktop.election.papers.sheets import NOTHING, Column, ColumnKind, Sheet
from recap_desktop.election.papers.station_form import station_form

if TYPE_CHECKING:
    from recap_desktop.election.papers.facts import Facts


def blank_sheets(facts: Facts, desa: str = "") -> Papers[Sheet]:
    """The sheets of the office, or of one desa, with their columns and without a figure."""
    if desa:
        return Papers((partial(_of_desa, facts, desa),))
    is_kecamatan = level_of(facts.office) is Level.KECAMATAN
    below = books.held_in(facts, facts.office) if is_kecamatan else ()
    return Papers((*(partial(_of_desa, facts, unit) for unit in below), partial(_own, facts)))


def blank_forms(facts: Facts, unit: str) -> Papers[Sheet]:
    """A blank C.HASIL for a TPS, or for each TPS of a desa."""
    stations = facts.election.stations_of(facts.contest_id, unit)
    return Papers(partial(_form, facts, station.tps) for station in stations)


def _of_desa(facts: Facts, desa: str) -> Sheet:
    return _emptied(sheets.desa_sheet(facts, desa, {}))


def _own(facts: Facts) -> Sheet:
    cells = facts.election.layout(facts.contest_id).cells
    totals = [total_of(unit, (), cells) for unit in books.held_in(facts, facts.office)]
    return _emptied(sheets.unit_sheet(facts, facts.office, totals))


def _form(facts: Facts, tps: str) -> Sheet:
    return replace(station_form(facts, tps, {}), by_hand=True)


def _emptied(sheet: Sheet) -> Sheet:
    columns = tuple(_bare(column) for column in sheet.units)
    empty = {cell: (NOTHING,) * len(columns) for cell in sheet.figures}
    return replace(sheet, units=columns, figures=empty, notes=(), by_hand=True)


def _bare(column: Column) -> Column:
    """A column without the word for why it is empty."""
    return Column(ColumnKind(column.kind), column.code, column.caption, column.name)
