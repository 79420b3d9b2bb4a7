"""Kertas as a place: the papers themselves, and the copies that were printed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.papers.copies_page import CopiesPage
from recap_desktop.desk.papers.papers_page import PapersPage
from recap_desktop.desk.pieces.page_stack import PageStack
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.papers.paper_making import PaperKind

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.copies import Copy


class PapersPlace(PageStack):
    """One of two pages at a time.

    Attributes:
        papers: the papers, made, printed, written.
        copies: the list of numbered copies.
    """

    def __init__(self, session: Session, settings: WindowSettings, background: Background) -> None:
        """Show the papers."""
        super().__init__()
        self.papers = PapersPage(session, settings, background)
        self.copies = CopiesPage(session)
        self.addWidget(self.papers)
        self.addWidget(self.copies)
        self.papers.copies_asked.connect(self.show_copies)
        self.copies.left.connect(self.show_papers)
        self.copies.again_asked.connect(self._print_again)
        session.told.connect(self._tell)

    def show_copies(self) -> None:
        """Show the list."""
        self.copies.refresh()
        self.setCurrentWidget(self.copies)
        self.take_focus()

    def show_papers(self) -> None:
        """Show the papers."""
        self.setCurrentWidget(self.papers)
        self.take_focus()

    def begin_printing(self, unit: str | None) -> None:
        """Ask what is to be printed, of a desa or of the paper that is shown."""
        self.setCurrentWidget(self.papers)
        self.papers.begin_printing(unit)

    def show_slip(self, tps: str) -> None:
        """Show the slip of a TPS."""
        self.setCurrentWidget(self.papers)
        self.papers.show_paper(PaperOf(PaperKind.SLIP.value, tps))

    def _print_again(self, copy: Copy) -> None:
        self.setCurrentWidget(self.papers)
        self.papers.begin_printing(again=copy)

    @property
    def foot(self) -> StepBar:
        """Of the page that is shown."""
        return self.copies.foot if self.currentWidget() is self.copies else self.papers.foot

    def _tell(self, text: str) -> None:
        self.papers.tell(text)

    def take_focus(self) -> None:
        """Go where the work is."""
        if self.currentWidget() is self.copies:
            self.copies.take_focus()
        else:
            self.papers.take_focus()

    def leave(self) -> None:
        """The office is about to be closed."""
        self.papers.leave()
