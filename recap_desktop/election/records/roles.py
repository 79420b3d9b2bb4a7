"""Who may do what in an office, and what is seen of a TPS before its second entry: the two tables.

They bind in a guarded office (see ``people``); in an open one everybody may do everything. What
is hidden before a second entry is hidden in both.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import Cause
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.plenary import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from recap_desktop.election.records.journal import Record


class Role(enum.Enum):
    """What a person does in the office (peran).

    A verifier is the third person, who settles what two typists read differently (verifikator);
    a chair is the ketua or an anggota, who decides; an observer reads and records nothing
    (pengamat).
    """

    OPERATOR = "operator"
    VERIFIER = "verifier"
    CHAIR = "chair"
    OBSERVER = "observer"


class Deed(enum.Enum):
    """What somebody does to an office (perbuatan); ``role.deed.<value>`` words it."""

    ENTER = "enter"
    IMPORT = "import"
    READ_OUT = "read-out"
    WITHDRAW_OWN = "withdraw-own"
    WITHDRAW = "withdraw"
    SETTLE = "settle"
    RECORD_RULING = "record-ruling"
    RULE = "rule"
    MARK = "mark"
    ATTACH = "attach"
    OPEN_PLENARY = "open-plenary"
    TURN = "turn"
    ATTENDANCE = "attendance"
    INCIDENT = "incident"
    CLOSE_IN_SESSION = "close-in-session"
    CLOSE = "close"
    REOPEN = "reopen"
    EXCHANGE = "exchange"
    MIRROR = "mirror"
    PRINT = "print"
    EMBLEM = "emblem"
    AMEND = "amend"
    DECLARE_LOST = "declare-lost"
    MANAGE_PEOPLE = "manage-people"
    TRUST = "trust"
    CERTIFY = "certify"
    TAKE_CERTIFICATE = "take-certificate"
    SEND = "send"
    RECEIVE = "receive"
    DECIDE_ALARM = "decide-alarm"


_HANDS = frozenset({Role.OPERATOR, Role.VERIFIER, Role.CHAIR})
_EYES = frozenset({Role.VERIFIER, Role.CHAIR})
_CHAIR = frozenset({Role.CHAIR})

MAY: Mapping[Deed, frozenset[Role]] = {
    Deed.ENTER: _HANDS,
    Deed.IMPORT: _HANDS,
    Deed.READ_OUT: _HANDS,
    # Withdrawing or moving what one typed oneself, and what another typed.
    Deed.WITHDRAW_OWN: _HANDS,
    Deed.WITHDRAW: _EYES,
    # As the third person, outside the plenary, without anybody else who decides.
    Deed.SETTLE: _EYES,
    # The decider is named in the record, not signed in.
    Deed.RECORD_RULING: _HANDS,
    # A decision on one's own word.
    Deed.RULE: _CHAIR,
    Deed.MARK: _HANDS,
    Deed.ATTACH: _HANDS,
    # Opening ends the blindness of the second entry: all that was typed is read back.
    Deed.OPEN_PLENARY: _CHAIR,
    Deed.TURN: _HANDS,
    Deed.ATTENDANCE: _HANDS,
    Deed.INCIDENT: _HANDS,
    # The session has a leader, whom its record names; outside it a chair closes in person.
    Deed.CLOSE_IN_SESSION: _HANDS,
    Deed.CLOSE: _CHAIR,
    Deed.REOPEN: _CHAIR,
    Deed.EXCHANGE: _HANDS,
    Deed.MIRROR: _HANDS,
    Deed.PRINT: _HANDS,
    # What stands on every paper of the office.
    Deed.EMBLEM: _CHAIR,
    Deed.AMEND: _CHAIR,
    Deed.DECLARE_LOST: _CHAIR,
    Deed.MANAGE_PEOPLE: _CHAIR,
    # A key is believed on the word of who typed parts of it from the signed letter.
    Deed.TRUST: _CHAIR,
    Deed.CERTIFY: _CHAIR,
    # What comes signed proves itself; who signs a package has its passphrase.
    Deed.TAKE_CERTIFICATE: _HANDS,
    Deed.SEND: _HANDS,
    Deed.RECEIVE: _HANDS,
    # A package that does not extend what was taken in: a chair says which side holds.
    Deed.DECIDE_ALARM: _CHAIR,
}
"""Which roles a deed is open to."""


def may(roles: Iterable[Role], deed: Deed) -> bool:
    """Whether somebody with these roles may do it: every one of them must allow it."""
    given = set(roles)
    return bool(given) and given <= MAY[deed]


def who_may(deed: Deed) -> tuple[Role, ...]:
    """The roles a deed is open to, in the order of the roles."""
    return tuple(role for role in Role if role in MAY[deed])


class Aspect(enum.Enum):
    """Something of a TPS that would tell a second typist what the first one read."""

    CELLS = "cells"
    FINDINGS = "findings"
    SCAN_MARKS = "scan-marks"
    HISTORY = "history"
    LOOK_ALIKES = "look-alikes"
    TOTALS = "totals"


class Sight(enum.Enum):
    """Who sees an aspect of a TPS that waits for its second entry."""

    OWN = "own"
    NOBODY = "nobody"


BEFORE_SECOND: Mapping[Aspect, Sight] = {
    # Who typed it may look at it again, and mend it.
    Aspect.CELLS: Sight.OWN,
    Aspect.FINDINGS: Sight.OWN,
    Aspect.SCAN_MARKS: Sight.OWN,
    # That there is an entry, when and by whom is history; its figures are not, for nobody.
    Aspect.HISTORY: Sight.NOBODY,
    Aspect.LOOK_ALIKES: Sight.NOBODY,
    Aspect.TOTALS: Sight.NOBODY,
}
"""What is seen of a first entry in a double-entry office, whatever the role.

