"""``import``: shown first, all or none, exit status 1 when something was refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from recap_desktop.office.tables import import_maps
from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.offices import BUPATI, TPS, valid_bupati
from tests.made_up.workbooks import rows_workbook

HEADS: list[object] = ["Desa", "TPS", *valid_bupati()]
BY = ("--contest", BUPATI, "--by", "Siti")


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Maps of a machine that no other test has seen; keys of posts stay where they are."""
    monkeypatch.setattr(import_maps, "_FOLDER", f"import-maps-{tmp_path.name}")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    rows: list[list[object]] = [HEADS, ["Maleber", "TPS 001", *valid_bupati().values()]]
    return rows_workbook(tmp_path / "hasil.xlsx", rows)


def test_a_preview_writes_nothing_and_a_run_records_all(office: Path, workbook: Path) -> None:
    said = done("import", office, workbook, *BY, "--preview")
    assert "Baru: 1 TPS" in said.out and "Baru dilihat" in said.out
    assert "Ada di kantor, tidak ada di berkas: 4 TPS" in said.out
    assert "Dicatat: 1 TPS." in done("import", office, workbook, *BY).out
    assert "Tidak berubah: 1 TPS" in done("import", office, workbook, *BY, "--preview").out
    told = done("history", office, "--contest", BUPATI, "--tps", TPS[0], "--format", "json")
    assert told.data[0]["body"]["origin"]["file"] == "hasil.xlsx"


def test_a_refused_line_stops_all_unless_it_is_left_out(office: Path, tmp_path: Path) -> None:
    figures = list(valid_bupati().values())
    rows: list[list[object]] = [
        HEADS,
        ["Maleber", 1, *figures],
        ["Malebar", 2, *figures],
        ["Baregbeg", 1, 28.4],
    ]
    path = rows_workbook(tmp_path / "x.xlsx", rows)
    said = run("import", office, path, *BY)
    assert said.status == 1
    assert "Sheet1 baris 3, Malebar 2: Ditolak" in said.out
    assert "“28.4”" in said.out and "28.400" in said.out
    assert "Belum ada yang dicatat, karena 2 ditolak" in said.out
    partly = run("import", office, path, *BY, "--without-refused")
    assert partly.status == 1 and "Dicatat: 1 TPS." in partly.out


def test_what_is_not_sure_is_answered_in_a_map(office: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Desa;TPS;DPT;Sah resmi\nMaleber;1;1.310;5\n", "utf-8")
    table = tmp_path / "peta.toml"
    said = run("import", office, path, *BY, "--save-map", table)
    assert said.status == 2 and "“DPT”: mungkin voters.dpt.jml" in said.err
    text = table.read_text("utf-8")
    text = text.replace('"?voters', '"voters').replace('is = "?"', 'is = "valid"')
    table.write_text(text.replace('grouping = ""', 'grouping = "."'), "utf-8")
    assert "Dicatat: 1 TPS." in done("import", office, path, *BY, "--map", table).out


def test_what_is_no_table_is_told(office: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Nama,Alamat\nSiti,Ciamis\n", "utf-8")
    refused("import-nothing-known", "import", office, path, *BY, file="x.csv")
    missing = tmp_path / "y.csv"
    refused(
        "import-file-unreadable",
        "import",
        office,
        missing,
        *BY,
        path=str(missing),
        reason=WORDS["reason.ENOENT"],
    )
