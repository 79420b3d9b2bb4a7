"""Reads the form definitions the program brings, for a new election."""

from __future__ import annotations

import tomllib

from recap_desktop import places
from recap_desktop.election.definitions.forms import Form


def form_ids() -> tuple[str, ...]:
    """Ids of all form definitions (definisi formulir), in order."""
    return tuple(sorted(path.stem for path in places.resource("forms").glob("*.toml")))


def bundled_form(form_id: str) -> Form:
    """One of them; only ``election build`` reads it, an office keeps its own copy.

    Raises:
        KeyError: when there is none of that id.
    """
    if form_id not in form_ids():
        raise KeyError(form_id)
    return Form.read(tomllib.loads(places.resource("forms", f"{form_id}.toml").read_text("utf-8")))
