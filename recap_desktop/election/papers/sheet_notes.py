"""Sentences below the table of a sheet: which units are missing, and which cells are blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.papers.captions import bare_name
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.figures.totals import Total
    from recap_desktop.election.papers.arrangements import Arrangement, Line, Row
    from recap_desktop.election.papers.facts import Facts
    from recap_desktop.election.wording import Words

_NAMED_UNITS = 20
"""Up to so many units are named below a table; the annex names them all."""


def of_stations(words: Words, tallied: Mapping[str, Tally]) -> Iterator[str]:
    """Which TPS have an empty column, by their state: one sentence a state."""
    for state in State:
        missing = [
            tps for tps, tally in tallied.items() if tally.state is state and not tally.counts
        ]
        if missing:
            yield words(
                "sheet.note.stations",
                state=words[f"sheet.state.{state.value}"],
                numbers=number_ranges([regions.station_number(tps) for tps in missing]),
            )


def of_units(facts: Facts, totals: Sequence[Total]) -> Iterator[str]:
    """Which units below are not complete, and where TPS were declared not delivered."""
    tree = facts.election.tree
    names = {total.code: bare_name(tree, total.code) for total in totals}
    for code, numbers in (
        ("units", {t.code: t.stations - t.counted - t.not_delivered for t in totals}),
        ("undelivered", {t.code: t.not_delivered for t in totals}),
    ):
        missing = {names[unit]: number for unit, number in numbers.items() if number}
        if missing:
            yield facts.words(f"sheet.note.{code}", units=_units(facts.words, missing))


def of_differences(facts: Facts, arrangement: Arrangement, code: str) -> Iterator[str]:
    """What was decided about units above their TPS: by how much, why, and by whom."""
    tree, words = facts.election.tree, facts.words
    for one in facts.differences:
        if not one.unit.startswith(code):
            continue
        rows = [
            f"{line_names(row, [line])} {signed_text(one.cells[line.cell])}"
            for row, lines in _rows(arrangement)
            for line in lines
            if line.cell in one.cells
        ]
        yield words(
            "sheet.note.difference",
            unit=bare_name(tree, one.unit),
            rows=", ".join(rows),
            reason=one.reason,
            decided=one.decided_by or words["sheet.note.plenary"],
        )


def signed_text(number: int) -> str:
    """More or less, as papers print it: ``+1.200``, ``-3``."""
    return f"{'+' if number > 0 else ''}{number_text(number)}"


def _units(words: Words, missing: Mapping[str, int]) -> str:
    if len(missing) > _NAMED_UNITS:
        return words("sheet.note.many", units=len(missing), missing=sum(missing.values()))
    return "; ".join(
        words("sheet.note.unit", name=name, missing=number) for name, number in missing.items()
    )


def of_blanks(words: Words, arrangement: Arrangement, blanks: Mapping[str, int]) -> Iterator[str]:
    """In which rows counted TPS are blank, and how many: the meaning of the mark."""
    rows: dict[int, list[str]] = {}
    for row, lines in _rows(arrangement):
        by_count: dict[int, list[Line]] = {}
        for line in lines:
            if blanks.get(line.cell):
                by_count.setdefault(blanks[line.cell], []).append(line)
        for count, blank in by_count.items():
            rows.setdefault(count, []).append(line_names(row, blank))
    if rows:
        parts = [
            words("sheet.note.blank", count=count, rows=", ".join(names))
            for count, names in sorted(rows.items(), reverse=True)
        ]
        yield words("sheet.note.blanks", parts="; ".join(parts))


def _rows(arrangement: Arrangement) -> Iterator[tuple[Row, tuple[Line, ...]]]:
    return (
        (row, row.lines) for section in arrangement.sections for row in section.rows if row.lines
    )


def line_names(row: Row, lines: Sequence[Line]) -> str:
    """Lines of one row as notes name them: ``I.B.4``, or ``I.B.4 (L, P)`` when not all."""
    if len(lines) == len(row.lines):
        return row.ref
    return f"{row.ref} ({', '.join(line.word for line in lines)})"


def number_ranges(numbers: Sequence[str]) -> str:
    """TPS numbers in short: ``001-003, 007``; they are given in ascending order."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run(run) for run in runs)


def _run(run: Sequence[str]) -> str:
    pair = 2
    return ", ".join(run) if len(run) <= pair else f"{run[0]}\N{EN DASH}{run[-1]}"
