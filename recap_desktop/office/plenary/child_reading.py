"""The plenary above a kecamatan: the result of each office below is read out, corrected, or put off.

What is read is the sheet as it came (package, or the signed paper); it stays beside what it
comes to here, with every correction that was decided here.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.forms import jml
from recap_desktop.election.definitions.regions import dotted, level_of
from recap_desktop.election.figures import counts
from recap_desktop.election.figures.tallies import STATES, State, live_records
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.records.unit_records import Outcome, unit_readings_of
from recap_desktop.office.people.people import signer
from recap_desktop.office.plenary.plenaries import require_session
from recap_desktop.office.plenary.revisions import require_open
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.upward.children import Came, children
from recap_desktop.office.upward.received import newest_receipts
from recap_desktop.office.upward.unit_figures import (
    beside_paper,
    differences,
    moved_differences,
    paper_totals,
    station_sums,
)
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recap_desktop.election.records.journal import Record
    from recap_desktop.election.records.unit_records import PaperTotal
    from recap_desktop.office.opening import Office
    from recap_desktop.office.upward.children import Child


class Heard(enum.Enum):
    """How far the reading of an office below is; ``heard.<value>`` words it."""

    UNREAD = "unread"
    POSTPONED = "postponed"
    AGAIN = "again"
    READ = "read"


@dataclass(frozen=True, slots=True)
class ChildCorrection:
    """What was decided here about an office below (pembetulan).

    Attributes:
        record: the ruling or the difference; empty while a conflict waits.
        tps: 13-digit key; empty of a difference.
        unit: of a difference its unit; empty of a TPS.
        cells: cell -> what the office below says and what holds here; of a difference nothing
            and by how much.
        reason: why.
        raised_by: who raised it; may be empty.
        decided_by: who decided; may be empty.
        waits: whether it must be decided anew: a later revision of the office below speaks against
            it, or changed what a difference was decided on.
    """

    record: str
    tps: str
    unit: str
    cells: Mapping[str, tuple[int | None, int | None]]
    reason: str
    raised_by: str
    decided_by: str
    waits: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One total of the sheet of an office below (baris D.HASIL).

    Attributes:
        cell: of the form.
        received: as the sheet says; None where it is blank or nothing came.
        now: what it comes to here; None likewise.
    """

    cell: str
    received: int | None
    now: int | None

    @property
    def difference(self) -> int:
        """What was decided here adds to it, or takes from it."""
        return (self.now or 0) - (self.received or 0)


