"""A paper of running text (naskah): sentences, fields, lists, room to write, then signatures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from recap_desktop.election.definitions import regions
from recap_desktop.election.papers import captions
from recap_desktop.election.papers.annexes import Item, Listing
from recap_desktop.election.papers.faces import Title, face_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recap_desktop.election.papers.faces import Face
    from recap_desktop.election.papers.facts import Facts


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more; ``bold`` leads what follows, ``centred`` stands by itself."""

    text: str
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """What is so, a line each: (label, value); an empty value leaves a dotted line.

    Attributes:
        rows: labels and values.
        is_dense: whether they stand close and smaller: hashes, which nobody reads as text.
    """

    rows: tuple[tuple[str, str], ...]
    is_dense: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """Dotted lines to write on by hand."""

    lines: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A QR code with its text in print beside it."""

    code: str
    text: str


Part: TypeAlias = Paragraph | Fields | Ruled | Scan | Listing


@dataclass(frozen=True, slots=True)
class Deed:
    """One paper of running text, standing (portrait).

    Attributes:
        code: the unit it is of.
        face: what stands around its text.
        parts: in order.
    """

    code: str
    face: Face
    parts: tuple[Part, ...]


def deed_face(facts: Facts, key: str) -> Face:
    """Titles and model box of a paper of the office.

    Its first titles are ``deed.<key>.title-1`` ... of the words; those that name the contest are
    the sheet's own. The model is what the form definition says of this paper at this level, else
    that of the sheet, or the words' where it has a name of its own.
    """
    words, level = facts.words, regions.level_of(facts.office)
    name = words[f"deed.{key}.name"]
    face = face_of(facts, facts.office, name=name)
    where = captions.full_name(facts.election.tree, facts.office)
    own = f"deed.{key}.model"
    model = facts.form.deeds.get(key, {}).get(level.word)
    if model is None:
        model = (words[own],) if own in words else face.model
    return replace(
        face,
        model=tuple(model),
        titles=(
            *(Title(words(code, unit=where), large=False) for code in _numbered(facts, key)),
            *_of_contest(face),
        ),
        code="",
        proof="",
    )


def _numbered(facts: Facts, key: str) -> Iterator[str]:
    number = 1
    while (code := f"deed.{key}.title-{number}") in facts.words:
        yield code
        number += 1


def contest_line(face: Face) -> str:
    """What the contest is called in a sentence: its title lines in one."""
    return " ".join(title.text for title in _of_contest(face))


def _of_contest(face: Face) -> tuple[Title, ...]:
    """The title lines that name the contest, with the year below them."""
    first = next((at for at, title in enumerate(face.titles) if title.large), 0)
    return face.titles[first:]


def listing(
    facts: Facts,
    key: str,
    shares: tuple[int, ...],
    entries: Iterable[Sequence[str | Item]],
    *,
    room: int = 1,
) -> Listing:
    """A list with the title and heads of ``deed.<key>`` in the words."""
    words = facts.words
    return Listing(
        title=words[f"deed.{key}.title"],
        heads=tuple(words[f"deed.{key}.head-{n}"] for n in range(1, len(shares) + 1)),
        shares=shares,
        entries=tuple(
            tuple(item if isinstance(item, Item) else Item(item) for item in entry)
            for entry in entries
        ),
        empty=words["sheet.annex.nothing"],
        room=room,
    )


def chaired(face: Face, title: str = "") -> Face:
    """The face signed by the ketua alone, under a title of its own where given."""
    block = face.signatures[0]
    return replace(
        face, signatures=(replace(block, title=title or block.title, boxes=block.boxes[:1]),)
    )
