"""Columns of where a figure comes from: of the parts of a sum, and of the records of a TPS."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.desk.offices.office_lines import moment
from recap_desktop.desk.pieces.table_model import MIDDLE, RIGHT, Column
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.wording import number_text, signed_text
from recap_desktop.office.tables.planned_words import origin_text

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session
    from recap_desktop.election.wording import Words
    from recap_desktop.office.proof.provenance import Part, Trace, WhereFrom

_NAME = 30


def part_columns(words: Words, found: WhereFrom) -> list[Column[Part]]:
    """Columns for the parts of a sum; differences only where there are any."""
    longest = max((part.name for part in found.parts), key=len, default="")
    columns: list[Column[Part]] = [
        Column(words["desk.where.unit"], lambda part: part.name, least=longest[:_NAME]),
        Column(words["desk.where.figure"], _figure, RIGHT, widest="00.000.000*"),
        Column(words["desk.where.counted"], _counted, MIDDLE, widest="00.000/00.000"),
        Column(words["desk.where.blank"], _blank, MIDDLE, widest="0.000 TPS"),
    ]
    if any(part.difference for part in found.parts):
        columns.append(Column(words["desk.where.difference"], _difference, RIGHT, widest="+00.000"))
    return columns


def _figure(part: Part) -> str:
    if part.figure is None:
        return ""
    return number_text(part.figure) + ("*" if part.blank else "")


def _counted(part: Part) -> str:
    return f"{number_text(part.counted)}/{number_text(part.stations)}"


def _blank(part: Part) -> str:
    return f"{number_text(part.blank)} TPS" if part.blank else ""


def _difference(part: Part) -> str:
    return signed_text(part.difference)


def _note(words: Words, trace: Trace) -> str:
    return origin_text(words, trace.origin) if trace.origin else trace.event.note


def _said(words: Words, trace: Trace) -> str:
    """What a record says of the cell: of a difference by how much."""
    if trace.figure is None:
        return words["desk.none"] if trace.says else ""
    is_difference = trace.event.record.kind == Kind.DIFFERENCE.value
    return signed_text(trace.figure) if is_difference else number_text(trace.figure)


def trace_columns(session: Session) -> list[Column[Trace]]:
    """Columns for the records of a TPS, each with what it says of the cell."""
    words = session.words

    def time(trace: Trace) -> str:
        return moment(words, trace.event.record.time)

    def what(trace: Trace) -> str:
        text = words[f"desk.what.{trace.event.what}"]
        return text if trace.event.is_live else words("desk.history.replaced", what=text)

    def place(trace: Trace) -> str:
        return words("desk.where.post", number=trace.post) if trace.post else ""

    def paper(trace: Trace) -> str:
        return words[f"import.source.{trace.source}"] if trace.source else ""

    def came(trace: Trace) -> str:
        carried = trace.carried
        if carried is None:
            return ""
        received = moment(words, carried.received)
        return words("desk.where.carried", revision=carried.revision, time=received)

    came_least = words("desk.where.carried", revision=1, time="28 November 2024 00.00")
    return [
        Column(words["desk.where.figure"], partial(_said, words), RIGHT, widest="00.000.000"),
        Column(words["desk.where.what"], what, least="Dibetulkan (tidak berlaku lagi)", stretch=3),
        Column(words["desk.where.by"], lambda trace: trace.event.person, stretch=3),
        Column(words["desk.where.time"], time, widest="29 November 2024 00.00"),
        Column(words["desk.where.place"], place, widest="Meja 00", stretch=2),
        Column(words["desk.where.paper"], paper, widest="C.HASIL"),
        Column(words["desk.where.note"], partial(_note, words), stretch=4),
        Column(words["desk.where.came"], came, least=came_least, stretch=3),
    ]
