"""A rule of Windows, kept on every machine: a file that is open is neither deleted nor renamed.

Most offices work on Windows; there such a step fails on a stranger's laptop only. Here it fails
in the tests, wherever ``/proc`` says which files this process has open.
"""

import errno
import os
import sys
from pathlib import Path
from types import FrameType

_STEPS = {"os.remove": 1, "os.rename": 2}
"""Events of the interpreter, and how many of their arguments are names of files."""
_OPEN = Path("/proc/self/fd")
_PROGRAM = f"{os.sep}recap_desktop{os.sep}"
_DEPTH = 12
"""Calls to look back: what tests and libraries delete for themselves is none of our business."""


def forbid_steps_on_open_files() -> None:
    """Have such steps of the program refused from now on; a hook of this kind stays for ever."""
    if _OPEN.is_dir():
        sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    names = arguments[: _STEPS.get(event, 0)]
    if names and _is_ours(sys._getframe(1)):
        for name in names:
            if isinstance(name, str | bytes | os.PathLike) and _is_open(os.fsdecode(name)):
                raise PermissionError(errno.EACCES, "open in this process", os.fsdecode(name))


def _is_ours(frame: FrameType | None) -> bool:
    for _ in range(_DEPTH):
        if frame is None:
            return False
        if _PROGRAM in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


def _is_open(path: str) -> bool:
    wanted = os.path.realpath(path)
    return any(_target(number) == wanted for number in os.listdir(_OPEN))  # noqa: PTH208 - names alone


def _target(number: str) -> str:
    try:
        return os.readlink(_OPEN / number)  # noqa: PTH115 - a socket is no path
    except OSError:
        return ""
