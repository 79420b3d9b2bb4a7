"""The letter of an office's key (surat kunci): its fingerprint over the signature and the stamp.

Whoever certifies or believes the key types parts of it from this paper, so that no file alone is
ever believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level, dotted
from recap_desktop.election.papers.annexes import Item, Listing
from recap_desktop.election.papers.captions import bare_name
from recap_desktop.election.papers.deeds import Deed, Fields, Paragraph
from recap_desktop.election.papers.faces import Face, SignatureBlock, SignatureBox, Title, groups
from recap_desktop.election.wording import date_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.wording import Words

_COLUMNS = 4
_PLACES = (Level.PROVINSI, Level.KABKO, Level.KECAMATAN)


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What the letter is made from.

    Attributes:
        office: region code of the office whose key it is.
        fingerprint: sixteen groups of four hex digits.
        definition: hash of the election definition, hex.
        program: version of the program.
    """

    office: str
    fingerprint: tuple[str, ...]
    definition: str
    program: str


def office_title(election: Election, code: str, words: Words) -> str:
    """An office as its papers and certificates name it: ``PANITIA PEMILIHAN KECAMATAN CIAMIS``."""
    return f"{_body(election, code, words)} {bare_name(election.tree, code)}"


def key_letter(election: Election, facts: KeyFacts, words: Words) -> Deed:
    """The letter, to be signed by the ketua and stamped."""
    above = regions.parent(facts.office)
    asks = "asks" if above and above in election.tree else "root"
    upper = office_title(election, above, words) if asks == "asks" else ""
    mode = words["deed.zero.rehearsal" if election.is_rehearsal else "deed.zero.real"]
    fields = (
        ("office", office_title(election, facts.office, words)),
        ("code", dotted(facts.office)),
        ("election", f"{election.title}, {date_text(election.date)}"),
        ("mode", mode),
        ("definition", groups(facts.definition)),
    )
    return Deed(
        facts.office,
        _face(election, facts, words),
        (
            Paragraph(words(f"deed.key-letter.{asks}", upper=upper)),
            Fields(tuple((words[f"deed.key-letter.{key}"], value) for key, value in fields)),
            Paragraph(words["deed.key-letter.say"]),
            _fingerprint(facts, words),
            Paragraph(words["deed.key-letter.how"]),
            Paragraph(words["deed.key-letter.closing"]),
        ),
    )


def _fingerprint(facts: KeyFacts, words: Words) -> Listing:
    rows = len(facts.fingerprint) // _COLUMNS
    numbered = [(str(n), group) for n, group in enumerate(facts.fingerprint, start=1)]
    entries = tuple(
        tuple(Item(text) for column in range(_COLUMNS) for text in numbered[column * rows + row])
        for row in range(rows)
    )
    heads = (words["deed.key-letter.number"], words["deed.key-letter.group"]) * _COLUMNS
    return Listing(
        title=words["deed.key-letter.fingerprint"],
        heads=heads,
        shares=(6, 19) * _COLUMNS,
        entries=entries,
        empty="",
    )


def _face(election: Election, facts: KeyFacts, words: Words) -> Face:
    tree, body = election.tree, _body(election, facts.office, words)
    name = words["deed.key-letter.name"]
    dots = {part: words[f"sheet.dots.{part}"] for part in ("place", "day", "month", "year")}
    chair = SignatureBox("", (words["sheet.seat.chair"],))
    return Face(
        name=name,
        office=office_title(election, facts.office, words),
        model=(name,),
        titles=(
            Title(words["deed.key-letter.title"], large=True),
            Title(office_title(election, facts.office, words), large=False),
            Title(election.title.upper(), large=False),
        ),
        place=tuple(_place(tree, facts.office)),
        page=words["sheet.page"],
        notices=(words["sheet.notice.rehearsal"],) if election.is_rehearsal else (),
        decided=words("deed.key-letter.signed", **dots),
        signatures=(SignatureBlock(words("deed.key-letter.signer", office=body), (chair,)),),
        unsigned="",
        definition=words("deed.key-letter.foot", program=facts.program),
        entry="",
        heads=(),
    )


def _body(election: Election, code: str, words: Words) -> str:
    unit = regions.unit_word(code)
    return election.tree.word(code, f"office-{unit}") or words[f"sheet.office.{unit}"]


def _place(tree: regions.RegionTree, office: str) -> Iterator[tuple[str, str]]:
    for level in _PLACES:
        code = regions.ancestor(office, level)
        if regions.level_of(code) is level:
            yield tree.called(code), bare_name(tree, code)
