"""An election definition is built from a folder, or every fault of the folder is told."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from recap_desktop.election.definitions.contests import ChoiceKind, Mode
from recap_desktop.election.definitions.definition_data import from_data, to_data
from recap_desktop.exchange import election_folder
from recap_desktop.exchange.election_folder import build_election
from recap_desktop.office.language import load_words
from recap_desktop.problems import KnownProblem

GOLDEN = Path(__file__).parents[1] / "golden" / "exchange" / "election-faults.txt"
CIAMIS = """
title = "Pilbup Ciamis 2024"
date = "2024-11-27"

[[contest]]
id = "bupati"
form = "kwk-2024"
title = "Pemilihan Bupati dan Wakil Bupati Ciamis"
region = "32.07"

[[contest.choice]]
number = 1
kind = "kolom-kosong"

[[contest.choice]]
number = 2
name = "H. Herdiat Sunarya"
running_mate = "Yana D. Putra"
"""
DAPIL = """
title = "Pemilu 2024"
date = "2024-02-14"

[[contest]]
id = "dpr"
form = "dpr-2024"
title = "DPR Dapil Jawa Barat X"
regions = ["32.07", "32.08"]
dapil = "JAWA BARAT X"

[[contest.choice]]
name = "PARTAI GOLONGAN KARYA"
number = 4

[[contest.choice.candidate]]
number = 1
name = "CALON SATU"

