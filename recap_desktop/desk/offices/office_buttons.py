"""The buttons of Kantor: what can be done to the office, as far as who is there may do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.election.records.roles import Deed

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session


class OfficeButtons(QWidget):
    """The buttons in a row; what a role does not allow is not offered."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Make the buttons."""
        super().__init__(parent)
        self._session = session
        words = session.words
        self.people = StepButton(words["desk.people.button"])
        self.take_counts = StepButton(words["desk.import.button"])
        self.choose = StepButton(words["desk.kantor.amend"])
        self.choose_folder = StepButton(words["desk.kantor.amend-folder"])
        self.declare = StepButton(words["desk.kantor.declare-lost"])
        self.mirror = StepButton(words["desk.kantor.mirror"])
        self.emblem = StepButton(words["desk.emblem.button"])
        self.catch_up = StepButton(words["desk.kantor.catch-up"])
        self._deeds = {
            self.take_counts: Deed.IMPORT,
            self.choose: Deed.AMEND,
            self.choose_folder: Deed.AMEND,
            self.declare: Deed.DECLARE_LOST,
            self.mirror: Deed.MIRROR,
            self.emblem: Deed.EMBLEM,
        }

    def row(self) -> QHBoxLayout:
        """The buttons side by side."""
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in (self.people, *self._deeds, self.catch_up):
            sized(button, 0.9)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_buttons(self, *, is_busy: bool) -> None:
        """Offer what may be done now."""
        office = self._session.office
        for button, deed in self._deeds.items():
            button.setVisible(self._session.allows(deed))
            if button is not self.take_counts:
                button.setEnabled(office.can_write and not is_busy)
        self.catch_up.setVisible(office.mirror is not None and not office.mirror.is_present)
