"""Packs one closed contest of an office into a package: its chains, leaves, results and papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.definition_data import contest_data
from recap_desktop.election.figures.tallies import leaf
from recap_desktop.election.records import packages
from recap_desktop.election.records.canonical import canonical
from recap_desktop.election.records.packages import Statement
from recap_desktop.exchange.package_file import write_package
from recap_desktop.office.papers.printing import book_of, draw
from recap_desktop.office.plenary.revisions import contest_hash, election_of, tallies_at
from recap_desktop.office.upward.exporting import PROGRAM, read_results, result_files
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from recap_desktop.election.figures.results import Results
    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.printing import Book
    from recap_desktop.office.plenary.revisions import Revision

BOOK = f"{packages.PAPERS}buku.pdf"


@dataclass(frozen=True, slots=True)
class Load:
    """All that goes into a package, read at once; it holds no door to the office (muatan).

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
    records: tuple[bytes, ...]
    leaves: tuple[bytes, ...]
    results: Results
    book: Book | None
    certificates: tuple[bytes, ...]


def read_load(
    office: Office,
    contest_id: str,
    revision: Revision,
    *,
    previous: str = "",
    certificates: Iterable[bytes] = (),
) -> Load:
    """Read what a package of a revision is made from.

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
    tallies = tallies_at(office, contest_id, revision)
    digest, mode = contest_hash(election, contest_id), election.mode.value
    contest = contest_data(election.contest(contest_id))
    leaves = tuple(leaf(digest, mode, tps, tally) for tps, tally in tallies)
    statement = Statement(
        election=office.file.election_id,
        mode=mode,
        contest=contest_id,
        contest_hash=digest,
        office=office.code,
        revision=revision.number,
        head=revision.head,
        stations=packages.stations_hash(tps for tps, _ in tallies),
        leaves=len(leaves),
        root=revision.record.body["root"],
        previous=previous,
        program=PROGRAM,
    )
    return Load(
        statement=statement,
        contest=canonical({"contest": contest, "form": election.form(contest_id).data}),
        records=tuple(_records(office, revision)),
        leaves=leaves,
        results=read_results(office, contest_id, revision=revision),
        book=book_of(office, contest_id, revision=revision),
        certificates=tuple(certificates),
    )


def _records(office: Office, revision: Revision) -> Iterator[bytes]:
    """Records of the close's chains up to its heads, by chain; the close itself among them."""
    close = revision.record
    heads = {**revision.heads, close.chain: close.seq}
    for row in office.file.journal.stored_rows():
        if row.seq <= heads.get(row.chain, 0):
            yield row.raw


def write_load(load: Load, path: Path, *, key: SigningKey, paper: str = "f4") -> str:
    """Write a package, signed by the office's key; it needs no office, so any thread may do it.

    Returns:
        Hash of its manifest, which names it.

    Raises:
        KnownProblem: as ``write_package``.
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
        members[BOOK] = (draw(load.book, paper=paper),)
    return write_package(path, load.statement.to_data(), members, key=key)


def _lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line + b"\n"
