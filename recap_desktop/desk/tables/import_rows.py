"""Rows and columns of the import page: what a table's columns become, and what becomes of its TPS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.pieces.table_model import RIGHT, Column
from recap_desktop.election.tables.count_maps import DESA, KECAMATAN, TPS, column_letters
from recap_desktop.election.wording import number_text
from recap_desktop.office.tables.planned_counts import Fate, PlannedCount
from recap_desktop.office.tables.planned_words import fate_text, place_text, why_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QIcon, QPalette

    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.phrasing import Phrasing
    from recap_desktop.election.tables.count_maps import Heading
    from recap_desktop.election.wording import Words
    from recap_desktop.office.tables.importing import CountsImport

_ALL, _MISSING = "all", "missing"
_PLACES = {TPS: "tps", DESA: "desa", KECAMATAN: "kecamatan"}
_SIGNS = {
    Fate.REFUSED: (Shape.DIAMOND, Hue.WRONG),
    Fate.OTHER: (Shape.BARS, Hue.CARE),
    Fate.LATE: (Shape.STAMP, Hue.CARE),
    Fate.CHANGE: (Shape.PENCIL, Hue.CHANGED),
    Fate.SECOND: (Shape.HALF, Hue.CHANGED),
    Fate.CONFIRM: (Shape.CHECK, Hue.GOOD),
    Fate.ADD: (Shape.CHECK, Hue.GOOD),
    Fate.SAME: (Shape.EQUAL, Hue.QUIET),
    Fate.REPEATED: (Shape.EQUAL, Hue.QUIET),
    Fate.BLANK: (Shape.RING, Hue.QUIET),
}


def target_names(words: Words, phrasing: Phrasing, cells: tuple[str, ...]) -> dict[str, str]:
    """Everything a heading may be, with its name: nothing, what says the TPS, cells of the form."""
    names = {"": words["import.target.none"]}
    names |= {target: words[f"import.target.{code}"] for target, code in _PLACES.items()}
    return names | {cell: phrasing.cell(cell) for cell in cells}


def heading_columns(
    words: Words, names: Mapping[str, str], palette: QPalette
) -> list[Column[Heading]]:
    """Columns for what a table's columns or lines become."""

    def place(heading: Heading) -> str:
        if heading.column:
            return words("desk.import.column", letters=column_letters(heading.column))
        return words("desk.import.line", row=str(heading.row))

    def state(heading: Heading) -> str:
        if heading.is_sure:
            return ""
        return words["desk.import.confirm" if heading.target else "desk.import.unknown"]

    def sign(heading: Heading) -> QIcon | None:
        if heading.is_sure:
            shape = Shape.CHECK if heading.target else Shape.RING
            return icon(shape, ink(palette, Hue.GOOD if heading.target else Hue.QUIET))
        return icon(Shape.TRIANGLE, ink(palette, Hue.CARE))

    def target(heading: Heading) -> str:
        if not heading.target and not heading.is_sure:
            return ""
        return names.get(heading.target, heading.target)

    return [
        Column(words["desk.import.where"], place, widest=words("desk.import.line", row="0000")),
        Column(words["desk.import.in-file"], lambda one: one.text, stretch=5),
        Column(words["desk.import.samples"], lambda one: " · ".join(one.samples), stretch=2),
        Column(words["desk.import.on-form"], target, icon=sign, stretch=4),
        Column("", state, widest=words["desk.import.unknown"]),
    ]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One TPS of the preview: a count of the table, or a TPS that the table lacks."""

    tps: str
    planned: PlannedCount | None = None


def preview_rows(plan: CountsImport) -> list[PreviewRow]:
    """What needs a look first, each fate in the order of the table, then what the table lacks."""
    order = {fate: at for at, fate in enumerate(Fate)}
    planned = sorted(plan.plan, key=lambda one: order[one.fate])
    return [
        *(PreviewRow(one.tps, one) for one in planned),
        *(PreviewRow(tps) for tps in plan.missing()),
    ]


def preview_choices(words: Words, plan: CountsImport) -> list[tuple[str, str]]:
    """What the preview can be narrowed to: code and words, with how many there are."""
    counted, missing = plan.counted(), len(plan.missing())
    choices = [(_ALL, words("desk.import.all", count=len(plan.plan)))]
    named = [(fate.value, fate_text(words, fate), counted[fate]) for fate in Fate]
    named.append((_MISSING, words["desk.import.missing"], missing))
    choices += [
        (code, words("desk.import.some", what=what, count=count))
        for code, what, count in named
        if count
    ]
    return choices


def is_shown(row: PreviewRow, chosen: str) -> bool:
    """Whether a row belongs to a choice."""
    if row.planned is None:
        return chosen == _MISSING
    return chosen in (_ALL, row.planned.fate.value)


def preview_columns(
    session: Session, phrasing: Phrasing, palette: QPalette
) -> list[Column[PreviewRow]]:
    """Columns for what becomes of each TPS."""
    words = session.words

    def station(row: PreviewRow) -> str:
        if row.tps:
            return session.station(row.tps)
        return row.planned.read.called if row.planned else ""

    def fate(row: PreviewRow) -> str:
        return fate_text(words, row.planned.fate) if row.planned else words["desk.import.missing"]

    def sign(row: PreviewRow) -> QIcon | None:
        shape, hue = _SIGNS[row.planned.fate] if row.planned else (Shape.RING, Hue.QUIET)
        return icon(shape, ink(palette, hue))

    def why(row: PreviewRow) -> str:
        return why_text(words, phrasing, row.planned) if row.planned else ""

    def findings(row: PreviewRow) -> str:
        count = row.planned.findings if row.planned else None
        return number_text(count) if count else ""

    def place(row: PreviewRow) -> str:
        return place_text(words, row.planned) if row.planned else ""

    return [
        Column(words["desk.import.station"], station, stretch=4),
        Column(
            words["desk.import.fate"],
            fate,
            icon=sign,
            widest=max((fate_text(words, fate) for fate in Fate), key=len),
        ),
        Column(words["desk.import.why"], why, stretch=7),
        Column(words["desk.import.findings"], findings, RIGHT, widest="000 000"),
        Column(words["desk.import.where"], place, stretch=3),
    ]
