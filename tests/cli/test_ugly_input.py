"""Ugly tables, figures, names and places: one sentence each, status 2, nothing recorded, no crash."""

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from recap_desktop import places
from recap_desktop.office.opening import open_office
from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

ROOT = Path(__file__).parents[2]
DESA = TPS[0][:10]
LONG = "9" * 5000


def enter(office: Path, text: str, *, code: str = "utf-8") -> tuple[int, str, str]:
    table = office.parent / "tabel.csv"
    table.write_bytes(text.encode(code))
    said = run("enter", office, table, "--contest", BUPATI, "--by", "Siti")
    return said.status, said.out, said.err


def figures(office: Path) -> dict[str, dict[str, int]]:
    said = done("totals", office, "--contest", BUPATI, "--level", "tps", "--format", "json")
    return {item["code"]: item["cells"] for item in said.data if item["counted"]}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("extra", [0, 3])
def test_tables_of_every_spreadsheet_are_read(
    office: Path, separator: str, code: str, end: str, *, extra: int
) -> None:
    rows = [
        ["kode_desa", "tps", "votes.1", "invalid"],
        [f'"{DESA}"', "1", "0012", ""],
        ["32.07.01.1001", "TPS 002", " 0 ", '"7"'],
        ["", "", "", ""],
    ]
    text = end.join(separator.join([*row, *[""] * extra]) for row in rows)
    assert enter(office, text, code=code)[::2] == (0, "")
    assert figures(office) == {TPS[0]: {"votes.1": 12}, TPS[1]: {"votes.1": 0, "invalid": 7}}


@pytest.mark.parametrize("figure", [LONG, "0" * 5000 + "1" * 8, "9999999999", "1e3", "١٢", "½"])
def test_a_figure_that_is_none_is_refused_and_nothing_recorded(office: Path, figure: str) -> None:
    rows = f"kode_desa,tps,votes.1\n{DESA},1,5\n{DESA},2,{figure}\n"
    status, out, err = enter(office, rows)
    assert (status, out) == (2, "") and len(err.splitlines()) == 2
    assert figures(office) == {}


def test_a_long_row_of_zeros_is_the_figure_after_them(office: Path) -> None:
    assert enter(office, f"kode_desa,tps,votes.1\n{DESA},1,{'0' * 5000}8\n")[0] == 0
    assert figures(office) == {TPS[0]: {"votes.1": 8}}


def test_a_form_without_a_figure_is_no_entry(office: Path) -> None:
    """A template lists every TPS; those still to come must not count as entered."""
    status, out, _ = enter(office, f"kode_desa,tps,votes.1\n{DESA},1,5\n{DESA},2,\n{DESA},901,\n")
    first = WORDS("cli.entered", recorded=1, unchanged=0, late=0)
    assert (status, out.splitlines()) == (0, [first, WORDS("cli.entered-blank", stations=2)])
    assert figures(office) == {TPS[0]: {"votes.1": 5}}
    assert enter(office, f"kode_desa,tps,votes.1\n{DESA},1,\n")[0] == 0
    assert figures(office) == {TPS[0]: {"votes.1": 5}}, "a blank row takes nothing back"


def test_a_complaint_never_moves_the_terminal(office: Path) -> None:
    rows = f'kode_desa,tps,votes.1\n{DESA},1,"a\x1b[31m\n\r\u202eb"\n'
    err = enter(office, rows)[2]
    assert not {"\x1b", "\r", "\u202e"} & set(err) and len(err.splitlines()) == 2


def test_a_complaint_is_no_longer_than_a_person_reads(office: Path) -> None:
    err = enter(office, f"kode_desa,tps,votes.1\n{DESA},1,{'x' * 100_000}\n")[2]
    assert len(err) < 800


@pytest.mark.parametrize("target", [".", "/", ""])
def test_a_folder_is_no_place_for_a_paper(full_office: Path, target: str) -> None:
    said = run("sheet", full_office, "--contest", BUPATI, "--to", target)
    assert (said.status, said.out, len(said.err.splitlines())) == (2, "", 1)


def test_endless_numbers_are_refused(full_office: Path) -> None:
    where = ("--contest", BUPATI)
    why = ("--tps", TPS[0], "--reason", "x", "--by", "y")
    refused("usage-set", "correct", full_office, *where, "--set", f"votes.1={LONG}", *why,
            found=f"votes.1={LONG}"[:399] + "…")  # fmt: skip
    for option in ("--revision", "--columns"):
        said = run("sheet", full_office, *where, "--to", "x.pdf", option, LONG)
        assert (said.status, len(said.err.splitlines())) == (2, 1)


