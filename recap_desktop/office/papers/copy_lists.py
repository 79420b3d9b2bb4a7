"""The list of copies: who got which, of what paper and revision; pages printed again beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.office.papers.copying import copies, printed_by
from recap_desktop.office.papers.print_plan import paper_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.election.records.copies import Copy
    from recap_desktop.election.wording import Words
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One line of the list.

    Attributes:
        copy: what was printed.
        first: the copy as it was printed first: its own line, or that of the copy it mends.
        title: of its paper.
        person: name of who printed it.
    """

    copy: Copy
    first: Copy
    title: str
    person: str


def copy_lines(
    office: Office, contest_id: str, words: Words, *, whom: str = ""
) -> tuple[CopyLine, ...]:
    """Every copy of a contest in the order in which they came here, each with its reprints.

    Args:
        office: the open office.
        contest_id: the contest.
        words: of the screen.
        whom: part of the name of an addressee; empty for all.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    wanted = whom.casefold()
    return tuple(
        CopyLine(copy, group[0], paper_title(office, copy.paper, words), printed_by(office, copy))
        for group in _grouped(copies(office, contest_id))
        for copy in group
        if wanted in copy.addressee.casefold()
    )


def _grouped(known: Iterable[Copy]) -> list[list[Copy]]:
    """Copies by paper, close and number, each group in the order of its first one."""
    groups: dict[tuple[str, str, str, str], list[Copy]] = {}
    for copy in known:
        key = (copy.paper.kind, copy.paper.unit, copy.record.body["head"], copy.number)
        groups.setdefault(key, []).append(copy)
    return list(groups.values())


def addressees_of(lines: Iterable[CopyLine]) -> dict[str, int]:
    """Addressee -> copies that they got, by name; empty for copies of nobody named."""
    found: dict[str, int] = {}
    for line in lines:
        if line.copy is line.first:
            found[line.copy.addressee] = found.get(line.copy.addressee, 0) + 1
    return dict(sorted(found.items()))
