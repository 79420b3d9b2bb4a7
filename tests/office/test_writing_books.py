"""A book on its way into a file: page by page, in full or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from recap_desktop.election.papers import books
from recap_desktop.office.papers.printing import Book, draw, write_book
from recap_desktop.paper.attached import Attached
from recap_desktop.problems import KnownProblem
from tests.adversaries.full_disk import room_for
from tests.made_up.papers import KECAMATAN, election_of, facts_of, filled

ROOT = Path(__file__).parents[2]
FILES = (Attached.of("tps.csv", "Angka setiap TPS", "text/csv", [b"tps\r\n"] * 900),)
EARLIER = b"what was there before"

KILLED = """
import os, signal, sys
from pathlib import Path
from recap_desktop.election.papers import sheets
from recap_desktop.office.papers.printing import Book, write_book
from tests.adversaries.full_disk import room_for
from tests.made_up.papers import DESA, election_of, facts_of, filled

election = election_of({DESA: 40})
def papers():
    yield sheets.desa_sheet(facts_of(election), DESA, filled(election))
    os.kill(os.getpid(), signal.SIGKILL)
write_book(Book(papers(), None), Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def book() -> Book:
    election = election_of({f"32070120{number:02d}": 30 for number in range(1, 9)})
    papers = books.office_book(facts_of(election), KECAMATAN, filled(election))
    return Book(papers, None, FILES)


@pytest.mark.parametrize("archival", [False, True])
def test_a_file_has_the_bytes_that_are_drawn(book: Book, tmp_path: Path, *, archival: bool) -> None:
    path = tmp_path / "buku.pdf"
    write_book(book, path, stamp="Salinan 2", archival=archival)
    assert path.read_bytes() == draw(book, stamp="Salinan 2", archival=archival)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("part", [0.01, 0.5, 0.999])
def test_a_medium_that_fills_up_leaves_the_earlier_file(
    book: Book, tmp_path: Path, part: float
) -> None:
    path = tmp_path / "buku.pdf"
    path.write_bytes(EARLIER)
    with room_for(int(len(draw(book)) * part)), pytest.raises(KnownProblem) as caught:
        write_book(book, path)
    assert caught.value.code == "file-cannot-be-written"
    assert caught.value.details == {"path": str(path), "reason": "EFBIG"}
    assert list(tmp_path.iterdir()) == [path] and path.read_bytes() == EARLIER


def test_a_program_that_is_killed_leaves_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "buku.pdf"
    path.write_bytes(EARLIER)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == EARLIER
