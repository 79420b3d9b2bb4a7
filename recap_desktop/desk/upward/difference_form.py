"""A difference on a unit in boxes: beside each total by how much, then why and who decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.decision_form import DecisionForm
from recap_desktop.desk.upward.signed_field import SignedField
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.wording import number_text
from recap_desktop.office.upward.unit_checks import broken_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.unit_records import Difference

_NAME, _NOW, _BY, _AFTER = range(4)
_LETTERS = 40


class DifferenceForm(QWidget):
    """What is added to the totals of a unit or taken from them.

    ``finished`` comes at Enter in the last box of the decision.

    Attributes:
        unit: region code of it.
        fields: a box for each cell of the form, in the order of the paper.
        why: the decision.
    """

    finished = Signal()

    def __init__(
        self, session: Session, unit: str, name: str, now: Mapping[str, int], *, first: str = ""
    ) -> None:
        """Ask by how much.

        Args:
            session: of the office.
            unit: region code.
            name: of the unit.
            now: cell -> what it comes to.
            first: the cell to begin with; empty for the first choice.
        """
        super().__init__()
        self._session, self.unit, self._now = session, unit, now
        words, layout = session.words, session.layout
        self._names = Phrasing(
            words, session.office.election.form(session.contest_id), session.contest
        )
        self._after: dict[str, PlainLabel] = {}
        self.fields: dict[str, SignedField] = {}
        self._first = first or session.contest.choices[0].counted_key
        self._found = PlainLabel(lines=2)
        sized(self._found, 0.9)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._rows(layout.cells))
        title = words("desk.unit.difference-title", name=name)
        self.why = DecisionForm(
            session, title, words["desk.unit.difference-why"], usual="difference"
        )
        self.why.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self.why.finished.connect(self.finished)
        left = QVBoxLayout()
        left.addWidget(self._area, 1)
        left.addWidget(self._found)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(left, 3)
        box.addWidget(self.why, 2)

    def _rows(self, cells: tuple[str, ...]) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(_NAME, 1)
        for at, code in enumerate(("now", "by", "after"), start=_NOW):
            head = PlainLabel(self._session.words[f"desk.unit.{code}"])
            head.set_align(Qt.AlignmentFlag.AlignRight)
            head.set_role(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(head, 0, at)
        for row, cell in enumerate(cells, start=1):
            name = self._names.cell(cell)
            field = SignedField(cell, name)
            field.walked.connect(partial(self._walk, cell))
            field.done.connect(self._to_reason)
            field.textChanged.connect(partial(self._typed, cell))
            now, after = PlainLabel(self._text(self._now.get(cell))), PlainLabel()
            for label in (now, after):
                sized(label, 1.15)
                label.set_align(Qt.AlignmentFlag.AlignRight)
            caption = PlainLabel(name, lines=2)
            sized(caption, 0.92, condensed=True)
            grid.addWidget(caption, row, _NAME)
            grid.addWidget(now, row, _NOW)
            grid.addWidget(field, row, _BY)
            grid.addWidget(after, row, _AFTER)
            after.setMinimumWidth(after.fontMetrics().averageCharWidth() * 8)
            self.fields[cell], self._after[cell] = field, after
        grid.setRowStretch(len(cells) + 1, 1)
        return inside

    def _text(self, number: int | None) -> str:
        return self._session.words["desk.entry.blank"] if number is None else number_text(number)

    def _to_reason(self) -> None:
        self.why.take_focus()

    def _walk(self, cell: str, by: int) -> None:
        """To the next box; after the last one to the reason."""
        order = list(self.fields)
        at = order.index(cell) + by
        if at >= len(order):
            self.why.take_focus()
        elif at >= 0:
            field = self.fields[order[at]]
            field.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(field)

    def _typed(self, cell: str, _text: str) -> None:
        number = self.fields[cell].number
        after = self._now.get(cell, 0) + number
        # Below zero is refused when it is recorded; until then it is shown as it would be.
        text = f"= {after if after < 0 else number_text(after)}" if number else ""
        self._after[cell].set_text(text)
        found = broken_by(self._session.office, self._session.contest_id, self._now, self.cells)
        text = "; ".join(dict.fromkeys(self._names.cell(cell) for cell in found))
        words = self._session.words
        self._found.set_text(words("desk.unit.breaks", cells=text) if found else "")

    @property
    def cells(self) -> dict[str, int]:
        """Cell -> by how much, where it is not nothing."""
        return {cell: field.number for cell, field in self.fields.items() if field.number}

    def show_difference(self, one: Difference) -> None:
        """Begin with one that stands, to be replaced."""
        for cell, number in one.cells.items():
            self.fields[cell].setText(f"{number:+}")

    def take_focus(self) -> None:
        """Go to the first box, or back to the reason where that is being typed."""
        field = self.fields[self._first]
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(field)
