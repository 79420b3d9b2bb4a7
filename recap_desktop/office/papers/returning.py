"""What goes back to the PPS: a page for each desa with every fault of its TPS."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import EMPTY
from recap_desktop.election.papers import returns
from recap_desktop.election.papers.books import Papers
from recap_desktop.office.papers.book_making import gather, require_kecamatan
from recap_desktop.office.papers.printing import Book
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.book_making import Makings


@dataclass(frozen=True, slots=True)
class Returns:
    """The lists of an office (daftar untuk PPS).

    Attributes:
        book: a list for each desa, in code order; each begins a page.
        faults: findings on them.
        missing: TPS on them that are not in the totals, each contest by itself.
    """

    book: Book
    faults: int
    missing: int


def read_returns(office: Office, contest_id: str = "", *, desa: str = "") -> tuple[Makings, ...]:
    """Read what the lists are made from: what stands now, also of a contest that is closed.

    Args:
        office: the open office, of a kecamatan.
        contest_id: the contest; empty for all that are held there.
        desa: code of the one desa whose list is made; empty for all.

    Raises:
        KnownProblem: ``contest-unknown``, ``desa-of-kecamatan-only``, ``sheet-unit-unknown``.
    """
    require_kecamatan(office)
    if contest_id:
        return (gather(office, contest_id, desa=desa),)
    held = [one for one in office.contests if _is_held(office, one, desa)]
    if not held:
        raise KnownProblem("sheet-unit-unknown", unit=regions.dotted(desa))
    return tuple(gather(office, one, desa=desa) for one in held)


def _is_held(office: Office, contest_id: str, desa: str) -> bool:
    return not desa or desa in office.file.contests[contest_id].desas()


def make_returns(read: Sequence[Makings]) -> Returns:
    """The lists from what was read for them; it needs no office, so any thread may make them.

    Raises:
        KnownProblem: ``record-damaged``.
    """
    folded = [makings.folded() for makings in read]
    faults = missing = 0
    desas: set[str] = set()
    for makings, (facts, tallied) in zip(read, folded, strict=True):
        own = {
            station.tps: tallied.get(station.tps, EMPTY)
            for station in facts.election.stations_of(
                facts.contest_id, makings.desa or makings.office
            )
        }
        faults += sum(1 for _ in returns.faults_of(facts, own))
        missing += sum(not tally.counts for tally in own.values())
        desas |= {tps[: Level.DESA.value] for tps in own}
    pages = Papers(partial(returns.return_page, folded, desa) for desa in sorted(desas))
    emblem = read[0].emblem if read else b""
    return Returns(Book(pages, None, emblem=emblem), faults, missing)
