"""What a revision says on paper in one line: made from the body of its close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recap_desktop.election.figures.totals import paper_sums
from recap_desktop.election.papers.anchors import Anchor, Statement
from recap_desktop.election.papers.sheets import Figure
from recap_desktop.election.records.soundness import is_sound
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.records.journal import Record


def statement_of(
    election: Election, contest_id: str, unit: str, body: Mapping[str, Any]
) -> Statement:
    """What a close with this body says in one line, and what its post signs beside the body.

    Args:
        election: the definition it was made under.
        contest_id: the contest.
        unit: code of what was closed.
        body: of the close; its signatures are not looked at.
    """
    sums = paper_sums(body)

    def figure(cell: str) -> Figure:
        return Figure(sums.get(cell), int(bool(body["blanks"].get(cell))))

    choices = election.contest(contest_id).choices
    return Statement(
        rehearsal=election.is_rehearsal,
        unit=unit,
        contest=contest_id,
        revision=body["revision"],
        stations=body["leaves"],
        votes=tuple((choice.number, figure(choice.counted_key)) for choice in choices),
        valid=figure("valid"),
        invalid=figure("invalid"),
        root=bytes.fromhex(body["root"]),
    ).fitting()


def anchor_of(election: Election, close: Record) -> Anchor:
    """The line of a close, with its hash and its signature.

    Args:
        election: the definition it was made under.
        close: the record.

    Raises:
        KnownProblem: ``record-damaged`` when it is not what a close must be.
    """
    if not is_sound(close):
        raise KnownProblem("record-damaged", record=close.id[:12])
    statement = statement_of(election, close.contest, close.subject["unit"], close.body)
    return Anchor(statement, bytes.fromhex(close.id), bytes.fromhex(close.body.get("anchor", "")))
