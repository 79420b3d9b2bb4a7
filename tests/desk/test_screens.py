"""Every screen that people look at, in the smallest windows it must be worked in."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.main_window import MainWindow
from tests.desk.conftest import OpenWindow
from tests.screens import SCENES, large

# 1366 x 768 at 125 % and 1920 x 1080 at 200 %, without what the desktop takes.
SIZES = {"125 %": (1092, 560), "200 %": (960, 500)}
SMALL = [name for name, scene in SCENES.items() if scene.make is not large]


@pytest.fixture(params=SMALL)
def shown(request: pytest.FixtureRequest, window: OpenWindow, tmp_path: Path) -> MainWindow:
    scene = SCENES[request.param]
    if scene.make is None:
        return window()
    scene.make(tmp_path / "o.rekap")
    seen = window(tmp_path / "o.rekap")
    assert seen.desk is not None
    if scene.act:
        scene.act(seen.desk)
    return seen


def visible(window: MainWindow) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


def scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def cut(window: MainWindow) -> list[str]:
    """Buttons whose words have no room."""
    return [
        button.text()
        for button in visible(window)
        if isinstance(button, QAbstractButton)
        and button.text()
        and button.width() < button.minimumSizeHint().width()
    ]


def test_a_screen_fits_and_speaks(qtbot: QtBot, shown: MainWindow) -> None:
    for name, (width, height) in SIZES.items():
        shown.resize(width, height)
        qtbot.waitUntil(lambda: not shown.testAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent))
        assert (shown.width(), shown.height()) == (width, height), name
        room = QRect(QPoint(), shown.size())
        for widget in visible(shown):
            where = QRect(widget.mapTo(shown, QPoint()), widget.size())
            assert scrolls(widget) or room.contains(where), (name, widget, where)
        # A search that ends just now words its button anew, which is laid out a moment later.
        with contextlib.suppress(qtbot.TimeoutError):
            qtbot.waitUntil(lambda: not cut(shown), timeout=2_000)
        assert cut(shown) == [], name
    silent = [
        widget
        for widget in visible(shown)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert silent == []


def test_the_first_page_fits_where_it_lists_offices_opened_before(
    qtbot: QtBot, window: OpenWindow, tmp_path: Path
) -> None:
    settings = WindowSettings()
    for name in ("ciamis", "cikoneng", "latihan"):
        (tmp_path / f"{name}.rekap").write_bytes(b"")
        settings.add_recent(tmp_path / f"{name}.rekap")
    settings.flush()
    shown = window()
    assert shown.welcome.recent.count() == 3
    for name, (width, height) in SIZES.items():
        shown.resize(width, height)
        qtbot.waitUntil(lambda: not shown.testAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent))
        assert (shown.width(), shown.height()) == (width, height), name
