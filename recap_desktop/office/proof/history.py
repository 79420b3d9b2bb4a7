"""The history of a TPS: every record about it, in words a person can follow."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.figures import counts
from recap_desktop.election.figures.figures_before import figures_before
from recap_desktop.election.figures.tallies import live_records
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.records.journal import ABOUT_SCANS, SEALED, Kind
from recap_desktop.election.records.marks import marks_of
from recap_desktop.election.records.people import is_self_written
from recap_desktop.election.records.trusts import sealed_note
from recap_desktop.office.checks.marking import standing_marks
from recap_desktop.office.entry.entering import no_station
from recap_desktop.office.entry.hidden_entries import hidden_entries
from recap_desktop.office.people.people import roster
from recap_desktop.office.posts.posts import is_late, losses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office

_BETWEEN_OFFICES = (
    Kind.RECEIPT,
    Kind.ALARM,
    Kind.RECEIPT_BACK,
    Kind.DIFFERENCE,
    Kind.UNIT_ENTRY,
    Kind.UNIT_READING,
    Kind.PROPOSAL_LEFT,
)
_ENDED_BARE = frozenset({Kind.DIFFERENCE.value, Kind.UNIT_ENTRY.value})
"""Kinds that are taken back by one of them without cells."""


@dataclass(frozen=True, slots=True)
class Event:
    """One record of a TPS as history shows it (riwayat).

    Attributes:
        record: the record itself.
        person: name behind its person id, or the id when the roster does not have it.
        is_live: whether no other record names it.
        changes: cells that differ from what stood before it (or from nothing); none where that
            was not one set of figures.
        is_unseen: whether it says the figures of a first entry, which stay unseen until the
            second is there.
        is_late: whether it came from a post that had been declared lost without it.
        office: name of the office below where it was made; empty for this one. Names of people
            do not come up: of them their id is known.
        about: name of the person it speaks of; empty where it speaks of none.
        has_lapsed: of a mark, whether the figures it speaks of stand no longer.
    """

    record: Record
    person: str
    is_live: bool
    changes: Mapping[str, tuple[int | None, int | None]]
    is_unseen: bool = False
    is_late: bool = False
    about: str = ""
    office: str = ""
    has_lapsed: bool = False

    @property
    def what(self) -> str:
        """Words-code of what happened: ``entry``, ``withdrawal`` ..., or the cause of a ruling."""
        kind, body, over = self.record.kind, self.record.body, self.record.over
        what = kind.partition("/")[0]
        told = {
            Kind.RULING.value: lambda: str(body["cause"]),
            Kind.LOSS.value: lambda: "return" if over else what,
            Kind.MARK.value: lambda: what if body["reason"] else "unmark",
            Kind.TRUST.value: lambda: what if body["key"] else "distrust",
            Kind.ALARM.value: lambda: f"{what}-decided" if over else what,
            Kind.EMBLEM.value: lambda: what if body["image"] else f"{what}-taken-back",
            Kind.UNIT_READING.value: lambda: f"{what}-postponed" if body["reason"] else what,
        }
        if kind in told:
            return told[kind]()
        ended = kind in _ENDED_BARE and not body["cells"]
        return f"{what}-withdrawn" if ended else what

    @property
    def crossed(self) -> frozenset[str]:
        """Cells that are crossed out on the paper, as far as the figures may be seen."""
        return frozenset(() if self.is_unseen else self.record.body.get("crossed", ()))

    @property
    def rule(self) -> str:
        """Of a mark the rule of its finding; empty else."""
        return str(self.record.body["rule"]) if self.record.kind == Kind.MARK.value else ""

    @property
    def note(self) -> str:
        """Why it was done; of a picture or a print what it was; of keys whose they are."""
        body = self.record.body
        if self.what in ("attachment", "trust", "distrust", "emblem"):
            return str(body["name"])
        if self.record.kind == Kind.PRINT.value:
            said = ("paper", "unit", "copy", "addressee", "pages", "reason")
            return "; ".join(str(body[part]) for part in said if body[part])
        if self.record.kind == Kind.PRINT_STOP.value:
            return "; ".join(str(body[part]) for part in ("printer", "pages") if body[part])
        if self.record.kind in SEALED:
            return sealed_note(body["sealed"])
        return str(body["package"] if self.what == "sent" else body.get("reason", ""))

    def to_data(self) -> dict[str, Any]:
        """The event as plain data for a list."""
        record = self.record
        hidden = {"cells", "crossed", "heard"} if self.is_unseen else set[str]()
        return {
            "id": record.id,
            "time": record.time,
            "post": record.post,
            "seq": record.seq,
            "what": self.what,
            "person": self.person,
            "office": self.office,
            "about": self.about,
            "live": self.is_live,
            "late": self.is_late,
            "lapsed": self.has_lapsed,
            "over": list(record.over),
            "changes": {key: list(pair) for key, pair in self.changes.items()},
            "body": {key: said for key, said in record.body.items() if key not in hidden},
        }


def history(office: Office, contest_id: str, tps: str) -> list[Event]:
    """Every record of a TPS in the order in which it came here.

    What was marked of an entry that stays unseen is left out: that there is something to mark
    would say that its figures do not add up.

    Raises:
        KnownProblem: ``contest-unknown``, ``tps-unknown``.
    """
    office.require_contest(contest_id)
    if office.file.contests[contest_id].tally(tps) is None:
        problem = no_station(office, contest_id, tps)
        if problem.code != "tps-abolished":
            raise problem
    told = office.file.journal.records_about(contest_id, tps)
    known = [record for record in told if record.kind not in ABOUT_SCANS]
    by_id = {record.id: record for record in known}
    live = {record.id for record in live_records(known)} | _standing_pictures(told)
    live |= _standing_words(known)
    standing = standing_marks(office, contest_id, tps)
    marked = {mark.id for mark in marks_of(known)}
    names, lost = roster(office), losses(office)
    unseen = hidden_entries(office, known)
    return [
        Event(
            record=record,
            person=_who(record, names, place),
            is_live=record.id in live,
            changes={} if record.id in unseen else _changes(record, by_id),
            is_unseen=record.id in unseen,
            is_late=is_late(record, lost),
            office=place,
            has_lapsed=record.id in marked - standing,
        )
        for record, place in ((record, _office_below(office, record)) for record in told)
        if not (record.id in unseen and record.kind == Kind.MARK.value)
    ]


def _office_below(office: Office, record: Record) -> str:
    """Name of the office below where a record was made; empty for this one."""
    layers = office.file.layers
    if layers.is_own(record):
        return ""
    return full_name(office.election.tree, layers.office_of(record))


def _who(record: Record, names: Mapping[str, str], place: str) -> str:
    """Who made it; of an office below that office, and the person's id as its roster has it."""
    if place:
        return f"{place} ({record.person})" if record.person else place
    return names.get(record.person, record.person)


