"""From a definition to totals, findings and status, without a screen."""

from __future__ import annotations

from pathlib import Path

from recap_desktop import places
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.exchange.election_file import read_election
from recap_desktop.office.opening import open_office
from tests.cli.conftest import HEADER, csv_row
from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.offices import BUPATI, CIAMIS, GUBERNUR, TPS, tiny_election, valid_bupati


def test_a_definition_is_built_and_an_office_made_from_it(tmp_path: Path) -> None:
    definition, path = tmp_path / "p.rekap-election", tmp_path / "ciamis.rekap"
    done("election", "build", places.resource("sample", "ciamis-2024"), "--to", definition)
    assert len(read_election(definition).stations) == 158
    said = done(
        "office", "create", path, "--election", definition, "--region", "32.07.01", "--double-entry"
    )
    assert str(path) in said.out
    made = open_office(path)
    assert (made.code, made.file.double_entry, made.can_write) == ("320701", True, True)
    made.close()


def test_an_office_is_not_made_over_a_file_or_of_a_desa(tmp_path: Path, office: Path) -> None:
    definition = tmp_path / "p.rekap-election"
    done("election", "build", places.resource("sample", "ciamis-2024"), "--to", definition)
    create = ("office", "create")
    to = ("--election", definition, "--region")
    refused("file-exists", *create, office, *to, "320701", path=str(office))
    refused(
        "region-has-no-office",
        *create,
        tmp_path / "x.rekap",
        *to,
        "3207011001",
        region="3207011001",
    )
    assert not (tmp_path / "x.rekap").exists()


def test_every_fault_of_a_folder_is_listed_with_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "election.toml").write_text('title = "X"\ndate = "besok"\n', "utf-8")
    (tmp_path / "stations.csv").write_text("kode_desa,tps\nx,1\n32.07.01.1001,0\n", "utf-8")
    said = run("election", "build", tmp_path, "--to", tmp_path / "y")
    assert (said.status, said.out) == (2, "")
    first, *faults = said.lines
    sentence = WORDS("problem.election-faults", folder=str(tmp_path), count=len(faults))
    assert first == sentence
    places = {line.partition(": ")[0] for line in faults}
    assert {"election.toml baris 2", "stations.csv baris 2", "stations.csv baris 3"} <= places


def test_entering_says_what_was_recorded_and_what_had_not_changed(
    office: Path, table: Path
) -> None:
    enter = ("enter", office, table, "--contest", BUPATI, "--by", "Siti Aminah")
    first = WORDS("cli.entered", recorded=2, unchanged=0, late=0)
    again = WORDS("cli.entered", recorded=0, unchanged=2, late=0)
    assert done(*enter).out.splitlines() == [first]
    assert done(*enter).out.splitlines() == [again]


def test_totals_are_given_in_the_agreed_shape(office: Path, table: Path) -> None:
    done("enter", office, table, "--contest", BUPATI, "--by", "Siti")
    totals = ("totals", office, "--contest", BUPATI, "--format", "json", "--level")
    (ciamis,) = done(*totals, "kecamatan").data
    assert ciamis["code"] == CIAMIS and ciamis["name"] == "Ciamis"
    assert (ciamis["tps"], ciamis["counted"], ciamis["not_delivered"]) == (5, 2, 0)
    assert ciamis["cells"]["votes.1"] == 41 and ciamis["cells"]["votes.2"] == 102
    assert ciamis["blank"] == {}
    maleber, baregbeg = done(*totals, "desa").data
    assert (maleber["counted"], maleber["cells"]["valid"]) == (2, 143)
    assert (baregbeg["counted"], baregbeg["cells"]) == (0, {})
    stations = done(*totals, "tps", "--under", "32.07.01.1001").data
    assert [(one["code"], one["tps"], one["counted"]) for one in stations] == [
        (TPS[0], 1, 1),
        (TPS[1], 1, 0),
        (TPS[2], 1, 1),
    ]