@pytest.mark.parametrize("below", ["", "posts"])
def test_a_data_folder_that_cannot_be_used_is_said(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    data = tmp_path / "data"
    if below:
        data.mkdir()
    taken = data / below if below else data
    taken.write_text("a file")
    monkeypatch.setenv("RECAP_DATA_DIR", str(data))
    said = run("status", office)
    assert (said.status, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert str(taken) in said.err


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\n", b"\xff" * 99])
def test_a_key_that_was_cut_off_is_no_key(office: Path, content: bytes) -> None:
    before = open_office(office)
    assert before.post is not None
    before.close()
    (places.machine_data("posts") / f"{before.post.id}.key").write_bytes(content)
    after = open_office(office)
    assert after.obstacle == "no-key"
    after.close()


def test_two_open_copies_do_not_write_as_one_post(office: Path, table: Path) -> None:
    copy = office.with_name("salinan.rekap")
    shutil.copy(office, copy)
    first = open_office(office)
    said = run("enter", copy, table, "--contest", BUPATI, "--by", "Siti")
    assert (said.status, said.err.strip()) == (
        2,
        WORDS("problem.read-only-post-in-use", path=str(copy)),
    )
    first.close()
    done("enter", copy, table, "--contest", BUPATI, "--by", "Siti")


NAMES = (
    "O'Brien",
    'Siti "Ibu" Aminah',
    "A" * 95,
    "Ani \N{GRINNING FACE}",
    "سارة",
    "Drs. H. Ahmad, S.H., M.H.",
    "=HYPERLINK(1)",
    "'; DROP TABLE record; --",
)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_kept_as_written_and_printed(office: Path, table: Path, name: str) -> None:
    done("enter", office, table, "--contest", BUPATI, "--by", name)
    said = done("history", office, "--contest", BUPATI, "--tps", TPS[0], "--format", "json")
    assert [event["person"] for event in said.data] == [name]


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u2066", "\ufeff", "\u200f", "\x07"])
def test_marks_that_nobody_sees_make_no_second_person(office: Path, table: Path, mark: str) -> None:
    done("enter", office, table, "--contest", BUPATI, "--by", "Siti")
    done("enter", office, table, "--contest", BUPATI, "--by", f"{mark}Siti{mark}")
    said = done("history", office, "--contest", BUPATI, "--tps", TPS[0], "--format", "json")
    assert [event["person"] for event in said.data] == ["Siti"]


def test_text_in_a_csv_is_never_a_formula(office: Path, table: Path) -> None:
    done("enter", office, table, "--contest", BUPATI, "--by", "=1+1")
    said = done("history", office, "--contest", BUPATI, "--tps", TPS[0], "--format", "csv")
    assert ",'=1+1," in said.out and ",=1+1," not in said.out


def test_a_csv_of_totals_says_where_cells_are_blank(office: Path) -> None:
    rows = f"kode_desa,tps,votes.1,votes.2\n{DESA},1,5,6\n{DESA},2,,1\n"
    enter(office, rows)
    said = done("totals", office, "--contest", BUPATI, "--level", "desa", "--format", "csv")
    head, first, *_ = said.out.splitlines()
    row = dict(zip(head.split(","), first.split(","), strict=True))
    assert (row["votes.1"], row["votes.2"], row["valid"]) == ("5", "7", "")
    assert "votes.1:1" in row["blank"].split() and "valid:2" in row["blank"].split()
    assert not [one for one in row["blank"].split() if one.startswith("votes.2:")]


def test_the_first_of_two_entries_is_nowhere_to_be_read(tmp_path: Path, table: Path) -> None:
    path = tmp_path / "dua.rekap"
    tiny_office(path, double_entry=True).close()
    cells = valid_bupati() | {"votes.1": 9_876_543}
    row = ",".join(str(n) for n in cells.values())
    table.write_text(f"kode_desa,tps,{','.join(cells)}\n{DESA},1,{row}\n")
    done("enter", path, table, "--contest", BUPATI, "--by", "Siti")
    where = (path, "--contest", BUPATI)
    for shape in ("table", "csv", "json"):
        for verb in (
            ("history", *where, "--tps", TPS[0]),
            ("findings", *where),
            ("totals", *where, "--level", "tps"),
        ):
            out = done(*verb, "--format", shape).out
            assert "9876543" not in out and "9.876.543" not in out
    assert done("findings", *where, "--format", "json").data == []
    why = ("--tps", TPS[0], "--reason", "x", "--by", "Budi")
    refused("second-entry-missing", "accept", *where, *why, tps="32.07.01.1001.001")
    refused("second-entry-missing", "correct", *where, "--set", "votes.1=1", *why,
            tps="32.07.01.1001.001")  # fmt: skip


def test_a_unit_that_is_not_there_or_too_small_is_refused(full_office: Path) -> None:
    totals = ("totals", full_office, "--contest", BUPATI)
    refused("unit-unknown", *totals, "--level", "desa", "--under", "99", unit="99")
    refused("unit-unknown", "findings", full_office, "--contest", BUPATI, "--under", "3207011001777",
            unit="32.07.01.1001.777")  # fmt: skip
    refused("level-above-unit", "status", full_office, "--level", "kabko", "--under", "320701",
            unit="32.07.01")  # fmt: skip
    refused("level-above-unit", *totals, "--level", "kecamatan", "--under", DESA,
            unit="32.07.01.1001")  # fmt: skip
    done(*totals, "--level", "tps", "--under", TPS[2])
    said = done("status", full_office, "--contest", BUPATI, "--under", DESA, "--format", "json")
    assert [row["code"] for row in said.data["progress"]] == [DESA], "its own level by default"


@pytest.mark.parametrize("verb", ["close", "sheet", "restore", "rebuild", "enter"])
def test_kill_9_at_any_moment_leaves_whole_files(
    full_office: Path, table: Path, tmp_path: Path, verb: str
) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    done("mirror", full_office, stick)
    paper, restored = tmp_path / "kertas.pdf", tmp_path / "pulih.rekap"
    where = (full_office, "--contest", BUPATI)
    verbs: dict[str, tuple[str | Path, ...]] = {
        "close": ("close", *where, "--by", "Siti"),
        "sheet": ("sheet", *where, "--to", paper),
        "restore": ("restore", stick / "ciamis.cermin", "--to", restored),
        "rebuild": ("rebuild", full_office),
        "enter": ("enter", full_office, table, "--contest", BUPATI, "--by", "Budi"),
    }
    given = verbs[verb]
    for part in (0.5, 0.7, 0.85, 0.95):
        process = subprocess.Popen([sys.executable, "-m", "recap_desktop", *given], cwd=ROOT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(part * 0.8)
        process.kill()
        process.wait()
        done("audit", full_office)
        if paper.exists():
            assert paper.read_bytes().rstrip().endswith(b"%%EOF")
        if restored.exists():
            done("audit", restored)
            restored.unlink()
