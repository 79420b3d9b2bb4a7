"""The C.HASIL of one TPS as a sheet: men, women and both across, without a total column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import forms
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures import counts
from recap_desktop.election.papers import arrangements, captions, faces, sheets
from recap_desktop.election.papers.arrangements import Arrangement, Line, Row
from recap_desktop.election.papers.sheets import Column, ColumnKind, Figure, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.papers.facts import Facts


def station_form(facts: Facts, tps: str, cells: Mapping[str, int]) -> Sheet:
    """The C.HASIL (hasil satu TPS) in our own layout, empty where a cell is blank.

    Args:
        facts: of the office and the contest.
        tps: 13-digit key.
        cells: as written; none of them for a blank form.
    """
    paper = facts.paper(Level.TPS)
    face = faces.face_of(facts, tps, name=faces.station_name(facts, tps))
    printed = captions.Captions.of(facts.election, facts.contest_id, tps)
    across = _across(arrangements.arrange(facts.form, paper, printed))
    return Sheet(
        code=tps,
        # How figures are entered into the program is nothing that a KPPS signs.
        face=replace(face, entry=""),
        words=sheets.table_words(facts.words),
        arrangement=across,
        units=tuple(
            Column(ColumnKind.SEX, column, "", paper.columns[column]) for column in forms.COLUMNS
        ),
        figures={row.lines[0].cell: _figures(row, cells) for row, _ in across.lines},
        notes=(),
        is_summed=False,
        is_standing=True,
    )


def _across(lines: Arrangement) -> Arrangement:
    """The same rows, each on one line, whose cell is the row's key."""
    return Arrangement(
        tuple(
            replace(section, rows=tuple(_one_line(row) for row in section.rows))
            for section in lines.sections
        )
    )


def _one_line(row: Row) -> Row:
    if not row.lines:
        return row
    closed = 0 if len(row.lines) > 1 else len(forms.COLUMNS) - 1
    return replace(row, lines=(Line("", counts.row_key(row.lines[0].cell)),), closed=closed)


def _figures(row: Row, cells: Mapping[str, int]) -> tuple[Figure, ...]:
    key = row.lines[0].cell
    *split, both = (f"{key}.{column}" for column in forms.COLUMNS)
    return (*(Figure(cells.get(cell)) for cell in split), Figure(cells.get(both, cells.get(key))))
