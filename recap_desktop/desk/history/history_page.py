"""Riwayat: every record of one TPS, and the proof of the whole file."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.entry.station_chooser import StationChooser
from recap_desktop.desk.history.history_rows import (
    ChangeRow,
    beside_columns,
    change_columns,
    change_rows,
    event_columns,
)
from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.office.entry.stations import standing
from recap_desktop.office.opening import open_office
from recap_desktop.office.plenary.revisions import is_closed
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.beside import Line, columns_beside, lines_beside
from recap_desktop.office.proof.history import Event, history
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QIcon, QResizeEvent

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.office.proof.auditing import Audit

_MOST_FAULTS = 4
_LEAST_NAME = 40
"""Letters of the name of a cell that can be read at least."""

_ICON, _ONE_RECORD = 16, 2
"""A table of one record has two columns: the names of the cells, and its figures."""


class RecordTable(RowsTable):
    """A quiet table that is only read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty table."""
        super().__init__(parent)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)


class BesideTable(RecordTable):
    """Every figure that was ever recorded of a TPS, a column a record; what differs stands first."""

    def __init__(self, session: Session) -> None:
        """No TPS yet."""
        super().__init__()
        self._session = session
        self._model: RowsModel[Line] = RowsModel(self)
        self.setModel(self._model)
        self.setAccessibleName(session.words["desk.beside.name"])
        self.setIconSize(QSize(_ICON, _ICON))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The cells that are listed."""
        return self._model.rows

    @property
    def heads(self) -> list[str]:
        """What stands over the columns of the records."""
        return [column.title for column in self._model.columns[1:]]

    @property
    def has_several(self) -> bool:
        """Whether more than one record gives figures."""
        return len(self._model.columns) > _ONE_RECORD

    def show_events(self, known: Sequence[Event]) -> None:
        """Show the records that give figures, beside each other."""
        session = self._session
        form = session.office.election.form(session.contest_id)
        phrasing = Phrasing(session.words, form, session.contest)
        shown = columns_beside(known)
        columns = beside_columns(session.words, shown, phrasing, mark=self._mark)
        self._model.show(columns, lines_beside(shown, session.layout.cells))
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        metrics = self.fontMetrics()
        for at, column in enumerate(columns[1:], start=1):
            self.setColumnWidth(at, metrics.horizontalAdvance(column.title) + 3 * _ICON)
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give what is left to the names of the cells."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Names have the room that is left, and never less than can be read."""
        others = sum(self.columnWidth(at) for at in range(1, len(self._model.columns)))
        least = self.fontMetrics().averageCharWidth() * _LEAST_NAME
        self.setColumnWidth(0, max(least, self.viewport().width() - others))

    def _mark(self, line: Line) -> QIcon | None:
        if not line.differs:
            return None
        return icon(Shape.TRIANGLE, ink(self.palette(), Hue.CARE))


