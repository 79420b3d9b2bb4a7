"""One page of the form: sections, labels and boxes in columns as on the paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from recap_desktop.desk.entry.number_field import NumberField, height_of, width_of
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import BODY, CONDENSED, sized
from recap_desktop.election.definitions.forms import COLUMNS
from recap_desktop.election.figures import counts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.election.papers.arrangements import Row, Section
    from recap_desktop.election.wording import Words

_NUMBER, _LABEL, _FIRST = 0, 1, 2
_GAP = 2
_WIDEST_LABEL, _NARROWEST_LABEL = 460, 270
_FIRST_COLUMN_NUMBER = 3
_PITCH = 1.18
_MOST_LINES = 4
_PLAIN_POINTS, _MOST_SCALE = 18.0, 1.9
"""Digits up to this size have labels of the plain size; above it the labels grow along."""
_LABEL_FACTOR = 0.86


@dataclass(frozen=True, slots=True)
class _Text:
    """A label of the page, and how it is drawn where digits have the plain size."""

    label: PlainLabel
    factor: float
    bold: bool
    condensed: bool


class _Paper(QWidget):
    """What the rows lie on: a hairline leads from each label to its boxes."""

    def __init__(self, page: FormPage) -> None:
        """The ground of a page."""
        super().__init__()
        self._page = page

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the hairlines."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Midlight))
        for row, label in zip(self._page.rows, self._page.labels, strict=True):
            box = row[0].geometry()
            bottom = max(box.bottom(), label.geometry().bottom())
            painter.drawLine(0, bottom, box.left() - 1, bottom)
        painter.end()


class FormPage(QScrollArea):
    """The sections of one page of the paper.

    Attributes:
        fields: every box, in the order of the paper.
        rows: the same, row by row.
        labels: what stands before the boxes of each row.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        columns: Mapping[str, str],
        words: Words,
        *,
        lines: int = 2,
    ) -> None:
        """Draw sections with the column words of their paper.

        Args:
            sections: what stands on the page.
            columns: words of its columns.
            words: sentences of the screen.
            lines: how many lines each label surely has; more where there is room.
        """
        super().__init__()
        self._lines = lines
        self.fields: list[NumberField] = []
        self.rows: list[list[NumberField]] = []
        self.labels: list[PlainLabel] = []
        self._texts: list[_Text] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = _Paper(self)
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setVerticalSpacing(_GAP)
        self._grid.setHorizontalSpacing(6)
        self._grid.setColumnStretch(_LABEL, 1)
        self._height_of_rest = 0
        self._gaps = 2
        self._size = 0.0
        self.bar = QHBoxLayout()
        self.bar.setSpacing(2)
        self._is_split = any(len(row.lines) > 1 for section in sections for row in section.rows)
        self._add_head(columns if self._is_split else {}, words)
        for section in sections:
            self._add_section(section)
        last = self._grid.rowCount()
        self._grid.setRowStretch(last, 1)
        self._grid.setColumnStretch(_FIRST + len(COLUMNS), 0)
        self.setWidget(self._inside)

    def _write(
        self, label: PlainLabel, factor: float, *, bold: bool = False, condensed: bool = True
    ) -> None:
        """Give a label its size, which follows that of the digits from then on."""
        sized(label, factor, bold=bold, condensed=condensed)
        self._texts.append(_Text(label, factor, bold, condensed))

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
            self._write(label, 0.76)
            label.set_align(Qt.AlignmentFlag.AlignHCenter)
            label.set_role(QPalette.ColorRole.PlaceholderText)
            self._grid.addWidget(label, at, _FIRST + index)
            tallest = max(tallest, label.sizeHint().height())
        # Above a list of parties the buttons stand elsewhere, and its pages have no columns.
        if tallest or self._lines > 1:
            self._height_of_rest += max(tallest, _label_height(1.0))

    def _add_section(self, section: Section) -> None:
        title = PlainLabel(f"{section.number} {section.title}".strip())
        self._write(title, 0.88, bold=True)
        self._line(title, span=_FIRST + len(COLUMNS))
        self._height_of_rest += title.sizeHint().height()
        self._gaps += 1
        for row in section.rows:
            if row.lines:
                self._add_row(row)
            else:
                self._add_heading(row)

    def _add_heading(self, row: Row) -> None:
        label = PlainLabel(f"{row.number} {' '.join(row.labels)}".strip())
        self._write(label, 0.8, bold=row.dark)
        label.set_role(QPalette.ColorRole.PlaceholderText)
        self._line(label, span=_FIRST + len(COLUMNS))
        self._height_of_rest += label.sizeHint().height()
        self._gaps += 1

    def _add_row(self, row: Row) -> None:
        at = self._grid.rowCount()
        number = PlainLabel(row.number)
        self._write(number, 0.92, bold=row.bold, condensed=False)
        self._grid.addWidget(number, at, _NUMBER)
        # Of a pair the note stands behind the last name: a third line has no room.
        text = "\n".join(row.labels)
        label = PlainLabel(f"{text} {row.note}" if row.note else text, lines=self._lines)
        self._write(label, _LABEL_FACTOR, bold=row.bold)
        self._grid.addWidget(label, at, _LABEL)
        self.labels.append(label)
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
        gaps = (len(self.rows) + self._gaps) * _GAP
        rest = math.ceil(self._height_of_rest * _scale(points))
        return rest + len(self.rows) * self._row_height(points) + gaps

    def width_with(self, points: float) -> int:
        """Width this page needs with digits of a size and labels that can still be read."""
        boxes = self._columns * (width_of(points) + self._grid.horizontalSpacing())
        return round(_NARROWEST_LABEL * _scale(points) + points * 4) + boxes

    def _row_height(self, points: float) -> int:
        label = _label_height(_scale(points)) * self._lines // 2
        return max(height_of(points), label)

    @property
    def _columns(self) -> int:
        return len(COLUMNS) if self._is_split else 1

    def use_room(self, room: int) -> None:
        """Give long labels more lines where the page has height to spare."""
        row = self._row_height(self._size)
        spare = max(0, room - self.height_with(self._size)) // max(1, len(self.rows))
        line = _label_height(_scale(self._size)) // 2
        lines = (row + spare) // line if spare else self._lines
        for label in self.labels:
            label.use_lines(self._lines, max(self._lines, min(_MOST_LINES, lines)))

    def set_digit_size(self, points: float) -> None:
        """Draw the boxes with digits of a size, and the labels in keeping with them."""
        if points == self._size:
            return
        self._size = points
        scale = _scale(points)
        for text in self._texts:
            sized(text.label, text.factor * scale, bold=text.bold, condensed=text.condensed)
            text.label.updateGeometry()
        for field in self.fields:
            field.set_digit_size(points)
        boxes = width_of(points)
        if self._is_split:
            for index in range(len(COLUMNS)):
                self._grid.setColumnMinimumWidth(_FIRST + index, boxes)
        label = round(_WIDEST_LABEL * scale + points * 4)
        self._inside.setMaximumWidth(label + self._columns * (boxes + 12))


def _scale(points: float) -> float:
    """How much larger than plain the labels beside digits of a size are."""
    return max(1.0, min(_MOST_SCALE, points / _PLAIN_POINTS))


def _label_height(scale: float) -> int:
    """Two lines of a label."""
    font = QFont(CONDENSED)
    font.setPointSizeF(BODY * _LABEL_FACTOR * scale)
    return round(QFontMetricsF(font).ascent() / 1.069 * _PITCH * 2)
