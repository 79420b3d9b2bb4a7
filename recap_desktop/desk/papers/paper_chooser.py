"""What is shown in Kertas: which paper, of which revision and TPS, on which size of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from recap_desktop.desk.entry.station_chooser import StationChooser
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.papers.paper_choice import (
    RETURNS,
    choice_of_paper,
    is_of_station,
    list_papers,
    list_revisions,
    paper_of_choice,
)
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.papers.paper_making import PaperKind
from recap_desktop.office.papers.printing import PAPER_SIZES

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.copies import PaperOf


class StationRow(QWidget):
    """Asks for the TPS of a paper of one, above the paper; a blank form may be of a whole desa."""

    chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        """No TPS yet."""
        super().__init__()
        self._session = session
        words = session.words
        self.unit = ""
        self.chooser = StationChooser(session)
        self.whole = StepButton(words["desk.papers.whole-desa"])
        self.said = PlainLabel()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.chooser, 3)
        box.addWidget(self.said, 2)
        box.addWidget(self.whole)
        self.chooser.chosen.connect(self.choose)
        self.whole.clicked.connect(self._choose_desa)
        self.hide()

    def show_for(self, paper: PaperOf | None) -> None:
        """Show it where the paper is of one TPS."""
        self.setVisible(is_of_station(paper))
        is_form = paper is not None and paper.kind == PaperKind.BLANK_FORMS.value
        self.whole.setVisible(is_form)
        self._say()

    def choose(self, unit: str) -> None:
        """Take a TPS, or a desa."""
        self.unit = unit
        self.chooser.go_near(unit)
        self._say()
        self.chosen.emit(unit)

    def forget(self) -> None:
        """Another contest is looked at: it may not be held there."""
        self.unit = ""
        self.chooser.clear()

    def _choose_desa(self) -> None:
        near = self.chooser.near or self.unit
        if near:
            self.choose(near[: Level.DESA.value])
        else:
            self.chooser.take_focus()

    def _say(self) -> None:
        session, unit = self._session, self.unit
        text = ""
        if len(unit) == Level.TPS.value:
            text = session.words("desk.papers.of-station", station=session.station(unit))
        elif unit:
            text = session.words("desk.papers.of-desa", desa=session.village(unit))
        self.said.set_text(text)


class PaperChooser(QWidget):
    """Three lists at the side, and the row for a TPS, which the page places above the paper.

    ``changed`` comes when another paper, revision or TPS was chosen by hand, ``size_changed`` when
    another size of paper was.
    """

    changed = Signal()
    size_changed = Signal(str)

    def __init__(self, session: Session) -> None:
        """The book of the office, as it stands, on F4."""
        super().__init__()
        self._session = session
        self._is_narrow = False
        words = session.words
        self.which, self.paper_size, self.revision = QComboBox(), QComboBox(), QComboBox()
        self.which.setAccessibleName(words["desk.papers.which"])
        self.paper_size.setAccessibleName(words["desk.papers.size"])
        self.revision.setAccessibleName(words["desk.papers.of-revision"])
        for size in PAPER_SIZES:
            self.paper_size.addItem(words("desk.papers.paper", size=size.upper()), size)
        self.which.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.which.setMinimumContentsLength(8)
        self.stations = StationRow(session)
        line = QHBoxLayout()
        line.addWidget(self.which, 1)
        line.addWidget(self.paper_size)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(line)
        box.addWidget(self.revision)
        self.fill()
        self.which.activated.connect(self._choose)
        self.revision.activated.connect(self.changed)
        self.paper_size.activated.connect(self._choose_size)
        self.stations.chosen.connect(self.changed)

    def go_to(self, digit: str) -> None:
        """Go to the list of a digit: which paper, its size, its revision."""
        boxes = {"7": self.which, "8": self.paper_size, "9": self.revision}
        if (box := boxes.get(digit)) is not None and box.isVisible():
            box.setFocus(Qt.FocusReason.TabFocusReason)

    # What is chosen

    @property
    def paper(self) -> PaperOf | None:
        """The paper; None for the list for the PPS."""
        return paper_of_choice(str(self.which.currentData() or ""), self.stations.unit)

    @property
    def number(self) -> int | None:
        """The revision that was chosen; None for what stands."""
        chosen = self.revision.currentData()
        return int(chosen) if chosen is not None else None

    @property
    def lacks_station(self) -> bool:
        """Whether the TPS is still to be said."""
        return is_of_station(self.paper) and not self.stations.unit

    @property
    def chosen_size(self) -> str:
        """The size of the paper."""
        return str(self.paper_size.currentData())

    @property
    def name(self) -> str:
        """What the paper is called as a file."""
        text = self.which.currentText()
        if self.which.currentData() != RETURNS:
            text = f"{self._session.contest.title} {text}"
        if self.stations.isVisible() and self.stations.unit:
            text = f"{text} {self.stations.unit}"
        if self.number is not None:
            text = f"{text} r{self.number}"
        return text.replace("/", "-")

    # What can be chosen

    def fill(self) -> None:
        """List the papers of the contest that is looked at."""
        list_papers(self.which, self._session)
        self.stations.forget()
        self.refresh()

    def refresh(self) -> None:
        """List the revisions anew: one may have been closed or opened."""
        paper = self.paper
        list_revisions(self.revision, self._session, paper)
        self._show_revision()
        self.stations.show_for(paper)

    def make_room(self, is_needed: bool) -> None:  # noqa: FBT001 - a slot
        """Put the list of revisions away while the room below is needed for something else."""
        self._is_narrow = is_needed
        self._show_revision()

    def _show_revision(self) -> None:
        """Show the list where there is anything to choose."""
        only = self.revision.itemData(0) if self.revision.count() else None
        is_offered = self.revision.count() > 1 or only is not None
        self.revision.setVisible(is_offered and not self._is_narrow)

    def show_paper(self, paper: PaperOf, number: int | None = None) -> None:
        """Choose a paper as if by hand."""
        at = self.which.findData(choice_of_paper(paper))
        if at >= 0:
            self.which.setCurrentIndex(at)
        if is_of_station(paper):
            self.stations.unit = paper.unit
            self.stations.chooser.go_near(paper.unit)
        self.refresh()
        self.revision.setCurrentIndex(max(0, self.revision.findData(number)))

    def show_size(self, size: str) -> bool:
        """Show a size of paper; whether it is another one than before."""
        at = self.paper_size.findData(size)
        if at < 0 or size == self.chosen_size:
            return False
        self.paper_size.setCurrentIndex(at)
        return True

    def _choose(self) -> None:
        self.refresh()
        if self.lacks_station:
            self.stations.chooser.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _choose_size(self) -> None:
        self.size_changed.emit(self.chosen_size)
