"""How fast this laptop gets on with a contest, and about how long what is left takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import level_of
from recap_desktop.election.figures.pace import pace
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.moments import in_order
from recap_desktop.election.records import journal
from recap_desktop.election.records.journal import Kind
from recap_desktop.office.plenary.read_back import reads_stations
from recap_desktop.office.progress.listing_stations import Choice, counts_of

if TYPE_CHECKING:
    from recap_desktop.election.figures.pace import Pace
    from recap_desktop.office.opening import Office

_MOST = 240
"""So many records are looked at: half an hour at the speed of the quickest typist."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """How the work goes on (perkiraan): what is left, at what pace, for how long.

    Attributes:
        left: forms that are still to be typed, in the plenary to be read out.
        pace: of this laptop, at present.
        time: about what is left of work, without pauses.
    """

    left: int
    pace: Pace
    time: dt.timedelta


def outlook(office: Office, contest_id: str) -> Outlook | None:
    """The outlook of a contest; None where nothing is left, or not enough is known.

    In a double-entry office every TPS is typed twice. Other laptops of the office work as well:
    what they do shortens the time, but only this one's pace is known here.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    if office.post is None:
        return None
    reads = reads_stations(office)
    left = _unread(office, contest_id) if reads else _untyped(office, contest_id)
    kind = Kind.READING if reads else Kind.ENTRY
    chain = journal.chain_name(office.post.id, contest_id)
    records = office.file.journal.last_records(chain, kind, most=_MOST)
    # Who types a form of their own again has not done another one.
    done = [in_order(record.time) for record in records if not record.over]
    present = pace(done, now=in_order(office.now()))
    if not left or present is None:
        return None
    return Outlook(left, present, present.needed(left))


def _untyped(office: Office, contest_id: str) -> int:
    states = dict.fromkeys(State, 0)
    for row in office.file.contests[contest_id].states(level_of(office.code)):
        states[row.state] += row.stations
    if not office.file.double_entry:
        return states[State.EMPTY]
    return 2 * states[State.EMPTY] + states[State.SINGLE]


def _unread(office: Office, contest_id: str) -> int:
    return counts_of(office, contest_id)[Choice.UNREAD]
