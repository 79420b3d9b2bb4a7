"""The plenary (rapat pleno): its turns, who attends, and what is put on record beside figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.moments import read_moment
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import OFFICE_CHAIN, ROSTER_CHAIN, Draft, Kind, Record
from recap_desktop.election.records.plenary import (
    MOST_WITNESSES,
    NEXT,
    Attendance,
    Incident,
    Phase,
    Plenary,
    Presence,
    Topic,
    Turn,
    attendance_of,
    incidents_of,
    plenary_of,
)
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.people.people import signer
from recap_desktop.office.plenary.seats import OBSERVERS, is_witness, seats
from recap_desktop.office.progress.overview import require_unit
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.office.opening import Office


def plenary(office: Office) -> Plenary:
    """The plenary as it stands."""
    return plenary_of(office.file.journal.records_of_kind(Kind.PLENARY))


def require_session(office: Office) -> None:
    """Refuse what only an open plenary may do.

    Raises:
        KnownProblem: ``plenary-none``, ``plenary-suspended``, ``plenary-ended``.
    """
    phase = plenary(office).phase
    if phase is not Phase.OPEN:
        raise KnownProblem(f"plenary-{phase.value}")


def declare(
    office: Office,
    turn: Turn,
    *,
    by: str,
    at: str = "",
    place: str | None = None,
    leader: str | None = None,
    agenda: Sequence[str] | None = None,
    reason: str = "",
) -> Record:
    """Record a turn of the plenary: opened, suspended (skors), resumed, ended, or changed.

    Args:
        office: the open office.
        turn: what is declared.
        by: name of the person who types it.
        at: when it was declared, as typed or ISO; empty is now.
        place: where it is held; None as before.
        leader: who leads it; None as before.
        agenda: codes of desa in the order in which they are taken; None as before.
        reason: why, of a suspension or a change; may be empty.

    Raises:
        KnownProblem: ``plenary-cannot-...`` when that cannot follow, ``unit-unknown``,
            ``time-unknown``, ``plenary-place-missing`` when it is opened without one; or when nothing can be
            written.
    """
    office.require_writable()
    before = plenary(office)
    if turn not in before.may:
        raise KnownProblem(f"plenary-cannot-{turn.value}")
    held = before.place if place is None else clean_text(place)
    if turn is Turn.OPENED and not held:
        raise KnownProblem("plenary-place-missing")
    order = before.agenda if agenda is None else tuple(agenda)
    for code in order:
        require_unit(office, code)
    body = {
        "turn": turn.value,
        "phase": NEXT[before.phase][turn].value,
        "at": read_moment(at or office.now(), office.now()),
        "place": held,
        "leader": before.leader if leader is None else clean_text(leader),
        "agenda": list(order),
        "reason": clean_text(reason),
    }
    draft = Draft(
        Kind.PLENARY,
        time=office.now(),
        person=signer(office, by, deed_of(turn)),
        subject={},
        body=body,
        over=before.live,
    )
    return office.record(OFFICE_CHAIN, [draft])[0]


def deed_of(turn: Turn) -> Deed:
    """What somebody does who declares a turn."""
    return Deed.OPEN_PLENARY if turn is Turn.OPENED else Deed.TURN


def attendance(office: Office) -> tuple[Attendance, ...]:
    """Who attends or attended: members, saksi, Panwas, observers."""
    return attendance_of(office.file.journal.records_of_kind(Kind.ATTENDANCE))


def attend(
    office: Office,
    *,
    by: str,
    seat: str,
    name: str,
    contest: str = "",
    mandate: str = "",
    presence: Presence = Presence.PRESENT,
    replaces: str = "",
) -> Record:
    """Record who sits where, with the mandate of a saksi, or that somebody left.

    Args:
        office: the open office.
        by: name of the person who types it.
        seat: ``ketua``, ``anggota-N``, ``saksi-N``, ``panwas``, ``observer``, ``guest``.
        name: of who attends.
        contest: of a saksi, the contest of the choice.
        mandate: number or date of the letter of mandate.
        presence: present, absent or left.
        replaces: id of the record of the same person or seat that this one mends.

    Raises:
        KnownProblem: ``seat-unknown``, ``contest-unknown``, ``name-missing``,
            ``witnesses-too-many``, ``seat-taken``, ``attendance-unknown``; or when nothing can
            be written.
    """
    office.require_writable()
    said = " ".join(clean_text(name).split())
    if not said:
        raise KnownProblem("name-missing")
    _require_seat(office, seat, contest)
    others = [one for one in attendance(office) if one.id != replaces]
    if replaces and len(others) == len(attendance(office)):
        raise KnownProblem("attendance-unknown")
    if presence is Presence.PRESENT:
        _require_room(seat, [o for o in others if (o.seat, o.contest) == (seat, contest)])
    body = {
        "seat": seat,
        "contest": contest,
        "name": said,
        "mandate": clean_text(mandate),
        "presence": presence.value,
        "at": office.now(),
    }
    draft = Draft(
        Kind.ATTENDANCE,
        time=office.now(),
        person=signer(office, by, Deed.ATTENDANCE),
        subject={},
        body=body,
        over=(replaces,) if replaces else (),
    )
    return office.record(ROSTER_CHAIN, [draft])[0]


def _require_seat(office: Office, seat: str, contest: str) -> None:
    if is_witness(seat):
        office.require_contest(contest)
    held = (contest,) if contest else office.contests
    known = dict.fromkeys(seat for contest_id in held for seat in seats(office, contest_id))
    known |= dict.fromkeys(OBSERVERS)
    if seat not in known:
        raise KnownProblem("seat-unknown", seat=seat, seats=", ".join(known))


def _require_room(seat: str, others: Sequence[Attendance]) -> None:
    there = [one for one in others if one.presence is Presence.PRESENT]
    if is_witness(seat) and len(there) >= MOST_WITNESSES:
        raise KnownProblem("witnesses-too-many", seat=seat, most=MOST_WITNESSES)
    if seat.startswith(("ketua", "anggota")) and there:
        raise KnownProblem("seat-taken", seat=seat, name=there[0].name)


def incidents(office: Office, contest_id: str, *, under: str = "") -> tuple[Incident, ...]:
    """Kejadian khusus and keberatan of a contest, in the order in which they were spoken.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    records = office.file.journal.records_of_kind(Kind.INCIDENT, contest=contest_id)
    return tuple(one for one in incidents_of(records) if one.unit.startswith(under))


