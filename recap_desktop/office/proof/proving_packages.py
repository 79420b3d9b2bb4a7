"""Proves a package, step by step, each with its own code: who signed it, and that all of it fits."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.figures.layers import Layers, Maker
from recap_desktop.election.figures.tallies import leaf
from recap_desktop.election.figures.totals import by_unit, paper_sums
from recap_desktop.election.records import journal, merkle, packages
from recap_desktop.election.records.canonical import NotCanonical, canonical, read_canonical
from recap_desktop.election.records.journal import Kind, Record
from recap_desktop.election.records.packages import Statement
from recap_desktop.election.records.soundness import is_sound, named_by
from recap_desktop.election.records.unit_records import differences_of
from recap_desktop.exchange.certificates import (
    Certificate,
    Holder,
    Realm,
    Trust,
    What,
    require_certified,
    unseal,
)
from recap_desktop.exchange.package_file import open_package
from recap_desktop.exchange.signing import is_signed
from recap_desktop.foreign.results_tables import STATION_KEYS, STATIONS
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from recap_desktop.exchange.package_file import Package


@dataclass(frozen=True, slots=True)
class Proved:
    """What was proved of a package (hasil pemeriksaan paket).

    Attributes:
        statement: what it is of.
        hash: of its manifest, which names it.
        key: of the office that signed it, in hex.
        certified: the certificates that lead to that key; None where nothing is trusted yet.
        close: the close it carries.
        records: all its records, by chain, in their order.
        leaves: canonical bytes of each TPS's leaf, in code order.
    """

    statement: Statement
    hash: str
    key: str
    certified: tuple[Certificate, ...] | None
    close: Record
    records: tuple[Record, ...]
    leaves: tuple[bytes, ...]

    @property
    def totals(self) -> Mapping[str, int]:
        """Cell -> sum as its papers say it: what its leaves prove, with differences above the TPS."""
        return paper_sums(self.close.body)


def prove_package(
    path: Path, *, trust: Trust | None = None, known: Iterable[Certificate] = ()
) -> Proved:
    """Prove all that can be proved of a package by itself, on a private copy.

    Args:
        path: the package.
        trust: what is believed; None proves everything but who may sign.
        known: certificates beside those it carries: they may travel later than the package.

    Raises:
        KnownProblem: the first thing that does not hold, by its own code: ``package-...`` as
            ``open_package``, ``package-of-other-election``, ``not-a-certificate``, ``not-signed-certificate``,
            ``key-not-certified`` and the other refusals of certificates, ``package-contest``,
            ``package-records``, ``package-close``, ``package-leaves``, ``package-totals``,
            ``package-results``.
    """
    with open_package(path) as package:
        statement = _statement(package)
        certificates = (*_certificates(package), *known)
        certified = None
        if trust is not None:
            _require_realm(package, statement, trust)
            certified = require_certified(
                package.key,
                statement.office,
                holder=Holder.OFFICE,
                certificates=certificates,
                trust=trust,
            )
        package.prove()
        _require_contest(package, statement)
        records = _records(package, statement)
        close = _close(package, statement, records)
        if trust is not None:
            _require_post(close, records, certificates=certificates, trust=trust)
        leaves = tuple(package.lines(packages.LEAVES))
        _require_leaves(package, statement, close=close, records=records, leaves=leaves)
        _require_results(package, leaves)
        return Proved(
            statement=statement,
            hash=package.hash,
            key=package.key,
            certified=certified,
            close=close,
            records=records,
            leaves=leaves,
        )


def _statement(package: Package) -> Statement:
    try:
        statement = Statement.of_data(package.manifest)
    except ValueError as error:
        raise KnownProblem("package-manifest", file=package.file) from error
    for name in sorted(packages.NECESSARY - package.members.keys()):
        raise KnownProblem("package-member-missing", file=package.file, name=name)
    return statement


def _require_realm(package: Package, statement: Statement, trust: Trust) -> None:
    """A root may sign in a rehearsal too: its key alone does not tell them apart."""
    if Realm(statement.election, statement.mode) != trust.realm:
        raise KnownProblem("package-of-other-election", file=package.file)


def _certificates(package: Package) -> Iterable[Certificate]:
    for line in package.lines(packages.CERTIFICATES):
        found = unseal(What.CERTIFICATE, line)
        assert isinstance(found, Certificate)
        yield found


def _require_contest(package: Package, statement: Statement) -> None:
    raw = package.read(packages.CONTEST)
    try:
        said = read_canonical(raw)["contest"]["id"]
    except (NotCanonical, KeyError, TypeError) as error:
        raise KnownProblem("package-contest", file=package.file) from error
    if journal.digest("contest", raw) != statement.contest_hash or said != statement.contest:
        raise KnownProblem("package-contest", file=package.file)


def _records(package: Package, statement: Statement) -> tuple[Record, ...]:
    """Records whose chains hold, of this election, mode, contest and office, and name no stranger."""

    def broken(seq: int = 0) -> KnownProblem:
        return KnownProblem("package-records", file=package.file, seq=seq)

    records = []
    for line in package.lines(packages.JOURNAL):
        try:
            records.append(journal.read_record(line))
        except NotCanonical as error:
            raise broken(len(records) + 1) from error
    geneses = {r.post: r for r in records if r.kind == Kind.GENESIS.value and r.seq == 1}
    for gap in journal.chain_breaks(records, {post: r.id for post, r in geneses.items()}):
        raise broken(gap.seq)
    by_id = {record.id: record for record in records}
    chains = [record.chain for record in records]
    if chains != sorted(chains) or len(by_id) != len(records):
        raise broken()
    known = {kind.value for kind in Kind}
    for at, record in enumerate(records, start=1):
        fits = (
            (record.election, record.mode) == (statement.election, statement.mode)
            and record.kind in known
            and is_sound(record)
            and record.post in geneses
            and record.chain.partition("/")[2] in (statement.contest, journal.OFFICE_CHAIN)
            and record.contest in ("", statement.contest)
            and record.tps.startswith(statement.office[: len(record.tps)])
        )
        if not fits or (record.kind == Kind.GENESIS.value and not _is_below(record, statement)):
            raise broken(at)
        if record.contest and not named_by(record) <= by_id.keys():
            raise broken(at)
    return tuple(records)


def _is_below(genesis: Record, statement: Statement) -> bool:
    """Whether a post is what its key says, of the sender or of an office below it."""
    body = genesis.body
    return journal.post_of_hex(body["post_key"]) == genesis.post and body["office"].startswith(
        statement.office
    )


def _close(package: Package, statement: Statement, records: Sequence[Record]) -> Record:
    """The close that the package is of: signed by its post, made from just these records."""
    close = next((record for record in records if record.id == statement.head), None)
    if close is None or close.kind != Kind.CLOSE.value:
        raise KnownProblem("package-close", file=package.file)
    body = dict(close.body)
    signature = body.pop("signature")
    last = {record.chain: (record.seq, record.id) for record in records}
    heads = {chain: (seq, key) for chain, seq, key in body["heads"]}
    # The close follows what it was made from.
    heads[close.chain] = (close.seq, close.id)
    fits = (
        close.subject == {"contest": statement.contest, "unit": statement.office}
        and body["revision"] == statement.revision
        and body["contest"] == statement.contest_hash
        and body["root"] == statement.root
        and body["leaves"] == statement.leaves
        and heads == last
        and by_unit(differences_of(records)) == body.get("differences", {})
        and is_signed(
            post_key_of(close, records), "close", raw=canonical(body), signature=signature
        )
    )
    if not fits:
        raise KnownProblem("package-close", file=package.file)
    return close


def post_key_of(close: Record, records: Sequence[Record]) -> bytes:
    """Raw public key of the post that closed, by its genesis among the records."""
    genesis = next(r for r in records if r.post == close.post and r.kind == Kind.GENESIS.value)
    return bytes.fromhex(genesis.body["post_key"])


def _require_post(
    close: Record,
    records: Sequence[Record],
    *,
    certificates: Sequence[Certificate],
    trust: Trust,
) -> None:
    """The post that closed is one of the sender's own."""
    require_certified(
        post_key_of(close, records).hex(),
        close.subject["unit"],
        holder=Holder.POST,
        certificates=certificates,
        trust=trust,
    )


