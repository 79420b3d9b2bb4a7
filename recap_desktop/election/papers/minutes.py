"""The berita acara of a plenary: when and where, how it went, what it found, who attended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions import forms, regions
from recap_desktop.election.figures.tallies import EMPTY
from recap_desktop.election.figures.totals import total_of, with_differences
from recap_desktop.election.moments import moment_on_paper
from recap_desktop.election.papers import seating
from recap_desktop.election.papers.annexes import Item
from recap_desktop.election.papers.deeds import (
    Deed,
    Fields,
    Paragraph,
    Scan,
    contest_line,
    deed_face,
    listing,
)
from recap_desktop.election.papers.faces import proof_text
from recap_desktop.election.papers.facts import Revision
from recap_desktop.election.papers.sheets import MARK, arrangement_of
from recap_desktop.election.records.plenary import Plenary, Topic, Turn
from recap_desktop.election.wording import date_in_words, number_text, terbilang

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.figures.totals import Total
    from recap_desktop.election.papers.annexes import Listing
    from recap_desktop.election.papers.deeds import Part
    from recap_desktop.election.papers.faces import Face
    from recap_desktop.election.papers.facts import Facts
    from recap_desktop.election.records.plenary import Attendance

_ADMINISTRATION = ("voters.dpt", "users.total", "ballots.received", "ballots.used")
"""Rows of the administration that a berita acara tells in words beside the votes."""

_ROOM = 2


@dataclass(frozen=True, slots=True)
class Hall:
    """The hall as its records tell it (ruang rapat): the plenary, and who attended."""

    plenary: Plenary = field(default_factory=Plenary)
    attendance: tuple[Attendance, ...] = ()

    @property
    def began(self) -> str:
        """When the plenary was opened first, ISO; empty when it never was."""
        return str(self.plenary.turns[0].body["at"]) if self.plenary.turns else ""


def minutes(facts: Facts, hall: Hall, tallied: Mapping[str, Tally]) -> Deed:
    """The berita acara of the plenary of an office on one contest.

    Args:
        facts: what the office is and what paper this is.
        hall: the plenary and who attended.
        tallied: TPS -> tally; a TPS that is absent is empty.
    """
    face = deed_face(facts, "minutes")
    return Deed(facts.office, face, tuple(_parts(facts, hall, tallied, face)))


def _parts(facts: Facts, hall: Hall, tallied: Mapping[str, Tally], face: Face) -> Iterator[Part]:
    words = facts.words
    yield Paragraph(opening(facts, hall, face, "minutes"))
    if hall.plenary.place or hall.plenary.leader:
        yield Fields(
            (
                (words["deed.place"], hall.plenary.place),
                (words["deed.leader"], hall.plenary.leader),
            )
        )
    yield _course(facts, hall)
    total = _total(facts, tallied)
    yield _certificate(facts, total)
    yield Paragraph(
        words(
            "deed.minutes.counted",
            counted=total.counted,
            stations=total.stations,
            missing=total.not_delivered,
        )
    )
    if any(total.blanks.get(cell) for cell in _told(facts)):
        yield Paragraph(words["deed.minutes.blanks"])
    yield Paragraph(words["deed.minutes.incidents.title"], bold=True)
    yield Paragraph(_incidents(facts))
    yield Paragraph(words["deed.minutes.corrections.title"], bold=True)
    yield Paragraph(_corrections(facts))
    yield attendance_list(facts, hall, "attendance")
    yield Paragraph(words["deed.minutes.closing"])
    state = facts.state
    if isinstance(state, Revision) and state.anchor:
        yield Scan(state.anchor.text, proof_text(facts, state.anchor))


def opening(facts: Facts, hall: Hall, face: Face, key: str) -> str:
    """The opening line with the day in words; dots where no plenary was opened and none closed."""
    words = facts.words
    iso = hall.began[:10] or (facts.state.date if isinstance(facts.state, Revision) else "")
    if iso:
        said = date_in_words(iso)
        day = {
            "weekday": said.day_name,
            "day": said.day,
            "month": said.month,
            "year": said.year,
        }
    else:
        dots = words["sheet.dots.month"]
        day = dict.fromkeys(("weekday", "day", "month", "year"), dots)
    return words(
        f"deed.{key}.opening",
        **day,
        office=face.office,
        contest=contest_line(face),
        place=hall.plenary.place or words["sheet.dots.place"],
    )


def _course(facts: Facts, hall: Hall) -> Listing:
    words = facts.words
    return listing(
        facts,
        "course",
        (40, 24, 36),
        (
            (
                moment_on_paper(turn.body["at"]),
                words[f"deed.turn.{turn.body['turn']}"],
                turn.body["reason"] or _held_at(turn.body),
            )
            for turn in hall.plenary.turns
        ),
    )


def _held_at(body: Mapping[str, Any]) -> str:
    return str(body["place"]) if body["turn"] == Turn.OPENED.value else ""


def _total(facts: Facts, tallied: Mapping[str, Tally]) -> Total:
    stations = facts.election.stations_of(facts.contest_id, facts.office)
    own = (tallied.get(station.tps, EMPTY) for station in stations)
    total = total_of(facts.office, own, facts.election.layout(facts.contest_id).cells)
    return with_differences(total, facts.differences)


def _told(facts: Facts) -> tuple[str, ...]:
    """The cells whose sums are told in words, in the order of the sheet."""
    known = {row.key for row in facts.form.rows}
    wanted = {forms.jml(facts.form, key) for key in _ADMINISTRATION if key in known}
    wanted |= {choice.counted_key for choice in facts.contest.choices}
    wanted |= {"valid", "invalid", "cast"}
    return tuple(c for c in arrangement_of(facts, facts.office).cells if c in wanted)


def _certificate(facts: Facts, total: Total) -> Listing:
    names = {
        c.counted_key: (str(c.number), _name(c.name, c.running_mate)) for c in facts.contest.choices
    }
    for row, line in arrangement_of(facts, facts.office).lines:
        names.setdefault(line.cell, (row.ref, " ".join((*row.labels, row.note)).strip()))
    return listing(
        facts,
        "certificate",
        (8, 44, 14, 34),
        ((*names[cell], *_in_words(facts, total, cell)) for cell in _told(facts)),
    )


def _name(name: str, mate: str) -> str:
    return f"{name} / {mate}" if mate else name


def _in_words(facts: Facts, total: Total, cell: str) -> tuple[Item, str]:
    value = total.sums.get(cell)
    if value is None:
        return Item(facts.words["sheet.annex.blank"], figure=True), ""
    mark = MARK if total.blanks.get(cell) else ""
    return Item(number_text(value) + mark, figure=True), terbilang(value)


def _incidents(facts: Facts) -> str:
    words = facts.words
    if not facts.incidents:
        return words["sheet.annex.nothing"]
    objections = [one for one in facts.incidents if one.topic is Topic.OBJECTION]
    return words(
        "deed.minutes.incidents.told",
        events=len(facts.incidents) - len(objections),
        objections=len(objections),
        open=sum(one.is_open for one in objections),
    )


def _corrections(facts: Facts) -> str:
    count = sum(len(decision.changes) for decision in facts.decisions)
    if not count:
        return facts.words["sheet.annex.nothing"]
    stations = len({decision.tps for decision in facts.decisions if decision.changes})
    return facts.words("deed.minutes.corrections.told", cells=count, stations=stations)


def attendance_list(facts: Facts, hall: Hall, key: str) -> Listing:
    """Who attended, with room to sign; empty lines where nobody was recorded."""
    words = facts.words
    entries = [
        (
            str(number),
            one.name,
            seating.seat_text(facts, one.seat),
            one.mandate,
            words(f"deed.presence.{one.presence.value}", at=moment_on_paper(one.at)),
            "",
        )
        for number, one in enumerate(hall.attendance, start=1)
    ]
    if not entries:
        entries = [
            (str(n), "", seating.seat_text(facts, seat), "", "", "")
            for n, seat in enumerate(_seats(facts), start=1)
        ]
    return listing(facts, key, (5, 24, 25, 13, 17, 16), entries, room=_ROOM)


def _seats(facts: Facts) -> tuple[str, ...]:
    members = facts.form.signers[regions.level_of(facts.office).word]
    witnessed = [choice for choice in facts.contest.choices if choice.has_witness]
    return (
        "ketua",
        *(f"anggota-{number}" for number in range(2, members + 1)),
        *(f"saksi-{choice.number}" for choice in witnessed),
        "panwas",
    )
