"""Proves a package, step by step, each with its own code: who signed it, and that all of it fits.

Its records and its leaves are read one after the other; none of its lists is ever held whole.
"""

from __future__ import annotations

import contextlib
import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.figures.layers import Layers, Maker
from recap_desktop.election.figures.tallies import EMPTY, leaf
from recap_desktop.election.figures.totals import by_unit, paper_sums
from recap_desktop.election.records import journal, merkle, packages
from recap_desktop.election.records.canonical import NotCanonical, canonical, load, read_canonical
from recap_desktop.election.records.journal import Kind, Record
from recap_desktop.election.records.packages import Statement
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
from recap_desktop.office.proof.proving_records import RecordProof
from recap_desktop.office.proof.stages import Tell, tell_nobody
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.journal_table import read_stored
from recap_desktop.storage.record_shelf import RecordShelf
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.exchange.package_file import Package

_TABLE = f"{packages.RESULTS}{STATIONS}"
_READ_AGAIN = frozenset({packages.JOURNAL, packages.LEAVES, _TABLE})
"""Members that are kept unpacked, so that each is unpacked and hashed once."""

_PART = 256
"""So many leaves are between two looks whether somebody gave up."""


@dataclass(frozen=True, slots=True)
class Proved:
    """What was proved of a package (hasil pemeriksaan paket).

    Attributes:
        statement: what it is of.
        hash: of its manifest, which names it.
        sha256: of all its bytes.
        key: of the office that signed it, in hex.
        certified: the certificates that lead to that key; None where nothing is trusted yet.
        close: the close it carries.
        post_key: raw public key of the post that closed.
    """

    statement: Statement
    hash: str
    sha256: str
    key: str
    certified: tuple[Certificate, ...] | None
    close: Record
    post_key: bytes

    @property
    def totals(self) -> Mapping[str, int]:
        """Cell -> sum as its papers say it: what its leaves prove, with differences above the TPS."""
        return paper_sums(self.close.body)


@dataclass(frozen=True, slots=True)
class Proof:
    """A package that was proved, while it is open: its records can be asked for (pembuktian).

    Attributes:
        proved: what was proved.
        shelf: its records.
        package: the package.
    """

    proved: Proved
    shelf: RecordShelf
    package: Package

    def leaves(self) -> Iterator[bytes]:
        """Canonical bytes of each TPS's leaf, in code order."""
        return self.package.lines(packages.LEAVES)


def prove_package(
    path: Path,
    *,
    trust: Trust | None = None,
    known: Iterable[Certificate] = (),
    way: Way = NO_WAY,
    tell: Tell = tell_nobody,
) -> Proved:
    """Prove all that can be proved of a package by itself, on a private copy.

    Args:
        path: the package.
        trust: what is believed; None proves everything but who may sign.
        known: certificates beside those it carries: they may travel later than the package.
        way: is told how far it is.
        tell: is told each stage.

    Raises:
        KnownProblem: the first thing that does not hold, by its own code: ``package-...`` as
            ``open_package``, ``package-of-other-election``, ``not-a-certificate``, ``not-signed-certificate``,
            ``key-not-certified`` and the other refusals of certificates, ``package-contest``,
            ``package-records``, ``package-close``, ``package-leaves``, ``package-totals``,
            ``package-results``.
        GivenUp: when a person said so.
    """
    tell("built")
    rest = way.stretch(0.1, 1)
    with (
        open_package(path, way=way.stretch(0, 0.1)) as package,
        prove_opened(package, trust=trust, known=known, way=rest, tell=tell) as proof,
    ):
        return proof.proved


