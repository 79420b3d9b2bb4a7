"""What stands in the way of a close, TPS by TPS, each a step away from its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import icon
from recap_desktop.desk.looks.signs import SIGNS
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.table_model import Column, RowsModel
from recap_desktop.office.entry.stations import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QIcon

    from recap_desktop.desk.session import Session
    from recap_desktop.problems import Fault


_ICON = 18
_SIGNS = {
    "close-empty": Sign.EMPTY,
    "close-single": Sign.SINGLE,
    "close-differs": Sign.DIFFERS,
    "close-conflict": Sign.CONFLICT,
    "close-reopened": Sign.REOPENED,
    "close-late": Sign.LATE,
    "close-broken": Sign.ODD,
    "close-marked": Sign.ODD,
    "close-abolished": Sign.ODD,
}
"""Signs of what is missing; of all else it is that of what was not yet done."""


class MissingTable(RowsTable):
    """The list; Enter or a click opens the form."""

    opened = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty list."""
        super().__init__(parent)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 2.2))
        self.setIconSize(QSize(_ICON, _ICON))
        self.clicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the form of the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class MissingPanel(QWidget):
    """Everything that is missing, or that nothing is."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """An empty panel."""
        super().__init__(parent)
        self._session = session
        self._title = PlainLabel()
        sized(self._title, 1.0, bold=True)
        self.table = MissingTable()
        self.table.setAccessibleName(session.words["desk.papers.missing-list"])
        self._model: RowsModel[Fault] = RowsModel(self)
        self.table.setModel(self._model)
        self.table.opened.connect(self._open)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._title)
        box.addWidget(self.table, 1)
        # Where nothing is missing the title stays at the top.
        box.addStretch(0)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is missing, as listed."""
        return self._model.rows

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """List what is missing."""
        words = self._session.words
        columns: list[Column[Fault]] = [Column("", self._text, icon=self._icon)]
        self._model.show(columns, faults)
        count = len(faults)
        code = "missing" if count else "nothing-missing"
        self._title.set_text(words(f"desk.papers.{code}", count=count))
        self.table.setVisible(bool(count))

    def _text(self, fault: Fault) -> str:
        words = self._session.words
        if "tps" not in fault.details:
            return words.fault(fault)
        station = self._session.station(str(fault.details["tps"]))
        return f"{station}\n{words(f'desk.missing.{fault.code}', **fault.details)}"

    def _icon(self, fault: Fault) -> QIcon:
        shape, hue = SIGNS[_SIGNS.get(fault.code, Sign.EMPTY)]
        return icon(shape, ink(self.palette(), hue))

    def _open(self, index: QModelIndex) -> None:
        fault = self._model.row(index)
        if fault is not None and "tps" in fault.details:
            self._session.station_asked.emit(str(fault.details["tps"]))

    def open_first(self) -> None:
        """Open the form of the first that is missing."""
        for at, fault in enumerate(self._model.rows):
            if "tps" in fault.details:
                self._open(self._model.index(at, 0))
                return
