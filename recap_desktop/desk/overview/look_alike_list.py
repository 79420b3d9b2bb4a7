"""The list of look-alikes below a unit: both sides of each, a key away from either form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.overview.search_run import SearchRun
from recap_desktop.desk.overview.station_list import ListTable
from recap_desktop.desk.pieces.fitted_columns import fit_columns
from recap_desktop.desk.pieces.table_model import RIGHT, Column, PagedRows, RowsModel
from recap_desktop.election.checks.look_phrasing import LookPhrasing
from recap_desktop.election.checks.resemblance import Kind, LookAlike
from recap_desktop.election.definitions.regions import Level, level_of, station_number
from recap_desktop.election.wording import number_text
from recap_desktop.office.checks.look_alike_search import LookAlikeSearch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.look_alikes import Looked

_PAUSE = 300
"""Milliseconds between two looks at what a search has found meanwhile."""

_ALL = "all"


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look-alike as it is shown."""

    look: LookAlike
    other: str
    why: str


class LookTable(ListTable):
    """The table; Enter opens the first TPS, plus the other one."""

    other_opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Plus opens the other TPS."""
        if event.key() == Qt.Key.Key_Plus:
            self.other_opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class LookAlikeList(QWidget):
    """Look-alikes of a unit, found in the worker, kept in step with what is recorded."""

    left = Signal()

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        """An empty list."""
        super().__init__(parent)
        self._session = session
        self._search: LookAlikeSearch | None = None
        self._under = self._where = ""
        self._found: list[LookAlike] = []
        self._is_fresh = False
        self._scale = 1.0
        words = session.words
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(words["desk.look.kinds"])
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._said = PlainLabel()
        self._hint = PlainLabel(words["desk.look.hint"])
        self._model: RowsModel[LookRow] = RowsModel(self)
        self.table = LookTable()
        self.table.setAccessibleName(words["desk.look.table"])
        self.table.setModel(self._model)
        self._run = SearchRun(background, words, self, pause=_PAUSE)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.kinds)
        line.addWidget(self._said, 1)
        line.addWidget(self._run.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        box.addWidget(self._hint)

    def _connect(self) -> None:
        self.kinds.currentIndexChanged.connect(self._show_rows)
        self.table.opened.connect(self._open)
        self.table.resized.connect(self._set_widths)
        self.table.other_opened.connect(self._open_other)
        self.table.left.connect(self.left)
        self._run.begun_again.connect(self._begin)
        self._run.brought.connect(self._bring)
        self._run.looked.connect(self._look)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._escape)

    @property
    def said(self) -> str:
        """How many there are, or how far the search is."""
        return self._said.text

    @property
    def is_searching(self) -> bool:
        """Whether the search is under way."""
        return self._run.is_running

    @property
    def found(self) -> tuple[LookAlike, ...]:
        """What is found so far, of every kind."""
        return tuple(self._found)

    # The search

    def show_under(self, under: str, where: str) -> None:
        """Show the look-alikes below a unit; one that was searched already is brought up to date.

        Args:
            under: code of the unit.
            where: its name, to be said.
        """
        if self._search is not None and under == self._under and not self._is_stale:
            self.refresh()
            return
        self._under, self._where = under, where
        self._begin()

    def forget(self) -> None:
        """Another contest is looked at: what was found is not of it."""
        self._run.stop()
        self._search = None

    def refresh(self) -> None:
        """Something was recorded: look again at the desa it is of."""
        if self._search is None or self._is_stale:
            self._begin()
            return
        for part in self._search.changed():
            self._run.add(part)

    @property
    def _is_stale(self) -> bool:
        """Whether the definition changed, or the search was stopped before its end."""
        return self._run.was_stopped or (self._search is not None and not self._search.is_of_now)

    def _begin(self) -> None:
        session = self._session
        search = LookAlikeSearch(session.office, session.contest_id, under=self._under)
        self._search = search
        self._found = []
        self._show_kinds()
        self._show_rows()
        self._run.begin(search.parts(), search.look, size=search.size())
        self._say()

    def stop(self) -> None:
        """Stop the search; what it has found stays."""
        self._run.stop()

    def _bring(self, looked: Looked) -> None:
        if self._search is None:
            return
        self._search.put(looked)
        self._is_fresh = True
        if not self._run.is_running:
            self._look()

    def _look(self) -> None:
        """Show what was brought since the last look."""
        if self._search is None:
            return
        if self._is_fresh:
            self._is_fresh = False
            found = self._search.found()
            if found != self._found:
                self._found = found
                self._show_kinds()
                self._show_rows()
        self._say()

    # What is shown

    def _show_kinds(self) -> None:
        """Every kind that is met, with how many there are."""
        words = self._session.words
        counts = Counter(one.kind for one in self._found)
        wanted = [(_ALL, words["look.kind.all"], len(self._found))]
        wanted += [
            (kind.value, words[f"look.kind.{kind.value}"], counts[kind])
            for kind in Kind
            if counts[kind]
        ]
        chosen = str(self.kinds.currentData() or _ALL)
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            for value, name, count in wanted:
                self.kinds.addItem(words("desk.filters.item", name=name, count=count), value)
            self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))

    def _show_rows(self) -> None:
        chosen = str(self.kinds.currentData() or _ALL)
        shown = [one for one in self._found if chosen in (_ALL, one.kind.value)]
        row = self.table.currentIndex().row()
        self._model.show(self._columns(), self._rows(shown))
        self._set_widths()
        if shown:
            self.table.selectRow(max(0, min(row, len(shown) - 1)))

    def _rows(self, shown: Sequence[LookAlike]) -> PagedRows[LookRow]:
        session = self._session
        phrasing = LookPhrasing(session.words, session.office.election, session.contest_id)
        tables = session.office.file.contests[session.contest_id]

        def look(places: Sequence[str]) -> list[LookRow]:
            rows = []
            for place in places:
                one = shown[int(place)]
                stored = tables.tally(one.tps)
                cells = stored.tally.cells if stored and stored.tally.counts else {}
                rows.append(LookRow(one, phrasing.station(one), phrasing.say(one, cells)))
            return rows

        return PagedRows([str(place) for place in range(len(shown))], look)

    def _columns(self) -> list[Column[LookRow]]:
        session = self._session
        words, tree = session.words, session.office.election.tree
        columns: list[Column[LookRow]] = [
            Column(
                words["desk.list.number"],
                lambda row: station_number(row.look.tps),
                RIGHT,
                widest="000",
            ),
            Column(words["desk.level.desa"], lambda row: session.village(row.look.tps)),
        ]
        if level_of(session.office.code) is not Level.KECAMATAN:
            digits = Level.KECAMATAN.value
            title = words["desk.level.kecamatan"]
            columns.append(Column(title, lambda row: tree.name(row.look.tps[:digits])))
        return [
            *columns,
            Column(words["desk.look.other"], lambda row: row.other),
            Column(words["desk.look.why"], lambda row: row.why, stretch=5),
        ]

    def set_scale(self, scale: float) -> None:
        """Draw larger in a larger window."""
        self._scale = scale
        self._set_widths()

    def _set_widths(self) -> None:
        columns = self._model.columns
        fit_columns(self.table, columns, factor=self._scale, lines=1.7, head=self._scale)

    def _say(self) -> None:
        code = self._run.state(is_found=bool(self._found))
        details = {
            "percent": self._run.percent,
            "count": number_text(len(self._found)),
            "where": self._where,
        }
        self._said.set_text(self._session.words(f"desk.look.{code}", **details))

    # Walking

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self._session.station_asked.emit(row.look.tps)

    def _open_other(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None and row.look.other:
            self._session.station_asked.emit(row.look.other)

    def _escape(self) -> None:
        if self._run.is_running:
            self.stop()
        else:
            self.left.emit()

    def take_focus(self) -> None:
        """Go into the table."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
