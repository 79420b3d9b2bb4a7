"""Pasting a figure with dots or spaces: only when somebody says which figure it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.election.wording import number_text
from recap_desktop.office.entry.pasted_figures import readings

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.election.wording import Words

_SHORT = 40


class PasteQuestion:
    """Asks at the foot of the page what a text means, and pastes nothing by itself."""

    def __init__(
        self,
        foot: StepBar,
        words: Words,
        *,
        put: Callable[[str, int], None],
        back: Callable[[str], object],
    ) -> None:
        """``put`` takes cell and figure once somebody has said yes; ``back`` returns to a cell."""
        self._foot = foot
        self._words = words
        self._put = put
        self._back = back

    def ask(self, text: str, cell: str) -> None:
        """Show the text and every figure that it may be."""
        shown = " ".join(text.split())[:_SHORT]
        found = readings(text)
        if not found:
            self._foot.say(self._words("desk.form.paste-none", text=shown), Hue.CARE)
            return
        self._foot.say(self._words("desk.form.paste", text=shown), Hue.CARE)
        answers = [(number_text(figure), partial(self._put, cell, figure)) for figure in found]
        back = (self._words["desk.form.paste-back"], partial(self._back, cell))
        self._foot.choices.ask(answers, back=back)
