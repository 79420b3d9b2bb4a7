"""The journeys use the window and the machine of tests/desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.conftest import own_machine, window, words
from tests.made_up.offices import tiny_office

__all__ = ["own_machine", "window", "words"]


@pytest.fixture
def office_path(tmp_path: Path) -> Path:
    path = tmp_path / "ciamis.rekap"
    tiny_office(path).close()
    return path
