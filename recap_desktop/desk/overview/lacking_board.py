"""How far each contest is, and the TPS of which some contest is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.overview.station_list import ListTable
from recap_desktop.desk.pieces.table_model import RIGHT, Column, RowsModel
from recap_desktop.election.definitions.regions import Level, level_of, station_number
from recap_desktop.election.wording import number_text
from recap_desktop.office.progress.lacking import Lacking, Missing, Reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.session import Session


class LackingBoard(QWidget):
    """The contests above, the TPS that lack one below; Enter opens the first form that is missing.

    Boxes that were read already and lack a form stand there first of all; those of which nothing
    is entered can be listed as well.
    """

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """An empty board."""
        super().__init__(parent)
        self._session = session
        self._under = ""
        words = session.words
        self.contests = ListTable()
        self.contests.setAccessibleName(words["desk.lacking.contests"])
        self.contests.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._reach: RowsModel[Reach] = RowsModel(self)
        self.contests.setModel(self._reach)
        self.stations = ListTable()
        self.stations.setAccessibleName(words["desk.lacking.stations"])
        self._lacking: RowsModel[Lacking] = RowsModel(self)
        self.stations.setModel(self._lacking)
        self._said = PlainLabel()
        self.all = QCheckBox(words["desk.lacking.all"])
        line = QHBoxLayout()
        line.addWidget(self._said, 1)
        line.addWidget(self.all)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.contests)
        box.addLayout(line)
        box.addWidget(self.stations, 1)
        self.contests.opened.connect(self._choose)
        self.stations.opened.connect(self._open)
        self.all.toggled.connect(self.refresh)
        for table in (self.contests, self.stations):
            table.left.connect(self.left)

    @property
    def said(self) -> str:
        """How many TPS lack something."""
        return self._said.text

    @property
    def rows(self) -> tuple[Lacking, ...]:
        """The TPS that are listed."""
        return tuple(self._lacking.rows)

    def show_under(self, under: str) -> None:
        """Show what is missing below a unit."""
        self._under = under
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        office, words = self._session.office, self._session.words
        found = Missing(office, under=self._under)
        self._reach.show(self._contest_columns(), found.reach())
        chosen = self.stations.currentIndex().row()
        shown = found.stations(begun=not self.all.isChecked())
        self._lacking.show(self._station_columns(), shown)
        self._set_widths()
        if shown:
            self.stations.selectRow(max(0, min(chosen, len(shown) - 1)))
        code = "some" if found.count_begun else "none-begun" if found.count else "none"
        counts = {"begun": number_text(found.count_begun), "missing": number_text(found.count)}
        self._said.set_text(words(f"desk.lacking.{code}", **counts))

    def set_scale(self, scale: float) -> None:
        """Draw larger in a larger window."""
        sized(self.contests, 1.05 * scale)
        sized(self.stations, 1.05 * scale)
        self._set_widths()

    def take_focus(self) -> None:
        """Go to the TPS, where there are any."""
        table = self.stations if self._lacking.rowCount() else self.contests
        table.setFocus(Qt.FocusReason.TabFocusReason)

    def _contest_columns(self) -> list[Column[Reach]]:
        words, election = self._session.words, self._session.office.election
        return [
            Column(words["desk.lacking.contest"], lambda row: election.contest(row.contest).title),
            Column(
                words["desk.lacking.entered"],
                lambda row: f"{number_text(row.entered)} / {number_text(row.stations)}",
                RIGHT,
                widest="00.000 / 00.000",
            ),
            Column(
                words["desk.lacking.missing"],
                lambda row: number_text(row.missing),
                RIGHT,
                widest="00.000",
            ),
            Column(
                words["desk.lacking.behind"],
                lambda row: number_text(row.left_behind),
                RIGHT,
                tip=words["desk.lacking.behind-tip"],
                widest="00.000",
            ),
        ]

    def _station_columns(self) -> list[Column[Lacking]]:
        session = self._session
        words, tree = session.words, session.office.election.tree
        columns: list[Column[Lacking]] = [
            Column(
                words["desk.list.number"], lambda row: station_number(row.tps), RIGHT, widest="000"
            ),
            Column(words["desk.level.desa"], lambda row: session.village(row.tps)),
        ]
        if level_of(session.office.code) is not Level.KECAMATAN:
            digits = Level.KECAMATAN.value
            title = words["desk.level.kecamatan"]
            columns.append(Column(title, lambda row: tree.name(row.tps[:digits])))
        return [
            *columns,
            Column(words["desk.lacking.missing"], lambda row: ", ".join(row.missing)),
            Column(words["desk.lacking.entered"], lambda row: ", ".join(row.entered)),
        ]

    def _set_widths(self) -> None:
        _fit(self.contests, self._reach.columns)
        _fit(self.stations, self._lacking.columns)
        rows = min(self._reach.rowCount(), 6) * self.contests.verticalHeader().defaultSectionSize()
        head = self.contests.horizontalHeader().sizeHint().height()
        self.contests.setFixedHeight(rows + head + 2 * self.contests.frameWidth())

    def _choose(self, index: QModelIndex) -> None:
        row = self._reach.row(index)
        if row is not None:
            self._session.choose_contest(row.contest)

    def _open(self, index: QModelIndex) -> None:
        row = self._lacking.row(index)
        if row is not None:
            self._session.choose_contest(row.missing[0])
            self._session.station_asked.emit(row.tps)


def _fit(table: QTableView, columns: Sequence[Column[Any]]) -> None:
    """Columns of figures as wide as they need be, names in what is left."""
    header, metrics = table.horizontalHeader(), table.fontMetrics()
    for at, column in enumerate(columns):
        mode = QHeaderView.ResizeMode
        header.setSectionResizeMode(at, mode.Fixed if column.widest else mode.Stretch)
        if column.widest:
            title = header.fontMetrics().horizontalAdvance(column.title)
            widest = metrics.horizontalAdvance(column.widest)
            header.resizeSection(at, max(widest, title) + 14)
    table.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.3))
