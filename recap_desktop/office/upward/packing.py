"""Packs one closed contest of an office into a package: its chains, leaves, results and papers.

What is little is read at once, the records part by part; whoever packs them needs no office and
holds of the records those of one TPS at a time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from recap_desktop.election.definitions.definition_data import contest_data
from recap_desktop.election.figures.results import Stamp, results_of
from recap_desktop.election.figures.tallies import EMPTY, leaf
from recap_desktop.election.records import packages
from recap_desktop.election.records.canonical import canonical
from recap_desktop.election.records.packages import Statement
from recap_desktop.exchange.package_file import write_package
from recap_desktop.office.papers.book_making import gather_beside
from recap_desktop.office.papers.printing import bind, draw_in_pieces
from recap_desktop.office.plenary.revisions import contest_hash, election_of
from recap_desktop.office.upward.exporting import PROGRAM, result_files
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.record_shelf import RecordShelf
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from recap_desktop.election.definitions.contests import Station
    from recap_desktop.election.figures.results import Results
    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.book_making import Makings
    from recap_desktop.office.papers.printing import Book
    from recap_desktop.office.plenary.revisions import Revision

BOOK = f"{packages.PAPERS}buku.pdf"

_PART = 256
"""So many records are read at once: a window that reads them answers in between."""

_FEW = 64
"""So many TPS are folded between two looks whether somebody gave up."""

_A_FIGURE = 150
"""About so many bytes a figure of a TPS takes in the exports, the longest of which is JSON."""


@dataclass(frozen=True, slots=True)
class Outline:
    """All that goes into a package but its records (rancangan); it holds no door to the office.

    Attributes:
        statement: what the manifest says.
        contest: canonical bytes of the contest's definition with its form.
        certificates: sealed, each on one line, that lead to the office's key and its posts'.
        makings: what the papers are made from, without records.
        heads: chain -> sequence number of the last record that goes in.
    """

    statement: Statement
    contest: bytes
    certificates: tuple[bytes, ...]
    makings: Makings
    heads: Mapping[str, int]

    @property
    def size(self) -> int:
        """How many records go in."""
        return sum(self.heads.values())


@dataclass(frozen=True, slots=True)
class Load:
    """All that goes into a package (muatan); what is long is read each time it is asked for.

    Attributes:
        statement: what the manifest says.
        contest: canonical bytes of the contest's definition with its form.
        records: bytes of the records, by chain, then in their order.
        leaves: canonical bytes of each TPS's leaf, in code order.
        results: for the standard exports.
        book: the papers of the revision; None where the office prints none.
        certificates: sealed, each on one line, that lead to the office's key and its posts'.
    """

    statement: Statement
    contest: bytes
    records: Iterable[bytes]
    leaves: Iterable[bytes]
    results: Results
    book: Book | None
    certificates: tuple[bytes, ...]


# ---------------------------------------------------------------- read from the office


def outline_of(
    office: Office,
    contest_id: str,
    revision: Revision,
    *,
    previous: str = "",
    certificates: Iterable[bytes] = (),
) -> Outline:
    """Read what a package of a revision is made from, but its records.

    Args:
        office: the open office.
        contest_id: the contest.
        revision: a close of the contest as a whole.
        previous: hash of the manifest that carried the revision before; empty for the first.
        certificates: sealed certificates that are known.

    Raises:
        KnownProblem: ``contest-unknown``, ``package-of-whole-only`` for the close of a desa.
    """
    office.require_contest(contest_id)
    if revision.unit != office.code:
        raise KnownProblem("package-of-whole-only", contest=contest_id)
    election = election_of(office, revision)
    contest = contest_data(election.contest(contest_id))
    stations = election.stations_of(contest_id, office.code)
    close = revision.record
    statement = Statement(
        election=office.file.election_id,
        mode=election.mode.value,
        contest=contest_id,
        contest_hash=contest_hash(election, contest_id),
        office=office.code,
        revision=revision.number,
        head=revision.head,
        stations=packages.stations_hash(station.tps for station in stations),
        leaves=len(stations),
        root=close.body["root"],
        previous=previous,
        program=PROGRAM,
    )
    return Outline(
        statement=statement,
        contest=canonical({"contest": contest, "form": election.form(contest_id).data}),
        certificates=tuple(certificates),
        makings=gather_beside(office, contest_id, revision=revision),
        heads={**revision.heads, close.chain: close.seq},
    )


def parts_of(office: Office, outline: Outline) -> Iterator[list[bytes]]:
    """The records that go in, by chain, part by part; other things may be asked in between."""
    for chain, until in sorted(outline.heads.items()):
        after = 0
        while part := office.file.journal.chain_part(chain, after, until, most=_PART):
            after += len(part)
            yield part


# ---------------------------------------------------------------- packed without it


class Packer:
    """Takes the records of a package part by part and makes its load of them.

    The thread that makes it takes, loads and closes.
    """

    def __init__(self, outline: Outline) -> None:
        """Nothing was taken yet."""
        self._outline = outline
        self._shelf = RecordShelf()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the records."""
        self._shelf.close()

    def take(self, part: Iterable[bytes]) -> None:
        """Take the next records, as ``parts_of`` gives them.

        Raises:
            KnownProblem: ``record-damaged``.
        """
        self._shelf.put_raws(part)

    def load(self, *, way: Way = NO_WAY) -> Load:
        """Fold all that was taken; as long as the packer is open, the load can be written.

        Raises:
            KnownProblem: ``record-damaged``.
            GivenUp: when a person said so.
        """
        self._shelf.settle()
        outline, said = self._outline, self._outline.statement
        election = outline.makings.election
        stations = election.stations_of(said.contest, said.office)
        makings = replace(outline.makings, raws=_OfStations(self._shelf, stations, way))
        gathered, tallied = makings.folded()
        close = makings.revision
        assert close is not None
        return Load(
            statement=said,
            contest=outline.contest,
            records=_Records(self._shelf),
            leaves=_Leaves(said, stations, tallied),
            results=results_of(
                election,
                said.contest,
                said.office,
                stamp=Stamp(close.record.time, close.number, close.head),
                tallies=((s.tps, tallied.get(s.tps, EMPTY)) for s in stations),
                differences=makings.differences,
            ),
            book=bind(makings, gathered, tallied),
            certificates=outline.certificates,
        )


