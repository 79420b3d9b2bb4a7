"""What a record must say, and may name, to be taken for one of its kind, whoever wrote it.

Our own commands make nothing else. A record from outside, or in a file that somebody else has
written to, is judged here before anything reads its body.
"""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, Any

from recap_desktop.election.figures import counts
from recap_desktop.election.figures.tallies import Cause, Source
from recap_desktop.election.papers.facts import Presence
from recap_desktop.election.records import copies, emblems, plenary, unit_records, upward
from recap_desktop.election.records.attachments import Media
from recap_desktop.election.records.journal import (
    ABOUT_SCANS,
    OFFICE_CHAIN,
    ROSTER_CHAIN,
    Kind,
    chain_name,
    has_fields,
)
from recap_desktop.election.records.marks import is_mark_body
from recap_desktop.election.records.roles import Role
from recap_desktop.election.records.trusts import is_sealed_body, is_sent_body, is_trust_body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from recap_desktop.election.records.journal import Record

_OF_TPS = frozenset({"contest", "tps"})
_OF_UNIT = frozenset({"contest", "unit"})
_SUBJECTS = {
    Kind.GENESIS.value: frozenset[str](),
    Kind.PERSON.value: frozenset[str](),
    Kind.ENTRY.value: _OF_TPS,
    Kind.RULING.value: _OF_TPS,
    Kind.WITHDRAWAL.value: _OF_TPS,
    Kind.CLOSE.value: _OF_UNIT,
    Kind.REOPENING.value: _OF_UNIT,
    Kind.AMENDMENT.value: frozenset[str](),
    Kind.LOSS.value: frozenset[str](),
    Kind.PLENARY.value: frozenset[str](),
    Kind.ATTENDANCE.value: frozenset[str](),
    Kind.INCIDENT.value: _OF_UNIT,
    Kind.READING.value: _OF_TPS,
    Kind.ATTACHMENT.value: _OF_TPS,
    Kind.DETACHMENT.value: _OF_TPS,
    Kind.PASSWORD.value: frozenset[str](),
    Kind.MARK.value: _OF_TPS,
    # Of a contest, but no word about it: printing a paper moves nothing on.
    **dict.fromkeys((*copies.BODIES, *emblems.BODIES), frozenset[str]()),
    Kind.TRUST.value: frozenset[str](),
    Kind.CERTIFICATE.value: frozenset[str](),
    Kind.REVOCATIONS.value: frozenset[str](),
    Kind.SENT.value: frozenset({"contest"}),
    **dict.fromkeys((*upward.BODIES, *unit_records.BODIES), _OF_UNIT),
}
_OF_EVERY_CONTEST = frozenset({"tps"})
"""What a picture may speak of beside its TPS in one contest; it then stands in the office chain."""
_CHAINS = {
    Kind.GENESIS.value: OFFICE_CHAIN,
    Kind.PERSON.value: ROSTER_CHAIN,
    Kind.AMENDMENT.value: OFFICE_CHAIN,
    Kind.LOSS.value: OFFICE_CHAIN,
    Kind.PLENARY.value: OFFICE_CHAIN,
    **dict.fromkeys((*copies.BODIES, *emblems.BODIES), OFFICE_CHAIN),
    # Names of those who attend stay in the office; sheets print those of who signs.
    Kind.ATTENDANCE.value: ROSTER_CHAIN,
    Kind.PASSWORD.value: ROSTER_CHAIN,
    Kind.TRUST.value: OFFICE_CHAIN,
    Kind.CERTIFICATE.value: OFFICE_CHAIN,
    Kind.REVOCATIONS.value: OFFICE_CHAIN,
}
_MAY_NAME = {
    Kind.PERSON.value: frozenset({Kind.PERSON.value}),
    Kind.ENTRY.value: frozenset({Kind.ENTRY.value}),
    Kind.RULING.value: frozenset({Kind.ENTRY.value, Kind.RULING.value}),
    Kind.WITHDRAWAL.value: frozenset({Kind.ENTRY.value}),
    Kind.REOPENING.value: frozenset({Kind.CLOSE.value}),
    Kind.AMENDMENT.value: frozenset({Kind.AMENDMENT.value}),
    Kind.LOSS.value: frozenset({Kind.LOSS.value}),
    Kind.PLENARY.value: frozenset({Kind.PLENARY.value}),
    Kind.ATTENDANCE.value: frozenset({Kind.ATTENDANCE.value}),
    Kind.INCIDENT.value: frozenset({Kind.INCIDENT.value}),
    Kind.DETACHMENT.value: frozenset({Kind.ATTACHMENT.value}),
    Kind.MARK.value: frozenset({Kind.MARK.value}),
    Kind.TRUST.value: frozenset({Kind.TRUST.value}),
    Kind.SENT.value: frozenset({Kind.SENT.value}),
    Kind.RECEIPT_BACK.value: frozenset({Kind.RECEIPT_BACK.value}),
    **{
        kind: frozenset({kind})
        for kind in (Kind.ALARM.value, *unit_records.BODIES, *emblems.BODIES)
    },
}

