"""A new office: from which definition, of which unit, in which file; one page, no wizard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.row_mark import RowMark
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.offices.root_boxes import RootBoxes
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.desk.pieces.table_model import Column, RowsModel
from recap_desktop.election.definitions.regions import Region, dotted
from recap_desktop.office.definitions.definitions import office_regions, read_definition
from recap_desktop.office.keys.roots_beside import roots_beside
from recap_desktop.office.keys.taking_certificates import believe
from recap_desktop.office.opening import create_office_for
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.wording import Words

_SUFFIX = ".rekap"
_MOST_FAULTS = 6


class NewOfficePage(QWidget):
    """Definition, unit, way of entry, file; the next step says what is still missing."""

    made = Signal(object)
    given_up = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """Ask for the definition first."""
        super().__init__(parent)
        self._words = words
        self._election: Election | None = None
        self._definition = Path()
        self._regions: list[Region] = []
        title = PlainLabel(words["desk.new.title"])
        sized(title, 1.7, bold=True)
        self.definition = PlainLabel(words["desk.new.no-definition"], lines=2)
        self.choose_file = StepButton(words["desk.new.choose-file"])
        self.choose_folder = StepButton(words["desk.new.choose-folder"])
        self.search = QLineEdit()
        self.search.setPlaceholderText(words["desk.new.search"])
        self.search.setAccessibleName(words["desk.new.search"])
        self._model: RowsModel[Region] = RowsModel(self)
        self.table = QTableView()
        self.table.setAccessibleName(words["desk.new.region"])
        self.table.setModel(self._model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        RowMark(self.table)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.double = QCheckBox(words["desk.new.double"])
        self.root = RootBoxes(words)
        self.file = QLineEdit()
        self.file.setAccessibleName(words["desk.new.file"])
        self.foot = StepBar()
        self._arrange(title)
        self.choose_file.clicked.connect(self._ask_file)
        self.choose_folder.clicked.connect(self._ask_folder)
        self.search.textChanged.connect(self._filter)
        self.table.selectionModel().currentRowChanged.connect(self._name_file)
        self.root.finished.connect(self.foot.take_focus)
        self.foot.offer_other(words["desk.act.give-up"], self.given_up.emit)
        self.foot.offer(words["desk.new.make"], self.make)
        self._show_readiness()

    def _arrange(self, title: PlainLabel) -> None:
        words = self._words
        grid = QGridLayout()
        grid.setVerticalSpacing(5)
        for row, name in enumerate(("definition", "region", "double-caption", "root", "file")):
            caption = QLabel(words[f"desk.new.{name}"])
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(caption, 2 * row, 0, top)
        grid.addWidget(self.definition, 0, 1)
        grid.addWidget(self.choose_file, 0, 2)
        grid.addWidget(self.choose_folder, 0, 3)
        grid.addWidget(self.search, 2, 1, 1, 3)
        grid.addWidget(self.table, 3, 1, 1, 3)
        grid.addWidget(self.double, 4, 1, 1, 3)
        grid.addWidget(self.root, 6, 1, 1, 3)
        grid.addWidget(self.file, 8, 1, 1, 3)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(40, 16, 24, 8)
        box.addWidget(title)
        box.addLayout(grid, 1)
        box.addWidget(self.foot)

    # Definition

    def take_focus(self) -> None:
        """Go to the first thing that is missing."""
        if self._election is None:
            self.choose_file.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.search.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_file(self) -> None:
        title, kinds = self._words["desk.new.choose-file"], self._words["desk.file.definitions"]
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if path:
            self.read(Path(path))

    def _ask_folder(self) -> None:
        title = self._words["desk.new.choose-folder"]
        path = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Read a definition and list its units."""
        try:
            election = read_definition(path)
        except KnownProblem as problem:
            lines = [self._words.problem(problem)]
            lines += [self._words.fault(fault) for fault in problem.faults[:_MOST_FAULTS]]
            self.foot.say(" ".join(lines), Hue.CARE)
            self.foot.setToolTip("\n".join(lines))
            return
        self._election, self._definition = election, path
        self._regions = office_regions(election)
        mode = self._words[f"desk.new.{election.mode.value}"]
        text = self._words(
            "desk.new.read",
            title=election.title,
            date=self._words.date(election.date),
            contests=len(election.contests),
            stations=len(election.stations),
            mode=mode,
        )
        self.definition.set_text(text)
        self._filter()
        self.take_focus()

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        bare = wanted.replace(".", "")
        rows = [
            region
            for region in self._regions
            if wanted in region.name.casefold() or (bare.isdigit() and region.code.startswith(bare))
        ]
        columns: list[Column[Region]] = [
            Column(self._words["desk.new.code"], lambda region: dotted(region.code)),
            Column(self._words["desk.new.unit"], self._unit),
        ]
        self._model.show(columns, rows)
        if rows:
            self.table.selectRow(0)
        self._name_file()

    def _unit(self, region: Region) -> str:
        if self._election is None:
            return region.name
        unit = self._election.unit_word(region.code)
        return self._words(f"desk.unit.{unit}", name=region.name)

    # Making it

    @property
    def region(self) -> Region | None:
        """The unit that is chosen."""
        return self._model.row(self.table.currentIndex())

    def _name_file(self) -> None:
        region = self.region
        if region is not None:
            folder = Path.home()
            self.file.setText(str(folder / f"{region.name} {dotted(region.code)}{_SUFFIX}"))
        self._look_for_root()
        self._show_readiness()

    def _look_for_root(self) -> None:
        region, election = self.region, self._election
        if region is not None and election is not None:
            self.root.show_beside(roots_beside(self._definition, election, region.code))

    def _show_readiness(self) -> None:
        code = "ready" if self.region is not None else "choose-first"
        self.foot.say(self._words[f"desk.new.{code}"])
        self.foot.next_button.setEnabled(self.region is not None)

    def make(self) -> None:
        """Make the office and hand it on."""
        region, election = self.region, self._election
        if region is None or election is None:
            return
        path = Path(self.file.text().strip())
        if path.suffix != _SUFFIX:
            path = path.with_name(path.name + _SUFFIX)
        try:
            groups = self.root.typed()
            office = create_office_for(
                path, election=election, region=region.code, double_entry=self.double.isChecked()
            )
            if groups and self.root.offered is not None:
                believe(office, self.root.offered, groups, by=self.root.by.text())
        except KnownProblem as problem:
            self.foot.say(self._words.problem(problem), Hue.CARE)
            return
        self.made.emit(office)
