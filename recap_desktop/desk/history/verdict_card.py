"""The result of a check, large and calm: a shape, a word, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue, ground, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, draw
from recap_desktop.desk.looks.typefaces import sized

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words

_SHAPES = {
    Hue.GOOD: Shape.CHECK,
    Hue.CARE: Shape.TRIANGLE,
    Hue.WRONG: Shape.DIAMOND,
    Hue.QUIET: Shape.RING,
}
_LINES = 3


class VerdictCard(QWidget):
    """One result; its place is always there."""

    def __init__(self, words: Words) -> None:
        """Nothing was checked yet."""
        super().__init__()
        self._hue = Hue.QUIET
        self.setAccessibleName(words["desk.check.card"])
        self.word, self.what = PlainLabel(lines=1), PlainLabel()
        self.why = PlainLabel(lines=_LINES)
        sized(self.word, 1.7, bold=True)
        self.word.let_narrow()
        side = round(self.word.fontMetrics().height() * 2.2)
        box = QVBoxLayout(self)
        box.setContentsMargins(side, 8, 12, 8)
        box.setSpacing(2)
        for label in (self.word, self.what, self.why):
            box.addWidget(label)
        self.show_verdict(words["desk.check.nothing-yet"], "", words["desk.check.say"], Hue.QUIET)

    @property
    def hue(self) -> Hue:
        """The hue of what is shown."""
        return self._hue

    def show_verdict(self, word: str, what: str, why: str, hue: Hue) -> None:
        """Show a result.

        Args:
            word: the result itself.
            what: of what it is.
            why: why it does not hold and where, or what is left to be done.
            hue: of the result.
        """
        self._hue = hue
        self.word.set_text(word)
        self.what.set_text(what)
        self.why.set_text(why)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground and the shape."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground(self.palette(), self._hue))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        side = self.word.fontMetrics().height() * 1.3
        place = QRectF(side * 0.35, (self.height() - side) / 2, side, side)
        draw(painter, _SHAPES[self._hue], place, ink(self.palette(), self._hue))
        painter.end()
