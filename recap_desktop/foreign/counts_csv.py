"""A table of counts, read and written: a row a TPS, a column a cell named by its key."""

from __future__ import annotations

import csv
import difflib
import io
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, read_code, read_station_number
from recap_desktop.election.figures.counts import LARGEST, Count
from recap_desktop.problems import Fault, KnownProblem, reason_of

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

CODE_COLUMN = "kode_desa"
NUMBER_COLUMN = "tps"
DELIMITERS = ",;\t"
"""What spreadsheets write; an Indonesian Excel writes semicolons."""

_CROSSED = frozenset({"x", "X", "-"})

_SURELY_SMALL = len(str(LARGEST))

Row = tuple[str, dict[str, int]]


class CountsCsv:
    """A table of counts that is read anew each time it is gone through, a row at a time.

    ``kode_desa,tps`` and then any of the cells; an absent column or empty field is blank.
    Comma, semicolon or tab, UTF-8 with or without mark; columns without a name and with nothing
    in them, as spreadsheets leave them at the end, are left away. A figure is plain digits:
    ``1.234`` may be a thousand or a mistake, so it is refused and never guessed (error
    catalogue, traps). ``x`` or ``-`` is a box that is crossed out on the paper: 0, and remembered.
    """

    def __init__(self, path: Path, *, cells: Collection[str], stations: Collection[str]) -> None:
        """Read nothing yet.

        Args:
            path: the table.
            cells: cell keys of the contest's form.
            stations: TPS of the contest in this office.
        """
        self._path = path
        self._cells = cells
        self._stations = stations

    def __iter__(self) -> Iterator[Row]:
        """13-digit TPS key and filled cells, in the order of the table.

        Raises:
            KnownProblem: ``csv-cannot-be-read``, ``csv-not-utf8``; at the end ``csv-faults``
                with every fault and its line. From the first fault on no rows are given.
        """
        path = self._path
        table = _Table(path.name, self._cells, self._stations)
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                first = stream.readline()
                delimiter = max(DELIMITERS, key=first.count)
                stream.seek(0)
                yield from table.rows(csv.reader(stream, delimiter=delimiter, strict=True))
        except OSError as error:
            raise _unreadable(path, error) from error
        except UnicodeDecodeError as error:
            raise _not_utf8(path) from error
        if table.faults:
            raise KnownProblem("csv-faults", faults=table.faults, file=path.name)


def read_counts_csv(path: Path, *, cells: Collection[str], stations: Collection[str]) -> list[Row]:
    """Every row of a table of counts, or everything that is wrong with it; see ``CountsCsv``."""
    return list(CountsCsv(path, cells=cells, stations=stations))


