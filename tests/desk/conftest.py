"""An office on the desk, in a window that has the focus, and nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.main_window import MainWindow
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.program import dress
from recap_desktop.election.wording import Words
from recap_desktop.office.entry import entering
from recap_desktop.office.language import load_words
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, drafts and keys of a machine that no other test has seen."""
    machine = tmp_path / "machine"
    monkeypatch.setenv("RECAP_DATA_DIR", str(machine))
    return machine


@pytest.fixture
def words() -> Words:
    return load_words("id")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, words: Words) -> Iterator[OpenWindow]:
    """Opens a window of 1366 x 768 at 125 % with what a desktop takes off; closes it at the end."""
    dress(qapp, "light")
    made: list[tuple[MainWindow, Background]] = []

    def open_window(path: Path | None = None) -> MainWindow:
        background = Background()
        shown = MainWindow(words, WindowSettings(), background)
        qtbot.addWidget(shown)
        made.append((shown, background))
        shown.resize(1092, 560)
        with qtbot.waitActive(shown):
            shown.show()
            shown.activateWindow()
        if path is not None:
            assert shown.open_path(path)
        return shown

    yield open_window
    for shown, background in made:
        shown.close()
        background.stop()
    qapp.processEvents()
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("recap-work")]
    assert left == []
    assert [type(one) for one in qapp.topLevelWidgets() if one.isVisible()] == []


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    path = tmp_path / "o.rekap"
    office = tiny_office(path)
    entering.enter(office, BUPATI, TPS[0], {**valid_bupati(), "valid": 150}, by="Siti")
    office.close()
    shown = window(path)
    assert shown.desk is not None
    return shown.desk
