"""A table in a CSV: its encoding and its delimiter recognised and said, read a row at a time."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = ";,\t|"
"""What spreadsheets write; an Indonesian Excel writes semicolons."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = "cp1252"
_LOOKED_AT = 20
_SAYS = "sep="
"""An Excel may say its delimiter in a first line of its own."""


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The text of a CSV and how it was read.

    Attributes:
        text: of the whole file.
        encoding: ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``cp1252``.
        delimiter: between the fields.
    """

    text: str
    encoding: str
    delimiter: str

    def rows(self) -> Iterator[tuple[str | None, ...]]:
        """Every row as a spreadsheet counts them, empty ones among them; an empty field is None.

        Raises:
            KnownProblem: ``import-csv-malformed`` with the line.
        """
        stream = io.StringIO(self.text, newline="")
        reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
        try:
            for fields in reader:
                if len(fields) and fields[0].casefold().startswith(_SAYS):
                    yield ()
                else:
                    yield tuple(field if field.strip() else None for field in fields)
        except csv.Error as error:
            raise KnownProblem("import-csv-malformed", line=str(reader.line_num)) from error


def read_csv(raw: bytes) -> CsvTable:
    """Recognise encoding and delimiter.

    Raises:
        KnownProblem: ``import-encoding-unknown``.
    """
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    for name in (encoding,) if encoding else ("utf-8", _OLD):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return CsvTable(text, name, _delimiter(text))
    raise KnownProblem("import-encoding-unknown")


def _delimiter(text: str) -> str:
    """The mark that cuts most of the first lines, and cuts them alike."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:_LOOKED_AT]
    if lines and lines[0].casefold().startswith(_SAYS) and len(lines[0]) > len(_SAYS):
        mark = lines[0][len(_SAYS)]
        if mark in DELIMITERS:
            return mark
    return max(DELIMITERS, key=lambda mark: _cuts(lines, mark))


def _cuts(lines: list[str], mark: str) -> tuple[int, int]:
    counts = [line.count(mark) for line in lines]
    return sum(count > 0 for count in counts), sum(counts)
