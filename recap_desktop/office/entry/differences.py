"""TPS whose entries differ, one after the other, for somebody who may settle them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import State, live_records
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.people.people import allows, require_deed
from recap_desktop.office.plenary.read_back import is_in_session
from recap_desktop.office.plenary.revisions import is_closed
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.station_lists import Sieve

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office

_DIFFERS = frozenset({State.DIFFERS})


def count_differing(office: Office, contest_id: str) -> int:
    """How many TPS there are whose entries differ.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    return office.file.contests[contest_id].lists.count(_sieve(office))


def next_differing(office: Office, contest_id: str, *, by: str, after: str = "") -> str:
    """The next TPS whose entries differ and whom a person may settle, round to the first; else empty.

    Args:
        office: the open office.
        contest_id: the contest.
        by: name of who would settle it.
        after: the TPS one comes from.

    Raises:
        KnownProblem: ``contest-unknown``, ``name-missing``.
    """
    office.require_contest(contest_id)
    keys = office.file.contests[contest_id].lists.keys(_sieve(office))
    in_turn = [tps for tps in keys if tps > after] + [tps for tps in keys if tps <= after]
    for tps in in_turn:
        if not is_closed(office, contest_id, tps) and may_settle(office, contest_id, tps, by=by):
            return tps
    return ""


def _sieve(office: Office) -> Sieve:
    return Sieve(under=office.code, states=_DIFFERS)


def may_settle(office: Office, contest_id: str, tps: str, *, by: str) -> bool:
    """Whether a person may settle what differs: a third person who typed neither, or the plenary."""
    if is_in_session(office):
        return True
    key = person_id(by)
    return allows(office, Deed.SETTLE, key) and key not in _typists(office, contest_id, tps)


def require_settler(office: Office, contest_id: str, tps: str, *, by: str) -> None:
    """Refuse somebody who typed one of the entries, unless the plenary decides.

    Raises:
        KnownProblem: ``settler-typed-it``, ``name-missing``, and as ``require_deed``.
    """
    if not is_in_session(office):
        require_deed(office, Deed.SETTLE)
    if not may_settle(office, contest_id, tps, by=by):
        raise KnownProblem("settler-typed-it", name=by, tps=tps)


def _typists(office: Office, contest_id: str, tps: str) -> set[str]:
    live = live_records(office.file.journal.records(contest_id, tps))
    return {record.person for record in live if record.kind == Kind.ENTRY.value}
