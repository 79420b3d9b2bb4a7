"""The sample elections can be built, and hold what their READMEs say."""

from __future__ import annotations

import csv
from collections import Counter

from recap_desktop import places
from recap_desktop.election.definitions.contests import ChoiceKind, Mode
from recap_desktop.election.definitions.regions import Level
from recap_desktop.exchange.election_folder import build_election

CIAMIS = places.resource("sample", "ciamis-2024")
SUMSEL = places.resource("sample", "sumsel-2018")


def counts(name: str) -> list[dict[str, str]]:
    with (CIAMIS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def total(rows: list[dict[str, str]], cell: str) -> int:
    return sum(int(row[cell]) for row in rows)


def test_ciamis_has_158_stations_and_an_empty_column_with_number_one() -> None:
    election = build_election(CIAMIS)
    assert election.mode is Mode.REHEARSAL
    assert len(election.stations) == 158
    assert {station.tps[:6] for station in election.stations} == {"320701"}
    assert len({station.tps[:10] for station in election.stations}) == 12
    assert election.stations_of("bupati", "3207011001")[-1].tps == "3207011001901"
    first, second = election.contest("bupati").choices
    assert (first.number, first.kind) == (1, ChoiceKind.KOLOM_KOSONG)
    assert (second.number, second.has_witness) == (2, True)
    assert len(election.tree.at(Level.KECAMATAN)) == 27


def test_the_counts_of_ciamis_are_those_sirekap_showed() -> None:
    rows = [*counts("counts.csv"), *counts("practice.csv")]
    assert len(rows) == 155
    assert total(rows, "votes.1") == 9_662
    assert total(rows, "votes.2") == 45_843
    assert total(rows, "valid") == 9_662 + 45_843
    assert total(rows, "cast") == total(rows, "valid") + total(rows, "invalid")


def test_the_counts_of_ciamis_name_cells_of_its_form_and_stations_of_its_list() -> None:
    election = build_election(CIAMIS)
    known = {station.tps for station in election.stations}
    left = {"3207011002005", "3207012010001", "3207012011001"}
    given = [
        row["kode_desa"].replace(".", "") + row["tps"]
        for name in ("counts.csv", "practice.csv")
        for row in counts(name)
    ]
    assert len(given) == len(set(given))
    assert set(given) == known - left
    cells = set(counts("counts.csv")[0]) - {"kode_desa", "tps"}
    assert cells <= election.layout("bupati").known
    assert Counter(row["kode_desa"] for row in counts("practice.csv")) == {
        "32.07.01.1004": 8,
        "32.07.01.2012": 6,
    }


def test_sumatera_selatan_has_17_kabko_and_as_many_stations_as_in_2018() -> None:
    election = build_election(SUMSEL)
    assert len(election.stations) == 16_903
    assert len(election.tree.at(Level.KABKO)) == 17
    assert len(election.tree.at(Level.KECAMATAN)) == 236
    assert len(election.tree.at(Level.DESA)) == 3_239
    assert {s.tps[:10] for s in election.stations} == set(election.tree.at(Level.DESA))
    assert [choice.number for choice in election.contest("gubernur").choices] == [1, 2, 3, 4]
    assert election.kind("gubernur").title == "GUBERNUR DAN WAKIL GUBERNUR"
