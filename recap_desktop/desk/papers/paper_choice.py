"""Which papers can be shown in the window: their list, and what the chosen one is made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.records.copies import SHEETS, PaperOf
from recap_desktop.office.entry.finding_stations import villages
from recap_desktop.office.papers import copying
from recap_desktop.office.papers.paper_making import PaperKind
from recap_desktop.office.papers.returning import make_returns, read_returns
from recap_desktop.office.plenary.revisions import revisions, standing_revision

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QComboBox

    from recap_desktop.desk.session import Session
    from recap_desktop.election.papers.station_slips import Slip
    from recap_desktop.office.papers.book_making import Makings
    from recap_desktop.office.papers.printing import Book

RETURNS = "returns"
"""The list for the PPS among the papers."""

_KIND = "kind:"
_SHOWN = (
    PaperKind.MINUTES,
    PaperKind.INCIDENTS,
    PaperKind.CORRECTIONS,
    PaperKind.RECEIPT,
    PaperKind.ZERO,
    PaperKind.TYPISTS,
    PaperKind.BLANK_SHEETS,
    PaperKind.BLANK_FORMS,
    PaperKind.SLIP,
)
_OF_STATION = frozenset({PaperKind.SLIP.value, PaperKind.BLANK_FORMS.value})
"""Papers of one TPS; blank forms may be of a whole desa too."""

_OF_NO_REVISION = frozenset(
    kind.value for kind in (PaperKind.ZERO, PaperKind.BLANK_SHEETS, PaperKind.BLANK_FORMS)
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chosen paper is made from; the worker makes it.

    Attributes:
        make: makes its pages.
        slip: of a slip of a TPS: makes what is written as text.
    """

    make: Callable[[], Book]
    slip: Callable[[], Slip] | None = None


def list_papers(box: QComboBox, session: Session) -> None:
    """Fill the list: the book, the list for the PPS, papers of the hall, then each desa."""
    words, office = session.words, session.office
    is_kecamatan = level_of(office.code) is Level.KECAMATAN
    box.clear()
    box.addItem(words["desk.papers.whole" if is_kecamatan else "desk.paper.book"], "")
    if is_kecamatan:
        box.addItem(words["desk.papers.returns"], RETURNS)
    for kind in _SHOWN:
        box.addItem(words[f"desk.paper.{kind.value}"], f"{_KIND}{kind.value}")
    if not is_kecamatan:
        # Above it there are no sheets of desa, and 6,000 desa to a province.
        return
    for number, code in enumerate(villages(office, session.contest_id), start=1):
        box.addItem(f"{number}. {office.election.tree.name(code)}", code)


def paper_of_choice(chosen: str, unit: str = "") -> PaperOf | None:
    """Which paper of the office an entry of the list is; None for the list for the PPS.

    Args:
        chosen: the entry.
        unit: the TPS or desa of a paper of one.
    """
    if chosen == RETURNS:
        return None
    if chosen.startswith(_KIND):
        kind = chosen.removeprefix(_KIND)
        return PaperOf(kind, unit if kind in _OF_STATION else "")
    return PaperOf(unit=chosen)


def choice_of_paper(paper: PaperOf) -> str:
    """The entry of the list that a paper is."""
    return paper.unit if paper.kind == SHEETS else f"{_KIND}{paper.kind}"


def is_of_station(paper: PaperOf | None) -> bool:
    """Whether a TPS has to be said before it can be made."""
    return paper is not None and paper.kind in _OF_STATION


def list_revisions(box: QComboBox, session: Session, paper: PaperOf | None) -> None:
    """Fill the list of the states a paper can be of: what stands, then earlier closes."""
    words, office, contest = session.words, session.office, session.contest_id
    before = box.currentData()
    box.clear()
    if paper is None or paper.kind in _OF_NO_REVISION:
        return
    desa = copying.desa_of_revisions(office, contest, paper)
    own = revisions(office, contest, desa) or revisions(office, contest)
    standing = (standing_revision(office, contest, desa) if desa else None) or standing_revision(
        office, contest
    )
    if standing is not None:
        box.addItem(words("desk.papers.standing", number=str(standing.number)), None)
    elif paper.kind != PaperKind.SLIP.value:
        box.addItem(words["desk.papers.draft-now"], None)
    for revision in reversed(own):
        if standing is None or revision.head != standing.head:
            text = words("desk.papers.revision", number=str(revision.number))
            box.addItem(text, revision.number)
    box.setCurrentIndex(max(0, box.findData(before) if before is not None else 0))


def read_paper(session: Session, paper: PaperOf | None, *, number: int | None = None) -> Shown:
    """Read what a paper is made from.

    Args:
        session: the office on the desk.
        paper: which; None for the list for the PPS.
        number: of which revision; None for what stands.

    Raises:
        KnownProblem: as the office says why it cannot be made.
    """
    office, contest = session.office, session.contest_id
    if paper is None:
        return Shown(partial(_returns, read_returns(office)))
    read = copying.read_paper(office, contest, paper, number=number)
    return Shown(read.make, read.slip)


def _returns(read: tuple[Makings, ...]) -> Book:
    return make_returns(read).book
