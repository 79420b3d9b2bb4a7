"""Riwayat as a place: the records of a TPS and the proof of the file, and other files to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.history.history_page import HistoryPage
from recap_desktop.desk.pieces.page_stack import PageStack

if TYPE_CHECKING:
    from recap_desktop.desk.history.check_page import CheckPage
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session


class HistoryPlace(PageStack):
    """One of two pages at a time.

    Attributes:
        history: records and the proof of the whole file.
    """

    def __init__(self, session: Session, background: Background) -> None:
        """Show the records."""
        super().__init__()
        self._session, self._background = session, background
        self.history = HistoryPage(session, background)
        self._check: CheckPage | None = None
        self.addWidget(self.history)
        self.history.check_asked.connect(self.show_check)

    @property
    def check(self) -> CheckPage:
        """Where files are checked, made when it is first shown."""
        if self._check is None:
            from recap_desktop.desk.history.check_page import CheckPage  # noqa: PLC0415 - seldom

            path = self._session.office.file.path
            self._check = CheckPage(self._session.words, self._background, path)
            self._check.left.connect(self.show_history)
            self.addWidget(self._check)
        return self._check

    def show_station(self, tps: str) -> None:
        """Show the records of a TPS."""
        self.history.show_station(tps)
        self.setCurrentWidget(self.history)

    def show_check(self) -> None:
        """Show where files are checked."""
        self.setCurrentWidget(self.check)
        self.take_focus()

    def show_history(self) -> None:
        """Show the records."""
        self.setCurrentWidget(self.history)
        self.take_focus()

    @property
    def foot(self) -> StepBar:
        """Of the page that is shown."""
        is_check = self._check is not None and self.currentWidget() is self._check
        return self._check.foot if self._check is not None and is_check else self.history.foot

    def take_focus(self) -> None:
        """Go where the work is."""
        if self._check is not None and self.currentWidget() is self._check:
            self._check.take_focus()
        else:
            self.history.take_focus()

    def stop(self) -> None:
        """The office is left: what is checked is given up."""
        if self._check is not None:
            self._check.stop()
