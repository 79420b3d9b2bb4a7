"""The key that fills the rest of a page with 0; pressed again it takes back exactly that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.office.entry.zero_filling import fillable_with_zero

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.entry.entry_form import EntryForm
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.phrasing import Phrasing


class ZeroKey:
    """Fills blank boxes of the page that is shown, and remembers which until something is typed."""

    def __init__(self, session: Session, foot: StepBar) -> None:
        """Nothing was filled yet."""
        self._session = session
        self._foot = foot
        self._filled: list[str] = []
        self._began_at = ""

    def forget(self) -> None:
        """Another form is before the person."""
        self._filled = []

    def typed(self, cell: str) -> None:
        """What was typed into a box is no longer what the key filled in."""
        if cell in self._filled:
            self._filled.remove(cell)

    def press(self, form: EntryForm, names: Phrasing) -> bool:
        """Fill, or take back where nothing is left to fill. Whether the form changed.

        Filled, the next box that is still blank is gone to, e.g. the total below; taken back, the
        box from which it was filled.
        """
        words = self._session.words
        here = form.cells_here()
        written = form.cells
        blank = [cell for cell in here if cell not in written]
        cells = fillable_with_zero(self._session.layout, blank)
        if cells:
            form.fill(cells, 0)
            self._filled = [cell for cell in self._filled if cell in here] + cells
            self._began_at = form.focused_cell
            at = here.index(self._began_at) if self._began_at in here else 0
            left = [cell for cell in (*here[at:], *here[:at]) if cell in {*blank} - {*cells}]
            if left:
                form.focus_cell(left[0])
            self._say("desk.form.zeros", cells, names)
            return True
        back = [cell for cell in self._filled if cell in here]
        if not back:
            self._foot.say(words["desk.entry.no-zeros"])
            return False
        form.fill(back, None)
        self._filled = []
        if self._began_at in here:
            form.focus_cell(self._began_at)
        self._say("desk.form.zeros-back", back, names)
        return True

    def _say(self, code: str, cells: Sequence[str], names: Phrasing) -> None:
        named = "; ".join(names.cell(cell) for cell in cells)
        self._foot.say(self._session.words(code, count=len(cells), cells=named), Hue.CHANGED)
