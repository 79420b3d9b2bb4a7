"""Names of photos as people give them: which TPS, which contest, and why a name says too little."""

import pytest

from recap_desktop.foreign.scan_names import Meant, ScanNames
from recap_desktop.problems import KnownProblem

ONE = "3207011001001"
NAMES = ScanNames(
    stations={"bupati": {ONE, "3207011001005", "3207012001001"}, "gubernur": {ONE}},
    desas={"3207011001": "Kelurahan Maleber", "3207012001": "Desa Baregbeg", "3207012002": "Bar"},
    kinds={"bupati": "bupati", "gubernur": "gubernur"},
)


@pytest.mark.parametrize(
    "name",
    [
        "3207011001001",
        "32.07.01.1001.001",
        "32.07.01.1001.001_hal2",
        "3207011001001_2",
        "ppwp2024_ciamis_3207011001001_hal1",
        "32-07-01-1001-001 (1)",
        "3207011001-1",
        "3207011001_001",
        "3207011001 TPS 1 halaman 2",
        "32.07.01.1001 tps.01",
        "TPS 001 3207011001",
        "Maleber TPS 01",
        "TPS_1_KELURAHAN_MALEBER_27-11-2024",
        "IMG_20241127_101500 maleber tps no 1",
        "32.07.01.1001.TPS001",
    ],
)
def test_a_tps_is_named_in_many_ways(name: str) -> None:
    assert NAMES.read([name]) == Meant(ONE, "")


@pytest.mark.parametrize(
    ("parts", "contest"),
    [
        (["3207011001001 bupati"], "bupati"),
        (["PILGUB_3207011001001"], "gubernur"),
        (["hal1", "TPS 001", "3207011001", "Gubernur 2024"], "gubernur"),
        (["hal 2", "bupati", "32.07.01.1001.001"], "bupati"),
        (["3207011001001 bupati", "gubernur"], "bupati"),
    ],
)
def test_folders_say_what_a_name_leaves_out(parts: list[str], contest: str) -> None:
    assert NAMES.read(parts) == Meant(ONE, contest)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("IMG_20241127_101500", "scan-unnamed"),
        ("WhatsApp Image 2024-11-27 at 10.15.00", "scan-unnamed"),
        ("3207011001", "scan-unnamed"),
        ("TPS 001", "scan-unnamed"),
        ("32070110010012", "scan-unnamed"),
        ("3207011001001 3207012001001", "scan-two-stations"),
        ("Maleber TPS 1 TPS 5", "scan-two-stations"),
        ("Maleber Baregbeg TPS 1", "scan-two-desas"),
        ("3207011001001 bupati gubernur", "scan-two-contests"),
        ("3207011001777", "scan-tps-unknown"),
        ("1732680000123", "scan-tps-unknown"),
        ("3207011001-2", "scan-tps-unknown"),
    ],
)
def test_a_name_that_says_too_little_or_too_much_is_told_apart(name: str, code: str) -> None:
    with pytest.raises(KnownProblem) as caught:
        NAMES.read([name])
    assert caught.value.code == code


def test_two_contests_of_a_kind_are_told_apart_by_their_ids_only() -> None:
    names = ScanNames(
        stations={"dpr-jabar-1": {ONE}, "dpr-jabar-2": {ONE}, "dprd-prov": {ONE}},
        desas={},
        kinds={"dpr-jabar-1": "dpr", "dpr-jabar-2": "dpr", "dprd-prov": "dprd-prov"},
    )
    assert names.read([f"DPR_JABAR_2 {ONE}"]).contest == "dpr-jabar-2"
    assert names.read([f"dpr {ONE}"]).contest == ""
    assert names.read([f"DPRD Provinsi {ONE}"]).contest == "dprd-prov"
