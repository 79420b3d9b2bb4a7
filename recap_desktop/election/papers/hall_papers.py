"""Papers of the hall beside the berita acara: kejadian khusus, daftar pembetulan, tanda terima."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.moments import moment_on_paper
from recap_desktop.election.papers import seating, sheet_notes
from recap_desktop.election.papers.annexes import Annex, Item
from recap_desktop.election.papers.deeds import (
    Deed,
    Fields,
    Paragraph,
    Ruled,
    chaired,
    contest_line,
    deed_face,
    listing,
)
from recap_desktop.election.papers.facts import Draft, Loose, Presence, Revision
from recap_desktop.election.papers.minutes import opening
from recap_desktop.election.papers.names import place_text
from recap_desktop.election.papers.sheets import arrangement_of
from recap_desktop.election.records.plenary import Topic
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.papers.deeds import Part
    from recap_desktop.election.papers.facts import Change, Facts
    from recap_desktop.election.papers.minutes import Hall
    from recap_desktop.election.records.plenary import Incident

_WRITTEN = 4
"""Lines below an incident form, for what is said after it was printed."""

_SPARE = 3
"""Lines of a receipt for whom nobody expected."""


def incident_form(facts: Facts, hall: Hall) -> Deed:
    """The form of kejadian khusus dan/atau keberatan saksi: NIHIL when there was none."""
    face = deed_face(facts, "incidents")
    return Deed(facts.office, face, tuple(_incident_parts(facts, hall)))


def _incident_parts(facts: Facts, hall: Hall) -> Iterator[Part]:
    words = facts.words
    face = deed_face(facts, "incidents")
    yield Paragraph(opening(facts, hall, face, "incidents"))
    if not facts.incidents:
        yield Paragraph(words["sheet.annex.nothing"], bold=True, centred=True)
    for number, one in enumerate(facts.incidents, start=1):
        yield from _incident(facts, one, number)
    if isinstance(facts.state, Draft | Loose):
        yield Ruled(_WRITTEN)


def _incident(facts: Facts, one: Incident, number: int) -> Iterator[Part]:
    words = facts.words
    topic = words[f"sheet.annex.topic.{one.topic.value}"]
    yield Paragraph(f"{number}. {topic}: {place_text(facts, one.unit)}", bold=True)
    rows = [(words["deed.incidents.at"], moment_on_paper(one.at))]
    if one.raised_by:
        rows.append((words["deed.incidents.raised-by"], one.raised_by))
    yield Fields(tuple(rows))
    yield Paragraph(one.text)
    if one.answer:
        yield Paragraph(words("deed.incidents.answer", answer=one.answer))
    if one.topic is Topic.OBJECTION:
        yield Paragraph(words[f"deed.incidents.{'open' if one.is_open else 'settled'}"])


def corrections(facts: Facts) -> Annex:
    """The daftar pembetulan: as written, struck out; new; why; who raised and decided it."""
    face = deed_face(facts, "corrections")
    names = {
        line.cell: sheet_notes.line_names(row, (line,))
        for row, line in arrangement_of(facts, facts.office).lines
    }
    entries = (
        (
            str(number),
            place_text(facts, tps),
            names.get(change.cell, change.cell),
            _mended(facts, change),
            reason,
            raised,
            decided,
            "",
            "",
        )
        for number, (tps, change, reason, raised, decided) in enumerate(
            (
                (d.tps, change, d.reason, d.raised_by, d.decided_by)
                for d in facts.decisions
                for change in d.changes
            ),
            start=1,
        )
    )
    shares = (4, 18, 8, 11, 25, 12, 12, 9, 9)
    return Annex(facts.office, face, (listing(facts, "corrections", shares, entries, room=2),))


def _mended(facts: Facts, change: Change) -> Item:
    blank = facts.words["sheet.annex.blank"]
    old = blank if change.old is None else number_text(change.old)
    new = blank if change.new is None else number_text(change.new)
    return Item(new, struck=old)


def receipt(facts: Facts, hall: Hall) -> Deed:
    """The tanda terima for the copies that saksi and Panwas are given."""
    words = facts.words
    face = deed_face(facts, "receipt")
    number = facts.state.number if isinstance(facts.state, Revision) else None
    papers = [
        (str(n), words(f"deed.receipt.paper-{n}", contest=contest_line(face)), "")
        for n in range(1, 5)
    ]
    revision = (
        words["deed.receipt.draft"]
        if number is None
        else words("deed.receipt.revision", number=str(number))
    )
    parts: tuple[Part, ...] = (
        Paragraph(opening(facts, hall, face, "receipt")),
        Paragraph(revision),
        listing(facts, "given", (6, 74, 20), papers),
        listing(facts, "receivers", (6, 34, 28, 14, 18), _receivers(facts, hall), room=3),
    )
    return Deed(facts.office, chaired(face, words["deed.receipt.giver"]), parts)


def _receivers(facts: Facts, hall: Hall) -> list[tuple[str, ...]]:
    """Each saksi who signs, with the name of the close or of the attendance; then Panwas."""
    names = {signer.seat: signer.name for signer in facts.signers}
    absent = {s.seat for s in facts.signers if s.presence is Presence.ABSENT}
    for one in hall.attendance:
        names.setdefault(one.seat, one.name)
    seats = [f"saksi-{c.number}" for c in facts.contest.choices if c.has_witness]
    rows = [
        (seating.seat_text(facts, seat), "" if seat in absent else names.get(seat, ""))
        for seat in (*seats, "panwas")
    ]
    rows += [("", "")] * _SPARE
    return [(str(n), seat, name, "", "") for n, (seat, name) in enumerate(rows, start=1)]
