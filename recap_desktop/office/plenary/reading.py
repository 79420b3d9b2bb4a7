"""Reading out a TPS in the plenary (pembacaan C.HASIL): what is typed there, compared and decided."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import (
    STATES,
    Cause,
    Source,
    State,
    live_records,
    present_round,
)
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.entry.entering import entry_draft, require_cells, require_station
from recap_desktop.office.entry.ruling import Decision, correct, ruling_draft
from recap_desktop.office.people.people import signer
from recap_desktop.office.plenary.plenaries import require_session
from recap_desktop.office.plenary.revisions import require_open
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office

Values = tuple[int | None, ...]
PLENARY = "Rapat pleno"
"""Who decided where the plenary settles a difference and nobody is named: it stands on paper."""

_MOST_CELLS = 6
"""So many cells are named in a sentence."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was read out beside what stood before (pembandingan).

    Attributes:
        stood: whether anything stood that another person typed or the plenary decided.
        differing: cell -> every value that stood (None is blank) and what was read, where
            they are not the same, in paper order.
        ruling: whether a decision is needed before the reading can be recorded.
        copies: the same of what was typed from a salinan: it is heard and shown, and the paper
            that is read outranks it without a decision.
    """

    stood: bool
    differing: Mapping[str, tuple[Values, int | None]]
    ruling: bool
    copies: Mapping[str, tuple[Values, int | None]] = field(default_factory=dict)


def compare_reading(
    office: Office, contest_id: str, tps: str, cells: Mapping[str, int], *, by: str
) -> Comparison:
    """Compare what is read out with what others typed beforehand, cell by cell.

    In the plenary nothing is hidden: everybody hears the paper. Before it a first entry is.

    Raises:
        KnownProblem: ``plenary-none`` ..., ``contest-unknown``, ``tps-unknown``,
            ``name-missing``.
    """
    require_session(office)
    office.require_contest(contest_id)
    require_station(office, contest_id, tps)
    known = office.file.journal.records(contest_id, tps)
    return _compare(office, contest_id, known, cells, person=person_id(by))


def _compare(
    office: Office,
    contest_id: str,
    known: Sequence[Record],
    cells: Mapping[str, int],
    *,
    person: str,
) -> Comparison:
    tally = office.file.layers.tally(known)
    order = office.election.layout(contest_id).cells
    said, copied = _standing(known, tally, person), _copies(known, tally)
    differing = _differing(said, cells, order)
    return Comparison(
        stood=bool(said or copied),
        differing=differing,
        ruling=bool(differing),
        copies=_differing(copied, cells, order),
    )


def _differing(
    said: Sequence[Mapping[str, int]], cells: Mapping[str, int], order: Iterable[str]
) -> dict[str, tuple[Values, int | None]]:
    """Cells where what stood is not just what is read, in paper order."""
    found: dict[str, tuple[Values, int | None]] = {}
    for cell in order:
        values = {each.get(cell) for each in said}
        if values and values != {cells.get(cell)}:
            ordered = sorted(values, key=lambda value: -1 if value is None else value)
            found[cell] = (tuple(ordered), cells.get(cell))
    return found


def _standing(known: Sequence[Record], tally: Tally, person: str) -> list[Mapping[str, int]]:
    """Figures that the reading must agree with: rulings, or entries of others in this round."""
    rulings = [r.body["cells"] for r in live_records(known) if r.kind == Kind.RULING.value]
    if tally.is_ruled:
        return rulings
    # A salinan was typed to prepare; the paper that is read outranks it.
    typed = _entries(known, tally, Source.C_HASIL)
    return [record.body["cells"] for record in typed if record.person != person]


def _copies(known: Sequence[Record], tally: Tally) -> list[Mapping[str, int]]:
    """Figures typed from a salinan, by whomever, where nothing was decided yet."""
    copied = [] if tally.is_ruled else _entries(known, tally, Source.SALINAN)
    return [record.body["cells"] for record in copied]


def _entries(known: Sequence[Record], tally: Tally, source: Source) -> list[Record]:
    rounds = tally.rounds or ("",)
    return [
        record
        for record in live_records(known)
        if record.kind == Kind.ENTRY.value
        and record.body["round"] in rounds
        and record.body["source"] == source.value
    ]


def read_out(
    office: Office,
    contest_id: str,
    tps: str,
    cells: Mapping[str, int],
    *,
    by: str,
    decision: Decision | None = None,
) -> list[Record]:
    """Record what was read out of the C.HASIL of one TPS in the open plenary, and that it was.

    Where nothing stood, or all that stood says the same, that is an entry (unless the same person
    typed just that before) and the reading. Where something else stood the plenary decides what
    holds: ``decision`` says why, and what was read becomes a ruling. All in one transaction.

    The reading keeps what was heard. In a double-entry office the hall is thereby the second
    voice: one entry that says just what was heard, and heard again, is agreed and counts.

    Args:
        office: the open office.
        contest_id: the contest.
        tps: 13-digit key.
        cells: filled cells as they are to stand.
        by: name of who types.
        decision: why what was read holds; needed only where something else stood.

    Raises:
        KnownProblem: ``plenary-none`` ..., ``reading-differs``, ``reading-blank``, and as
            ``enter``.
    """
    _require_readable(office, contest_id, tps, cells)
    known = office.file.journal.records(contest_id, tps)
    tally = office.file.layers.tally(known)
    found = _compare(office, contest_id, known, cells, person=person_id(by))
    if found.ruling and decision is None:
        raise KnownProblem("reading-differs", tps=tps, cells=_named(found.differing))
    drafts: list[Draft] = []
    if found.ruling and decision is not None:
        settles = STATES[tally.state].is_disputed
        drafts.append(
            ruling_draft(
                office,
                contest_id,
                tps,
                tally=tally,
                cause=Cause.SETTLED if settles else Cause.CORRECTED,
                cells=cells,
                decision=decision,
            )
        )
    elif not tally.is_ruled:
        entry = entry_draft(office, contest_id, tps, cells, by=by)
        drafts += [entry] if entry else []
    waits = tally.state is State.SINGLE and not tally.counts
    if drafts or waits or not tally.read:
        reading = _reading(
            office, contest_id, tps, cells, known=known, by=by, matched=not found.ruling
        )
        drafts.append(reading)
    return office.record(contest_id, drafts)


def _require_readable(office: Office, contest_id: str, tps: str, cells: Mapping[str, int]) -> None:
    require_session(office)
    office.require_contest(contest_id)
    office.require_writable()
    require_station(office, contest_id, tps)
    require_open(office, contest_id, tps)
    require_cells(cells, office.election.layout(contest_id).known)
    if not cells:
        raise KnownProblem("reading-blank", tps=tps)


def _reading(
    office: Office,
    contest_id: str,
    tps: str,
    cells: Mapping[str, int],
    *,
    known: Iterable[Record],
    by: str,
    matched: bool,
) -> Draft:
    return Draft(
        Kind.READING,
        time=office.now(),
        person=signer(office, by, Deed.READ_OUT),
        subject={"contest": contest_id, "tps": tps},
        body={"round": present_round(known), "matched": int(matched), "heard": dict(cells)},
    )


def _named(cells: Iterable[str]) -> str:
    names = list(cells)
    more = " ..." if len(names) > _MOST_CELLS else ""
    return ", ".join(names[:_MOST_CELLS]) + more


def settle(
    office: Office,
    contest_id: str,
    tps: str,
    *,
    chosen: Mapping[str, int | None],
    decision: Decision,
    in_plenary: bool = False,
    crossed: Iterable[str] = (),
) -> Record:
    """Settle entries or rulings that differ, cell by cell: by a third person, or by the plenary.

    Args:
        office: the open office.
        contest_id: the contest.
        tps: 13-digit key.
        chosen: every cell on which they differ with what holds; None is blank.
        decision: why, and who decided.
        in_plenary: whether the plenary decides; else it must be somebody who typed neither.
        crossed: which of the chosen cells are crossed out on the paper.

    Raises:
        KnownProblem: ``nothing-to-settle``, ``settler-typed-it``, and as ``correct``.
    """
    office.require_contest(contest_id)
    require_station(office, contest_id, tps)
    known = office.file.journal.records(contest_id, tps)
    tally = office.file.layers.tally(known)
    if not STATES[tally.state].is_disputed:
        raise KnownProblem("nothing-to-settle", tps=tps)
    typists = {r.person for r in live_records(known) if r.kind == Kind.ENTRY.value}
    if in_plenary:
        require_session(office)
        decision = replace(decision, decided_by=decision.decided_by.strip() or PLENARY)
    elif person_id(decision.by) in typists:
        raise KnownProblem("settler-typed-it", name=decision.by, tps=tps)
    return correct(office, contest_id, tps, changes=chosen, decision=decision, crossed=crossed)
