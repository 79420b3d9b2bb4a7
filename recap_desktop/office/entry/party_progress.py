"""How far the block of each party on a form is typed, and whether its sum adds up."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.contests import ChoiceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.definitions.contests import Choice, Contest


class Progress(enum.Enum):
    """Where the block of a party stands (kemajuan isian satu partai)."""

    EMPTY = "empty"
    PARTLY = "partly"
    FILLED = "filled"
    WRONG = "wrong"


def parties_of(contest: Contest) -> tuple[Choice, ...]:
    """The parties of a contest in the order of the paper; none where it has no lists."""
    return tuple(choice for choice in contest.choices if choice.kind is ChoiceKind.PARTY)


def progress_of(party: Choice, cells: Mapping[str, int]) -> Progress:
    """Where the block of a party stands.

    With its total typed it is filled, also where the paper leaves candidates blank, or wrong
    where the total is not what its filled cells add up to.
    """
    *parts, total = party.cells
    filled = [cells[part] for part in parts if part in cells]
    if total in cells:
        return Progress.FILLED if sum(filled) == cells[total] else Progress.WRONG
    return Progress.PARTLY if filled else Progress.EMPTY


def next_party(contest: Contest, cells: Mapping[str, int], *, after: int) -> int:
    """Number of the next party after one that is not filled, round to the first; 0 for none."""
    parties = parties_of(contest)
    at = next((at for at, party in enumerate(parties) if party.number == after), -1)
    for party in parties[at + 1 :] + parties[: at + 1]:
        if progress_of(party, cells) is not Progress.FILLED:
            return party.number
    return 0
