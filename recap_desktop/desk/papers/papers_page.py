"""Kertas: the sheet as it will be printed, what is missing, the close, and the PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.papers.paper_buttons import PaperButtons
from recap_desktop.desk.papers.paper_choice import Shown, read_paper
from recap_desktop.desk.papers.paper_chooser import PaperChooser
from recap_desktop.desk.papers.paper_files import PaperFiles
from recap_desktop.desk.papers.paper_printing import PaperPrinting
from recap_desktop.desk.papers.sheet_preview import SheetPreview
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.desk.pleno.closing_panel import ReopeningForm, SignersForm
from recap_desktop.desk.pleno.missing_panel import MissingPanel
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.plenary import closing, revisions
from recap_desktop.office.plenary.hall import expected_place, expected_signers
from recap_desktop.office.plenary.seats import seats
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.copies import Copy
    from recap_desktop.office.papers.printing import Book

_GROUP, _HEAD = 4, 32


class PapersPage(QWidget):
    """The paper in the middle; at its side what is missing, or the close; the PDF always."""

    hand_out_asked = Signal()
    copies_asked = Signal()

    def __init__(
        self,
        session: Session,
        settings: WindowSettings,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        """Nothing is made before the page is shown."""
        super().__init__(parent)
        self._session = session
        self._background = background
        self._shown: Shown | None = None
        self._stale = True
        self._has_size = False
        words = session.words
        self.chooser = PaperChooser(session)
        self.which, self.paper_size = self.chooser.which, self.chooser.paper_size
        self.buttons = PaperButtons(words)
        self.print, self.pdf = self.buttons.print, self.buttons.pdf
        self.view, self.export = self.buttons.view, self.buttons.export
        self.copies, self.numbers = self.buttons.copies, self.buttons.numbers
        self.preview = SheetPreview(words, background)
        self.missing = MissingPanel(session)
        self._closed = PlainLabel(lines=6)
        self.reopen = StepButton(words["desk.papers.reopen"])
        self.side = QStackedWidget()
        self._signing: dict[str, SignersForm] = {}
        self.reopening: ReopeningForm | None = None
        self.foot = StepBar()
        self.files = PaperFiles(session, background, self.foot, self)
        printers = settings.printers
        self.printing = PaperPrinting(session, printers, background, self.side, self.foot, self)
        self._arrange()
        self._connect()

    def _connect(self) -> None:
        session = self._session
        self.chooser.changed.connect(self._choose_paper)
        self.chooser.size_changed.connect(self._choose_size)
        self.print.clicked.connect(partial(self.begin_printing, None))
        self.printing.size_asked.connect(self._take_size)
        self.export.clicked.connect(self._ask_folder)
        self.pdf.clicked.connect(self._ask_file)
        self.view.clicked.connect(self.open_pdf)
        self.numbers.clicked.connect(self.hand_out_asked)
        self.copies.clicked.connect(self.copies_asked)
        self.foot.typed.connect(self._take_digit)
        self.reopen.clicked.connect(self._begin_reopening)
        self.preview.made.connect(self._take_book)
        session.recorded.connect(self.refresh)
        session.person_changed.connect(self.refresh)
        session.access_changed.connect(self.refresh)
        session.contest_changed.connect(self._change_contest)

    def _arrange(self) -> None:
        closed = QWidget()
        inside = QVBoxLayout(closed)
        inside.setContentsMargins(0, 0, 0, 0)
        sized(self._closed, 0.95)
        inside.addWidget(self._closed)
        inside.addWidget(self.reopen)
        inside.addStretch(1)
        self._closed_page = closed
        self.side.addWidget(self.missing)
        self.side.addWidget(closed)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chooser)
        column.addWidget(self.buttons)
        self.printing.opened.connect(self.buttons.setHidden)
        self.printing.opened.connect(self.chooser.make_room)
        column.addWidget(self.side, 1)
        side.setFixedWidth(round(self.fontMetrics().averageCharWidth() * 33))
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(self.preview, 1)
        middle.addWidget(side)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 2, 10, 6)
        box.setSpacing(4)
        box.addWidget(self.chooser.stations)
        box.addLayout(middle, 1)
        box.addWidget(self.foot)

    # What is shown

    def refresh(self) -> None:
        """Look again now, or when the page is next shown."""
        self._stale = True
        if self.isVisible():
            self._read()

    def _change_contest(self) -> None:
        self.chooser.fill()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again if something was recorded meanwhile."""
        super().showEvent(event)
        if not self._has_size:
            self._has_size = True
            self.chooser.show_size(self.printing.size_at_first())
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        session = self._session
        self.chooser.refresh()
        if self.printing.is_open:
            # What was chosen there stays; only the paper is looked at again.
            self._show_paper()
            return
        self._forget_reopening()
        revision = revisions.standing_revision(session.office, session.contest_id)
        faults = closing.missing(session.office, session.contest_id)
        self.missing.show_faults(faults)
        self.foot.no_other()
        is_signing = self.signers is not None
        if revision is not None:
            self._show_closed(revision)
        elif is_signing and not faults:
            self._begin_closing()
        elif faults:
            self.side.setCurrentWidget(self.missing)
            self.foot.say(session.words["desk.papers.draft-note"])
            self.foot.offer(session.words["desk.papers.to-missing"], self.missing.open_first)
        else:
            self.side.setCurrentWidget(self.missing)
            self.foot.say(session.words["desk.papers.complete"], Hue.GOOD)
            deed = closing.deed_now(session.office)
            text = session.offered(deed, session.words["desk.papers.begin-close"])
            self.foot.offer(text, self._begin_closing)
        self.foot.next_button.setEnabled(session.office.can_write or revision is not None)
        self._show_paper()

    def _show_closed(self, revision: revisions.Revision) -> None:
        words = self._session.words
        head = revision.head[:_HEAD]
        groups = " ".join(head[at : at + _GROUP] for at in range(0, _HEAD, _GROUP))
        text = words("desk.papers.closed", number=str(revision.number), head=groups)
        self._closed.set_text(text)
        self.side.setCurrentWidget(self._closed_page)
        may = self._session.office.can_write and self._session.allows(Deed.REOPEN)
        self.reopen.setVisible(may)
        self.foot.say(words("desk.papers.closed-say", number=str(revision.number)), Hue.GOOD)
        self.foot.offer(words["desk.papers.pdf"], self._ask_file)

    def _ask_folder(self) -> None:
        self.files.ask_form(paper=self._paper)

    def _take_digit(self, digit: str) -> None:
        """The number of a button presses it; seven, eight and nine go to the lists above them."""
        if not self.buttons.press(digit):
            self.chooser.go_to(digit)

    def _choose_paper(self) -> None:
        if self.printing.is_open:
            self._show_paper()
            self.begin_printing()
            return
        note = self._session.words["desk.papers.returns-note"]
        if self.chooser.paper is None:
            self.foot.say(note)
        elif self.foot.message == note:
            self.foot.say("")
        self._show_paper()

    def _show_paper(self) -> None:
        self._shown = None
        chooser, words = self.chooser, self._session.words
        try:
            if chooser.lacks_station:
                self.preview.show_nothing(words["desk.papers.say-station"])
            else:
                self._shown = read_paper(self._session, chooser.paper, number=chooser.number)
        except KnownProblem as problem:
            self.preview.show_nothing(words.problem(problem))
        if self._shown is not None:
            self.preview.show_papers(self._shown.make, self._paper)
        for button in (self.pdf, self.view):
            button.setEnabled(self._shown is not None)
        self.print.setEnabled(self._shown is not None and chooser.paper is not None)

    def _take_book(self, book: Book) -> None:
        """The preview has made it: it is written as it is shown, and not made again."""
        if self._shown is not None:
            self._shown = Shown(lambda: book, self._shown.slip)
        self.printing.show_pages(self.preview.pages, self._paper)

    @property
    def _paper(self) -> str:
        return self.chooser.chosen_size

    # Files and printing

    def _ask_file(self) -> None:
        self.files.ask_file(self.chooser.name, self._shown, paper=self._paper)

    def save_pdf(self, path: Path) -> None:
        """Write the paper that is shown, in the worker."""
        self.files.save(path, self._shown, paper=self._paper)

    def open_pdf(self) -> None:
        """Show the paper that is shown with the system's own viewer, which also prints it."""
        self.files.view(self.chooser.name, self._shown, paper=self._paper)

    def show_paper(self, paper: PaperOf, number: int | None = None) -> None:
        """Show a paper that was asked for elsewhere, of a revision or of what stands."""
        self.chooser.show_paper(paper, number)
        self._show_paper()

    def begin_printing(self, unit: str | None = None, again: Copy | None = None) -> None:
        """Ask what is to be printed of the paper that is shown, of a desa, or of a copy again."""
        if again is not None:
            self.show_paper(again.paper, again.revision or None)
        elif unit is not None:
            self.show_paper(PaperOf(unit=unit))
        pages = 0 if self.preview.is_making else self.preview.pages
        chooser = self.chooser
        self.printing.begin(
            chooser.paper, number=chooser.number, size=self._paper, pages=pages, again=again
        )

    def _choose_size(self, size: str) -> None:
        self.printing.remember_size(size)
        self._show_paper()

    def _take_size(self, size: str) -> None:
        """Show the paper on what the printer has in it."""
        if self.chooser.show_size(size):
            self._show_paper()

    # Close and reopening

    @property
    def signers(self) -> SignersForm | None:
        """The names that are being typed; None while nothing is closed."""
        form = self._signing.get(self._session.contest_id)
        return form if form is not None and self.side.currentWidget() is form else None

    def _forget_reopening(self) -> None:
        if self.reopening is not None:
            self.side.removeWidget(self.reopening)
            self.reopening.deleteLater()
            self.reopening = None

    def _go_on_from(self, last: QWidget) -> None:
        """Tab and Enter lead from the last box of a form to the next step."""
        self.setTabOrder(last, self.foot.next_button)
        self.setTabOrder(self.foot.next_button, self.foot.other_button)

    def _signers_form(self) -> SignersForm:
        """The form of the contest: what was typed in it stays until the close."""
        session = self._session
        if session.contest_id not in self._signing:
            form = SignersForm(session, seats(session.office, session.contest_id))
            form.show_signers(expected_signers(session.office, session.contest_id))
            form.place.setText(expected_place(session.office, session.contest_id))
            self.side.addWidget(form)
            self._signing[session.contest_id] = form
            self._go_on_from(form.last)
        return self._signing[session.contest_id]

    def _begin_closing(self) -> None:
        session = self._session
        form = self._signers_form()
        self.side.setCurrentWidget(form)
        words = session.words
        self.foot.say(words["desk.papers.close-say"], Hue.CARE)
        self.foot.offer(words["desk.papers.close"], self._close)
        self.foot.offer_other(words["desk.act.give-up"], self._give_up_closing)
        form.by.setFocus()

    def _give_up_closing(self) -> None:
        self.side.setCurrentWidget(self.missing)
        self._read()
        self.foot.take_focus()

    def _close(self) -> None:
        session, form = self._session, self.signers
        if form is None:
            return
        close = partial(
            closing.close,
            session.office,
            session.contest_id,
            by=form.by.text(),
            signers=form.signers,
            place=form.place.text(),
        )
        if session.record(close):
            done = self._signing.pop(session.contest_id)
            self.side.removeWidget(done)
            done.deleteLater()
            self.foot.take_focus()

    def _begin_reopening(self) -> None:
        self.reopening = ReopeningForm(self._session)
        self.side.addWidget(self.reopening)
        self._go_on_from(self.reopening.decided_by)
        self.side.setCurrentWidget(self.reopening)
        words = self._session.words
        self.foot.say(words["desk.papers.reopen-say"], Hue.CARE)
        self.foot.offer(words["desk.papers.reopen-do"], self._reopen)
        self.foot.offer_other(words["desk.act.give-up"], self._read)
        self.reopening.reason.setFocus()

    def _reopen(self) -> None:
        session, form = self._session, self.reopening
        if form is None:
            return
        by, reason, decided = form.by.text(), form.reason.text(), form.decided_by.text()
        session.record(
            lambda: closing.reopen_contest(
                session.office, session.contest_id, by=by, reason=reason, decided_by=decided
            )
        )

    def leave(self) -> None:
        """The office is about to be closed: read nothing from it any more."""
        self.printing.forget()
        self.files.forget()

    def tell(self, text: str) -> None:
        """Say what stands in the way."""
        self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go to the next step."""
        self.foot.take_focus()
