"""Above a table to be imported: which sheet, how it lies, where its heads are, what its marks mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.tables.count_maps import ALL_SHEETS, Shape
from recap_desktop.election.tables.foreign_figures import GROUPINGS
from recap_desktop.office.tables.importing import SOURCES

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session
    from recap_desktop.election.figures.tallies import Source
    from recap_desktop.election.tables.count_maps import CountMap
    from recap_desktop.office.tables.import_tables import ImportTable

_GROUPING = {"": "none", ".": "dot", ",": "comma"}
_HEADER = re.compile(r"\s*(\d{1,4})\s*(?:-\s*(\d{1,4})\s*)?")


class ImportChoices(QWidget):
    """``reproposed`` comes when the table must be looked at anew, ``changed`` when only a mark did."""

    reproposed = Signal()
    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Nothing to choose yet."""
        super().__init__(parent)
        self._session = session
        words = session.words
        self.sheet, self.shape, self.source = QComboBox(), QComboBox(), QComboBox()
        self.grouping, self.desa = QComboBox(), QComboBox()
        self.header = QLineEdit()
        self.header.setPlaceholderText("3-4")
        for shape in Shape:
            self.shape.addItem(words[f"import.shape.{shape.value}"], shape)
        for mark in GROUPINGS:
            self.grouping.addItem(words[f"import.grouping.{_GROUPING[mark]}"], mark)
        for source in SOURCES:
            self.source.addItem(words[f"import.source.{source.value}"], source)
        self._arrange()
        for box in (self.sheet, self.shape):
            box.activated.connect(self.reproposed)
        for box in (self.grouping, self.desa, self.source):
            box.activated.connect(self.changed)
        self.header.editingFinished.connect(self._look_at_header)
        self._header = ""

    def _arrange(self) -> None:
        words = self._session.words
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        fields = (
            ("sheet", self.sheet),
            ("shape", self.shape),
            ("header", self.header),
            ("desa", self.desa),
            ("grouping", self.grouping),
            ("source", self.source),
        )
        for at, (code, field) in enumerate(fields):
            label = QLabel(words[f"desk.import.{code}"])
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            row, column = divmod(at, 3)
            grid.addWidget(label, row, column * 2)
            grid.addWidget(field, row, column * 2 + 1)
            if isinstance(field, QComboBox):
                field.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
                field.setMinimumContentsLength(10)
        for column in (1, 3, 5):
            grid.setColumnStretch(column, 1)

    def show_table(self, table: ImportTable, count_map: CountMap | None) -> None:
        """Show what is chosen for a table."""
        words, office = self._session.words, self._session.office
        with QSignalBlocker(self.sheet), QSignalBlocker(self.desa):
            if not count_map or self.sheet.findData(count_map.sheet) < 0 or self.sheet.count() == 0:
                self.sheet.clear()
            if not self.sheet.count():
                for name in table.sheets:
                    self.sheet.addItem(name or table.name, name)
                if len(table.sheets) > 1:
                    self.sheet.addItem(words["desk.import.all-sheets"], ALL_SHEETS)
            self.sheet.setEnabled(self.sheet.count() > 1)
            self.desa.clear()
            self.desa.addItem(words["desk.import.desa-told"], "")
            tables = office.file.contests[self._session.contest_id]
            tree = office.election.tree
            for code in tables.desas():
                self.desa.addItem(f"{tree.name(code)} ({dotted(code)[-4:]})", code)
        if count_map is not None:
            self._show_map(count_map)

    def _show_map(self, count_map: CountMap) -> None:
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(count_map.sheet)))
        self.shape.setCurrentIndex(self.shape.findData(count_map.shape))
        self.grouping.setCurrentIndex(max(0, self.grouping.findData(count_map.grouping)))
        self.desa.setCurrentIndex(max(0, self.desa.findData(count_map.desa)))
        first, last = count_map.header
        is_rows = count_map.shape is Shape.ROWS
        self.header.setEnabled(is_rows)
        self._header = (f"{first}" if first == last else f"{first}-{last}") if is_rows else ""
        self.header.setText(self._header)

    def forget(self) -> None:
        """Another file: its sheets are others."""
        self.sheet.clear()

    def _look_at_header(self) -> None:
        text = self.header.text().strip()
        if text != self._header:
            self._header = text
            self.reproposed.emit()

    @property
    def chosen_header(self) -> tuple[int, int]:
        """Rows of the heads as typed; 0 where they are to be found."""
        found = _HEADER.fullmatch(self.header.text())
        if found is None or self.chosen_shape is not Shape.ROWS:
            return (0, 0)
        return int(found[1]), int(found[2] or found[1])

    @property
    def chosen_sheet(self) -> str:
        """Name of the worksheet."""
        return str(self.sheet.currentData() or "")

    @property
    def chosen_shape(self) -> Shape:
        """How the table lies."""
        return Shape(self.shape.currentData())

    @property
    def chosen_source(self) -> Source:
        """The paper the table was typed from."""
        return SOURCES[self.source.currentIndex()]

    @property
    def marks(self) -> tuple[str, str]:
        """The desa that is chosen for the whole table, and its mark of thousands."""
        return str(self.desa.currentData() or ""), str(self.grouping.currentData() or "")
