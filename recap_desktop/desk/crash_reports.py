"""What happens to an error of our own: a report in a file, and one calm message in the window."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

from recap_desktop import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType


def write_report(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> Path | None:
    """Write what went wrong below this machine's data; None where even that fails."""
    import platform  # noqa: PLC0415 - needed only here, and the window is to be up at once
    import traceback  # noqa: PLC0415 - as above

    now = dt.datetime.now().astimezone()
    try:
        folder = places.machine_data() / "crash"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{now:%Y%m%d-%H%M%S}.txt"
        text = "".join(traceback.format_exception(kind, error, trace))
        head = f"{now.isoformat(timespec='seconds')}\n{platform.platform()} {sys.version}\n\n"
        path.write_text(head + text, encoding="utf-8")
    except OSError:
        return None
    return path


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
        path = write_report(kind, error, trace)
        self._before(kind, error, trace)
        self._tell(str(path) if path else "")
