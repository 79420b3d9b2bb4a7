"""Whether totals of a unit above the TPS hold together: the identities of its form, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.checks import relations, rules
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.figures.totals import added

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.office.opening import Office


def judge_totals(office: Office, contest_id: str, cells: Mapping[str, int]) -> tuple[Finding, ...]:
    """What of totals that were typed from a paper contradicts itself, in paper order.

    What is only unlikely of one TPS says nothing of a sum.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    found = rules.judge(office.election.layout(contest_id), cells) if cells else ()
    return tuple(one for one in found if one.severity is Severity.ERROR)


def broken_by(
    office: Office, contest_id: str, now: Mapping[str, int], by: Mapping[str, int]
) -> tuple[str, ...]:
    """Totals that would no longer be what their parts add up to, once a difference is added.

    Only those that do hold now: what is broken already the difference did not break.

    Args:
        office: the open office.
        contest_id: the contest.
        now: cell -> what the unit comes to.
        by: cell -> more or less.
    """
    checks = [
        check
        for check in office.election.layout(contest_id).checks
        if check.severity is Severity.ERROR and relations.holds(check, now)
    ]
    return tuple(check.total for check in relations.broken(checks, added(now, by)))