@contextlib.contextmanager
def prove_opened(
    package: Package,
    *,
    trust: Trust | None = None,
    known: Iterable[Certificate] = (),
    way: Way = NO_WAY,
    tell: Tell = tell_nobody,
) -> Iterator[Proof]:
    """Prove all of an opened package, and keep its records at hand as long as it lasts.

    Raises:
        KnownProblem: as ``prove_package``.
        GivenUp: when a person said so.
    """
    statement = _statement(package)
    certificates = (*_certificates(package), *known)
    certified = _certified(package, statement, certificates, trust, tell)
    tell("members")
    package.prove(_READ_AGAIN, way=way.stretch(0, 0.2))
    _require_contest(package, statement)
    tell("records")
    with RecordShelf() as shelf:
        records = RecordProof(package, statement)
        records.shelve(shelf, way.stretch(0.2, 0.7))
        tell("close")
        close = _close(package, statement, shelf, records.geneses)
        post_key = bytes.fromhex(records.geneses[close.post].body["post_key"])
        if trust is not None:
            _require_post(close, post_key, certificates=certificates, trust=trust)
        tell("leaves")
        leaves = _LeafProof(package, statement, close)
        leaves.require(shelf, _layers(close, records.geneses), way.stretch(0.7, 0.95))
        tell("table")
        leaves.require_table(way.stretch(0.95, 1))
        proved = Proved(
            statement=statement,
            hash=package.hash,
            sha256=package.sha256,
            key=package.key,
            certified=certified,
            close=close,
            post_key=post_key,
        )
        way.at(1, 1)
        yield Proof(proved, shelf, package)


def _statement(package: Package) -> Statement:
    try:
        statement = Statement.of_data(package.manifest)
    except ValueError as error:
        raise KnownProblem("package-manifest", file=package.file) from error
    for name in sorted(packages.NECESSARY - package.members.keys()):
        raise KnownProblem("package-member-missing", file=package.file, name=name)
    return statement


def _certified(
    package: Package,
    statement: Statement,
    certificates: Sequence[Certificate],
    trust: Trust | None,
    tell: Tell,
) -> tuple[Certificate, ...] | None:
    """The certificates that lead to the key that signed; None where nothing is believed yet."""
    if trust is None:
        return None
    tell("signer")
    _require_realm(package, statement, trust)
    return require_certified(
        package.key,
        statement.office,
        holder=Holder.OFFICE,
        certificates=certificates,
        trust=trust,
    )


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


def _close(
    package: Package, statement: Statement, shelf: RecordShelf, geneses: Mapping[str, Record]
) -> Record:
    """The close that the package is of: signed by its post, made from just these records."""
    close = shelf.record(statement.head)
    if close is None or close.kind != Kind.CLOSE.value:
        raise KnownProblem("package-close", file=package.file)
    body = dict(close.body)
    signature = body.pop("signature")
    heads = {chain: (seq, key) for chain, seq, key in body["heads"]}
    # The close follows what it was made from.
    heads[close.chain] = (close.seq, close.id)
    post_key = bytes.fromhex(geneses[close.post].body["post_key"])
    differences = differences_of(shelf.of_kind(Kind.DIFFERENCE.value))
    fits = (
        close.subject == {"contest": statement.contest, "unit": statement.office}
        and body["revision"] == statement.revision
        and body["contest"] == statement.contest_hash
        and body["root"] == statement.root
        and body["leaves"] == statement.leaves
        and heads == shelf.heads()
        and by_unit(differences) == body.get("differences", {})
        and is_signed(post_key, "close", raw=canonical(body), signature=signature)
    )
    if not fits:
        raise KnownProblem("package-close", file=package.file)
    return close


def _require_post(
    close: Record,
    post_key: bytes,
    *,
    certificates: Sequence[Certificate],
    trust: Trust,
) -> None:
    """The post that closed is one of the sender's own."""
    require_certified(
        post_key.hex(),
        close.subject["unit"],
        holder=Holder.POST,
        certificates=certificates,
        trust=trust,
    )


def _layers(close: Record, geneses: Mapping[str, Record]) -> Layers:
    makers = {
        post: Maker(genesis.body["office"], bool(genesis.body["double_entry"]))
        for post, genesis in geneses.items()
    }
    return Layers(makers[close.post], makers)


