"""Where things stand on the entry page: chooser above, form and findings, the next step below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from recap_desktop.desk.entry.beside_form import BesideForm
from recap_desktop.desk.entry.contest_block import ContestBlock
from recap_desktop.desk.entry.findings_panel import FindingsPanel
from recap_desktop.desk.entry.mark_panel import MarkPanel
from recap_desktop.desk.entry.ruling_panel import RulingPanel
from recap_desktop.desk.entry.station_chooser import StationChooser
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.offices.person_panel import PersonPanel
from recap_desktop.desk.pieces.step_bar import StepBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.desk.session import Session


class EntryLayout(QWidget):
    """The parts of the entry page in their places.

    Attributes:
        chooser: which TPS to go to.
        title: which TPS is open, to be read from across the table.
        contests: which contest is typed, and how the others of the TPS stand.
        findings: what to look at now.
        marking: why a finding stands so on the paper.
        ruling: how the TPS stands and what can be decided.
        beside: both of these, or the scan in their place.
        person: who types.
        foot: message and next step.
    """

    def __init__(
        self, session: Session, names: Iterable[str], parent: QWidget | None = None
    ) -> None:
        """Empty parts; ``names`` are those that typed on this machine before."""
        super().__init__(parent)
        self.chooser = StationChooser(session)
        self.title = PlainLabel()
        sized(self.title, 1.75, bold=True)
        self.title.let_narrow()
        self.title.set_align(Qt.AlignmentFlag.AlignRight)
        self.contests = ContestBlock(session)
        self.findings = FindingsPanel(session.words)
        self.marking = MarkPanel(session.words)
        self.ruling = RulingPanel(session.words)
        self.beside = BesideForm(session, self.findings, self.ruling)
        self.person = PersonPanel(session, names)
        self.foot = StepBar()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.person)
        self._arrange()

    def _arrange(self) -> None:
        self.beside.put_above(self.marking)
        self.beside.put_above(self.contests)
        self._make_room(is_asking=False)
        self.ruling.asking.connect(lambda asks: self._make_room(is_asking=asks))
        self.marking.asking.connect(self._make_room_for_mark)
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.beside)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.chooser, 3)
        top.addWidget(self.title, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 2, 10, 6)
        box.setSpacing(4)
        box.addLayout(top)
        box.addLayout(middle, 1)
        box.addWidget(self.foot)

    def _make_room(self, *, is_asking: bool) -> None:
        """A decision needs the room; the head of the window names the contest all the same."""
        self.contests.setVisible(self.contests.has_a_choice and not is_asking)

    def _make_room_for_mark(self, asks: bool) -> None:  # noqa: FBT001 - a slot
        """What can be decided about the TPS waits while it is asked about one finding."""
        self.beside.make_room(is_asked=asks)
        self._make_room(is_asking=asks or self.ruling.is_asking)

    def _show_tools(self, *, is_shown: bool) -> None:
        """Show what belongs to a TPS, or only the question who types."""
        for part in (self.chooser, self.title, self.beside):
            part.setVisible(is_shown)
