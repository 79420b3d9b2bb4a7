"""Puts a PDF out page by page: what is finished leaves memory, and the file is never held whole.

reportlab keeps what was drawn on every page, and makes the file as one text in the end: 20 KB for
each page of figures. Here what was drawn is packed at once and laid aside in another file; a page
keeps its place there and the names of its drawings, some hundred bytes. The parts of the file are
numbered and written in the order in which reportlab has them, so its bytes are the same.
"""

from __future__ import annotations

import copy
import errno
import os
import sys
from typing import IO, TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFCrossReferenceTable,
    PDFDictionary,
    PDFIndirectObject,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFTrailer,
    PDFZCompress,
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_PACKED = PDFDictionary({"Filter": PDFArray([PDFName("FlateDecode")])})


def document_of(canvas: Canvas) -> Any:  # noqa: ANN401 - reportlab's own, of which the stub leaves most out
    """What reportlab knows of the file as a whole: the one door to it."""
    return canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - see above


class Output:
    """The pages of a canvas on their way out."""

    def __init__(self, canvas: Canvas, aside: IO[bytes]) -> None:
        """Nothing is drawn yet.

        Args:
            canvas: draws the pages.
            aside: empty, to be written and read: holds what is finished until the end.
        """
        self._canvas = canvas
        self._aside = aside
        self._document = document_of(canvas)
        self._document.encrypt = _LineEnds()
        self._alike: dict[tuple[float, float], Any] = {}

    def end_page(self) -> None:
        """End a page; what was drawn on it is laid aside.

        Raises:
            OSError: when the medium refuses.
        """
        self._canvas.showPage()
        pages = self._document.Pages.pages
        drawn = pages[-1]
        content = PDFStream(_PACKED, self._lay(drawn.stream))
        forms = tuple(map(sys.intern, drawn.XObjects.dict)) if drawn.XObjects else ()
        drawn.stream = drawn.XObjects = None
        # But for these two, pages of one size are equal.
        like = self._alike.setdefault((drawn.pagewidth, drawn.pageheight), drawn)
        pages[-1] = _Page(drawn.__InternalName__, like, content, forms)
        self._document.idToObject[drawn.__InternalName__] = pages[-1]

    def end_form(self, name: str) -> None:
        """End a drawing that stands on several pages; it is laid aside likewise.

        Raises:
            OSError: as ``end_page``.
        """
        self._canvas.endForm()
        form = self._document.idToObject[pdfdoc.xObjectName(name)]
        form.Contents = PDFStream(_PACKED.copy(), self._lay(form.stream))
        form.stream = None

    def _lay(self, drawn: str | bytes) -> _Piece:
        raw: bytes = PDFZCompress.encode(drawn)
        at = self._aside.tell()
        self._aside.write(raw)
        return _Piece(self._aside, at, len(raw))

    def write(self, target: IO[bytes]) -> None:
        """Write the file once all pages are drawn, object after object.

        Raises:
            OSError: when a medium refuses.
        """
        document, canvas = self._document, self._canvas
        for font in document.delayedFonts:
            font.addObjects(document)
        document.info.invariant = document.invariant
        document.info.digest(document.signature)
        root, info = document.Reference(document.Catalog), document.Reference(document.info)
        document.Outlines.prepare(document, canvas)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        file = _File(target, document._pdfVersion)  # noqa: SLF001 - nothing else says it
        names = self._write_objects(file)
        table = PDFCrossReferenceTable()
        table.addsection(0, names)
        start = file.add(table.format(document))
        size = len(names) + 1
        ends = PDFTrailer(startxref=start, Size=size, Root=root, Info=info, ID=document.ID())
        file.add(ends.format(document))

    def _write_objects(self, file: _File) -> list[str]:
        """Write every object in the order of its number; some are found on the way."""
        document = self._document
        names: list[str] = []
        while (name := document.numberToId.get(len(names) + 1)) is not None:
            whole = PDFIndirectObject(name, document.idToObject[name])
            document.idToOffset[name] = file.add(whole.format(document))
            # It has its number; what it was made of is needed no more.
            document.idToObject[name] = None
            names.append(name)
        return names


class _File(pdfdoc.PDFFile):
    """Knows the place of each part, and keeps none."""

    def __init__(self, target: IO[bytes], version: tuple[int, int]) -> None:
        self._target = target
        super().__init__(version)

    def add(self, s: bytes) -> int:
        at: int = self.offset
        self.offset = at + len(s)
        self._target.write(s)
        return at


class _Page(PDFObject):
    """A page without what it has in common with others; made whole when it is written."""

    __slots__ = ("__InternalName__", "_content", "_forms", "_like")
    __RefOnly__ = 1

    def __init__(self, name: str, like: Any, content: PDFStream, forms: tuple[str, ...]) -> None:  # noqa: ANN401 - a page of reportlab
        self.__InternalName__ = name
        self._like = like
        self._content = content
        self._forms = forms

    def format(self, document: object) -> bytes:
        page = copy.copy(self._like)
        page.Contents = self._content
        page.XObjects = PDFDictionary({name: PDFObjectReference(name) for name in self._forms})
        made: bytes = page.format(document)
        return made


class _Piece(PDFObject):
    """What was drawn, packed, at its place in the file where it lies aside."""

    __slots__ = ("_aside", "_at", "_size")

    def __init__(self, aside: IO[bytes], at: int, size: int) -> None:
        self._aside, self._at, self._size = aside, at, size

    def __len__(self) -> int:
        return self._size

    def format(self, document: object) -> bytes:  # noqa: ARG002 - as reportlab has it
        self._aside.seek(self._at)
        raw = self._aside.read(self._size)
        if len(raw) < self._size:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return raw


class _Ended(PDFObject):
    """Bytes of a stream, and an end of line behind them that does not count."""

    def __init__(self, raw: bytes | _Piece) -> None:
        self._raw = raw

    def __len__(self) -> int:
        return len(self._raw)

    def format(self, document: object) -> bytes:
        raw: bytes = pdfdoc.format(self._raw, document)
        return raw + b"\n"


class _LineEnds(pdfdoc.NoEncryption):
    """Ends each stream with a line of its own, as PDF asks for and reportlab does not.

    Where a file would be encrypted is the one place through which every stream passes.
    """

    def encode(self, t: str | bytes | _Piece) -> _Ended:
        return _Ended(t if isinstance(t, _Piece) else pdfdoc.pdfdocEnc(t))
