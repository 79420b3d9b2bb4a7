"""The front door: the window, or the command line when something is asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from recap_desktop.problems import KnownProblem

OFFICE_SUFFIX = ".rekap"

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> int:
    """Open the window, or run a verb of the command line; the exit status of the program.

    No argument, or only the path of an office file, opens the window.
    """
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(OFFICE_SUFFIX)):
        try:
            return open_window(Path(arguments[0]) if arguments else None)
        except KnownProblem as problem:
            from recap_desktop.cli.program import refuse  # noqa: PLC0415 - only when it is needed

            return refuse(problem)
    from recap_desktop.cli.program import run  # noqa: PLC0415 - the window needs none of it

    return run(arguments, open_window=open_window)


def open_window(path: Path | None) -> int:
    """Show the window until it is closed.

    Args:
        path: the office to open in it; None shows the first page.

    Raises:
        KnownProblem: ``no-screen``; ``library-missing`` when Qt cannot be loaded.
    """
    if sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        # Qt would end the process by itself, with a sentence for developers.
        raise KnownProblem("no-screen")
    try:
        from recap_desktop.desk.program import run  # noqa: PLC0415 - the command line needs no Qt
    except ImportError as error:
        if ".so" not in str(error) and not (error.name or "").startswith("PySide6"):
            raise
        raise KnownProblem("library-missing", library=str(error).partition(":")[0]) from error
    return run(path)


if __name__ == "__main__":
    sys.exit(main())
