"""Which rows of the paper are shown together: a page of it, a part of a long one, or one party."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.office.entry.party_progress import parties_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recap_desktop.election.definitions.contests import Contest
    from recap_desktop.election.definitions.papers import Paper
    from recap_desktop.election.papers.arrangements import Row, Section


_TITLE, _HEADING, _BAR, _ROOM = 0.7, 0.6, 1.8, 13.5
"""Heights of a title, a heading and the bar of parties, and what a small screen has room for: rows."""


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """What is on the screen at one time.

    Attributes:
        number: page of the paper.
        sections: what stands on it.
        party: number of the party whose block it is; 0 for none.
        title: the head of its block as on the paper, with what is noted there.
        part: which part of its page of the paper it is, from 1, and of how many; of one page
            with parties it says nothing.
    """

    number: int
    sections: tuple[Section, ...]
    party: int = 0
    title: str = ""
    part: tuple[int, int] = (1, 1)


def screen_pages(
    paper: Paper, sections: Sequence[Section], contest: Contest
) -> tuple[ScreenPage, ...]:
    """The pages of a C.HASIL in its order; of a list form each party has a page of its own.

    A page of the paper that a small screen could only scroll is shown in parts, cut where a block
    of it ends, or evenly where a block is too long itself.
    """
    pages: list[ScreenPage] = []
    owner = {cell: party.number for party in parties_of(contest) for cell in party.cells}
    for number in sorted({section.page for section in paper.sections}):
        on_page = tuple(
            arranged
            for arranged, section in zip(sections, paper.sections, strict=True)
            if section.page == number
        )
        rows = [row for section in on_page for row in section.rows]
        if any(line.cell in owner for row in rows for line in row.lines):
            pages += _by_party(number, on_page, owner)
        else:
            parts = list(_parts(on_page, _ROOM - _BAR if owner else _ROOM))
            pages += (
                ScreenPage(number, part, part=(at, len(parts)))
                for at, part in enumerate(parts, start=1)
            )
    return tuple(pages)


def _parts(sections: Sequence[Section], room: float) -> Iterator[tuple[Section, ...]]:
    """Sections, some of them cut, so that each part has room on a small screen."""
    part: list[Section] = []
    height = 0.0
    for section, rows in _blocks(sections, room):
        is_same = bool(part) and part[-1].title == section.title
        more = _height(rows) + (0 if is_same else _TITLE)
        if part and height + more > room:
            yield tuple(part)
            part, height, is_same = [], 0.0, False
            more = _height(rows) + _TITLE
        if is_same:
            part[-1] = replace(section, rows=(*part[-1].rows, *rows))
        else:
            part.append(replace(section, rows=tuple(rows)))
        height += more
    if part:
        yield tuple(part)


def _blocks(sections: Sequence[Section], room: float) -> Iterator[tuple[Section, list[Row]]]:
    """Every section in blocks, each with its heading; too long a block in even pieces."""
    for section in sections:
        blocks: list[list[Row]] = []
        for row in section.rows:
            if not row.lines or not blocks:
                blocks.append([])
            blocks[-1].append(row)
        for block in blocks:
            pieces = math.ceil((_height(block) + _TITLE) / room)
            size = math.ceil(len(block) / pieces)
            for at in range(0, len(block), size):
                yield section, block[at : at + size]


def _height(rows: Sequence[Row]) -> float:
    return sum(1.0 if row.lines else _HEADING for row in rows)


def _by_party(
    number: int, sections: Sequence[Section], owner: dict[str, int]
) -> Iterator[ScreenPage]:
    for section in sections:
        blocks: list[tuple[str, list[Row]]] = []
        for row in section.rows:
            if row.dark or not blocks:
                blocks.append((" ".join((row.number, *row.labels, row.note)).strip(), []))
            # The bar above the form names the party, in larger letters.
            if not row.dark:
                blocks[-1][1].append(row)
        for title, block in blocks:
            party = next((owner.get(line.cell, 0) for row in block for line in row.lines), 0)
            part = replace(section, rows=tuple(block))
            yield ScreenPage(number, (part,), party, title if party else "")
