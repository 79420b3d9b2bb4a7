"""A workbook read again: every number of the sheets, as a number, and sums as formulas."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from recap_desktop.election.definitions.contests import Choice
from recap_desktop.election.figures.tallies import EMPTY, State, Tally
from recap_desktop.election.papers import books
from recap_desktop.election.papers.facts import Draft, Head, Presence, Signer
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.foreign.sheets_xlsx import sheets_xlsx
from tests.election.valid_forms import make_valid
from tests.made_up import every_form
from tests.made_up.every_form import CASES, Case
from tests.made_up.papers import DESA, KECAMATAN, KELURAHAN, election_of, facts_of, filled

if TYPE_CHECKING:
    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.papers.annexes import Annex
    from recap_desktop.election.papers.facts import Facts

Workbook: TypeAlias = Any
Cell: TypeAlias = Any
"""The types of openpyxl are of all that a file may hold, charts and merged cells too."""

NOON = dt.datetime(2024, 11, 28, 12, tzinfo=dt.UTC)
HEAD, FIRST = 6, 9
"""Rows, counted from 1: the heads of the columns, and the first below them."""


def papers_of(
    election: Election, tallied: dict[str, Tally], facts: Facts | None = None
) -> tuple[Sheet | Annex, ...]:
    return tuple(books.office_book(facts or facts_of(election), KECAMATAN, tallied))


def workbook(papers: tuple[Sheet | Annex, ...], *, values: bool = False) -> Workbook:
    raw = sheets_xlsx(papers, {KECAMATAN: "5 dari 6 TPS"}, made=NOON)
    return openpyxl.load_workbook(io.BytesIO(raw), data_only=values)


def gappy() -> tuple[Sheet | Annex, ...]:
    """A TPS without figures, and a row that is blank in two of one desa and all of another."""
    election = election_of({KELURAHAN: 3, DESA: 3})
    tallied = filled(election)
    for number, tps in enumerate(tallied):
        cells = dict(tallied[tps].cells)
        if number not in (0, 1):
            del cells["invalid"]
        cells["ballots.spoiled"] = 0
        tallied[tps] = Tally(State.AGREED, cells, counts=True)
    tallied[f"{KELURAHAN}002"] = EMPTY
    return papers_of(election, tallied)


def value_of(book: Workbook, cell: Cell) -> int | None:
    """What a spreadsheet makes of a cell, of the three kinds of formula there are."""
    said = cell.value
    if not isinstance(said, str):
        assert said is None or isinstance(said, int)
        return said
    if found := re.fullmatch(r"=SUM\((.+)\)", said):
        cells = [one for span in found[1].split(",") for one in cells_of(cell.parent, span)]
        return sum(value_of(book, one) or 0 for one in cells if one.value is not None)
    if found := re.fullmatch(r"=([A-Z]+\d+)-([A-Z]+\d+)", said):
        left, right = (value_of(book, cell.parent[name]) for name in found.groups())
        return (left or 0) - (right or 0)
    found = re.fullmatch(r"='(.+)'!([A-Z]+\d+)", said)
    assert found is not None, said
    return value_of(book, book[found[1].replace("''", "'")][found[2]])


def cells_of(tab: Workbook, span: str) -> list[Cell]:
    left, top, right, bottom = range_boundaries(span)
    assert left and top and right and bottom
    rows = tab.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
    return [cell for row in rows for cell in row]


def figures_of(book: Workbook, sheet: Sheet, tab: str) -> dict[str, list[int | None]]:
    """Every line of a tab, under the cell that it is of."""
    read = {}
    at = FIRST
    for section in sheet.arrangement.sections:
        at += bool(section.title)
        for row in section.rows:
            for line in row.lines:
                end = 4 + len(sheet.units)
                read[line.cell] = [value_of(book, cell) for cell in book[tab][at][3:end]]
                at += 1
            at += not row.lines
    return read


@pytest.mark.parametrize("values", [True, False])
def test_every_figure_of_every_sheet_is_a_number_in_its_place(*, values: bool) -> None:
    """Read as the values that lie beside the formulas, and as the formulas themselves."""
    papers = gappy()
    book = workbook(papers, values=values)
    sheets = [paper for paper in papers if isinstance(paper, Sheet)]
    for sheet, tab in zip(sheets, ("DESA 02", "DESA 01", "KECAMATAN CIAMIS"), strict=True):
        assert figures_of(book, sheet, tab) == {
            cell: [*(figure.value for figure in row), sheet.totals[cell].value]
            for cell, row in sheet.figures.items()
        }


def row_of(book: Workbook, tab: str, label: str) -> Cell:
    (row,) = [row for row in book[tab].iter_rows() if str(row[1].value).startswith(label)]
    return row


def test_a_blank_stays_empty_and_zero_is_zero() -> None:
    book = workbook(gappy(), values=True)
    spoiled = row_of(book, "DESA 02", "Jumlah surat suara yang dikembalikan")
    assert [cell.value for cell in spoiled[3:7]] == [0, None, 0, 0]
    invalid = row_of(book, "DESA 01", "JUMLAH SUARA TIDAK SAH")
    assert [cell.value for cell in invalid[3:7]] == [None, None, None, None]


def test_a_sum_that_leaves_out_blanks_is_a_number_with_the_mark_of_the_paper() -> None:
    papers = gappy()
    row = row_of(workbook(papers), "KECAMATAN CIAMIS", "JUMLAH SUARA TIDAK SAH")
    assert [cell.number_format for cell in row[3:6]] == ['#,##0"*"', "#,##0", '#,##0"*"']
    assert row[4].value is None
    notes = [str(cell.value) for cell in workbook(papers)["DESA 02"]["A"]]
    assert any(note.startswith("*)") for note in notes)


def test_the_first_rows_say_draft_how_many_and_from_which_records() -> None:
    papers = papers_of(
        election := election_of({DESA: 2}),
        filled(election),
        facts_of(election, state=Draft((Head(7, "ab" * 32),))),
    )
    tab = workbook(papers)["KECAMATAN CIAMIS"]
    first = [str(tab.cell(row, 1).value) for row in range(1, HEAD)]
    assert first[0] == "KECAMATAN CIAMIS"
    assert "DRAF UNTUK PENCERMATAN" in first[1] and "5 dari 6 TPS" in first[1]
    assert "abab abab" in first[4]
    heads = [cell.value for cell in workbook(papers)["DESA 01"][HEAD]]
    assert heads[:6] == ["NO", "URAIAN", None, "TPS 001", "TPS 002", "JUMLAH AKHIR"]
    assert heads[6:] == ["DIJUMLAH ULANG", "SELISIH"]


def test_heads_stay_in_sight_and_every_tab_prints_across() -> None:
    book = workbook(gappy())
    for tab in book:
        assert tab.page_setup.orientation == "landscape"
        assert tab.sheet_properties.pageSetUpPr.fitToPage
        assert tab.print_area
    for tab in book.worksheets[:-1]:
        assert tab.freeze_panes == "D9"
        assert (tab.print_title_rows, tab.print_title_cols) == ("$6:$8", "$A:$C")


OURS = r"=SUM\([A-Z0-9:,]+\)|='.+'![A-Z]+\d+|=[A-Z]+\d+-[A-Z]+\d+"
EVIL = ("=HYPERLINK(1)", "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1")


def test_no_name_is_ever_a_formula() -> None:
    choices = tuple(Choice(n, name, running_mate="B") for n, name in enumerate(EVIL, start=1))
    names = {DESA: "=cmd|' /C calc'!A0", KELURAHAN: "[a]:*?/\\'" * 5}
    election = election_of({DESA: 1, KELURAHAN: 1}, choices=choices, names=names)
    book = workbook(papers_of(election, filled(election)))
    cells = [cell for tab in book for row in tab.iter_rows() for cell in row]
    risky = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r"))]
    formulas = [cell for cell in risky if cell.data_type == "f"]
    assert all(re.fullmatch(OURS, str(c.value)) for c in formulas)
    texts = [cell for cell in risky if cell.data_type != "f"]
    assert {str(cell.value)[0] for cell in texts} >= set("=+-@")
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in texts)


def test_tabs_have_names_that_a_spreadsheet_takes_each_its_own() -> None:
    names = {
        DESA: "Sama Namanya Yang Panjang Sekali Sampai Terpotong",
        KELURAHAN: "SAMA namanya yang panjang sekali sampai TERPOTONG juga",
    }
    election = election_of({DESA: 1, KELURAHAN: 1}, names=names)
    tabs = workbook(papers_of(election, filled(election))).sheetnames
    assert all(len(tab) <= 31 for tab in tabs)
    assert len({tab.casefold() for tab in tabs}) == 4


def test_the_same_papers_give_the_same_bytes() -> None:
    papers = gappy()
    assert sheets_xlsx(papers, {}, made=NOON) == sheets_xlsx(papers, {}, made=NOON)


def test_what_the_form_adds_up_is_added_up_again_beside_the_table() -> None:
    """What was typed as a sum stays as it was typed; the difference stands beside it."""
    election = election_of({DESA: 2})
    tallied = filled(election)
    layout = election.layout("bupati")
    wrong = f"{DESA}001"
    for tps, tally in tallied.items():
        cells = make_valid(layout, random.Random(tps).randint)
        if tps == wrong:
            cells = {**cells, "valid": cells["valid"] + 7}
        tallied[tps] = Tally(tally.state, cells, counts=True)
    papers = papers_of(election, tallied)
    for values in (True, False):
        book = workbook(papers, values=values)
        for tab in ("DESA 01", "KECAMATAN CIAMIS"):
            end = 6 if tab == "DESA 01" else 5
            rows = [
                (row[1].value, value_of(book, row[end + 1]))
                for row in book[tab].iter_rows(min_row=FIRST)
                if row[end + 1].value is not None
            ]
            assert [label for label, off in rows if off] == [
                "JUMLAH SELURUH SUARA SAH (IV.1 + IV.2)",
                "JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH (V.A + V.B)",
            ]
            assert [off for _, off in rows if off] == [7, -7]
            assert len(rows) > 10


def test_who_signs_stands_below_the_table_and_a_draft_is_for_nobody_to_sign() -> None:
    election = election_of({DESA: 1})
    signers = (Signer("ketua", "=Asep"), Signer("saksi-2", "Budi", Presence.REFUSED, "sakit"))
    closed = facts_of(election, signers=signers)
    draft = facts_of(election, state=Draft((Head(7, "ab" * 32),)))
    said = []
    for facts in (closed, draft):
        book = workbook(papers_of(election, filled(election), facts))
        cells = [cell for row in book["KECAMATAN CIAMIS"].iter_rows() for cell in row[:2]]
        said.append(" ".join(str(cell.value) for cell in cells if cell.value))
    assert all(text in said[0] for text in ("=Asep", "Budi", "sakit"))
    assert "KETUA" not in said[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_sheets_above_a_kecamatan_have_all_their_figures(case: Case) -> None:
    for level in ("kabko", "provinsi"):
        sheet = every_form.papers_of(case)[level]
        for values in (True, False):
            raw = sheets_xlsx((sheet,), {}, made=NOON)
            book = openpyxl.load_workbook(io.BytesIO(raw), data_only=values)
            assert figures_of(book, sheet, book.sheetnames[0]) == {
                cell: [*(figure.value for figure in row), sheet.totals[cell].value]
                for cell, row in sheet.figures.items()
            }
            end = 3 + len(sheet.units)
            rows = book.worksheets[0].iter_rows(min_row=FIRST)
            differences = [value_of(book, row[end + 2]) for row in rows]
            assert set(differences) == {0, None} and differences.count(0) > 5


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_form_has_all_its_figures_in_the_workbook(case: Case) -> None:
    """Of pairs, candidates and parties: the kecamatan first, its desa behind it."""
    desa, kecamatan = (every_form.papers_of(case)[level] for level in ("desa", "kecamatan"))
    raw = sheets_xlsx((desa, kecamatan), {}, made=NOON)
    for values in (True, False):
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=values)
        for sheet, tab in zip((kecamatan, desa), book.sheetnames, strict=True):
            assert figures_of(book, sheet, tab) == {
                cell: [*(figure.value for figure in row), sheet.totals[cell].value]
                for cell, row in sheet.figures.items()
            }
    cells = every_form.election_of(case).layout(every_form.CONTEST).cells
    assert set(desa.figures) == set(cells)
