"""A table in a workbook (XLSX): values, never formulas, read a row at a time within limits."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from recap_desktop.election.tables.foreign_figures import Formula
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook.workbook import Workbook

    from recap_desktop.election.tables.foreign_figures import Value

MOST_INFLATED = 1 << 30
"""Bytes of all parts of a workbook, unpacked: 75,000 TPS of a party list are half of it."""

MOST_PARTS = 5_000
MOST_COLUMNS = 2_000
MOST_ROWS = 200_000
_STRINGS = 128 << 20
"""Bytes of the texts of a workbook, which are held as a whole."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    NotImplementedError,
    EOFError,
    OSError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What openpyxl raises of a file that is none, or is damaged."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class XlsxTable:
    """The bytes of a workbook and what is known of it.

    Attributes:
        raw: of the file.
        sheets: names of its worksheets, in their order.
        has_formulas: whether any part holds a formula, whose value may be missing.
    """

    raw: bytes
    sheets: tuple[str, ...]
    has_formulas: bool

    def rows(self, sheet: str) -> Iterator[tuple[Value, ...]]:
        """Every row of a worksheet from the first, empty ones among them.

        Of merged cells the first holds the value and the others nothing, as the file has it.

        Raises:
            KnownProblem: ``import-sheet-unknown``, ``import-xlsx-broken``, ``import-too-wide``,
                ``import-too-long``.
        """
        if sheet not in self.sheets:
            raise KnownProblem("import-sheet-unknown", sheet=sheet, sheets=", ".join(self.sheets))
        values = self._values(sheet, kept=True)
        formulas = self._values(sheet, kept=False) if self.has_formulas else None
        for number, row in enumerate(values, start=1):
            said = next(formulas, ()) if formulas else ()
            read = _row(row, said)
            if len(read) > MOST_COLUMNS:
                raise KnownProblem("import-too-wide", columns=len(read), most=MOST_COLUMNS)
            if read and number > MOST_ROWS:
                raise KnownProblem("import-too-long", most=MOST_ROWS)
            yield read

    def _values(self, sheet: str, *, kept: bool) -> Iterator[tuple[Any, ...]]:
        """Rows of a worksheet: the values that were kept, or the formulas."""
        try:
            with warnings.catch_warnings():
                # It warns of what it leaves away: drawings, validations, extensions.
                warnings.simplefilter("ignore")
                book = _book(self.raw, kept=kept)
                page = book[sheet]
                page.reset_dimensions()
            yield from page.iter_rows(values_only=True)
            book.close()
        except _BROKEN as error:
            raise KnownProblem("import-xlsx-broken") from error


def _book(raw: bytes, *, kept: bool) -> Workbook:
    # Takes a while to import, and most runs of the program read none.
    from openpyxl import load_workbook  # noqa: PLC0415 - see above

    return load_workbook(io.BytesIO(raw), read_only=True, data_only=kept, keep_links=False)


def _row(values: tuple[Any, ...], formulas: tuple[Any, ...]) -> tuple[Value, ...]:
    read = [value if type(value) in (int, str) else _value(value) for value in values]
    for place, formula in enumerate(formulas[: len(read)]):
        if read[place] is None and formula is not None:
            read[place] = Formula(str(getattr(formula, "text", None) or formula))
    while read and (read[-1] is None or read[-1] == ""):
        read.pop()
    return tuple(read)


def _value(value: Any) -> Value:  # noqa: ANN401 - whatever openpyxl makes of a cell
    if value is None or type(value) is float:
        return value
    if isinstance(value, bool):
        return str(value).upper()
    # A date or a time: no count, and shown as what the spreadsheet made of it.
    return str(value)


def read_xlsx(raw: bytes) -> XlsxTable:
    """Look into a workbook without unpacking it: how large it is, which worksheets it has.

    Raises:
        KnownProblem: ``import-xlsx-broken``, ``import-not-xlsx``, ``import-inflated``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            has_formulas = _look(parts)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = _book(raw, kept=True)
        sheets = tuple(page.title for page in book.worksheets)
        book.close()
    except _BROKEN as error:
        raise KnownProblem("import-xlsx-broken") from error
    if not sheets:
        raise KnownProblem("import-xlsx-broken")
    return XlsxTable(raw, sheets, has_formulas)


def _look(parts: zipfile.ZipFile) -> bool:
    """Refuse what would fill the memory; whether a worksheet holds a formula."""
    infos = parts.infolist()
    names = {info.filename for info in infos}
    if "xl/workbook.xml" not in names:
        raise KnownProblem("import-not-xlsx")
    size = sum(info.file_size for info in infos)
    strings = sum(i.file_size for i in infos if i.filename.casefold().endswith("sharedstrings.xml"))
    if len(infos) > MOST_PARTS or size > MOST_INFLATED or strings > _STRINGS:
        raise KnownProblem("import-inflated", megabytes=size >> 20, most=MOST_INFLATED >> 20)
    found = False
    for info in infos:
        if info.filename.endswith((".xml", ".rels")):
            found = _scan(parts, info) or found
    return found


def _scan(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Read a part piece by piece: no more than it promised, and no document type.

    A document type may hold entities that grow without end; no spreadsheet writes one.
    """
    is_sheet = info.filename.startswith("xl/worksheets/")
    read, tail, found = 0, b"", False
    with parts.open(info) as stream:
        while piece := stream.read(_PIECE):
            read += len(piece)
            if b"<!DOCTYPE" in tail + piece or read > info.file_size:
                raise KnownProblem("import-xlsx-broken")
            found = found or (is_sheet and _FORMULA.search(tail + piece) is not None)
            tail = piece[-16:]
    return found
