"""Notes of errors of our own, kept on this machine for whoever mends them."""

from __future__ import annotations

import datetime as dt
import os
import sys
from typing import TYPE_CHECKING

from recap_desktop import __version__, places
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from pathlib import Path


def keep_crash_note(error: BaseException) -> Path | None:
    """Write down an exception below this machine's data; None where even that fails."""
    import platform  # noqa: PLC0415 - needed only here, and the window is to be up at once
    import traceback  # noqa: PLC0415 - as above

    now = dt.datetime.now().astimezone()
    about = f"recap-desktop {__version__}, Python {sys.version}, {platform.platform()}"
    head = f"{now.isoformat(timespec='seconds')}\n{about}\n{sys.argv[1:2]}\n\n"
    try:
        folder = places.machine_data("crash")
        path = folder / f"{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        path.write_text(head + "".join(traceback.format_exception(error)), encoding="utf-8")
    except (OSError, KnownProblem):
        return None
    return path
