"""The file between posts: what was written is read, and anything cut off or changed is refused."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.records.canonical import canonical
from recap_desktop.exchange import exchange_file
from recap_desktop.exchange.exchange_file import Header, read_header, read_records, write_exchange
from recap_desktop.problems import KnownProblem

HEADER = Header("e" * 64, "rehearsal", "320701", "p" * 32, "2024-11-28T09:00:01+07:00")
RECORDS = [canonical({"seq": number, "name": "Mëja"}) for number in range(3)]
REFUSALS = {"not-an-exchange-file", "exchange-cut-off", "exchange-damaged"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of three records."""
    made = tmp_path / "a.tukar"
    write_exchange(made, HEADER, RECORDS)
    return made


def refusal(path: Path) -> str:
    """The code with which a file is refused, by whatever reads it."""
    codes = []
    for read in (read_header, read_records):
        with pytest.raises(KnownProblem) as caught:
            read(path)
        assert caught.value.details["file"] == str(path)
        codes.append(caught.value.code)
    assert len(set(codes)) == 1
    return codes[0]


@given(
    st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2**53))),
    st.sampled_from(["", "p" * 32]),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, said: list[dict[str, int]], post: str
) -> None:
    path = tmp_path_factory.mktemp("stik") / "a.tukar"
    header = Header("e" * 64, "real", "32", post, HEADER.time)
    records = [canonical(one) for one in said]
    write_exchange(path, header, iter(records))
    assert (read_header(path), read_records(path)) == (header, records)
    assert [file.name for file in path.parent.iterdir()] == ["a.tukar"]


def test_a_file_cut_off_at_any_byte_is_refused(path: Path) -> None:
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert refusal(path) == "exchange-cut-off", length


def test_a_byte_changed_anywhere_is_refused(path: Path) -> None:
    whole = path.read_bytes()
    for place in range(len(whole)):
        for bit in range(8):
            changed = bytearray(whole)
            changed[place] ^= 1 << bit
            path.write_bytes(changed)
            assert refusal(path) in REFUSALS, (place, bit)


@pytest.mark.parametrize("place", [0, 1, 2, 3, 4])
def test_a_line_more_less_or_twice_is_refused(path: Path, place: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    for harmed in (
        [*lines[:place], *lines[place + 1 :]],
        [*lines[: place + 1], *lines[place:]],
        [*lines[:place], b"{}\n", *lines[place:]],
        [*lines, lines[place]],
    ):
        path.write_bytes(b"".join(harmed))
        assert refusal(path) in REFUSALS


def test_line_ends_of_another_system_are_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert refusal(path) in REFUSALS


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04" + b"\0" * 100,
        b"\0" * 100,
        b"kode_desa,tps\n32.07.01.1001,1\n",
        canonical({"format": "REKAP/1/election", "election": "x"}),
        canonical({"election": "x", "format": "REKAP/2/exchange"}) + b"\n{}\n{}\n",
        b'{"election":["x"],"format":"REKAP/1/exchange"}\n{}\n{}\n',
        b'{"election":"x","format":"REKAP/1/exchange","more":"y"}\n{}\n{}\n',
    ],
)
def test_another_file_is_none(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    assert refusal(path) in {"not-an-exchange-file", "exchange-cut-off"}


def test_a_huge_file_is_refused_without_reading_it(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(exchange_file.LARGEST + 1)
    assert refusal(path) == "exchange-too-large"


def test_a_huge_line_is_refused_before_it_is_held(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(exchange_file.LARGEST)
    assert refusal(path) == "exchange-too-large"


def test_more_than_can_be_read_is_not_written(tmp_path: Path) -> None:
    one = b"x" * (exchange_file.LONGEST - 1)
    with pytest.raises(KnownProblem, match="exchange-too-large"):
        write_exchange(tmp_path / "a.tukar", HEADER, [one] * 65)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.tukar") == "exchange-not-read"
    (tmp_path / "folder.tukar").mkdir()
    assert refusal(tmp_path / "folder.tukar") == "exchange-not-read"


@pytest.mark.skipif(sys.platform == "win32", reason="there are none")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.tukar")
    assert refusal(tmp_path / "a.tukar") == "not-an-exchange-file"


def test_a_medium_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnownProblem) as caught:
        write_exchange(tmp_path / "gone" / "a.tukar", HEADER, RECORDS)
    assert (caught.value.code, caught.value.details["reason"]) == ("exchange-not-written", "ENOENT")


LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from recap_desktop.exchange.exchange_file import Header, write_exchange
from recap_desktop.problems import KnownProblem
resource.setrlimit(resource.RLIMIT_FSIZE, (300, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
try:
    write_exchange(Path(sys.argv[1]), Header("e", "real", "32", "p", "t"), [b"x" * 400])
except KnownProblem as problem:
    print(problem.code, problem.details["reason"])
"""
"""A process whose files can have no more than 300 bytes, as on a stick that is full."""


@pytest.mark.skipif(sys.platform == "win32", reason="limits no files")
def test_a_full_medium_is_left_as_it_was(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", LITTLE_ROOM, str(tmp_path / "a.tukar")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["exchange-not-written", "EFBIG"]
    assert list(tmp_path.iterdir()) == []


WRITER = """
import itertools, sys
from pathlib import Path
from recap_desktop.exchange.exchange_file import Header, write_exchange
header = Header("e", "real", "32", "p", "t")
for number in itertools.count():
    write_exchange(Path(sys.argv[1]) / f"{number}.tukar", header, [b"x" * 1_000_000] * 4)
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("delay", [0.0, 0.003, 0.006, 0.011, 0.02])
def test_a_program_that_is_killed_leaves_no_half_file(tmp_path: Path, delay: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        said = int(writer.stdout.readline())
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().split()
    last = int(rest[-1]) if rest else said
    found = sorted(tmp_path.glob("*.tukar"))
    assert {f"{number}.tukar" for number in range(last + 1)} <= {path.name for path in found}
    for path in found:
        assert len(read_records(path)) == 4
