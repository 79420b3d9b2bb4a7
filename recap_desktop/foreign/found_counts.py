"""A count as it was found in somebody else's table: what it says, where, and what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from recap_desktop.election.figures.counts import LARGEST
from recap_desktop.election.tables.count_maps import column_letters
from recap_desktop.election.tables.foreign_figures import Trouble, read_figure, shown
from recap_desktop.problems import Fault

if TYPE_CHECKING:
    from recap_desktop.election.tables.foreign_figures import Value

_SURELY_SMALL = len(str(LARGEST))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a table as people see it: worksheet (a CSV by its name), row and column from 1."""

    sheet: str
    row: int
    column: int = 0

    @property
    def letters(self) -> str:
        """The column as a spreadsheet calls it: ``A``, ``AB``; empty for a whole row."""
        return column_letters(self.column)


@dataclass(slots=True)
class FoundCount:
    """What a table says of one TPS, not yet known to be of this office.

    Attributes:
        kecamatan: as written; empty where the table does not say it.
        desa: likewise.
        tps: likewise, number or code.
        spot: where it begins.
        cells: figures that could be read.
        crossed: cells that are crossed out, and so 0.
        faults: figures that could not be read.
    """

    kecamatan: str
    desa: str
    tps: str
    spot: Spot
    cells: dict[str, int] = field(default_factory=dict)
    crossed: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def fault_at(fault: Fault, spot: Spot) -> Fault:
    """A fault with its place as people see it: worksheet and row; a column is told in its words."""
    return replace(fault, file=spot.sheet, line=spot.row)


def take_figure(
    found: FoundCount, cell: str, value: Value, spot: Spot, *, heading: str, grouping: str
) -> None:
    """Read a field into a count, or note what is wrong with it; see ``is_taken``."""
    figure = read_figure(value, grouping=grouping)
    if figure.trouble is not None:
        found.faults.append(_fault(figure.trouble, value, figure.meant, spot, heading))
    elif figure.count is not None:
        if found.cells.get(cell, figure.count) != figure.count:
            details: dict[str, str | int] = {
                "column": spot.letters,
                "heading": heading,
                "figure": shown(value),
                "first": found.cells[cell],
            }
            found.faults.append(fault_at(Fault("import-cell-twice", details), spot))
            return
        found.cells[cell] = figure.count
        if figure.crossed:
            found.crossed.append(cell)


def is_taken(found: FoundCount, cell: str, value: Value) -> bool:
    """Take a field that is surely a plain count, as nearly all are, without much ado."""
    if type(value) is str and value.isdigit() and value.isascii() and len(value) < _SURELY_SMALL:
        value = int(value)
    if type(value) is int and 0 <= value <= LARGEST and cell not in found.cells:
        found.cells[cell] = value
        return True
    return False


def _fault(trouble: Trouble, value: Value, meant: str, spot: Spot, heading: str) -> Fault:
    details = _details(value, meant, spot, heading)
    if trouble is Trouble.LARGE:
        details["largest"] = LARGEST
    return fault_at(Fault(f"import-figure-{trouble.value}", details), spot)


def _details(value: Value, meant: str, spot: Spot, heading: str) -> dict[str, str | int]:
    said: dict[str, str | int] = {
        "column": spot.letters,
        "heading": heading,
        "figure": shown(value),
    }
    if meant:
        said["meant"] = int(meant)
    return said
