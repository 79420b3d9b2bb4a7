"""Records of other posts of the same office: what we give, and what we take in, whole or not."""

from __future__ import annotations

import graphlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.amendments import amended, is_applicable, newest
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import NotCanonical
from recap_desktop.election.records.journal import SEALED, Kind, Record
from recap_desktop.election.records.soundness import is_sound, named_by, names_rightly
from recap_desktop.election.records.upward import unbrought
from recap_desktop.office.posts import posts
from recap_desktop.problems import Fault, KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.figures.tallies import State
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision


@dataclass(frozen=True, slots=True)
class StateChange:
    """What an exchange did to a TPS (perubahan keadaan TPS).

    Attributes:
        contest: the contest.
        tps: 13-digit key.
        before: its state before the exchange.
        after: its state now.
        figures: whether its figures are others now, also when its state is the same.
    """

    contest: str
    tps: str
    before: State
    after: State
    figures: bool


@dataclass(frozen=True, slots=True)
class Late:
    """A record that came late (terlambat).

    Attributes:
        record: an entry or ruling beside a decision that says something else; or anything but
            names from a post that had been declared lost.
        of_lost: which of both.
    """

    record: Record
    of_lost: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What an exchange brought (hasil pertukaran).

    Attributes:
        new: records that were not known here.
        known: records that were.
        files: names of the files they were read from.
        unused: why other files of the same folder were not used.
        changed: every TPS of a new record whose state or figures are others now.
        unsettled: every TPS of a new record, changed or not, that differs or is in conflict now.
        late: new records that came late.
        moved_on: revisions of what is closed and has new records now.
    """

    new: int
    known: int
    files: tuple[str, ...] = ()
    unused: tuple[KnownProblem, ...] = ()
    changed: tuple[StateChange, ...] = ()
    unsettled: tuple[StateChange, ...] = ()
    late: tuple[Late, ...] = ()
    moved_on: tuple[Revision, ...] = ()


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
        elif not is_sound(record):
            faults.append(Fault("exchange-body", place, line=index))
        elif record.kind in SEALED and not _is_genuine(record):
            faults.append(Fault("exchange-sealed", place, line=index))
        records[record.id] = record
    return in_writing_order(records), faults


def in_writing_order(records: Mapping[str, Record]) -> list[Record]:
    """Each record after the one before it in its chain and after every record and person it names.

    So every beginning of what is written, and of a mirror that was cut off, stands by itself.
    """
    # The chain of the office first: the genesis of a post stands there.
    ordered = sorted(
        records.values(), key=lambda r: (not r.chain.endswith("/office"), r.chain, r.seq)
    )
    # Nobody was put on the roster for the first time who was known to have done something.
    enrolled: dict[str, set[str]] = {}
    for record in ordered:
        if record.kind == Kind.PERSON.value and not record.over:
            enrolled.setdefault(str(record.body.get("id")), set()).add(record.id)
    before: dict[str, set[str]] = {}
    last: dict[str, str] = {}
    for record in ordered:
        named = named_by(record) | {record.prev, last.get(record.chain, "")}
        if record.kind != Kind.PERSON.value:
            named |= enrolled.get(record.person, set())
        before[record.id] = named & records.keys()
        last[record.chain] = record.id
    try:
        return [records[key] for key in graphlib.TopologicalSorter(before).static_order()]
    except graphlib.CycleError:
        # Forged: some record gives another place than the hashes do, and is refused for it.
        return ordered


def _misfits(office: Office, new: list[Record]) -> list[Fault]:
    table = office.file.journal
    coming = {record.id: record for record in new}
    first = office.file.definitions.first
    stations = stations_of(office, _with_amendments(office, new))
    links: dict[str, journal.Link] = {}
    geneses = {r.post: r for r in new if r.kind == Kind.GENESIS.value and r.seq == 1}
    faults = []
    for record in new:
        place: dict[str, str | int] = {"chain": record.chain, "seq": record.seq}
        link = links.get(record.chain) or table.link(record.chain)
        if record.seq == 1 and record.chain != f"{record.post}/{journal.OFFICE_CHAIN}":
            begun = geneses[record.post].id if record.post in geneses else link.prev
            link = journal.Link(link.election, link.mode, link.chain, link.seq, begun)
        if record.seq < link.seq:
            faults.append(Fault("exchange-fork", place))
        elif record.seq > link.seq:
            faults.append(_gap(office, geneses.values(), record, first=link.seq))
        elif record.prev != link.prev:
            faults.append(Fault("exchange-prev", place))
        links[record.chain] = journal.follow(link, record)
        if record.kind == Kind.AMENDMENT.value and not is_applicable(first, record):
            faults.append(Fault("exchange-amendment", place))
        elif not is_of_this_office(office, record, stations=stations):
            faults.append(Fault("exchange-office", place))
        known = {key: coming.get(key) or table.record(key) for key in named_by(record)}
        named = {key: other for key, other in known.items() if other}
        if len(named) < len(known):
            faults.append(Fault("exchange-over", place))
        elif not names_rightly(record, named):
            faults.append(Fault("exchange-names", place))
    return faults or _unbrought(office, new)


def _unbrought(office: Office, new: list[Record]) -> list[Fault]:
    """Records of an office below that no package brought: a stick of our own posts is no way up."""
    table = office.file.journal
    receipts = [r for r in new if r.kind == Kind.RECEIPT.value]
    for contest in office.contests:
        receipts += table.records_of_kind(Kind.RECEIPT, contest=contest)
    coming = {record.id: record for record in new}
    heads = {str(receipt.body["head"]) for receipt in receipts}
    known = {key: coming.get(key) or table.record(key) for key in heads}
    strangers = unbrought(
        new,
        office=office.code,
        geneses=[*table.geneses(), *(r for r in new if r.kind == Kind.GENESIS.value)],
        receipts=receipts,
        closes={key: close for key, close in known.items() if close},
    )
    return [Fault("exchange-office", {"chain": r.chain, "seq": r.seq}) for r in strangers]


def _is_genuine(record: Record) -> bool:
    # Loading the cryptography takes longer than the whole first window.
    from recap_desktop.office.keys.trusting import is_genuine  # noqa: PLC0415

    return is_genuine(record)


def _gap(office: Office, coming: Iterable[Record], after: Record, *, first: int) -> Fault:
    """Which records of a post are neither here nor coming, so that people know whom to ask."""
    numbers = posts.numbers([*office.file.journal.records_of_kind(Kind.GENESIS), *coming])
    missing: dict[str, str | int] = {
        "chain": after.chain.partition("/")[2],
        "first": str(first),
        "last": str(after.seq - 1),
    }
    if after.post in numbers:
        return Fault("exchange-gap", {**missing, "number": numbers[after.post]})
    return Fault("exchange-gap-unknown", {**missing, "post": after.post[: posts.SHORT]})


def _with_amendments(office: Office, new: list[Record]) -> Election:
    """The definition that will hold once these records are taken in."""
    first = office.file.definitions.first
    coming = [r for r in new if r.kind == Kind.AMENDMENT.value and is_applicable(first, r)]
    if not coming:
        return office.election
    held = office.file.journal.records_of_kind(Kind.AMENDMENT)
    return amended(first, newest([*held, *coming]))


def stations_of(office: Office, election: Election | None = None) -> dict[str, frozenset[str]]:
    """Every TPS that a definition gives each contest here, whatever tables say.

    Those that were abolished are among them: records made before may speak of them.
    """
    election = election or office.election
    here = [s for s in election.stations if s.tps.startswith(office.code)]
    return {
        contest.id: frozenset(s.tps for s in here if s.defined_for(contest))
        for contest in election.contests
        if any(s.defined_for(contest) for s in here)
    }


def is_of_this_office(
    office: Office, record: Record, *, stations: Mapping[str, frozenset[str]]
) -> bool:
    """Whether a sound record speaks of this office: its posts, its contests, its TPS, its forms.

    Args:
        office: the open office.
        record: of whatever post.
        stations: as ``stations_of``.
    """
    if record.kind == Kind.GENESIS.value:
        maker, double = record.body["office"], bool(record.body["double_entry"])
        # Whether an office below may stand here a receipt says.
        is_below = maker != office.code and maker.startswith(office.code)
        is_own = (maker, double) == (office.code, office.file.double_entry)
        return journal.post_of_hex(record.body["post_key"]) == record.post and (is_below or is_own)
    if not record.contest:
        return not record.tps or any(record.tps in here for here in stations.values())
    here = stations.get(record.contest)
    unit = record.subject.get("unit", office.code)
    if here is None or not (
        unit in here or (unit in office.election.tree and unit.startswith(office.code))
    ):
        return False
    known = office.election.layout(record.contest).known
    return not record.tps or (record.tps in here and record.body.get("cells", {}).keys() <= known)
