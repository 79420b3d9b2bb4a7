"""Rows and columns of the list of copies, ready to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.pieces.table_model import Column
from recap_desktop.election.wording import time_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

    from recap_desktop.desk.session import Session
    from recap_desktop.office.papers.copy_lists import CopyLine

_SHORT = 16


def copy_columns(
    session: Session, mark: Callable[[CopyLine], QIcon | None]
) -> list[Column[CopyLine]]:
    """Columns of the list.

    Args:
        session: the office on the desk.
        mark: the sign before a copy that was stopped.
    """
    words = session.words

    def number(line: CopyLine) -> str:
        copy = line.copy
        return copy.number if copy is line.first else words["desk.copies.once-more"]

    def state(line: CopyLine) -> str:
        revision = line.copy.revision
        return str(revision) if revision else words["desk.copies.draft"]

    def pages(line: CopyLine) -> str:
        copy = line.copy
        return words("desk.copies.pages", pages=copy.pages, whole=copy.whole)

    def time(line: CopyLine) -> str:
        at = line.copy.record.time
        return f"{at[8:10]}-{at[5:7]}-{at[:4]} {time_text(at)}"

    return [
        Column(words["desk.copies.number"], number, icon=mark, widest="00.000"),
        Column(words["desk.copies.whom"], lambda line: line.copy.addressee, stretch=5),
        Column(words["desk.copies.paper"], lambda line: line.title, stretch=3),
        Column(words["desk.copies.revision"], state, widest=words["desk.copies.revision"] + "  "),
        Column(words["desk.copies.pages-head"], pages, widest="1-00 / 000 "),
        Column(words["desk.copies.time"], time, widest="00-00-0000 00.00"),
        Column(words["desk.copies.by"], lambda line: line.person, stretch=2),
        Column(words["desk.copies.note"], lambda line: note_of(session, line), stretch=4),
    ]


def note_of(session: Session, line: CopyLine) -> str:
    """Why it was printed again, and what may have come out of what was stopped."""
    said = [line.copy.reason] if line.copy.reason else []
    if line.copy.is_stopped:
        code = "stopped-out" if line.copy.out else "stopped"
        said.append(session.words(f"desk.copies.{code}", pages=line.copy.out))
    return "; ".join(said)


def details_of(session: Session, line: CopyLine) -> str:
    """The whole of a line, and what else is on record of it."""
    copy, words = line.copy, session.words
    columns = str(copy.columns) if copy.columns else words["desk.copies.usual-columns"]
    whom = copy.addressee or words["desk.copies.nobody"]
    parts = (f"{line.title}, {copy.number}", whom, note_of(session, line))
    first = ": ".join(part for part in parts if part)
    return f"{first}\n" + words(
        "desk.copies.details",
        size=copy.size.upper(),
        columns=columns,
        program=copy.program or words["desk.none"],
        sha256=copy.sha256[:_SHORT],
        record=copy.record.id[:_SHORT],
    )
