"""Which sections of the paper are shown together: a page of the paper, or one party of a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.office.party_progress import parties_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recap_desktop.election.arrangements import Row, Section
    from recap_desktop.election.contests import Contest
    from recap_desktop.election.papers import Paper


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """What is on the screen at one time.

    Attributes:
        number: page of the paper.
        sections: what stands on it.
        party: number of the party whose block it is; 0 for none.
        title: the head of its block as on the paper, with what is noted there.
    """

    number: int
    sections: tuple[Section, ...]
    party: int = 0
    title: str = ""


def screen_pages(
    paper: Paper, sections: Sequence[Section], contest: Contest
) -> tuple[ScreenPage, ...]:
    """The pages of a C.HASIL in its order; of a list form each party has a page of its own."""
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
            pages.append(ScreenPage(number, on_page))
    return tuple(pages)


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