@dataclass(frozen=True, slots=True)
class Speech:
    """What somebody says in the hall that belongs on record (kejadian khusus, keberatan).

    Attributes:
        topic: event or objection.
        text: what is said; never empty.
        unit: the desa or TPS it speaks of; empty for the office.
        raised_by: who says it; an objection needs it.
        at: when it was spoken, as typed or ISO; empty is now.
        answer: what is answered; may be empty.
        settled: whether who raised it is content.
    """

    topic: Topic
    text: str
    unit: str = ""
    raised_by: str = ""
    at: str = ""
    answer: str = ""
    settled: bool = False


def put_on_record(office: Office, contest_id: str, speech: Speech, *, by: str) -> Record:
    """Put a kejadian khusus or a keberatan saksi on record, as it is spoken.

    Args:
        office: the open office.
        contest_id: the contest.
        speech: what is said.
        by: name of the person who types it.

    Raises:
        KnownProblem: ``incident-text-missing``, ``incident-raiser-missing``, ``unit-unknown``,
            ``time-unknown``, ``contest-unknown``; or when nothing can be written.
    """
    office.require_contest(contest_id)
    office.require_writable()
    said, unit = clean_text(speech.text), speech.unit
    if not said:
        raise KnownProblem("incident-text-missing")
    if speech.topic is Topic.OBJECTION and not clean_text(speech.raised_by):
        raise KnownProblem("incident-raiser-missing")
    if unit and not unit.startswith(office.code):
        raise KnownProblem("unit-unknown", unit=dotted(unit))
    require_unit(office, unit)
    body = {
        "topic": speech.topic.value,
        "text": said,
        "raised_by": clean_text(speech.raised_by),
        "answer": clean_text(speech.answer),
        "settled": int(speech.settled),
        "at": read_moment(speech.at or office.now(), office.now()),
    }
    return _incident(office, contest_id, unit or office.code, body=body, by=by)


def answer_incident(
    office: Office,
    contest_id: str,
    incident: str,
    *,
    by: str,
    answer: str,
    settled: bool,
) -> Record:
    """Record the answer to an incident, and whether it is settled by it; what was said stays.

    Args:
        office: the open office.
        contest_id: the contest.
        incident: first digits of the id of the record that holds.
        by: name of the person who types it.
        answer: what was answered.
        settled: whether who raised it is content.

    Raises:
        KnownProblem: ``incident-unknown``; or when nothing can be written.
    """
    office.require_writable()
    found = [i for i in incidents(office, contest_id) if incident and i.id.startswith(incident)]
    if len(found) != 1:
        raise KnownProblem("incident-unknown", incident=incident)
    (one,) = found
    body = {
        "topic": one.topic.value,
        "text": one.text,
        "raised_by": one.raised_by,
        "answer": clean_text(answer),
        "settled": int(settled),
        "at": office.now(),
    }
    return _incident(office, contest_id, one.unit, body=body, by=by, over=(one.id,))


def _incident(
    office: Office,
    contest_id: str,
    unit: str,
    *,
    body: dict[str, str | int],
    by: str,
    over: tuple[str, ...] = (),
) -> Record:
    draft = Draft(
        Kind.INCIDENT,
        time=office.now(),
        person=signer(office, by, Deed.INCIDENT),
        subject={"contest": contest_id, "unit": unit},
        body=body,
        over=over,
    )
    return office.record(contest_id, [draft])[0]
