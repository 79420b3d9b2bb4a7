"""Findings in few words: rows are called by their number on the paper, as in ``I.B.4``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.figures import counts

if TYPE_CHECKING:
    from recap_desktop.election.definitions.contests import Contest
    from recap_desktop.election.definitions.forms import Form
    from recap_desktop.election.papers.arrangements import Section
    from recap_desktop.election.wording import Words


class ShortPhrasing(Phrasing):
    """Words findings beside the form itself, where the number is enough to find the row."""

    def __init__(
        self, words: Words, form: Form, contest: Contest, *, sections: tuple[Section, ...]
    ) -> None:
        """Take the numbers of the rows from the paper as it is arranged."""
        super().__init__(words, form, contest)
        self._refs = {
            counts.row_key(line.cell): row.ref
            for section in sections
            for row in section.rows
            for line in row.lines
            if row.ref
        }

    def row(self, cell: str) -> str:
        """The number of the row on the paper; its name where it has none."""
        return self._refs.get(counts.row_key(cell)) or super().row(cell)