_SHA256 = re.compile(r"[0-9a-f]{64}")
_PROVED = {"contest": str, "root": str, "leaves": int, "totals": dict, "blanks": dict}
"""What a close says that follows from its records."""


def is_sound(record: Record) -> bool:
    """Whether a record of a known kind has the subject, the place and the body of its kind."""
    if not _has_subject(record) or not has_fields(record):
        return False
    chain = _CHAINS.get(record.kind) or record.contest or OFFICE_CHAIN
    return (
        all(record.subject.values())
        and record.chain == chain_name(record.post, chain)
        and bool(record.over) <= (record.kind in _MAY_NAME)
        and _BODIES[record.kind](record)
    )


def _has_subject(record: Record) -> bool:
    said = record.subject.keys()
    if record.kind in ABOUT_SCANS and said == _OF_EVERY_CONTEST:
        return True
    subject = _SUBJECTS.get(record.kind)
    return subject is not None and said == subject


_NAMED_IN_BODY = {
    Kind.SENT.value: "head",
    Kind.UNIT_READING.value: "head",
    Kind.PRINT_STOP.value: "print",
}
"""Kinds that name in their body what they speak of, and the field where they do."""


def named_by(record: Record) -> set[str]:
    """Ids of all that must be known with a record: what it replaces, its round, heads of a lost post.

    Of what was sent the close; of a reading what was read; of what was stopped the print;
    of an alarm the receipts it ends. A record that is not sound may be asked too.
    """
    named = {*record.over, str(record.body.get("round", ""))} - {""}
    if record.kind in _NAMED_IN_BODY:
        named |= {str(record.body.get(_NAMED_IN_BODY[record.kind]))} - {""}
    if record.kind == Kind.ALARM.value:
        named |= upward.ended_by(record)
    heads = record.body.get("heads") if record.kind == Kind.LOSS.value else None
    if isinstance(heads, list):
        named |= {head[2] for head in heads if _is_head(head)}
    return named


def names_rightly(record: Record, named: Mapping[str, Record]) -> bool:
    """Whether a record names only what one of its kind may, of its own subject.

    An entry replaces its own person's entries; a withdrawal takes back one entry; only a ruling
    names a ruling; a reopening names closes; a change of role what was said of the same person;
    an amendment, a turn of the plenary, an attendance, an incident, a mark, what was sent and what
    was carried back those of their kind; a root those of the same office; what takes pictures away the pictures; a post
    that came back the losses of itself. The heads of a loss stand where it says; what was sent is
    of a close of its contest with that number; what was read out is a close of that unit, or its
    paper; a decision that what came holds ends receipts of that unit.

    Args:
        record: a sound record.
        named: by id, every record that ``named_by`` says.
    """
    others = [named[key] for key in record.over]
    opened = record.body.get("round", "")
    return (
        all(other.kind in _MAY_NAME[record.kind] for other in others)
        and all(other.subject == record.subject for other in others)
        and (record.kind != Kind.ENTRY.value or all(o.person == record.person for o in others))
        and (record.kind != Kind.PERSON.value or all(_is_same_person(record, o) for o in others))
        and (record.kind != Kind.TRUST.value or all(_is_same_root(record, o) for o in others))
        and (record.kind != Kind.SENT.value or _is_of_close(record, named[record.body["head"]]))
        and (record.kind != Kind.UNIT_READING.value or unit_records.is_of_read(record, named))
        and (record.kind != Kind.PRINT_STOP.value or copies.is_stop_of(record, named))
        and (record.kind != Kind.ALARM.value or upward.ends_rightly(record, named))
        and (not opened or _is_ruling_on(named[opened], record))
        and (record.kind != Kind.LOSS.value or _is_of_lost_post(record, others, named))
    )


