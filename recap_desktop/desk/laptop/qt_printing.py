"""The printers of this laptop as Qt knows them, and pages of a PDF drawn on one of them.

Where the system takes a PDF as it is (CUPS), it is given one, and text stays text; elsewhere each
page is drawn as a picture of 300 dots an inch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from recap_desktop.desk.laptop.pdf_pages import page_picture, page_sizes
from recap_desktop.office.papers import print_queue
from recap_desktop.office.papers.paper_sizes import size_of_sides
from recap_desktop.office.papers.printing import PAPER_SIZES
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtPrintSupport import QPrinter

    from recap_desktop.office.papers.copying import DrawnCopy

_DPI = 300
_POINTS = 72
_F4 = QSizeF(215, 330)


@dataclass(frozen=True, slots=True)
class Given:
    """What a printer was given of a copy.

    Attributes:
        job: what the queue calls it; empty where there is no queue to be asked.
        pages: how many of its pages were given; fewer where it was stopped meanwhile.
    """

    job: str
    pages: int


def printer_names() -> tuple[str, ...]:
    """The printers of the system, the one that it takes by itself first."""
    # Loads the print system, which nobody needs who does not print.
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - see above

    names = QPrinterInfo.availablePrinterNames()
    first = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != first, name)))


def paper_of(printer: str) -> str:
    """The size that a printer has in it, as a word of ``PAPER_SIZES``; F4 where it has none of ours."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - as above

    info = QPrinterInfo.printerInfo(printer)
    return size_of(info.defaultPageSize()) if not info.isNull() else PAPER_SIZES[0]


def size_of(page: QPageSize) -> str:
    """The word of ``PAPER_SIZES`` that a page size of a printer is; F4 where it is none of ours."""
    size = page.size(QPageSize.Unit.Millimeter)
    return size_of_sides(size.width(), size.height()) or PAPER_SIZES[0]


def send(copy: DrawnCopy, printer: str, title: str, *, is_stopped: Callable[[], bool]) -> Given:
    """Give the pages of a copy to a printer; for the worker, since either way takes its time.

    Raises:
        KnownProblem: ``print-refused``, ``printer-unknown``.
    """
    if print_queue.has_queue():
        job = print_queue.hand_over(copy.picked(), printer, title=title, size=copy.size)
        return Given(job, len(copy.pages))
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # noqa: PLC0415 - as above

    device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
    device.setDocName(title)
    return Given("", paint(copy.pdf.file, copy.pages, device, is_stopped=is_stopped))


def paint(
    pdf: IO[bytes], pages: Sequence[int], device: QPrinter, *, is_stopped: Callable[[], bool]
) -> int:
    """Draw pages of a PDF, counted from 1, each on paper of its own size and as it lies.

    Returns:
        How many were given to the device; fewer than asked for where it was stopped.

    Raises:
        KnownProblem: ``print-refused`` where the device takes none.
    """
    device.setResolution(_DPI)
    device.setFullPage(True)
    sizes = page_sizes(pdf)
    painter = QPainter()
    given = 0
    for number in pages:
        if is_stopped():
            if painter.isActive():
                # What the system has not passed on yet is thrown away, where it can.
                device.abort()
            break
        width, height = sizes[number - 1]
        device.setPageLayout(_layout(width, height))
        if painter.isActive():
            device.newPage()
        elif not painter.begin(device):
            raise KnownProblem("print-refused", printer=device.printerName(), said="QPainter")
        picture = page_picture(pdf, number - 1, width=round(width / _POINTS * _DPI))
        painter.drawImage(QRectF(painter.viewport()), picture)
        given += 1
    if painter.isActive():
        painter.end()
    return given


def _layout(width: float, height: float) -> QPageLayout:
    """A page without margins; a PDF says its size in points."""
    lies = width > height
    short, long = sorted(side * 25.4 / _POINTS for side in (width, height))
    size = QSizeF(short, long)
    if size_of_sides(short, long) == "f4":
        page = QPageSize(_F4, QPageSize.Unit.Millimeter, "F4")
    else:
        page = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    return QPageLayout(page, turned, QMarginsF())
