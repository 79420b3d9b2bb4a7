"""Pasting a figure with dots or spaces: only when somebody says that it is one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.desk.appearance import Hue

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.step_bar import StepBar
    from recap_desktop.election.wording import Words

_SHORT = 40
_DIGITS, _GROUPING = "0123456789", "., "


class PasteQuestion:
    """Asks at the foot of the page whether a text is the figure it may be."""

    def __init__(self, foot: StepBar, words: Words, put: Callable[[str, int], None]) -> None:
        """``put`` takes cell and figure once somebody has said yes."""
        self._foot = foot
        self._words = words
        self._put = put

    def ask(self, text: str, cell: str) -> None:
        """Show the text, and offer the figure where it holds digits and dots only."""
        self._foot.say(self._words("desk.entry.paste", text=text[:_SHORT]), Hue.CARE)
        digits = "".join(letter for letter in text if letter in _DIGITS)
        if digits and set(text) <= set(_DIGITS + _GROUPING):
            named = self._words("desk.entry.paste-as", digits=digits)
            self._foot.offer_other(named, partial(self._answer, cell, int(digits)))

    def _answer(self, cell: str, figure: int) -> None:
        self._foot.no_other()
        self._put(cell, figure)
