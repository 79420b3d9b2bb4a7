"""Counts out of tables in both shapes: what is found, what is left away, what is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from recap_desktop.election.definitions.contests import Election
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.tables.count_maps import CountMap, Shape
from recap_desktop.foreign.count_tables import CountTable
from recap_desktop.foreign.found_counts import FoundCount
from recap_desktop.foreign.table_files import open_table
from tests.election.valid_forms import make_valid
from tests.made_up.every_form import CASES, CONTEST, Case, election_of
from tests.made_up.offices import BUPATI, tiny_election, valid_bupati
from tests.made_up.workbooks import kecamatan_workbook, rows_workbook


def table_of(path: Path, election: Election, contest: str = BUPATI) -> CountTable:
    layout, held = election.layout(contest), election.contest(contest)
    return CountTable(open_table(path), layout, held, election.tree)


def proposed(table: CountTable, sheet: str = "") -> CountMap:
    found = table.propose(sheet)
    assert found is not None
    return found


def counts(table: CountTable) -> list[FoundCount]:
    found = proposed(table)
    assert found.unsure == (), [one.text for one in found.unsure]
    return list(table.counts(found))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_workbook_of_a_kecamatan_is_read_whatever_the_form(case: Case, tmp_path: Path) -> None:
    election, rng = election_of(case), random.Random(case.name)
    layout = election.layout(CONTEST)
    desas: dict[str, dict[str, dict[str, int]]] = {}
    for station in election.stations[:20]:
        desa = election.tree.name(station.tps[: Level.DESA.value])
        desas.setdefault(desa, {})[station.tps[-3:]] = make_valid(layout, rng.randint)
    path = kecamatan_workbook(tmp_path / "x.xlsx", election, CONTEST, desas, across=7)
    table = table_of(path, election, CONTEST)
    assert proposed(table).shape is Shape.COLUMNS
    found = {(one.desa, one.tps[-3:]): one.cells for one in counts(table)}
    assert found == {(desa, n): c for desa, own in desas.items() for n, c in own.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_row_a_tps_under_our_own_keys_is_read_whatever_the_form(
    case: Case, tmp_path: Path
) -> None:
    election, rng = election_of(case), random.Random(case.name)
    layout = election.layout(CONTEST)
    made = {s.tps: make_valid(layout, rng.randint) for s in election.stations[:3]}
    rows: list[list[object]] = [["kode_desa", "tps", *layout.cells]]
    rows += [[tps[:10], tps[10:], *(c.get(k) for k in layout.cells)] for tps, c in made.items()]
    found = counts(table_of(rows_workbook(tmp_path / "x.xlsx", rows), election, CONTEST))
    assert {one.desa + one.tps: one.cells for one in found} == made


def test_heads_in_two_rows_a_title_above_and_a_sum_below(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["REKAP KECAMATAN CIAMIS"],
        [],
        [
            "No",
            "Desa",
            "TPS",
            "DPT",
            None,
            None,
            "Pengguna DPT",
            None,
            None,
            "Paslon",
            None,
            "Suara",
        ],
        [None, None, None, "L", "P", "JML", "L", "P", "JML", 1, 2, "sah"],
        list(range(1, 13)),
        [1, "Baregbeg", "TPS 001", 10, 11, 21, 5, 6, 11, 3, 4, 7],
        [2, None, "2", 12, 13, 25, 6, 7, 13, 1, 2, 3],
        ["Jumlah seluruhnya", None, None, 22, 24, 46, 11, 13, 24, 4, 6, 10],
    ]
    table = table_of(rows_workbook(tmp_path / "x.xlsx", rows), tiny_election())
    found = proposed(table)
    assert found.shape is Shape.ROWS and found.header == (3, 4)
    # "Paslon 1" is said by two rows together.
    assert [one.text for one in found.unsure] == []
    first, second = table.counts(found)
    assert (first.desa, first.tps, first.spot.row) == ("Baregbeg", "TPS 001", 6)
    assert (second.desa, second.tps) == ("Baregbeg", "2")
    assert first.cells == {
        "voters.dpt.l": 10,
        "voters.dpt.p": 11,
        "voters.dpt.jml": 21,
        "users.dpt.l": 5,
        "users.dpt.p": 6,
        "users.dpt.jml": 11,
        "votes.1": 3,
        "votes.2": 4,
        "valid": 7,
    }


def test_columns_of_choices_in_another_order_are_told_by_name_and_number(tmp_path: Path) -> None:
    heads: list[object] = ["kode_desa", "tps", "2. Dr. H. Herdiat", "KOLOM KOSONG", "sah"]
    rows: list[list[object]] = [heads, ["3207012001", "1", 100, 40, 140]]
    (found,) = counts(table_of(rows_workbook(tmp_path / "x.xlsx", rows), tiny_election()))
    assert found.cells == {"votes.2": 100, "votes.1": 40, "valid": 140}


def test_columns_under_the_number_of_another_are_asked(tmp_path: Path) -> None:
    heads: list[object] = ["kode_desa", "tps", "1. Dr. H. Herdiat", "2. KOLOM KOSONG", "sah"]
    rows: list[list[object]] = [heads, ["3207012001", "1", 100, 40, 140]]
    found = proposed(table_of(rows_workbook(tmp_path / "x.xlsx", rows), tiny_election()))
    assert [one.text for one in found.unsure] == heads[2:4]


def test_two_columns_of_one_meaning_and_one_without_are_asked(tmp_path: Path) -> None:
    heads: list[object] = [
        "kode_desa",
        "tps",
        "suara sah",
        "Suara Sah",
        "jumlah lain",
        "tidak sah",
        None,
    ]
    rows: list[list[object]] = [heads, ["3207012001", "1", 1, 2, 3, 4, 5]]
    found = proposed(table_of(rows_workbook(tmp_path / "x.xlsx", rows), tiny_election()))
    assert [one.text for one in found.unsure] == ["Suara Sah", "jumlah lain", "?"]
    codes = [fault.code for fault in found.faults(tiny_election().layout(BUPATI).known)]
    assert codes == ["import-heading-unknown"] * 3
    answered = found.answered(3, "valid")
    assert "import-target-twice" in [f.code for f in answered.faults(("valid", "invalid"))]


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        (28.4, "import-figure-decimal"),
        ("28.4", "import-figure-decimal"),
        (" 900,012.00 ", "import-figure-grouped"),
        ("(472.00)", "import-figure-negative"),
        ("=B1+B2", "import-figure-formula"),
        ("#REF!", "import-figure-wrong"),
    ],
)
def test_each_trap_of_figures_is_refused_at_its_place_in_both_shapes(
    tmp_path: Path, figure: object, code: str
) -> None:
    election = tiny_election()
    rows: list[list[object]] = [["kode_desa", "tps", "suara sah"], ["3207012001", "1", figure]]
    (found,) = counts(table_of(rows_workbook(tmp_path / "x.xlsx", rows, title="Juli"), election))
    (fault,) = found.faults
    assert (fault.code, fault.file, fault.line) == (code, "Juli", 2)
    assert fault.details["column"] == "C" and found.cells == {}
    cells: dict[str, object] = {**valid_bupati(), "valid": figure}
    path = kecamatan_workbook(tmp_path / "y.xlsx", election, BUPATI, {"Baregbeg": {"001": cells}})
    (down,) = counts(table_of(path, election))
    assert [(f.code, f.file, f.details["column"]) for f in down.faults] == [(code, "D.HASIL", "D")]
    assert len(down.cells) == len(valid_bupati()) - 1


def test_blank_stays_blank_zero_is_zero_and_a_cross_is_remembered(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["kode_desa", "tps", "sah", "tidak sah", "votes.1"],
        ["3207012001", 1, None, 0, " -   "],
    ]
    (found,) = counts(table_of(rows_workbook(tmp_path / "x.xlsx", rows), tiny_election()))
    assert found.cells == {"invalid": 0, "votes.1": 0} and found.crossed == ["votes.1"]


def test_what_is_no_table_of_tps_is_not_taken_for_one(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Nama", "Alamat"], ["Siti", "Ciamis"], [1, 2, 3]]
    table = table_of(rows_workbook(tmp_path / "x.xlsx", rows), tiny_election())
    assert table.propose() is None


def test_heads_that_are_not_found_can_be_pointed_at(tmp_path: Path) -> None:
    rows: list[list[object]] = [["apa", "itu", "nilai"], ["3207012001", "1", 5]]
    table = table_of(rows_workbook(tmp_path / "x.xlsx", rows), tiny_election())
    found = table.propose("", Shape.ROWS, (1, 1))
    assert found is not None and len(found.unsure) == 3
    for place, target in enumerate(("place.desa", "place.tps", "valid")):
        found = found.answered(place, target)
    assert [one.cells for one in table.counts(found)] == [{"valid": 5}]