No role sees more: nobody knows who will type second, and who only looks on can be asked.
"""


def sees(aspect: Aspect, *, is_own: bool) -> bool:
    """Whether somebody sees an aspect of a TPS that waits for its second entry."""
    return is_own and BEFORE_SECOND[aspect] is Sight.OWN


# What a record shows of the deed that made it


def deeds_of(record: Record) -> frozenset[Deed]:
    """The deeds a sound record can have been made by; empty for what no person must be allowed.

    Where a record does not tell which it was, all are named.
    """
    said = _DEEDS.get(record.kind)
    return said(record) if said else frozenset()


def _always(*deeds: Deed) -> Callable[[Record], frozenset[Deed]]:
    return lambda _: frozenset(deeds)


def _of_ruling(record: Record) -> frozenset[Deed]:
    if record.body["decided_by"]:
        return frozenset({Deed.RECORD_RULING, Deed.RULE})
    settles = record.body["cause"] == Cause.SETTLED.value
    return frozenset({Deed.RULE, Deed.SETTLE} if settles else {Deed.RULE})


def _of_difference(record: Record) -> frozenset[Deed]:
    return frozenset({Deed.RECORD_RULING, Deed.RULE} if record.body["decided_by"] else {Deed.RULE})


def _of_alarm(record: Record) -> frozenset[Deed]:
    return frozenset({Deed.DECIDE_ALARM if record.over else Deed.RECEIVE})


def _of_turn(record: Record) -> frozenset[Deed]:
    opens = record.body["turn"] == Turn.OPENED.value
    return frozenset({Deed.OPEN_PLENARY if opens else Deed.TURN})


def _of_person(record: Record) -> frozenset[Deed]:
    """Who only wrote their own name on the roster needed nobody's leave."""
    body = record.body
    is_given = record.over or record.person != body["id"] or body["role"] != Role.OPERATOR.value
    return frozenset({Deed.MANAGE_PEOPLE} if is_given else ())


_DEEDS: Mapping[str, Callable[[Record], frozenset[Deed]]] = {
    Kind.ENTRY.value: _always(Deed.ENTER, Deed.IMPORT, Deed.READ_OUT),
    Kind.READING.value: _always(Deed.READ_OUT),
    Kind.WITHDRAWAL.value: _always(Deed.WITHDRAW_OWN, Deed.WITHDRAW),
    Kind.RULING.value: _of_ruling,
    Kind.CLOSE.value: _always(Deed.CLOSE_IN_SESSION, Deed.CLOSE),
    Kind.REOPENING.value: _always(Deed.REOPEN),
    Kind.AMENDMENT.value: _always(Deed.AMEND),
    Kind.LOSS.value: _always(Deed.DECLARE_LOST),
    Kind.PLENARY.value: _of_turn,
    Kind.ATTENDANCE.value: _always(Deed.ATTENDANCE),
    Kind.INCIDENT.value: _always(Deed.INCIDENT),
    Kind.PERSON.value: _of_person,
    Kind.PASSWORD.value: _always(Deed.MANAGE_PEOPLE),
    Kind.ATTACHMENT.value: _always(Deed.ATTACH),
    Kind.DETACHMENT.value: _always(Deed.ATTACH),
    Kind.MARK.value: _always(Deed.MARK),
    Kind.PRINT.value: _always(Deed.PRINT),
    Kind.PRINT_STOP.value: _always(Deed.PRINT),
    Kind.EMBLEM.value: _always(Deed.EMBLEM),
    Kind.TRUST.value: _always(Deed.TRUST),
    Kind.CERTIFICATE.value: _always(Deed.CERTIFY, Deed.TAKE_CERTIFICATE),
    Kind.REVOCATIONS.value: _always(Deed.CERTIFY, Deed.TAKE_CERTIFICATE),
    Kind.SENT.value: _always(Deed.SEND),
    Kind.RECEIPT.value: _always(Deed.RECEIVE),
    Kind.ALARM.value: _of_alarm,
    Kind.RECEIPT_BACK.value: _always(Deed.RECEIVE),
    Kind.DIFFERENCE.value: _of_difference,
    Kind.UNIT_ENTRY.value: _always(Deed.ENTER),
    Kind.UNIT_READING.value: _always(Deed.READ_OUT),
    Kind.PROPOSAL_LEFT.value: _of_difference,
}

TOLD_BY_KIND = frozenset(_DEEDS)
"""Kinds of records that tell of a deed; a genesis is made by a laptop."""
