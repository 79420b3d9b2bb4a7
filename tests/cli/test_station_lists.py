"""Lists of TPS and look-alikes on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from recap_desktop.office.entry.entering import enter
from recap_desktop.office.progress.listing_stations import Choice
from tests.cli.lines import WORDS, done, refused
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati


@pytest.fixture
def office(tmp_path: Path) -> Path:
    path = tmp_path / "o.rekap"
    office = tiny_office(path)
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Siti")
    enter(office, BUPATI, TPS[3], {**valid_bupati(11, 60, 2), "valid": 72}, by="Siti")
    office.close()
    return path


def test_every_list_is_told_with_its_count(office: Path) -> None:
    said = done("stations", office, "--contest", BUPATI, "--format", "json").data
    assert said["stations"]["trouble"] == said["stations"]["odd"] == 1
    assert said["stations"]["empty"] == 2
    assert said["an_hour"] is None
    table = done("stations", office, "--contest", BUPATI).out
    assert WORDS["desk.list.choice.trouble"] in table


def test_the_tps_of_a_list_are_told(office: Path) -> None:
    arguments = ("stations", office, "--contest", BUPATI, "--only", "trouble")
    (row,) = done(*arguments, "--format", "json").data
    assert (row["tps"], row["state"], row["valid"]) == (TPS[3], "odd", 72)
    assert "32.07.01.2001.001" in done(*arguments).out
    assert TPS[3] in done(*arguments, "--format", "csv").out
    assert done(*arguments, "--text", "maleber", "--format", "json").data == []


def test_a_list_that_there_is_not_is_refused(office: Path) -> None:
    refused(
        "usage-choice",
        *("stations", office, "--contest", BUPATI, "--only", "odd-ones"),
        option="--only",
        found="odd-ones",
        choices=", ".join(choice.value for choice in Choice),
    )


def test_look_alikes_are_told_with_both_sides(office: Path) -> None:
    arguments = ("look-alikes", office, "--contest", BUPATI)
    (row,) = done(*arguments, "--format", "json").data
    assert (row["kind"], row["tps"], row["other"]) == ("same", TPS[0], TPS[1])
    assert row["bits"] > 20
    assert "32.07.01.1001.002" in done(*arguments).out
    assert "votes.1 votes.2 invalid" in done(*arguments, "--format", "csv").out
    assert done(*arguments, "--kind", "turnout").out.strip() == WORDS["cli.look-alikes-none"]
