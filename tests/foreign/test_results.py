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
import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.results import Results, Stamp, results_of
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.plenary import closing, revisions
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.upward import exporting
from tests.every_form import CASES, CONTEST, Case, election_of, tallied
from tests.offices import BUPATI, CIAMIS, GUBERNUR, TPS, tiny_office, valid_bupati

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
