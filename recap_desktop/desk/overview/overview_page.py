"""Ringkasan: how far every unit is, what the totals are, and a way to any TPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeySequence, QPalette, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.entry.station_chooser import StationChooser
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.overview.lacking_board import LackingBoard
from recap_desktop.desk.overview.look_alike_list import LookAlikeList
from recap_desktop.desk.overview.overview_choice import FINDINGS, LACKING, LOOKS, UNITS, filters
from recap_desktop.desk.overview.overview_rows import UnitRow, summed, unit_columns, unit_rows
from recap_desktop.desk.overview.station_list import StationList
from recap_desktop.desk.overview.station_tiles import StationTiles, Tile
from recap_desktop.desk.overview.totals_strip import TotalsStrip
from recap_desktop.desk.overview.unit_table import UnitTable
from recap_desktop.desk.pieces.filter_list import FilterList
from recap_desktop.desk.pieces.fitted_columns import fit_columns
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.election.definitions.regions import Level, level_of, parent, station_number
from recap_desktop.election.figures.pace_words import outlook_text
from recap_desktop.office.entry.stations import sign_of
from recap_desktop.office.progress.listing_stations import Choice, counts_of
from recap_desktop.office.progress.overview import station_rows
from recap_desktop.office.progress.working_pace import outlook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session

_PLAIN = QSize(960, 500)
_SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


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
        self._counts: Mapping[Choice, int] = {}
        self._scale = 1.0
        words = session.words
        self.strip = TotalsStrip()
        self.chooser = StationChooser(session)
        self._path = PlainLabel()
        sized(self._path, 1.05, bold=True)
        self._outlook = PlainLabel()
        self._outlook.set_align(Qt.AlignmentFlag.AlignRight)
        self._outlook.set_role(QPalette.ColorRole.PlaceholderText)
        self.filters = FilterList()
        self.filters.setAccessibleName(words["desk.filters.name"])
        self.list = StationList(session, background)
        self.looks = LookAlikeList(session, background)
        self.board = LackingBoard(session)
        self._up = StepButton(words["desk.overview.up"])
        self._up.clicked.connect(self.leave)
        self.table = UnitTable()
        self.table.setAccessibleName(words["desk.overview.table"])
        self._model: RowsModel[UnitRow] = RowsModel(self)
        self.table.setModel(self._model)
        self.table.activated.connect(self.enter)
        self.table.entered.connect(self.enter)
        self.table.left.connect(self.leave)
        self.table.resized.connect(self._set_widths)
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
        self.chooser.field.stepped.connect(self._step)
        self.chooser.field.slashed.connect(session.trouble_asked)
        self.filters.changed.connect(self._show_body)
        self.filters.taken.connect(self._go_to_body)
        self.filters.left.connect(self._leave_list)
        for body in (self.list, self.board, self.looks):
            body.left.connect(self._leave_list)
        keys = {"Ctrl+F": self._go_to_filters, "*": self._step, "/": session.trouble_asked}
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _arrange(self) -> None:
        path = QHBoxLayout()
        path.addWidget(self._path)
        path.addWidget(self._outlook, 1)
        path.addWidget(self._up)
        units = QWidget()
        inside = QVBoxLayout(units)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.table, 5)
        inside.addWidget(self._tiles_of)
        inside.addWidget(self.tiles, 1)
        for body in (units, self.board, self.list, self.looks):
            self._bodies.addWidget(body)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.filters)
        middle.addWidget(self._bodies, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 8)
        box.setSpacing(6)
        box.addWidget(self.chooser)
        box.addWidget(self.strip)
        box.addLayout(path)
        box.addLayout(middle, 1)
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

    @property
    def outlook(self) -> str:
        """About how long what is left takes; empty while that is not known."""
        return self._outlook.text

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
            self.filters.set_scale(scale)
            self.list.set_scale(scale)
            self.looks.set_scale(scale)
            self.board.set_scale(scale)
            self._set_widths()

    def _read(self) -> None:
        self._stale = False
        session = self._session
        rows = unit_rows(session, self._under)
        columns = unit_columns(session, self._under, self.palette(), rows)
        chosen = self.table.currentIndex().row()
        self._model.show(columns, rows)
        self._set_widths()
        self._show_totals()
        self._counts = counts_of(session.office, session.contest_id, under=self._under)
        shown = self.filters.chosen
        with QSignalBlocker(self.filters):
            self.filters.show_filters(filters(session, self._counts))
        if shown and self.filters.chosen != shown:
            # What was listed is no list of this office any more.
            self._list_is_other = True
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
        elif self._bodies.currentWidget() is self.looks:
            self.looks.refresh()

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
        scale = self._scale
        fit_columns(self.table, self._model.columns, factor=1.12 * scale, head=scale)

    def _show_totals(self) -> None:
        done, parts = summed(self._session, self._under)
        self.strip.show_parts(parts, done.done / done.stations)

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
        words = session.words
        ahead = outlook(session.office, session.contest_id)
        text = outlook_text(words, ahead.pace, ahead.time) if ahead else ""
        self._outlook.set_text(text)
        odd = self._counts[Choice.TROUBLE]
        self.foot.say(
            words("desk.overview.some-trouble", count=odd) if odd else "",
            Hue.CARE if odd else Hue.QUIET,
        )
        if odd:
            self.foot.offer_other(words["desk.trouble.go"], session.trouble_asked.emit)
        else:
            self.foot.no_other()
        following = session.next_station(self.chooser.near)
        next_text = ""
        if following and session.office.can_write:
            next_text = words("desk.entry.next", station=session.station(following))
        self.foot.offer(next_text, self._open_next)

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

    def choose(self, value: str) -> None:
        """Show something else: a list by its value, or one of the constants of overview_choice."""
        self.filters.choose(value)

    def _show_body(self) -> None:
        """Show the units, or a list of TPS anew."""
        self._list_is_other = False
        chosen = self.filters.chosen
        if chosen not in (FINDINGS, UNITS, LACKING, LOOKS):
            self._bodies.setCurrentWidget(self.list)
            self.list.show_choice(Choice(chosen), under=self._under, where=self._path_text())
            return
        if chosen != FINDINGS:
            self.list.stop()
        if chosen != LOOKS:
            self.looks.stop()
        self._bodies.setCurrentIndex((UNITS, LACKING, FINDINGS, LOOKS).index(chosen))
        if chosen == LACKING:
            self.board.show_under(self._under)
        elif chosen == FINDINGS:
            self.list.show_choice(None, under=self._under, where=self._path_text())
        elif chosen == LOOKS:
            self.looks.show_under(self._under, self._path_text())

    def _step(self) -> None:
        """Show the next list that has something in it, and go there."""
        self.filters.step()
        self._go_to_filters()

    def _change_contest(self) -> None:
        self._list_is_other = True
        self.looks.forget()
        self.refresh()

    def _go_to_filters(self) -> None:
        self.filters.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_body(self) -> None:
        """From the column of filters into what is shown."""
        if self._shows_list:
            parts = (self.board, self.list, self.looks)
            parts[self._bodies.currentIndex() - 1].take_focus()
        else:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _leave_list(self) -> None:
        self.choose(UNITS)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def stop(self) -> None:
        """Give up what is under way: the office is left."""
        self.list.stop()
        self.looks.stop()

    def _go_to_table(self) -> None:
        """An arrow in the empty chooser leads to the table."""
        if not self.chooser.field.text():
            tables = (self.table, self.board.stations, self.list.table, self.looks.table)
            tables[self._bodies.currentIndex()].setFocus(Qt.FocusReason.TabFocusReason)

    def take_focus(self) -> None:
        """Go to the chooser: a number is the shortest way."""
        self.chooser.take_focus()
