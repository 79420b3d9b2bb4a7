"""A search through an office under way: its progress, its button, and when to look at what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from recap_desktop.desk.laptop.long_work import LongWork
from recap_desktop.desk.pieces.step_bar import StepButton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.election.wording import Words


class SearchRun(QObject):
    """Gives the parts of a search to the worker; one button stops it and begins it again.

    ``brought`` brings what became of a part as soon as it is done, ``looked`` says from time to
    time, and once at the end, that what was brought may be shown; ``begun_again`` asks the owner
    to begin anew.

    Attributes:
        button: stops, then begins again; to be placed by the owner.
    """

    brought = Signal(object)
    looked = Signal()
    begun_again = Signal()

    def __init__(
        self, background: Background, words: Words, parent: QObject | None = None, *, pause: int
    ) -> None:
        """Nothing is searched yet.

        Args:
            background: the worker.
            words: of the screen.
            parent: the owner.
            pause: milliseconds between two looks at what was found meanwhile.
        """
        super().__init__(parent)
        self._words = words
        self._progress = (0, 0)
        self.button = StepButton(words["desk.list.stop"])
        self._work = LongWork(background, self)
        self._pause = QTimer(self)
        self._pause.setInterval(pause)
        self.button.clicked.connect(self._press)
        self._work.brought.connect(self.brought)
        self._work.went_on.connect(self._go_on)
        self._work.ended.connect(self._end)
        self._pause.timeout.connect(self.looked)

    @property
    def is_running(self) -> bool:
        """Whether parts are still to come."""
        return self._work.is_running

    @property
    def was_stopped(self) -> bool:
        """Whether it was given up before its end."""
        done, size = self._progress
        return not self._work.is_running and done < size

    @property
    def percent(self) -> str:
        """How much of it is done."""
        done, size = self._progress
        return str(100 * done // max(1, size))

    def state(self, *, is_found: bool) -> str:
        """How it stands, as the words for it are called: ``going``, ``stopped``, ``done``, ``done-none``."""
        if self.is_running:
            return "going"
        if self.was_stopped:
            return "stopped"
        return "done" if is_found else "done-none"

    def begin(self, parts: Iterator[Any], work: Callable[[Any], Any], *, size: int) -> None:
        """Begin; see ``LongWork.begin``."""
        self._progress = (0, size)
        self.button.setText(self._words["desk.list.stop"])
        self.button.show()
        self._pause.start()
        self._work.begin(parts, work, size=size)

    def add(self, part: Any) -> None:  # noqa: ANN401 - whatever the search reads
        """Search one more part, also after the end."""
        self._work.add(part)

    def stop(self) -> None:
        """Give up; what was found stays with the owner."""
        self._work.cancel()

    def _press(self) -> None:
        if self.is_running:
            self.stop()
        else:
            self.begun_again.emit()

    def _go_on(self, done: int, size: int) -> None:
        self._progress = (done, size)

    def _end(self) -> None:
        self._pause.stop()
        self.button.setText(self._words["desk.list.again"])
        self.looked.emit()
