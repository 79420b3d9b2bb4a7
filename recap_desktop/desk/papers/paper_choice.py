"""Which papers can be shown in the window: their list, and what the chosen one is made from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.entry.finding_stations import villages
from recap_desktop.office.papers.book_making import gather
from recap_desktop.office.papers.paper_making import PaperKind, gather_paper
from recap_desktop.office.papers.printing import choose_revision, make_book
from recap_desktop.office.papers.returning import make_returns, read_returns

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QComboBox

    from recap_desktop.desk.session import Session
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
)
"""Papers of the office as a whole; those of one TPS are asked for where a TPS is."""


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


def paper_of_choice(chosen: str) -> PaperOf | None:
    """Which paper of the office an entry of the list is; None for the list for the PPS."""
    if chosen == RETURNS:
        return None
    if chosen.startswith(_KIND):
        return PaperOf(chosen.removeprefix(_KIND))
    return PaperOf(unit=chosen)


def read_paper(session: Session, chosen: str) -> Callable[[], Book]:
    """Read what a paper of the list is made from; the worker makes it.

    Raises:
        KnownProblem: as the office says why it cannot be made.
    """
    office, contest = session.office, session.contest_id
    if chosen == RETURNS:
        return partial(_returns, read_returns(office))
    if chosen.startswith(_KIND):
        kind = PaperKind(chosen.removeprefix(_KIND))
        revision = choose_revision(office, contest)
        return gather_paper(office, kind, contest, revision=revision).book
    revision = choose_revision(office, contest, desa=chosen)
    return partial(make_book, gather(office, contest, revision=revision, desa=chosen))


def _returns(read: tuple[Makings, ...]) -> Book:
    return make_returns(read).book
