"""What a PDF is beside its pages, read back by poppler and by its own bytes."""

from __future__ import annotations

import io
import re
import subprocess
import zlib
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageCms

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.papers import books
from recap_desktop.election.papers.sheets import desa_sheet
from recap_desktop.paper import colours
from recap_desktop.paper.attached import Attached
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings
from tests.made_up.papers import DESA, KECAMATAN, election_of, facts_of, filled

F4 = PaperSettings()
FILES = (
    Attached.of("tps.csv", "Angka setiap TPS", "text/csv", [b"tps\r\n"] * 900),
    Attached.of(
        "hasil.json", "Bukti \N{EN DASH} hasil", "application/json", [bytes(range(256))] * 40
    ),
)


@pytest.fixture(scope="module")
def papers() -> tuple[books.Bound, ...]:
    election = election_of({DESA: 17})
    return tuple(books.office_book(facts_of(election), KECAMATAN, filled(election)))


def said_by(tool: str, path: Path, *options: str) -> str:
    command = [tool, *options, str(path)]
    if tool == "pdftotext":
        command.append("-")
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert done.stderr == ""
    return done.stdout


def test_files_in_a_pdf_come_out_as_they_went_in(
    papers: tuple[books.Bound, ...], tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(draw_book(papers, F4, files=FILES))
    assert said_by("pdfdetach", path, "-list").splitlines() == [
        "2 embedded files",
        "1: hasil.json",
        "2: tps.csv",
    ]
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(path)], check=True)
    for file in FILES:
        assert (tmp_path / file.name).read_bytes() == file.raw
    raw = path.read_bytes()
    assert raw.count(b"/AFRelationship /Data") == 2
    assert re.search(rb"/AF \[ \d+ 0 R \d+ 0 R \]", raw)


def test_the_same_files_make_the_same_bytes_and_none_leave_no_trace(
    papers: tuple[books.Bound, ...],
) -> None:
    raw = draw_book(papers, F4, files=FILES)
    assert draw_book(papers, F4, files=FILES[::-1]) == raw
    plain = draw_book(papers, F4)
    assert b"/AF " not in plain and b"/EmbeddedFile" not in plain and b"/Names" not in plain


def test_a_pdf_says_its_language_its_title_and_the_pages_of_each_paper(
    papers: tuple[books.Bound, ...], tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(draw_book(papers, F4))
    raw = path.read_bytes()
    assert b"/Lang (id-ID)" in raw and b"/DisplayDocTitle true" in raw
    told = said_by("pdfinfo", path)
    assert re.search(r"^Creator: +Recap Desktop$", told, re.MULTILINE)
    assert re.search(r"^Producer: +Recap Desktop$", told, re.MULTILINE)
    document = pdfium.PdfDocument(raw)
    labels = [document.get_page_label(at) for at in range(len(document))]
    names = [paper.face.name for paper in papers]
    document.close()
    assert labels[:2] == [f"{names[0]} 1", f"{names[0]} 2"]
    assert {label.rpartition(" ")[0] for label in labels} == set(names)


def test_the_text_of_a_sheet_reads_row_by_row(tmp_path: Path) -> None:
    election = election_of({DESA: 5}, mode=Mode.REAL)
    sheet = desa_sheet(facts_of(election), DESA, filled(election))
    path = tmp_path / "sheet.pdf"
    path.write_bytes(draw_book([sheet], F4))
    shown = [line.split() for line in said_by("pdftotext", path, "-layout").splitlines()]
    (block,) = sheet.blocks(15)
    rows = [list(block.texts(line.cell)) for _, line in sheet.arrangement.lines]
    found = [line[-len(rows[0]) :] for line in shown if line[-len(rows[0]) :] in rows]
    assert found == rows
    # A label of one line stands in the line of its figures.
    whole = [
        [*row.number.split(), *row.labels[0].split(), *block.texts(line.cell)]
        for row, line in sheet.arrangement.lines
        if len(row.lines) == 1 and len(row.labels) == 1
    ]
    assert sum(row in shown for row in whole) > len(whole) / 2


def test_every_stream_ends_with_a_line_of_its_own(papers: tuple[books.Bound, ...]) -> None:
    raw = draw_book(papers, F4, files=FILES)
    lengths = [
        (found.end(), int(re.findall(rb"/Length (\d+)", raw[: found.start()])[-1]))
        for found in re.finditer(rb"(?<=\nstream)\n", raw)
    ]
    assert len(lengths) > 10
    assert all(raw[at + size :].startswith(b"\nendstream\n") for at, size in lengths)


def test_the_archive_form_has_what_pdf_a_asks_for(papers: tuple[books.Bound, ...]) -> None:
    raw = draw_book(papers, F4, files=FILES, archival=True)
    assert draw_book(papers, F4, archival=True) == raw
    assert raw.startswith(b"%PDF-1.4\n%") and min(raw[10:14]) > 127
    for forbidden in (b"/EmbeddedFile", b"/AF ", b"/Encrypt", b"/SMask", b"/Group", b"/JavaScript"):
        assert forbidden not in raw
    assert raw.count(b"/FontFile2") == raw.count(b"/Type /FontDescriptor") > 0
    assert b"/S /GTS_PDFA1" in raw
    stream = raw.index(b"stream\n", raw.index(b"/N 3")) + len(b"stream\n")
    assert zlib.decompressobj().decompress(raw[stream:]) == colours.profile()


def test_the_archive_form_says_the_same_twice(papers: tuple[books.Bound, ...]) -> None:
    raw = draw_book(papers, F4, archival=True)
    xmp = raw[raw.index(b"<?xpacket") : raw.index(b'<?xpacket end="r"?>')].decode()
    document = pdfium.PdfDocument(raw)
    told = document.get_metadata_dict()
    document.close()
    for key in ("Title", "Subject", "Author"):
        assert f">{told[key]}<" in xmp
    assert f"<pdf:Producer>{told['Producer']}</pdf:Producer>" in xmp
    assert f"<xmp:CreatorTool>{told['Creator']}</xmp:CreatorTool>" in xmp
    assert f"<pdf:Keywords>{told['Keywords']}</pdf:Keywords>" in xmp
    assert told["CreationDate"].startswith("D:20000101000000") and "2000-01-01T00:00:00" in xmp
    assert "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in xmp


def test_the_profile_is_of_version_two_and_pillow_reads_it() -> None:
    raw = colours.profile()
    assert raw[8:10] == b"\x02\x10" and int.from_bytes(raw[:4], "big") == len(raw) < 2_000
    read = ImageCms.getOpenProfile(io.BytesIO(raw))
    assert ImageCms.getProfileName(read).strip() == colours.NAME
    to_own = ImageCms.buildTransform(read, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    picture = Image.new("RGB", (3, 1))
    for at, colour in enumerate(((0, 0, 0), (200, 30, 90), (255, 255, 255))):
        picture.putpixel((at, 0), colour)
    shown = ImageCms.applyTransform(picture, to_own)
    assert shown is not None
    for at in range(3):
        wanted, got = picture.getpixel((at, 0)), shown.getpixel((at, 0))
        assert isinstance(wanted, tuple) and isinstance(got, tuple)
        assert all(abs(a - b) <= 2 for a, b in zip(wanted, got, strict=True))
