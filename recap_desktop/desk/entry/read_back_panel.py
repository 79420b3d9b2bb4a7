"""The read-back on the screen: large figures with their words, and what stood before beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.election.wording import number_text, terbilang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.checks.phrasing import Phrasing
    from recap_desktop.election.wording import Words
    from recap_desktop.office.plenary.read_back import Said
    from recap_desktop.office.plenary.reading import Values

_MARK, _NAME, _FIGURE, _SPOKEN, _BEFORE = range(5)
_ICON = 26


class ReadBackPanel(QWidget):
    """What was just typed, to be said aloud: a line a figure, nothing to type."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """An empty panel."""
        super().__init__(parent)
        self._words = words
        self._title = PlainLabel(words["desk.reading.title"])
        sized(self._title, 1.3, bold=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.addWidget(self._title)
        box.addWidget(self._area, 1)
        self.texts: list[str] = []

    def show_lines(self, lines: Sequence[Said], names: Phrasing) -> None:
        """Show the figures of a form, and the values that stood before where they differ."""
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(_NAME, 5)
        grid.setColumnStretch(_SPOKEN, 4)
        self.texts = []
        for at, line in enumerate(lines):
            self._add(grid, at, line, names.cell(line.cell))
        grid.setRowStretch(len(lines), 1)
        self._area.setWidget(inside)

    def _add(self, grid: QGridLayout, at: int, line: Said, name: str) -> None:
        blank = self._words["desk.entry.blank"]
        shown = blank if line.figure is None else number_text(line.figure)
        if line.crossed:
            shown = self._words("desk.form.crossed-figure", figure=shown)
        mark = QLabel()
        mark.setFixedSize(QSize(_ICON, _ICON))
        if line.before or line.copied:
            drawn = icon(Shape.TRIANGLE, ink(self.palette(), Hue.CARE))
            mark.setPixmap(drawn.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        grid.addWidget(mark, at, _MARK)
        named = PlainLabel(name, lines=2)
        sized(named, 1.05)
        grid.addWidget(named, at, _NAME)
        figure = PlainLabel(shown)
        sized(figure, 1.1 if line.figure is None else 2.1, bold=line.figure is not None)
        figure.set_align(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(figure, at, _FIGURE)
        spoken = PlainLabel("" if line.figure is None else terbilang(line.figure), lines=2)
        sized(spoken, 0.95)
        spoken.set_role(QPalette.ColorRole.PlaceholderText)
        grid.addWidget(spoken, at, _SPOKEN)
        said = [("before", line.before), ("copied", line.copied)]
        stood = "\n".join(self._stood(code, values) for code, values in said if values)
        if stood:
            label = PlainLabel(stood, lines=2)
            sized(label, 1.1, bold=True)
            grid.addWidget(label, at, _BEFORE)
        self.texts.append(" ".join(text for text in (name, shown, stood) if text))

    def _stood(self, code: str, values: Values) -> str:
        blank = self._words["desk.entry.blank"]
        shown = " / ".join(blank if n is None else number_text(n) for n in values)
        return self._words(f"desk.reading.{code}", values=shown)