def counts_csv(rows: Iterable[tuple[str, Mapping[str, int]]], cells: Sequence[str]) -> bytes:
    """Counts as a table that ``read_counts_csv`` reads again; a blank is an empty field.

    Args:
        rows: 13-digit TPS key and filled cells.
        cells: the columns, by their keys.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((CODE_COLUMN, NUMBER_COLUMN, *cells))
    desa = Level.DESA.value
    for tps, figures in rows:
        writer.writerow((tps[:desa], tps[desa:], *(figures.get(cell, "") for cell in cells)))
    return text.getvalue().encode()


def _unreadable(path: Path, error: OSError) -> KnownProblem:
    return KnownProblem("csv-cannot-be-read", path=str(path), reason=reason_of(error))


def _not_utf8(path: Path) -> KnownProblem:
    """Where the first byte stands that is no UTF-8."""
    line = 0
    try:
        with path.open("rb") as stream:
            for line, raw in enumerate(stream, start=1):  # noqa: B007 - wanted after the loop
                raw.decode("utf-8")
    except OSError as error:
        return _unreadable(path, error)
    except UnicodeDecodeError:
        pass
    return KnownProblem("csv-not-utf8", path=str(path), line=line)


class _Table:
    """What the head of a table says, and the faults met on the way."""

    def __init__(self, name: str, cells: Collection[str], stations: Collection[str]) -> None:
        self.faults: list[Fault] = []
        self._name = name
        self._cells = cells
        self._stations = stations
        self._columns: list[str] = []
        self._code = self._number = 0
        self._places: list[int] = []
        self._keys: list[str] = []
        self._lines: dict[str, int] = {}

    def rows(self, reader: Reader) -> Iterator[Row]:
        """Rows as long as nothing is wrong; faults are gathered to the end of the table."""
        try:
            self.take_header(next(reader, []))
            if self.faults:
                return
            for fields in reader:
                row = self.take_row(fields, reader.line_num)
                if row and not self.faults:
                    yield row
        except csv.Error:
            self.fault("csv-malformed", reader.line_num)

    def fault(self, fault: str, line: int, /, **details: str | int) -> None:
        self.faults.append(Fault(fault, details, self._name, line))

    def take_header(self, fields: Sequence[str]) -> None:
        self._columns = [field.strip() for field in fields]
        while self._columns and not self._columns[-1]:
            self._columns.pop()
        for name in (CODE_COLUMN, NUMBER_COLUMN):
            if name not in self._columns:
                self.fault("csv-column-missing", 1, column=name)
        seen = set[str]()
        for name in self._columns:
            if name in seen:
                self.fault("csv-column-twice", 1, column=name)
            seen.add(name)
            if name not in self._cells and name not in (CODE_COLUMN, NUMBER_COLUMN):
                self._fault_unknown(name)
        if not self.faults:
            self._code = self._columns.index(CODE_COLUMN)
            self._number = self._columns.index(NUMBER_COLUMN)
            own = (self._code, self._number)
            self._places = [i for i in range(len(self._columns)) if i not in own]
            self._keys = [self._columns[i] for i in self._places]

    def _fault_unknown(self, name: str) -> None:
        near = difflib.get_close_matches(name, self._cells, n=1)
        if near:
            self.fault("csv-column-misspelt", 1, column=name, near=near[0])
        else:
            self.fault("csv-column-unknown", 1, column=name)

    def take_row(self, fields: Sequence[str], line: int) -> Row | None:
        if not fields or not any(map(str.strip, fields)):
            return None
        width = len(self._columns)
        if len(fields) > width and not any(map(str.strip, fields[width:])):
            fields = fields[:width]
        if len(fields) != width:
            self.fault("csv-field-count", line, found=len(fields), expected=width)
            return None
        tps = self._station(fields, line)
        figures = [fields[index] for index in self._places]
        joined = "".join(figures)
        if joined.isdigit() and joined.isascii() and max(map(len, figures)) < _SURELY_SMALL:
            cells = {key: int(text) for key, text in zip(self._keys, figures, strict=True) if text}
        else:
            cells = self._judged(figures, line)
        return (tps, cells) if tps else None

    def _judged(self, figures: Sequence[str], line: int) -> dict[str, int]:
        cells = {}
        crossed = []
        for key, text in zip(self._keys, map(str.strip, figures), strict=True):
            if text in _CROSSED:
                crossed.append(key)
                cells[key] = 0
                continue
            number = self._figure(text, key, line) if text else None
            if number is not None:
                cells[key] = number
        return Count(cells, crossed) if crossed else cells

    def _station(self, fields: Sequence[str], line: int) -> str:
        code_text, number_text = fields[self._code], fields[self._number]
        tps = code_text + number_text
        if tps in self._stations and tps not in self._lines:
            self._lines[tps] = line
            return tps
        return self._judged_station(code_text, number_text, line)

    def _judged_station(self, code_text: str, number_text: str, line: int) -> str:
        try:
            code = read_code(code_text)
        except ValueError:
            self.fault("csv-code-wrong", line, code=code_text)
            return ""
        try:
            tps = code + read_station_number(number_text)
        except ValueError:
            self.fault("csv-number-wrong", line, number=number_text)
            return ""
        if len(code) != Level.DESA.value:
            self.fault("csv-code-not-desa", line, code=code_text)
        elif tps not in self._stations:
            self.fault("csv-tps-unknown", line, tps=tps)
        elif tps in self._lines:
            self.fault("csv-tps-twice", line, tps=tps, first=self._lines[tps])
        else:
            self._lines[tps] = line
            return tps
        return ""

    def _figure(self, text: str, key: str, line: int) -> int | None:
        if not (text.isascii() and text.isdigit()):
            grouped = text.replace(".", "").replace(",", "")
            is_grouped = grouped != text and grouped.isdigit()
            code = "csv-figure-grouped" if is_grouped else "csv-figure-wrong"
            self.fault(code, line, column=key, figure=text)
            return None
        text = text.lstrip("0") or "0"
        # Python reads no number of some thousand digits.
        if len(text) > _SURELY_SMALL or int(text) > LARGEST:
            self.fault("csv-figure-large", line, column=key, figure=text, largest=LARGEST)
            return None
        return int(text)
