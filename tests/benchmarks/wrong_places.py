"""Prints how many TPS known to be in the wrong place the list of look-alikes names, and how many others.

    .venv/bin/python -m tests.benchmarks.wrong_places tps-sumsel.csv

The table holds every TPS twice: as KPU typed its C1 (``kpu_*``), and as others read the same C1
(``kp_*``), with the DPT of each (kawalpemilu2019-extract). What is known of a place comes from
comparing the two; the list is made from the first reading alone.
"""

from __future__ import annotations

import csv
import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tabulate import tabulate

from recap_desktop.election.checks.look_alikes import DesaLook, LookAlikes
from recap_desktop.election.checks.resemblance import Kind, LookAlike, Reading
from recap_desktop.election.definitions.forms import Layout
from recap_desktop.exchange.form_files import bundled_form
from tests.made_up.every_form import pairs

LAYOUT = Layout.of(bundled_form("ppwp-2024"), pairs(2))
_COLUMNS = {"pas1": "votes.1", "pas2": "votes.2", "sah": "valid", "tsah": "invalid", "jum": "cast"}
_PLACED = ("votes.1", "votes.2", "invalid")

Cells = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Twice:
    """One C1 with its two readings; a reading that was not made is empty."""

    tps: str
    dpt: tuple[int, int]
    typed: Cells
    second: Cells


def read(path: Path) -> list[Twice]:
    """The TPS of a table, under keys of our own: its units have numbers of KPU of 2019."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        Twice(
            f"16{int(row['id_kel']):08d}{int(row['tps']):03d}",
            (int(row["dpt_l"]), int(row["dpt_p"])),
            _cells(row, "kpu"),
            _cells(row, "kp"),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.tps)


def _cells(row: Mapping[str, str], who: str) -> dict[str, int]:
    return {cell: int(n) for key, cell in _COLUMNS.items() if (n := row[f"{who}_{key}"])}


def look(stations: Iterable[Twice]) -> list[LookAlike]:
    """The list of look-alikes as an office would see it that typed the first reading."""
    typed = [one for one in stations if any(one.typed.values())]
    desk, known = DesaLook(LAYOUT), LookAlikes(LAYOUT, stations=len(typed))
    for desa, group in itertools.groupby(typed, key=lambda one: one.tps[:10]):
        readings = [Reading(one.tps, one.typed, one.dpt) for one in group]
        known.put(desk.look(desa, readings))
    return known.found()


def _placed(cells: Cells) -> tuple[int | None, ...]:
    return tuple(map(cells.get, _PLACED))


def misplaced(stations: Iterable[Twice]) -> dict[str, set[str]]:
    """TPS whose typed figures are those of other TPS of the desa, by the second reading."""
    found: dict[str, set[str]] = {}
    for _, group in itertools.groupby(stations, key=lambda one: one.tps[:10]):
        for one, other in itertools.permutations(group, 2):
            typed, own, others = _placed(one.typed), _placed(one.second), _placed(other.second)
            if None not in (*typed, *own) and typed == others != own and any(typed):
                found.setdefault(one.tps, set()).add(other.tps)
    return found


def outcome(stations: list[Twice]) -> Iterator[tuple[str, int, int]]:
    """What is known of the places, each with how many there are and how many are listed."""
    wrong = misplaced(stations)
    listed = {frozenset((one.tps, one.other)) for one in look(stations) if one.other}
    swapped = {
        frozenset((tps, other))
        for tps, others in wrong.items()
        for other in others
        if tps in wrong.get(other, ())
    }
    yield "two TPS under each other's number", len(swapped), len(swapped & listed)
    holds = {
        frozenset((tps, other))
        for tps, others in wrong.items()
        for other in others
        if frozenset((tps, other)) not in swapped
    }
    yield "a TPS that holds another's figures", len(holds), len(holds & listed)
    typed = {one.tps: _placed(one.typed) for one in stations}
    seen = {pair for pair in holds if len({typed[tps] for tps in pair}) == 1}
    yield "... and both show them", len(seen), len(seen & listed)


def listed_kinds(stations: list[Twice]) -> Iterator[tuple[str, int, int, int]]:
    """Kind, how many are listed, of how many the readings differ, in how many places are wrong."""
    known = {one.tps: one for one in stations}
    wrong = misplaced(stations)
    listed, differ, places = Counter[Kind](), Counter[Kind](), Counter[Kind]()
    for found in look(stations):
        listed[found.kind] += 1
        sides = [known[tps] for tps in (found.tps, found.other) if tps]
        differ[found.kind] += any(side.second and side.second != side.typed for side in sides)
        both = (found.tps, found.other)
        places[found.kind] += any(b in wrong.get(a, ()) for a, b in (both, both[::-1]))
    for kind in Kind:
        if listed[kind]:
            yield kind.value, listed[kind], differ[kind], places[kind]


def main() -> None:
    """Print both tables."""
    stations = read(Path(sys.argv[1]))
    print(tabulate(outcome(stations), ("known of the places", "pairs", "listed")))  # noqa: T201
    print()  # noqa: T201
    heads = ("listed as", "listed", "readings differ", "known wrong place")
    print(tabulate(listed_kinds(stations), heads))  # noqa: T201


if __name__ == "__main__":
    main()
