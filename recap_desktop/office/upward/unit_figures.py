"""Figures of units above the TPS: differences that were decided, and totals typed from paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, dotted, level_of
from recap_desktop.election.figures.tallies import Source
from recap_desktop.election.figures.totals import added, summed
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.records.unit_records import differences_of, paper_totals_of
from recap_desktop.office.people.people import signer
from recap_desktop.office.plenary.revisions import require_open
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.records.journal import Record
    from recap_desktop.election.records.unit_records import Difference, PaperTotal
    from recap_desktop.office.entry.ruling import Decision
    from recap_desktop.office.opening import Office


def differences(
    office: Office, contest_id: str, heads: Mapping[str, int] | None = None
) -> list[Difference]:
    """Every difference that stands, of offices below too, by unit.

    Args:
        office: the open office.
        contest_id: the contest.
        heads: when given, only records up to these sequence numbers of their chains.
    """
    known = office.file.journal.records_of_kind(Kind.DIFFERENCE, contest=contest_id, of_others=True)
    return differences_of(r for r in known if heads is None or r.seq <= heads.get(r.chain, 0))


def paper_totals(office: Office, contest_id: str) -> dict[str, PaperTotal]:
    """By unit what was typed here from its paper, whether it counts or something came since."""
    return paper_totals_of(office.file.journal.records_of_kind(Kind.UNIT_ENTRY, contest=contest_id))


def beside_paper(
    office: Office, contest_id: str, unit: str, came: Mapping[str, int]
) -> dict[str, tuple[int, int | None]]:
    """Cells on which the paper of a unit that was typed here says something else than what came.

    Args:
        office: the open office.
        contest_id: the contest.
        unit: region code of an office below.
        came: cell -> total of its package.

    Returns:
        Cell -> what was typed, and what came (None for nothing), in paper order.
    """
    typed = paper_totals(office, contest_id).get(unit)
    said = typed.cells if typed else {}
    return {
        cell: (said[cell], came.get(cell))
        for cell in office.election.layout(contest_id).cells
        if cell in said and said[cell] != came.get(cell)
    }


def station_sums(office: Office, contest_id: str, unit: str) -> tuple[int, Mapping[str, int]]:
    """How many TPS below a unit count, and what they come to without anything above them."""
    for total in office.file.contests[contest_id].totals(level_of(unit), unit):
        if total.code == unit:
            return total.counted, total.sums
    return 0, {}


def moved_differences(office: Office, contest_id: str) -> list[Difference]:
    """Differences decided here on figures that the TPS of their unit do not come to any more.

    A later revision of the office below may hold the correction already.
    """
    found = []
    for one in differences(office, contest_id):
        if one.post in office.file.journal.others:
            continue
        sums = _sums_below(office, contest_id, one.unit)
        if any(sums.get(cell, 0) != number for cell, number in one.of.items()):
            found.append(one)
    return found


def _sums_below(office: Office, contest_id: str, unit: str) -> Mapping[str, int]:
    """What a unit comes to before this office corrects it: its TPS, and differences decided below.

    So a difference that the office below takes up itself is not added twice unnoticed.
    """
    _, sums = station_sums(office, contest_id, unit)
    others = office.file.journal.others
    taken_up = summed(
        one
        for one in differences(office, contest_id)
        if one.post in others and one.unit.startswith(unit)
    )
    return added(sums, taken_up)


def add_difference(
    office: Office,
    contest_id: str,
    unit: str,
    *,
    cells: Mapping[str, int],
    decision: Decision,
    over: Iterable[str] = (),
) -> Record:
    """Correct the total of a unit above the TPS: each cell by so many more, or less.

    Args:
        office: the open office.
        contest_id: the contest.
        unit: a desa, kecamatan or kabko of this office, or the office itself.
        cells: cell -> more or, below zero, less by so many.
        decision: reason, who raised it, who decided.
        over: ids of differences of this unit that it takes the place of.

    Raises:
        KnownProblem: ``unit-has-no-total``, ``cell-unknown``, ``difference-of-nothing``,
            ``difference-below-zero``, ``reason-missing``, ``contest-closed``; as ``signer``; or
            when nothing can be written.
    """
    _require_unit(office, contest_id, unit)
    _require_cells(office, contest_id, cells)
    if not cells or 0 in cells.values():
        raise KnownProblem("difference-of-nothing", unit=dotted(unit))
    gone = frozenset(over)
    _, sums = station_sums(office, contest_id, unit)
    others = [d for d in differences(office, contest_id) if d.record not in gone]
    now = added(sums, summed(one for one in others if one.unit.startswith(unit)))
    for cell, number in cells.items():
        if now.get(cell, 0) + number < 0:
            raise KnownProblem("difference-below-zero", unit=dotted(unit), cell=cell)
    below = _sums_below(office, contest_id, unit)
    stood = {cell: below.get(cell, 0) for cell in cells}
    return _difference(office, contest_id, unit, cells, stood, decision, tuple(gone))


def difference_named(office: Office, contest_id: str, record: str) -> Difference:
    """The difference that somebody means by the beginning of its id.

    Raises:
        KnownProblem: ``difference-unknown``.
    """
    office.require_contest(contest_id)
    standing = differences(office, contest_id)
    found = [one for one in standing if record and one.record.startswith(record)]
    if len(found) != 1:
        listed = ", ".join(f"{one.record[:12]} ({dotted(one.unit)})" for one in standing)
        raise KnownProblem("difference-unknown", difference=record, differences=listed)
    return found[0]


def keep_difference(office: Office, contest_id: str, record: str, *, decision: Decision) -> Record:
    """Say that a difference holds although the figures below its unit have changed since.

    Raises:
        KnownProblem: ``difference-unknown``, and as ``add_difference``.
    """
    one = difference_named(office, contest_id, record)
    return add_difference(
        office, contest_id, one.unit, cells=one.cells, decision=decision, over=(one.record,)
    )


def withdraw_difference(
    office: Office, contest_id: str, record: str, *, decision: Decision
) -> Record:
    """Take a difference back; it stays in the journal.

    Raises:
        KnownProblem: ``difference-unknown``, ``reason-missing``, ``contest-closed``.
    """
    one = difference_named(office, contest_id, record)
    _require_unit(office, contest_id, one.unit)
    return _difference(office, contest_id, one.unit, {}, {}, decision, (one.record,))


def _difference(
    office: Office,
    contest_id: str,
    unit: str,
    cells: Mapping[str, int],
    stood: Mapping[str, int],
    decision: Decision,
    over: tuple[str, ...],
) -> Record:
    reason, decided = clean_text(decision.reason), clean_text(decision.decided_by)
    if not reason:
        raise KnownProblem("reason-missing")
    draft = Draft(
        Kind.DIFFERENCE,
        time=office.now(),
        person=signer(office, decision.by, Deed.RECORD_RULING if decided else Deed.RULE),
        subject={"contest": contest_id, "unit": unit},
        body={
            "cells": dict(cells),
            "of": dict(stood),
            "reason": reason,
            "raised_by": clean_text(decision.raised_by),
            "decided_by": decided,
            "definition": office.election.version,
        },
        over=over,
    )
    return office.record(contest_id, [draft])[0]


def type_paper_total(
    office: Office, contest_id: str, unit: str, *, cells: Mapping[str, int], by: str
) -> Record:
    """Record the totals of a unit as its paper D.HASIL says them, until its package comes.

    They count as long as no TPS below the unit does. What was typed of it before is replaced;
    without any cell it is taken back.

    Args:
        office: the open office.
        contest_id: the contest.
        unit: a unit below this office.
        cells: cell -> total; those that the paper does not say are absent.
        by: name of who types it.

    Raises:
        KnownProblem: ``unit-has-no-total``, ``cell-unknown``, ``figure-not-a-count``,
            ``paper-total-of-nothing``, ``contest-closed``; as ``signer``; or when nothing can be
            written.
    """
    _require_unit(office, contest_id, unit)
    if unit == office.code:
        raise KnownProblem("unit-has-no-total", unit=dotted(unit), contest=contest_id)
    _require_cells(office, contest_id, cells)
    for cell, number in cells.items():
        if number < 0:
            raise KnownProblem("figure-not-a-count", cell=cell, figure=str(number))
    before = paper_totals(office, contest_id).get(unit)
    if not cells and before is None:
        raise KnownProblem("paper-total-of-nothing", unit=dotted(unit))
    draft = Draft(
        Kind.UNIT_ENTRY,
        time=office.now(),
        person=signer(office, by, Deed.ENTER),
        subject={"contest": contest_id, "unit": unit},
        body={
            "cells": dict(cells),
            "source": Source.D_HASIL.value,
            "definition": office.election.version,
        },
        over=before.live if before else (),
    )
    return office.record(contest_id, [draft])[0]


def _require_unit(office: Office, contest_id: str, unit: str) -> None:
    office.require_contest(contest_id)
    office.require_writable()
    known = office.election.tree
    held = unit in known and level_of(unit) is not Level.TPS and unit.startswith(office.code)
    if not held or not office.election.stations_of(contest_id, unit):
        raise KnownProblem("unit-has-no-total", unit=unit, contest=contest_id)
    require_open(office, contest_id, unit)


def _require_cells(office: Office, contest_id: str, cells: Mapping[str, int]) -> None:
    known = office.election.layout(contest_id).known
    if unknown := sorted(cells.keys() - known):
        raise KnownProblem("cell-unknown", cells=", ".join(unknown))
