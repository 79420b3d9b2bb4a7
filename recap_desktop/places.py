"""Where the program's own files lie, and where it may keep things on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Path of a file or folder below ``resources/``, installed or in a checkout."""
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if root.is_dir():
            return root.joinpath(*parts)
    message = "resources/ is missing beside recap_desktop/"
    raise FileNotFoundError(message)


def machine_data() -> Path:
    """The folder of this machine for keys and settings; ``RECAP_DATA_DIR`` moves it."""
    chosen = os.environ.get("RECAP_DATA_DIR")
    path = Path(chosen) if chosen else platformdirs.user_data_path("recap-desktop", appauthor=False)
    path.mkdir(parents=True, exist_ok=True)
    return path
