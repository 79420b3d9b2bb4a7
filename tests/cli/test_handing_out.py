"""Numbers handed out from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.lines import WORDS, done, refused
from tests.made_up.offices import BUPATI, tiny_office


def test_every_contest_that_has_numbers_is_written(full_office: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    said = done("hand-out", full_office, stick)
    contest = WORDS("hand-out.contest", title="Bupati Ciamis", counted=5, stations=5)
    told = WORDS("hand-out.written", folder=str(stick), files=3, contests=contest)
    assert said.out.strip() == told
    assert sorted(path.suffix for path in stick.iterdir()) == [".csv", ".pdf", ".xlsx"]


def test_the_table_that_was_handed_out_is_entered_elsewhere(
    full_office: Path, tmp_path: Path
) -> None:
    done("hand-out", full_office, tmp_path, "--contest", BUPATI)
    (table,) = tmp_path.glob("LATIHAN_*.csv")
    other = tmp_path / "other.rekap"
    tiny_office(other).close()
    done("enter", other, table, "--contest", BUPATI, "--by", "Budi")
    totals = ("--contest", BUPATI, "--level", "tps", "--format", "csv")
    assert done("totals", other, *totals).out == done("totals", full_office, *totals).out


def test_what_cannot_be_handed_out_is_refused(full_office: Path, tmp_path: Path) -> None:
    refused("hand-out-nothing", "hand-out", full_office, tmp_path, "--contest", "gubernur")
    gone = tmp_path / "gone"
    reason = WORDS["reason.ENOENT"]
    refused("hand-out-not-written", "hand-out", full_office, gone, path=str(gone), reason=reason)
