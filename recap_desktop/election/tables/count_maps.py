"""Which column or line of somebody else's table is which cell of a form (pemetaan kolom)."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.tables.foreign_figures import GROUPINGS
from recap_desktop.problems import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

TPS, DESA, KECAMATAN = "place.tps", "place.desa", "place.kecamatan"
PLACES = (TPS, DESA, KECAMATAN)
"""What says which TPS a figure is of; no form has a row of these names."""

ALL_SHEETS = "*"
MOST_SAMPLES = 3
_LETTERS = 26


class Shape(enum.Enum):
    """How a table lies (bentuk tabel)."""

    ROWS = "rows"
    """A row a TPS: columns are cells."""

    COLUMNS = "columns"
    """A column a TPS, as in D.HASIL and the workbooks of PPK: lines are cells."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column or line of a table, and what is taken from it.

    Attributes:
        text: what it is headed, with what stands above it.
        target: cell key, or one of ``PLACES``; empty where it is left away.
        is_sure: whether that is known, or was said by a person; else it is asked about.
        column: of the table from 1, in the shape of rows; 0 for a line.
        row: where it was met first, from 1.
        samples: what stands in its first fields.
    """

    text: str
    target: str = ""
    is_sure: bool = True
    column: int = 0
    row: int = 0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountMap:
    """How the counts of one contest are taken from a table.

    Attributes:
        shape: how the table lies.
        headings: its columns or lines, in their order.
        sheet: name of the worksheet; ``*`` for each that has TPS; empty where there is only one.
        header: rows of the heads, first and last, from 1; of a column a TPS none.
        desa: code or name of the one desa the table is of; empty where the table says it.
        grouping: mark of thousands that a person says the figures have; see ``read_figure``.
    """

    shape: Shape
    headings: tuple[Heading, ...]
    sheet: str = ""
    header: tuple[int, int] = (0, 0)
    desa: str = ""
    grouping: str = ""

    @property
    def targets(self) -> dict[str, str]:
        """Heading -> what is taken from it, as far as something is."""
        return {one.text: one.target for one in self.headings if one.target}

    @property
    def unsure(self) -> tuple[Heading, ...]:
        """What must still be asked."""
        return tuple(one for one in self.headings if not one.is_sure)

    def answered(self, place: int, target: str) -> CountMap:
        """The same after a person said what a heading is; ``place`` counts from 0."""
        said = replace(self.headings[place], target=target, is_sure=True)
        return replace(self, headings=(*self.headings[:place], said, *self.headings[place + 1 :]))

    def confirmed(self) -> CountMap:
        """The same after a person said that every proposal is right."""
        return replace(self, headings=tuple(replace(one, is_sure=True) for one in self.headings))

    def told(self, answers: Mapping[str, str]) -> CountMap:
        """The same with the answers of an earlier table of this kind, by heading.

        What the answers do not name is left away.
        """
        return replace(
            self,
            headings=tuple(
                replace(one, target=answers.get(one.text, ""), is_sure=True)
                for one in self.headings
            ),
        )

    def faults(self, cells: Collection[str]) -> tuple[Fault, ...]:
        """Everything that must be answered before the table can be read.

        Args:
            cells: keys of the contest's form.
        """
        found = [
            Fault("import-heading-unsure", {"heading": one.text, "target": one.target})
            if one.target
            else Fault("import-heading-unknown", {"heading": one.text})
            for one in self.unsure
        ]
        targets = [one.target for one in self.headings if one.target]
        found += [
            Fault("import-target-unknown", {"heading": one.text, "target": one.target})
            for one in self.headings
            if one.target and one.target not in cells and one.target not in PLACES
        ]
        found += [Fault("import-target-twice", {"target": name}) for name in _doubled(targets)]
        if self.shape is Shape.ROWS and TPS not in targets:
            found.append(Fault("import-no-tps", {}))
        if not set(targets) & set(cells):
            found.append(Fault("import-no-cell", {}))
        if self.grouping not in GROUPINGS:
            found.append(Fault("import-grouping-unknown", {"grouping": self.grouping}))
        return tuple(found)


def _doubled(targets: Iterable[str]) -> list[str]:
    seen, doubled = set[str](), list[str]()
    for target in targets:
        if target in seen and target not in doubled:
            doubled.append(target)
        seen.add(target)
    return doubled


def column_letters(column: int) -> str:
    """The letters of a column, counted from 1."""
    letters = ""
    while column > 0:
        column, last = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + last) + letters
    return letters
