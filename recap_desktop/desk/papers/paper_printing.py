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
from recap_desktop.desk.papers.paper_choice import is_of_station
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
from recap_desktop.office.papers.reprinting import read_again
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.printer_settings import PrinterSettings
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.copies import Copy, PaperOf
    from recap_desktop.office.papers.copying import PrintedPaper
    from recap_desktop.office.papers.print_plan import PlannedPaper
    from recap_desktop.office.papers.queued_copies import TakenBack

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
        printers: PrinterSettings,
        background: Background,
        side: QStackedWidget,
        foot: StepBar,
        page: QWidget,
    ) -> None:
        """Nothing is asked; the panel will stand in ``side``."""
        super().__init__(page)
        self._session = session
        self._printers = printers
        self._background = background
        self._side, self._foot, self._page = side, foot, page
        self.panel: PrintPanel | None = None
        self.run = PrintRun(session, background, self)
        self._counted: list[PlannedPaper] = []
        self._counting = LongWork(background, self)
        self._counting.brought.connect(self._counted_one)
        self._counting.ended.connect(self._counted_all)
        self.run.went_on.connect(self._went_on)
        self.run.handed.connect(self._handed)
        self.run.ended.connect(self._ended)
        self._size = self._where = ""
        self._number: int | None = None

    # The paper of a printer

    def printer_at_first(self) -> str:
        """The printer that was used last, while it is there, else that of the system."""
        known = printer_names()
        last = self._printers.last
        return last if last == "" or last in known else next(iter(known), "")

    def size_at_first(self) -> str:
        """The paper of that printer."""
        printer = self.printer_at_first()
        return self._printers.paper(printer) or paper_of(printer or next(iter(printer_names()), ""))

    def size_of(self, printer: str) -> str:
        """The size that was chosen for a printer by hand, else what it has in it."""
        return self._printers.paper(printer) or paper_of(printer)

    def remember_size(self, size: str) -> None:
        """A size was chosen by hand: it holds for the printer that is chosen."""
        printer = self.panel.target.printer if self.panel else self.printer_at_first()
        # What the printer has in it anyhow is followed, should another paper be laid in.
        self._printers.set_paper(printer, "" if size == paper_of(printer) else size)

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return self.panel is not None

    def begin(
        self,
        paper: PaperOf | None,
        *,
        number: int | None,
        size: str,
        pages: int,
        again: Copy | None = None,
    ) -> None:
        """Ask what is to be printed of a paper.

        Args:
            paper: which; None for what has no numbered copies.
            number: of which revision; None for what stands.
            size: of the paper that is shown.
            pages: it has; 0 while they are not known.
            again: the copy that is to be printed again, where one was chosen already.
        """
        session, words = self._session, self._session.words
        if self.run.is_running:
            self._foot.say(words("desk.print.handed", where=self._where), Hue.CARE)
            return
        if paper is None:
            return
        if not session.person:
            self._foot.say(words["desk.print.who"], Hue.CARE)
            return
        if not (session.office.can_write and session.allows(Deed.PRINT)):
            self._foot.say(words["desk.print.may-not"], Hue.CARE)
            return
        try:
            read = (
                read_again(session.office, session.contest_id, again)
                if again is not None
                else read_paper(session.office, session.contest_id, paper, number=number)
            )
            this = replace(
                planned(session.office, read),
                title=paper_title(session.office, paper, words),
                pages=pages,
            )
        except KnownProblem as problem:
            self._foot.say(session.problem_text(problem), Hue.CARE)
            return
        self._size, self._number = size, number
        self._open_panel(this, again)

    def _known_copies(self, paper: PaperOf, again: Copy | None) -> list[Copy]:
        """Copies that can be printed again, the newest first; the one that was asked for is there."""
        session = self._session
        known = [
            copy
            for copy in reversed(copies(session.office, session.contest_id))
            if copy.paper == paper and not copy.is_again
        ]
        listed = known[:_LISTED_AGAIN]
        asked = [copy for copy in known if again and copy.record.id == again.record.id]
        return [*(copy for copy in asked if copy not in listed), *listed]

    def _open_panel(self, this: PlannedPaper, again: Copy | None) -> None:
        words = self._session.words
        known = self._known_copies(this.paper, again)
        self._close_panel()
        self.panel = PrintPanel(self._session, self._printers, this, known, printer_names())
        self.panel.choose_printer(self.printer_at_first())
        self.panel.offer_all(is_offered=self._number is None and not is_of_station(this.paper))
        if again is not None:
            self.panel.choose_again(again)
        # First the room, then the panel: in between the window would have to grow.
        self.opened.emit(True)  # noqa: FBT003 - Qt's
        self._side.addWidget(self.panel)
        self._side.setCurrentWidget(self.panel)
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
        first = self.panel.whom if again is None else self.panel.pages
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def show_pages(self, pages: int, size: str) -> None:
        """The paper was made on another size, or is there now."""
        self._size = size
        if self.panel is not None:
            self.panel.show_pages(pages)
            if self.panel.is_all:
                self._count("")

    def _ask_size(self) -> None:
        if self.panel is not None and self.panel.target.printer:
            self.size_asked.emit(self.size_of(self.panel.target.printer))

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
        jobs = tuple(replace(job, revision=self._number) for job in panel.jobs())
        self._printers.last = target.printer
        panel.remember()
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

    def _handed(self) -> None:
        """A queue has all of them: it prints by itself, or gives back what has not come out."""
        words = self._session.words
        self._foot.say(words("desk.print.handed", where=self._where))
        self._foot.offer(words["desk.print.let"], self.run.let_print)

    def _ended(self, problem: KnownProblem | None) -> None:
        session = self._session
        done, whole, back = self.run.done, self.run.whole, self.run.back
        self._printers.measure_speed(self._where, self.run.speed)
        if problem is not None and self.panel is not None:
            # What was chosen stays, to be mended and printed.
            self.panel.rest()
            self._offer()
            self._foot.say(session.problem_text(problem), Hue.CARE)
            return
        self._close_panel()
        session.saved_at = session.office.now()
        session.recorded.emit()
        self._foot.say(*self._told(done, whole, back))
        self._foot.take_focus()

    def _told(self, done: int, whole: int, back: TakenBack) -> tuple[str, Hue]:
        """What is said of a run that is over."""
        words = self._session.words
        if done == whole:
            return words("desk.print.done", done=done, where=self._where), Hue.GOOD
        if not self.run.is_stopped:
            return words("desk.print.in-queue", whole=whole, where=self._where), Hue.GOOD
        text = words("desk.print.stopped", done=done, whole=whole, where=self._where)
        if back.begun:
            text += " " + words("desk.print.begun", numbers=", ".join(back.begun))
        if back.waiting:
            text += " " + words("desk.print.taken-back", numbers=", ".join(back.waiting))
        return text, Hue.CARE

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
