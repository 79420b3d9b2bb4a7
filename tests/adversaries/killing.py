"""A deed in a process of its own, killed by SIGKILL right before one of its calls to the system."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

CALLS = frozenset(
    {
        *("open", "write", "writelines", "flush", "truncate", "fsync", "close", "mkdir"),
        *("replace", "rename", "unlink", "execute", "executemany", "commit"),
    }
)
"""What writes to a medium or to the office file, by the name of the function in C."""


def run(deed: Callable[[], object], die_at: int = 0) -> int:
    """Do it in a process of its own, which dies at a call; how many calls it made, if it lived."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.write(tell, str(_counted(deed, die_at)).encode())
            status = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(status)
    os.close(tell)
    with os.fdopen(told, "rb") as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    # A garbage collector may close a file less: then it lived through a step near its end.
    assert killed or status == 0, (die_at, status)
    return int(said or b"0")


def _counted(deed: Callable[[], object], die_at: int) -> int:
    count = 0

    def look(_: FrameType, event: str, called: object) -> None:
        nonlocal count
        if event == "c_call" and getattr(called, "__name__", "") in CALLS:
            count += 1
            if count == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)
    try:
        deed()
    finally:
        sys.setprofile(None)
    return count
