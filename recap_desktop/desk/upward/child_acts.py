"""What can be done with an office below, a button each; its digit at the foot presses it."""

from __future__ import annotations

import enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.office.upward.children import Came

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words
    from recap_desktop.office.upward.children import Child


class Act(enum.Enum):
    """In the order of the digits; ``desk.child.do.<value>`` words it."""

    RECEIPT = "receipt"
    ALARM = "alarm"
    CONFLICT = "conflict"
    SHEET = "sheet"
    PAPER = "paper"


class ChildActs(QWidget):
    """A row of buttons, always in the same places; what cannot be done now is greyed."""

    asked = Signal(Act)

    def __init__(self, words: Words) -> None:
        """Nothing is chosen."""
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 2)
        self.buttons: dict[Act, StepButton] = {}
        for at, act in enumerate(Act, start=1):
            button = StepButton(f"{at}  {words[f'desk.child.do.{act.value}']}")
            button.clicked.connect(partial(self.asked.emit, act))
            self.buttons[act] = button
            box.addWidget(button)
        box.addStretch(1)

    def offer(
        self, child: Child | None, *, has_alarm: bool, is_listed: bool, may_write: bool
    ) -> None:
        """Say what can be done.

        Args:
            child: the office that is chosen.
            has_alarm: whether any alarm waits.
            is_listed: whether the offices are on the screen at all.
            may_write: whether anything can be recorded.
        """
        came = child.came if child else Came.NOTHING
        can = {
            Act.RECEIPT: came is Came.RECEIVED,
            Act.ALARM: has_alarm,
            Act.CONFLICT: child is not None and bool(child.conflicts),
            Act.SHEET: child is not None,
            Act.PAPER: may_write and child is not None and came in (Came.NOTHING, Came.PAPER),
        }
        self.setVisible(is_listed)
        for act, button in self.buttons.items():
            button.setEnabled(is_listed and can[act])

    def press(self, digit: str) -> None:
        """Press the button of a digit, where it can be."""
        acts = list(Act)
        if not self.isHidden() and 0 < int(digit) <= len(acts):
            self.buttons[acts[int(digit) - 1]].click()
