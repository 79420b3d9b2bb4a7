"""The largest sheets there are, against a bare canvas, Typst and LibreOffice.

    pytest tests/benchmarks/test_largest_sheets.py

All get the same figures. The bare canvas draws these and the rules of the grid, Typst the table of
each page with its heads and labels, LibreOffice the workbook of the same sheets; only ours are
whole papers. Read the ratio to the bare canvas, and the lines that say pages a second and the most
memory of a process of its own. LibreOffice takes minutes for the kabupaten, Typst 2 GB.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.election.practice.practice import Practice
from recap_desktop.office.entry.entering import enter_all
from recap_desktop.office.opening import create_office_for
from tests.benchmarks import contenders, largest_sheets
from tests.benchmarks.contenders import Page
from tests.benchmarks.kabupaten import KABUPATEN, kabupaten
from tests.benchmarks.test_office_speed import measure
from tests.made_up.made_up_pemilu import seeded

ROOT = Path(__file__).parents[2]
SHEETS = {
    "every sheet of a kabupaten of 7,908 TPS": largest_sheets.of_a_kabupaten,
    "every sheet of a kecamatan of 1,591 TPS": largest_sheets.of_a_kecamatan,
    "the DPR sheet of 108 desa": largest_sheets.of_dpr,
}
MOST_MEGABYTES = 150

WRITE = """
import sys
from pathlib import Path
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.opening import open_office
from recap_desktop.office.papers.copying import read_paper
from recap_desktop.office.papers.printing import write_book

office = open_office(Path(sys.argv[1]))
read = read_paper(office, office.contests[0], PaperOf(sys.argv[2]))
write_book(read.make(), Path(sys.argv[3]))
(most,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(most.split()[1]) / 1024)
"""


@dataclass
class Prepared:
    """What all of them draw, and the folder where it lies."""

    name: str
    folder: Path
    sheets: tuple[Sheet, ...]
    pages: tuple[Page, ...]


@pytest.fixture(scope="module", params=SHEETS)
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("largest")
    sheets = tuple(SHEETS[request.param]())
    contenders.prepare(folder, sheets)
    return Prepared(request.param, folder, sheets, tuple(contenders.pages_of(sheets)))


@pytest.mark.parametrize("name", contenders.CONTENDERS)
def test_sheets(
    benchmark: BenchmarkFixture,
    capsys: pytest.CaptureFixture[str],
    prepared: Prepared,
    name: str,
) -> None:
    if lacking := contenders.lacking(name):
        pytest.skip(lacking)
    path = prepared.folder / f"{name}.pdf"
    in_memory: dict[str, Callable[[], None]] = {
        "ours": lambda: contenders.draw_ours(prepared.sheets, path),
        "bare canvas": lambda: contenders.draw_bare(prepared.pages, path),
    }
    benchmark.group = prepared.name
    # Typst remembers what it made of the same input, and LibreOffice takes its time.
    rounds = 3 if name in in_memory else 1
    draw = in_memory.get(name, lambda: contenders.CONTENDERS[name](prepared.folder, path))
    measure(benchmark, draw, rounds=rounds)
    pages = count_pages(path)
    most = contenders.megabytes(name, prepared.folder)
    benchmark.extra_info.update(pages=pages, megabytes=most)
    if benchmark.stats is None:
        return
    each = len(prepared.pages) / benchmark.stats.stats.min
    with capsys.disabled():
        print(  # noqa: T201 - for the reader
            f"\n{prepared.name}, {name}: {pages} pages, {each:.0f} of our pages a second, "
            f"{most:.0f} MB at most"
        )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office of a kabupaten of 7,908 TPS in the contest of DPR, every form entered."""
    whole = kabupaten(largest_sheets.STATIONS)
    (contest,) = (one for one in whole.contests if one.id == "dpr")
    forms = {contest.form: whole.forms[contest.form]}
    election = replace(whole, contests=(contest,), forms=forms)
    path = tmp_path_factory.mktemp("office") / "kabupaten.rekap"
    made = create_office_for(path, election=election, region=KABUPATEN)
    practice = Practice(election, seeded(1)).forms(contest.id)
    enter_all(
        made, contest.id, [(form.tps, form.written) for form in practice if form.written], by="Siti"
    )
    made.close()
    return path


@pytest.mark.parametrize("kind", ["sheets", "typists"])
def test_the_papers_of_a_kabupaten_fit_into_little_memory(
    office: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the office file to the PDF, in a process of its own."""
    path = office.with_name(f"{kind}.pdf")
    command = [sys.executable, "-c", WRITE, str(office), kind, str(path)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    most = float(said.stdout)
    with capsys.disabled():
        print(f"\n{kind}: {count_pages(path)} pages, {most:.0f} MB at most")  # noqa: T201 - for the reader
    assert most < MOST_MEGABYTES


def count_pages(path: Path) -> int:
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()
