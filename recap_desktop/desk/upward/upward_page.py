"""Kirim as a place: sending, and in an office above first what comes from below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from recap_desktop.desk.history.where_asking import LooksAt
from recap_desktop.desk.upward.alarm_page import AlarmPage
from recap_desktop.desk.upward.paper_page import PaperPage
from recap_desktop.desk.upward.proposals_page import ProposalsPage
from recap_desktop.desk.upward.receive_page import ReceivePage
from recap_desktop.desk.upward.send_page import SendPage
from recap_desktop.election.definitions.regions import Level

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.looks.appearance import Hue
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.office.upward.children import Child


class UpwardPage(QStackedWidget):
    """One of the two pages at a time; below a kabko there is nothing to be received.

    Attributes:
        send: what goes up.
        proposals: corrections that the office above proposes.
        receive: what comes from below; None in a kecamatan.
        alarm: which of two packages holds; None in a kecamatan.
        paper: totals typed from a paper D.HASIL; None in a kecamatan.
    """

    def __init__(self, session: Session, settings: WindowSettings, background: Background) -> None:
        """Show what comes from below, where anything can."""
        super().__init__()
        self.send = SendPage(session, settings, background)
        self.proposals = ProposalsPage(session)
        self.send.proposals_asked.connect(self._show_proposals)
        self.proposals.left.connect(self._show_send)
        self.receive: ReceivePage | None = None
        self.alarm: AlarmPage | None = None
        self.paper: PaperPage | None = None
        if len(session.office.code) < Level.KECAMATAN.value:
            self.receive = ReceivePage(session, settings, background)
            self.receive.send_asked.connect(self._show_send)
            self.alarm = AlarmPage(session, background)
            self.receive.alarm_asked.connect(self._show_alarm)
            self.paper = PaperPage(session)
            self.receive.paper_asked.connect(self._show_paper)
            for page in (self.alarm, self.paper):
                page.left.connect(self._come_back)
            self.send.receive_asked.connect(self._show_receive)
            self.send.offer_below()
            self.addWidget(self.receive)
            self.addWidget(self.alarm)
            self.addWidget(self.paper)
        self.addWidget(self.send)
        self.addWidget(self.proposals)

    def _show_send(self) -> None:
        self.setCurrentWidget(self.send)
        self.take_focus()

    def _show_receive(self) -> None:
        if self.receive is not None:
            self.setCurrentWidget(self.receive)
            self.take_focus()

    def _show_proposals(self) -> None:
        self.setCurrentWidget(self.proposals)
        self.proposals.open_list()
        self.take_focus()

    def _show_alarm(self) -> None:
        if self.alarm is not None and self.alarm.look():
            self.setCurrentWidget(self.alarm)
            self.take_focus()

    def _show_paper(self, child: Child) -> None:
        if self.paper is not None:
            self.setCurrentWidget(self.paper)
            self.paper.open_child(child)

    def _come_back(self, text: str, hue: Hue) -> None:
        self._show_receive()
        if self.receive is not None and text:
            self.receive.foot.say(text, hue)

    @property
    def shown(self) -> SendPage | ReceivePage | AlarmPage | PaperPage | ProposalsPage:
        """The page that is shown."""
        shown = self.currentWidget()
        pages = (self.receive, self.alarm, self.paper, self.proposals)
        return next((page for page in pages if page is not None and page is shown), self.send)

    @property
    def looked_at(self) -> tuple[str, str]:
        """What the page that is shown looks at; sending looks at the whole."""
        shown = self.shown
        return shown.looked_at if isinstance(shown, LooksAt) else ("", "")

    @property
    def foot(self) -> StepBar:
        """Of the page that is shown."""
        return self.shown.foot

    def take_focus(self) -> None:
        """Go where the work is."""
        self.shown.take_focus()

    def stop(self) -> None:
        """Give up what is under way: the office is left."""
        self.send.stop()
        if self.receive is not None:
            self.receive.stop()
        if self.alarm is not None:
            self.alarm.stop()
