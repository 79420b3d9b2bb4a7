"""Pictures of a made-up C.HASIL, as phones, scanners and people's folders bring them."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from pathlib import Path


def paper(text: str, size: tuple[int, int] = (300, 440)) -> Image.Image:
    """A page with a text, a frame, and a grey corner that tells which way is up."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((4, 4, size[0] - 5, size[1] - 5), outline="black", width=3)
    pen.rectangle((0, 0, size[0] // 6, size[1] // 9), fill=(120, 120, 120))
    pen.text((size[0] // 3, size[1] // 3), text, fill="black")
    return image


def jpeg(text: str = "C.HASIL", size: tuple[int, int] = (300, 440), *, turned: int = 0) -> bytes:
    """A photo; ``turned`` is the EXIF orientation that a phone writes."""
    out = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = turned
    paper(text, size).save(out, "JPEG", exif=exif)
    return out.getvalue()


def png(text: str = "C.HASIL", size: tuple[int, int] = (300, 440)) -> bytes:
    """A scan."""
    out = io.BytesIO()
    paper(text, size).save(out, "PNG")
    return out.getvalue()


def large_png(seed: int = 0, side: int = 400) -> bytes:
    """A scan that does not compress: larger than what is kept in the office file."""
    out = io.BytesIO()
    noise = random.Random(seed).randbytes(side * side * 3)
    Image.frombytes("RGB", (side, side), noise).save(out, "PNG", compress_level=0)
    return out.getvalue()


def pdf(pages: int = 3) -> bytes:
    """A document with a page for each page of the paper."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 440))
    for page in range(pages):
        canvas.drawString(100, 300, f"Halaman {page + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


def put(folder: Path, name: str, raw: bytes) -> Path:
    """A file in a folder, which is made when it is missing."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path