def test_a_blank_cell_is_not_zero_and_is_marked_in_the_table(office: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("kode_desa,tps,votes.1,votes.2\n3207011001,1,0,7\n3207011001,2,,5\n", "utf-8")
    done("enter", office, table, "--contest", BUPATI, "--by", "Siti")
    totals = ("totals", office, "--contest", BUPATI, "--level", "kecamatan")
    (ciamis,) = done(*totals, "--format", "json").data
    assert ciamis["cells"] == {"votes.1": 0, "votes.2": 12}
    assert ciamis["blank"]["votes.1"] == 1 and "votes.2" not in ciamis["blank"]
    shown = done(*totals).out
    assert "0 *" in shown and WORDS["cli.totals-blank"] in shown
    header, row = done(*totals, "--format", "csv").out.splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert (cells["code"], cells["votes.1"], cells["votes.2"], cells["cast"]) == (
        CIAMIS,
        "0",
        "12",
        "",
    )


def test_findings_name_rule_cells_and_the_best_hint_in_words(office: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    cells = {**valid_bupati(), "valid": 150}
    table.write_text(f"{HEADER}\n{csv_row(TPS[2], cells)}\n", "utf-8")
    done("enter", office, table, "--contest", BUPATI, "--by", "Siti")
    found = done("findings", office, "--contest", BUPATI, "--format", "json").data
    election = tiny_election()
    phrasing = Phrasing(WORDS, election.form(BUPATI), election.contest(BUPATI))
    by_rule = {one["rule"]: one for one in found}
    assert set(by_rule) == {"R6", "R7"}
    r6 = by_rule["R6"]
    assert set(r6) == {
        "rule",
        "severity",
        "tps",
        "cells",
        "expected",
        "found",
        "hint",
        "text",
        "marked",
    }
    assert (r6["severity"], r6["tps"], r6["expected"], r6["found"]) == ("error", TPS[2], 140, 150)
    assert r6["cells"][0] == "valid" and phrasing.cell("valid") in r6["hint"]
    assert "R6" in done("findings", office, "--contest", BUPATI).out
    rows = done("findings", office, "--contest", BUPATI, "--format", "csv").out.splitlines()
    assert rows[0] == "rule,severity,tps,cells,expected,found,hint,text,marked" and len(rows) == 3
    under = ("--under", "3207012001", "--format", "json")
    assert done("findings", office, "--contest", BUPATI, *under).data == []


def test_status_tells_of_every_contest_and_every_unit(office: Path, table: Path) -> None:
    done("enter", office, table, "--contest", BUPATI, "--by", "Siti")
    said = done("status", office, "--format", "json").data
    assert said["office"]["code"] == CIAMIS and said["office"]["mode"] == "rehearsal"
    assert [row["contest"] for row in said["progress"]] == [BUPATI, GUBERNUR]
    bupati = said["progress"][0]
    assert (bupati["tps"], bupati["counted"], bupati["revision"]) == (5, 2, None)
    assert bupati["states"] == {"empty": 3, "single": 2}
    desa = done("status", office, "--contest", BUPATI, "--level", "desa", "--format", "csv").out
    assert [line.split(",")[1] for line in desa.splitlines()[1:]] == ["3207011001", "3207012001"]
    shown = done("status", office).out
    assert WORDS["cli.mode.rehearsal"] in shown and WORDS["cli.entry-kind.single"] in shown


def test_a_table_with_faults_records_nothing(office: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "kode_desa,tps,votes.1\n3207011001,1,5\n3207011001,1,6\n9,1,1\n3207011001,2,1.234\n",
        "utf-8",
    )
    enter = ("enter", office, table, "--contest", BUPATI, "--by", "Siti")
    said = refused("csv-faults", *enter, file="t.csv")
    assert [line.partition(": ")[0] for line in list(said.lines)[1:]] == [
        "t.csv baris 3",
        "t.csv baris 4",
        "t.csv baris 5",
    ]
    assert done("status", office, "--format", "json").data["progress"][0]["counted"] == 0


def test_what_is_missing_or_unknown_is_said_in_one_sentence(office: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone.rekap"
    refused("file-missing", "status", gone, path=str(gone))
    refused(
        "contest-unknown",
        *("totals", office, "--contest", "dpr", "--level", "desa"),
        contest="dpr",
        contests="bupati, gubernur",
    )
    csv = tmp_path / "gone.csv"
    refused(
        "csv-cannot-be-read",
        *("enter", office, csv, "--contest", BUPATI, "--by", "Siti"),
        path=str(csv),
        reason=WORDS["reason.ENOENT"],
    )
    refused(
        "name-missing", *("enter", office, table_of(tmp_path), "--contest", BUPATI, "--by", " ")
    )


def table_of(folder: Path) -> Path:
    path = folder / "one.csv"
    path.write_text("kode_desa,tps,votes.1\n3207011001,1,5\n", "utf-8")
    return path
