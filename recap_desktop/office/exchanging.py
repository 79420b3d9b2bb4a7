"""Records of other posts of the same office: what we give, and what we take in, whole or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election import journal
from recap_desktop.election.canonical import NotCanonical
from recap_desktop.election.journal import Kind, Record
from recap_desktop.problems import Fault, KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Taken:
    """What an exchange brought (hasil pertukaran).

    Attributes:
        new: records that were not known here.
        known: records that were.
    """

    new: int
    known: int


def give(office: Office) -> list[bytes]:
    """Every record this office file holds, of whatever post, in order of arrival."""
    return [raw for _, raw in office.file.journal.raw_records()]


def take_in(office: Office, raws: Iterable[bytes]) -> Taken:
    """Take in records of other posts: all that are new, or none.

    A chain must go on where ours ends or repeat what we hold; every record named in an ``over``
    or as a round must be known or come along. The order in which they come does not matter.

    Raises:
        KnownProblem: ``exchange-faults`` with every record that does not fit; or when nothing
            can be written.
    """
    office.require_writable()
    records, faults = _read(office, raws)
    known = {record.id for record in records if office.file.journal.record(record.id)}
    new = [record for record in records if record.id not in known]
    if not faults:
        faults = _misfits(office, new)
    if faults:
        raise KnownProblem("exchange-faults", faults=faults)
    if new:
        office.take_in(new)
    return Taken(len(new), len(known))


def _read(office: Office, raws: Iterable[bytes]) -> tuple[list[Record], list[Fault]]:
    """Records in an order in which each chain can be written, doubled ones once."""
    records: dict[str, Record] = {}
    faults = []
    kinds = {kind.value for kind in Kind}
    for index, raw in enumerate(raws, start=1):
        try:
            record = journal.read_record(raw)
        except NotCanonical:
            faults.append(Fault("exchange-bytes", line=index))
            continue
        place: dict[str, str | int] = {"chain": record.chain, "seq": record.seq}
        if (record.election, record.mode) != (
            office.file.election_id,
            office.election.mode.value,
        ):
            faults.append(Fault("exchange-election", place, line=index))
        elif record.kind not in kinds:
            faults.append(Fault("exchange-kind", {**place, "kind": record.kind}, line=index))
        elif not journal.has_sound_body(record):
            faults.append(Fault("exchange-body", place, line=index))
        records[record.id] = record
    # The chain of the office first: the genesis of a post stands there.
    ordered = sorted(
        records.values(), key=lambda r: (r.chain.endswith("/office") is False, r.chain, r.seq)
    )
    return ordered, faults


def _misfits(office: Office, new: list[Record]) -> list[Fault]:
    table = office.file.journal
    coming = {record.id for record in new}
    links: dict[str, journal.Link] = {}
    geneses = {r.post: r.id for r in new if r.kind == Kind.GENESIS.value and r.seq == 1}
    faults = []
    for record in new:
        place: dict[str, str | int] = {"chain": record.chain, "seq": record.seq}
        link = links.get(record.chain) or table.link(record.chain)
        if record.seq == 1 and record.chain != f"{record.post}/{journal.OFFICE_CHAIN}":
            link = journal.Link(
                link.election, link.mode, link.chain, link.seq, geneses.get(record.post, link.prev)
            )
        if record.seq < link.seq:
            faults.append(Fault("exchange-fork", place))
        elif record.seq > link.seq:
            faults.append(Fault("exchange-gap", place))
        elif record.prev != link.prev:
            faults.append(Fault("exchange-prev", place))
        links[record.chain] = journal.follow(link, record)
        if not _is_of_this_office(office, record):
            faults.append(Fault("exchange-office", place))
        rounds = str(record.body.get("round", ""))
        named = {*record.over, rounds} - coming - {""}
        if any(table.record(key) is None for key in named):
            faults.append(Fault("exchange-over", place))
    return faults


def _is_of_this_office(office: Office, record: Record) -> bool:
    """A genesis must name this office and its own post; a subject must lie in it."""
    if record.kind == Kind.GENESIS.value:
        same = (record.body["office"], bool(record.body["double_entry"]))
        return journal.post_of_hex(record.body["post_key"]) == record.post and same == (
            office.code,
            office.file.double_entry,
        )
    return not record.tps or (
        record.contest in office.file.contests
        and record.tps in office.file.contests[record.contest].station_keys()
    )
