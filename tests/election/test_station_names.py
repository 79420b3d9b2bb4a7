"""A TPS is found by code, or by desa and number in any spelling; a name that is not one is refused."""

from __future__ import annotations

import pytest

from recap_desktop.election.definitions.regions import RegionTree
from recap_desktop.election.definitions.station_names import StationNames, name_key
from recap_desktop.problems import Fault

NAMES = {
    "32": "Jawa Barat",
    "3207": "Kabupaten Ciamis",
    "320701": "Ciamis",
    "3207011001": "Ciamis",
    "3207012001": "Bukit Kecil",
    "3207012002": "Sukamaju",
    "320702": "Cikoneng",
    "3207022001": "Sukamaju",
}
TPS = ("3207011001001", "3207011001901", "3207012001001", "3207012002001", "3207022001001")


@pytest.fixture
def names() -> StationNames:
    return StationNames(RegionTree(NAMES), TPS)


def code(found: str | Fault) -> str:
    return found.code if isinstance(found, Fault) else found


@pytest.mark.parametrize("number", ["1", "01", "001", "TPS 001", "TPS 1", "tps.01", "Tps-001"])
def test_numbers_in_any_spelling(names: StationNames, number: str) -> None:
    assert names.find(number, "Bukit Kecil") == TPS[2]


@pytest.mark.parametrize("text", ["3207011001901", "32.07.01.1001.901", "32 07 01 1001 901"])
def test_a_whole_code_needs_no_desa(names: StationNames, text: str) -> None:
    assert names.find(text) == TPS[1]


@pytest.mark.parametrize("desa", ["BUKITKECIL", "Kel. Bukit Kecil", "desa bukit-kecil", "2001"])
def test_a_name_in_any_spelling_or_the_end_of_its_code(names: StationNames, desa: str) -> None:
    found = names.find("1", desa)
    # 2001 is a desa of both kecamatan.
    assert code(found) == ("import-desa-several" if desa == "2001" else TPS[2])


def test_twin_villages_are_told_apart_by_their_kecamatan_only(names: StationNames) -> None:
    assert code(names.find("1", "Sukamaju")) == "import-desa-several"
    assert names.find("1", "Sukamaju", "Kec. Cikoneng") == TPS[4]
    assert names.find("1", "Sukamaju", "32.07.01") == TPS[3]
    assert code(names.find("1", "Sukamaju", "Baregbeg")) == "import-kecamatan-unknown"


@pytest.mark.parametrize(
    ("tps", "desa", "fault"),
    [
        ("0", "Ciamis", "import-number-wrong"),
        ("1000", "Ciamis", "import-number-wrong"),
        ("satu", "Ciamis", "import-number-wrong"),
        ("9", "Ciamis", "import-tps-unknown"),
        ("3207011001777", "", "import-tps-unknown"),
        ("3207011001001", "Bukit Kecil", "import-desa-other"),
        ("1", "", "import-desa-missing"),
        ("1", "Bukit Ketjil", "import-desa-near"),
        ("1", "Palembang", "import-desa-unknown"),
    ],
)
def test_what_is_not_known_is_told(names: StationNames, tps: str, desa: str, fault: str) -> None:
    assert code(names.find(tps, desa)) == fault


def test_the_word_for_a_unit_alone_is_a_name() -> None:
    assert name_key("Desa") == "desa" and name_key("Desa Baru") == "baru"
