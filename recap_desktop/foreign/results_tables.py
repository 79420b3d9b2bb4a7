"""Results as plain tables with a data dictionary: CSV, described by a Frictionless datapackage."""

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

_Row = tuple[str | int | None, ...]
STATION_KEYS = ("tps", "kode_desa", "nomor_tps", "keadaan", "dihitung")
_UNIT_KEYS = ("tingkat", "kode", "nama", "jumlah_tps", "tps_dihitung")
_BLANK_KEYS = ("kode", "sel", "tps_kosong")
_NUMBERS = frozenset({"jumlah_tps", "tps_dihitung", "tps_kosong"})


def stations_table(results: Results) -> Iterator[bytes]:
    """A line a TPS in code order; a blank cell, and a TPS that does not count, is an empty field."""
    columns = [results.columns[cell] for cell in results.columns]

    def rows() -> Iterator[_Row]:
        for at, tps in enumerate(results.stations):
            counted = results.counted[at]
            figures = [column[at] if column[at] >= 0 else None for column in columns]
            code, number = tps[: Level.DESA.value], station_number(tps)
            state = results.states[at].value
            yield tps, code, number, state, "true" if counted else "false", *figures

    yield from _csv((*STATION_KEYS, *results.columns), rows())


def units_table(results: Results) -> Iterator[bytes]:
    """A line a unit, from the office down to its desa, with the sums of what counts."""
    tree = results.election.tree

    def rows() -> Iterator[_Row]:
        for level in results.levels:
            sums = [list(results.sums(cell, level)) for cell in results.columns]
            for at, (code, places) in enumerate(results.units(level)):
                counted = sum(results.counted[place] for place in places)
                totals = [column[at].total for column in sums]
                yield level.word, code, tree.name(code), len(places), counted, *totals

    yield from _csv((*_UNIT_KEYS, *results.columns), rows())


def blanks_table(results: Results) -> Iterator[bytes]:
    """A line for each cell of a unit in which TPS that count are blank: its sum lacks those."""

    def rows() -> Iterator[_Row]:
        for level in results.levels:
            for cell in results.columns:
                for unit in results.sums(cell, level):
                    if unit.blank:
                        yield unit.code, cell, unit.blank

    yield from _csv(_BLANK_KEYS, rows())


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
    """The data dictionary of the three tables (Frictionless Data Package, version 1).

    Args:
        results: what the tables hold.
        title: of the contest, with its office.
        labels: cell -> what the form calls it.
        about: other column -> what it holds; ``states`` what ``keadaan`` may say.
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
            _resource(UNITS, _UNIT_KEYS, cells, labels, about),
            _resource(BLANKS, _BLANK_KEYS, [], labels, about),
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
    key: list[str] = {STATIONS: ["tps"], UNITS: ["kode"]}.get(path, ["kode", "sel"])
    return {
        "profile": "tabular-data-resource",
        "name": path.partition(".")[0],
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": key, "missingValues": [""]},
    }


def _field(key: str, about: Mapping[str, str]) -> dict[str, Any]:
    kind = "boolean" if key == "dihitung" else "integer" if key in _NUMBERS else "string"
    field: dict[str, Any] = {"name": key, "type": kind, "description": about[key]}
    return field | {"constraints": {"required": True}}
