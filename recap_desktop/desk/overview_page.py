"""Ringkasan: how far every unit is, what the totals are, and a way to any TPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.appearance import Hue
from recap_desktop.desk.labels import PlainLabel
from recap_desktop.desk.lacking_board import LackingBoard
from recap_desktop.desk.overview_choice import FINDINGS, LACKING, UNITS, choice_box
from recap_desktop.desk.overview_rows import UnitRow, figures, unit_columns, unit_rows
from recap_desktop.desk.row_mark import RowMark
from recap_desktop.desk.sign_legend import SignLegend
from recap_desktop.desk.station_chooser import StationChooser
from recap_desktop.desk.station_list import StationList
from recap_desktop.desk.station_tiles import StationTiles, Tile
from recap_desktop.desk.step_bar import StepBar, StepButton
from recap_desktop.desk.table_model import RowsModel
from recap_desktop.desk.totals_strip import TotalsStrip
from recap_desktop.desk.typefaces import sized
from recap_desktop.election.regions import Level, level_of, parent, station_number
from recap_desktop.election.wording import number_text
from recap_desktop.office.listing_stations import Choice
from recap_desktop.office.overview import progress, station_rows, totals
from recap_desktop.office.stations import Sign, sign_of, sign_of_state

if TYPE_CHECKING:
    from recap_desktop.desk.background import Background
    from recap_desktop.desk.session import Session

_MOST_CHOICES = 4
_PLAIN = QSize(960, 500)
_SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


class UnitTable(QTableView):
    """The table of units: Enter goes into one, Backspace out of it."""

    def __init__(self, page: OverviewPage) -> None:
        """The table of a page."""
        super().__init__(page)
        self._page = page
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.set_scale(1.0)
        RowMark(self)

    def set_scale(self, scale: float) -> None:
        """Draw larger in a larger window."""
        sized(self, 1.12 * scale)
        sized(self.horizontalHeader(), 1.0 * scale)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and Backspace walk through the levels."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self._page.enter(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Minus, Qt.Key.Key_Left):
            self._page.leave()
        else:
            super().keyPressEvent(event)


class OverviewPage(QWidget):
    """Units of one level with their progress and sums; the TPS of the chosen one as tiles."""

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        """Show the level below the office."""
        super().__init__(parent)
        self._session = session
        self._under = session.office.code
        self._stale = True
        self._list_is_other = False
        self._scale = 1.0
        words = session.words
        self.strip = TotalsStrip()
        self.chooser = StationChooser(session)
        self._path = PlainLabel()
        sized(self._path, 1.05, bold=True)
        self.legend = SignLegend(words)
        self.choice = choice_box(session)
        self.list = StationList(session, background)
        self.board = LackingBoard(session)
        self._up = StepButton(words["desk.overview.up"])
        self._up.clicked.connect(self.leave)
        self.table = UnitTable(self)
        self.table.setAccessibleName(words["desk.overview.table"])
        self._model: RowsModel[UnitRow] = RowsModel(self)
        self.table.setModel(self._model)
        self.table.activated.connect(self.enter)
        self.tiles = StationTiles()
        self.tiles.setAccessibleName(words["desk.overview.tiles"])
        self._tiles_of = PlainLabel()
        self.foot = StepBar()
        self._bodies = QStackedWidget()
        self._arrange()
        self._connect()

    def _connect(self) -> None:
        session = self._session
        session.recorded.connect(self.refresh)
        session.contest_changed.connect(self._change_contest)
        session.access_changed.connect(self.refresh)
        self.chooser.chosen.connect(session.station_asked)
        self.chooser.field.walked.connect(self._go_to_table)
        self.tiles.opened.connect(session.station_asked)
        self.table.selectionModel().currentRowChanged.connect(self._choose_row)
        self._model.modelReset.connect(self._choose_first)
        self.choice.currentIndexChanged.connect(self._show_body)
        self.list.left.connect(self._leave_list)
        self.board.left.connect(self._leave_list)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._go_to_choice)

    def _arrange(self) -> None:
        path = QHBoxLayout()
        path.addWidget(self._path)
        path.addWidget(self.legend, 1)
        path.addWidget(self._up)
        path.addWidget(self.choice)
        units = QWidget()
        inside = QVBoxLayout(units)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.table, 5)
        inside.addWidget(self._tiles_of)
        inside.addWidget(self.tiles, 1)
        self._bodies.addWidget(units)
        self._bodies.addWidget(self.board)
        self._bodies.addWidget(self.list)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 8)
        box.setSpacing(6)
        box.addWidget(self.chooser)
        box.addWidget(self.strip)
        box.addLayout(path)
        box.addWidget(self._bodies, 1)
        box.addWidget(self.foot)

    # What is shown

    @property
    def under(self) -> str:
        """The unit whose parts are listed."""
        return self._under

    @property
    def rows(self) -> tuple[UnitRow, ...]:
        """The rows that are listed."""
        return self._model.rows

    def refresh(self) -> None:
        """Look again now, or when the page is next shown."""
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again if something was recorded meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw in the largest of a few scales with which the page keeps its rows."""
        super().resizeEvent(event)
        size = min(self.height() / _PLAIN.height(), self.width() / _PLAIN.width())
        scale = max(step for step in _SCALES if step <= max(1.0, size))
        if scale != self._scale:
            self._scale = scale
            self.strip.set_scale(scale)
            self.table.set_scale(scale)
            self.legend.set_scale(scale)
            self.list.set_scale(scale)
            self.board.set_scale(scale)
            self._set_widths()

    def _read(self) -> None:
        self._stale = False
        session = self._session
        columns = unit_columns(session, self._under, self.palette())
        chosen = self.table.currentIndex().row()
        self._model.show(columns, unit_rows(session, self._under))
        self._set_widths()
        self._show_totals()
        is_whole = self._under == session.office.code
        self._up.setVisible(not is_whole)
        self._path.set_text(self._path_text())
        self.tiles.setVisible(self._shows_tiles)
        self._tiles_of.setVisible(self._shows_tiles)
        self.table.selectRow(max(0, chosen))
        self._show_tiles()
        self.chooser.refresh()
        self._offer()
        if self._shows_list and (self._list_is_other or self.board.isVisible()):
            self._show_body()
        elif self._bodies.currentWidget() is self.list:
            self.list.refresh()

    @property
    def _shows_list(self) -> bool:
        return self._bodies.currentIndex() > 0

    @property
    def _shows_tiles(self) -> bool:
        return level_of(self._under) is Level.KECAMATAN

    def _path_text(self) -> str:
        session = self._session
        names = []
        code = self._under
        while len(code) >= len(session.office.code):
            unit = session.office.election.unit_word(code)
            name = session.office.election.tree.name(code)
            names.append(session.words(f"desk.unit.{unit}", name=name))
            code = parent(code)
        return session.words["desk.overview.path"].join(reversed(names))

    def _set_widths(self) -> None:
        header = self.table.horizontalHeader()
        metrics = self.table.fontMetrics()
        for at, column in enumerate(self._model.columns):
            if not column.widest:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
                continue
            title = header.fontMetrics().horizontalAdvance(column.title)
            widest = max(metrics.horizontalAdvance(column.widest), title)
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(at, widest + (30 if column.icon else 14))
        self.table.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.3))

    def _show_totals(self) -> None:
        session = self._session
        office, contest = session.office, session.contest_id
        level = level_of(self._under)
        (total,) = totals(office, contest, level=level, under=self._under)
        (done,) = progress(office, contest, level=level, under=self._under)
        shown = figures(total)
        words = session.words
        stations = f"{number_text(done.done)} / {number_text(done.stations)}"
        parts = [(words["desk.overview.stations"], stations)]
        none = words["desk.none"]
        choices = session.contest.choices
        if len(choices) <= _MOST_CHOICES:
            parts += [(f"{c.number}  {c.name}", shown.get(c.counted_key, none)) for c in choices]
        parts += [
            (words[f"desk.sum.{key}-tip"], shown.get(key, none))
            for key in ("valid", "invalid", "cast")
        ]
        self.strip.show_parts(parts, done.done / done.stations)
        double = office.file.double_entry
        counts = [(sign_of_state(s, double_entry=double), n) for s, n in done.states.items()]
        odd = [(Sign.ODD, done.broken)] if done.broken else []
        self.legend.show_counts([*counts, *odd])

    def _show_tiles(self) -> None:
        row = self._model.row(self.table.currentIndex())
        if row is None or not self._shows_tiles:
            self.tiles.show_tiles(())
            return
        session = self._session
        double = session.office.file.double_entry
        tiles = []
        for stored in station_rows(session.office, session.contest_id, under=row.code):
            sign = sign_of(stored, double_entry=double)
            word = session.words[f"desk.sign.{sign.value}"]
            number = station_number(stored.tps)
            text = session.words("desk.tile", number=number, state=word)
            tiles.append(Tile(stored.tps, number, sign, text))
        self.tiles.show_tiles(tiles)
        self._tiles_of.set_text(session.words("desk.overview.tiles-of", name=row.name))

    def _offer(self) -> None:
        session = self._session
        following = session.next_station(self.chooser.near)
        odd = sum(row.progress.broken for row in self.rows if row.progress)
        self.foot.say(
            session.words("desk.overview.some-odd", count=odd) if odd else "",
            Hue.CARE if odd else Hue.QUIET,
        )
        if following and session.office.can_write:
            text = session.words("desk.entry.next", station=session.station(following))
            self.foot.offer(text, self._open_next)
        else:
            self.foot.offer("", self._open_next)

    def _open_next(self) -> None:
        session = self._session
        following = session.next_station(self.chooser.near)
        if following:
            session.station_asked.emit(following)

    # Walking

    def _choose_row(self) -> None:
        self._show_tiles()

    def _choose_first(self) -> None:
        self.table.selectRow(0)

    def enter(self, index: QModelIndex) -> None:
        """Go into a unit; of a TPS open the form."""
        row = self._model.row(index)
        if row is None:
            return
        if row.sign is not None:
            self._session.station_asked.emit(row.code)
            return
        self._under = row.code
        self._read()

    def leave(self) -> None:
        """Go to the unit above, as far as the office."""
        if self._under != self._session.office.code:
            if self._shows_list:
                self._under, self._list_is_other = parent(self._under), True
                self._read()
                return
            left, self._under = self._under, parent(self._under)
            self._read()
            codes = [row.code for row in self.rows]
            if left in codes:
                self.table.selectRow(codes.index(left))

    # Lists of TPS below the unit that is shown

    def _show_body(self) -> None:
        """Show the units, or a list of TPS anew."""
        self._list_is_other = False
        chosen = str(self.choice.currentData())
        if chosen in (UNITS, LACKING):
            self._bodies.setCurrentIndex((UNITS, LACKING).index(chosen))
            self.list.stop()
            if chosen == LACKING:
                self.board.show_under(self._under)
            return
        self._bodies.setCurrentWidget(self.list)
        wanted = None if chosen == FINDINGS else Choice(chosen)
        self.list.show_choice(wanted, under=self._under, where=self._path_text())

    def _change_contest(self) -> None:
        self._list_is_other = True
        self.refresh()

    def _go_to_choice(self) -> None:
        self.choice.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_list(self) -> None:
        self.choice.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def stop(self) -> None:
        """Give up what is under way: the office is left."""
        self.list.stop()

    def _go_to_table(self) -> None:
        """An arrow in the empty chooser leads to the table."""
        if not self.chooser.field.text():
            table = (self.table, self.board.stations, self.list.table)[self._bodies.currentIndex()]
            table.setFocus(Qt.FocusReason.TabFocusReason)

    def take_focus(self) -> None:
        """Go to the chooser: a number is the shortest way."""
        self.chooser.take_focus()
