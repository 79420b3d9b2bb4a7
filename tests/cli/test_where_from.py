"""``where-from`` tells the same as the window: parts of a sum, records of a TPS."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.office.entry import entering
from tests.cli.lines import run
from tests.made_up.offices import BUPATI, CIAMIS, TPS, tiny_office, valid_bupati


def test_a_figure_is_followed_down(tmp_path: Path) -> None:
    path = tmp_path / "o.rekap"
    office = tiny_office(path)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(office, BUPATI, rows, by="Siti")
    office.close()
    asked = ("where-from", path, "--contest", BUPATI, "--cell", "votes.1")
    (whole,) = run(*asked, "--format", "json").data
    assert (whole["code"], whole["figure"]) == (CIAMIS, 210)
    assert [part["figure"] for part in whole["parts"]] == [123, 87]
    assert "32.07.01.1001" in run(*asked).out
    (station,) = run(*asked, "--unit", "32.07.01.1001.002", "--format", "json").data
    (record,) = station["records"]
    assert (record["figure"], record["person"], record["source"]) == (41, "Siti", "c-hasil")
    shown = run(*asked, "--unit", "32.07.01.1001.002").out
    assert "Siti" in shown and "C.HASIL" in shown and "Meja 1" in shown
    csv = run(*asked, "--unit", "32.07.01.1001.002", "--format", "csv").out.splitlines()
    assert len(csv) == 2 and csv[0].startswith("time,what,person,office,post")
    refused = run("where-from", path, "--contest", BUPATI, "--cell", "votes.7")
    assert refused.status == 2 and "votes.7" in refused.err
