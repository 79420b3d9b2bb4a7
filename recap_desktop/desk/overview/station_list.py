"""A list of TPS across desa: filtered and ordered by the file, or what a search of findings found."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.overview.listed_rows import (
    Row,
    figures_shown,
    judged_columns,
    listed_columns,
)
from recap_desktop.desk.overview.search_run import SearchRun
from recap_desktop.desk.pieces.fitted_columns import fit_columns
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.table_model import PagedRows, RowsModel
from recap_desktop.election.wording import number_text
from recap_desktop.office.checks.finding_search import FindingSearch, Judged
from recap_desktop.office.progress.listing_stations import Choice, listed_keys, look_at

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session

_PAUSE = 200
"""Milliseconds between two looks at what a search has found meanwhile."""


class ListTable(RowsTable):
    """The list; Enter opens the form of a TPS."""

    opened = Signal(QModelIndex)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty list."""
        super().__init__(parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens a form, Backspace leaves the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Minus):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SearchField(QLineEdit):
    """What the names in the list must hold; Down and Enter lead into the list."""

    walked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Down and Enter lead into the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.walked.emit()
        else:
            super().keyPressEvent(event)


class StationList(QWidget):
    """The TPS of one choice below one unit, however many there are.

    Only the rows on the screen are read. A search of findings has no choice: it looks through
    every TPS, in the worker, and can be stopped.
    """

    left = Signal()

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        """An empty list."""
        super().__init__(parent)
        self._session = session
        self._choice: Choice | None = Choice.ALL
        self._under = ""
        self._where = ""
        self._search: FindingSearch | None = None
        self._found: list[Judged] = []
        self._fresh: list[Judged] = []
        self._reached = ""
        self._scale = 1.0
        words = session.words
        self.field = SearchField()
        self.field.setPlaceholderText(words["desk.list.search-hint"])
        self.field.setAccessibleName(words["desk.list.search"])
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(self.fontMetrics().averageCharWidth() * 30)
        self.order = QComboBox()
        self.order.setAccessibleName(words["desk.list.order"])
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._said = PlainLabel()
        self._model: RowsModel[Row] = RowsModel(self)
        self.table = ListTable()
        self.table.setAccessibleName(words["desk.list.table"])
        self.table.setModel(self._model)
        self._run = SearchRun(background, words, self, pause=_PAUSE)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.field)
        line.addWidget(self.order)
        line.addWidget(self._said, 1)
        line.addWidget(self._run.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        self._run.button.hide()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._read)
        self.field.walked.connect(self._go_to_table)
        self.order.currentIndexChanged.connect(self._read)
        self.table.opened.connect(self._open)
        self.table.resized.connect(self._set_widths)
        self.table.left.connect(self.left)
        self._run.begun_again.connect(self._begin_search)
        self._run.brought.connect(self._bring)
        self._run.looked.connect(self._show_fresh)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._escape)

    # What is shown

    @property
    def said(self) -> str:
        """How many TPS there are, or how far the search is."""
        return self._said.text

    @property
    def is_searching(self) -> bool:
        """Whether a search of findings is under way."""
        return self._run.is_running

    @property
    def found(self) -> tuple[Judged, ...]:
        """What the search has found so far, in code order."""
        return tuple(self._found)

    def show_choice(self, choice: Choice | None, *, under: str, where: str) -> None:
        """Show a list anew.

        Args:
            choice: which TPS; None looks through all for findings.
            under: code of the unit they lie in.
            where: its name, to be said.
        """
        self._choice, self._under, self._where = choice, under, where
        self.field.setVisible(choice is not None)
        self.order.setVisible(choice is not None)
        self._list_orders()
        if choice is None:
            self._begin_search()
        else:
            self._give_up_search()
            self._read()

    def refresh(self) -> None:
        """Something was recorded: read the list again, or judge again what changed."""
        if self._choice is not None:
            self._read()
        elif self._search is None or not self._search.is_for(self._session.voice):
            self._begin_search()
        else:
            changed = self._search.changed()
            if changed:
                self._run.add(changed)

    def _list_orders(self) -> None:
        words = self._session.words
        wanted = [("", words["desk.list.by-code"])]
        wanted += [
            (cell, words("desk.list.by-figure", name=title))
            for cell, title in figures_shown(self._session).items()
        ]
        held = [self.order.itemData(at) for at in range(self.order.count())]
        if held != [cell for cell, _ in wanted]:
            with QSignalBlocker(self.order):
                self.order.clear()
                for cell, text in wanted:
                    self.order.addItem(text, cell)

    def _read(self) -> None:
        if self._choice is None:
            return
        session, text = self._session, self.field.text().strip()
        order = str(self.order.currentData() or "")
        keys = listed_keys(
            session.office,
            session.contest_id,
            self._choice,
            under=self._under,
            text=text,
            order=order,
            descending=bool(order),
        )
        look = partial(look_at, session.office, session.contest_id)
        self._show(PagedRows(keys, look))
        words = session.words
        if keys:
            name = words[f"desk.list.choice.{self._choice.value}"]
            count = number_text(len(keys))
            said = words("desk.list.count", count=count, choice=name, where=self._where)
        elif text:
            said = words("desk.list.none-found", text=text, where=self._where)
        else:
            said = words("desk.list.none", where=self._where)
        self._said.set_text(said)

    def _show(self, rows: PagedRows[Row] | list[Row]) -> None:
        is_list = self._choice is not None
        columns = (listed_columns if is_list else judged_columns)(self._session, self.palette())
        chosen = self.table.currentIndex().row()
        self._model.show(columns, rows)
        self._set_widths()
        if self._model.rowCount():
            self.table.selectRow(max(0, min(chosen, self._model.rowCount() - 1)))

    def set_scale(self, scale: float) -> None:
        """Draw larger in a larger window."""
        self._scale = scale
        self._set_widths()

    def _set_widths(self) -> None:
        lines = 1 if self._choice is not None else 2
        columns = self._model.columns
        fit_columns(self.table, columns, factor=1.05 * self._scale, lines=lines, head=self._scale)

    # The search of findings

    def _begin_search(self) -> None:
        session = self._session
        where = (session.office, session.contest_id, session.words)
        search = FindingSearch(*where, under=self._under, voice=session.voice)
        self._search = search
        self._found, self._fresh, self._reached = [], [], ""
        self._show([])
        self._run.begin(search.parts(), search.judge, size=search.size())
        self._say()

    def stop(self) -> None:
        """Stop the search; what it has found stays."""
        self._run.stop()

    def _give_up_search(self) -> None:
        self._search = None
        self._run.stop()
        self._run.button.hide()
        self._found, self._fresh = [], []

    def _bring(self, judged: list[Judged]) -> None:
        if self._search is None:
            return
        self._fresh += judged
        if not self._run.is_running:
            # Records came after the end: of what was never looked at nothing is said.
            self._fresh = [one for one in self._fresh if one.tps <= self._reached]
            self._show_fresh()

    def _show_fresh(self) -> None:
        """Put what was brought since the last look into the list."""
        if self._search is None:
            return
        fresh, self._fresh = self._fresh, []
        if fresh and fresh[0].tps > self._reached and _in_order(fresh):
            more = [one for one in fresh if one.texts]
            self._found += more
            self._model.add(more)
        elif fresh:
            known = {one.tps: one for one in self._found} | {one.tps: one for one in fresh}
            self._found = [known[tps] for tps in sorted(known) if known[tps].texts]
            self._show(list(self._found))
        self._reached = max([self._reached, *(one.tps for one in fresh)])
        self._say()

    def _say(self) -> None:
        code = self._run.state(is_found=bool(self._found))
        details = {
            "percent": self._run.percent,
            "stations": number_text(len(self._found)),
            "where": self._where,
        }
        self._said.set_text(self._session.words(f"desk.list.{code}", **details))

    # Walking

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self._session.station_asked.emit(row.tps)

    def _go_to_table(self) -> None:
        if self._model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _escape(self) -> None:
        """First what was typed or is under way is given up, then the list is left."""
        if self._run.is_running:
            self.stop()
        elif self.field.text() and self.field.isVisible():
            self.field.clear()
        else:
            self.left.emit()

    def take_focus(self) -> None:
        """Go to the search where there is one, else into the list."""
        target = self.field if self._choice is not None else self.table
        target.setFocus(Qt.FocusReason.TabFocusReason)


def _in_order(judged: list[Judged]) -> bool:
    return all(one.tps < other.tps for one, other in itertools.pairwise(judged))
