"""Regions at the edge of what there is, from their files to paper and CSV.

108 desa in a kecamatan (Abenaho), 51 kecamatan in a kabupaten (Yahukimo), 451 TPS in a desa
(Kapuk), lokasi khusus, and names with apostrophes, slashes, commas, digits and 95 characters.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from recap_desktop.office.entry.stations import standing
from recap_desktop.office.opening import open_office
from tests.cli.lines import done

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LONG = "KAMPUNG PERSIAPAN PEMEKARAN SUNGAI NUR'AINI BLOK C/12 (EKS TRANSMIGRASI SATUAN PEMUKIMAN 3), XI"
NAMES = (LONG, "Ma'rang", "Sungai/Batu", "Trans SP 3", '"Kebun", Baru', "-1", "Desa 007", "H.S.R.")
DESAS = [f"9101012{n:03d}" for n in range(1, 109)]
KECAMATANS = [f"9101{n:02d}" for n in range(1, 52)]
STATIONS = [f"{DESAS[0]}{n:03d}" for n in (*range(1, 450), 901, 902)]
STATIONS += [f"{desa}001" for desa in DESAS[1:]]
STATIONS += [f"{kecamatan}2001001" for kecamatan in KECAMATANS[1:]]
ONLY_GUBERNUR = f"{DESAS[0]}902"

ELECTION = """
title = "Pilkada 2024"
date = "2024-11-27"
""" + "".join(
    f"""
[[contest]]
id = "{kind}"
form = "kwk-2024"
title = "Pemilihan {kind}"
region = "{region}"

[[contest.choice]]
number = 1
name = "Pdt. O'NEIL / YAKOB, S.H."
running_mate = "NUR'AINI"

[[contest.choice]]
number = 2
name = "KOLOM KOSONG"
kind = "kolom-kosong"
"""
    for kind, region in (("bupati", "91.01"), ("gubernur", "91"))
)


def name_of(code: str) -> str:
    """Names of desa and kecamatan, by turns; each its own."""
    at = DESAS.index(code) if code in DESAS else -1
    return NAMES[at] if 0 <= at < len(NAMES) else f"Wilayah {code}"


def table(rows: Sequence[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


@pytest.fixture(scope="module")
def definition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The election, built from its folder."""
    folder = tmp_path_factory.mktemp("tepi") / "pilkada"
    folder.mkdir()
    (folder / "election.toml").write_text(ELECTION, "utf-8")
    codes = ["91", "9101", *KECAMATANS, *DESAS, *(f"{code}2001" for code in KECAMATANS[1:])]
    regions = [("kode", "nama"), *((code, name_of(code)) for code in codes)]
    (folder / "regions.csv").write_text(table(regions), "utf-8")
    rows = [("kode_desa", "tps", "contests")]
    rows += [(k[:10], k[10:], "gubernur" if k == ONLY_GUBERNUR else "") for k in STATIONS]
    (folder / "stations.csv").write_text(table(rows), "utf-8")
    target = folder.parent / "pilkada.json"
    done("election", "build", folder, "--to", target)
    return target


def entered(path: Path, tmp_path: Path, keys: list[str]) -> None:
    """Every TPS with the same votes, by the command line."""
    assert len(LONG) == 95
    rows = [("kode_desa", "tps", "votes.1", "votes.2", "valid", "invalid", "cast")]
    rows += [(key[:10], key[10:], "2", "1", "3", "0", "3") for key in keys]
    counts = tmp_path / "hasil.csv"
    counts.write_text(table(rows), "utf-8")
    said = done("enter", path, counts, "--contest", "bupati", "--by", "O'Neil")
    assert said.out.startswith(f"Dicatat: {len(keys)} TPS.")


@pytest.fixture(scope="module")
def kecamatan(definition: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of 108 desa, one of them with 451 TPS, where all but one bupati form came."""
    folder = tmp_path_factory.mktemp("kecamatan")
    path = folder / "abenaho.rekap"
    done("office", "create", path, "--election", definition, "--region", KECAMATANS[0])
    keys = [key for key in STATIONS if key.startswith(KECAMATANS[0]) and key != ONLY_GUBERNUR]
    entered(path, folder, keys[:-1])
    return path


def test_names_and_numbers_come_through_lists_and_csv_unchanged(kecamatan: Path) -> None:
    status = done("status", kecamatan, "--contest", "bupati", "--level", "desa", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(status.out)))
    assert len(rows) == 108
    assert [row["name"].removeprefix("'") for row in rows[: len(NAMES)]] == list(NAMES)
    assert (rows[0]["tps"], rows[0]["counted"]) == ("450", "450")
    totals = done("totals", kecamatan, "--contest", "bupati", "--level", "desa", "--format", "json")
    assert [total["name"] for total in totals.data[: len(NAMES)]] == list(NAMES)
    assert totals.data[0]["cells"]["votes.1"] == 900
    assert LONG in done("status", kecamatan, "--contest", "bupati", "--level", "desa").out


def test_a_lokasi_khusus_is_asked_only_for_what_it_holds(kecamatan: Path) -> None:
    data = done("missing", kecamatan, "--begun", "--format", "json").data
    contests = {item["contest"]: (item["stations"], item["missing"]) for item in data["contests"]}
    assert contests == {"bupati": (557, 1), "gubernur": (558, 558)}
    assert len(data["stations"]) == 556
    everything = done("missing", kecamatan, "--format", "json").data["stations"]
    (special,) = [item for item in everything if item["tps"] == ONLY_GUBERNUR]
    assert special == {"tps": ONLY_GUBERNUR, "missing": ["gubernur"], "entered": []}


def test_the_sheets_hold_every_desa_every_tps_and_every_name(
    kecamatan: Path, tmp_path: Path
) -> None:
    target = tmp_path / "lembar.pdf"
    done("sheet", kecamatan, "--contest", "bupati", "--to", target)
    document = pypdfium2.PdfDocument(target)
    text = "".join(
        "".join(page.get_textpage().get_text_range().split()).upper() for page in document
    )
    pages = len(document)
    document.close()
    for name in NAMES:
        assert name.upper().replace(" ", "") in text, name
    assert all(f"TPS{number:03d}" in text for number in (1, 449, 901))
    assert "TPS902" not in text
    assert pages > 108


def test_a_desa_of_451_tps_is_found_by_number(kecamatan: Path) -> None:
    office = open_office(kecamatan)
    found = standing(office, "gubernur", STATIONS[450], person="")
    office.close()
    assert found.tps.endswith("902")


def test_a_kabupaten_of_51_kecamatan(definition: Path, tmp_path: Path) -> None:
    path = tmp_path / "yahukimo.rekap"
    done("office", "create", path, "--election", definition, "--region", "91.01")
    keys = [key for key in STATIONS if key != ONLY_GUBERNUR]
    entered(path, tmp_path, keys)
    totals = done("totals", path, "--contest", "bupati", "--level", "kecamatan", "--format", "json")
    assert [total["code"] for total in totals.data] == KECAMATANS
    assert sum(total["cells"]["cast"] for total in totals.data) == 3 * len(keys)
    (whole,) = done(
        "totals", path, "--contest", "bupati", "--level", "kabko", "--format", "json"
    ).data
    assert (whole["cells"]["cast"], whole["counted"]) == (3 * len(keys), len(keys))
