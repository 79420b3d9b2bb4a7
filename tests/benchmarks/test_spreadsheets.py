"""Workbooks of real results as LibreOffice calculates them, and how long it takes to print them.

LibreOffice is large and no dependency, so this is asked for by name, where ``soffice`` is installed
(Debian: ``apt-get install --no-install-recommends libreoffice-calc``)::

    pytest tests/benchmarks/test_spreadsheets.py

The values that lie beside our formulas are taken out of the workbook first: what is read back is
what LibreOffice made of the formulas alone.
"""

from __future__ import annotations

import contextlib
import csv
import io
import lzma
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from recap_desktop.election.definitions.regions import read_code
from recap_desktop.exchange.election_file import write_election
from recap_desktop.exchange.election_folder import build_election
from recap_desktop.office.entry.entering import enter_csv
from recap_desktop.office.opening import create_office, open_office
from recap_desktop.office.papers.printing import book_of, write_book
from recap_desktop.office.papers.workbooks import write_workbook
from tests.benchmarks.test_office_speed import measure
from tests.made_up.offices import Clock
from tests.office.test_ciamis import DATA, ELECTION, FIGURES, OFFICIAL_SUMS

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")

LABELS = {
    "voters.dpt.jml": ("Jumlah Pemilih dalam Daftar Pemilih Tetap (DPT)", "JML"),
    "votes.1": ("KOLOM KOSONG", ""),
    "votes.2": ("Herdiat Sunarya / Yana D. Putra", ""),
    "valid": ("JUMLAH SELURUH SUARA SAH (IV.1 + IV.2)", ""),
    "invalid": ("JUMLAH SUARA TIDAK SAH", ""),
    "cast": ("JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH (V.A + V.B)", ""),
}
CIAMIS = "320701"


def real(folder: Path, code: str) -> Path:
    """An office of a kecamatan or of the kabupaten with the counts that Sirekap published."""
    rows = list(csv.DictReader(io.StringIO(lzma.decompress(DATA.read_bytes()).decode())))
    own = [row for row in rows if read_code(row["kode_desa"]).startswith(code)]
    (folder / "election.toml").write_text(ELECTION, encoding="utf-8")
    stations = ["kode_desa,tps,dpt_l,dpt_p", *(f"{r['kode_desa']},{r['tps']},," for r in rows)]
    (folder / "stations.csv").write_text("\n".join(stations), encoding="utf-8")
    definition = folder / "ciamis.json"
    write_election(build_election(folder), definition)
    lines = [",".join(("kode_desa", "tps", *FIGURES))]
    lines += [",".join((r["kode_desa"], r["tps"], *(r[f] for f in FIGURES))) for r in own]
    (folder / "counts.csv").write_text("\n".join(lines), encoding="utf-8")
    path = folder / "ciamis.xlsx"
    with contextlib.closing(
        create_office(folder / "ciamis.rekap", election_path=definition, region=code, clock=Clock())
    ) as office:
        enter_csv(office, "bupati", folder / "counts.csv", by="Petugas")
        book = book_of(office, "bupati")
        write_workbook(book, path, time=office.now())
    return path


def convert(path: Path, to: str) -> Path:
    """What LibreOffice makes of a workbook: another workbook (``xlsx``) or a PDF."""
    out = path.parent / "converted"
    profile = path.parent / "profile"
    command = [str(SOFFICE), f"-env:UserInstallation=file://{profile}", "--headless"]
    command += ["--convert-to", to, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / f"{path.stem}.{to}"


def without_values(path: Path) -> Path:
    """The same workbook with its formulas alone: nothing lies beside them any more."""
    bare = path.with_name("bare.xlsx")
    openpyxl.load_workbook(path).save(bare)
    values = openpyxl.load_workbook(bare, data_only=True)
    assert not any(row[-3].value for row in values.worksheets[0].iter_rows(min_row=9))
    return bare


def grand_totals(path: Path) -> dict[str, dict[tuple[str, str], int]]:
    """Tab -> (label, line) -> JUMLAH AKHIR, as LibreOffice left it."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for tab in openpyxl.load_workbook(path, data_only=True).worksheets[:-1]:
        heads = [cell.value for cell in tab[6]]
        at = heads.index("JUMLAH AKHIR")
        label, read = "", dict[tuple[str, str], int]()
        for row in tab.iter_rows(min_row=9, values_only=True):
            label = str(row[1]) if row[1] else label
            total = row[at]
            if isinstance(total, int):
                read[label, str(row[2] or "")] = total
        found[tab.title] = read
    return found


@pytest.mark.parametrize("code", [CIAMIS, "3207"], ids=["kecamatan", "kabupaten"])
def test_libreoffice_adds_up_to_the_published_totals(code: str, tmp_path: Path) -> None:
    rows = csv.DictReader(io.StringIO(lzma.decompress(DATA.read_bytes()).decode()))
    sums: dict[str, Counter[str]] = {}
    for row in rows:
        desa = read_code(row["kode_desa"])
        for unit in {desa, desa[:6], desa[:4]}:
            sums.setdefault(unit, Counter()).update({f: int(row[f]) for f in FIGURES})
    assert dict(sums["3207"]) == OFFICIAL_SUMS
    made = grand_totals(convert(without_values(real(tmp_path, code)), "xlsx"))
    # The first tab is of the office itself, then every desa of a kecamatan.
    below = sorted(unit for unit in sums if len(unit) == 10 and unit.startswith(code))
    expected = [code, *(below if code == CIAMIS else [])]
    assert len(made) == len(expected)
    for unit, read in zip(expected, made.values(), strict=True):
        assert {cell: read[where] for cell, where in LABELS.items()} == {
            cell: sums[unit][cell] for cell in LABELS
        }


@pytest.fixture(scope="module")
def kecamatan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return real(tmp_path_factory.mktemp("kecamatan"), CIAMIS)


@pytest.mark.benchmark(group="the book of Kecamatan Ciamis as PDF")
def test_book_as_pdf(benchmark: BenchmarkFixture, kecamatan: Path) -> None:
    """From a file of the office on, as LibreOffice begins with a file: read, made, drawn."""
    target = kecamatan.with_suffix(".pdf")

    def print_book() -> None:
        with contextlib.closing(open_office(kecamatan.with_suffix(".rekap"))) as office:
            write_book(book_of(office, "bupati"), target)

    measure(benchmark, print_book)


@pytest.mark.benchmark(group="the book of Kecamatan Ciamis as PDF")
def test_libreoffice_prints_the_workbook(benchmark: BenchmarkFixture, kecamatan: Path) -> None:
    def print_workbook() -> None:
        convert(kecamatan, "pdf")

    measure(benchmark, print_workbook)
