"""Photos, scans and PDF of the paper as people bring them: what a file is, and its pages as pixels."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records.attachments import Media
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is taken: ten times a good photo of a phone."""

MOST_PIXELS = 150_000_000
"""Of one picture; what claims more is no photo of a form."""

MOST_PAGES = 200
"""Of one PDF: a C.HASIL has some ten."""

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_MAGIC = (
    (b"\xff\xd8\xff", Media.JPEG),
    (b"\x89PNG\r\n\x1a\n", Media.PNG),
    (b"%PDF-", Media.PDF),
)
_PDF_HEADER_WITHIN = 1024
_LOCKED = 4
"""Error of PDFium for a document with a password."""

_LOOKED_AT = 1_000_000
"""Pixels with which a photo is decoded to see whether it is whole."""

_POINTS_AN_INCH, _DOTS_AN_INCH = 72, 300
_SMALLEST_SIDE = 400
_MIDDLE = 128
_CONTRAST, _BRIGHTNESS = 1.35, 22


@dataclass(frozen=True, slots=True)
class Light:
    """How bright and how hard a page is shown (terang, kontras); steps from the paper as it is."""

    brightness: int = 0
    contrast: int = 0


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as rows of pixels of four bytes: blue, green, red, nothing."""

    width: int
    height: int
    raw: bytes


def look(raw: bytes, name: str) -> tuple[Media, int]:
    """What kind of file this is, proved by reading it, and how many pages it has.

    Args:
        raw: all of its bytes.
        name: of the file as the person knows it, for what is said.

    Raises:
        KnownProblem: ``scan-empty``, ``scan-too-large``, ``scan-heic``, ``scan-no-picture``,
            ``scan-damaged``, ``scan-too-many-pixels``, ``scan-locked``, ``scan-too-many-pages``.
    """
    if not raw:
        raise KnownProblem("scan-empty", file=name)
    require_size(len(raw), name)
    media = _media(raw, name)
    if media is Media.PDF:
        return media, _count_pages(raw, name)
    try:
        _decoded(raw, most=_LOOKED_AT, name=name)
    except (OSError, SyntaxError, ValueError, IndexError, EOFError) as error:
        raise KnownProblem("scan-damaged", file=name) from error
    return media, 1


def require_size(size: int, name: str) -> None:
    """Refuse a file by its bytes, before it is read.

    Raises:
        KnownProblem: ``scan-too-large``.
    """
    if size > LARGEST:
        raise KnownProblem("scan-too-large", file=name, most=LARGEST // 1024 // 1024)


def _media(raw: bytes, name: str) -> Media:
    for magic, media in _MAGIC:
        if raw.startswith(magic):
            return media
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIF_BRANDS:
        raise KnownProblem("scan-heic", file=name)
    if b"%PDF-" in raw[:_PDF_HEADER_WITHIN]:
        return Media.PDF
    raise KnownProblem("scan-no-picture", file=name)


def _decoded(raw: bytes, *, most: int, name: str) -> Image:
    """A photo as it is held upright, with about so many pixels at most, to its last row."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy, and needed only where there are scans

    # Judged below, by a sentence of ours instead of a warning.
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG")) as image:
        pixels = image.width * image.height
        if pixels > MOST_PIXELS:
            raise KnownProblem("scan-too-many-pixels", file=name, most=MOST_PIXELS // 1_000_000)
        factor = (most / pixels) ** 0.5 if pixels > most else 1.0
        # A JPEG is decoded at once in halves, quarters or eighths, the next larger one.
        image.draft(None, (round(image.width * factor), round(image.height * factor)))
        image.load()
        upright: Image.Image = ImageOps.exif_transpose(image)
        return upright


def _opened(raw: bytes, name: str) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - heavy, as above

    try:
        return PdfDocument(raw)
    except PdfiumError as error:
        code = "scan-locked" if error.err_code == _LOCKED else "scan-damaged"
        raise KnownProblem(code, file=name) from error


def _count_pages(raw: bytes, name: str) -> int:
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - as above

    document = _opened(raw, name)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise KnownProblem("scan-too-many-pages", file=name, most=MOST_PAGES)
        sizes = [page.get_size() for page in map(document.__getitem__, range(count))]
    except PdfiumError as error:
        raise KnownProblem("scan-damaged", file=name) from error
    finally:
        document.close()
    if not sizes or any(min(size) <= 0 for size in sizes):
        raise KnownProblem("scan-damaged", file=name)
    return count


# Pages as pixels


def draw_page(
    raw: bytes, media: Media, page: int, *, most: int, light: Light = Light(), name: str = ""
) -> tuple[Pixels, ...]:
    """A page as it is held upright, and the same in halves, quarters ... to be shown smaller.

    Args:
        raw: bytes that ``look`` has accepted.
        media: what they are.
        page: of a PDF, counted from 0.
        most: about so many pixels at most, however many the picture has.
        light: how bright and how hard.
        name: of the file, for what is said.

    Raises:
        KnownProblem: as ``look``, where the bytes are others.
    """
    try:
        if media is Media.PDF:
            image = _drawn(raw, page, most=most, name=name)
        else:
            image = _decoded(raw, most=most, name=name)
        return _levels(_lit(image.convert("RGB"), light), most)
    except (OSError, SyntaxError, ValueError, IndexError, EOFError) as error:
        raise KnownProblem("scan-damaged", file=name) from error


def _drawn(raw: bytes, page: int, *, most: int, name: str) -> Image:
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - as above

    document = _opened(raw, name)
    try:
        sheet = document[page]
        wide, high = sheet.get_size()
        scale = min(_DOTS_AN_INCH / _POINTS_AN_INCH, (most / (wide * high)) ** 0.5)
        drawn: Image = sheet.render(scale=scale).to_pil()
    except PdfiumError as error:
        raise KnownProblem("scan-damaged", file=name) from error
    else:
        return drawn
    finally:
        document.close()


def _lit(image: Image, light: Light) -> Image:
    if light == Light():
        return image
    factor = _CONTRAST**light.contrast
    more = _BRIGHTNESS * light.brightness
    table = [
        max(0, min(255, round((value - _MIDDLE) * factor + _MIDDLE + more))) for value in range(256)
    ]
    return image.point(table * 3)


def _levels(image: Image, most: int) -> tuple[Pixels, ...]:
    while image.width * image.height > most * 2:
        image = image.reduce(2)
    levels = [image]
    while max(levels[-1].size) > 2 * _SMALLEST_SIDE:
        levels.append(levels[-1].reduce(2))
    return tuple(
        Pixels(level.width, level.height, level.tobytes("raw", "BGRX")) for level in levels
    )
