"""One cell of the form: a box for a number, with its finding and its running sum inside it."""

from __future__ import annotations

import enum
from typing import Protocol

from PySide6.QtCore import QEvent, QRectF, QRegularExpression, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from recap_desktop.desk.entry.box_drawing import draw_crosses, draw_note, draw_small
from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import draw
from recap_desktop.desk.looks.signs import MARKS
from recap_desktop.desk.looks.typefaces import FAMILY
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.wording import number_text

MOST_DIGITS = 7
"""Most digits that a box takes."""

_WIDEST = "00.000"
_LINE = 1.15
"""Height of a box in heights of its digits' font, before the frame."""


class Step(enum.Enum):
    """Where a key asks to go; the form knows where that is."""

    NEXT = "next"
    PREVIOUS = "previous"
    UP = "up"
    DOWN = "down"
    NEXT_PAGE = "next-page"
    PREVIOUS_PAGE = "previous-page"
    SAVE = "save"
    ZEROS = "zeros"
    FINDING = "finding"
    POINT = "point"
    CROSS = "cross"
    LEAVE = "leave"


_KEYS = {
    Qt.Key.Key_Return: Step.NEXT,
    Qt.Key.Key_Enter: Step.NEXT,
    Qt.Key.Key_Minus: Step.PREVIOUS,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_PageDown: Step.NEXT_PAGE,
    Qt.Key.Key_PageUp: Step.PREVIOUS_PAGE,
    Qt.Key.Key_Plus: Step.SAVE,
    Qt.Key.Key_Asterisk: Step.ZEROS,
    Qt.Key.Key_Slash: Step.FINDING,
    # The pad of an Indonesian keyboard has a comma there.
    Qt.Key.Key_Period: Step.POINT,
    Qt.Key.Key_Comma: Step.POINT,
    Qt.Key.Key_Escape: Step.LEAVE,
}
_ONWARD = frozenset({Step.NEXT, Step.DOWN, Step.NEXT_PAGE, Step.SAVE, Step.ZEROS})
"""Whoever goes on, or saves, means the cross that a minus made."""


