"""Reads the rows of a CSV file that a person made, with the line each stands on."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from recap_desktop.exchange.faults import FaultLog

DELIMITERS = ",;\t"
"""What spreadsheets write; an Indonesian Excel writes semicolons."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table.

    Attributes:
        line: where it begins, counted from 1.
        cells: text by column name, trimmed and NFC.
    """

    line: int
    cells: Mapping[str, str]


def read_text(path: Path, faults: FaultLog) -> str | None:
    """The text of a UTF-8 file with or without BOM; None with a fault when it has none."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        faults.add("file-missing")
        return None
    except OSError:
        faults.add("file-unreadable")
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.add("not-utf8", raw.count(b"\n", 0, error.start) + 1)
        return None
    return text.removeprefix(_BOM)


def has_control(text: str) -> bool:
    """Whether a text has characters that cannot be seen or printed (NUL, tab, line break ...)."""
    return bool(_CONTROL.search(text))


def read_table(
    path: Path, faults: FaultLog, *, required: Sequence[str], optional: Sequence[str] = ()
) -> list[TableRow]:
    """Read a CSV file with a header; rows that cannot be read are faults and left out.

    The delimiter is the one its header has most of. Column names are taken in small letters.
    Blank lines are skipped. No row is returned when the header is wrong.
    """
    text = read_text(path, faults)
    if text is None:
        return []
    header = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    records = _records(text, delimiter, faults)
    first = next(records, None)
    if first is None:
        if not faults.faults:
            faults.add("table-empty", 0)
        return []
    columns = [cell.lower() for cell in first[1]]
    if not _header_is_right(columns, first[0], faults, required=required, optional=optional):
        return []
    rows: list[TableRow] = []
    for line, cells in records:
        if len(cells) != len(columns):
            faults.add("row-width", line, found=len(cells), expected=len(columns))
        elif any(has_control(cell) for cell in cells):
            faults.add("control-character", line)
        else:
            rows.append(TableRow(line, dict(zip(columns, cells, strict=True))))
    return rows


def _records(text: str, delimiter: str, faults: FaultLog) -> Iterator[tuple[int, list[str]]]:
    """Records that are not blank, with the line each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.add("row-quotes", line)
            return
        cells = [unicodedata.normalize("NFC", cell.strip()) for cell in record]
        if any(cells):
            yield line, cells


def _header_is_right(
    columns: list[str],
    line: int,
    faults: FaultLog,
    *,
    required: Sequence[str],
    optional: Sequence[str],
) -> bool:
    allowed = (*required, *optional)
    missing = [name for name in required if name not in columns]
    doubled = sorted({name for name in columns if columns.count(name) > 1})
    unknown = [name for name in columns if name not in allowed and name not in doubled]
    if missing:
        faults.add("columns-missing", line, columns=", ".join(missing))
    if doubled:
        faults.add("columns-doubled", line, columns=", ".join(doubled))
    if unknown:
        faults.add(
            "columns-unknown",
            line,
            columns=", ".join(repr(name) if has_control(name) else name for name in unknown),
            allowed=", ".join(allowed),
        )
    return not (missing or doubled or unknown)
