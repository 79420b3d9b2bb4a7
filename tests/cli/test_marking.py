"""``mark-finding`` and what other verbs tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.office.entry.entering import enter
from tests.cli.lines import done, refused
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Three rows of users have another total than men and women; valid votes are wrong."""
    opened = tiny_office(tmp_path / "o.rekap")
    wrong = {**valid_bupati(), "valid": 150, "users.moved.l": 3, "users.special.l": 2}
    enter(opened, BUPATI, TPS[0], wrong, by="Ani")
    opened.close()
    return tmp_path / "o.rekap"


def marked(office: Path) -> dict[str, str]:
    found = done("findings", office, "--contest", BUPATI, "--format", "json").data
    return {one["cells"][0]: one["marked"] for one in found if one["marked"]}


def test_a_finding_is_marked_and_taken_back(office: Path) -> None:
    where = ("mark-finding", office, "--contest", BUPATI, "--tps", TPS[0], "--rule", "R6")
    who = ("--by", "Ani")
    assert "R6" in done(*where, "--reason", "dicoret dan diparaf", *who).out
    assert marked(office) == {"valid": "Sesuai kertas: dicoret dan diparaf (Ani)"}
    assert "dicoret dan diparaf" in done("findings", office, "--contest", BUPATI).out
    done(*where, "--take-back", *who)
    assert marked(office) == {}
    refused("mark-none", *where, "--take-back", *who, tps=dotted(TPS[0]), rule="R6")


def test_of_several_findings_of_a_rule_the_cell_is_named(office: Path) -> None:
    where = ("mark-finding", office, "--contest", BUPATI, "--tps", TPS[0], "--by", "Ani")
    here = dotted(TPS[0])
    cells = "users.moved.jml, users.special.jml"
    why = ("--reason", "x")
    refused("finding-several", *where, "--rule", "R1", *why, tps=here, rule="R1", cells=cells)
    refused("finding-none", *where, "--rule", "R4", *why, tps=here, rule="R4")
    refused("reason-missing", *where, "--rule", "R6")
    done(*where, "--rule", "R1", "--cell", "users.moved.jml", "--reason", "tertulis demikian")
    assert list(marked(office)) == ["users.moved.jml"]
