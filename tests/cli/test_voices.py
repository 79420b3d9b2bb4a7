"""``findings --voice``: how findings are told at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recap_desktop.office.entry.entering import enter
from tests.cli.lines import done
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def double(tmp_path: Path) -> Path:
    """An office with two entries, of which one TPS is agreed and does not add up."""
    office = tiny_office(tmp_path / "double.rekap", double_entry=True)
    for name in ("Ani", "Budi"):
        enter(office, BUPATI, TPS[0], {**valid_bupati(), "valid": 150}, by=name)
    office.close()
    return tmp_path / "double.rekap"


def test_who_types_is_told_where_to_look_and_no_figure(double: Path) -> None:
    where = ("findings", double, "--contest", BUPATI)
    careful = done(*where, "--format", "json").data
    exact = done(*where, "--format", "json", "--voice", "exact").data

    assert {one["hint"] for one in careful} == {""} and {one["expected"] for one in careful} == {
        None
    }
    assert all(one["text"].startswith("Lihat lagi ") for one in careful)
    assert all(one["hint"] and one["expected"] for one in exact)
    assert [one["cells"] for one in careful] == [one["cells"] for one in exact]


def test_a_table_in_the_careful_voice_holds_the_sentence(double: Path) -> None:
    said = done("findings", double, "--contest", BUPATI, "--voice", "look-again").out

    assert said.count("Lihat lagi ") == 2
    assert "seharusnya" not in said