def _standing_words(known: Iterable[Record]) -> set[str]:
    """Marks that no later one replaced, and every taking back that was not replaced either."""
    said = [record for record in known if record.kind == Kind.MARK.value]
    gone = {key for record in said for key in record.over}
    return {record.id for record in said} - gone


def _standing_pictures(told: Iterable[Record]) -> set[str]:
    """Pictures that nobody took away, and every taking away: it ends others and is never ended."""
    of_pictures = [record for record in told if record.kind in ABOUT_SCANS]
    gone = {key for record in of_pictures for key in record.over}
    return {record.id for record in of_pictures} - gone


def contest_history(office: Office, contest_id: str) -> list[Event]:
    """What befell a contest as a whole, by the time of the laptop.

    Every close and reopening of it, every package that was sent or received, every receipt and
    what was decided about units below (whose name is what such an event is about), every copy
    that was printed or stopped, every mark of the office, every amendment, every post that was
    lost or came back, every role that was given and every password that was set, every root,
    certificate and list of revocations.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    table = office.file.journal
    known = table.records_of_kind(Kind.CLOSE, Kind.REOPENING, Kind.SENT, contest=contest_id)
    known += table.records_of_kind(*_BETWEEN_OFFICES, contest=contest_id)
    known += table.records_of_kind(Kind.AMENDMENT, Kind.LOSS, Kind.PASSWORD)
    known += table.records_of_kind(Kind.TRUST, Kind.CERTIFICATE, Kind.REVOCATIONS)
    known += _printed(table.records_of_kind(Kind.PRINT, Kind.PRINT_STOP), contest_id)
    known += table.records_of_kind(Kind.EMBLEM)
    given = (r for r in table.records_of_kind(Kind.PERSON) if not is_self_written(r))
    return _told(office, [*known, *given])


def _printed(told: Iterable[Record], contest_id: str) -> list[Record]:
    """Prints of a contest, and what was stopped of them."""
    known = list(told)
    own = {r.id for r in known if r.body.get("contest") == contest_id}
    return [r for r in known if r.id in own or r.body.get("print") in own]


def unit_history(office: Office, contest_id: str, unit: str) -> list[Event]:
    """What was said of a unit above the TPS itself, by the time of the laptop.

    Packages received of it and their readings, totals of its paper, and differences on it, also
    those of offices below.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    table = office.file.journal
    known = table.records_of_kind(
        Kind.RECEIPT, Kind.ALARM, Kind.UNIT_ENTRY, Kind.UNIT_READING, contest=contest_id
    )
    known += table.records_of_kind(Kind.DIFFERENCE, contest=contest_id, of_others=True)
    return _told(office, [record for record in known if record.subject["unit"] == unit])


def definition_history(office: Office) -> list[Event]:
    """Every amendment of the definition, by the time of the laptop; the newest that is live holds."""
    return _told(office, office.file.journal.records_of_kind(Kind.AMENDMENT))


def _told(office: Office, known: list[Record]) -> list[Event]:
    known.sort(key=operator.attrgetter("time"))
    named = {other for record in known for other in record.over}
    names, lost = roster(office), losses(office)
    return [
        Event(
            record=record,
            person=_who(record, names, place),
            is_live=not _only_ends(record) and record.id not in named,
            changes={},
            is_late=is_late(record, lost),
            about=_about(office, record, names),
            office=place,
        )
        for record, place in ((record, _office_below(office, record)) for record in known)
    ]


def _about(office: Office, record: Record, names: Mapping[str, str]) -> str:
    if record.kind in {kind.value for kind in _BETWEEN_OFFICES}:
        return full_name(office.election.tree, record.subject["unit"])
    return names.get(record.body.get("id", ""), "")


def _only_ends(record: Record) -> bool:
    """Whether a record says no more than that others hold no longer."""
    return record.kind in (Kind.REOPENING.value, Kind.LOSS.value) and bool(record.over)


def _changes(
    record: Record, by_id: Mapping[str, Record]
) -> dict[str, tuple[int | None, int | None]]:
    if "cells" not in record.body:
        return {}
    before = figures_before(record, by_id)
    return {} if before is None else counts.changes(before, record.body["cells"])
