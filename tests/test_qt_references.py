"""Guards against a PySide6 that loses references of None (6.12.0 on Python 3.11)."""

import sys

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot


def test_a_void_qt_call_takes_no_reference_of_none(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    before = sys.getrefcount(None)
    for _ in range(500):
        field.setText("12")
    # A good release stays level; 6.12.0 falls by one in each call, until the process aborts.
    assert sys.getrefcount(None) > before - 100
