"""Proof of the office file: its chains, its guards, its tables, and heads typed from paper."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.amendments import is_applicable
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers.anchors import Anchor, read_anchor
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import NotCanonical
from recap_desktop.election.records.journal import SEALED, Kind, Record
from recap_desktop.election.records.people import is_guarded, people_of
from recap_desktop.election.records.roles import deeds_of, may
from recap_desktop.election.records.soundness import is_sound, named_by, names_rightly
from recap_desktop.election.records.upward import unbrought
from recap_desktop.office.papers.anchoring import anchor_of
from recap_desktop.office.plenary.revisions import (
    all_revisions,
    close_is_genuine,
    election_of,
    revision_of,
)
from recap_desktop.office.posts.exchanging import is_of_this_office, stations_of
from recap_desktop.office.scans.attaching import kept
from recap_desktop.problems import Fault, KnownProblem

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office

_ANCHOR = re.compile(r"[0-9a-f]{32,64}")


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found (hasil pemeriksaan).

    Attributes:
        records: number of records read.
        chains: number of chains.
        faults: everything that does not hold, each at its record; empty when all does.
        anchor: the record whose hash was typed from paper, when one was and was found.
        missing: attachments on record whose bytes are not on this laptop. That is no damage: they
            lie on the laptop where they were attached, and come with an exchange.
    """

    records: int
    chains: int
    faults: tuple[Fault, ...]
    anchor: Record | None = None
    missing: tuple[Fault, ...] = ()


def audit(office: Office, *, anchor: str = "") -> Audit:
    """Read every record again and prove what can be proved without another copy.

    Bytes against their hash and canonical form, columns against bytes, bodies against what
    their kind must say of this office, certificates and revocations against their signature, each chain from its genesis, each post key against the
    post's name, every ``over`` against what is known and may be named, every person against the
    roster and the roles they ever had, closes against signature, heads, root and totals, derived
    tables against definition and journal, pictures against the hashes on record.

    Args:
        office: the open office.
        anchor: first 32 to 64 hex digits of a head printed on a page, spaces allowed; or the
            whole line of its QR code, every figure of which is then compared.

    Raises:
        KnownProblem: ``anchor-malformed``.
    """
    line, digits = _typed(anchor)
    records, faults = _read_all(office)
    faults += _sealed_faults(records)
    faults += _chain_faults(records)
    faults += _reference_faults(office, records)
    faults += _unbrought_faults(office, records)
    faults += _person_faults(office, records)
    if not faults:
        faults += _derived_faults(office)
    altered, missing = _picture_faults(office)
    faults += altered
    found = next((record for record in records if digits and record.id.startswith(digits)), None)
    if digits and found is None:
        faults.append(Fault("audit-anchor-unknown", {"anchor": digits}))
    elif line and found and not faults and not _says(office, found, line):
        faults.append(Fault("audit-line-differs", {"chain": found.chain, "seq": found.seq}))
    chains = len({record.chain for record in records})
    return Audit(len(records), chains, tuple(faults), found, tuple(missing))


def _typed(anchor: str) -> tuple[Anchor | None, str]:
    """What was typed or scanned from paper: the line of a code, and the digits of its head."""
    with contextlib.suppress(ValueError):
        line = read_anchor(anchor.strip())
        return line, line.head.hex()
    digits = re.sub(r"[\s-]", "", anchor).lower()
    if anchor and not _ANCHOR.fullmatch(digits):
        raise KnownProblem("anchor-malformed", anchor=anchor)
    return None, digits


def _says(office: Office, close: Record, line: Anchor) -> bool:
    """Whether a line is that of a close; the audit has proved the close itself."""
    if close.kind != Kind.CLOSE.value:
        return False
    return anchor_of(election_of(office, revision_of(close)), close) == line


def _read_all(office: Office) -> tuple[list[Record], list[Fault]]:
    records: list[Record] = []
    faults: list[Fault] = []
    definitions = office.file.definitions.hashes()
    # What amendments make of it stands in the journal.
    if len(definitions) != 1 or any(journal.election_hash(r) != d for d, r in definitions):
        faults.append(Fault("audit-definition", {}))
    stations, first = stations_of(office), office.file.definitions.first
    for row in office.file.journal.stored_rows():
        place: dict[str, str | int] = {"chain": row.chain, "seq": row.seq}
        try:
            record = journal.read_record(row.raw)
        except NotCanonical:
            faults.append(Fault("audit-bytes", place))
            continue
        records.append(record)
        said = (record.chain, record.seq, record.kind, record.contest, record.tps)
        if record.id != row.id:
            faults.append(Fault("audit-hash", place))
        elif said != (row.chain, row.seq, row.kind, row.contest, row.tps):
            faults.append(Fault("audit-columns", place))
        elif (record.election, record.mode) != (
            office.file.election_id,
            office.election.mode.value,
        ):
            faults.append(Fault("audit-election", place))
        elif not is_sound(record):
            faults.append(Fault("audit-body", place))
        elif not is_of_this_office(office, record, stations=stations):
            faults.append(Fault("audit-office", place))
        elif record.kind == Kind.AMENDMENT.value and not is_applicable(first, record):
            faults.append(Fault("audit-amendment", place))
    return records, faults


