"""Where the program's own files lie, and where it may keep things on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from recap_desktop.problems import KnownProblem, reason_of

_PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Path of a file or folder below ``resources/``, installed or in a checkout."""
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if root.is_dir():
            return root.joinpath(*parts)
    message = "resources/ is missing beside recap_desktop/"
    raise FileNotFoundError(message)


def machine_data(*below: str) -> Path:
    """The folder of this machine for keys and settings, or one below it; made when missing.

    ``RECAP_DATA_DIR`` moves it.

    Raises:
        KnownProblem: ``machine-data-unwritable``.
    """
    chosen = os.environ.get("RECAP_DATA_DIR")
    root = Path(chosen) if chosen else platformdirs.user_data_path("recap-desktop", appauthor=False)
    path = root.joinpath(*below)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("machine-data-unwritable", path=str(path), reason=reason) from error
    return path
