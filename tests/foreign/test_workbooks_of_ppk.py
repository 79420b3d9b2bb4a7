"""The workbook of a kecamatan as two programs that read real ones describe it (Pemilu 2024)."""

from __future__ import annotations

import random
from pathlib import Path

from openpyxl import Workbook

from recap_desktop.election.definitions.contests import Choice, Election
from recap_desktop.foreign.count_tables import CountTable
from recap_desktop.foreign.table_files import open_table
from tests.election.valid_forms import make_valid
from tests.made_up.made_up_pemilu import made_up_pemilu

LISTS = ("dpt", "dptb", "dpk")
USERS = ("users.dpt", "users.moved", "users.special", "users.total")
USER_LABELS = (
    "Jumlah pengguna hak pilih dalam DPT",
    "Jumlah pengguna hak pilih dalam DPTb",
    "Jumlah pengguna hak pilih dalam DPK",
    "Jumlah pengguna hak pilih (B.1 + B.2 + B.3)",
)
BALLOTS = {
    "ballots.received": "Jumlah surat suara yang diterima, termasuk surat suara cadangan 2% dari DPT (2+3+4)",
    "ballots.used": "Jumlah surat suara yang digunakan",
    "ballots.spoiled": "Jumlah surat suara yang dikembalikan oleh pemilih karena rusak/keliru coblos",
    "ballots.unused": "Jumlah surat suara yang tidak digunakan/tidak terpakai, termasuk sisa surat suara cadangan",
}
STATIONS = ("001", "002", "003")
Cells = dict[str, dict[str, int]]


class Sheet:
    """Writes rows where the described workbook has them: mark in A, number in B, name in C, units from E."""

    def __init__(self, cells: Cells) -> None:
        self.book = Workbook()
        self.page = self.book.worksheets[0]
        self.row = 13
        self._cells = cells

    def put(self, *texts: str | int | None, figures: list[int] | None = None) -> None:
        for column, text in enumerate(texts, start=1):
            self.page.cell(self.row, column, text)
        for column, figure in enumerate(figures or [], start=5):
            self.page.cell(self.row, column, figure)
        self.row += 1

    def heads(self, mark: str, title: str) -> None:
        heads = [f"TPS {number}" for number in STATIONS]
        self.put(mark, title, None, None, *heads, "JUMLAH AKHIR")
        self.put(1, 2, None, 3, 4, 5, 6, 7)

    def line(self, cell: str, *texts: str | int | None) -> None:
        figures = [self._cells[number][cell] for number in STATIONS]
        self.put(*texts, figures=[*figures, sum(figures)])

    def split(self, key: str, *texts: str | int | None) -> None:
        first = list(texts)
        for column, word in (("l", "L"), ("p", "P"), ("jml", "JML")):
            lead = first if column == "l" else [None] * len(first)
            self.line(f"{key}.{column}", *lead, *[None] * (3 - len(first)), word)

    def party(self, choice: Choice) -> None:
        number = choice.number
        self.line(f"{choice.key}.party", "A.1", number, f"{number}. {choice.name}")
        for at, candidate in enumerate(choice.candidates):
            mark = "A.2" if at == 0 else None
            self.line(f"{choice.key}.{candidate.number}", mark, candidate.number, candidate.name)
        self.line(
            f"{choice.key}.total", "B", None, "JUMLAH SUARA SAH PARTAI POLITIK DAN CALON (A.1+A.2)"
        )


def workbook(path: Path, election: Election, cells: Cells) -> Path:
    sheet = Sheet(cells)
    sheet.page["A2"], sheet.page["D2"] = "KECAMATAN", ": CAKUNG"
    sheet.page["A9"], sheet.page["D9"] = "KELURAHAN/DESA", ": JATINEGARA"
    sheet.heads("I", "DATA PEMILIH DAN PENGGUNA HAK PILIH")
    sheet.split("voters.dpt", "A", None, "Jumlah Pemilih dalam Daftar Pemilih Tetap (DPT)")
    sheet.row += 2
    for number, (key, label) in enumerate(zip(USERS, USER_LABELS, strict=True), start=1):
        sheet.split(key, None, number, label)
    sheet.row += 1
    sheet.heads("II", "DATA PENGGUNAAN SURAT SUARA")
    for number, (key, label) in enumerate(BALLOTS.items(), start=1):
        sheet.line(key, None, number, label)
    sheet.heads("III", "DATA PEMILIH DISABILITAS")
    label = "Jumlah seluruh pemilih disabilitas yang menggunakan hak pilih"
    sheet.split("disabled.users", None, None, label)
    sheet.heads("IV", "DATA PEROLEHAN SUARA PARTAI POLITIK DAN SUARA CALON")
    for choice in election.contest("dpr").choices:
        sheet.party(choice)
    sheet.row += 2
    sheet.heads("V", "DATA SUARA SAH DAN TIDAK SAH")
    sheet.line("valid", "A", None, "JUMLAH SELURUH SUARA SAH (IV.1.B + IV.2.B + ...)")
    sheet.line("invalid", "B", None, "JUMLAH SUARA TIDAK SAH")
    sheet.line("cast", "C", None, "JUMLAH SELURUH SUARA SAH DAN TIDAK SAH (A + B)")
    sheet.book.save(path)
    return path


def test_the_described_workbook_of_dpr_is_known_line_by_line(tmp_path: Path) -> None:
    election = made_up_pemilu(30)
    layout, rng = election.layout("dpr"), random.Random("dpr")
    cells = {number: make_valid(layout, rng.randint) for number in STATIONS}
    path = workbook(tmp_path / "dpr.xlsx", election, cells)
    table = CountTable(open_table(path), layout, election.contest("dpr"), election.tree)
    proposal = table.propose()
    assert proposal is not None
    assert [(one.row, one.text, one.target) for one in proposal.unsure] == []
    found = {one.tps[-3:]: one for one in table.counts(proposal)}
    assert {number: one.cells for number, one in found.items()} == cells
    assert {(one.kecamatan, one.desa) for one in found.values()} == {("CAKUNG", "JATINEGARA")}
