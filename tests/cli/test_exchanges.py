"""Two laptops of one office, worked from the command line."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from recap_desktop.exchange.exchange_file import SUFFIX
from tests.cli.conftest import HEADER, csv_row
from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.offices import BUPATI, TPS, valid_bupati


class Laptops:
    """Two laptops with a stick between them; each has its own keys."""

    def __init__(self, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.stick = office.with_name("stik")
        self.stick.mkdir()
        self.first, self.second = office, office.with_name("ciamis-2.rekap")
        shutil.copy(self.first, self.second)
        self._patch = monkeypatch
        self.at_second()
        done("office", "new-post", self.second)

    def at_first(self) -> None:
        self._patch.undo()

    def at_second(self) -> None:
        self._patch.setenv("RECAP_DATA_DIR", str(self.stick.with_name("second laptop")))


@pytest.fixture
def laptops(office: Path, monkeypatch: pytest.MonkeyPatch) -> Laptops:
    return Laptops(office, monkeypatch)


def type_in(office: Path, tps: str, kosong: int, by: str) -> None:
    table = office.with_suffix(".csv")
    table.write_text(f"{HEADER}\n{csv_row(tps, valid_bupati(kosong))}\n", "utf-8")
    done("enter", office, table, "--contest", BUPATI, "--by", by)


def test_what_is_typed_on_two_laptops_comes_together(laptops: Laptops) -> None:
    type_in(laptops.second, TPS[0], 40, "Budi")
    type_in(laptops.second, TPS[1], 41, "Budi")
    said = done("exchange", "out", laptops.second, laptops.stick)
    (path,) = laptops.stick.iterdir()
    assert said.out == WORDS("cli.exchanged-out", path=str(path), records=5) + "\n"
    laptops.at_first()
    type_in(laptops.first, TPS[1], 50, "Ani")
    lines = done("exchange", "in", laptops.first, laptops.stick).out.splitlines()
    one = {"contest": BUPATI, "tps": "32.07.01.1001.001"}
    two = {"contest": BUPATI, "tps": "32.07.01.1001.002"}
    assert lines == [
        WORDS("cli.exchange.taken", new=4, known=1, files=1),
        WORDS("cli.exchange.changed", **one, before="kosong", after="satu entri"),
        WORDS("cli.exchange.changed", **two, before="satu entri", after="entri berbeda"),
        WORDS("cli.exchange.unsettled", **two, state="entri berbeda"),
    ]
    again = done("exchange", "in", laptops.first, path, path)
    assert again.out == WORDS("cli.exchange.taken", new=0, known=5, files=1) + "\n"


def test_posts_are_listed_and_one_is_lost(laptops: Laptops) -> None:
    type_in(laptops.second, TPS[0], 40, "Budi")
    done("exchange", "out", laptops.second, laptops.stick)
    type_in(laptops.second, TPS[1], 41, "Budi")
    type_in(laptops.second, TPS[2], 42, "Budi")
    laptops.at_first()
    done("exchange", "in", laptops.first, laptops.stick)
    one, two = done("posts", laptops.first, "--format", "json").data
    assert (one["number"], one["is_own"], two["number"], two["is_own"]) == (1, True, 2, False)
    assert (two["records"], two["late"], two["lost"]) == (3, 0, "")
    shown = done("posts", laptops.first).out
    assert WORDS("cli.post.name", number=2, post=two["id"][:8]) in shown
    rows = csv.DictReader(io.StringIO(done("posts", laptops.first, "--format", "csv").out))
    assert [row["id"] for row in rows] == [one["id"], two["id"]]

    why = ("--reason", "laptop tersiram air", "--by", "Ani")
    refused("post-is-own", "post-lost", laptops.first, "1", *why)
    listed = f"1 ({one['id'][:8]}), 2 ({two['id'][:8]})"
    refused("post-unknown", "post-lost", laptops.first, "7", *why, post="7", posts=listed)
    said = done("post-lost", laptops.first, "2", *why)
    assert said.out == WORDS("cli.post-lost", number=2, post=two["id"][:8], records=3) + "\n"
    refused("post-already-lost", "post-lost", laptops.first, "2", *why, number=2)
    assert "laptop tersiram air" in done("history", laptops.first, "--contest", BUPATI).out

    laptops.at_second()
    done("exchange", "out", laptops.second, laptops.stick)
    laptops.at_first()
    said = done("exchange", "in", laptops.first, laptops.stick)
    for tps in ("32.07.01.1001.002", "32.07.01.1001.901"):
        subject = f"{BUPATI} {tps}"
        line = WORDS("cli.exchange.late-of-lost", number=2, subject=subject, what="entri")
        assert line in said.out.splitlines()
    shown = done("history", laptops.first, "--contest", BUPATI, "--tps", TPS[1]).out
    assert "berlaku, terlambat" in shown
    assert [post["late"] for post in done("posts", laptops.first, "--format", "json").data] == [
        0,
        2,
    ]


def test_a_closed_contest_says_that_it_has_moved_on(laptops: Laptops) -> None:
    type_in(laptops.second, TPS[0], 44, "Budi")
    done("exchange", "out", laptops.second, laptops.stick)
    laptops.at_first()
    for number, tps in enumerate(TPS):
        type_in(laptops.first, tps, 40 + number, "Ani")
    done(
        "accept", laptops.first, "--contest", BUPATI, "--tps", TPS[0], "--reason", "x", "--by", "A"
    )
    done("close", laptops.first, "--contest", BUPATI, "--by", "Ani")
    said = done("exchange", "in", laptops.first, laptops.stick).out
    subject = f"{BUPATI} 32.07.01.1001.001"
    assert WORDS("cli.exchange.late", number=2, subject=subject, what="entri") in said
    moved = WORDS("cli.exchange.moved-on", contest=BUPATI, unit="32.07.01", revision=1)
    assert moved in said


def test_a_broken_file_is_named_and_the_rest_is_taken(laptops: Laptops) -> None:
    done("exchange", "out", laptops.second, laptops.stick)
    broken = laptops.stick / f"rusak{SUFFIX}"
    (whole,) = laptops.stick.iterdir()
    broken.write_bytes(whole.read_bytes()[:-1])
    laptops.at_first()
    refused("exchange-cut-off", "exchange", "in", laptops.first, broken, file=str(broken))
    said = run("exchange", "in", laptops.first, laptops.stick)
    assert said.status == 1 and WORDS("problem.exchange-cut-off", file=str(broken)) in said.err
    assert said.out == WORDS("cli.exchange.taken", new=1, known=1, files=1) + "\n"


def test_where_nothing_can_be_written_or_found_is_said(laptops: Laptops) -> None:
    gone = laptops.stick / "tiada"
    refused(
        "exchange-none", "exchange", "in", laptops.second, laptops.stick, folder=str(laptops.stick)
    )
    said = run("exchange", "out", laptops.second, gone)
    assert said.status == 2 and "berkas atau folder tidak ada" in said.err
    said = run("exchange", "in", laptops.second)
    assert said.status == 2 and "FOLDER_ATAU_BERKAS" in said.err
