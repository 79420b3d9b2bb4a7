"""The journal's alphabet: record kinds, canonical bytes, hashes, and how a chain holds together.

A record's id is the SHA-256 of its canonical bytes; each record names the one before it in its
chain. Format ``REKAP/1``. Nothing here knows where records are kept.
"""

from __future__ import annotations

import enum
import hashlib
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.records.canonical import (
    NotCanonical,
    dump,
    load,
    read_canonical,
    refuse,
)
from recap_desktop.election.records.record_fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

VERSION = 1
NO_RECORD = "0" * 64
"""What the genesis of a post names as the record before it."""

OFFICE_CHAIN = "office"
ROSTER_CHAIN = "roster"
"""Names of people stand in a chain of their own, which never leaves the office."""

RESERVED_CHAINS = frozenset({OFFICE_CHAIN, ROSTER_CHAIN})
_FIELDS = frozenset(
    ("v", "election", "mode", "chain", "seq", "time", "person", "kind", "subject", "over")
) | {"body", "prev"}


class Kind(enum.Enum):
    """Record kinds with their version; an unknown one opens a file read-only."""

    GENESIS = "genesis/1"
    PERSON = "person/1"
    ENTRY = "entry/1"
    RULING = "ruling/1"
    WITHDRAWAL = "withdrawal/1"
    CLOSE = "close/1"
    REOPENING = "reopening/1"
    AMENDMENT = "amendment/1"
    LOSS = "loss/1"
    PLENARY = "plenary/1"
    ATTENDANCE = "attendance/1"
    INCIDENT = "incident/1"
    READING = "reading/1"
    PASSWORD = "password/1"  # noqa: S105 - a kind of record
    ATTACHMENT = "attachment/1"
    DETACHMENT = "detachment/1"
    MARK = "mark/1"
    PRINT = "print/1"
    PRINT_STOP = "print-stop/1"
    EMBLEM = "emblem/1"
    TRUST = "trust/1"
    CERTIFICATE = "certificate/1"
    REVOCATIONS = "revocations/1"
    SENT = "sent/1"
    RECEIPT = "receipt/1"
    ALARM = "alarm/1"
    RECEIPT_BACK = "receipt-back/1"
    DIFFERENCE = "difference/1"
    UNIT_ENTRY = "unit-entry/1"
    UNIT_READING = "unit-reading/1"
    PROPOSAL_LEFT = "proposal-left/1"


ABOUT_SCANS = frozenset({Kind.ATTACHMENT.value, Kind.DETACHMENT.value})
"""Kinds that speak of a picture of the paper: they give a TPS no figures and decide nothing."""

SEALED = frozenset({Kind.CERTIFICATE.value, Kind.REVOCATIONS.value})
"""Kinds that hold a document with a signature of its own."""


def digest(what: str, raw: bytes) -> str:
    """SHA-256 in hex over ``REKAP/1/<what>/`` and the bytes (domain separation)."""
    return hashlib.sha256(b"REKAP/1/%s/" % what.encode("ascii") + raw).hexdigest()


def election_hash(definition: bytes) -> str:
    """Hash of an election definition from its canonical bytes: names it in every record."""
    return digest("election", definition)


_RECORD_PREFIX = b"REKAP/1/record/"


def record_hash(raw: bytes) -> str:
    """The id of a record from its bytes."""
    return hashlib.sha256(_RECORD_PREFIX + raw).hexdigest()


def post_id(public_key: bytes) -> str:
    """The id of a post (meja): 32 hex digits of the hash of its raw Ed25519 public key."""
    return digest("post", public_key)[:32]


def post_of_hex(public_key: str) -> str:
    """The id of a post from its key as a genesis writes it; empty when that is no hex."""
    try:
        return post_id(bytes.fromhex(public_key))
    except ValueError:
        return ""


def chain_name(post: str, contest: str) -> str:
    """Name of a post's chain of one contest (or of ``office``, ``roster``)."""
    return f"{post}/{contest}"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the journal (catatan): its id, its bytes, and what they say.

    Attributes:
        id: SHA-256 of the bytes, in hex.
        raw: canonical bytes, kept as they were hashed.
        chain: ``<post>/<contest>``.
        seq: place in the chain, from 1.
        prev: id of the record before it; the first of a chain names the genesis of its post,
            the genesis itself names ``NO_RECORD``.
        time: what the laptop said, ISO with zone; shown, never used to decide.
        person: id of the person in the roster; empty for what no person did.
        kind: e.g. ``entry/1``; kept as text, since it may come from a newer program.
        subject: ``contest``, ``tps`` or ``unit``, as far as the kind has them.
        over: ids of the records it replaces, sorted.
        body: what the kind needs beside.
    """

    id: str
    raw: bytes
    chain: str
    seq: int
    prev: str
    election: str
    mode: str
    time: str
    person: str
    kind: str
    subject: Mapping[str, str]
    over: tuple[str, ...]
    body: Mapping[str, Any]

    @property
    def post(self) -> str:
        """The post that wrote it."""
        return self.chain.partition("/")[0]

    @property
    def contest(self) -> str:
        """Contest of its subject; empty when it has none."""
        return self.subject.get("contest", "")

    @property
    def tps(self) -> str:
        """TPS of its subject; empty when it has none."""
        return self.subject.get("tps", "")


@dataclass(frozen=True, slots=True)
class Link:
    """Where the next record of a chain goes: the frame that every record shares."""

    election: str
    mode: str
    chain: str
    seq: int
    prev: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person wants recorded, before it has a place in a chain."""

    kind: Kind
    time: str
    person: str
    subject: Mapping[str, str]
    body: Mapping[str, Any]
    over: tuple[str, ...] = ()


