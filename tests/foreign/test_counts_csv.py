"""A table of counts is read whole, or every fault of it is told."""

from pathlib import Path

import pytest

from recap_desktop.election.figures.counts import crossed_out
from recap_desktop.foreign.counts_csv import Row, counts_csv, read_counts_csv
from recap_desktop.problems import KnownProblem

CELLS = ("votes.1", "votes.2", "valid")
STATIONS = {"3207012008001", "3207012008002", "3207012008901"}


def read(tmp_path: Path, content: str | bytes) -> list[Row]:
    path = tmp_path / "isi.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_counts_csv(path, cells=CELLS, stations=STATIONS)


def faults(tmp_path: Path, content: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(KnownProblem, match="csv-faults") as caught:
        read(tmp_path, content)
    return [(fault.line, fault.code) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "content",
    [
        "kode_desa,tps,votes.1,valid\n3207012008,001,5,0\n",
        "kode_desa;tps;votes.1;valid\r\n32.07.01.2008;1;5;0\r\n",
        "\ufefftps,valid,kode_desa,votes.1\nTPS 001,0, 32.07.01.2008 ,5\n\n",
        '"kode_desa","tps","votes.1","valid"\n"3207012008","01"," 5 ","000"\n',
        "kode_desa,tps,votes.1,votes.2,valid\n3207012008,1,5,,0\n",
    ],
)
def test_a_blank_is_absent_and_a_zero_is_zero(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == [("3207012008001", {"votes.1": 5, "valid": 0})]


@pytest.mark.parametrize("cross", ["x", "X", "-", " -   "])
def test_a_crossed_box_is_0_and_remembered(tmp_path: Path, cross: str) -> None:
    content = f"kode_desa,tps,votes.1,votes.2,valid\n3207012008,1,5,{cross},\n"
    ((tps, cells),) = read(tmp_path, content)
    assert (tps, cells) == ("3207012008001", {"votes.1": 5, "votes.2": 0})
    assert crossed_out(cells) == {"votes.2"}


def test_a_table_without_rows_has_no_counts(tmp_path: Path) -> None:
    assert read(tmp_path, "kode_desa,tps\n") == []


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        ("1.234", "csv-figure-grouped"),
        ("1,234", "csv-figure-grouped"),
        ("28.4", "csv-figure-grouped"),
        ("-5", "csv-figure-wrong"),
        ("5x", "csv-figure-wrong"),
        ("xx", "csv-figure-wrong"),
        ("--", "csv-figure-wrong"),
        ("٣", "csv-figure-wrong"),
        ("1e3", "csv-figure-wrong"),
        ("99999999", "csv-figure-large"),
    ],
)
def test_a_figure_that_is_not_plain_digits_is_never_guessed(
    tmp_path: Path, figure: str, code: str
) -> None:
    assert faults(tmp_path, f"kode_desa;tps;votes.1\n3207012008;1;{figure}\n") == [(2, code)]


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    content = (
        "kode_desa,tps,votes.1,valid\n"
        "32.07.01.2008,1,5,5\n"
        "32.07.01.2008,001,6,6\n"
        "3207012009,1,1,1\n"
        "32070,1,1,1\n"
        "320701,1,1,1\n"
        "3207012008,1000,1,1\n"
        "3207012008,2,1\n"
        "3207012008,901,1.000,y\n"
    )
    assert faults(tmp_path, content) == [
        (3, "csv-tps-twice"),
        (4, "csv-tps-unknown"),
        (5, "csv-code-wrong"),
        (6, "csv-code-not-desa"),
        (7, "csv-number-wrong"),
        (8, "csv-field-count"),
        (9, "csv-figure-grouped"),
        (9, "csv-figure-wrong"),
    ]


def test_faults_of_the_header_are_told_together(tmp_path: Path) -> None:
    assert faults(tmp_path, "kode,tps,vote.1,valid,valid\n3207012008,1,1,1,1\n") == [
        (1, "csv-column-missing"),
        (1, "csv-column-unknown"),
        (1, "csv-column-misspelt"),
        (1, "csv-column-twice"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"kode_desa,tps\n\xff\xfe", "csv-not-utf8"), (None, "csv-cannot-be-read")],
)
def test_a_file_that_is_no_text_is_a_problem_of_its_own(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "isi.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KnownProblem, match=code):
        read_counts_csv(path, cells=CELLS, stations=STATIONS)


@pytest.mark.parametrize("content", ["", "\n", 'kode_desa,tps,votes.1\n3207012008,1,"5\n'])
def test_an_empty_or_torn_table_is_told_as_faults(tmp_path: Path, content: str) -> None:
    assert faults(tmp_path, content)


def test_a_table_that_is_written_is_read_again(tmp_path: Path) -> None:
    rows = [("3207012008001", {"votes.1": 0, "valid": 12}), ("3207012008901", {"votes.2": 1340})]
    assert read(tmp_path, counts_csv(rows, CELLS)) == rows
