"""Where a figure comes from: down by Enter from a sum to the records of a TPS, back by minus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from recap_desktop.desk.history.where_rows import part_columns, trace_columns
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.overview.unit_table import UnitTable
from recap_desktop.desk.pieces.fitted_columns import fit_columns
from recap_desktop.desk.pieces.step_bar import StepBar
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.definitions.regions import Level, level_of, parent
from recap_desktop.election.wording import number_text, signed_text
from recap_desktop.office.entry.stations import standing
from recap_desktop.office.proof.provenance import Part, Trace, WhereFrom, where_from

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session

_STEPS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_PageUp: -1,
}


class WhereTable(UnitTable):
    """A list of parts or records: Enter goes down, minus up, plus and the page keys to other cells."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk through the levels, and through the cells of the form."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class WherePage(QWidget):
    """One figure at a time: what it is at the top, what it is made from below."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        """No figure yet."""
        super().__init__()
        self._session = session
        self._unit = self._begun_at = ""
        self._found: WhereFrom | None = None
        words = session.words
        self._title, self._figure, self._note = PlainLabel(), PlainLabel(), PlainLabel()
        sized(self._title, 1.1, bold=True)
        sized(self._figure, 2.6, bold=True)
        self.cells = QComboBox()
        self.cells.setAccessibleName(words["desk.where.cell"])
        self.cells.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cells.setMaxVisibleItems(20)
        self.parts, self.traces, self.own = WhereTable(), WhereTable(), WhereTable()
        self._parts: RowsModel[Part] = RowsModel(self)
        self._traces: RowsModel[Trace] = RowsModel(self)
        self._own: RowsModel[Trace] = RowsModel(self)
        self._bodies, self._sum, self._own_title = QStackedWidget(), QWidget(), PlainLabel()
        sized(self._own_title, 1.0, bold=True)
        self._make_tables()
        self.foot = StepBar()
        self._arrange()
        self.parts.entered.connect(self._enter)
        self.parts.activated.connect(self._enter)
        self.parts.selectionModel().currentRowChanged.connect(self._offer)
        self.traces.entered.connect(self._open_history)
        self.cells.activated.connect(self._choose_cell)
        self.foot.went_back.connect(self.leave)
        session.recorded.connect(self._look_again)

    def _make_tables(self) -> None:
        words = self._session.words
        for table, model, code in (
            (self.parts, self._parts, "table"),
            (self.traces, self._traces, "table"),
            (self.own, self._own, "own-table"),
        ):
            table.setModel(model)
            table.setAccessibleName(words[f"desk.where.{code}"])
            table.left.connect(self.leave)
            table.stepped.connect(self._step)
            table.resized.connect(self._set_widths)

    def _arrange(self) -> None:
        whole = QVBoxLayout(self._sum)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.parts, 3)
        whole.addWidget(self._own_title)
        whole.addWidget(self.own, 2)
        for body in (self._sum, self.traces):
            self._bodies.addWidget(body)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._figure)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._note)
        head.addLayout(column, 1)
        head.addWidget(self.cells)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self._bodies, 1)
        box.addWidget(self.foot)

    # Which figure

    @property
    def found(self) -> WhereFrom | None:
        """What is shown; None before the first figure, and where it may not be seen."""
        return self._found

    @property
    def unit(self) -> str:
        """The unit whose figure is shown."""
        return self._unit

    def show_figure(self, unit: str, cell: str) -> None:
        """Show where a figure comes from; ``unit`` is where leaving ends."""
        self._begun_at = unit
        self._list_cells(cell)
        self._show(unit)

    def _phrasing(self) -> Phrasing:
        session = self._session
        form = session.office.election.form(session.contest_id)
        return Phrasing(session.words, form, session.contest)

    def _list_cells(self, chosen: str) -> None:
        phrasing = self._phrasing()
        self.cells.clear()
        for cell in self._session.layout.cells:
            self.cells.addItem(phrasing.cell(cell), cell)
        self.cells.setCurrentIndex(max(0, self.cells.findData(chosen)))
        self.cells.setMaximumWidth(self.fontMetrics().averageCharWidth() * 36)

    @property
    def cell(self) -> str:
        """The cell of the form whose figure is shown."""
        return str(self.cells.currentData() or "")

    def _choose_cell(self) -> None:
        self._show(self._unit)
        self.take_focus()

    def _step(self, by: int) -> None:
        """To the next cell of the form, after the last to the first."""
        self.cells.setCurrentIndex((self.cells.currentIndex() + by) % self.cells.count())
        self._show(self._unit)

    def _look_again(self) -> None:
        if self.isVisible() and self._unit:
            self._show(self._unit)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again: something may have been recorded meanwhile."""
        super().showEvent(event)
        self._look_again()

    # What is shown

    def _show(self, unit: str, chosen: str = "") -> None:
        session, words = self._session, self._session.words
        self._unit = unit
        is_station = level_of(unit) is Level.TPS
        name = session.station(unit) if is_station else self._unit_name(unit)
        cell = self.cells.currentText()
        self._title.set_text(words("desk.where.title", cell=cell, unit=name))
        self._bodies.setCurrentWidget(self.traces if is_station else self._sum)
        self.foot.say("")
        if (
            is_station
            and standing(session.office, session.contest_id, unit, person=session.person_id).hidden
        ):
            self._found = None
            self._figure.set_text(words["desk.none"])
            self._note.set_text(words["desk.where.hidden"])
            self._traces.show(trace_columns(session), ())
            self._offer()
            return
        self._found = found = where_from(session.office, session.contest_id, unit, self.cell)
        self._say(found)
        if is_station:
            self._traces.show(trace_columns(session), found.traces)
            self.traces.selectRow(len(found.traces) - 1)
        else:
            self._own.show(trace_columns(session), found.own)
            self._own_title.set_text(words("desk.where.own", unit=name))
            for part in (self._own_title, self.own):
                part.setVisible(bool(found.own))
            self._parts.show(part_columns(words, found), found.parts)
            codes = [part.code for part in found.parts]
            self.parts.selectRow(codes.index(chosen) if chosen in codes else 0)
        self._set_widths()
        self._offer()

    def _unit_name(self, code: str) -> str:
        election = self._session.office.election
        level, name = election.unit_word(code), election.tree.name(code)
        return self._session.words(f"desk.unit.{level}", name=name)

    def _say(self, found: WhereFrom) -> None:
        words, whole = self._session.words, found.whole
        figure = words["desk.none"] if whole.figure is None else number_text(whole.figure)
        self._figure.set_text(figure + ("*" if whole.blank and found.parts else ""))
        if found.parts:
            code = "sum-note" if whole.blank else "sum"
            blank = number_text(whole.blank)
            said = [words(f"desk.where.{code}", count=len(found.parts), blank=blank)]
            if found.own_difference:
                difference = signed_text(found.own_difference)
                said.append(words("desk.where.with-difference", difference=difference))
            if found.paper:
                said.append(words["desk.where.from-paper"])
            self._note.set_text(" ".join(said))
        else:
            code = "records" if found.traces else "nothing"
            self._note.set_text(words[f"desk.where.{code}"])

    def _set_widths(self) -> None:
        fit_columns(self.parts, self._parts.columns, factor=1.1, head=1.0)
        fit_columns(self.traces, self._traces.columns, factor=1.0, head=1.0)
        fit_columns(self.own, self._own.columns, factor=1.0, head=1.0)

    def _offer(self) -> None:
        words = self._session.words
        can_rise = self._unit != self._begun_at
        self.foot.offer_other(words[f"desk.where.{'up' if can_rise else 'back'}"], self.leave)
        if self._bodies.currentWidget() is self.traces:
            self.foot.offer(words["desk.where.history"], self._open_history)
            return
        row = self._parts.row(self.parts.currentIndex())
        text = words("desk.where.down", name=row.name) if row else ""
        self.foot.offer(text, self._enter_chosen)

    # Walking

    def _enter_chosen(self) -> None:
        self._enter(self.parts.currentIndex())
        self.take_focus()

    def _enter(self, index: QModelIndex) -> None:
        row = self._parts.row(index)
        if row is not None:
            self._show(row.code)
            self.take_focus()

    def leave(self) -> None:
        """To the unit above; from where one began, back to where one came from."""
        if self._unit == self._begun_at:
            self.left.emit()
            return
        before = self._unit
        self._show(parent(before), chosen=before)
        self.take_focus()

    def _open_history(self) -> None:
        self._session.history_asked.emit(self._unit)

    def tell(self, text: str) -> None:
        """Say what stands in the way."""
        self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go into the list."""
        is_station = self._bodies.currentWidget() is self.traces
        table = self.traces if is_station else self.parts
        table.setFocus(Qt.FocusReason.TabFocusReason)
