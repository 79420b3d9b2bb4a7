"""What a seat is called on papers: ``KETUA``, ``SAKSI ...`` with the name of the choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recap_desktop.election.papers.facts import Facts


def seat_text(facts: Facts, seat: str) -> str:
    """A seat in words (kedudukan).

    Args:
        facts: of the contest.
        seat: ``ketua``, ``anggota-N``, ``saksi-N``, ``panwas``, ``observer``, ``guest``.
    """
    words = facts.words
    word, _, number = seat.partition("-")
    if word != "saksi":
        return words(f"deed.seat.{word}", number=number)
    name = next((c.name for c in facts.contest.choices if str(c.number) == number), "")
    return words("deed.seat.saksi", number=number, name=name)