def _is_same_person(record: Record, other: Record) -> bool:
    return bool(record.body["id"] == other.body["id"])


def _is_same_root(record: Record, other: Record) -> bool:
    return bool(record.body["region"] == other.body["region"])


def _is_of_close(sent: Record, close: Record) -> bool:
    return (
        close.kind == Kind.CLOSE.value
        and close.contest == sent.contest
        and bool(close.body["revision"] == sent.body["revision"])
    )


def _is_ruling_on(ruling: Record, record: Record) -> bool:
    return ruling.kind == Kind.RULING.value and ruling.subject == record.subject


def _is_of_lost_post(loss: Record, others: list[Record], named: Mapping[str, Record]) -> bool:
    heads: list[list[Any]] = loss.body["heads"]
    return all(other.body["post"] == loss.post for other in others) and all(
        (named[key].chain, named[key].seq) == (chain, seq) for chain, seq, key in heads
    )


_SOURCES = frozenset(source.value for source in Source)
_CAUSES = frozenset(cause.value for cause in Cause)
_ROOT = re.compile(r"[0-9a-f]{64}")
_ANCHOR = re.compile(r"([0-9a-f]{128})?")


def _is_head(head: object) -> bool:
    return isinstance(head, list) and list(map(type, head)) == [str, int, str]


def _are_cells(record: Record) -> bool:
    body = record.body
    is_sound = _are_figures(body["cells"])
    return is_sound and ("crossed" not in body or _are_crossed(body["crossed"], body["cells"]))


def _are_figures(cells: Mapping[str, Any]) -> bool:
    figures = cells.values()
    return set(map(type, figures)) <= {int} and counts.are_counts(figures)


def _are_crossed(crossed: object, cells: Mapping[str, int]) -> bool:
    """Cells that are crossed out, each once, in order and 0; where none is, nothing is said."""
    return (
        isinstance(crossed, list)
        and bool(crossed)
        and all(isinstance(cell, str) and cells.get(cell) == 0 for cell in crossed)
        and crossed == sorted(set(crossed))
    )


def _is_genesis(record: Record) -> bool:
    return record.seq == 1 and record.body["double_entry"] in (0, 1)


def _is_person(record: Record) -> bool:
    body = record.body
    return bool(body["id"] and body["name"]) and _is_one_of(Role, body["role"])


def _is_password(record: Record) -> bool:
    """The owner of a laptop need not be on the roster, and says why."""
    body = record.body
    by_owner = body["owner"] == 1 and bool(body["reason"]) and not record.person
    return bool(body["id"]) and (by_owner or (body["owner"] == 0 and bool(record.person)))


def _is_entry(record: Record) -> bool:
    return _are_cells(record) and record.body["source"] in _SOURCES


def _is_ruling(record: Record) -> bool:
    # Only a ruling of an office above says what it judged.
    names = ("raised_by", "decided_by", *({"judged"} & record.body.keys()))
    said = all(isinstance(record.body.get(name), str) for name in names)
    said = said and bool(_ROOT.fullmatch(record.body.get("judged", "0" * 64)))
    known = record.body["cause"] in _CAUSES
    return said and known and _are_cells(record) and _has_its_figures(record)


def _has_its_figures(ruling: Record) -> bool:
    """What is decided has figures; a form that never came or a new round has none.

    What is reopened keeps what there was.
    """
    cause = Cause(ruling.body["cause"])
    has_none = cause in (Cause.NOT_DELIVERED, Cause.NEW_ROUND)
    return cause is Cause.REOPENED or bool(ruling.body["cells"]) != has_none


