"""Workbooks as other people make them: a row a TPS, and a column a TPS in the grammar of D.HASIL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from recap_desktop.election.papers.arrangements import arrange
from recap_desktop.election.papers.captions import Captions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from recap_desktop.election.definitions.contests import Election


def rows_workbook(path: Path, rows: Sequence[Sequence[object]], *, title: str = "Sheet1") -> Path:
    """A workbook of one sheet with these rows."""
    book = Workbook()
    page = _first(book, title)
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def kecamatan_workbook(
    path: Path,
    election: Election,
    contest_id: str,
    desas: Mapping[str, Mapping[str, Mapping[str, object]]],
    *,
    across: int = 3,
) -> Path:
    """One sheet holding all blocks one under the other, as PPK have it.

    Above each desa stand its names; the TPS names stand in the row of the first section; labels
    span their L, P and JML; blocks of a few TPS end and begin with JUMLAH PINDAHAN.

    Args:
        path: where to write.
        election: the definition.
        contest_id: the contest.
        desas: name of a desa -> TPS number -> cells.
        across: TPS in a block.
    """
    book = Workbook()
    page = _first(book, "D.HASIL")
    for name, stations in desas.items():
        page.append(["PROVINSI", None, None, ": JAWA BARAT"])
        page.append(["KECAMATAN/DISTRIK *)", None, None, ": CIAMIS"])
        page.append(["KELURAHAN/DESA", None, None, f": {name}"])
        numbers = list(stations)
        parts = [numbers[at : at + across] for at in range(0, len(numbers), across)]
        for at, part in enumerate(parts):
            before = ["JUMLAH PINDAHAN"] if at else []
            after = "JUMLAH AKHIR" if at == len(parts) - 1 else "JUMLAH PINDAHAN"
            _block(page, election, contest_id, {n: stations[n] for n in part}, before, after)
    book.save(path)
    return path


def _first(book: Workbook, title: str) -> Worksheet:
    page = book.worksheets[0]
    page.title = title
    return page


def _block(
    page: Worksheet,
    election: Election,
    contest_id: str,
    stations: Mapping[str, Mapping[str, object]],
    before: list[str],
    after: str,
) -> None:
    form = election.form(contest_id)
    paper = form.papers["desa"]
    arranged = arrange(form, paper, Captions.of(election, contest_id))
    sums: list[object] = [999 for _ in before]
    for number, section in enumerate(arranged.sections):
        heads = [*before, *(f"TPS {tps}" for tps in stations), after] if number == 0 else []
        page.append([section.number, section.title, None, *heads])
        if number == 0:
            page.append(list(range(1, 4 + len(heads))))
        for row in section.rows:
            label = " - ".join(row.labels)
            if not row.lines:
                page.append([row.number, label])
            for at, line in enumerate(row.lines):
                figures = [cells.get(line.cell) for cells in stations.values()]
                lead = [row.number, label] if at == 0 else [None, None]
                page.append([*lead, line.word, *sums, *figures, 12345])