class HistoryPage(QWidget):
    """What was recorded about a TPS, by whom, and what it changed."""

    check_asked = Signal()

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        """No TPS chosen yet."""
        super().__init__(parent)
        self._session = session
        self._background = background
        self._tps = ""
        words = session.words
        self.chooser = StationChooser(session)
        self._title = PlainLabel()
        sized(self._title, 1.1, bold=True)
        self._events: RowsModel[Event] = RowsModel(self)
        self._changes: RowsModel[ChangeRow] = RowsModel(self)
        self.events, self.changes = RecordTable(), RecordTable()
        self.events.setModel(self._events)
        self.changes.setModel(self._changes)
        self.events.setAccessibleName(words["desk.history.events"])
        self.changes.setAccessibleName(words["desk.history.changes"])
        self.anchor = QLineEdit()
        self.anchor.setPlaceholderText(words["desk.history.anchor"])
        self.anchor.setAccessibleName(words["desk.history.anchor"])
        self.anchor.returnPressed.connect(self.start_audit)
        self.foot = StepBar()
        self.foot.offer(words["desk.history.audit"], self.start_audit)
        self.foot.offer_other(words["desk.check.from-history"], self.check_asked.emit)
        self._to_form = StepButton(words["desk.history.to-form"])
        self.to_slip = StepButton(words["desk.history.to-slip"])
        self.beside = BesideTable(session)
        self.turn = StepButton()
        self._arrange()
        self.chooser.chosen.connect(self.show_station)
        self.events.selectionModel().currentRowChanged.connect(self._show_changes)
        self._events.modelReset.connect(self._choose_last)
        self._to_form.clicked.connect(self._open_form)
        self.to_slip.clicked.connect(self._open_slip)
        self.turn.clicked.connect(self._turn_over)
        session.recorded.connect(self.refresh)
        session.contest_changed.connect(self.refresh)
        self.refresh()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        for button in (self.turn, self.to_slip, self._to_form):
            line.addWidget(button)
        self._below = QStackedWidget()
        self._below.addWidget(self.changes)
        self._below.addWidget(self.beside)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 2, 10, 6)
        box.setSpacing(4)
        box.addWidget(self.chooser)
        box.addLayout(line)
        box.addWidget(self.events, 3)
        box.addWidget(self._below, 4)
        box.addWidget(self.anchor)
        box.addWidget(self.foot)

    # One TPS

    @property
    def listed(self) -> tuple[Event, ...]:
        """The records that are listed."""
        return self._events.rows

    def show_station(self, tps: str) -> None:
        """Show the records of a TPS."""
        self._tps = tps
        self.chooser.go_near(tps)
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        session = self._session
        tables = session.office.file.contests[session.contest_id]
        if not self._tps or tables.tally(self._tps) is None:
            self._show_events((), session.words["desk.history.choose"])
            return
        now = standing(session.office, session.contest_id, self._tps, person=session.person_id)
        name = session.station(self._tps)
        if now.hidden:
            self._show_events((), session.words("desk.history.hidden", station=name))
            return
        known = history(session.office, session.contest_id, self._tps)
        title = session.words("desk.history.of", station=name, count=len(known))
        self._show_events(tuple(known), title)

    def _show_events(self, known: tuple[Event, ...], title: str) -> None:
        self._title.set_text(title)
        self.beside.show_events(known)
        is_settled = any(event.what == "settled" for event in known)
        self._show_below(is_beside=is_settled and self.beside.has_several)
        self._to_form.setVisible(bool(self._tps))
        session = self._session
        # Without a close there is nothing that a slip could be proved by.
        closed = bool(self._tps) and is_closed(session.office, session.contest_id, self._tps)
        self.to_slip.setVisible(closed)
        self._events.show(event_columns(self._session.words), known)
        metrics = self.fontMetrics()
        for at, width in enumerate((26, 29, 20, 11, 34)):
            self.events.setColumnWidth(at, metrics.averageCharWidth() * width)
        self._choose_last()

    def _show_below(self, *, is_beside: bool) -> None:
        """Show what one record changed, or all that give figures beside each other."""
        self._below.setCurrentWidget(self.beside if is_beside else self.changes)
        self.turn.setVisible(self.beside.has_several)
        code = "changes" if is_beside else "beside"
        self.turn.setText(self._session.words[f"desk.beside.to-{code}"])

    def _turn_over(self) -> None:
        self._show_below(is_beside=self._below.currentWidget() is self.changes)

    def _choose_last(self) -> None:
        if self._events.rows:
            self.events.selectRow(len(self._events.rows) - 1)
        self._show_changes()

    def _show_changes(self) -> None:
        event = self._events.row(self.events.currentIndex())
        session = self._session
        form = session.office.election.form(session.contest_id)
        phrasing = Phrasing(session.words, form, session.contest)
        order = session.layout.cells
        rows = change_rows(event, phrasing, order) if event else []
        self._changes.show(change_columns(session.words), rows)
        header = self.changes.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in (1, 2):
            self.changes.setColumnWidth(at, self.fontMetrics().averageCharWidth() * 14)

    def _open_form(self) -> None:
        self._session.station_asked.emit(self._tps)

    def _open_slip(self) -> None:
        self._session.slip_asked.emit(self._tps)

    # The whole file

    def start_audit(self) -> None:
        """Prove the file in the worker, on a second opening of its own."""
        session = self._session
        self.foot.say(session.words["desk.history.auditing"])
        self.foot.next_button.setEnabled(False)
        work = partial(_audit, session.office.file.path, self.anchor.text())
        self._background.submit(work, self._audited)

    def _audited(self, future: Future[Audit]) -> None:
        words = self._session.words
        self.foot.next_button.setEnabled(True)
        try:
            found = future.result()
        except KnownProblem as problem:
            self.foot.say(self._session.problem_text(problem), Hue.CARE)
            return
        if found.faults:
            lines = [words("desk.history.faulty", count=len(found.faults))]
            lines += [words.fault(fault) for fault in found.faults[:_MOST_FAULTS]]
            self.foot.say(" ".join(lines), Hue.WRONG)
            return
        text = words("desk.history.sound", records=found.records, chains=found.chains)
        if found.anchor is not None:
            text = f"{text} {words('desk.history.anchored', seq=found.anchor.seq)}"
        if found.missing:
            text = f"{text} {words('desk.history.pictures-missing', count=len(found.missing))}"
        self.foot.say(text, Hue.GOOD)

    def take_focus(self) -> None:
        """Go to the chooser."""
        self.chooser.take_focus()


def _audit(path: Path, anchor: str) -> Audit:
    """Open the file a second time, for reading, in the thread that audits it."""
    office = open_office(path)
    try:
        return audit(office, anchor=anchor)
    finally:
        office.close()
