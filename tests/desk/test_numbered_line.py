"""A digit chooses a usual text, and is in nobody's way who types a text of their own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.pieces.numbered_line import NumberedLine, OfferedTexts
from recap_desktop.election.wording import Words

TEXTS = ("Salah jumlah", "Salah tulis", "Lain")


@pytest.fixture
def line(qtbot: QtBot) -> NumberedLine:
    made = NumberedLine()
    made.offer(TEXTS)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("1", "Salah jumlah"),
        ("3", "Lain"),
        # No such number.
        ("4", "4"),
        ("0", "0"),
        # A text of one's own that begins with a digit.
        ("2 saksi melihatnya", "2 saksi melihatnya"),
        ("12 lembar", "12 lembar"),
        ("3x", "3x"),
        # A digit inside a text is a digit.
        ("lihat lembar 2", "lihat lembar 2"),
        ("salinan 1", "salinan 1"),
    ],
)
def test_what_is_typed_is_what_is_meant(line: NumberedLine, keys: str, text: str) -> None:
    QTest.keyClicks(line, keys)
    assert line.text() == text


def test_backspace_takes_the_choice_back_and_another_digit_chooses_anew(line: NumberedLine) -> None:
    QTest.keyClicks(line, "1")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == ""
    QTest.keyClick(line, Qt.Key.Key_2, Qt.KeyboardModifier.KeypadModifier)
    assert line.text() == "Salah tulis"


def test_who_comes_back_to_a_choice_may_choose_again(line: NumberedLine) -> None:
    QTest.keyClicks(line, "1")
    line.clearFocus()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(line, "2")
    assert line.text() == "Salah tulis"


def test_texts_are_shown_with_their_numbers_and_a_click_takes_one(
    qtbot: QtBot, words: Words
) -> None:
    box = QWidget()
    first, second = NumberedLine(), NumberedLine()
    first.offer(TEXTS)
    second.offer([f"Saksi nomor {number}" for number in range(1, 8)])
    offered = OfferedTexts(words, (first, second))
    column = QVBoxLayout(box)
    for part in (first, second, offered):
        column.addWidget(part)
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    first.setFocus()
    assert offered.texts == ["1  Salah jumlah", "2  Salah tulis", "3  Lain"]
    height = offered.height()
    second.setFocus()
    assert offered.texts[6] == "7  Saksi nomor 7"
    # Nothing jumps when the list of another box is shown.
    assert offered.height() == height
    QTest.mouseClick(offered.label(7), Qt.MouseButton.LeftButton)
    assert second.text() == "Saksi nomor 7"
