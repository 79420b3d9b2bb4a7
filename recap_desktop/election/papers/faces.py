"""What stands around the table of a sheet: titles, model box, places, signers, notices, foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.papers import captions
from recap_desktop.election.papers.captions import bare_name
from recap_desktop.election.papers.facts import Draft, Loose, Presence, Revision, Signer
from recap_desktop.election.wording import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recap_desktop.election.definitions.contests import Choice
    from recap_desktop.election.papers.anchors import Anchor
    from recap_desktop.election.papers.facts import Facts
    from recap_desktop.election.wording import Words

HEAD_DIGITS = 32
"""Hex digits of a head that stand on paper (128 bits), in groups of four."""

_GROUP = 4
_PLACES = (Level.PROVINSI, Level.KABKO, Level.KECAMATAN, Level.DESA)


@dataclass(frozen=True, slots=True)
class Title:
    """One title line; the lines that name the contest are larger, as on C.HASIL."""

    text: str
    large: bool


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """Room for one signature.

    Attributes:
        number: as printed; empty for none.
        headings: KETUA, ANGGOTA, or the names of a choice.
        name: of the signer; empty leaves a dotted line.
        remark: why nobody signs here; empty when somebody may.
    """

    number: str
    headings: tuple[str, ...]
    name: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """A row of signatures under one heading."""

    title: str
    boxes: tuple[SignatureBox, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """Everything on a page of a paper that is not its table.

    Attributes:
        name: of the paper in the outline of the file: ``DESA PANYINGKIRAN``.
        office: whose paper it is: ``PANITIA PEMILIHAN KECAMATAN CIAMIS``.
        model: lines of the model box.
        titles: title lines.
        place: (label, value) pairs: PROVINSI, KABUPATEN ...
        page: note of the page with ``{page}`` and ``{pages}``.
        notices: LATIHAN, DRAF UNTUK PENCERMATAN.
        decided: the line DITETAPKAN DI ...; empty on a draft.
        signatures: blocks of boxes.
        unsigned: what a draft says across its signature boxes; empty when they are for signing.
        definition: id of the form definition, and whether its arrangement was verified.
        entry: how the figures were entered.
        heads: revision or draft with its heads in groups of four, a line each.
        code: text of the QR code; empty for none.
        proof: the same in print.
    """

    name: str
    office: str
    model: tuple[str, ...]
    titles: tuple[Title, ...]
    place: tuple[tuple[str, str], ...]
    page: str
    notices: tuple[str, ...]
    decided: str
    signatures: tuple[SignatureBlock, ...]
    unsigned: str
    definition: str
    entry: str
    heads: tuple[str, ...]
    code: str = ""
    proof: str = ""

    def page_note(self, page: int, pages: int) -> str:
        """Which page of how many, counted from 1."""
        return self.page.format(page=page, pages=pages)


def face_of(facts: Facts, unit: str, *, name: str = "") -> Face:
    """Everything around the table of a unit's paper; ``name`` takes the place of the unit's."""
    level = regions.level_of(unit)
    paper = facts.paper(level)
    printed = captions.Captions.of(facts.election, facts.contest_id, unit)
    words = facts.words
    draft = isinstance(facts.state, Draft)
    verified = "verified" if paper.verified else "unverified"
    anchor = _anchor(facts, unit)
    return Face(
        name=name or captions.full_name(facts.election.tree, unit),
        office=_office(facts, unit),
        model=printed.model(paper),
        titles=tuple(
            Title(printed.fill(line, paper), "{jenis}" in line or "{wilayah}" in line)
            for line in paper.titles
        ),
        place=tuple(_place(facts, unit)),
        page=words["sheet.page"],
        notices=tuple(_notices(facts)),
        decided="" if isinstance(facts.state, Draft) else _decided(words, facts.state),
        signatures=tuple(_signatures(facts, unit, printed)),
        unsigned=words["sheet.unsigned"] if draft else "",
        definition=words(f"sheet.definition.{verified}", form=facts.form.id),
        entry=words["sheet.entry.double" if facts.double_entry else "sheet.entry.single"],
        heads=tuple(_heads(words, facts.state)),
        code=anchor.text if anchor else "",
        proof=proof_text(facts, anchor) if anchor else "",
    )


def _anchor(facts: Facts, unit: str) -> Anchor | None:
    """The line on the sheet of what was closed; of no other unit."""
    anchor = facts.state.anchor if isinstance(facts.state, Revision) else None
    return anchor if anchor and anchor.statement.unit == unit else None


def proof_text(facts: Facts, anchor: Anchor) -> str:
    """The line in print, led by the post that signed it."""
    assert isinstance(facts.state, Revision)
    return facts.words("sheet.proof", code=anchor.printed, post=groups(facts.state.post))


def groups(digest: str) -> str:
    """The part of a hash that stands on paper: ``1a2b 3c4d ...``, 32 digits in groups of four."""
    shown = digest[:HEAD_DIGITS]
    return " ".join(shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP))


def _office(facts: Facts, unit: str) -> str:
    """Whose paper it is; a C.HASIL is that of the KPPS, all others those of the office."""
    if regions.level_of(unit) is Level.TPS:
        return f"{_body(facts, unit)} {station_name(facts, unit)}"
    return f"{_body(facts, facts.office)} {bare_name(facts.election.tree, facts.office)}"


def _body(facts: Facts, code: str) -> str:
    """What an office is, before the name of its unit: ``PANITIA PEMILIHAN KECAMATAN``."""
    unit = regions.unit_word(code)
    return facts.election.tree.word(code, f"office-{unit}") or facts.words[f"sheet.office.{unit}"]


def station_name(facts: Facts, tps: str) -> str:
    """A TPS as papers call it: ``TPS 001``."""
    return facts.words("sheet.station-name", number=regions.station_number(tps))


def _place(facts: Facts, unit: str) -> Iterator[tuple[str, str]]:
    for level in _PLACES:
        code = regions.ancestor(unit, level)
        if regions.level_of(code) is not level:
            return
        yield facts.election.tree.called(code), bare_name(facts.election.tree, code)
        if level is Level.PROVINSI and facts.contest.dapil:
            yield facts.words["sheet.dapil"], facts.contest.dapil.upper()
    if regions.level_of(unit) is Level.TPS:
        yield facts.words["sheet.station"], regions.station_number(unit)


def _notices(facts: Facts) -> Iterator[str]:
    if facts.election.is_rehearsal:
        yield facts.words["sheet.notice.rehearsal"]
    if isinstance(facts.state, Draft):
        yield facts.words["sheet.notice.draft"]


def _decided(words: Words, state: Revision | Loose) -> str:
    revision = state if isinstance(state, Revision) else Revision(0, "")
    if revision.date:
        year, month, day = revision.date.split("-")
        month = MONTHS[int(month) - 1].upper()
    else:
        day, month, year = (words[f"sheet.dots.{part}"] for part in ("day", "month", "year"))
    place = revision.place.upper() or words["sheet.dots.place"]
    return words("sheet.decided", place=place, day=day, month=month, year=year)


def _signatures(facts: Facts, unit: str, printed: captions.Captions) -> Iterator[SignatureBlock]:
    words = facts.words
    at_station = regions.level_of(unit) is Level.TPS
    seats = {} if at_station else {signer.seat: signer for signer in facts.signers}
    holder = unit if at_station else facts.office
    chair = _box(words, seats, "ketua", "1", headings=(words["sheet.seat.chair"],))
    member = (words["sheet.seat.member"],)
    yield SignatureBlock(
        words("sheet.members", office=_body(facts, holder)),
        (
            chair,
            *(
                _box(words, seats, f"anggota-{number}", str(number), headings=member)
                for number in range(2, facts.form.signers[regions.level_of(holder).word] + 1)
            ),
        ),
    )
    witnessed = [choice for choice in printed.contest.choices if choice.has_witness]
    if witnessed:
        yield SignatureBlock(
            words(f"sheet.witnesses.{witnessed[0].kind.value}", kind=printed.kind.title),
            tuple(
                _box(words, seats, f"saksi-{c.number}", str(c.number), headings=_names(c))
                for c in witnessed
            ),
        )


def _names(choice: Choice) -> tuple[str, ...]:
    return tuple(name for name in (choice.name, choice.running_mate) if name)


def _box(
    words: Words, seats: Mapping[str, Signer], seat: str, number: str, *, headings: tuple[str, ...]
) -> SignatureBox:
    signer = seats.get(seat, Signer(seat))
    remark = ""
    if signer.presence is not Presence.PRESENT:
        remark = words[f"sheet.presence.{signer.presence.value}"]
        if signer.reason:
            remark = words("sheet.presence.reason", presence=remark, reason=signer.reason)
    return SignatureBox(f"{number}.", headings, signer.name, remark)


def _heads(words: Words, state: Draft | Revision | Loose) -> Iterator[str]:
    if isinstance(state, Revision):
        yield words("sheet.head.revision", number=str(state.number), head=groups(state.hash))
        return
    kind = "draft" if isinstance(state, Draft) else "loose"
    if not state.heads:
        yield words[f"sheet.head.{kind}-nothing"]
    for head in state.heads:
        yield words(f"sheet.head.{kind}", seq=head.seq, head=groups(head.hash))