def follow(link: Link, record: Record) -> Link:
    """Where the record after this one goes."""
    return Link(link.election, link.mode, link.chain, record.seq + 1, record.id)


def make_record(link: Link, draft: Draft) -> Record:
    """Put a draft at the end of a chain.

    Raises:
        NotCanonical: when the draft holds what canonical bytes cannot.
    """
    over = tuple(sorted(draft.over))
    data = {
        "v": VERSION,
        "election": link.election,
        "mode": link.mode,
        "chain": link.chain,
        "seq": link.seq,
        "time": draft.time,
        "person": draft.person,
        "kind": draft.kind.value,
        "subject": draft.subject,
        "over": list(over),
        "body": draft.body,
        "prev": link.prev,
    }
    # The frame was made canonical when its chain began; the draft comes from people.
    for said in (draft.time, draft.person, draft.subject, draft.body, over):
        refuse(said)
    raw = dump(data)
    return Record(
        id=record_hash(raw),
        raw=raw,
        chain=link.chain,
        seq=link.seq,
        prev=link.prev,
        election=link.election,
        mode=link.mode,
        time=draft.time,
        person=draft.person,
        kind=draft.kind.value,
        subject=draft.subject,
        over=over,
        body=draft.body,
    )


def read_record(raw: bytes) -> Record:
    """Read the bytes of a record that came from outside; every field is checked for its type.

    Raises:
        NotCanonical: when the bytes are not canonical or not a record.
    """
    return _record(raw, read_canonical(raw))


def read_own_record(raw: bytes) -> Record:
    """Read bytes that this file wrote and guards: without proving them canonical again.

    Raises:
        NotCanonical: when they were damaged so that they are no record any more.
    """
    try:
        record = _record(raw, load(raw))
    except (TypeError, KeyError) as error:
        raise NotCanonical(str(error)) from error
    if record.kind in FIELDS and not has_fields(record):
        raise NotCanonical("a field of the body is missing")
    return record


_TEXTS = operator.itemgetter("election", "mode", "chain", "time", "person", "kind", "prev")
_OTHERS = operator.itemgetter("seq", "subject", "body", "over")
_OTHER_TYPES = (int, dict, dict, list)
_ONLY_TEXT = frozenset({str})


def _record(raw: bytes, data: Mapping[str, Any]) -> Record:
    # A province reads 50,000 several times: what has one type is looked at together.
    if not isinstance(data, dict) or data.keys() != _FIELDS or data["v"] != VERSION:
        raise NotCanonical("not a record of this format")
    texts, others = _TEXTS(data), _OTHERS(data)
    seq, subject, body, over = others
    shapes = (
        _ONLY_TEXT.issuperset(map(type, texts))
        and tuple(map(type, others)) == _OTHER_TYPES
        and _ONLY_TEXT.issuperset(map(type, subject.values()))
    )
    if shapes and over:
        shapes = _ONLY_TEXT.issuperset(map(type, over)) and over == sorted(set(over))
    if not shapes:
        raise NotCanonical("a field of the record has the wrong shape")
    election, mode, chain, time, person, kind, prev = texts
    return Record(
        id=record_hash(raw),
        raw=raw,
        chain=chain,
        seq=seq,
        prev=prev,
        election=election,
        mode=mode,
        time=time,
        person=person,
        kind=kind,
        subject=subject,
        over=tuple(over),
        body=body,
    )


def has_fields(record: Record) -> bool:
    """Whether the body of a record of a known kind has the fields that readers rely on."""
    get = record.body.get
    return all(isinstance(get(name), kind) for name, kind in FIELDS[record.kind].items())


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold (putus): the record, and the code of what is wrong with it."""

    chain: str
    seq: int
    code: str


def chain_breaks(records: Iterable[Record], genesis: Mapping[str, str]) -> Iterator[Break]:
    """Every place where records, given in chain and sequence order, do not follow each other.

    Args:
        records: sorted by chain, then seq.
        genesis: id of the genesis record of each post, which the first record of its other
            chains must name.
    """
    chain, seq, prev = "", 0, ""
    for record in records:
        if record.chain != chain:
            chain, seq = record.chain, 0
            prev = genesis.get(record.post, "")
            if record.chain == chain_name(record.post, OFFICE_CHAIN):
                prev = NO_RECORD
        if record.seq != seq + 1:
            yield Break(chain, record.seq, "gap")
        elif record.prev != prev:
            yield Break(chain, record.seq, "prev")
        seq, prev = record.seq, record.id
