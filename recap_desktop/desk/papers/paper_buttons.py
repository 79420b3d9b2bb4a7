"""What can be done with the papers: numbered buttons, which the number pad presses from the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from recap_desktop.desk.pieces.step_bar import StepButton

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words


class PaperButtons(QWidget):
    """Two beside each other, then one a row.

    Attributes:
        print: numbered copies.
        pdf: the shown paper as a file.
        view: the same in the system's viewer.
        export: all papers as files.
        copies: the list of copies.
        numbers: what is in so far, for saksi.
    """

    def __init__(self, words: Words) -> None:
        """All of them."""
        super().__init__()
        codes = (
            *("desk.copies.print", "desk.papers.pdf", "desk.papers.view", "desk.print.export"),
            *("desk.copies.button", "desk.hand-out.button"),
        )
        self._all = tuple(
            StepButton(words("usual-word.line", number=str(number), text=words[code]))
            for number, code in enumerate(codes, start=1)
        )
        self.print, self.pdf, self.view, self.export, self.copies, self.numbers = self._all
        self.print.setToolTip(words["desk.print.button"])
        self.numbers.setToolTip(words["desk.hand-out.tip"])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for pair in ((self.print, self.pdf), (self.view, self.export)):
            line = QHBoxLayout()
            for button in pair:
                line.addWidget(button, 1)
            rows.addLayout(line)
        rows.addWidget(self.copies)
        rows.addWidget(self.numbers)

    def press(self, digit: str) -> bool:
        """Press the button of a digit; whether there is one that can be pressed now."""
        at = int(digit) - 1
        if not (0 <= at < len(self._all) and self.isVisible() and self._all[at].isEnabled()):
            return False
        self._all[at].click()
        return True
