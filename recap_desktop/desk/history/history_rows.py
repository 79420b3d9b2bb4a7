"""Rows and columns of the history, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.desk.pieces.table_model import RIGHT, Column
from recap_desktop.election.wording import number_text, time_text
from recap_desktop.office.tables.planned_words import origin_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QIcon

    from recap_desktop.election.checks.phrasing import Phrasing
    from recap_desktop.election.wording import Words
    from recap_desktop.office.proof.beside import Line
    from recap_desktop.office.proof.history import Event


_CROSS = " (X)"
"""Behind a 0 whose box is crossed out on the paper."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One cell that a record changed: its name, what stood there, what stands there now."""

    name: str
    before: str
    after: str


def event_columns(words: Words) -> list[Column[Event]]:
    """Columns for the records of a TPS."""

    def time(event: Event) -> str:
        at = event.record.time
        return f"{words.date(at[:10])} {time_text(at)}.{at[17:19]}"

    def what(event: Event) -> str:
        text = words[f"desk.what.{event.what}"]
        if event.rule:
            text = f"{text}: {event.rule}"
        if event.has_lapsed:
            return words("mark.lapsed", what=text)
        return text if event.is_live else words("desk.history.replaced", what=text)

    def person(event: Event) -> str:
        return event.person

    def changed(event: Event) -> str:
        return words("desk.history.cells", count=len(event.changes)) if event.changes else ""

    def reason(event: Event) -> str:
        body = event.record.body
        if "origin" in body:
            return origin_text(words, body["origin"])
        return event.note

    def decided(event: Event) -> str:
        body = event.record.body
        said = (("raised", body.get("raised_by")), ("decided", body.get("decided_by")))
        return "; ".join(words(f"desk.history.{code}", by=by) for code, by in said if by)

    return [
        Column(words["desk.history.time"], time),
        Column(words["desk.history.what"], what),
        Column(words["desk.history.by"], person),
        Column(words["desk.history.changed"], changed),
        Column(words["desk.history.reason"], reason),
        Column(words["desk.history.decision"], decided),
    ]


def change_rows(event: Event, phrasing: Phrasing, order: Sequence[str]) -> list[ChangeRow]:
    """The cells a record changed, in the order of the paper."""
    return [
        ChangeRow(
            phrasing.cell(cell),
            _figure(event.changes[cell][0]),
            _figure(event.changes[cell][1]) + (_CROSS if cell in event.crossed else ""),
        )
        for cell in order
        if cell in event.changes
    ]


def _figure(value: int | None) -> str:
    return "" if value is None else number_text(value)


def change_columns(words: Words) -> list[Column[ChangeRow]]:
    """Columns for the cells of one record."""
    return [
        Column(words["desk.history.cell"], lambda row: row.name),
        Column(words["desk.history.before"], lambda row: row.before, RIGHT),
        Column(words["desk.history.after"], lambda row: row.after, RIGHT),
    ]


def beside_columns(
    words: Words,
    columns: Sequence[Event],
    phrasing: Phrasing,
    *,
    mark: Callable[[Line], QIcon | None],
) -> list[Column[Line]]:
    """Columns for records beside each other: a column a record, headed by what, who and when."""
    first: list[Column[Line]] = [
        Column(words["desk.history.cell"], lambda line: phrasing.cell(line.cell), icon=mark)
    ]
    return first + [
        Column(_head(words, event), partial(_figure_of, at), RIGHT, tip=_head(words, event))
        for at, event in enumerate(columns)
    ]


def _head(words: Words, event: Event) -> str:
    what = words[f"desk.what.{event.what}"]
    said = words(
        "desk.beside.head", what=what, person=event.person, time=time_text(event.record.time)
    )
    return said if event.is_live else words("desk.history.replaced", what=said)


def _figure_of(at: int, line: Line) -> str:
    return _figure(line.figures[at]) + (_CROSS if line.crossed[at] else "")
