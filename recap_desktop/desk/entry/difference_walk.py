"""Walking the cells of a form that differ: one key takes a value, and nothing else is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from shiboken6 import isValid

from recap_desktop.desk.entry.number_field import NumberField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.desk.entry.entry_form import EntryForm
    from recap_desktop.office.plenary.reading import Values

_OTHER = "0"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Minus, Qt.Key.Key_Up)
_LEFT_ALONE = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_MOVING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class DifferenceWalk(QObject):
    """The keys of a form while its differing cells are settled.

    1, 2 ... take the first, the second value; 0 lets another figure be typed; Enter and minus go
    to the next and the last differing cell; plus, and Enter after the last, say that it is done.
    """

    came = Signal(str)
    settled = Signal(str)
    ended = Signal()
    waits = Signal()

    def __init__(self, form: EntryForm) -> None:
        """Nothing differs yet."""
        super().__init__(form)
        self._form = form
        self._fields = {field.cell: field for page in form.pages for field in page.fields}
        self._values: dict[str, Values] = {}
        self._done: set[str] = set()
        self._typed = ""
        self._is_on = False

    @property
    def is_on(self) -> bool:
        """Whether the form is walked now."""
        return self._is_on

    @property
    def cells(self) -> tuple[str, ...]:
        """The differing cells in the order of the paper."""
        return tuple(self._values)

    @property
    def open_cells(self) -> tuple[str, ...]:
        """Those of which nothing was chosen yet."""
        return tuple(cell for cell in self._values if cell not in self._done)

    def values(self, cell: str) -> Values:
        """The values met in a cell, the smallest first."""
        return self._values.get(cell, ())

    @property
    def types_other(self) -> bool:
        """Whether another figure is typed now."""
        return bool(self._typed)

    def begin(self, differing: Mapping[str, Values]) -> None:
        """Walk these cells; all others can only be read."""
        self._values = {cell: differing[cell] for cell in self._form.order if cell in differing}
        self._done, self._typed = set(), ""
        self._form.only_show()
        for cell in self._values:
            self._fields[cell].setReadOnly(False)
        if not self._is_on:
            self._is_on = True
            for field in self._fields.values():
                field.installEventFilter(self)

    def go_on(self) -> None:
        """Go to the first cell of which nothing was chosen, else to the first."""
        self._go((*self.open_cells, *self._values)[0])

    def go_back(self) -> None:
        """Go to the last of them, from the step behind the form."""
        self._go(self.cells[-1])

    def take_over(self, cells: Mapping[str, int]) -> None:
        """Take what was chosen before a crash as chosen."""
        self._done = {cell for cell in self._values if cell in cells}

    def end(self) -> None:
        """Let the form be typed as ever."""
        if self._is_on:
            self._is_on = False
            self._typed = ""
            for field in self._fields.values():
                if isValid(field):
                    field.removeEventFilter(self)

    def choose(self, number: int) -> None:
        """Take the value of a number for the cell that has the focus; 0 lets another be typed."""
        cell = self._form.focused_cell or next(iter(self.open_cells), "")
        if cell in self._values:
            self._choose(cell, number)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the keys of a box, as far as they choose or walk."""
        is_key = event.type() is QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and isinstance(watched, NumberField):
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, field: NumberField, event: QKeyEvent) -> bool:
        """Whether the key was for the walk; what is not of the form at all is left alone."""
        key, text = Qt.Key(event.key()), event.text()
        if key in _LEFT_ALONE or event.modifiers() & _MOVING:
            return False
        if key in _ENTER:
            self._step(field.cell)
        elif key in _BACK:
            self._step_back(field.cell)
        elif text == "+":
            self._take_typed(field)
            self._finish()
        elif self._typed == field.cell:
            # Of another figure the digits are its own.
            return text in ("/", "*")
        elif text.isdecimal() and field.cell in self._values:
            self._choose(field.cell, int(text))
        return True

    def _choose(self, cell: str, number: int) -> None:
        values, field = self._values[cell], self._fields[cell]
        if str(number) == _OTHER:
            self._typed = cell
            self._done.discard(cell)
            field.show_figure(None)
            field.setFocus(Qt.FocusReason.TabFocusReason)
            self.came.emit(cell)
            return
        if number > len(values):
            return
        self._typed = ""
        field.show_figure(values[number - 1])
        self._settle(cell)
        self._step(cell)

    def _settle(self, cell: str) -> None:
        self._done.add(cell)
        self.settled.emit(cell)

    def _take_typed(self, field: NumberField) -> None:
        """What was typed is taken when the box is left, also when it stayed blank."""
        if self._typed and self._typed == field.cell:
            self._typed = ""
            self._settle(field.cell)

    def _step(self, cell: str) -> None:
        self._take_typed(self._fields[cell])
        order = self._form.order
        later = [key for key in self._values if order.index(key) > order.index(cell)]
        if later:
            self._go(later[0])
        else:
            self._finish()

    def _step_back(self, cell: str) -> None:
        self._take_typed(self._fields[cell])
        order = self._form.order
        before = [key for key in self._values if order.index(key) < order.index(cell)]
        self._go(before[-1] if before else next(iter(self._values)))

    def _finish(self) -> None:
        if self.open_cells:
            self._go(self.open_cells[0])
            self.waits.emit()
        else:
            self.ended.emit()

    def _go(self, cell: str) -> None:
        self._form.focus_cell(cell)
        self.came.emit(cell)
