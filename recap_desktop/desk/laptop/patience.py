"""Long work in the window's own thread, a moment at a time: it answers in between, and can be given up.

For what has to be written to the office in one transaction. Until it is at its end nothing else
may be written, so nobody but its one button is heard.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QApplication

from recap_desktop.way import GivenUp, Way

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from recap_desktop.desk.laptop.background import Background

_T = TypeVar("_T")

_MOMENT = 0.02
"""Seconds of work between two looks at what the person did: nobody notices these."""

_WHOLE = 100
_SHORTCUTS = frozenset({QEvent.Type.Shortcut, QEvent.Type.ShortcutOverride})
_UNHEARD = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.ContextMenu,
        QEvent.Type.TouchBegin,
        QEvent.Type.Drop,
    }
)


class Patience(QObject):
    """Runs one piece of long work; ``advanced`` says in percent how far it is, and never goes back."""

    advanced = Signal(int)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        """Nothing is under way; what the worker brings waits while something is."""
        super().__init__(parent)
        self._background = background
        self._heard: QWidget | None = None
        self._is_given_up = False
        self._looked, self._shown = 0.0, -1

    @property
    def is_running(self) -> bool:
        """Whether work is under way."""
        return self._heard is not None

    def give_up(self) -> None:
        """End the work where it next looks; what it has done is taken back by whoever does it."""
        self._is_given_up = True

    def run(self, work: Callable[[Way], _T], heard: QWidget) -> _T:
        """Do long work; what it came to.

        Args:
            work: tells the way it is given how far it is, every few milliseconds.
            heard: the one button that is still heard; it calls ``give_up``, and so does Escape.

        Raises:
            GivenUp: from the work, when somebody gave it up.
        """
        self._heard, self._is_given_up = heard, False
        self._looked, self._shown = time.monotonic(), -1
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self._background.hold()
        # As ``ToldWay.begin``: nothing that is there now is gone through meanwhile.
        gc.freeze()
        try:
            return work(Way(self._tell))
        finally:
            gc.unfreeze()
            self._heard = None
            application.removeEventFilter(self)
            self._background.release()

    def _tell(self, share: float) -> None:
        if time.monotonic() - self._looked < _MOMENT:
            return
        percent = int(share * _WHOLE)
        if percent > self._shown:
            self._shown = percent
            self.advanced.emit(percent)
        QApplication.processEvents()
        self._looked = time.monotonic()
        if self._is_given_up:
            raise GivenUp

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep away whatever a person does, but for the one button and Escape."""
        kind = event.type()
        if kind is QEvent.Type.Close:
            event.ignore()
            return True
        if kind in _SHORTCUTS:
            escape = QKeySequence(Qt.Key.Key_Escape)
            if isinstance(event, QShortcutEvent) and event.key() == escape:
                self.give_up()
            return kind is QEvent.Type.Shortcut
        if kind not in _UNHEARD or not watched.isWidgetType() or watched is self._heard:
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.give_up()
        return True
