"""Every paper of the gallery in its archive form, judged by Apache PDFBox Preflight.

Asked for by name: ``pytest tests/preflight``. It needs Java and the Debian packages
``libpdfbox2-java libfontbox2-java libcommons-logging-java libactivation-java libjaxb-api-java``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from recap_desktop.office.opening import open_office
from recap_desktop.office.papers.printing import book_of, write_book
from recap_desktop.paper.attached import Attached
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings, PaperSize
from tests import gallery
from tests.made_up.every_form import CASES, papers_of
from tests.made_up.offices import BUPATI
from tests.scenes.emblem_scenes import marked

_JARS = tuple(
    Path("/usr/share/java") / f"{name}.jar"
    for name in (
        *("pdfbox2", "preflight", "fontbox2", "xmpbox"),
        *("commons-logging", "javax.activation", "jaxb-api"),
    )
)
_SETTINGS = {size.value: PaperSettings(size=size) for size in PaperSize}

if shutil.which("java") is None or not all(jar.is_file() for jar in _JARS):
    pytest.skip("Preflight is not installed: see the first lines", allow_module_level=True)


def judged(folder: Path) -> dict[str, bool]:
    """File -> whether Preflight calls it valid; one start of Java for all."""
    command = ["java", "-cp", ":".join(map(str, _JARS))]
    command += ["org.apache.pdfbox.preflight.Validator_A1b", "xml", "batch", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return {
        report.name.removesuffix(".preflight.xml"): re.search(
            r'<isValid type="PDF.?A1-?b">true</isValid>', report.read_text("utf-8")
        )
        is not None
        for report in folder.glob("*.preflight.xml")
    }


def test_every_paper_of_every_form_is_valid(tmp_path: Path) -> None:
    made = 0
    for case in CASES:
        for level, sheet in papers_of(case).items():
            pdf = draw_book([sheet], PaperSettings(), archival=True)
            (tmp_path / f"{case.name}-{level}.pdf").write_bytes(pdf)
            made += 1
        for level, deeds in gallery.deeds_of(case).items():
            pdf = draw_book(deeds, PaperSettings(), archival=True)
            (tmp_path / f"{case.name}-{level}-deeds.pdf").write_bytes(pdf)
            made += 1
    told = judged(tmp_path)
    assert len(told) == made
    assert [name for name, valid in told.items() if not valid] == []


def test_every_paper_of_a_plenary_is_valid_on_every_size(tmp_path: Path) -> None:
    made = 0
    for name, book in gallery.books_of_hall():
        for size, settings in _SETTINGS.items():
            pdf = draw_book(book.papers, settings, files=book.files, archival=True)
            (tmp_path / f"{name}-{size}.pdf").write_bytes(pdf)
            made += 1
    told = judged(tmp_path)
    assert len(told) == made
    assert [name for name, valid in told.items() if not valid] == []


def test_papers_with_the_mark_of_an_office_are_valid(tmp_path: Path) -> None:
    path = tmp_path / "kantor.rekap"
    marked(path)
    folder = tmp_path / "papers"
    folder.mkdir()
    with closing(open_office(path)) as office:
        write_book(book_of(office, BUPATI), folder / "marked.pdf", archival=True)
    assert judged(folder) == {"marked.pdf": True}


def test_what_is_not_the_archive_form_is_not_valid(tmp_path: Path) -> None:
    sheet = next(iter(papers_of(CASES[0]).values()))
    file = Attached.of("hasil.json", "", "application/json", [b"{}"])
    (tmp_path / "plain.pdf").write_bytes(draw_book([sheet], PaperSettings(), files=[file]))
    assert judged(tmp_path) == {"plain.pdf": False}
