"""The plenary as its records tell it (rapat pleno terbuka): its sessions, who attends, what is said.

As with counts, time, sequence and arrival decide nothing: what holds is what no record names.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.moments import in_order
from recap_desktop.election.records.journal import Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from recap_desktop.election.records.journal import Record

MOST_WITNESSES = 2
"""So many saksi a choice may send at most (PKPU 18/2024: paling banyak dua orang)."""


class Turn(enum.Enum):
    """What is declared of the plenary: it is opened, suspended (skors), resumed, ended."""

    OPENED = "opened"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    ENDED = "ended"
    CHANGED = "changed"


class Phase(enum.Enum):
    """Where the plenary stands (keadaan rapat)."""

    NONE = "none"
    OPEN = "open"
    SUSPENDED = "suspended"
    ENDED = "ended"


NEXT: dict[Phase, dict[Turn, Phase]] = {
    Phase.NONE: {Turn.OPENED: Phase.OPEN},
    Phase.OPEN: {
        Turn.SUSPENDED: Phase.SUSPENDED,
        Turn.ENDED: Phase.ENDED,
        Turn.CHANGED: Phase.OPEN,
    },
    Phase.SUSPENDED: {
        Turn.RESUMED: Phase.OPEN,
        Turn.ENDED: Phase.ENDED,
        Turn.CHANGED: Phase.SUSPENDED,
    },
    # What was ended in error, or must go on after all, is opened again.
    Phase.ENDED: {Turn.OPENED: Phase.OPEN},
}
"""What may be declared in each phase, and where it leads: the one table."""


class Presence(enum.Enum):
    """Whether somebody is in the hall (kehadiran)."""

    PRESENT = "present"
    ABSENT = "absent"
    LEFT = "left"


class Topic(enum.Enum):
    """What is put on record beside figures: kejadian khusus, or a keberatan of a saksi."""

    EVENT = "event"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Plenary:
    """The plenary as it stands (rapat).

    Attributes:
        phase: none, open, suspended or ended.
        place: where it is held.
        leader: who leads it.
        agenda: codes of desa (of units below the office) in the order in which they are taken.
        turns: every turn as it was declared, by the time that was said, then by id.
        live: ids of the turns that no other names: what the next one must name.
        since: when the present phase began, ISO as it was said; empty where nothing was opened.
    """

    phase: Phase = Phase.NONE
    place: str = ""
    leader: str = ""
    agenda: tuple[str, ...] = ()
    turns: tuple[Record, ...] = ()
    live: tuple[str, ...] = ()
    since: str = ""

    @property
    def may(self) -> frozenset[Turn]:
        """What may be declared now."""
        return frozenset(NEXT[self.phase])

    @property
    def was_opened(self) -> bool:
        """Whether a plenary has begun at all."""
        return self.phase is not Phase.NONE


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person in the hall, or missing there (kehadiran).

    Attributes:
        id: of the record that holds.
        seat: ``ketua``, ``anggota-2``, ``saksi-3``, ``panwas``, ``observer`` ...
        contest: of a saksi, the contest of the choice; empty for all others.
        name: of the person.
        mandate: number or date of the letter (surat mandat); may be empty.
        presence: present, absent, or left before the end.
        at: when that was said, ISO.
    """

    id: str
    seat: str
    contest: str
    name: str
    mandate: str
    presence: Presence
    at: str


@dataclass(frozen=True, slots=True)
class Incident:
    """A kejadian khusus or keberatan saksi, with its answer.

    Attributes:
        id: of the record that holds.
        topic: event or objection.
        unit: the office, a desa or a TPS it speaks of.
        text: as it was spoken.
        raised_by: who spoke.
        answer: what was answered; may be empty.
        settled: whether who raised it is content; an event needs no settling.
        at: when it was spoken, ISO; of a later answer too.
        first: id of the first record of it.
    """

    id: str
    topic: Topic
    unit: str
    text: str
    raised_by: str
    answer: str
    settled: bool
    at: str
    first: str

    @property
    def is_open(self) -> bool:
        """Whether an objection still stands."""
        return self.topic is Topic.OBJECTION and not self.settled


