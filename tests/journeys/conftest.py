"""The journeys use the window and the machine of tests/desk."""

from __future__ import annotations

from tests.desk.conftest import own_machine, window, words

__all__ = ["own_machine", "window", "words"]
