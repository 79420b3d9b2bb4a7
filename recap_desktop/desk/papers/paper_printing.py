"""Printing from the papers page: asks, prints copy after copy, and gives the page back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from recap_desktop.desk.laptop.long_work import LongWork
from recap_desktop.desk.laptop.qt_printing import paper_of, printer_names
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.papers.paper_choice import paper_of_choice
from recap_desktop.desk.papers.print_panel import PrintPanel
from recap_desktop.desk.papers.print_run import PrintRun, Target
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.papers.copying import copies, read_paper
from recap_desktop.office.papers.print_plan import (
    PrintPlan,
    count,
    paper_title,
    planned,
    planned_papers,
)
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.office.papers.copying import PrintedPaper
    from recap_desktop.office.papers.print_plan import PlannedPaper

_LISTED_AGAIN = 60
"""So many copies are offered to be printed again, the newest first; the command line knows all."""


class PaperPrinting(QObject):
    """The panel, the run behind it, and what the foot says meanwhile.

    ``size_asked`` brings the size of the paper that a chosen printer has in it; ``opened`` tells
    when the panel needs the room of the buttons above it, and when it leaves it.
    """

    size_asked = Signal(str)
    opened = Signal(bool)

    def __init__(
        self,
        session: Session,
        background: Background,
        side: QStackedWidget,
        foot: StepBar,
        page: QWidget,
    ) -> None:
        """Nothing is asked; the panel will stand in ``side``."""
        super().__init__(page)
        self._session = session
        self._background = background
        self._side, self._foot, self._page = side, foot, page
        self.panel: PrintPanel | None = None
        self.run = PrintRun(session, background, self)
        self._counted: list[PlannedPaper] = []
        self._counting = LongWork(background, self)
        self._counting.brought.connect(self._counted_one)
        self._counting.ended.connect(self._counted_all)
        self.run.went_on.connect(self._went_on)
        self.run.ended.connect(self._ended)
        self._size = ""

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return self.panel is not None

    def begin(self, chosen: str, *, size: str, pages: int) -> None:
        """Ask what is to be printed of a paper of the list.

        Args:
            chosen: as ``paper_choice`` lists it.
            size: of the paper that is shown.
            pages: it has; 0 while they are not known.
        """
        session, words = self._session, self._session.words
        paper = paper_of_choice(chosen)
        if self.run.is_running or paper is None:
            return
        if not session.person:
            self._foot.say(words["desk.print.who"], Hue.CARE)
            return
        if not (session.office.can_write and session.allows(Deed.PRINT)):
            self._foot.say(words["desk.print.may-not"], Hue.CARE)
            return
        try:
            read = read_paper(session.office, session.contest_id, paper)
            this = replace(
                planned(session.office, read),
                title=paper_title(session.office, paper, words),
                pages=pages,
            )
        except KnownProblem as problem:
            self._foot.say(session.problem_text(problem), Hue.CARE)
            return
        self._open_panel(this)
        self._size = size

    def _open_panel(self, this: PlannedPaper) -> None:
        session, words = self._session, self._session.words
        known = [
            copy
            for copy in reversed(copies(session.office, session.contest_id))
            if copy.paper == this.paper and not copy.is_again
        ]
        self._close_panel()
        self.panel = PrintPanel(session, this, known[:_LISTED_AGAIN], printer_names())
        self._side.addWidget(self.panel)
        self._side.setCurrentWidget(self.panel)
        self.opened.emit(True)  # noqa: FBT003 - Qt's
        self.panel.changed.connect(self._offer)
        self.panel.counting.connect(partial(self._count, this.paper.unit))
        self.panel.printer.activated.connect(self._ask_size)
        self._foot.say(words["desk.print.say"])
        self._offer()
        for first, second in (
            (self.panel.last, self._foot.next_button),
            (self._foot.next_button, self._foot.other_button),
        ):
            QWidget.setTabOrder(first, second)
        self.panel.whom.setFocus(Qt.FocusReason.TabFocusReason)

    def show_pages(self, pages: int, size: str) -> None:
        """The paper was made on another size, or is there now."""
        self._size = size
        if self.panel is not None:
            self.panel.show_pages(pages)
            if self.panel.is_all:
                self._count("")

    def _ask_size(self) -> None:
        if self.panel is not None and self.panel.target.printer:
            self.size_asked.emit(paper_of(self.panel.target.printer))

    def _offer(self) -> None:
        if self.panel is None or self.run.is_running:
            return
        words = self._session.words
        text = words("desk.print.do", copies=self.panel.copies)
        if self.panel.again is not None:
            text = words("desk.print.do-again", number=self.panel.again.number)
        self._foot.offer(text, self.start)
        self._foot.next_button.setEnabled(self.panel.copies > 0)
        self._foot.offer_other(words["desk.act.give-up"], self.give_up)

    # The plan

    def _count(self, desa: str) -> None:
        self._counted = []
        work = partial(_counted, size=self._size)
        self._counting.begin(self._read_plan(desa), work, size=1)

    def _read_plan(self, desa: str) -> Iterator[tuple[PlannedPaper, PrintedPaper]]:
        session = self._session
        try:
            yield from planned_papers(session.office, session.contest_id, desa=desa)
        except KnownProblem as problem:
            self._foot.say(session.problem_text(problem), Hue.CARE)

    def _counted_one(self, one: PlannedPaper) -> None:
        session = self._session
        title = paper_title(session.office, one.paper, session.words)
        self._counted.append(replace(one, title=title))

    def _counted_all(self) -> None:
        if self.panel is not None and self._counted:
            self.panel.show_plan(PrintPlan(tuple(self._counted)))

    # The run

    def start(self) -> None:
        """Print what is chosen; without a printer the folder is asked for first."""
        if self.panel is None:
            return
        if self.panel.again is not None and not self.panel.reason.text().strip():
            self._foot.say(self._session.words["desk.print.reason-first"], Hue.CARE)
            self.panel.reason.setFocus(Qt.FocusReason.TabFocusReason)
            return
        target = self.panel.target
        if not target.printer:
            title = self._session.words["desk.print.folder"]
            folder = QFileDialog.getExistingDirectory(self._page, title, str(Path.home()))
            if not folder:
                return
            target = Target(folder=Path(folder))
        self.start_to(target)

    def start_to(self, target: Target) -> None:
        """Print what is chosen there."""
        panel, words = self.panel, self._session.words
        if panel is None:
            return
        jobs = panel.jobs()
        self._where = str(target.folder or target.printer)
        panel.show_progress(0, panel.copies)
        self._foot.say(words("desk.print.running", where=self._where))
        self._foot.offer("", self.start)
        self._foot.offer_other(words["desk.print.stop"], self.run.stop)
        self._foot.other_button.setFocus(Qt.FocusReason.TabFocusReason)
        self.run.begin(jobs, target, size=self._size)

    def _went_on(self, done: int, whole: int) -> None:
        if self.panel is not None:
            self.panel.show_progress(done, whole)

    def _ended(self, problem: KnownProblem | None) -> None:
        session, words = self._session, self._session.words
        done, whole = self.run.done, self.run.whole
        if problem is not None and self.panel is not None:
            # What was chosen stays, to be mended and printed.
            self.panel.rest()
            self._offer()
            self._foot.say(session.problem_text(problem), Hue.CARE)
            return
        self._close_panel()
        session.saved_at = session.office.now()
        session.recorded.emit()
        code = "done" if done == whole else "stopped"
        hue = Hue.GOOD if done == whole else Hue.CARE
        self._foot.say(words(f"desk.print.{code}", done=done, whole=whole, where=self._where), hue)
        self._foot.take_focus()

    def forget(self) -> None:
        """The office is left: what is on its way to a printer arrives, and nothing more is read."""
        self.run.forget()
        self._counting.ended.disconnect(self._counted_all)
        self._counting.cancel()

    def give_up(self) -> None:
        """Put the panel away; nothing was printed."""
        self._close_panel()
        self._session.recorded.emit()
        self._foot.take_focus()

    def _close_panel(self) -> None:
        self._counting.cancel()
        if self.panel is not None:
            self._side.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None
            self.opened.emit(False)  # noqa: FBT003 - Qt's


def _counted(pair: tuple[PlannedPaper, PrintedPaper], *, size: str) -> PlannedPaper:
    return count(*pair, size=size)
