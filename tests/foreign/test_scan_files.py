"""Files that people bring as pictures: read when they are, refused each with its own sentence."""

import io
import itertools
import zlib

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from recap_desktop.election.records.attachments import Media
from recap_desktop.foreign import scan_files
from recap_desktop.foreign.scan_files import Light, Pixels, draw_page, look
from recap_desktop.problems import KnownProblem
from tests.made_up.scans import HEIC, jpeg, large_png, pdf, png


def locked_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("rahasia", canPrint=0))
    canvas.drawString(100, 100, "x")
    canvas.save()
    return out.getvalue()


def pixel(level: Pixels, x: int, y: int) -> tuple[int, int, int]:
    at = (y * level.width + x) * 4
    blue, green, red = level.raw[at : at + 3]
    return red, green, blue


@pytest.mark.parametrize(
    ("raw", "media", "pages"),
    [
        (jpeg(), Media.JPEG, 1),
        (png(), Media.PNG, 1),
        (pdf(3), Media.PDF, 3),
        (b"\n\n" + pdf(2), Media.PDF, 2),
    ],
)
def test_a_picture_is_known_by_its_bytes_whatever_its_name(
    raw: bytes, media: Media, pages: int
) -> None:
    assert look(raw, "catatan.txt") == (media, pages)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "scan-empty"),
        (HEIC, "scan-heic"),
        (b"kode_desa,tps\n", "scan-no-picture"),
        (b"GIF89a" + b"\x00" * 40, "scan-no-picture"),
        (jpeg()[:-200], "scan-damaged"),
        (jpeg()[:20], "scan-damaged"),
        (png()[:-40], "scan-damaged"),
        (png()[:60] + b"\x00" * 30 + png()[90:], "scan-damaged"),
        (pdf()[:400], "scan-damaged"),
        (b"%PDF-1.7\n", "scan-damaged"),
        (locked_pdf(), "scan-locked"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_own_sentence(raw: bytes, code: str) -> None:
    with pytest.raises(KnownProblem) as caught:
        look(raw, "a.jpg")
    assert caught.value.code == code


def test_a_picture_that_claims_a_huge_size_is_refused_before_it_is_decoded() -> None:
    head = bytearray(png())
    # Width and height stand in the first chunk; its checksum follows.
    header = b"IHDR" + (60_000).to_bytes(4) + (60_000).to_bytes(4) + bytes(head[24:29])
    claimed = bytes(head[:12]) + header + zlib.crc32(header).to_bytes(4) + bytes(head[33:])
    with pytest.raises(KnownProblem, match="scan-too-many-pixels"):
        look(claimed, "a.png")


def test_a_file_and_a_document_have_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_files, "LARGEST", 1000)
    with pytest.raises(KnownProblem, match="scan-too-large"):
        look(jpeg(), "a.jpg")
    monkeypatch.undo()
    monkeypatch.setattr(scan_files, "MOST_PAGES", 2)
    with pytest.raises(KnownProblem, match="scan-too-many-pages"):
        look(pdf(3), "a.pdf")


@pytest.mark.parametrize(("turned", "corner"), [(0, (10, 10)), (6, (10, 10)), (3, (10, 10))])
def test_a_photo_is_drawn_as_it_was_held(turned: int, corner: tuple[int, int]) -> None:
    upright = Image.open(io.BytesIO(jpeg(size=(400, 600))))
    back = {0: None, 6: Image.Transpose.ROTATE_90, 3: Image.Transpose.ROTATE_180}[turned]
    laid = upright.transpose(back) if back is not None else upright
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = turned or 1
    laid.save(out, "JPEG", exif=exif)
    level = draw_page(out.getvalue(), Media.JPEG, 0, most=10**6)[0]
    assert (level.width, level.height) == (400, 600)
    assert all(abs(value - 120) < 30 for value in pixel(level, *corner))


def test_each_level_is_half_as_large_and_none_is_larger_than_asked() -> None:
    levels = draw_page(jpeg(size=(3000, 4000)), Media.JPEG, 0, most=3_000_000)
    assert levels[0].width * levels[0].height <= 6_000_000
    for larger, smaller in itertools.pairwise(levels):
        assert abs(larger.width - 2 * smaller.width) <= 1
        assert len(smaller.raw) == smaller.width * smaller.height * 4
    assert max(levels[-1].width, levels[-1].height) <= 800


def test_light_makes_grey_brighter_and_contrast_pulls_it_apart() -> None:
    raw = jpeg()
    plain, bright, hard = (
        pixel(draw_page(raw, Media.JPEG, 0, most=10**6, light=light)[0], 10, 10)[0]
        for light in (Light(), Light(brightness=2), Light(contrast=3))
    )
    assert bright > plain > hard
    white = draw_page(raw, Media.JPEG, 0, most=10**6, light=Light(contrast=3))[0]
    assert pixel(white, 150, 300) == (255, 255, 255)


def test_each_page_of_a_document_is_a_page(capfd: pytest.CaptureFixture[str]) -> None:
    raw = pdf(2)
    first, second = (draw_page(raw, Media.PDF, page, most=10**6)[0] for page in (0, 1))
    assert first.raw != second.raw and (first.width, first.height) == (second.width, second.height)
    with pytest.raises(KnownProblem, match="scan-damaged"):
        draw_page(raw, Media.PDF, 7, most=10**6)
    assert capfd.readouterr().err == ""


def test_the_made_up_documents_are_what_they_say() -> None:
    document = PdfDocument(pdf(4))
    assert len(document) == 4
    document.close()
    assert len(large_png()) > 256 * 1024
