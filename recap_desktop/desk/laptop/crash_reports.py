"""What happens to an error of our own: a report in a file, and one calm message in the window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from recap_desktop.office.crash_notes import keep_crash_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


class CrashHook:
    """Stands in for ``sys.excepthook``: Qt goes on after an error in a slot, and so do we."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """``tell`` gets the path of the report, or nothing where there is none."""
        self._tell = tell
        self._before = sys.excepthook

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Report, tell, and let the error be seen on the terminal too."""
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        path = keep_crash_note(error)
        self._before(kind, error, trace)
        self._tell(str(path) if path else "")