def _require_leaves(
    package: Package,
    statement: Statement,
    *,
    close: Record,
    records: Sequence[Record],
    leaves: Sequence[bytes],
) -> None:
    """Each leaf follows from the records; root and totals follow from the leaves."""
    layers = _layers(close, records)
    of_tps: dict[str, list[Record]] = {}
    for record in records:
        if record.tps and record.contest:
            of_tps.setdefault(record.tps, []).append(record)
    totals: dict[str, int] = {}
    stations = []
    for raw in leaves:
        try:
            tps = str(read_canonical(raw)["tps"])
        except (NotCanonical, KeyError) as error:
            raise KnownProblem("package-leaves", file=package.file, tps="") from error
        tally = layers.tally(of_tps.pop(tps, ()))
        if leaf(statement.contest_hash, statement.mode, tps, tally) != raw:
            raise KnownProblem("package-leaves", file=package.file, tps=dotted(tps))
        stations.append(tps)
        if tally.counts:
            for cell, number in tally.cells.items():
                totals[cell] = totals.get(cell, 0) + number
    root = merkle.root([merkle.leaf_hash(raw) for raw in leaves]).hex()
    fits = (
        not of_tps
        and stations == sorted(set(stations))
        and all(tps.startswith(statement.office) for tps in stations)
        and packages.stations_hash(stations) == statement.stations
        and (len(leaves), root) == (statement.leaves, statement.root)
    )
    if not fits:
        raise KnownProblem("package-leaves", file=package.file, tps="")
    if totals != close.body["totals"]:
        raise KnownProblem("package-totals", file=package.file)


def _layers(close: Record, records: Sequence[Record]) -> Layers:
    makers = {
        record.post: Maker(record.body["office"], bool(record.body["double_entry"]))
        for record in records
        if record.kind == Kind.GENESIS.value
    }
    return Layers(makers[close.post], makers)


def _require_results(package: Package, leaves: Sequence[bytes]) -> None:
    """The table of all TPS beside the leaves says the same figures."""
    name = f"{packages.RESULTS}{STATIONS}"
    if name not in package.members:
        return
    said = {str(leaf_["tps"]): leaf_["cells"] for leaf_ in map(read_canonical, leaves)}
    text = (line.decode() for line in package.lines(name))
    try:
        rows = {row["tps"]: row for row in csv.DictReader(text)}
        for tps, cells in said.items():
            row = rows.pop(tps)
            figures = {k: int(n) for k, n in row.items() if n and k not in STATION_KEYS}
            if figures != (cells if row["dihitung"] == "true" else {}):
                raise KnownProblem("package-results", file=package.file, tps=dotted(tps))
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise KnownProblem("package-results", file=package.file, tps="") from error
    if rows:
        raise KnownProblem("package-results", file=package.file, tps="")
