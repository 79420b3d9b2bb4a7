"""One page of the form: sections, labels and boxes in columns as on the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from recap_desktop.desk.labels import PlainLabel
from recap_desktop.desk.number_field import NumberField, height_of
from recap_desktop.desk.typefaces import BODY, CONDENSED, sized
from recap_desktop.election import counts
from recap_desktop.election.forms import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.election.arrangements import Row, Section
    from recap_desktop.election.wording import Words

_NUMBER, _LABEL, _FIRST = 0, 1, 2
_GAP = 2
_WIDEST_LABEL = 460
_FIRST_COLUMN_NUMBER = 3
_PITCH = 1.18
_MOST_LINES = 4


class FormPage(QScrollArea):
    """The sections of one page of the paper.

    Attributes:
        fields: every box, in the order of the paper.
        rows: the same, row by row.
    """

    def __init__(
        self, sections: Sequence[Section], columns: Mapping[str, str], words: Words
    ) -> None:
        """Draw sections with the column words of their paper."""
        super().__init__()
        self.fields: list[NumberField] = []
        self.rows: list[list[NumberField]] = []
        self._labels: list[PlainLabel] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setVerticalSpacing(_GAP)
        self._grid.setHorizontalSpacing(6)
        self._grid.setColumnStretch(_LABEL, 1)
        self._height_of_rest = 0
        self._size = 0.0
        self.bar = QHBoxLayout()
        self.bar.setSpacing(2)
        is_split = any(len(row.lines) > 1 for section in sections for row in section.rows)
        self._add_head(columns if is_split else {}, words)
        for section in sections:
            self._add_section(section)
        last = self._grid.rowCount()
        self._grid.setRowStretch(last, 1)
        self._grid.setColumnStretch(_FIRST + len(COLUMNS), 0)
        self.setWidget(self._inside)

    def _line(self, label: PlainLabel, *, column: int = _NUMBER, span: int = 1) -> None:
        self._grid.addWidget(label, self._grid.rowCount(), column, 1, span)

    def _add_head(self, columns: Mapping[str, str], words: Words) -> None:
        at = self._grid.rowCount()
        self._grid.addLayout(self.bar, at, _NUMBER, 1, 2)
        tallest = 0
        for index, column in enumerate(COLUMNS):
            if column not in columns:
                continue
            number = str(_FIRST_COLUMN_NUMBER + index)
            text = words("desk.entry.column", word=columns[column], number=number)
            label = PlainLabel(text.replace("|", "\n"), lines=2)
            sized(label, 0.76, condensed=True)
            label.set_align(Qt.AlignmentFlag.AlignHCenter)
            label.set_role(QPalette.ColorRole.PlaceholderText)
            self._grid.addWidget(label, at, _FIRST + index)
            tallest = max(tallest, label.sizeHint().height())
        self._height_of_rest += max(tallest, self._label_height()) + _GAP

    def _add_section(self, section: Section) -> None:
        title = PlainLabel(f"{section.number} {section.title}".strip())
        sized(title, 0.88, bold=True, condensed=True)
        self._line(title, span=_FIRST + len(COLUMNS))
        self._height_of_rest += title.sizeHint().height() + _GAP
        for row in section.rows:
            if row.lines:
                self._add_row(row)
            else:
                self._add_heading(row)

    def _add_heading(self, row: Row) -> None:
        label = PlainLabel(f"{row.number} {' '.join(row.labels)}".strip())
        sized(label, 0.8, bold=row.dark, condensed=True)
        label.set_role(QPalette.ColorRole.PlaceholderText)
        self._line(label, span=_FIRST + len(COLUMNS))
        self._height_of_rest += label.sizeHint().height() + _GAP

    def _add_row(self, row: Row) -> None:
        at = self._grid.rowCount()
        number = PlainLabel(row.number)
        sized(number, 0.92, bold=row.bold)
        self._grid.addWidget(number, at, _NUMBER)
        text = "\n".join(row.labels) if len(row.labels) > 1 else row.labels[0]
        if row.note and len(row.labels) == 1:
            text = f"{text} {row.note}"
        label = PlainLabel(text, lines=2)
        sized(label, 0.86, bold=row.bold, condensed=True)
        self._grid.addWidget(label, at, _LABEL)
        self._labels.append(label)
        boxes = []
        for line in row.lines:
            field = NumberField(line.cell, self._inside)
            column = counts.column(line.cell)
            place = COLUMNS.index(column) if column else len(COLUMNS) - 1
            self._grid.addWidget(field, at, _FIRST + place, Qt.AlignmentFlag.AlignVCenter)
            boxes.append(field)
        self.fields += boxes
        self.rows.append(boxes)

    # Size

    def height_with(self, points: float) -> int:
        """Height this page needs with digits of a size."""
        row = max(height_of(points), self._label_height())
        return self._height_of_rest + len(self.rows) * (row + _GAP) + 2 * _GAP

    def _label_height(self) -> int:
        font = QFont(CONDENSED)
        font.setPointSizeF(BODY * 0.86)
        return round(QFontMetricsF(font).ascent() / 1.069 * _PITCH * 2)

    def use_room(self, room: int) -> None:
        """Give long labels more lines where the page has height to spare."""
        row = max(height_of(self._size), self._label_height())
        spare = max(0, room - self.height_with(self._size)) // max(1, len(self.rows))
        lines = (row + spare) // (self._label_height() // 2) if spare else 2
        for label in self._labels:
            label.use_lines(2, max(2, min(_MOST_LINES, lines)))

    def set_digit_size(self, points: float) -> None:
        """Draw the boxes with digits of a size; the labels stay as they are."""
        if points == self._size:
            return
        self._size = points
        for field in self.fields:
            field.set_digit_size(points)
        boxes = max((field.width() for field in self.fields), default=0)
        for index in range(len(COLUMNS)):
            self._grid.setColumnMinimumWidth(_FIRST + index, boxes)
        self._inside.setMaximumWidth(_WIDEST_LABEL + round(points * 4) + 3 * (boxes + 12))
