"""Asks about a figure that is larger than a TPS can plausibly have; typing goes on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.election.checks.plausible import most_plausible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.desk.entry.entry_form import EntryForm
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.phrasing import Phrasing


class FigureQuestion:
    """The question stands at the foot until the next box is typed; its mark stays until answered.

    A point says that it is really so, a minus leads back. Nothing waits for the answer: whoever
    types without looking up types into the right boxes.
    """

    def __init__(self, session: Session, foot: StepBar) -> None:
        """Nothing is asked yet."""
        self._session = session
        self._foot = foot
        self._asked: dict[str, int] = {}
        self._confirmed: dict[str, int] = {}
        self._now = ""

    def forget(self) -> None:
        """Another form is before the person."""
        self._asked, self._confirmed, self._now = {}, {}, ""

    def typed(self, cell: str, form: EntryForm) -> None:
        """Somebody types on: the question about another box is not in their way."""
        self._asked.pop(cell, None)
        if self._now:
            self._now = ""
            form.offer_return("")

    def left(self, cell: str, form: EntryForm, names: Phrasing) -> None:
        """Ask about the figure of a box that was just left, once."""
        figure = form.cells.get(cell, 0)
        limit = most_plausible(self._session.layout)[cell]
        known = (self._asked.get(cell), self._confirmed.get(cell))
        if figure <= limit or figure in known:
            return
        self._asked[cell] = figure
        self._now = cell
        form.offer_return(cell)
        about: dict[str, str | int] = {"cell": names.cell(cell), "figure": figure, "limit": limit}
        self._foot.say(self._session.words("desk.form.unlikely", **about), Hue.CARE)

    def confirm(self, form: EntryForm) -> bool:
        """Somebody says that it is really so. Whether anything was asked just now."""
        if not self._now:
            return False
        self._confirmed[self._now] = self._asked.pop(self._now)
        self._now = ""
        form.offer_return("")
        self._foot.say(self._session.words["desk.form.really-so"])
        return True

    @property
    def is_asking(self) -> bool:
        """Whether the question stands at the foot."""
        return bool(self._now)

    def texts(self, names: Phrasing) -> Mapping[str, str]:
        """What is still asked, by cell."""
        limits = most_plausible(self._session.layout)
        return {
            cell: self._session.words(
                "desk.form.unlikely-mark", cell=names.cell(cell), figure=figure, limit=limits[cell]
            )
            for cell, figure in self._asked.items()
        }
