"""The front door: the window, or the command line when something is asked for."""

from __future__ import annotations

import sys
from pathlib import Path

OFFICE_SUFFIX = ".rekap"


def main() -> int:
    """Open the window, or run a verb of the command line; the exit status of the program.

    No argument, or only the path of an office file, opens the window.
    """
    arguments = sys.argv[1:]
    if not arguments:
        return open_window(None)
    if len(arguments) == 1 and arguments[0].endswith(OFFICE_SUFFIX):
        return open_window(Path(arguments[0]))
    from recap_desktop.cli.program import run  # noqa: PLC0415 - the window needs none of it

    return run(arguments, open_window=open_window)


def open_window(path: Path | None) -> int:
    """Show the window until it is closed.

    Args:
        path: the office to open in it; None shows the first page.
    """
    from recap_desktop.desk.program import run  # noqa: PLC0415 - the command line needs no Qt

    return run(path)


if __name__ == "__main__":
    sys.exit(main())
