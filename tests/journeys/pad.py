"""Keys of the number pad, pressed as a person does: in whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.main_window import MainWindow
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.election.definitions.forms import Severity

PAD = Qt.KeyboardModifier.KeypadModifier
KEYS = {
    "\n": Qt.Key.Key_Enter,
    "*": Qt.Key.Key_Asterisk,
    "+": Qt.Key.Key_Plus,
    "-": Qt.Key.Key_Minus,
    "/": Qt.Key.Key_Slash,
    ".": Qt.Key.Key_Period,
    **{str(digit): Qt.Key(Qt.Key.Key_0.value + digit) for digit in range(10)},
}
NAME = "Siti Aminah"


def press(text: str) -> None:
    """Press keys of the number pad, each in the widget that has the focus then."""
    for letter in text:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget), f"nothing has the focus before {letter!r}"
        QTest.keyClick(focus, KEYS[letter], PAD)


def mark_of(field: NumberField) -> Severity | None:
    return field.mark


def desk_of(window: MainWindow) -> OfficeDesk:
    assert window.desk is not None
    return window.desk


def focused_cell() -> str:
    field = QApplication.focusWidget()
    assert isinstance(field, NumberField)
    return field.cell


def name_oneself(desk: OfficeDesk) -> None:
    desk.entry.person.field.clear()
    QTest.keyClicks(desk.entry.person.field, NAME)
    press("\n")


def digits_of(desk: OfficeDesk, cells: dict[str, int]) -> str:
    """The keys that type a whole form, Enter after every box."""
    return "".join(f"{cells.get(cell, '')}\n" for cell in desk.entry.form.order)
