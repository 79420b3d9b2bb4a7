"""A box for a figure: what goes in, what is shown, where its keys lead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.entry.number_field import NumberField, Step


@pytest.fixture
def pair(qtbot: QtBot) -> Iterator[tuple[NumberField, NumberField]]:
    shown = QWidget()
    qtbot.addWidget(shown)
    box = QHBoxLayout(shown)
    fields = NumberField("valid"), NumberField("invalid")
    for field in fields:
        field.set_digit_size(16)
        box.addWidget(field)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    fields[0].setFocus(Qt.FocusReason.TabFocusReason)
    yield fields
    shown.close()


def test_blank_is_not_zero(pair: tuple[NumberField, NumberField]) -> None:
    field, _ = pair
    seen = [field.figure]
    for key in (Qt.Key.Key_0, Qt.Key.Key_Backspace):
        QTest.keyClick(field, key)
        seen.append(field.figure)
    assert seen == [None, 0, None]


def test_only_digits_go_in(pair: tuple[NumberField, NumberField]) -> None:
    field, _ = pair
    QTest.keyClicks(field, "1.2,3 a4e5")
    assert field.text() == "12345"


def test_thousands_dots_stand_only_without_the_focus(pair: tuple[NumberField, NumberField]) -> None:
    field, other = pair
    QTest.keyClicks(field, "1234")
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert (field.text(), field.figure) == ("1.234", 1234)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert (field.text(), field.selectedText()) == ("1234", "1234")


def test_typing_replaces_what_was_there(pair: tuple[NumberField, NumberField]) -> None:
    field, other = pair
    field.show_figure(77)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(field, "8")
    assert field.figure == 8


@pytest.mark.parametrize("text", ["1.234", "12a", "-5", "123456789", "1 234"])
def test_what_is_no_plain_figure_is_asked_about_and_not_pasted(
    qtbot: QtBot, pair: tuple[NumberField, NumberField], text: str
) -> None:
    field, _ = pair
    QApplication.clipboard().setText(text)
    with qtbot.waitSignal(field.paste_asked) as asked:
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [text]
    assert field.figure is None


def test_plain_digits_are_pasted(qtbot: QtBot, pair: tuple[NumberField, NumberField]) -> None:
    field, _ = pair
    QApplication.clipboard().setText(" 412\n")
    with qtbot.waitSignal(field.figure_changed):
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.figure == 412


@pytest.mark.parametrize(
    ("key", "modifier", "step"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, Step.NEXT),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, Step.NEXT),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, Step.SAVE),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier, Step.SAVE),
        (Qt.Key.Key_Asterisk, Qt.KeyboardModifier.KeypadModifier, Step.ZEROS),
        (Qt.Key.Key_Minus, Qt.KeyboardModifier.KeypadModifier, Step.CROSS),
        (Qt.Key.Key_Slash, Qt.KeyboardModifier.KeypadModifier, Step.FINDING),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, Step.NEXT_PAGE),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, Step.DOWN),
    ],
)
def test_a_key_asks_for_its_step(
    qtbot: QtBot,
    pair: tuple[NumberField, NumberField],
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    step: Step,
) -> None:
    field, _ = pair
    with qtbot.waitSignal(field.asked) as asked:
        QTest.keyClick(field, key, modifier)
    assert asked.args == [step]
    assert field.figure is None
