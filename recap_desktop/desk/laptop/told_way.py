"""The way of long work as the window is told of it: in percent, from whatever thread it goes on in."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from recap_desktop.way import GivenUp, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHOLE = 100


class ToldWay(QObject):
    """Brings home how far the work of a worker is, and tells the worker when somebody gave up.

    ``advanced`` comes in the window's thread, each time with a higher percentage.

    Attributes:
        stretch: which share of the whole the ways have that are given out now.
    """

    advanced = Signal(int)
    _heard = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is under way."""
        super().__init__(parent)
        self.stretch: Sequence[float] = (0.0, 1.0)
        self._turn = self._told = self._shown = 0
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Long work begins; what was under way before is given up."""
        self.give_up()
        self.stretch = (0.0, 1.0)
        self._told = self._shown = 0
        # What is there now stays: whoever collects cycles need not stop the window to go through
        # a definition of 25,000 TPS and all that a window is made of.
        gc.freeze()
        self.advanced.emit(0)

    def end(self) -> None:
        """It is done: what it had is collected like anything else."""
        gc.unfreeze()

    def give_up(self) -> None:
        """Whatever goes on ends where it next tells how far it is."""
        self._turn += 1
        self.end()

    def way(self) -> Way:
        """The way of one step, for the thread that goes it."""
        return Way(partial(self._tell, self._turn), *self.stretch)

    def _tell(self, turn: int, share: float) -> None:
        # In the worker's thread: a number is read, and a signal queued.
        if turn != self._turn:
            raise GivenUp
        percent = int(share * _WHOLE)
        if percent > self._told:
            self._told = percent
            self._heard.emit(turn, percent)

    def _hear(self, turn: int, percent: int) -> None:
        if turn == self._turn and percent > self._shown:
            self._shown = percent
            self.advanced.emit(percent)