def _is_withdrawal(record: Record) -> bool:
    return len(record.over) == 1


def _is_close(record: Record) -> bool:
    body = record.body
    heads = all(map(_is_head, body["heads"]))
    presences = {presence.value for presence in Presence}
    signers = all(
        isinstance(one, dict)
        and all(isinstance(one.get(key), str) for key in ("seat", "name", "presence", "reason"))
        and one["presence"] in presences
        for one in body["signers"]
    )
    proved = all(isinstance(body.get(name), kind) for name, kind in _PROVED.items())
    # Closes of the first version of the program are without.
    anchor = body.get("anchor", "")
    anchored = isinstance(anchor, str) and bool(_ANCHOR.fullmatch(anchor))
    rooted = proved and bool(_ROOT.fullmatch(body["root"]))
    stated = unit_records.are_stated(body.get("differences", {}))
    return heads and signers and rooted and anchored and stated and body["revision"] > 0


def _is_reopening(record: Record) -> bool:
    return bool(record.over)


def _is_amendment(record: Record) -> bool:
    changes = record.body["changes"]
    return record.body["version"] > 1 and all(
        isinstance(change, list)
        and len(change) > 1
        and all(isinstance(part, str) for part in change[:-1])
        for change in changes
    )


def _is_loss(record: Record) -> bool:
    post, heads = record.body["post"], record.body["heads"]
    if not all(map(_is_head, heads)):
        return False
    chains = [chain for chain, _, _ in heads]
    return (
        # A post that came back ends the losses of itself, and nobody else does.
        (post == record.post) == bool(record.over)
        and bool(record.over or record.body["reason"])
        and chain_name(post, OFFICE_CHAIN) in chains
        and len(set(chains)) == len(chains)
        and all(chain.startswith(f"{post}/") for chain in chains)
    )


def _is_reading(record: Record) -> bool:
    heard = record.body.get("heard", {})
    return record.body["matched"] in (0, 1) and isinstance(heard, dict) and _are_figures(heard)


def _is_attachment(record: Record) -> bool:
    body = record.body
    return (
        bool(_SHA256.fullmatch(body["sha256"]))
        and bool(body["name"])
        and _is_one_of(Media, body["media"])
        and body["bytes"] > 0
        and body["pages"] > 0
    )


def _is_detachment(record: Record) -> bool:
    return bool(record.over and record.body["reason"])


def _is_mark(record: Record) -> bool:
    return is_mark_body(record.body, takes_back=bool(record.over))


def _is_trust(record: Record) -> bool:
    return is_trust_body(record.body, takes_back=bool(record.over))


def _is_sealed(record: Record) -> bool:
    return is_sealed_body(record.body)


def _is_sent(record: Record) -> bool:
    return is_sent_body(record.body)


def _is_one_of(values: type[enum.Enum], said: str) -> bool:
    return said in {value.value for value in values}


_BODIES: dict[str, Callable[[Record], bool]] = {
    Kind.GENESIS.value: _is_genesis,
    Kind.PERSON.value: _is_person,
    Kind.ENTRY.value: _is_entry,
    Kind.RULING.value: _is_ruling,
    Kind.WITHDRAWAL.value: _is_withdrawal,
    Kind.CLOSE.value: _is_close,
    Kind.REOPENING.value: _is_reopening,
    Kind.AMENDMENT.value: _is_amendment,
    Kind.LOSS.value: _is_loss,
    Kind.READING.value: _is_reading,
    Kind.ATTACHMENT.value: _is_attachment,
    Kind.MARK.value: _is_mark,
    Kind.DETACHMENT.value: _is_detachment,
    Kind.PASSWORD.value: _is_password,
    Kind.TRUST.value: _is_trust,
    Kind.CERTIFICATE.value: _is_sealed,
    Kind.REVOCATIONS.value: _is_sealed,
    Kind.SENT.value: _is_sent,
    **plenary.BODIES,
    **copies.BODIES,
    **emblems.BODIES,
    **upward.BODIES,
    **unit_records.BODIES,
}
