"""Files of other people: XLSX and CSV by their content, with limits, faults told calmly."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from recap_desktop.election.tables.foreign_figures import Formula
from recap_desktop.foreign import table_files, xlsx_tables
from recap_desktop.foreign.csv_tables import CsvTable
from recap_desktop.foreign.table_files import open_table
from recap_desktop.problems import KnownProblem
from tests.made_up.workbooks import rows_workbook

ROWS = [("desa", "tps", "sah"), ("Baregbeg", "1", "12"), ("Ciamis, kota", "2", None)]


def problem(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(KnownProblem) as caught:
        read(path, sheet)
    return caught.value.code


def read(path: Path, sheet: str | None) -> None:
    file = open_table(path)
    list(file.rows(file.sheets[0] if sheet is None else sheet))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_of_a_csv_are_recognised(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "x.csv"
    lines = [["desa", "tps", "sah"], ["Baregbég", "1", "12"], [' "Ciamis"', "2", ""]]
    path.write_bytes("\r\n".join(map(delimiter.join, lines)).encode(encoding))
    file = open_table(path)
    assert isinstance(file.table, CsvTable)
    assert (file.table.encoding, file.table.delimiter) == (encoding, delimiter)
    assert list(file.rows(""))[:2] == [("desa", "tps", "sah"), ("Baregbég", "1", "12")]


def test_an_excel_that_says_its_delimiter_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("sep=;\ndesa;tps\nA, B, C;1\n\nD;2\n", "utf-8")
    assert list(open_table(path).rows("")) == [
        (),
        ("desa", "tps"),
        ("A, B, C", "1"),
        (),
        ("D", "2"),
    ]


def test_values_of_a_workbook_are_read_and_numbers_stay_numbers(tmp_path: Path) -> None:
    path = rows_workbook(tmp_path / "x.xlsx", [["a", 1, 2.5, 3.0], [], [None, True, "=x"[1:]]])
    rows = list(open_table(path).rows("Sheet1"))
    assert rows == [("a", 1, 2.5, 3), (), (None, "TRUE", "x")]


def test_a_formula_is_read_by_its_value_and_named_where_it_has_none(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_formula(0, 0, "=1+1", None, 2)
    assert list(open_table(path).rows("Sheet1")) == [(2,)]
    made = Workbook()
    made.worksheets[0].append(["=A2+A3", 5])
    made.save(path)
    assert list(open_table(path).rows("Sheet")) == [(Formula("=A2+A3"), 5)]


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    path = rows_workbook(tmp_path / "x.xlsx", [[1, 2], [3, 4]])
    with zipfile.ZipFile(path) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'ref="A1:B2"', b'ref="A1"')
    with zipfile.ZipFile(path, "w") as new:
        for name, raw in parts.items():
            new.writestr(name, raw)
    assert list(open_table(path).rows("Sheet1")) == [(1, 2), (3, 4)]


def test_content_decides_and_not_the_name(tmp_path: Path) -> None:
    path = rows_workbook(tmp_path / "x.csv", ROWS)
    assert open_table(path).sheets == ("Sheet1",)


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    assert problem(path) == "import-file-unreadable"
    path.write_bytes(b"\r\n ")
    assert problem(path) == "import-file-empty"
    path.write_bytes(b"\xd0\xcf\x11\xe0rest")
    assert problem(path) == "import-file-xls"
    path.write_bytes(b"PK\x03\x04broken")
    assert problem(path) == "import-xlsx-broken"
    path.write_bytes(b"a,b\n\0\x01")
    assert problem(path) == "import-encoding-unknown"
    path.write_text('a,b\n"x,1\n', "utf-8")
    assert problem(path) == "import-csv-malformed"
    with zipfile.ZipFile(path, "w") as odt:
        odt.writestr("content.xml", "<x/>")
    assert problem(path) == "import-not-xlsx"
    assert problem(rows_workbook(path, ROWS), "Lembar2") == "import-sheet-unknown"
    monkeypatch.setattr(table_files, "MOST_BYTES", 100)
    assert problem(path) == "import-file-large"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = rows_workbook(tmp_path / "x.xlsx", ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        for number in range(3):
            parts.writestr(f"xl/media/{number}.xml", bytes(400 << 20), compresslevel=1)
    assert path.stat().st_size < 20 << 20
    assert problem(path) == "import-inflated"


def test_entities_and_parts_that_grow_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    rows_workbook(path, ROWS)
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/worksheets/sheet9.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
    assert problem(path) == "import-xlsx-broken"


def test_a_damaged_workbook_is_told_whatever_is_damaged(tmp_path: Path) -> None:
    path = rows_workbook(tmp_path / "x.xlsx", [list(range(30)) for _ in range(50)])
    raw = path.read_bytes()
    for at in range(0, len(raw), max(1, len(raw) // 60)):
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :])
        try:
            file = open_table(path)
            for sheet in file.sheets:
                list(file.rows(sheet))
        except KnownProblem as told:
            assert told.code.startswith("import-")  # noqa: PT017 - some damage is harmless


def test_a_table_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = rows_workbook(tmp_path / "x.xlsx", [[1] * 5 for _ in range(5)])
    monkeypatch.setattr(xlsx_tables, "MOST_ROWS", 3)
    assert problem(path) == "import-too-long"
    monkeypatch.setattr(xlsx_tables, "MOST_COLUMNS", 3)
    assert problem(path) == "import-too-wide"


def test_a_stray_cell_far_below_costs_nothing(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.cell(1, 1, "a")
    page.cell(150_000, 2, None).number_format = "0"
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path / "x.xlsx"
    path.write_bytes(stream.getvalue())
    assert [row for row in open_table(path).rows("Sheet") if row] == [("a",)]
