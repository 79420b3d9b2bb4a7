"""The memory that a PDF takes does not grow with its pages; measured from outside the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES, MORE = 250, 4
MOST_MEGABYTES = 3.0
"""What three times as many further pages may take: of each a kilobyte is kept, to find it again.

A page of figures is 30 KB as it is drawn, and 3 KB packed.
"""

WRITE = """
import sys
from pathlib import Path
from recap_desktop.election.papers import sheets
from recap_desktop.election.papers.books import Papers
from recap_desktop.office.papers.printing import Book, write_book
from recap_desktop.paper.book import count_pages
from recap_desktop.office.papers.printing import settings_of
from tests.made_up.papers import DESA, election_of, facts_of, filled

wanted, path = int(sys.argv[1]), Path(sys.argv[2])
election = election_of({DESA: 44})
facts, tallied = facts_of(election), filled(election)
make = lambda: sheets.desa_sheet(facts, DESA, tallied)
each = count_pages([make()], settings_of("f4"))
write_book(Book(Papers([make] * (wanted // each + 1)), None), path)
# Not ru_maxrss, which begins with that of the process we were started from.
(most,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(most.split()[1]) / 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux says what a process took")
def test_four_times_as_many_pages_take_the_same_memory(tmp_path: Path) -> None:
    few, many = (_peak(pages, tmp_path / f"{pages}.pdf") for pages in (PAGES, PAGES * MORE))
    sizes = [path.stat().st_size for path in sorted(tmp_path.iterdir())]
    assert max(sizes) > 3 * min(sizes)
    assert many - few < MOST_MEGABYTES, f"{few:.1f} MB, then {many:.1f} MB"


def _peak(pages: int, path: Path) -> float:
    command = [sys.executable, "-c", WRITE, str(pages), str(path)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(said.stdout)