class _LeafProof:
    """The leaves of a package: they follow from its records, and all that is said of them holds."""

    def __init__(self, package: Package, statement: Statement, close: Record) -> None:
        self._package, self._statement, self._close = package, statement, close
        self._size = package.members[packages.LEAVES].size
        self._stations: list[str] = []
        self._counted = bytearray()
        self._hashes: list[bytes] = []
        self._totals: dict[str, int] = {}

    def _refused(self, tps: str = "") -> KnownProblem:
        return KnownProblem("package-leaves", file=self._package.file, tps=_shown(tps))

    def _refused_table(self, tps: str = "") -> KnownProblem:
        return KnownProblem("package-results", file=self._package.file, tps=_shown(tps))

    def _lines(self, way: Way) -> Iterator[bytes]:
        done = 0
        for at, raw in enumerate(self._package.lines(packages.LEAVES)):
            yield raw
            done += len(raw) + 1
            if at % _PART == 0:
                way.at(done, self._size)

    def require(self, shelf: RecordShelf, layers: Layers, way: Way) -> None:
        """Each leaf follows from the records; root and totals follow from the leaves.

        Raises:
            KnownProblem: ``package-leaves``, ``package-totals``.
        """
        subjects = shelf.subjects()
        tps, raws = next(subjects, _NONE)
        for raw in self._lines(way):
            station = self._station(raw)
            tally = EMPTY
            if station == tps:
                tally = layers.tally(map(read_stored, raws))
                tps, raws = next(subjects, _NONE)
            self._take(station, raw, tally)
        said = self._statement
        root = merkle.root(self._hashes).hex()
        fits = (
            (tps, raws) == _NONE
            and packages.stations_hash(self._stations) == said.stations
            and (len(self._stations), root) == (said.leaves, said.root)
        )
        if not fits:
            raise self._refused()
        if self._totals != self._close.body["totals"]:
            raise KnownProblem("package-totals", file=self._package.file)

    def _station(self, raw: bytes) -> str:
        """The TPS of the next leaf: below the sender, in code order."""
        try:
            station = str(load(raw)["tps"])
        except (NotCanonical, KeyError, TypeError) as error:
            raise self._refused() from error
        last = self._stations[-1] if self._stations else ""
        if station <= last or not station.startswith(self._statement.office):
            raise self._refused()
        return station

    def _take(self, station: str, raw: bytes, tally: Tally) -> None:
        said = self._statement
        if leaf(said.contest_hash, said.mode, station, tally) != raw:
            raise self._refused(station)
        self._stations.append(station)
        self._counted.append(tally.counts)
        self._hashes.append(merkle.leaf_hash(raw))
        if tally.counts:
            totals = self._totals
            for cell, number in tally.cells.items():
                totals[cell] = totals.get(cell, 0) + number

    def require_table(self, way: Way) -> None:
        """The table of all TPS beside the leaves says the same figures, in the same order.

        Raises:
            KnownProblem: ``package-results``.
        """
        if _TABLE not in self._package.members:
            return
        rows = csv.DictReader(line.decode() for line in self._package.lines(_TABLE))
        leaves = zip(self._stations, self._counted, self._lines(way), strict=True)
        try:
            for (station, counts, raw), row in zip(leaves, rows, strict=True):
                cells = load(raw)["cells"] if counts else {}
                figures = {k: int(n) for k, n in row.items() if n and k not in STATION_KEYS}
                said = (row["tps"], row["dihitung"] == "true", figures)
                if said != (station, bool(counts), cells):
                    raise self._refused_table(station)
        except (ValueError, KeyError, TypeError, csv.Error) as error:
            raise self._refused_table() from error


def _shown(tps: str) -> str:
    """A TPS as people write it; what a stranger wrote instead as it is."""
    try:
        return dotted(tps)
    except ValueError:
        return ascii(tps)[1:-1]


_NONE: tuple[str, list[bytes]] = ("", [])