[words.32]
kecamatan = "KECAMATAN"
"""
STATIONS = "kode_desa,tps,dpt_l,dpt_p\n32.07.01.1001,1,200,210\n3207011001,TPS 901,,\n"


def folder(tmp_path: Path, toml: str = CIAMIS, stations: str = STATIONS) -> Path:
    (tmp_path / "election.toml").write_text(toml, "utf-8")
    (tmp_path / "stations.csv").write_text(stations, "utf-8")
    return tmp_path


def faults_of(path: Path) -> list[tuple[str, str, int]]:
    with pytest.raises(KnownProblem) as caught:
        build_election(path)
    assert caught.value.code == "election-faults"
    assert caught.value.details["count"] == len(caught.value.faults)
    return [(fault.file, fault.code, fault.line) for fault in caught.value.faults]


def test_a_folder_becomes_an_election(tmp_path: Path) -> None:
    election = build_election(folder(tmp_path))
    assert election.title == "Pilbup Ciamis 2024"
    assert election.mode is Mode.REHEARSAL
    contest = election.contest("bupati")
    assert contest.regions == ("3207",)
    assert [choice.name for choice in contest.choices] == ["KOLOM KOSONG", "H. Herdiat Sunarya"]
    assert contest.choices[0].kind is ChoiceKind.KOLOM_KOSONG
    assert contest.choices[1].running_mate == "Yana D. Putra"
    assert [(s.tps, s.dpt_l, s.dpt_p) for s in election.stations] == [
        ("3207011001001", 200, 210),
        ("3207011001901", None, None),
    ]
    assert election.tree.name("3207") == "Kabupaten Ciamis"
    assert election.tree.name("32") == "Jawa Barat"
    assert "3208" not in election.tree
    assert election.kind("bupati").model == "BUPATI"
    assert set(election.forms) == {"kwk-2024"}


def test_two_contests_share_stations_and_one_may_be_held_at_some_only(tmp_path: Path) -> None:
    toml = CIAMIS + CIAMIS[CIAMIS.index("[[contest]]") :].replace('"bupati"', '"gubernur"').replace(
        'region = "32.07"', 'regions = ["32"]'
    ).replace('[[contest.choice]]\nnumber = 1\nkind = "kolom-kosong"', "")
    stations = (
        "kode_desa;tps;contests\n3207011001;1;\n3207011001;2;bupati gubernur\n"
        '3207011001;3;"gubernur"\n'
    )
    election = build_election(folder(tmp_path, toml, stations))
    held = {
        contest.id: [station.tps[-3:] for station in election.stations_of(contest.id)]
        for contest in election.contests
    }
    assert held == {"bupati": ["001", "002"], "gubernur": ["001", "002", "003"]}
    assert election.kind("gubernur").model == "GUBERNUR"


@pytest.mark.parametrize(
    "stations",
    [
        "\ufeff" + STATIONS,
        STATIONS.replace(",", ";"),
        STATIONS.replace(",", "\t"),
        STATIONS.replace("\n", "\r\n"),
        STATIONS.replace("3207011001,TPS 901", '"3207011001","TPS 901"'),
        STATIONS.replace("kode_desa", "KODE_DESA") + "\n\n",
    ],
    ids=["bom", "semicolons", "tabs", "windows", "quotes", "capitals and blank lines"],
)
def test_a_table_is_read_however_a_spreadsheet_saved_it(tmp_path: Path, stations: str) -> None:
    path = tmp_path / "stations.csv"
    folder(tmp_path)
    path.write_bytes(stations.encode("utf-8"))
    assert [s.tps for s in build_election(tmp_path).stations] == ["3207011001001", "3207011001901"]


def test_names_are_stored_in_one_form_of_unicode(tmp_path: Path) -> None:
    decomposed = CIAMIS.replace("Yana D. Putra", "  Andre\u0301 ")
    election = build_election(folder(tmp_path, decomposed))
    assert election.contest("bupati").choices[1].running_mate == "Andr\u00e9"


def test_an_election_may_bring_its_own_regions(tmp_path: Path) -> None:
    folder(tmp_path, CIAMIS.replace("32.07", "99.01"), "kode_desa,tps\n9901012001,1\n")
    (tmp_path / "regions.csv").write_text(
        "kode,nama\n99,Utopia\n99.01,Kabupaten Baru\n99.01.01,Tengah\n99.01.01.2001,Damai\n",
        "utf-8",
    )
    assert build_election(tmp_path).tree.name("9901012001") == "Damai"


def test_a_missing_folder_and_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(KnownProblem) as caught:
        build_election(tmp_path / "no")
    assert caught.value.code == "election-folder-missing"
    assert faults_of(tmp_path) == [
        ("election.toml", "file-missing", 0),
        ("stations.csv", "file-missing", 0),
    ]


def test_every_fault_of_a_folder_is_told_at_once() -> None:
    bad = Path(__file__).parent / "bad-election"
    with pytest.raises(KnownProblem) as caught:
        build_election(bad)
    words = load_words("id")
    told = "".join(f"{words.fault(fault)}\n" for fault in caught.value.faults)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(told, "utf-8")
    assert told == GOLDEN.read_text("utf-8")
    assert words.problem(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('title = "Pilbup Ciamis 2024"', "", ("key-missing", 0)),
        ('date = "2024-11-27"', "date = 2024-11-27T00:00:00", ("key-not-text", 3)),
        ('"2024-11-27"', '"2024-02-30"', ("date", 3)),
        ('id = "bupati"', 'id = "office"', ("contest-id-reserved", 6)),
        ('region = "32.07"', "region = 32.07", ("key-not-texts", 9)),
        ('region = "32.07"', 'region = "32.07"\nregions = ["32"]', ("region-and-regions", 9)),
        ('region = "32.07"', 'region = "32.07.01"', ("contest-kind", 5)),
        ('region = "32.07"', 'region = "32.07"\nkind = "ppwp"', ("contest-kind", 10)),
        ("number = 2", "number = 1", ("number-doubled", 16)),
        ("number = 2", "number = true", ("key-not-number", 16)),
        ("Yana", "Ya\\u0000na", ("key-control-character", 18)),
        ('title = "Pilbup', 'title = """\n[[contest]]\n"""\n"Pilbup', ("toml-syntax", 5)),
        ('name = "H.', 'nama = "x"\nname = "H.', ("key-unknown", 17)),
    ],
)
def test_a_fault_of_the_heading_is_found_on_its_line(
    tmp_path: Path, old: str, new: str, expected: tuple[str, int]
) -> None:
    assert old in CIAMIS
    found = faults_of(folder(tmp_path, CIAMIS.replace(old, new)))
    assert ("election.toml", *expected) in found
    assert len(found) == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("3207011001,2,1.234,210", "dpt-dot"),
        ("3207011001,2,200,", "dpt-half"),
        ("3207011001,2,-3,210", "dpt"),
        ("3207011001,2,2e2,210", "dpt"),
        ("3207011001,0,1,1", "tps-number"),
        ("3207011001,1000,1,1", "tps-number"),
        ("3207011001,001,1,1", "tps-doubled"),
        ("320701,2,1,1", "desa-level"),
        ("3207011999,2,1,1", "desa-unknown"),
        ("ciamis,2,1,1", "desa-code"),
        ("3208012001,2,1,1", "station-no-contest"),
        ("3207011001,2,1", "row-width"),
        ('3207011001,"2\n3",1,1', "control-character"),
        ('3207011001,"2,1,1', "row-quotes"),
    ],
)
def test_a_fault_of_a_station_is_found_on_its_line(tmp_path: Path, row: str, expected: str) -> None:
    assert faults_of(folder(tmp_path, stations=STATIONS + row + "\n")) == [
        ("stations.csv", expected, 4)
    ]


def test_text_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "stations.csv").write_bytes(b"kode_desa,tps\n3207011001,1\n3207011001,\xe9\n")
    assert faults_of(tmp_path) == [("stations.csv", "not-utf8", 3)]


def test_a_contest_without_stations_is_told(tmp_path: Path) -> None:
    toml = CIAMIS + CIAMIS[CIAMIS.index("[[contest]]") :].replace('"bupati"', '"kedua"').replace(
        "32.07", "32"
    )
    found = faults_of(folder(tmp_path, toml, "kode_desa,tps,contests\n3207011001,1,bupati\n"))
    assert found == [("stations.csv", "contest-no-station", 0)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('dapil = "JAWA BARAT X"', "", ("dapil-missing", 5)),
        ('["32.07", "32.08"]', '["32.07", "31.71"]', ("region-within", 9)),
        ('["32.07", "32.08"]', '["32.07.01", "32.08.01"]', ("region-level", 9)),
        ('["32.07", "32.08"]', '["32.07", "32"]', ("region-levels", 9)),
        ("number = 4", 'number = 4\nkind = "kolom-kosong"', ("choice-on-form", 15)),
        ("[words.32]\nkecamatan", "[words.99]\nkecamatan", ("region-unknown", 20)),
        ("[words.32]\nkecamatan", "[words.32]\nkecamata", ("key-unknown", 21)),
        ("[words.32]\nkecamatan", "[words]\nkecamatan", ("key-not-named-tables", 20)),
    ],
)
def test_a_fault_of_a_dapil_is_found_on_its_line(
    tmp_path: Path, old: str, new: str, expected: tuple[str, int]
) -> None:
    assert old in DAPIL
    assert ("election.toml", *expected) in faults_of(folder(tmp_path, DAPIL.replace(old, new)))


def test_a_dapil_is_only_of_forms_that_print_it(tmp_path: Path) -> None:
    toml = CIAMIS.replace('region = "32.07"', 'region = "32.07"\ndapil = "CIAMIS 1"')
    assert faults_of(folder(tmp_path, toml)) == [("election.toml", "dapil-on-form", 10)]


def test_two_contests_of_one_kind_share_no_region(tmp_path: Path) -> None:
    second = DAPIL[DAPIL.index("[[contest]]") : DAPIL.index("[words")]
    second = second.replace('"dpr"', '"dpr-2"').replace('["32.07", "32.08"]', '["32.18", "32.07"]')
    toml = DAPIL.replace("[words", second + "[words")
    ((file, fault, line),) = faults_of(folder(tmp_path, toml))
    assert (file, fault) == ("election.toml", "contest-overlap")
    assert toml.splitlines()[line - 1] == 'regions = ["32.18", "32.07"]'


def test_a_party_is_what_a_form_of_parties_takes_a_choice_for(tmp_path: Path) -> None:
    election = build_election(folder(tmp_path, DAPIL))
    contest = election.contest("dpr")
    assert contest.regions == ("3207", "3208")
    assert contest.dapil == "JAWA BARAT X"
    (party,) = contest.choices
    assert party.kind is ChoiceKind.PARTY
    assert election.layout("dpr").cells[-6:-3] == ("votes.4.party", "votes.4.1", "votes.4.total")
    assert to_data(from_data(to_data(election))) == to_data(election)


def test_words_of_a_definition_stand_above_those_of_the_program(tmp_path: Path) -> None:
    toml = CIAMIS.replace('region = "32.07"', 'region = "34.71"')
    stations = "kode_desa,tps\n34.71.01.1001,1\n"
    tree = build_election(folder(tmp_path, toml.replace("Ciamis", "X"), stations)).tree
    assert (tree.called("347101"), tree.called("3471011001")) == ("KEMANTREN", "KELURAHAN")
    assert set(tree.words) == {"34", "3471"}
    toml += '\n[words.3471]\nkecamatan = "Kecamatan"\n'
    tree = build_election(folder(tmp_path, toml, stations)).tree
    assert tree.called("347101") == "KECAMATAN"
    assert tree.called("3402", "kecamatan") == "KAPANEWON"


def test_the_words_know_every_fault_that_can_be_told() -> None:
    source = Path(election_folder.__file__).parent
    words = load_words("id")
    told = {
        code
        for path in source.glob("*.py")
        for code in re.findall(r'\.(?:add|fault)\(\s*"([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    assert len(told) > 40
    assert {code for code in told if f"fault.{code}" not in words} == set()