@dataclass(frozen=True, slots=True)
class ChildSheet:
    """The sheet of an office below as it is read out (D.HASIL yang dibacakan).

    Attributes:
        child: the office, and what came of it.
        heard: how far its reading is.
        reason: why it was put off; empty else.
        head: of what is read: the close that came, the record of its paper, or nothing.
        lines: the totals that are said aloud, and every other one that differs.
        corrections: decided here, TPS by TPS, then of units.
        paper: cell -> what was typed from its paper before the package came, and what came, where
            they are not the same.
    """

    child: Child
    heard: Heard
    reason: str
    head: str
    lines: tuple[SheetLine, ...]
    corrections: tuple[ChildCorrection, ...]
    paper: Mapping[str, tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class _Source:
    """What can be read of an office below now."""

    head: str
    revision: int
    cells: Mapping[str, int]


def heard_by_unit(office: Office, contest_id: str, found: Sequence[Child]) -> dict[str, Heard]:
    """How far the reading of each office below is.

    Args:
        office: the open office.
        contest_id: the contest.
        found: the offices below, as ``children`` has them.
    """
    said = unit_readings_of(
        office.file.journal.records_of_kind(Kind.UNIT_READING, contest=contest_id)
    )
    received, papers = newest_receipts(office, contest_id), paper_totals(office, contest_id)
    heard = {}
    for child in found:
        reading = said.get(child.code)
        if reading is None:
            heard[child.code] = Heard.UNREAD
        elif reading.outcome is Outcome.POSTPONED:
            heard[child.code] = Heard.POSTPONED
        else:
            head = _head(office, child, received, papers)
            # Two posts that read different revisions: that of today must be read by all.
            is_same = reading.heads == {head}
            heard[child.code] = Heard.READ if is_same else Heard.AGAIN
    return heard


def _head(
    office: Office,
    child: Child,
    received: Mapping[str, Record],
    papers: Mapping[str, PaperTotal],
) -> str:
    if child.came is Came.RECEIVED:
        receipt = received[child.code]
        head = str(receipt.body["head"])
        # Of a package that branched off the close is not here; its receipt names it.
        return head if office.file.journal.record(head) else receipt.id
    return papers[child.code].live[0] if child.came is Came.PAPER else ""


def child_named(office: Office, contest_id: str, unit: str) -> Child:
    """The office right below of a code.

    Raises:
        KnownProblem: ``contest-unknown``, ``child-unknown``.
    """
    for child in children(office, contest_id):
        if child.code == unit:
            return child
    raise KnownProblem("child-unknown", unit=dotted(unit))


def child_sheet(office: Office, contest_id: str, unit: str) -> ChildSheet:
    """The sheet of an office below beside what it comes to here.

    Raises:
        KnownProblem: ``contest-unknown``, ``child-unknown``.
    """
    child = child_named(office, contest_id, unit)
    heard = heard_by_unit(office, contest_id, [child])[unit]
    said = unit_readings_of(
        office.file.journal.records_of_kind(Kind.UNIT_READING, contest=contest_id)
    )
    source = _source(office, contest_id, child)
    now: Mapping[str, int] = {}
    if child.came is not Came.NOTHING:
        (total,) = totals(office, contest_id, level=level_of(unit), under=unit)
        now = total.sums
    corrections = (
        *_of_stations(office, contest_id, unit),
        *_of_units(office, contest_id, unit),
    )
    return ChildSheet(
        child=child,
        heard=heard,
        reason=said[unit].reason if unit in said else "",
        head=source.head,
        lines=tuple(sheet_lines(office, contest_id, source.cells, now)),
        corrections=corrections,
        paper=beside_paper(office, contest_id, unit, source.cells)
        if child.came is Came.RECEIVED
        else {},
    )


def _source(office: Office, contest_id: str, child: Child) -> _Source:
    received, papers = newest_receipts(office, contest_id), paper_totals(office, contest_id)
    head = _head(office, child, received, papers)
    if child.came is Came.RECEIVED:
        body = received[child.code].body
        return _Source(head, body["revision"], body["totals"])
    if child.came is Came.PAPER:
        return _Source(head, 0, papers[child.code].cells)
    return _Source(head, 0, station_sums(office, contest_id, child.code)[1])


def sheet_lines(
    office: Office, contest_id: str, received: Mapping[str, int], now: Mapping[str, int]
) -> Iterator[SheetLine]:
    """Totals of two sheets beside each other: those said aloud, and every other that differs."""
    layout = office.election.layout(contest_id)
    spoken = {jml(layout.form, row.key) for row in layout.form.rows}
    spoken |= {choice.counted_key for choice in layout.choices}
    for cell in layout.cells:
        if cell in spoken or received.get(cell) != now.get(cell):
            yield SheetLine(cell, received.get(cell), now.get(cell))


def _of_stations(office: Office, contest_id: str, unit: str) -> Iterator[ChildCorrection]:
    """Rulings of this office on TPS of a unit, against what the office below says."""
    layers, table = office.file.layers, office.file.journal
    for tps in table.stations_ruled_here(contest_id, unit):
        known = table.records(contest_id, tps)
        own = live_records(layers.own_records(known))
        rulings = [record for record in own if record.kind == Kind.RULING.value]
        if not rulings or not layers.has_below(known):
            continue
        below, now = layers.below(known), layers.tally(known)
        waits = now.state is State.CONFLICT
        cells = rulings[-1].body["cells"] if waits else now.cells
        changes = counts.changes(below.cells, cells)
        if changes or waits or STATES[below.state].counts != STATES[now.state].counts:
            yield _correction(rulings[-1], tps=tps, cells=changes, waits=waits)


def _of_units(office: Office, contest_id: str, unit: str) -> Iterator[ChildCorrection]:
    moved = {one.record for one in moved_differences(office, contest_id)}
    for one in differences(office, contest_id):
        if one.unit.startswith(unit) and one.post not in office.file.journal.others:
            yield ChildCorrection(
                record=one.record,
                tps="",
                unit=one.unit,
                cells={cell: (None, number) for cell, number in one.cells.items()},
                reason=one.reason,
                raised_by=one.raised_by,
                decided_by=one.decided_by,
                waits=one.record in moved,
            )


def _correction(
    ruling: Record,
    *,
    tps: str,
    cells: Mapping[str, tuple[int | None, int | None]],
    waits: bool,
) -> ChildCorrection:
    body = ruling.body
    return ChildCorrection(
        record=ruling.id,
        tps=tps,
        unit="",
        cells=cells,
        reason=body["reason"],
        raised_by=body["raised_by"],
        decided_by=body["decided_by"],
        waits=waits,
    )


def read_child(
    office: Office,
    contest_id: str,
    unit: str,
    *,
    by: str,
    outcome: Outcome = Outcome.READ,
    reason: str = "",
) -> Record:
    """Record that the sheet of an office below was read out as it came, or put off.

    Args:
        office: the open office.
        contest_id: the contest.
        unit: region code of an office right below.
        by: name of who types it.
        outcome: read, or postponed.
        reason: why it is put off; nothing else has one.

    Raises:
        KnownProblem: ``plenary-none`` ..., ``child-unknown``, ``child-nothing-to-read``,
            ``child-read-before``, ``reason-missing``, ``contest-closed``; as ``signer``; or when
            nothing can be written.
    """
    require_session(office)
    office.require_contest(contest_id)
    office.require_writable()
    require_open(office, contest_id)
    child = child_named(office, contest_id, unit)
    why = clean_text(reason) if outcome is Outcome.POSTPONED else ""
    if outcome is Outcome.POSTPONED and not why:
        raise KnownProblem("reason-missing")
    if outcome is Outcome.READ:
        _require_unread(office, contest_id, child)
    before = unit_readings_of(
        office.file.journal.records_of_kind(Kind.UNIT_READING, contest=contest_id)
    ).get(unit)
    source = _source(office, contest_id, child)
    draft = Draft(
        Kind.UNIT_READING,
        time=office.now(),
        person=signer(office, by, Deed.READ_OUT),
        subject={"contest": contest_id, "unit": unit},
        body={
            "outcome": outcome.value,
            "head": source.head,
            "revision": source.revision,
            "totals": dict(source.cells),
            "reason": why,
        },
        over=before.live if before else (),
    )
    return office.record(contest_id, [draft])[0]


def _require_unread(office: Office, contest_id: str, child: Child) -> None:
    if child.came is Came.NOTHING:
        raise KnownProblem("child-nothing-to-read", office=child.name)
    if heard_by_unit(office, contest_id, [child])[child.code] is Heard.READ:
        raise KnownProblem("child-read-before", office=child.name)


def next_unread_child(office: Office, contest_id: str, *, order: Sequence[str] = ()) -> str:
    """The next office below that is to be read out and of which something came; else empty.

    Those that were put off come after all others.

    Args:
        office: the open office.
        contest_id: the contest.
        order: codes in the order of the agenda; others follow.
    """
    found = [child for child in children(office, contest_id) if child.came is not Came.NOTHING]
    heard = heard_by_unit(office, contest_id, found)
    places = {code: at for at, code in enumerate(order)}
    waiting = [child.code for child in found if heard[child.code] is not Heard.READ]
    waiting.sort(
        key=lambda code: (
            heard[code] is Heard.POSTPONED,
            places.get(code, len(places)),
            code,
        )
    )
    return waiting[0] if waiting else ""
