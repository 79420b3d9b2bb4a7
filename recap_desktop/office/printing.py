"""The papers of the office: what they are made from, gathered, and written as one PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election import books, counts, facts, regions, rules
from recap_desktop.election.journal import Kind
from recap_desktop.election.regions import Level, level_of
from recap_desktop.election.tallies import Cause, figures_before, tally_of
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.office.closing import Revision, revisions, standing_revision
from recap_desktop.office.findings import Judge
from recap_desktop.office.language import load_words
from recap_desktop.paper.settings import PaperSettings, PaperSize
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from recap_desktop.election.annexes import Annex
    from recap_desktop.election.journal import Record
    from recap_desktop.election.rules import Finding
    from recap_desktop.election.sheets import Sheet
    from recap_desktop.election.tallies import Tally
    from recap_desktop.office.opening import Office

PAPER_SIZES = ("f4", "a4", "a3")
"""What a person may choose; the first suits the forms of KPU."""

_SIZES = {size.value.lower(): size for size in PaperSize}
_LANGUAGE = "id"
"""Papers are in Bahasa Indonesia whatever the screen speaks."""


@dataclass(frozen=True, slots=True)
class Book:
    """The papers of a kecamatan or of one desa, as they are shown and printed.

    Attributes:
        papers: in the order in which they are bound.
        revision: of which close; None for a draft.
    """

    papers: tuple[Sheet | Annex, ...]
    revision: Revision | None


def choose_revision(
    office: Office, contest_id: str, *, number: int | None = None, draft: bool = False
) -> Revision | None:
    """Which revision is printed: the one asked for, else the standing one; None for a draft.

    Raises:
        KnownProblem: ``contest-unknown``; ``revision-unknown``.
    """
    office.require_contest(contest_id)
    if draft:
        return None
    if number is None:
        return standing_revision(office, contest_id)
    for revision in revisions(office, contest_id):
        if revision.number == number:
            return revision
    raise KnownProblem("revision-unknown", contest=contest_id, revision=number)


def book_of(
    office: Office, contest_id: str, *, revision: Revision | None = None, desa: str = ""
) -> Book:
    """The papers as of a revision, or a draft of what stands now.

    Args:
        office: the open office, of a kecamatan.
        contest_id: the contest.
        revision: of which close; None makes a draft.
        desa: code of one desa, to print it while the next is read; empty for the kecamatan.

    Raises:
        KnownProblem: ``contest-unknown``, ``sheet-of-kecamatan-only``, ``sheet-unit-unknown``.
    """
    office.require_contest(contest_id)
    if level_of(office.code) is not Level.KECAMATAN:
        raise KnownProblem("sheet-of-kecamatan-only", name=office.election.tree.name(office.code))
    records = _records(office, contest_id, revision)
    double = office.file.double_entry
    tallied = {tps: tally_of(known, double_entry=double) for tps, known in records.items()}
    gathered = _facts(office, contest_id, revision, records=records, tallied=tallied)
    if not desa:
        return Book(books.kecamatan_book(gathered, office.code, tallied), revision)
    if desa not in books.held_in(gathered, office.code):
        raise KnownProblem("sheet-unit-unknown", unit=regions.dotted(desa))
    return Book(books.desa_book(gathered, desa, tallied), revision)


def write_book(
    book: Book, path: Path, *, paper: str = PAPER_SIZES[0], columns: int | None = None
) -> None:
    """Write a book as a PDF, in full or not at all; an older file of that name is replaced.

    Args:
        book: what to print.
        path: of the PDF.
        paper: one of ``PAPER_SIZES``.
        columns: most columns of TPS or desa on a page; None takes what suits the paper.

    Raises:
        KnownProblem: ``file-cannot-be-written``.
    """
    raw = draw(book, paper=paper, columns=columns)
    try:
        write_whole(path, raw)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=str(path), reason=reason) from error


def draw(book: Book, *, paper: str = PAPER_SIZES[0], columns: int | None = None) -> bytes:
    """The pages of a book as the bytes of a PDF; the same book gives the same bytes."""
    # reportlab takes a while to import, and most runs of the program print nothing.
    from recap_desktop.paper.book import draw_book  # noqa: PLC0415

    return draw_book(book.papers, PaperSettings(size=_SIZES[paper], units=columns))


def _records(
    office: Office, contest_id: str, revision: Revision | None
) -> dict[str, Sequence[Record]]:
    """Every record by TPS; TPS without any are absent."""
    heads = revision.heads if revision else None
    return dict(office.file.journal.of_subjects(contest_id, heads))


def _facts(
    office: Office,
    contest_id: str,
    revision: Revision | None,
    *,
    records: Mapping[str, Sequence[Record]],
    tallied: Mapping[str, Tally],
) -> facts.Facts:
    return facts.Facts(
        election=office.election,
        contest_id=contest_id,
        office=office.code,
        state=_state(office, contest_id, revision),
        double_entry=office.file.double_entry,
        words=load_words(_LANGUAGE),
        signers=revision.signers if revision else (),
        findings=_findings(office, contest_id, revision, tallied),
        decisions=tuple(
            decision for tps in sorted(records) for decision in _decisions(tps, records[tps])
        ),
    )


def _state(
    office: Office, contest_id: str, revision: Revision | None
) -> facts.Draft | facts.Revision:
    if revision:
        return facts.Revision(
            revision.number, revision.head, place=revision.place, date=revision.date
        )
    chains = office.file.journal.heads().items()
    return facts.Draft(
        tuple(
            facts.Head(seq, digest)
            for chain, (seq, digest) in chains
            if chain.partition("/")[2] == contest_id
        )
    )


def _findings(
    office: Office, contest_id: str, revision: Revision | None, tallied: Mapping[str, Tally]
) -> dict[str, Sequence[Finding]]:
    """Findings of what counts; those of a revision never speak of the other contests (R16).

    What stood in another contest when this one was closed is no part of the revision: the page
    would change with every record there.
    """
    judge = Judge(office, contest_id)
    found: dict[str, Sequence[Finding]] = {}
    for tps, tally in tallied.items():
        if tally.counts:
            findings = judge.findings(tps, tally.cells)
            if revision:
                findings = tuple(f for f in findings if f.rule != rules.OTHER_CONTEST)
            if findings:
                found[tps] = findings
    return found


def _decisions(tps: str, records: Sequence[Record]) -> list[facts.Decision]:
    """Every ruling on a TPS, a later one after what it names; the laptop's time settles ties."""
    known = {record.id: record for record in records}
    rulings = [record for record in records if record.kind == Kind.RULING.value]
    rulings.sort(key=lambda record: (_depth(record, known), record.time, record.id))
    return [
        facts.Decision(
            tps=tps,
            cause=Cause(record.body["cause"]),
            reason=record.body["reason"],
            decided_by=record.body["decided_by"],
            changes=_changes(record, known),
        )
        for record in rulings
    ]


def _depth(record: Record, known: Mapping[str, Record]) -> int:
    """How many records stand one behind another below this one."""
    below = [known[key] for key in record.over if key in known]
    return 1 + max((_depth(other, known) for other in below), default=0)


def _changes(record: Record, known: Mapping[str, Record]) -> tuple[facts.Change, ...]:
    """Cells that differ from what was replaced, where that was one set of figures."""
    if record.body["cause"] not in (Cause.CORRECTED.value, Cause.SETTLED.value):
        return ()
    before = figures_before(record, known)
    if before is None:
        return ()
    pairs = counts.changes(before, record.body["cells"])
    return tuple(facts.Change(cell, old, new) for cell, (old, new) in pairs.items())
