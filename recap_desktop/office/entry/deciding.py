"""One door to every ruling: what was decided about a TPS that somebody has before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.figures import counts
from recap_desktop.office.entry import ruling
from recap_desktop.office.entry.stations import Access, Act
from recap_desktop.office.plenary.read_back import is_in_session
from recap_desktop.office.plenary.reading import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.entry.ruling import Decision
    from recap_desktop.office.entry.stations import Standing
    from recap_desktop.office.opening import Office


def decide(
    office: Office,
    contest_id: str,
    now: Standing,
    *,
    act: Act,
    cells: Mapping[str, int],
    decision: Decision,
    to: str = "",
) -> Record:
    """Record a decision about a TPS as it stood before the person who typed it in.

    Args:
        office: the open office.
        contest_id: the contest.
        now: how the TPS stood.
        act: what was decided.
        cells: the whole form as corrected; of no account for other decisions.
        decision: reason, who raised it, who decided.
        to: of an entry that is withdrawn, the TPS where it belongs; empty for nowhere.

    Raises:
        KnownProblem: see ``office.ruling``.
    """
    if act is Act.CORRECT:
        known = office.election.layout(contest_id).cells
        changed = {
            cell: cells.get(cell)
            for cell in known
            if cell in now.differing or cells.get(cell) != now.cells.get(cell)
        }
        crossed = counts.crossed_out(cells) & changed.keys()
        if now.access in (Access.DIFFERS, Access.CONFLICT):
            return settle(
                office,
                contest_id,
                now.tps,
                chosen=changed,
                decision=decision,
                in_plenary=is_in_session(office),
                crossed=crossed,
            )
        return ruling.correct(
            office, contest_id, now.tps, changes=changed, decision=decision, crossed=crossed
        )
    if act is Act.WITHDRAW and to:
        _, moved = ruling.move(office, contest_id, now.tps, to=to, entry=now.own, decision=decision)
        return moved
    if act is Act.WITHDRAW:
        return ruling.withdraw(office, contest_id, now.tps, entry=now.own, decision=decision)
    return _PLAIN[act](office, contest_id, now.tps, decision=decision)


_PLAIN = {
    Act.ACCEPT: ruling.accept,
    Act.NOT_DELIVERED: ruling.not_delivered,
    Act.REOPEN: ruling.reopen,
    Act.NEW_ROUND: ruling.new_round,
}
