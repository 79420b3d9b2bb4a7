"""The drawing of the table of states is the one that the table makes, and leaves no arrow out."""

from __future__ import annotations

import importlib.util
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

from recap_desktop.election.figures.tallies import STATES
from recap_desktop.office.language import load_words

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "states.py"


@pytest.fixture(scope="module")
def states() -> ModuleType:
    """The script as a module; ``packaging`` itself is the name of a library."""
    spec = importlib.util.spec_from_file_location("states_drawing", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_drawing_is_the_one_the_table_makes(states: ModuleType) -> None:
    drawn = states.DRAWING.read_text("utf-8")
    assert drawn == states.drawing(load_words("id")), "run packaging/states.py"
    ET.fromstring(drawn)  # noqa: S314 - our own


def test_the_lines_hold_every_arrow_of_the_table_and_no_other(states: ModuleType) -> None:
    words = load_words("en")
    entries, readings, rulings, heard = (
        {(source, way.target) for way in ways for source in way.sources}
        for ways in (
            states.by_entries(words),
            states.by_readings(words),
            states.by_rulings(words),
            states.by_others(words),
        )
    )
    assert readings == {(state, after) for state, row in STATES.items() for after in row.readings}
    assert entries == {(state, after) for state, row in STATES.items() for after in row.entries}
    assert rulings == {
        (state, after) for state, row in STATES.items() for after in row.rulings.values()
    }
    stays = {(state, state) for state in STATES}
    arrows = {(state, after) for state, row in STATES.items() for after in row.next}
    assert entries | readings | rulings | heard | stays == arrows | stays
    assert not heard & rulings


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_drawing_names_every_state(states: ModuleType, language: str) -> None:
    words = load_words(language)
    drawn = states.drawing(words)
    for state in STATES:
        for word in words[f"desk.sign.{state.value}"].split():
            assert word in drawn
