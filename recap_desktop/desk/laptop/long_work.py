"""Work in many parts: read here a part at a time, done in the worker, with progress and an end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from recap_desktop.desk.laptop.background import Background

_AHEAD = 2
"""Parts that are read before they are needed, so that the worker need not wait for the window."""


class LongWork(QObject):
    """Gives parts to the worker one after another; between two of them the window answers.

    ``brought`` brings what became of each part, in order; ``went_on`` follows it; ``ended``
    comes once, whether all parts were done or the work was given up.
    """

    brought = Signal(object)
    went_on = Signal(int, int)
    ended = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        """Nothing to do yet."""
        super().__init__(parent)
        self._background = background
        self._parts: Iterator[Any] | None = None
        self._work: Callable[[Any], Any] | None = None
        self._waiting: dict[Future[tuple[int, Any]], bool] = {}
        self._turn = self._done = self._size = 0

    @property
    def is_running(self) -> bool:
        """Whether parts are still to come."""
        return self._parts is not None

    def begin(self, parts: Iterator[Any], work: Callable[[Any], Any], *, size: int) -> None:
        """Begin; what was under way before is given up.

        Args:
            parts: each is read in this thread, and has to be quickly.
            work: what the worker does with one; it gets nothing else.
            size: how many parts there are.
        """
        self.cancel()
        self._turn += 1
        self._parts, self._work = parts, work
        self._done, self._size = 0, size
        for _ in range(_AHEAD):
            self._feed()

    def add(self, part: Any) -> None:  # noqa: ANN401 - whatever the work takes
        """Do one more part after those that were given; also when all were, or after a cancel."""
        self._submit(part, is_counted=False)

    def cancel(self) -> None:
        """Give up: what is under way is not brought any more."""
        for future in self._waiting:
            future.cancel()
        self._waiting.clear()
        self._turn += 1
        was_running = self.is_running
        self._parts = None
        if was_running:
            self.ended.emit()

    def _feed(self) -> None:
        if self._parts is None:
            return
        try:
            part = next(self._parts)
        except StopIteration:
            if not self._waiting:
                self._parts = None
                self.ended.emit()
            return
        self._submit(part, is_counted=True)

    def _submit(self, part: Any, *, is_counted: bool) -> None:  # noqa: ANN401 - as above
        if self._work is not None:
            work = partial(_turned, self._turn, self._work, part)
            self._waiting[self._background.submit(work, self._bring)] = is_counted

    def _bring(self, future: Future[tuple[int, Any]]) -> None:
        if future not in self._waiting:
            return
        is_counted = self._waiting.pop(future)
        try:
            turn, result = future.result()
        except Exception:
            self.cancel()
            raise
        if turn != self._turn:
            return
        self.brought.emit(result)
        if self.is_running and turn == self._turn:
            self._done += is_counted
            self.went_on.emit(self._done, self._size)
            self._feed()


def _turned(turn: int, work: Callable[[Any], Any], part: Any) -> tuple[int, Any]:  # noqa: ANN401 - as above
    return turn, work(part)
