"""Numbers for the saksi: three files of one content, written whole, never over an earlier one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.totals import Total
from recap_desktop.foreign.counts_csv import read_counts_csv
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.language import load_words
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.plenary.handing_out import hand_out, read_numbers
from recap_desktop.office.progress import overview
from recap_desktop.office.sample import make_sample
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

TIME = "2024-11-28T21:05:09+07:00"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "ciamis.rekap")
    for number, tps in enumerate(TPS[:4]):
        enter(made, BUPATI, tps, valid_bupati(kosong=10 + number), by="Siti")
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_three_files_bear_what_they_are_and_when(office: Office, stick: Path) -> None:
    handed = hand_out(read_numbers(office), stick, time=TIME)
    name = "LATIHAN_DRAF_32.07.01_bupati_20241128-210509"
    assert [path.name for path in handed.paths] == [f"{name}.{e}" for e in ("xlsx", "csv", "pdf")]
    assert names(stick) == sorted(path.name for path in handed.paths)
    told = handed.told(load_words("id"))
    assert str(stick) in told and "3 berkas" in told and "Bupati Ciamis: 4 dari 5 TPS" in told


def test_later_files_leave_earlier_ones_alone(office: Office, stick: Path) -> None:
    first = hand_out(read_numbers(office), stick, time=TIME)
    before = [path.read_bytes() for path in first.paths]
    enter(office, BUPATI, TPS[4], valid_bupati(), by="Siti")
    second = hand_out(read_numbers(office), stick, time=TIME)
    assert not set(first.paths) & set(second.paths)
    assert [path.read_bytes() for path in first.paths] == before
    assert second.paths[0].stem == f"{first.paths[0].stem}-2"


def test_the_same_numbers_at_the_same_time_are_the_same_bytes(
    office: Office, tmp_path: Path
) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        paths = hand_out(read_numbers(office), tmp_path / name, time=TIME).paths
        made.append([path.read_bytes() for path in paths])
    assert made[0] == made[1]


def test_the_table_can_be_read_in_again(office: Office, stick: Path) -> None:
    _, table, _ = hand_out(read_numbers(office), stick, time=TIME).paths
    cells = office.election.layout(BUPATI).cells
    rows = read_counts_csv(table, cells=cells, stations=TPS)
    assert rows == [(tps, valid_bupati(kosong=10 + n)) for n, tps in enumerate(TPS[:4])]


def figures(path: Path) -> dict[str, dict[str, int | None]]:
    """Name of each tab of a workbook, with its JUMLAH AKHIR by the label of the row."""
    book = openpyxl.load_workbook(path, data_only=True)
    found: dict[str, dict[str, int | None]] = {}
    for tab in book.worksheets[:-1]:
        label = ""
        rows: dict[str, int | None] = {}
        for row in tab.iter_rows(min_row=9, values_only=True):
            label = str(row[1]) if row[1] else label
            total = row[-3]
            if isinstance(total, int):
                rows[f"{label} {row[2] or ''}".strip()] = total
        found[tab.title] = rows
    return found


def labelled(office: Office, total: Total) -> dict[str, int | None]:
    """The same from the totals of the office."""
    (makings,) = read_numbers(office)
    sheet = next(paper for paper in makings.papers() if paper.code == total.code)
    lines = sheet.arrangement.lines  # type: ignore[union-attr] # the annex comes last
    return {
        f"{' / '.join(row.labels)} {row.note}".strip() + (f" {line.word}" if line.word else ""): n
        for row, line in lines
        if (n := total.sums.get(line.cell)) is not None
    }


def test_every_total_of_the_sample_stands_in_the_workbook(stick: Path, tmp_path: Path) -> None:
    office = make_sample(tmp_path / "sample.rekap")
    try:
        (workbook, _, page) = hand_out(read_numbers(office), stick, time=TIME).paths
        read = figures(workbook)
        (contest,) = office.contests
        wholes = overview.totals(office, contest, level=Level.KECAMATAN)
        parts = overview.totals(office, contest, level=Level.DESA)
        expected = [labelled(office, total) for total in (*wholes, *parts)]
        assert list(read.values()) == expected
        assert len(expected) == 13
    finally:
        office.close()
    document = PdfDocument(page)
    text = document[len(document) - 3].get_textpage().get_text_bounded()
    document.close()
    assert "DRAF UNTUK PENCERMATAN" in text


def test_of_two_entries_the_first_is_not_handed_out(tmp_path: Path, stick: Path) -> None:
    office = tiny_office(tmp_path / "double.rekap", double_entry=True)
    for person in ("Siti", "Budi"):
        enter(office, BUPATI, TPS[0], valid_bupati(kosong=33), by=person)
    enter(office, BUPATI, TPS[1], valid_bupati(kosong=77), by="Siti")
    enter(office, BUPATI, TPS[3], valid_bupati(kosong=55), by="Siti")
    enter(office, BUPATI, TPS[3], valid_bupati(kosong=56), by="Budi")
    handed = hand_out(read_numbers(office), stick, time=TIME)
    office.close()
    assert handed.contests == (("Bupati Ciamis", 1, 5),)
    assert [line[:14] for line in handed.paths[1].read_text("utf-8").splitlines()[1:]] == [
        "3207011001,001"
    ]
    book = openpyxl.load_workbook(handed.paths[0], data_only=True)
    values = {cell for tab in book for row in tab.iter_rows(values_only=True) for cell in row}
    assert 33 in values and not {77, 55, 56} & values


def test_a_closed_contest_is_handed_out_as_its_revision(office: Office, stick: Path) -> None:
    enter(office, BUPATI, TPS[4], valid_bupati(), by="Siti")
    close(office, BUPATI, by="Siti")
    paths = hand_out(read_numbers(office), stick, time=TIME).paths
    assert {path.stem for path in paths} == {"LATIHAN_REVISI-1_32.07.01_bupati_20241128-210509"}


def test_contests_of_which_nothing_is_read_are_left_out(office: Office, stick: Path) -> None:
    assert len(hand_out(read_numbers(office), stick, time=TIME).paths) == 3
    with pytest.raises(KnownProblem, match="hand-out-nothing"):
        hand_out(read_numbers(office, GUBERNUR), stick, time=TIME)
    enter(office, GUBERNUR, TPS[0], {"voters.dpt.jml": 310}, by="Siti")
    assert len(hand_out(read_numbers(office), stick, time=TIME).paths) == 6


def test_a_medium_that_was_taken_out_is_named(office: Office, stick: Path) -> None:
    stick.rmdir()
    with pytest.raises(KnownProblem) as caught:
        hand_out(read_numbers(office), stick, time=TIME)
    assert caught.value.code == "hand-out-not-written"
    assert caught.value.details == {"path": str(stick), "reason": "ENOENT"}
    assert not stick.exists()


def test_a_medium_that_fills_up_is_left_as_it_was(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk takes two files and is full at the third."""
    taken: list[int] = []

    def fsync(descriptor: int) -> None:
        taken.append(descriptor)
        if len(taken) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(KnownProblem) as caught:
        hand_out(read_numbers(office), stick, time=TIME)
    assert caught.value.details["reason"] == "ENOSPC"
    assert names(stick) == []
