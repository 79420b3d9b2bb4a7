"""Marking findings as on the paper, and the reasons that stand: of one TPS, of a whole contest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records import marks
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Aspect, Deed, sees
from recap_desktop.office.checks.findings import Judge
from recap_desktop.office.entry.entering import require_station
from recap_desktop.office.people.people import roster, signer
from recap_desktop.office.plenary.revisions import require_open
from recap_desktop.office.progress.overview import require_unit
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.records.journal import Record
    from recap_desktop.election.records.marks import Mark
    from recap_desktop.office.opening import Office


def mark_finding(
    office: Office,
    contest_id: str,
    tps: str,
    finding: Finding,
    *,
    cells: Mapping[str, int],
    reason: str,
    by: str,
) -> Record:
    """Mark a finding as on the paper, with the reason; an earlier mark of it is replaced.

    The form need not be saved yet: the mark holds of these figures and of no others. No figure
    changes by it, and an error still waits for the plenary to correct or accept it.

    Args:
        office: the open office.
        contest_id: the contest.
        tps: 13-digit key.
        finding: one that these figures have.
        cells: the figures it was found in.
        reason: why it stands so; never empty.
        by: name of who compared it with the paper.

    Raises:
        KnownProblem: ``finding-none`` when these figures do not have it, ``reason-missing``,
            ``contest-unknown``, ``tps-unknown``, ``contest-closed``, ``desa-closed``, and as
            ``signer``.
    """
    office.require_contest(contest_id)
    office.require_writable()
    require_station(office, contest_id, tps)
    said = clean_text(reason)
    if not said:
        raise KnownProblem("reason-missing")
    if finding not in Judge(office, contest_id).findings(tps, cells):
        raise KnownProblem("finding-none", tps=tps, rule=finding.rule)
    return _record(office, contest_id, tps, finding, cells=cells, reason=said, by=by)


def take_back_mark(
    office: Office,
    contest_id: str,
    tps: str,
    finding: Finding,
    *,
    cells: Mapping[str, int],
    by: str,
) -> Record:
    """Take back what was marked of a finding: it is as if nobody had compared it.

    Raises:
        KnownProblem: ``mark-none``, and as ``mark_finding``.
    """
    office.require_contest(contest_id)
    office.require_writable()
    require_station(office, contest_id, tps)
    return _record(office, contest_id, tps, finding, cells=cells, reason="", by=by)


def _record(
    office: Office,
    contest_id: str,
    tps: str,
    finding: Finding,
    *,
    cells: Mapping[str, int],
    reason: str,
    by: str,
) -> Record:
    require_open(office, contest_id, tps)
    person = signer(office, by, Deed.MARK)
    seen = marks_seen(office, contest_id, tps, person=person)
    before = marks.said_of(finding, cells, seen)
    if not (reason or before):
        raise KnownProblem("mark-none", tps=tps, rule=finding.rule)
    draft = Draft(
        Kind.MARK,
        time=office.now(),
        person=person,
        subject={"contest": contest_id, "tps": tps},
        body=marks.body_of(finding, cells, reason),
        over=tuple(mark.id for mark in before),
    )
    return office.record(contest_id, [draft])[0]


def marks_seen(office: Office, contest_id: str, tps: str, *, person: str) -> tuple[Mark, ...]:
    """The marks of a TPS that a person may see (an id of the roster; empty for nobody).

    What was marked of a first entry says what its figures are: until the second is there only
    who marked it sees it.
    """
    found = marks.marks_of(office.file.journal.records(contest_id, tps))
    if not (found and _waits(office, contest_id, tps)):
        return found
    return tuple(
        mark
        for mark in found
        if sees(Aspect.FINDINGS, is_own=bool(person) and mark.person == person)
    )


def marks_of_contest(office: Office, contest_id: str) -> dict[str, tuple[Mark, ...]]:
    """Every TPS of a contest that has marks, with those that nobody took back.

    Of a TPS that waits for its second entry nothing is said. Whether one stands depends on the
    figures: see ``Mark.is_of``.
    """
    known = office.file.journal.records_of_kind(Kind.MARK, contest=contest_id)
    found: dict[str, list[Mark]] = {}
    for mark in marks.marks_of(known):
        found.setdefault(mark.tps, []).append(mark)
    return {
        tps: tuple(of_one) for tps, of_one in found.items() if not _waits(office, contest_id, tps)
    }


def _waits(office: Office, contest_id: str, tps: str) -> bool:
    """Whether what is marked would tell a second typist of the first entry."""
    if not office.file.double_entry:
        return False
    stored = office.file.contests[contest_id].tally(tps)
    return stored is None or stored.tally.state in (State.EMPTY, State.SINGLE)


def standing_marks(office: Office, contest_id: str, tps: str) -> set[str]:
    """Ids of the marks of a TPS whose findings stand on the figures as they are now.

    On figures that differ nothing is found, so nothing stands until they are settled.
    """
    said = marks.marks_of(office.file.journal.records(contest_id, tps))
    return _standing(Judge(office, contest_id), tps, said, _cells(office, contest_id, tps))


def stations_marked(office: Office, contest_id: str, *, under: str = "") -> list[str]:
    """TPS of which a finding is marked as on the paper and the mark stands, in code order.

    Args:
        office: the open office.
        contest_id: the contest.
        under: code of a unit; empty is the whole office.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``.
    """
    office.require_contest(contest_id)
    require_unit(office, under)
    judge = Judge(office, contest_id)
    return [
        tps
        for tps, said in sorted(marks_of_contest(office, contest_id).items())
        if tps.startswith(under) and _standing(judge, tps, said, _cells(office, contest_id, tps))
    ]


def _cells(office: Office, contest_id: str, tps: str) -> Mapping[str, int]:
    stored = office.file.contests[contest_id].tally(tps)
    return stored.tally.cells if stored else {}


def _standing(judge: Judge, tps: str, said: Sequence[Mark], cells: Mapping[str, int]) -> set[str]:
    """Ids of the marks that speak of what is found in these figures."""
    # Figures that were mended since need no judging.
    asked = [mark for mark in said if mark.is_on(cells)]
    found = judge.findings(tps, cells) if asked else ()
    return {mark.id for finding in found for mark in marks.said_of(finding, cells, asked)}


def reasons_of_errors(office: Office, contest_id: str, tps: str, said: Sequence[Mark]) -> str:
    """Why the errors of a TPS stand on its paper; empty where one of them has no reason.

    Args:
        office: the open office.
        contest_id: the contest.
        tps: a TPS whose figures count.
        said: its marks.
    """
    cells = _cells(office, contest_id, tps)
    found = Judge(office, contest_id).findings(tps, cells)
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    return "; ".join(marks.reasons(errors, cells, said))


def named(office: Office, mark: Mark) -> tuple[str, str]:
    """Who marked it, by name, and why."""
    return roster(office).get(mark.person, mark.person), mark.reason
