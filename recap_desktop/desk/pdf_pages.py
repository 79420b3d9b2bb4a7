"""Pages of a PDF as pictures, made from its bytes in the worker."""

from __future__ import annotations

from PySide6.QtGui import QImage

_FORMATS = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}
"""By the number of bytes a pixel has."""


def count_pages(raw: bytes) -> int:
    """How many pages a document has."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - heavy, and needed for the preview only

    document = PdfDocument(raw)
    try:
        return len(document)
    finally:
        document.close()


def page_picture(raw: bytes, page: int, *, width: int) -> QImage:
    """One page as a picture ``width`` pixels wide."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - as above

    document = PdfDocument(raw)
    try:
        sheet = document[page]
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
    finally:
        document.close()
