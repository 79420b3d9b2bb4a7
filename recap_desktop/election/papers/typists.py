"""Who typed what (daftar pengetik): every entry and ruling of a contest, for the archive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.moments import moment_on_paper
from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.papers.deeds import deed_face, listing
from recap_desktop.election.papers.names import place_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.papers.facts import Facts


@dataclass(frozen=True, slots=True)
class Typed:
    """One record about a TPS (ketikan).

    Attributes:
        tps: which.
        what: ``entry`` with its source, or the cause of a ruling: a code of the words.
        person: name.
        time: when, as the laptop said.
        post: number of the post in the office.
        id: first digits of the record's hash, which the history shows.
    """

    tps: str
    what: str
    person: str
    time: str
    post: int
    id: str


def typists(facts: Facts, typed: Sequence[Typed]) -> Annex:
    """The annex of who typed what; it holds names, and stays in the office."""
    words = facts.words
    entries = (
        (
            str(number),
            place_text(facts, one.tps),
            words[f"deed.typed.{one.what}"],
            one.person,
            moment_on_paper(one.time),
            str(one.post),
            one.id,
        )
        for number, one in enumerate(typed, start=1)
    )
    face = replace(deed_face(facts, "typists"), signatures=(), decided="")
    return Annex(
        facts.office, face, (listing(facts, "typists", (5, 26, 18, 20, 18, 5, 8), entries),)
    )