@contextlib.contextmanager
def loaded(office: Office, outline: Outline, *, way: Way = NO_WAY) -> Iterator[Load]:
    """Read and fold all of a package in one go; the load can be written as long as it lasts.

    Raises:
        KnownProblem: ``record-damaged``.
        GivenUp: when a person said so.
    """
    with Packer(outline) as packer:
        for part in parts_of(office, outline):
            packer.take(part)
        yield packer.load(way=way)


class _OfStations(Mapping[str, list[bytes]]):
    """TPS -> bytes of its records; the way is told while they are gone through."""

    def __init__(self, shelf: RecordShelf, stations: Iterable[Station], way: Way) -> None:
        self._shelf, self._way = shelf, way
        self._known = frozenset(station.tps for station in stations)

    def __getitem__(self, tps: str) -> list[bytes]:
        raws = self._shelf.subject(tps)
        if not raws:
            raise KeyError(tps)
        return raws

    def __iter__(self) -> Iterator[str]:
        for at, tps in enumerate(self._shelf.stations()):
            if tps in self._known:
                yield tps
            if at % _FEW == 0:
                self._way.at(at, len(self._known))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class _Records(Iterable[bytes]):
    shelf: RecordShelf

    def __iter__(self) -> Iterator[bytes]:
        return self.shelf.raws()


@dataclass(frozen=True, slots=True)
class _Leaves(Iterable[bytes]):
    said: Statement
    stations: tuple[Station, ...]
    tallied: Mapping[str, Tally]

    def __iter__(self) -> Iterator[bytes]:
        said = self.said
        for station in self.stations:
            tally = self.tallied.get(station.tps, EMPTY)
            yield leaf(said.contest_hash, said.mode, station.tps, tally)


def write_load(
    load: Load, path: Path, *, key: SigningKey, paper: str = "f4", way: Way = NO_WAY
) -> str:
    """Write a package, signed by the office's key; it needs no office, so any thread may do it.

    Returns:
        Hash of its manifest, which names it.

    Raises:
        KnownProblem: as ``write_package``.
        GivenUp: when a person said so; nothing is left behind.
    """
    members: dict[str, Iterable[bytes]] = {
        packages.CONTEST: (load.contest,),
        packages.JOURNAL: _lines(load.records),
        packages.LEAVES: _lines(load.leaves),
        packages.CERTIFICATES: _lines(load.certificates),
    }
    for name, pieces in result_files(load.results).items():
        members[f"{packages.RESULTS}{name}"] = pieces
    if load.book is not None:
        members[BOOK] = draw_in_pieces(load.book, paper=paper)
    figures = sum(map(len, load.results.columns.values()))
    return write_package(
        path,
        load.statement.to_data(),
        members,
        key=key,
        size=_A_FIGURE * figures,
        way=way,
    )


def _lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line + b"\n"
