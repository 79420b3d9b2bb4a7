"""Boxes for what the signed paper of a package says: its totals, and the beginning of its head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.pieces.asked_boxes import AskedBoxes
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.office.upward import receiving
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from recap_desktop.desk.session import Session


class PaperBoxes(AskedBoxes):
    """A box for each total that is asked, then for the head.

    Attributes:
        by: who types it; None where that is asked elsewhere.
    """

    def __init__(
        self, session: Session, contest_id: str, sender: str, *, asks_name: bool = False
    ) -> None:
        """Nothing is typed yet."""
        words, office = session.words, session.office
        why = words("desk.terima.paper-why", sender=sender)
        super().__init__(session, words["desk.terima.paper-title"], why)
        contest = office.election.contest(contest_id)
        phrasing = Phrasing(words, office.election.form(contest_id), contest)
        self.by = self.ask_name() if asks_name else None
        self._totals: dict[str, QLineEdit] = {
            cell: self.ask(phrasing.cell(cell))
            for cell in receiving.asked_cells(office, contest_id)
        }
        self._head = self.ask(words["desk.terima.head"])

    @property
    def typed(self) -> receiving.Typed:
        """What was typed.

        Raises:
            KnownProblem: ``total-not-a-number``.
        """
        totals = {}
        for cell, field in self._totals.items():
            text = field.text().replace(".", "").replace(" ", "")
            if not text:
                continue
            if not (text.isascii() and text.isdecimal()):
                raise KnownProblem("total-not-a-number", what=field.accessibleName())
            totals[cell] = int(text)
        return receiving.Typed(totals, self._head.text().strip())
