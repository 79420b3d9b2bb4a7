"""What each column or line of a table becomes on the form: proposed, confirmed, changed by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.desk.tables.import_rows import heading_columns, target_names
from recap_desktop.election.checks.phrasing import Phrasing

if TYPE_CHECKING:
    from recap_desktop.desk.pieces.table_model import Column
    from recap_desktop.desk.session import Session
    from recap_desktop.election.tables.count_maps import CountMap, Heading

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROW = 1.7


class ImportList(RowsTable):
    """A list of the import page; what its keys mean is for who shows it."""

    pressed_key = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty list."""
        super().__init__(parent)
        self.setWordWrap(False)
        # What tells lines apart stands at their ends: L, P, JML.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * _ROW))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and the keys of the number pad act; the others move."""
        key = Qt.Key.Key_Enter if event.key() in _ENTER else Qt.Key(event.key())
        if key == Qt.Key.Key_Enter or event.text() in ("0", "*", "+"):
            self.pressed_key.emit(key)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Columns share the room again."""
        super().resizeEvent(event)
        self.share_room()

    def share_room(self) -> None:
        """Give columns what they must hold, and the rest by their shares."""
        model = self.model()
        if not isinstance(model, RowsModel):
            return
        columns: tuple[Column[object], ...] = model.columns
        metrics, pad = self.fontMetrics(), self.fontMetrics().averageCharWidth() * 3
        must = [
            max(metrics.horizontalAdvance(c.widest), metrics.horizontalAdvance(c.title))
            + pad
            + (self.iconSize().width() if c.icon else 0)
            if c.widest
            else 0
            for c in columns
        ]
        left = max(0, self.viewport().width() - sum(must))
        shares = sum(c.stretch for c in columns if not c.widest) or 1
        for at, column in enumerate(columns):
            self.setColumnWidth(at, must[at] or left * column.stretch // shares)


class MappingPanel(QWidget):
    """The headings of a table; Enter says that a proposal is right, 0 that it is not taken.

    ``changed`` comes with every answer, ``finished`` when the last question was answered.
    """

    changed = Signal()
    finished = Signal()
    went_on = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """No table yet."""
        super().__init__(parent)
        self._session = session
        words = session.words
        self.map: CountMap | None = None
        self._names: dict[str, str] = {}
        self._model: RowsModel[Heading] = RowsModel(self)
        self.table = ImportList()
        self.table.setModel(self._model)
        self.table.setAccessibleName(words["desk.import.headings"])
        self.target = QComboBox()
        self.target.setEditable(True)
        self.target.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.target.setAccessibleName(words["desk.import.on-form"])
        edit = self.target.lineEdit()
        if edit is not None:
            edit.setAccessibleName(self.target.accessibleName())
        self.target.setMinimumContentsLength(18)
        self.target.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.confirm_all = StepButton(words["desk.import.confirm-all"])
        self.leave_rest = StepButton(words["desk.import.leave-rest"])
        self._arrange()
        self.table.pressed_key.connect(self._press)
        self.table.doubleClicked.connect(self._choose)
        self.table.selectionModel().currentRowChanged.connect(self._show_target)
        self.target.activated.connect(self._answer_chosen)
        self.confirm_all.clicked.connect(self._confirm_all)
        self.leave_rest.clicked.connect(self._leave_rest)

    def _arrange(self) -> None:
        label = QLabel(self._session.words["desk.import.becomes"])
        label.setBuddy(self.target)
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.target, 1)
        for button in (self.confirm_all, self.leave_rest):
            line.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.table, 1)
        box.addLayout(line)

    def show_map(self, count_map: CountMap | None) -> None:
        """Show how a table would be taken, at the first question."""
        self.map = count_map
        session = self._session
        form = session.office.election.form(session.contest_id)
        phrasing = Phrasing(session.words, form, session.contest)
        self._names = target_names(session.words, phrasing, session.layout.cells)
        with QSignalBlocker(self.target):
            self.target.clear()
            for target, name in self._names.items():
                self.target.addItem(name, target)
        completer = self.target.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._fill()
        self._go_to(self._next_question(-1))

    def _fill(self) -> None:
        headings = self.map.headings if self.map else ()
        columns = heading_columns(self._session.words, self._names, self.palette())
        self._model.show(columns, headings)
        self.table.share_room()
        proposed = any(one.target for one in self.map.unsure) if self.map else False
        self.confirm_all.setEnabled(proposed)
        self.leave_rest.setEnabled(bool(self.map and self.map.unsure))

    def _next_question(self, after: int) -> int:
        """The next heading that is asked about, round to the first; the one after, else."""
        headings = self.map.headings if self.map else ()
        order = [*range(after + 1, len(headings)), *range(after + 1)]
        return next(
            (at for at in order if not headings[at].is_sure), min(after + 1, len(headings) - 1)
        )

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self._model.index(row, 0))

    def _show_target(self) -> None:
        heading = self._model.row(self.table.currentIndex())
        self.target.setEnabled(heading is not None)
        if heading is not None:
            with QSignalBlocker(self.target):
                self.target.setCurrentIndex(self.target.findData(heading.target))

    def _press(self, key: int) -> None:
        if key == Qt.Key.Key_0:
            self._answer("")
        elif key == Qt.Key.Key_Asterisk:
            self._choose()
        elif key == Qt.Key.Key_Plus:
            self.went_on.emit()
        else:
            self._agree()

    def _agree(self) -> None:
        """Enter: the proposal is right; where there is none it is chosen."""
        heading = self._model.row(self.table.currentIndex())
        if self.map is not None and not self.map.unsure:
            self.went_on.emit()
        elif heading is not None and (heading.target or heading.is_sure):
            self._answer(heading.target)
        else:
            self._choose()

    def _choose(self, _: QModelIndex | None = None) -> None:
        self.target.setFocus(Qt.FocusReason.TabFocusReason)
        edit = self.target.lineEdit()
        if edit is not None:
            edit.selectAll()

    def _answer_chosen(self, at: int) -> None:
        self._answer(str(self.target.itemData(at)))

    def _answer(self, target: str) -> None:
        row = self.table.currentIndex().row()
        if self.map is None or row < 0:
            return
        self._change(self.map.answered(row, target), row)

    def _confirm_all(self) -> None:
        if self.map is not None:
            made = self.map
            for at, one in enumerate(made.headings):
                if one.target and not one.is_sure:
                    made = made.answered(at, one.target)
            self._change(made, -1)

    def _leave_rest(self) -> None:
        if self.map is not None:
            made = self.map
            for at, one in enumerate(made.headings):
                if not one.is_sure:
                    made = made.answered(at, "")
            self._change(made, -1)

    def _change(self, made: CountMap, row: int) -> None:
        was_asking = bool(self.map and self.map.unsure)
        self.map = made
        self._fill()
        self._go_to(self._next_question(row))
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()
        if was_asking and not made.unsure:
            self.finished.emit()
