"""The berita acara nol: before anything is typed, that nothing is there, and from what it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers.deeds import Deed, Fields, Paragraph, deed_face, listing
from recap_desktop.election.papers.minutes import Hall, opening
from recap_desktop.election.wording import date_text, number_text, terbilang

if TYPE_CHECKING:
    from recap_desktop.election.papers.facts import Facts

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an office stands on before the first figure (keadaan awal).

    Attributes:
        definition: hash of the election definition, hex.
        contest: hash of the contest with its form, hex.
        stations: TPS of the contest in the office, every one with an empty leaf.
        root: Merkle root over those leaves, hex.
        program: version of the program.
        posts: id and public key of each post, hex.
    """

    definition: str
    contest: str
    stations: int
    root: str
    program: str
    posts: tuple[tuple[str, str], ...]


def zero_report(facts: Facts, hall: Hall, beginning: Beginning) -> Deed:
    """The zero report of a contest: whoever types its hashes again knows that nothing preceded."""
    words = facts.words
    face = deed_face(facts, "zero")
    mode = words["deed.zero.rehearsal" if facts.election.is_rehearsal else "deed.zero.real"]
    stations = f"{number_text(beginning.stations)} ({terbilang(beginning.stations)})"
    fields = (
        ("election", f"{facts.election.title}, {date_text(facts.election.date)}"),
        ("contest", f"{facts.contest.title} ({facts.contest_id})"),
        ("mode", mode),
        ("office", f"{dotted(facts.office)} {facts.election.tree.name(facts.office)}"),
        ("stations", stations),
        ("entered", f"0 ({terbilang(0)})"),
        ("definition", whole(beginning.definition)),
        ("contest-hash", whole(beginning.contest)),
        ("root", whole(beginning.root)),
        ("program", beginning.program),
    )
    return Deed(
        facts.office,
        face,
        (
            Paragraph(opening(facts, hall, face, "zero")),
            Fields(tuple((words[f"deed.zero.{key}"], value) for key, value in fields)),
            Paragraph(words["deed.zero.empty"]),
            listing(
                facts,
                "posts",
                (6, 34, 60),
                (
                    (str(number), whole(post), whole(key))
                    for number, (post, key) in enumerate(beginning.posts, start=1)
                ),
            ),
            Paragraph(words["deed.zero.closing"]),
        ),
    )


def whole(digest: str) -> str:
    """A hash in full, in groups of four."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
