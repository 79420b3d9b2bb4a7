"""Choosing a TPS of one office below: a number, a code, or a desa and a number; what is meant stands below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import icon
from recap_desktop.desk.looks.signs import SIGNS
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.table_model import Column, RowsModel
from recap_desktop.office.entry.finding_stations import MOST, find_stations
from recap_desktop.office.entry.stations import Sign, sign_of

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from recap_desktop.desk.session import Session

_ICON = 18


class _Line(QLineEdit):
    """The box; Up and Down choose below it."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk through what is meant."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class StationPicker(QWidget):
    """Type a TPS, choose among those that are meant, press Enter."""

    chosen = Signal(str)

    def __init__(self, session: Session, unit: str) -> None:
        """The first TPS of an office below."""
        super().__init__()
        self._session, self._unit = session, unit
        tables = session.office.file.contests[session.contest_id]
        self._first = tables.first_stations(unit, MOST)
        words = session.words
        title = PlainLabel(words["desk.child.station-title"], lines=2)
        sized(title, 1.1, bold=True)
        self.field = _Line()
        sized(self.field, 1.3)
        self.field.setAccessibleName(words["desk.child.station-title"])
        self.field.setPlaceholderText(words["desk.chooser.placeholder"])
        self._model: RowsModel[str] = RowsModel(self)
        self.table = RowsTable()
        self.table.setModel(self._model)
        self.table.setAccessibleName(words["desk.child.stations"])
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setIconSize(QSize(_ICON, _ICON))
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.clicked.connect(self._take_index)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(title)
        box.addWidget(self.field)
        box.addWidget(self.table, 1)
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self.take)
        self.field.walked.connect(self._walk)
        self._look()

    @property
    def found(self) -> tuple[str, ...]:
        """The TPS that may be meant, the best first."""
        return self._model.rows

    def _look(self) -> None:
        session, text = self._session, self.field.text()
        near = self._first[0] if self._first else self._unit
        meant = find_stations(session.office, session.contest_id, text, near=near)
        # Of another office below nothing is decided here.
        found = [tps for tps in meant if tps.startswith(self._unit)] if text else self._first
        columns: list[Column[str]] = [Column("", session.station, icon=self._icon)]
        self._model.show(columns, found)
        self.table.selectRow(0)

    def _icon(self, tps: str) -> QIcon:
        session = self._session
        stored = session.office.file.contests[session.contest_id].tally(tps)
        double = session.office.file.double_entry
        sign = sign_of(stored, double_entry=double) if stored else Sign.EMPTY
        shape, hue = SIGNS[sign]
        return icon(shape, ink(self.palette(), hue))

    def _walk(self, by: int) -> None:
        at = self.table.currentIndex().row() + by
        if 0 <= at < len(self.found):
            self.table.selectRow(at)

    def _take_index(self, index: QModelIndex) -> None:
        tps = self._model.row(index)
        if tps is not None:
            self.chosen.emit(tps)

    def take(self) -> None:
        """Take the one that is marked."""
        self._take_index(self.table.currentIndex())

    def take_focus(self) -> None:
        """Go to the box."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
