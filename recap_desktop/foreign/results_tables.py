"""Results as plain tables with a data dictionary: CSV, described by a Frictionless datapackage.

The sums of units are what their papers say; what was decided above the TPS, and what was typed from
a paper D.HASIL, stand in tables of their own too.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import Level, station_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recap_desktop.election.figures.results import Results

STATIONS, UNITS, BLANKS, PACKAGE = "tps.csv", "jumlah.csv", "kosong.csv", "datapackage.json"
DIFFERENCES, PAPERS = "selisih.csv", "kertas.csv"

_Row = tuple[str | int | None, ...]
STATION_KEYS = ("tps", "kode_desa", "nomor_tps", "keadaan", "dihitung")
UNIT_KEYS = ("tingkat", "kode", "nama", "jumlah_tps", "tps_dihitung")
_BLANK_KEYS = ("kode", "sel", "tps_kosong")
DIFFERENCE_KEYS = ("nomor", "kode", "nama", "sel", "selisih", "alasan", "diputuskan")
PAPER_KEYS = ("kode", "nama", "sel", "jumlah_kertas")
_NUMBERS = frozenset(
    {"jumlah_tps", "tps_dihitung", "tps_kosong", "nomor", "selisih", "jumlah_kertas"}
)
_MAY_BE_EMPTY = frozenset({"diputuskan"})


def stations_table(results: Results) -> Iterator[bytes]:
    """A line a TPS in code order; a blank cell, and a TPS that does not count, is an empty field."""
    yield from _csv((*STATION_KEYS, *results.columns), station_rows(results))


def station_rows(results: Results) -> Iterator[_Row]:
    """The same as rows."""
    columns = [results.columns[cell] for cell in results.columns]
    for at, tps in enumerate(results.stations):
        counted = results.counted[at]
        figures = [column[at] if column[at] >= 0 else None for column in columns]
        code, number = tps[: Level.DESA.value], station_number(tps)
        state = results.states[at].value
        yield tps, code, number, state, "true" if counted else "false", *figures


def units_table(results: Results) -> Iterator[bytes]:
    """A line a unit, from the office down to its desa, with the sums as its papers say them."""
    yield from _csv((*UNIT_KEYS, *results.columns), unit_rows(results))


def unit_rows(results: Results) -> Iterator[_Row]:
    """The same as rows."""
    tree = results.election.tree
    for level in results.levels:
        sums = [list(results.sums(cell, level)) for cell in results.columns]
        for at, (code, places) in enumerate(results.units(level)):
            counted = sum(results.counted[place] for place in places)
            totals = [column[at].total for column in sums]
            yield level.word, code, tree.name(code), len(places), counted, *totals


def blanks_table(results: Results) -> Iterator[bytes]:
    """A line for each cell of a unit in which TPS that count are blank: its sum lacks those."""

    def rows() -> Iterator[_Row]:
        for level in results.levels:
            for cell in results.columns:
                for unit in results.sums(cell, level):
                    if unit.blank:
                        yield unit.code, cell, unit.blank

    yield from _csv(_BLANK_KEYS, rows())


def differences_table(results: Results) -> Iterator[bytes]:
    """A line for each cell of each correction above the TPS; it is in the sums of the units."""
    yield from _csv(DIFFERENCE_KEYS, difference_rows(results))


def difference_rows(results: Results) -> Iterator[_Row]:
    """The same as rows."""
    tree = results.election.tree
    for at, one in enumerate(results.differences, start=1):
        for cell, number in sorted(one.cells.items()):
            name = tree.name(one.unit)
            yield at, one.unit, name, cell, number, one.reason, one.decided_by


def papers_table(results: Results) -> Iterator[bytes]:
    """A line for each cell of each unit whose sum stands as its paper says it, until TPS count."""
    yield from _csv(PAPER_KEYS, paper_rows(results))


def paper_rows(results: Results) -> Iterator[_Row]:
    """The same as rows."""
    for unit, cells in results.papers.items():
        for cell, number in sorted(cells.items()):
            yield unit, results.election.tree.name(unit), cell, number


def _csv(head: Sequence[str], rows: Iterable[_Row]) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if value is None else value for value in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    if text.tell():
        yield text.getvalue().encode()


def datapackage(
    results: Results, *, title: str, labels: Mapping[str, str], about: Mapping[str, str]
) -> bytes:
    """The data dictionary of the tables (Frictionless Data Package, version 1).

    Args:
        results: what the tables hold.
        title: of the contest, with its office.
        labels: cell -> what the form calls it.
        about: other column -> what it holds, ``keadaan`` with what it may say; ``table-<name>``
            -> what a table holds.
    """
    stamp = results.stamp
    cells = list(results.columns)
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"rekap-{results.office}-{results.contest_id}".lower(),
        "title": title,
        "created": stamp.time,
        "version": str(stamp.revision),
        "mode": results.election.mode.value,
        "head": stamp.head,
        "resources": [
            _resource(STATIONS, STATION_KEYS, cells, labels, about),
            _resource(UNITS, UNIT_KEYS, cells, labels, about),
            _resource(BLANKS, _BLANK_KEYS, [], labels, about),
            _resource(DIFFERENCES, DIFFERENCE_KEYS, [], labels, about),
            _resource(PAPERS, PAPER_KEYS, [], labels, about),
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"


def _resource(
    path: str,
    keys: Sequence[str],
    cells: Sequence[str],
    labels: Mapping[str, str],
    about: Mapping[str, str],
) -> dict[str, Any]:
    fields = [_field(key, about) for key in keys]
    fields += [
        {
            "name": cell,
            "type": "integer",
            "title": labels[cell],
            "constraints": {"minimum": 0},
        }
        for cell in cells
    ]
    keyed = {STATIONS: ["tps"], UNITS: ["kode"], DIFFERENCES: ["nomor", "sel"]}
    key = keyed.get(path, ["kode", "sel"])
    name = path.partition(".")[0]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "description": about[f"table-{name}"],
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": key, "missingValues": [""]},
    }


def _field(key: str, about: Mapping[str, str]) -> dict[str, Any]:
    kind = "boolean" if key == "dihitung" else "integer" if key in _NUMBERS else "string"
    field: dict[str, Any] = {"name": key, "type": kind, "description": about[key]}
    return field | {"constraints": {"required": key not in _MAY_BE_EMPTY}}