def _sealed_faults(records: list[Record]) -> list[Fault]:
    """Certificates and revocations that are not what they say, or of another election."""
    # Loading the cryptography takes longer than the whole first window.
    from recap_desktop.office.keys.trusting import is_genuine  # noqa: PLC0415

    return [
        Fault("audit-sealed", {"chain": record.chain, "seq": record.seq})
        for record in records
        if record.kind in SEALED and is_sound(record) and not is_genuine(record)
    ]


def _chain_faults(records: list[Record]) -> list[Fault]:
    own = [r for r in records if r.kind == Kind.GENESIS.value and r.seq == 1]
    genesis = {record.post: record.id for record in own}
    faults = [
        Fault("audit-post-key", {"chain": record.chain, "seq": record.seq})
        for record in own
        if journal.post_of_hex(str(record.body.get("post_key", ""))) != record.post
    ]
    ordered = sorted(records, key=lambda record: (record.chain, record.seq))
    breaks = journal.chain_breaks(ordered, genesis)
    faults += [Fault(f"audit-{b.code}", {"chain": b.chain, "seq": b.seq}) for b in breaks]
    return faults


def _reference_faults(office: Office, records: list[Record]) -> list[Fault]:
    known = {record.id: record for record in records}
    faults = []
    for record in filter(is_sound, records):
        place: dict[str, str | int] = {"chain": record.chain, "seq": record.seq}
        if not named_by(record) <= known.keys():
            faults.append(Fault("audit-over", place))
        elif not names_rightly(record, known):
            faults.append(Fault("audit-names", place))
    missing = office.file.missing_guards()
    if missing:
        faults.append(Fault("audit-guards", {"guards": ", ".join(missing)}))
    return faults


def _unbrought_faults(office: Office, records: list[Record]) -> list[Fault]:
    """Records of offices below that no package brought."""
    sound = [record for record in records if is_sound(record)]
    strangers = unbrought(
        sound,
        office=office.code,
        geneses=[r for r in sound if r.kind == Kind.GENESIS.value],
        receipts=[r for r in sound if r.kind == Kind.RECEIPT.value],
        closes={r.id: r for r in sound if r.kind == Kind.CLOSE.value},
    )
    return [Fault("audit-office", {"chain": r.chain, "seq": r.seq}) for r in strangers]


def _person_faults(office: Office, records: list[Record]) -> list[Fault]:
    """Records of nobody on the roster, and in a guarded office those of a role that never may.

    Before an office was guarded everybody could do everything: of one who only wrote their own
    name then nothing can be said.
    """
    # People of offices below stand on rosters that never leave those.
    sound = [r for r in records if r.post not in office.file.journal.others and is_sound(r)]
    people = people_of(sound)
    roster_is_guarded = is_guarded(people)
    wrote_own_name = {r.person for r in sound if r.kind == Kind.PERSON.value and not deeds_of(r)}
    faults = []
    for record in sound:
        place: dict[str, str | int] = {"chain": record.chain, "seq": record.seq}
        person = people.get(record.person)
        if person is None:
            if record.person or not _needs_nobody(record):
                faults.append(Fault("audit-person", place))
        elif roster_is_guarded and record.person not in wrote_own_name:
            deeds = deeds_of(record)
            if deeds and not any(may({role}, deed) for role in person.once for deed in deeds):
                faults.append(Fault("audit-role", {**place, "name": person.name}))
    return faults


def _needs_nobody(record: Record) -> bool:
    """Whether a laptop makes such a record by itself, or its owner does."""
    if record.kind == Kind.LOSS.value:
        return bool(record.over)
    return record.kind in (Kind.GENESIS.value, Kind.PASSWORD.value)


def _derived_faults(office: Office) -> list[Fault]:
    faults = [
        Fault("audit-derived", {"contest": contest}) for contest in office.file.stale_contests()
    ]
    if office.file.units.are_stale(office.election, office.code):
        faults.append(Fault("audit-units"))
    for contest_id in office.contests:
        faults += [
            Fault("audit-close", {"contest": contest_id, "revision": revision.number})
            for revision in all_revisions(office, contest_id)
            if not close_is_genuine(office, revision)
        ]
    return faults


def _picture_faults(office: Office) -> tuple[list[Fault], list[Fault]]:
    """Pictures with other bytes than were attached, and those that are not here."""
    altered: list[Fault] = []
    missing: list[Fault] = []
    if office.file.attachments.is_stale():
        altered.append(Fault("audit-scans"))
    for one in office.file.attachments.standing():
        place: dict[str, str | int] = {"tps": dotted(one.tps), "file": one.name}
        try:
            kept(office, one).read()
        except KnownProblem as problem:
            if problem.code == "scan-missing":
                missing.append(Fault("audit-scan-missing", place))
            else:
                altered.append(Fault("audit-scan-altered", place))
    return altered, missing


def rebuild(office: Office) -> list[str]:
    """Make everything derived again from the journal; ids of contests that had to change.

    Raises:
        KnownProblem: when nothing can be written.
    """
    office.require_writable()
    return office.file.rebuild()
