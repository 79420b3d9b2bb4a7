"""What would become of each TPS of a table: a list that can be narrowed, and the chosen row in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.desk.tables.import_rows import (
    PreviewRow,
    is_shown,
    preview_choices,
    preview_columns,
    preview_rows,
)
from recap_desktop.desk.tables.mapping_panel import ImportList
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.office.tables.planned_words import why_text

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session
    from recap_desktop.office.tables.importing import CountsImport

_IN_FULL = 9
"""Cells or faults of the chosen row that are told below the list."""


class PreviewPanel(QWidget):
    """Enter opens the form of a TPS; nothing here writes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """No plan yet."""
        super().__init__(parent)
        self._session = session
        self._rows: list[PreviewRow] = []
        words = session.words
        self.filter = QComboBox()
        self.filter.setAccessibleName(words["desk.import.filter"])
        self.filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.summary = PlainLabel()
        self.table = ImportList()
        self.table.setAccessibleName(words["desk.import.preview"])
        self._model: RowsModel[PreviewRow] = RowsModel(self)
        self.table.setModel(self._model)
        self.detail = PlainLabel(lines=3)
        label = QLabel(words["desk.import.filter"])
        label.setBuddy(self.filter)
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.filter)
        line.addWidget(self.summary, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        box.addWidget(self.detail)
        self.table.pressed_key.connect(self._open_row)
        self.table.doubleClicked.connect(self._open_row)
        self.table.selectionModel().currentRowChanged.connect(self._tell_row)
        self.filter.activated.connect(self._fill)

    def show_plan(self, plan: CountsImport) -> None:
        """List what needs a look first, then the rest."""
        self._rows = preview_rows(plan)
        self.filter.clear()
        for code, text in preview_choices(self._session.words, plan):
            self.filter.addItem(text, code)
        self._fill()
        self.table.selectRow(0)

    def _fill(self) -> None:
        chosen = str(self.filter.currentData())
        rows = [row for row in self._rows if is_shown(row, chosen)]
        columns = preview_columns(self._session, self._phrasing(), self.palette())
        self._model.show(columns, rows)
        self.table.share_room()
        self._tell_row()

    def _phrasing(self) -> Phrasing:
        session = self._session
        form = session.office.election.form(session.contest_id)
        return Phrasing(session.words, form, session.contest)

    def _tell_row(self) -> None:
        row = self._model.row(self.table.currentIndex())
        planned = row.planned if row else None
        words = self._session.words
        text = why_text(words, self._phrasing(), planned, most=_IN_FULL) if planned else ""
        self.detail.set_text(text)

    def say_judged(self, plan: CountsImport, done: int, size: int) -> None:
        """How many findings what would be recorded has, as far as it was judged."""
        words = self._session.words
        texts = [words("import.findings", count=plan.findings, stations=plan.flagged)]
        if done < size:
            texts = [words("desk.import.judging", count=plan.findings)]
        crossed = plan.crossed() if done in (0, size) else 0
        if crossed:
            texts.append(words("import.crossed", count=crossed))
        self.summary.set_text("   ".join(texts))
        self.table.viewport().update()

    def _open_row(self, _: object) -> None:
        row = self._model.row(self.table.currentIndex())
        if row is not None and row.tps:
            self._session.station_asked.emit(row.tps)
