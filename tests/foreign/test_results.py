"""What is exported is read again by other people's programs, and adds up to the same."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import openpyxl
import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.results import Results, Stamp, results_of
from recap_desktop.foreign import results_xlsx
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary import closing, revisions
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.upward import exporting, unit_figures
from tests.made_up.every_form import CASES, CONTEST, Case, election_of, tallied
from tests.made_up.offices import BUPATI, CIAMIS, GUBERNUR, TPS, tiny_office, valid_bupati

DATA = Path(__file__).parents[1] / "data"
TIME = "2024-11-30T10:00:00+07:00"


@cache
def schema() -> dict[str, Any]:
    path = DATA / "nist-err-v2" / "NIST_V2_election_results_reporting.json"
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def require_err(report: dict[str, Any]) -> None:
    """Valid by the schema; and by its ``refTypes`` every reference leads to what it may."""
    jsonschema.Draft4Validator(schema()).validate(report)
    types: dict[str, str] = {}
    references: list[tuple[str, list[str]]] = []

    def walk(value: object) -> None:
        if isinstance(value, list):
            for item in value:
                walk(item)
        if not isinstance(value, dict):
            return
        properties = schema()["definitions"][value["@type"]]["properties"]
        if "@id" in value:
            assert value["@id"] not in types, value["@id"]
            types[value["@id"]] = value["@type"]
        for name, said in value.items():
            told = properties[name]
            allowed = told.get("refTypes") or told.get("items", {}).get("refTypes")
            if allowed:
                references.extend(
                    (one, allowed) for one in ([said] if isinstance(said, str) else said)
                )
            else:
                walk(said)

    walk(report)
    assert references
    for target, allowed in references:
        assert types.get(target) in allowed, (target, allowed)


def report_of(results: Results, folder: Path) -> dict[str, Any]:
    made = exporting.export_results(results, folder)
    read: dict[str, Any] = json.loads(made.paths[0].read_bytes())
    return read


@pytest.mark.parametrize(
    "case", {case.form: case for case in CASES}.values(), ids=lambda case: case.form
)
def test_every_form_is_exported_as_the_schemas_ask(case: Case, tmp_path: Path) -> None:
    election, known = election_of(case), tallied(case)
    office = case.regions[0][: Level.KABKO.value]
    # A few TPS say all that a schema can ask; of two kecamatan, so that every level has several.
    tallies = [(tps, tally) for tps, tally in sorted(known.items()) if tps.startswith(office)][::5]
    assert len({tps[: Level.KECAMATAN.value] for tps, _ in tallies}) > 1
    results = results_of(election, CONTEST, office, stamp=Stamp(TIME), tallies=tallies)
    require_err(report_of(results, tmp_path))
    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    checked = package.validate()
    assert checked.valid, checked.flatten(["rowNumber", "fieldName", "message"])
    with (tmp_path / "tps.csv").open(encoding="utf-8", newline="") as file:
        assert [row["tps"] for row in csv.DictReader(file)] == [tps for tps, _ in tallies]


def test_a_reference_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    report = report_of(exporting.read_results(office, BUPATI), tmp_path)
    require_err(report)
    report["Election"][0]["BallotCounts"][0]["GpUnitId"] = "gp_9"
    with pytest.raises(AssertionError, match="gp_9"):
        require_err(report)
    office.close()


def test_what_counts_is_exported_and_adds_up_at_every_level(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    rows = [(tps, valid_bupati(kosong=40 + at)) for at, tps in enumerate(TPS[:3])]
    blank = {key: n for key, n in valid_bupati().items() if key != "invalid"}
    entering.enter_all(office, BUPATI, [*rows, (TPS[3], blank)], by="Siti")
    decision = Decision(by="Siti", reason="tidak ada", decided_by="Ketua")
    ruling.not_delivered(office, BUPATI, TPS[4], decision=decision)
    results = exporting.read_results(office, BUPATI)
    assert results.is_complete
    report = report_of(results, tmp_path)
    require_err(report)
    assert report["Status"] == "unofficial-complete"
    assert report["IsTest"] is True

    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for selection in report["Election"][0]["Contest"][0]["ContestSelection"]:
        for count in selection["VoteCounts"]:
            counts[count["GpUnitId"]][selection["@id"]] = count["Count"]
    for level in (Level.KECAMATAN, Level.DESA):
        for total in totals(office, BUPATI, level=level):
            said = counts[f"gp_{total.code}"]
            assert said["selection_1"] == total.sums["votes.1"]
            assert said["selection_2"] == total.sums["votes.2"]
    assert f"gp_{TPS[4]}" not in counts
    status = {unit["@id"]: unit.get("CountStatus") for unit in report["GpUnit"]}
    assert status[f"gp_{TPS[4]}"][0]["Status"] == "completed"

    with (tmp_path / "jumlah.csv").open(encoding="utf-8", newline="") as file:
        units = {row["kode"]: row for row in csv.DictReader(file)}
    (whole,) = totals(office, BUPATI, level=Level.KECAMATAN)
    assert int(units[CIAMIS]["cast"]) == whole.sums["cast"]
    assert int(units[CIAMIS]["tps_dihitung"]) == whole.counted == 4
    with (tmp_path / "kosong.csv").open(encoding="utf-8", newline="") as file:
        blanks = {(row["kode"], row["sel"]): int(row["tps_kosong"]) for row in csv.DictReader(file)}
    assert blanks == {(CIAMIS, "invalid"): 1, (TPS[3][:10], "invalid"): 1}
    office.close()


def units_of(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "jumlah.csv").open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row for row in csv.DictReader(file)}


def table_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kabko(folder: Path) -> Office:
    """One kecamatan was typed TPS by TPS and is corrected above them, of the other there is paper."""
    office = tiny_office(folder / "kabko.rekap", region="3207")
    entering.enter_all(office, BUPATI, [(tps, valid_bupati()) for tps in TPS], by="Tuti")
    decision = Decision(by="Tuti", reason="salah jumlah", decided_by="Ketua KPU")
    for unit, cells in (
        (CIAMIS, {"votes.1": 5, "votes.2": -5}),
        (TPS[0][:10], {"votes.1": -2, "invalid": 2}),
        (CIAMIS, {"votes.1": 1, "ballots.spoiled": -1}),
    ):
        unit_figures.add_difference(office, BUPATI, unit, cells=cells, decision=decision)
    paper = {"votes.1": 300, "votes.2": 700, "valid": 1000, "invalid": 9}
    unit_figures.type_paper_total(office, BUPATI, "320702", cells=paper, by="Tuti")
    return office


def test_what_stands_above_the_tps_is_in_every_export_and_in_the_sums(tmp_path: Path) -> None:
    office = kabko(tmp_path)
    report = report_of(exporting.read_results(office, BUPATI), tmp_path)
    require_err(report)
    assert frictionless.Package(str(tmp_path / "datapackage.json")).validate().valid
    units = units_of(tmp_path)
    for level in (Level.KABKO, Level.KECAMATAN, Level.DESA):
        for total in totals(office, BUPATI, level=level):
            row = units[total.code]
            said = {cell: int(n) for cell, n in row.items() if "." in cell and n}
            assert said == {cell: n for cell, n in total.sums.items() if "." in cell}
    assert int(units["3207"]["votes.1"]) == 5 * 40 + 5 - 2 + 1 + 300
    told = {(row["nomor"], row["sel"]): row for row in table_of(tmp_path, "selisih.csv")}
    assert len(told) == 6 and {row["alasan"] for row in told.values()} == {"salah jumlah"}
    assert sum(int(row["selisih"]) for row in told.values() if row["sel"] == "votes.1") == 4
    (paper,) = {row["kode"] for row in table_of(tmp_path, "kertas.csv")}
    assert (paper, report["Status"]) == ("320702", "unofficial-partial")
    # NIST: the total of a unit as its sheet says it, and beside it what was decided there.
    (first, *_) = report["Election"][0]["Contest"][0]["ContestSelection"]
    counts = defaultdict(list)
    for one in first["VoteCounts"]:
        counts[one["GpUnitId"], one["Type"], one.get("OtherType", "")].append(one["Count"])
    assert counts["gp_320701", "total", ""] == [int(units[CIAMIS]["votes.1"])] == [204]
    assert counts["gp_320701", "other", "selisih"] == [6]
    assert counts[f"gp_{TPS[0][:10]}", "other", "selisih"] == [-2]
    assert counts["gp_320702", "other", "kertas"] == [300] == counts["gp_320702", "total", ""]
    others = {
        (one["GpUnitId"], one.get("OtherType")): one.get("BallotsCast")
        for one in report["Election"][0]["BallotCounts"]
    }
    assert others["gp_320701", "selisih ballots.spoiled"] == -1
    assert others[f"gp_{TPS[0][:10]}", "selisih invalid"] == 2
    assert "votes.1 +5 votes.2 -5: salah jumlah (Ketua KPU)" in report["Notes"]
    assert report["Notes"].endswith("kertas 320702")
    office.close()


def test_the_workbook_says_what_the_tables_say(tmp_path: Path) -> None:
    office = kabko(tmp_path)
    made = exporting.export_results(exporting.read_results(office, BUPATI), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "hasil.xlsx", read_only=True)
    assert book.sheetnames == ["Keterangan", "Jumlah", "TPS", "Selisih", "Kertas"]
    about = {str(row[0]): row[1] for row in book["Keterangan"].iter_rows(values_only=True)}
    assert str(about["Sifat"]).startswith("LATIHAN") and about["TPS yang masuk jumlah"] == 5
    names = {"Jumlah": "jumlah.csv", "TPS": "tps.csv", "Selisih": "selisih.csv"}
    for tab, name in {**names, "Kertas": "kertas.csv"}.items():
        titles, keys, *rows = book[tab].iter_rows(values_only=True)
        assert all(titles)
        said = [
            {k: "" if v is None else str(v) for k, v in zip(keys, row, strict=True)} for row in rows
        ]
        for row in said:
            row["sel"] = row.get("sel", "").partition(" ")[0]
        table = [{"sel": "", **row} for row in table_of(tmp_path, name)]
        assert said == table and said
    again = exporting.export_results(made.results, tmp_path / "b")
    assert (tmp_path / "hasil.xlsx").read_bytes() == (tmp_path / "b" / "hasil.xlsx").read_bytes()
    assert [path.name for path in again.paths] == [path.name for path in made.paths]
    book.close()
    office.close()


def test_of_very_many_tps_the_workbook_holds_the_sums_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = kabko(tmp_path)
    monkeypatch.setattr(results_xlsx, "MOST_FIGURES", 100)
    exporting.export_results(exporting.read_results(office, BUPATI), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "hasil.xlsx", read_only=True)
    assert book.sheetnames == ["Keterangan", "Jumlah", "Selisih", "Kertas"]
    assert any("tps.csv" in str(row[0]) for row in book["Keterangan"].iter_rows(values_only=True))
    book.close()
    office.close()


def test_the_exports_of_a_close_say_its_differences_and_no_later_ones(tmp_path: Path) -> None:
    office = kabko(tmp_path)
    entering.enter(office, BUPATI, "3207022001001", valid_bupati(), by="Tuti")
    closing.close(office, BUPATI, by="Tuti", place="Ciamis")
    (revision,) = revisions.revisions(office, BUPATI)
    closing.reopen_contest(office, BUPATI, by="Tuti", reason="keliru", decided_by="Ketua")
    later = Decision(by="Tuti", reason="sesudahnya", decided_by="Ketua KPU")
    unit_figures.add_difference(office, BUPATI, CIAMIS, cells={"votes.1": 9}, decision=later)
    report = report_of(exporting.read_results(office, BUPATI, revision=revision), tmp_path)
    require_err(report)
    assert "sesudahnya" not in report["Notes"] and "kertas" not in report["Notes"]
    assert table_of(tmp_path, "kertas.csv") == []
    assert int(units_of(tmp_path)["3207"]["votes.1"]) == 6 * 40 + 4
    assert len(table_of(tmp_path, "selisih.csv")) == 6
    office.close()


def test_an_export_of_a_revision_stays_what_it_was(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    entering.enter_all(office, BUPATI, [(tps, valid_bupati()) for tps in TPS], by="Siti")
    closing.close(office, BUPATI, by="Siti", place="Ciamis")
    (revision,) = revisions.revisions(office, BUPATI)
    exporting.export_results(
        exporting.read_results(office, BUPATI, revision=revision), tmp_path / "a"
    )
    closing.reopen_contest(office, BUPATI, by="Siti", reason="keliru", decided_by="Ketua")
    change = Decision(by="Siti", reason="salah tulis", decided_by="Ketua")
    ruling.correct(office, BUPATI, TPS[0], changes={"votes.1": 41}, decision=change)
    again = exporting.read_results(office, BUPATI, revision=revision)
    made = exporting.export_results(again, tmp_path / "b")
    for path in made.paths:
        assert path.read_bytes() == (tmp_path / "a" / path.name).read_bytes()
    report = json.loads(made.paths[0].read_bytes())
    require_err(report)
    assert report["Status"] == "certified"
    assert report["Notes"] == f"head {revision.head}"
    office.close()


def test_a_first_entry_of_two_is_not_exported(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap", double_entry=True)
    entering.enter(office, GUBERNUR, TPS[0], {"votes.1": 777}, by="Siti")
    made = exporting.export_results(exporting.read_results(office, GUBERNUR), tmp_path)
    assert all(b"777" not in path.read_bytes() for path in made.paths)
    assert all(b"Siti" not in path.read_bytes() for path in made.paths)
    office.close()