def plenary_of(records: Iterable[Record]) -> Plenary:
    """Fold the turns of a plenary.

    Two posts may have declared without knowing of each other: the plenary is open where any of
    them says so, since nothing must be closed behind the back of who still reads.
    """
    known = {record.id: record for record in records if record.kind == Kind.PLENARY.value}
    if not known:
        return Plenary()
    turns = tuple(sorted(known.values(), key=_by_moment))
    live = [record for record in turns if record.id not in _named(known.values())]
    phases = {record.id: Phase(record.body["phase"]) for record in live}
    order = (Phase.OPEN, Phase.SUSPENDED, Phase.ENDED)
    phase = next(phase for phase in order if phase in phases.values())
    holding = next(record for record in reversed(live) if phases[record.id] is phase)
    return Plenary(
        phase=phase,
        place=holding.body["place"],
        leader=holding.body["leader"],
        agenda=tuple(holding.body["agenda"]),
        turns=turns,
        live=tuple(sorted(phases)),
        since=_since(holding, known),
    )


def _by_moment(turn: Record) -> tuple[dt.datetime, int, str]:
    return in_order(turn.body["at"]), turn.seq, turn.id


def _since(turn: Record, known: dict[str, Record]) -> str:
    """When the phase of a turn began: another order of the desa does not begin it anew."""
    while turn.body["turn"] == Turn.CHANGED.value:
        before = (known[other] for other in turn.over if other in known)
        same = [one for one in before if one.body["phase"] == turn.body["phase"]]
        if not same:
            break
        turn = max(same, key=_by_moment)
    return str(turn.body["at"])


def attendance_of(records: Iterable[Record]) -> tuple[Attendance, ...]:
    """Who attends, in the order of the seats: members, saksi by contest and choice, others."""
    known = [record for record in records if record.kind == Kind.ATTENDANCE.value]
    ended = _named(known)
    holding = [_attendance(record) for record in known if record.id not in ended]
    return tuple(sorted(holding, key=_seat_order))


def _attendance(record: Record) -> Attendance:
    body = record.body
    return Attendance(
        id=record.id,
        seat=body["seat"],
        contest=body["contest"],
        name=body["name"],
        mandate=body["mandate"],
        presence=Presence(body["presence"]),
        at=body["at"],
    )


def _seat_order(one: Attendance) -> tuple[int, str, int, str, str]:
    word, _, number = one.seat.partition("-")
    ranks = ("ketua", "anggota", "saksi", "panwas")
    rank = ranks.index(word) if word in ranks else len(ranks)
    return rank, one.contest, int(number) if number.isdigit() else 0, one.name, one.id


def incidents_of(records: Iterable[Record]) -> tuple[Incident, ...]:
    """What was put on record, in the order in which it was spoken.

    A later record of the same incident brings its answer; where two posts answered, both stand.
    """
    known = {record.id: record for record in records if record.kind == Kind.INCIDENT.value}
    ended = _named(known.values())
    holding = [_incident(record, known) for record in known.values() if record.id not in ended]
    return tuple(sorted(holding, key=lambda one: (in_order(one.at), one.id)))


def _incident(record: Record, known: dict[str, Record]) -> Incident:
    first = record
    while first.over and first.over[0] in known:
        first = known[first.over[0]]
    body = record.body
    return Incident(
        id=record.id,
        topic=Topic(body["topic"]),
        unit=record.subject["unit"],
        text=body["text"],
        raised_by=body["raised_by"],
        answer=body["answer"],
        settled=bool(body["settled"]),
        at=first.body["at"],
        first=first.id,
    )


def _named(records: Iterable[Record]) -> set[str]:
    return {other for record in records for other in record.over}


# What a body must say


def _is_plenary(record: Record) -> bool:
    said = _is_one_of(Turn, record.body["turn"]) and _is_one_of(Phase, record.body["phase"])
    return said and all(isinstance(code, str) for code in record.body["agenda"])


def _is_attendance(record: Record) -> bool:
    body = record.body
    return bool(body["seat"] and body["name"]) and _is_one_of(Presence, body["presence"])


def _is_incident(record: Record) -> bool:
    body = record.body
    return bool(body["text"]) and _is_one_of(Topic, body["topic"]) and body["settled"] in (0, 1)


def _is_one_of(values: type[enum.Enum], said: str) -> bool:
    return said in {value.value for value in values}


BODIES: Mapping[str, Callable[[Record], bool]] = {
    Kind.PLENARY.value: _is_plenary,
    Kind.ATTENDANCE.value: _is_attendance,
    Kind.INCIDENT.value: _is_incident,
}
"""What each kind must say."""
