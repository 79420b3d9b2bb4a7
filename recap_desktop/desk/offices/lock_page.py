"""The locked screen: after some minutes without a key it covers the office until somebody signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.badge import Badge
from recap_desktop.desk.looks.shapes import Shape
from recap_desktop.desk.offices.person_panel import PersonPanel
from recap_desktop.desk.pieces.step_bar import StepBar

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session

_A_MINUTE = 60_000

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleLock(QObject):
    """Locks a guarded office after some minutes without a key or the mouse.

    In the open plenary it never does: the hall looks at the screen all the time, and a locked
    one would stop the reading.
    """

    def __init__(self, session: Session, minutes: int, desk: QWidget) -> None:
        """Watch the window of an office once somebody has signed in there; 0 minutes is never."""
        super().__init__(desk)
        self._session, self._desk = session, desk
        self._watched: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self.set_minutes(minutes)
        session.person_changed.connect(self._begin)
        session.unlocked.connect(self._begin)

    @property
    def is_running(self) -> bool:
        """Whether the minutes are counted."""
        return self._timer.isActive()

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes; 0 is never."""
        self._timer.stop()
        self._timer.setInterval(minutes * _A_MINUTE)
        self._begin()

    def _begin(self) -> None:
        """Count the minutes from now on, where there is somebody to be locked out."""
        session = self._session
        if not (self._timer.interval() and session.is_guarded and session.is_present):
            return
        window = self._desk.window().windowHandle()
        # Of the window itself: a filter of the whole program would see every event of every part.
        if window is not self._watched:
            window.installEventFilter(self)
            self._watched = window
        self._timer.start()

    def look(self) -> None:
        """Lock, where there is somebody to be locked out and no hall that listens."""
        if self._session.is_reading or not self._session.lock():
            self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Every key and every move of the mouse begins the time anew."""
        del watched
        if event.type() in _SIGNS_OF_LIFE and self._timer.interval():
            self._timer.start()
        return False


class LockPage(QWidget):
    """Asks for the password of who was there; another may sign in instead."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Show nothing of the office."""
        super().__init__(parent)
        self._session = session
        words = session.words
        self.person = PersonPanel(session, ())
        self.foot = StepBar()
        head = QHBoxLayout()
        head.addWidget(Badge(words["desk.lock.locked"], Hue.FINAL, Shape.LOCK))
        head.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(40, 30, 20, 10)
        box.addLayout(head)
        box.addWidget(self.person, 0, Qt.AlignmentFlag.AlignTop)
        box.addStretch(1)
        box.addWidget(self.foot)
        session.told.connect(self._tell)
        self.person.stepped.connect(self.foot.say)

    def ask(self) -> None:
        """Ask for the password of who was there."""
        words = self._session.words
        self.person.ask()
        self.foot.offer(words["desk.lock.go"], self.person.take)
        self.foot.offer_other(words["desk.lock.other"], self._ask_other)
        if self._session.attempt(lambda: self.person.ask_password(self._session.person)):
            self.foot.say(words["desk.lock.say"])

    def _ask_other(self) -> None:
        self.person.ask()
        self.person.take_focus()

    def _tell(self, text: str) -> None:
        if self.isVisible():
            self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go to the box of the password."""
        self.person.take_focus()
