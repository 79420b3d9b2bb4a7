"""The question of one differing cell: its values, each with the key that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.wording import Words
    from recap_desktop.office.plenary.reading import Values

_MOST = 6


class ChoicePanel(QWidget):
    """Which cell is asked about, how many are left, and what can be taken."""

    chosen = Signal(int)

    def __init__(self, words: Words) -> None:
        """No question yet."""
        super().__init__()
        self._words = words
        self._count = PlainLabel()
        sized(self._count, 0.9)
        self._count.set_role(QPalette.ColorRole.PlaceholderText)
        self._name = PlainLabel(lines=3)
        sized(self._name, 1.1, bold=True)
        self._buttons = [StepButton() for _ in range(_MOST)]
        self._other = StepButton(words("desk.settling.other", number="0"))
        self._hint = PlainLabel(lines=3)
        sized(self._hint, 0.86)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 6)
        box.setSpacing(4)
        box.addWidget(self._count)
        box.addWidget(self._name)
        for number, button in enumerate((*self._buttons, self._other), start=1):
            # The keys stay in the box of the form.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("number", number if button is not self._other else 0)
            sized(button, 1.5 if button is not self._other else 1.0)
            button.clicked.connect(self._click)
            box.addWidget(button)
        box.addWidget(self._hint)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What can be taken now, each with its number."""
        return [button.text() for button in self._buttons if not button.isHidden()]

    def ask(
        self,
        name: str,
        values: Values,
        *,
        at: tuple[int, int],
        said_by: Sequence[str] = (),
        types_other: bool = False,
    ) -> None:
        """Ask about a cell.

        Args:
            name: what the cell is called.
            values: what was met in it, in the order of the keys.
            at: which of how many it is.
            said_by: of rulings, who says each value; entries stay without names.
            types_other: whether another figure is typed now.
        """
        words = self._words
        self._count.set_text(words("desk.settling.count", number=at[0], count=at[1]))
        self._name.set_text(name)
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(values))
            if number < len(values):
                value = values[number]
                figure = words["desk.entry.blank"] if value is None else number_text(value)
                code = "desk.settling.value-of" if number < len(said_by) else "desk.settling.value"
                who = said_by[number] if number < len(said_by) else ""
                button.setText(words(code, number=str(number + 1), figure=figure, who=who))
        self._hint.set_text(words["desk.settling.typing" if types_other else "desk.settling.hint"])
        # Qt keeps the height with the buttons of before, and would stretch the window for them.
        self._box.invalidate()
        self.show()

    def _click(self) -> None:
        button = self.sender()
        if isinstance(button, StepButton):
            self.chosen.emit(int(button.property("number")))