class KeyWatch(Protocol):
    """Sees keys before the box does, and may keep them, e.g. those of a scanner."""

    def takes(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Whether the key is not for the widget."""


def height_of(points: float) -> int:
    """Height of a box with digits of a size, in logical pixels."""
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    return round(QFontMetricsF(font).ascent() * _LINE) + 2


def width_of(points: float) -> int:
    """Width of a box with digits of a size, with room for a mark and a running sum."""
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    return round(QFontMetricsF(font).horizontalAdvance(_WIDEST) + height_of(points) * 1.3)


class NumberField(QLineEdit):
    """A box for one figure: blank is blank, zero is 0, and nothing but digits goes in.

    Without the focus it shows thousands dots; with it the bare digits, all selected.

    A box that is crossed out on the paper is typed as ``x``, or as a minus while it is blank: it
    counts as 0. The minus is also the key that leads back, so a second one takes the cross away
    and goes back, and so does whatever leads back; going on keeps it.

    Attributes:
        cell: key of the cell.
        watch: sees every key first; None where nobody does.
    """

    figure_changed = Signal(str)
    asked = Signal(Step)
    paste_asked = Signal(str)
    left = Signal(str)

    def __init__(self, cell: str, parent: QWidget | None = None) -> None:
        """An empty box for a cell."""
        super().__init__(parent)
        self.cell = cell
        self._mark: Severity | None = None
        self._sum: int | None = None
        self._note = ""
        self._is_total = False
        self._is_crossed = self._is_tentative = False
        self._name = self._crossed_name = ""
        self._beside, self._is_beside_other = "", False
        self.watch: KeyWatch | None = None
        self.setFrame(False)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        digits = QRegularExpression(f"[0-9]{{0,{MOST_DIGITS}}}")
        self._digits_only = QRegularExpressionValidator(digits, self)
        self.setValidator(self._digits_only)
        self.textEdited.connect(self._edited)

    # The figure

    @property
    def figure(self) -> int | None:
        """What stands in the box; None when it is blank, 0 when it is crossed out."""
        if self._is_crossed:
            return 0
        digits = self.text().replace(".", "")
        return int(digits) if digits else None

    @property
    def is_crossed(self) -> bool:
        """Whether the box is crossed out."""
        return self._is_crossed

    def show_figure(self, figure: int | None, *, crossed: bool = False) -> None:
        """Put a figure, or crosses, into the box without saying that somebody typed it."""
        self._set_crossed(crossed=crossed)
        if crossed or figure is None:
            self.setText("")
        else:
            self.setText(str(figure) if self.hasFocus() else number_text(figure))

    def cross_out(self, *, tentative: bool = False) -> None:
        """Cross the box out, as somebody typed it; ``tentative`` may be a step back as well."""
        self._set_crossed(crossed=True, tentative=tentative)
        self.setText("")
        self.figure_changed.emit(self.cell)

    def _take_cross_away(self) -> None:
        self._set_crossed(crossed=False)
        self.figure_changed.emit(self.cell)

    def _set_crossed(self, *, crossed: bool, tentative: bool = False) -> None:
        self._is_tentative = tentative
        if crossed != self._is_crossed:
            self._is_crossed = crossed
            self._say_name()
            self.update()

    def _edited(self) -> None:
        self._set_crossed(crossed=False)
        self.figure_changed.emit(self.cell)

    def name_as(self, name: str, crossed: str) -> None:
        """Give the box its name as it is read out, and another for when it is crossed out."""
        self._name, self._crossed_name = name, crossed
        self._say_name()

    def _say_name(self) -> None:
        self.setAccessibleName(self._crossed_name if self._is_crossed else self._name)

    # What stands beside the figure

    def set_mark(self, severity: Severity | None) -> None:
        """Show (or take away) the mark of a finding; the place for it is always there."""
        if severity is not self._mark:
            self._mark = severity
            self.update()

    @property
    def mark(self) -> Severity | None:
        """Severity of the worst finding shown at this cell."""
        return self._mark

    def set_sum(self, running: int | None) -> None:
        """Show what the parts of this total add up to; None when it is no total, or no part is."""
        if running != self._sum:
            self._sum = running
            self.update()

    @property
    def running_sum(self) -> int | None:
        """What its parts add up to, as shown."""
        return self._sum

    def set_note(self, text: str) -> None:
        """Show a small text while the box is blank, e.g. the values that differ."""
        if text != self._note:
            self._note = text
            self.update()

    @property
    def note(self) -> str:
        """What is shown while the box is blank."""
        return self._note

    def set_beside(self, text: str, *, is_other: bool = False) -> None:
        """Show what another contest says here; ``is_other`` where this one says something else."""
        if (text, is_other) != (self._beside, self._is_beside_other):
            self._beside, self._is_beside_other = text, is_other
            self.update()

    @property
    def beside(self) -> str:
        """What another contest says here, as shown."""
        return self._beside

    def set_total(self) -> None:
        """Say that this box is a total of others: it is drawn a little stronger."""
        self._is_total = True

    def set_digit_size(self, points: float) -> None:
        """Choose the size of the digits; the box follows."""
        font = QFont(FAMILY)
        font.setPointSizeF(points)
        self.setFont(font)
        height = height_of(points)
        self.setFixedHeight(height)
        self.setFixedWidth(width_of(points))
        self.setTextMargins(round(height * 0.5), 0, round(height * 0.16), 0)

    # Events

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show bare digits, all selected, so that typing replaces them."""
        super().focusInEvent(event)
        self.show_figure(self.figure, crossed=self._is_crossed)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show thousands dots again."""
        super().focusOutEvent(event)
        self.deselect()
        self.show_figure(self.figure, crossed=self._is_crossed)
        self.left.emit(self.cell)

    def event(self, event: QEvent) -> bool:
        """Keep keys of the form from being taken as shortcuts of the window."""
        is_ours = (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and Qt.Key(event.key()) in _KEYS
            and not event.modifiers() & _MOVING
        )
        if is_ours:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Digits are typed; the other keys of the number pad walk through the form."""
        if self.watch is not None and self.watch.takes(self, event):
            event.accept()
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
            return
        if not self.isReadOnly() and self._crosses(event):
            event.accept()
            return
        key = Qt.Key(event.key())
        step = None if event.modifiers() & _MOVING else _KEYS.get(key)
        if step is None:
            super().keyPressEvent(event)
            return
        self.asked.emit(self._step(step, event))
        event.accept()

    def _step(self, step: Step, event: QKeyEvent) -> Step:
        """What a key asks for here; a cross that may have been a step back stays or goes."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_blank = not self.text() and not self._is_crossed
        if step is Step.NEXT and shifted:
            step = Step.SAVE
        elif step is Step.PREVIOUS and is_blank and not (self.isReadOnly() or event.isAutoRepeat()):
            return Step.CROSS
        if self._is_tentative and step not in _ONWARD:
            self._take_cross_away()
        self._is_tentative = False
        return step

    def _crosses(self, event: QKeyEvent) -> bool:
        """Whether the key crosses the box out, or rubs the crosses out."""
        if event.modifiers() & _MOVING:
            return False
        if event.key() in _RUBBING and self._is_crossed:
            self._take_cross_away()
            return True
        if event.key() != Qt.Key.Key_X:
            return False
        if not self.text() or self.selectedText() == self.text():
            self.cross_out()
        return True

    def _paste(self) -> None:
        text = QApplication.clipboard().text().strip()
        if self.isReadOnly() or not text:
            return
        if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
            self.insert(text)
            self._edited()
        else:
            self.paste_asked.emit(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the box as on the paper, then the mark and the running sum in their places."""
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(self._frame())
        painter.drawRect(box if not self.hasFocus() else box.adjusted(0.5, 0.5, -0.5, -0.5))
        side = self.height() * 0.42
        if self._mark is not None:
            shape, hue = MARKS[self._mark]
            place = QRectF(side * 0.22, side * 0.16, side, side)
            draw(painter, shape, place, ink(self.palette(), hue))
        if self._sum is not None:
            self._paint_small(painter, f"={number_text(self._sum)}", self._sum_ink())
        if self._beside:
            hue = Hue.CARE if self._is_beside_other else Hue.QUIET
            self._paint_small(painter, self._beside, ink(self.palette(), hue), at_top=True)
        if self._is_crossed:
            draw_crosses(painter, self.rect(), self.palette().color(QPalette.ColorRole.Text))
        elif self._note and not self.text():
            points = self.font().pointSizeF()
            care = ink(self.palette(), Hue.CARE)
            draw_note(painter, self.rect(), self._note, points=points, colour=care)
        painter.end()

    def _paint_small(
        self, painter: QPainter, text: str, colour: QColor, *, at_top: bool = False
    ) -> None:
        points = self.font().pointSizeF()
        draw_small(painter, self.rect(), text, points=points, colour=colour, at_top=at_top)

    def _frame(self) -> QPen:
        if self.hasFocus():
            return QPen(self.palette().color(QPalette.ColorRole.Highlight), 2)
        if self._mark is not None:
            return QPen(ink(self.palette(), MARKS[self._mark][1]), 1)
        role = QPalette.ColorRole.Dark if self._is_total else QPalette.ColorRole.Mid
        return QPen(self.palette().color(role), 1)

    def _sum_ink(self) -> QColor:
        return ink(self.palette(), Hue.QUIET if self._mark is None else MARKS[self._mark][1])

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """What may only be read lies on the ground of the window."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ReadOnlyChange:
            self.setBackgroundRole(
                QPalette.ColorRole.AlternateBase if self.isReadOnly() else QPalette.ColorRole.Base
            )


_RUBBING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_MOVING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
