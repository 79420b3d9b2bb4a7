"""Rulings of several Meja that say different things, beside each other: who, why, and each figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.row_mark import RowMark
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.table_model import RIGHT, Column, RowsModel
from recap_desktop.election.wording import number_text, time_text
from recap_desktop.office.entry.conflicts import differing_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QIcon

    from recap_desktop.election.checks.phrasing import Phrasing
    from recap_desktop.election.wording import Words
    from recap_desktop.office.entry.conflicts import Side

_ICON = 16


@dataclass(frozen=True, slots=True)
class SideRow:
    """One cell of the form as each side has it.

    Attributes:
        name: what the cell is called.
        figures: as written, a text a side.
        differs: whether they differ.
    """

    name: str
    figures: tuple[str, ...]
    differs: bool


class ConflictPanel(QWidget):
    """Both sides of a conflict; nothing is typed here, a number says which one holds."""

    def __init__(self, words: Words) -> None:
        """No conflict yet."""
        super().__init__()
        self._words = words
        self.sides: tuple[Side, ...] = ()
        self._title = PlainLabel(words["desk.conflict.title"], lines=2)
        sized(self._title, 1.2, bold=True)
        self._heads = QWidget()
        self._grid = QGridLayout(self._heads)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._count = PlainLabel()
        sized(self._count, 0.9)
        self._model: RowsModel[SideRow] = RowsModel(self)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setAccessibleName(words["desk.conflict.table"])
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.setIconSize(QSize(_ICON, _ICON))
        self.table.verticalHeader().hide()
        RowMark(self.table)
        sized(self.table, 1.05)
        self.texts: list[str] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._title)
        box.addWidget(self._heads)
        box.addWidget(self._count)
        box.addWidget(self.table, 1)

    @property
    def rows(self) -> tuple[SideRow, ...]:
        """The cells that are listed, those that differ first."""
        return self._model.rows

    @property
    def is_with_below(self) -> bool:
        """Whether one of the sides is what an office below came to say."""
        return any(side.office for side in self.sides)

    @property
    def title(self) -> str:
        """What stands against what."""
        below = [side.office for side in self.sides if side.office]
        if below:
            return self._words("desk.conflict.title-below", office=below[0])
        return self._words["desk.conflict.title"]

    def post(self, side: Side) -> str:
        """What people call the laptop of a side: ``Meja 2``; or the office below that says it."""
        return side.office or self._words("desk.conflict.post", number=str(side.post))

    def show_sides(self, sides: Sequence[Side], names: Phrasing, order: tuple[str, ...]) -> None:
        """Show the rulings that stand against each other."""
        self.sides = tuple(sides)
        self.texts = []
        self._title.set_text(self.title)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for at, side in enumerate(self.sides):
            self._grid.addWidget(self._head(at + 1, side), 0, at)
            self._grid.setColumnStretch(at, 1)
        differing = differing_cells(self.sides, order)
        self._count.set_text(self._words("desk.conflict.differing", count=len(differing)))
        met = {cell for side in self.sides for cell in side.cells}
        same = [cell for cell in order if cell in met and cell not in differing]
        rows = [self._row(cell, names, differs=True) for cell in differing]
        rows += [self._row(cell, names, differs=False) for cell in same]
        self._model.show(self._columns(), rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in range(len(self.sides)):
            metrics, title = self.table.fontMetrics(), self._model.columns[at + 1].title
            least = metrics.averageCharWidth() * 14
            self.table.setColumnWidth(at + 1, max(least, metrics.horizontalAdvance(title) + 16))
        self.table.scrollToTop()

    def _head(self, number: int, side: Side) -> QWidget:
        words = self._words
        date, time = words.date(side.time[:10]), time_text(side.time)
        first = words(
            "desk.conflict.side",
            number=str(number),
            post=self.post(side),
            date=date,
            time=time,
            person=side.person,
        )
        what = words[f"desk.what.{side.cause.value}"]
        lines = [words("desk.conflict.what", what=what, reason=side.reason)]
        said = (("raised", side.raised_by), ("decided", side.decided_by))
        lines += ["; ".join(words(f"desk.conflict.{code}", by=by) for code, by in said if by)]
        if not side.cells:
            lines.append(words["desk.conflict.none"])
        head = QWidget()
        box = QVBoxLayout(head)
        box.setContentsMargins(0, 0, 12, 0)
        box.setSpacing(1)
        named = PlainLabel(first)
        sized(named, 1.0, bold=True)
        why = PlainLabel("\n".join(line for line in lines if line), lines=3)
        for label in (named, why):
            box.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        box.addStretch(1)
        self.texts.append(f"{first}\n{why.text}")
        return head

    def _row(self, cell: str, names: Phrasing, *, differs: bool) -> SideRow:
        figures = tuple(self._figure(side, cell) for side in self.sides)
        return SideRow(names.cell(cell), figures, differs)

    def _figure(self, side: Side, cell: str) -> str:
        value = side.cells.get(cell)
        if value is None:
            return self._words["desk.entry.blank"]
        figure = number_text(value)
        is_crossed = cell in side.crossed
        return self._words("desk.form.crossed-figure", figure=figure) if is_crossed else figure

    def _columns(self) -> list[Column[SideRow]]:
        columns: list[Column[SideRow]] = [
            Column(self._words["desk.history.cell"], lambda row: row.name, icon=self._mark)
        ]
        for at, side in enumerate(self.sides):
            title = self._words("desk.conflict.column", number=str(at + 1), post=self.post(side))
            columns.append(Column(title, partial(_figure_at, at), RIGHT))
        return columns

    def _mark(self, row: SideRow) -> QIcon | None:
        hue = Hue.WRONG if row.differs else Hue.QUIET
        shape = Shape.DIAMOND if row.differs else Shape.CHECK
        return icon(shape, ink(self.palette(), hue))


def _figure_at(at: int, row: SideRow) -> str:
    return row.figures[at]
