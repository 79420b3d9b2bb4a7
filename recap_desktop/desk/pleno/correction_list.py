"""What was decided here about an office below: TPS by TPS, then of units, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.table_model import Column, RowsModel
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.wording import number_text, signed_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QIcon

    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.phrasing import Phrasing
    from recap_desktop.office.plenary.child_reading import ChildCorrection

_ICON, _MOST = 18, 3


class CorrectionTable(RowsTable):
    """The list; Enter or a click takes one, minus leads back."""

    taken = Signal(QModelIndex)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CorrectionList(QWidget):
    """Every correction; ``chosen`` says which one somebody wants to look at."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        """Nothing was decided."""
        super().__init__()
        self._session = session
        self._title = PlainLabel()
        sized(self._title, 1.0, bold=True)
        self._model: RowsModel[ChildCorrection] = RowsModel(self)
        self.table = CorrectionTable()
        self.table.setModel(self._model)
        self.table.setAccessibleName(session.words["desk.child.corrections"])
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setIconSize(QSize(_ICON, _ICON))
        self.table.setWordWrap(True)
        sized(self.table, 0.95, condensed=True)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.taken.connect(self._choose)
        self.table.clicked.connect(self._choose)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._title)
        box.addWidget(self.table, 1)

    @property
    def rows(self) -> tuple[ChildCorrection, ...]:
        """The corrections as they are listed."""
        return self._model.rows

    @property
    def row(self) -> ChildCorrection | None:
        """The one that is marked."""
        return self._model.row(self.table.currentIndex())

    def show_corrections(self, found: Sequence[ChildCorrection], names: Phrasing) -> None:
        """List them; those that wait for a decision first."""
        self._title.set_text(self._session.words("desk.child.corrected", count=len(found)))
        columns: list[Column[ChildCorrection]] = [
            Column("", lambda one: self.text(one, names), icon=self._icon)
        ]
        self._model.show(columns, sorted(found, key=lambda one: not one.waits))

    def text(self, one: ChildCorrection, names: Phrasing) -> str:
        """A correction in up to three lines: where, what, why."""
        words = self._session.words
        if one.tps:
            place = self._session.station(one.tps)
        else:
            place = words(
                "desk.child.of-unit",
                unit=full_name(self._session.office.election.tree, one.unit),
            )
        if one.waits:
            place = words(f"desk.child.{'waits' if one.tps else 'moved'}", place=place)
        cells = [self._cell(one, cell, names) for cell in one.cells]
        more = len(cells) - _MOST
        what = "; ".join(cells[:_MOST])
        what = words("import.more-cells", cells=what, count=more) if more > 0 else what
        why = f"{one.reason} ({one.decided_by})" if one.decided_by else one.reason
        return "\n".join(line for line in (place, what, why) if line)

    def _cell(self, one: ChildCorrection, cell: str, names: Phrasing) -> str:
        old, new = one.cells[cell]
        if one.unit:
            return f"{names.cell(cell)}: {signed_text(new or 0)}"
        none = self._session.words["desk.none"]
        before, after = (none if n is None else number_text(n) for n in (old, new))
        return self._session.words(
            "import.change", cell=names.cell(cell), before=before, after=after
        )

    def _icon(self, one: ChildCorrection) -> QIcon:
        shape, hue = (Shape.CROSS, Hue.WRONG) if one.waits else (Shape.PENCIL, Hue.CHANGED)
        return icon(shape, ink(self.palette(), hue))

    def _choose(self, index: QModelIndex) -> None:
        one = self._model.row(index)
        if one is not None:
            self.chosen.emit(one)

    def take_focus(self) -> None:
        """Go to the first of them."""
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
