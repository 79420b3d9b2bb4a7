"""The picture of an office's own mark: read from whatever file somebody has, made small for paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from recap_desktop.election.records.emblems import LARGEST, MOST_SIDE
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of the largest file that is read."""

_MOST_PIXELS = 60_000_000
_LEAST_SIDE = 32
"""Pixels: with fewer a mark of 11 mm is a blot."""

_SMALLER = 0.8
_FAULTS = (OSError, SyntaxError, ValueError, IndexError, EOFError)
"""What Pillow raises where a file is damaged."""


def small_picture(raw: bytes, name: str) -> bytes:
    """A picture as it is kept: a PNG of ``MOST_SIDE`` pixels at most, on white.

    Args:
        raw: all bytes of a PNG or JPEG.
        name: of its file, for what is said.

    Raises:
        KnownProblem: ``emblem-too-large``, ``emblem-no-picture``, ``emblem-too-small``.
    """
    if len(raw) > LARGEST_FILE:
        raise KnownProblem("emblem-too-large", file=name, most=LARGEST_FILE // 1024 // 1024)
    try:
        image = _on_white(raw, name)
    except _FAULTS as error:
        raise KnownProblem("emblem-no-picture", file=name) from error
    if min(image.size) < _LEAST_SIDE:
        raise KnownProblem("emblem-too-small", file=name, least=_LEAST_SIDE)
    side = float(MOST_SIDE)
    while len(made := _png(image, round(side))) > LARGEST:
        side *= _SMALLER
    return made


def is_readable(png: bytes) -> bool:
    """Whether a picture can be drawn to its last row."""
    from PIL import Image  # noqa: PLC0415 - heavy, and only where an office has its own mark

    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
            image.load()
    except _FAULTS:
        return False
    return True


def _on_white(raw: bytes, name: str) -> Image:
    """The picture as it is held upright, without transparency: the archive form knows none."""
    from PIL import Image, ImageChops, ImageOps  # noqa: PLC0415 - as above

    # Judged below, by a sentence of ours instead of a warning.
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG")) as image:
        if image.width * image.height > _MOST_PIXELS:
            raise KnownProblem("emblem-too-large", file=name, most=LARGEST_FILE // 1024 // 1024)
        image.load()
        seen = ImageOps.exif_transpose(image).convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        flat = Image.alpha_composite(white, seen).convert("RGB")
    # Without the empty edge around it, a mark is as large as its place.
    drawn = ImageChops.difference(flat, white.convert("RGB")).getbbox()
    if drawn is None:
        raise KnownProblem("emblem-no-picture", file=name)
    return flat.crop(drawn)


def _png(image: Image, side: int) -> bytes:
    """The picture with so many pixels at most on its longer side."""
    from PIL import Image  # noqa: PLC0415 - as above

    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()
