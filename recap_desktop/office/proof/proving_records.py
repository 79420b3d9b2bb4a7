"""Proves the records of a package one after the other, as they are read, and puts them on a shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.records import journal, packages
from recap_desktop.election.records.canonical import NotCanonical
from recap_desktop.election.records.journal import NO_RECORD, OFFICE_CHAIN, Kind, Record
from recap_desktop.election.records.soundness import is_sound, named_by
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.record_shelf import RecordShelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.records.packages import Statement
    from recap_desktop.exchange.package_file import Package
    from recap_desktop.way import Way

_PART = 256
"""Records that are held at once."""

_KINDS = frozenset(kind.value for kind in Kind)


class RecordProof:
    """The records of a package, which belong together and to its sender.

    Attributes:
        geneses: post id -> its first record.
    """

    def __init__(self, package: Package, statement: Statement) -> None:
        """Prove what a package says that it is of."""
        self.geneses: dict[str, Record] = {}
        self._package = package
        self._statement = statement
        self._begun: dict[str, Record] = {}

    def shelve(self, shelf: RecordShelf, way: Way) -> None:
        """Prove all records and put them on a shelf.

        Their chains hold, they are of this election, mode, contest and office, and name no
        stranger.

        Raises:
            KnownProblem: ``package-records``.
            GivenUp: when a person said so.
        """
        for part in self._parts(way):
            shelf.put(part)
            shelf.ask_for(key for record in part if record.contest for key in named_by(record))
        if not shelf.settle() or not all(map(self._begins_rightly, self._begun.values())):
            raise self._broken()

    def _broken(self, seq: int = 0) -> KnownProblem:
        return KnownProblem("package-records", file=self._package.file, seq=seq)

    def _parts(self, way: Way) -> Iterator[list[Record]]:
        done, size = 0, self._package.members[packages.JOURNAL].size
        part: list[Record] = []
        before: Record | None = None
        for at, line in enumerate(self._package.lines(packages.JOURNAL), start=1):
            try:
                record = journal.read_record(line)
            except NotCanonical as error:
                raise self._broken(at) from error
            self._require_following(before, record)
            if not self._fits(record):
                raise self._broken(at)
            part.append(record)
            before = record
            done += len(line) + 1
            if len(part) == _PART:
                yield part
                part = []
                way.at(done, size)
        yield part

    def _require_following(self, before: Record | None, record: Record) -> None:
        """Chains stand in the order of their names, each whole; how they begin is seen last."""
        if before is None or record.chain != before.chain:
            follows = record.seq == 1 and (before is None or record.chain > before.chain)
            self._begun[record.chain] = record
        else:
            follows = (record.seq, record.prev) == (before.seq + 1, before.id)
        if not follows:
            raise self._broken(record.seq)

    def _fits(self, record: Record) -> bool:
        said = self._statement
        fits = (
            (record.election, record.mode) == (said.election, said.mode)
            and record.kind in _KINDS
            and is_sound(record)
            and record.chain.partition("/")[2] in (said.contest, OFFICE_CHAIN)
            and record.contest in ("", said.contest)
            and record.tps.startswith(said.office[: len(record.tps)])
        )
        if not fits or record.kind != Kind.GENESIS.value:
            return fits
        if record.seq == 1:
            self.geneses[record.post] = record
        return self._is_below(record)

    def _is_below(self, genesis: Record) -> bool:
        """Whether a post is what its key says, of the sender or of an office below it."""
        body = genesis.body
        return journal.post_of_hex(body["post_key"]) == genesis.post and body["office"].startswith(
            self._statement.office
        )

    def _begins_rightly(self, first: Record) -> bool:
        """The first of a chain names the genesis of its post; the genesis itself nothing."""
        genesis = self.geneses.get(first.post)
        if genesis is None:
            return False
        is_own = first.chain == journal.chain_name(first.post, OFFICE_CHAIN)
        return first.prev == (NO_RECORD if is_own else genesis.id)
