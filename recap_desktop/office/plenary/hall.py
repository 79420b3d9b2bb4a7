"""The hall of a contest, seat by seat: who was recorded there, which seats are vacant, who signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.moments import in_order
from recap_desktop.election.papers.facts import Presence as Signing
from recap_desktop.election.papers.facts import Signer
from recap_desktop.election.records.plenary import Presence
from recap_desktop.office.plenary.plenaries import attendance, plenary
from recap_desktop.office.plenary.revisions import all_revisions
from recap_desktop.office.plenary.seats import OBSERVERS, is_witness, seats

if TYPE_CHECKING:
    from recap_desktop.election.records.plenary import Attendance
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision


@dataclass(frozen=True, slots=True)
class Chair:
    """One seat with one who was recorded there, or a seat nobody was recorded for (tempat duduk).

    Attributes:
        seat: ``ketua``, ``saksi-2``, ``panwas`` ...
        one: who; None while nobody was recorded.
    """

    seat: str
    one: Attendance | None = None


def chairs(office: Office, contest_id: str) -> tuple[Chair, ...]:
    """Every seat of a contest in order, those of no member and no saksi last.

    Who signs always has a chair; of the others Panwas, and whoever came.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    there = attendance_in(office, contest_id)
    found: list[Chair] = []
    for seat in (*seats(office, contest_id), *OBSERVERS):
        taken = [Chair(seat, one) for one in there if one.seat == seat]
        is_expected = seat not in OBSERVERS[1:]
        found += taken or ([Chair(seat)] if is_expected else [])
    return tuple(found)


def attendance_in(office: Office, contest_id: str) -> tuple[Attendance, ...]:
    """Who attends or attended, without the saksi of other contests."""
    return tuple(
        one for one in attendance(office) if not is_witness(one.seat) or one.contest == contest_id
    )


def expected_signers(office: Office, contest_id: str) -> tuple[Signer, ...]:
    """Who will sign, seat by seat: as the last close had them, unless more was recorded since.

    Of a seat nobody was recorded for there is no name yet; who left or never came is absent.
    """
    there = attendance_in(office, contest_id)
    last = _last_close(office, contest_id)
    before = {signer.seat: signer for signer in last.signers} if last else {}
    closed = in_order(last.record.time) if last else None
    expected = []
    for seat in seats(office, contest_id):
        here = [one for one in there if one.seat == seat]
        is_news = closed is not None and any(in_order(one.at) > closed for one in here)
        expected.append(_signer(seat, here, before.get(seat), is_news=is_news))
    return tuple(expected)


def _signer(seat: str, here: list[Attendance], before: Signer | None, *, is_news: bool) -> Signer:
    """``before``: as the last close had the seat; ``is_news``: it was spoken of since."""
    if before and not (here and is_news):
        return before
    present = [one.name for one in here if one.presence is Presence.PRESENT]
    if before and before.name in present and before.presence is not Signing.ABSENT:
        return before
    if present:
        return Signer(seat, present[0], Signing.PRESENT)
    return Signer(seat, here[0].name, Signing.ABSENT) if here else Signer(seat)


def expected_place(office: Office, contest_id: str) -> str:
    """Where a close will be decided: where the plenary is held, else where the last one was."""
    last = _last_close(office, contest_id)
    return plenary(office).place or (last.place if last else "")


def _last_close(office: Office, contest_id: str) -> Revision | None:
    closes = all_revisions(office, contest_id)
    return max(closes, key=lambda r: (in_order(r.record.time), r.head), default=None)
