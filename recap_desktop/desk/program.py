"""The Qt program: one application, one window, one worker; started by ``run``."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.laptop.crash_reports import CrashHook
from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.looks.appearance import choose_scheme, follow_desktop
from recap_desktop.desk.looks.qt_words import QtWords
from recap_desktop.desk.looks.typefaces import load_typefaces
from recap_desktop.desk.main_window import MainWindow
from recap_desktop.office.language import load_words

if TYPE_CHECKING:
    from pathlib import Path

NAME = "recap-desktop"
_STYLE = "Fusion"


def run(path: Path | None = None) -> int:
    """Show the window until it is closed.

    Args:
        path: an office file to open at once; None begins on the first page.

    Returns:
        The exit status.
    """
    application = QApplication([NAME])
    settings = WindowSettings()
    words = load_words(settings.language)
    dress(application, settings.scheme)
    translator = QtWords(words, application)
    application.installTranslator(translator)
    background = Background()
    window = MainWindow(words, settings, background)
    window.words_changed.connect(translator.speak)
    before = sys.excepthook
    sys.excepthook = CrashHook(window.tell_crash)
    window.show()
    if path is not None:
        window.open_later(path)
    try:
        return application.exec()
    finally:
        sys.excepthook = before
        background.stop()
        window.deleteLater()


def dress(application: QApplication, scheme: str) -> None:
    """Give the application its style, colours and typeface.

    Args:
        application: the one application.
        scheme: ``light``, ``dark``, or empty to follow the desktop.
    """
    application.setApplicationName(NAME)
    # Making a style takes a while, and on most desktops but Windows this one is there already.
    if application.style().objectName().casefold() != _STYLE.casefold():
        application.setStyle(_STYLE)
    application.setFont(load_typefaces())
    choose_scheme(application, scheme)
    application.styleHints().colorSchemeChanged.connect(partial(follow_desktop, application))
