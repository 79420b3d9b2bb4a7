"""The sheet of an office below as it is read out: large figures as received, corrections, and now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.desk.pleno.correction_list import CorrectionList
from recap_desktop.election.wording import number_text, signed_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.phrasing import Phrasing
    from recap_desktop.office.plenary.child_reading import ChildSheet, SheetLine
    from recap_desktop.office.upward.children import Came

_MARK, _NAME, _RECEIVED, _DIFFERENCE, _NOW = range(5)
_ICON = 24
_LARGE, _MOST, _WIDE, _HEAD = 1.9, 1.9, 84, 1.8
"""Factor of a figure, how much larger at most, letters of a line at the plain size, and room of
the head in lines."""

_LETTERS = 38
ACTS = ("station", "difference", "postpone")
"""What can be done beside reading it out, in the order of the digits."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A text of the sheet, and how large it is where there is no room to spare."""

    label: PlainLabel
    factor: float
    bold: bool


class ChildSheetPanel(QWidget):
    """One sheet, to be seen from the tenth row; at the right what was decided about it.

    Attributes:
        buttons: what can be done, each with its digit.
        corrections: decided here about the office below.
        side: them, or what is being typed.
        texts: what each line says, for who cannot see it.
    """

    def __init__(self, session: Session) -> None:
        """No sheet yet."""
        super().__init__()
        self._session = session
        words = session.words
        self._name, self._came = PlainLabel(), PlainLabel(lines=2)
        sized(self._name, 1.9, bold=True)
        self.buttons = {
            act: StepButton(f"{at}  {words[f'desk.child.act.{act}']}")
            for at, act in enumerate(ACTS, start=1)
        }
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.corrections = CorrectionList(session)
        self.side = QStackedWidget()
        self.side.addWidget(self.corrections)
        self.side.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self.texts: list[str] = []
        self._drawn: list[_Drawn] = []
        self._scale = 0.0
        self._arrange()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        for button in self.buttons.values():
            buttons.addWidget(button)
        buttons.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self._name)
        left.addWidget(self._came)
        left.addLayout(buttons)
        left.addWidget(self._area, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addLayout(left, 3)
        box.addWidget(self.side, 2)

    def show_sheet(self, sheet: ChildSheet, came: str, names: Phrasing) -> None:
        """Show the sheet of an office below; what is typed at the side stays."""
        self._name.set_text(sheet.child.name)
        self._came.set_text(came)
        self.corrections.show_corrections(sheet.corrections, names)
        self._show_side()
        self._show_lines(sheet.lines, names, sheet.child.came)

    def _show_side(self) -> None:
        """Where nothing was decided and nothing is typed the figures take the whole width."""
        is_bare = self.side.currentWidget() is self.corrections and not self.corrections.rows
        self.side.setVisible(not is_bare)

    def _show_lines(self, lines: Sequence[SheetLine], names: Phrasing, came: Came) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(_NAME, 1)
        has_changed = any(line.difference for line in lines)
        words = self._session.words
        heads = {_RECEIVED: words[f"desk.child.from.{came.value}"]}
        if has_changed:
            heads |= {
                _DIFFERENCE: words["desk.child.difference"],
                _NOW: words["desk.child.now"],
            }
        for column, text in heads.items():
            label = PlainLabel(text)
            label.set_align(Qt.AlignmentFlag.AlignRight)
            label.set_role(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(label, 0, column)
        self.texts, self._drawn = [], []
        for at, line in enumerate(lines, start=1):
            self._add(grid, at, line, names.cell(line.cell))
        grid.setRowStretch(len(lines) + 1, 1)
        scrolled = self._area.verticalScrollBar().value()
        self._scale = 0.0
        self._fit()
        self._area.setWidget(inside)
        self._area.verticalScrollBar().setValue(scrolled)

    def _add(self, grid: QGridLayout, at: int, line: SheetLine, name: str) -> None:
        is_changed = bool(line.difference)
        if is_changed:
            mark = QLabel()
            drawn = icon(Shape.PENCIL, ink(self.palette(), Hue.CHANGED))
            mark.setPixmap(drawn.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
            grid.addWidget(mark, at, _MARK)
        named = PlainLabel(name, lines=2)
        grid.addWidget(named, at, _NAME)
        self._drawn.append(_Drawn(named, 1.05, bold=False))
        blank = self._session.words["desk.entry.blank"]
        shown = [blank if n is None else number_text(n) for n in (line.received, line.now)]
        self._put(grid, (at, _RECEIVED), shown[0], is_large=line.received is not None)
        said = [name, shown[0]]
        if is_changed:
            self._put(grid, (at, _DIFFERENCE), signed_text(line.difference), is_large=False)
            self._put(grid, (at, _NOW), shown[1], is_large=line.now is not None)
            said += [signed_text(line.difference), shown[1]]
        self.texts.append(" ".join(said))

    def _put(self, grid: QGridLayout, place: tuple[int, int], text: str, *, is_large: bool) -> None:
        label = PlainLabel(text)
        label.set_align(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label, *place)
        self._drawn.append(_Drawn(label, _LARGE if is_large else 1.2, bold=is_large))

    def _fit(self) -> None:
        """Draw as large as all lines have room for, within bounds; in a small window it scrolls."""
        area = self._area.viewport()
        line = self.fontMetrics().height() * _LARGE
        room = area.height() / (line * (len(self.texts) + _HEAD))
        wide = area.width() / (self.fontMetrics().averageCharWidth() * _WIDE)
        scale = max(1.0, min(_MOST, room, wide))
        if scale != self._scale:
            self._scale = scale
            for one in self._drawn:
                sized(one.label, one.factor * scale, bold=one.bold)
                one.label.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Larger figures in a larger window: they are read from the tenth row."""
        super().resizeEvent(event)
        # The area has its new room once the layout was made anew.
        QTimer.singleShot(0, self, self._fit)

    def go_down(self) -> None:
        """Show the lines below; after the last ones the first again."""
        bar = self._area.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        bar.setValue(0 if at_end else bar.value() + bar.pageStep())

    # What is typed at the side

    def show_form(self, form: QWidget) -> None:
        """Type something beside the sheet."""
        self.side.addWidget(form)
        self.side.setCurrentWidget(form)
        self._show_side()

    def drop_form(self, form: QWidget) -> None:
        """Put it away."""
        self.side.removeWidget(form)
        form.deleteLater()
        self.side.setCurrentWidget(self.corrections)
        self._show_side()
