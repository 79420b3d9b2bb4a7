"""Long work off the thread of the window: one worker, one bridge that brings results home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

_T = TypeVar("_T")


class Background(QObject):
    """Runs work on frozen values in one other thread and gives the result back in this one.

    The database is never given to the worker. Results come through ``done(future)``, which
    raises what the work raised when asked for its result.
    """

    _ready = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start nothing yet: the thread begins with the first work."""
        super().__init__(parent)
        self._executor: ThreadPoolExecutor | None = None
        self._open = True
        self._held: list[tuple[Callable[[Future[Any]], object], Future[Any]]] | None = None
        # Queued also where the work is done before its callback is known: nobody is called back
        # before ``submit`` has given the future.
        self._ready.connect(self._bring, Qt.ConnectionType.QueuedConnection)

    def submit(self, work: Callable[[], _T], done: Callable[[Future[_T]], object]) -> Future[_T]:
        """Run ``work`` when its turn comes, then ``done`` here with its future."""
        if self._executor is None:
            # Needed by no first page: imported with the first work.
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - see above

            self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recap-work")
        future = self._executor.submit(work)
        future.add_done_callback(lambda finished: self._ready.emit((done, finished)))
        return future

    def hold(self) -> None:
        """Bring nothing home for a while: the office is being written to."""
        self._held = self._held or []

    def release(self) -> None:
        """Bring home what came meanwhile."""
        held, self._held = self._held, None
        for arrived in held or ():
            self._ready.emit(arrived)

    def stop(self) -> None:
        """Forget what has not begun, wait for what has, and bring nothing home any more."""
        self._open = False
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def _bring(self, arrived: tuple[Callable[[Future[Any]], object], Future[Any]]) -> None:
        from concurrent.futures import CancelledError  # noqa: PLC0415 - as above

        if self._held is not None:
            self._held.append(arrived)
            return
        done, future = arrived
        if not self._open or future.cancelled():
            return
        asker = getattr(done, "__self__", None)
        if isinstance(asker, QObject) and not isValid(asker):
            # The office was left meanwhile, and its pages with it.
            return
        try:
            done(future)
        except CancelledError:
            return
