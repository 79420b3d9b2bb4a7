"""Pages of a PDF as pictures, made in the worker from its bytes or from an open file."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pypdfium2 import PdfPage

_FORMATS = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}
"""By the number of bytes a pixel has."""


def page_sizes(pdf: bytes | IO[bytes]) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - heavy, and needed for the preview only

    document = PdfDocument(pdf)
    try:
        return [document.get_page_size(page) for page in range(len(document))]
    finally:
        document.close()


def page_picture(pdf: bytes | IO[bytes], page: int, *, width: int) -> QImage:
    """One page as a picture ``width`` pixels wide."""
    return page_pictures(pdf, (page,), width=width)[page]


def page_pictures(pdf: bytes | IO[bytes], pages: Iterable[int], *, width: int) -> dict[int, QImage]:
    """Pages as pictures ``width`` pixels wide, by their number from 0."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - as above

    document = PdfDocument(pdf)
    try:
        return {page: _picture(document[page], width) for page in pages}
    finally:
        document.close()


def _picture(sheet: PdfPage, width: int) -> QImage:
    bitmap = sheet.render(scale=width / sheet.get_width(), rev_byteorder=True)
    image = QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        _FORMATS[bitmap.n_channels],
    )
    # A copy owns its pixels; the buffer goes with the document.
    return image.copy()
