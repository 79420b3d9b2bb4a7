"""The form under the fingers: every key is shown, judged and kept, and a few ask for more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from recap_desktop.desk.entry.entry_form import EntryForm
from recap_desktop.desk.entry.entry_layout import EntryLayout
from recap_desktop.desk.entry.figure_question import FigureQuestion
from recap_desktop.desk.entry.finding_marks import FindingMarks
from recap_desktop.desk.entry.form_judging import FormJudging, judged_form
from recap_desktop.desk.entry.number_field import Step
from recap_desktop.desk.entry.paste_question import PasteQuestion
from recap_desktop.desk.entry.standing_words import StandingWords
from recap_desktop.desk.entry.zero_key import ZeroKey
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.scans.scan_watch import ScanWatch
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.wording import number_text
from recap_desktop.office.entry.next_form import contests_at
from recap_desktop.office.entry.stations import Act, Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from recap_desktop.desk.entry.typed_station import TypedStation
    from recap_desktop.desk.scans.scan_folder_page import ScanFolderPage
    from recap_desktop.desk.session import Session

_ELSEWHERE = "\N{LEFT RIGHT ARROW}"
"""Stands before what another contest says."""


class TypingPage(EntryLayout):
    """Typing one form; which TPS it is of, and what becomes of it, is told by the entry page."""

    def __init__(
        self, session: Session, names: Iterable[str], parent: QWidget | None = None
    ) -> None:
        """No form yet; ``names`` are those that typed on this machine before."""
        super().__init__(session, names, parent)
        self._session = session
        self._words = session.words
        self._forms: dict[str, tuple[EntryForm, FormJudging]] = {}
        self._open: TypedStation | None = None
        self._is_saved = False
        self._elsewhere: Mapping[str, Mapping[str, int]] = {}
        self._saying = StandingWords(session)
        self.beside.listen(self)
        self.beside.turned.connect(self._give_room)
        self.beside.attaching.said.connect(self.foot.say)
        self.beside.attaching.folder_asked.connect(self._ask_folder)
        self.folder_scans: ScanFolderPage | None = None
        self._zeros = ZeroKey(session, self.foot)
        self._unlikely = FigureQuestion(session, self.foot)
        self.scans = ScanWatch(self)
        self.foot.watch_keys(self.scans)
        self.ruling.watch_keys(self.scans)
        self._marks = FindingMarks(session, self.marking, self.foot)
        self._marks.ended.connect(self._end_mark)
        self.findings.mark_asked.connect(self._ask_mark)
        self._pasting = PasteQuestion(self.foot, self._words, put=self._paste, back=self._back_to)

    # The form of the contest

    @property
    def form(self) -> EntryForm:
        """The form of the contest that is looked at, made when it is first needed."""
        return self._formed()[0]

    @property
    def _judging(self) -> FormJudging:
        return self._formed()[1]

    @property
    def station(self) -> str:
        """The TPS that is open; empty when none is."""
        return self._open.tps if self._open else ""

    def _formed(self) -> tuple[EntryForm, FormJudging]:
        """A form of 250 boxes takes a while: nobody waits for one that is not shown."""
        return self._made(self._session.contest_id)

    def _made(self, key: str) -> tuple[EntryForm, FormJudging]:
        if key not in self._forms:
            form, judging = judged_form(self._session, key)
            form.figure_changed.connect(self._typed)
            form.cell_left.connect(self._left)
            form.finished.connect(self.foot.take_focus)
            form.asked.connect(self._asked)
            form.paste_asked.connect(self._ask_paste)
            form.watch_keys(self.scans)
            form.page_shown.connect(self.beside.scan.show_form_page)
            self._forms[key] = (form, judging)
            self._stack.addWidget(form)
        return self._forms[key]

    def _make_ahead(self) -> None:
        """Make the form of the next contest of this TPS while the paper is still looked at."""
        if self.station and self._session.is_in_one_go:
            held = contests_at(self._session.office, self.station)
            at = held.index(self._session.contest_id)
            lacking = [key for key in held[at:] + held[:at] if key not in self._forms]
            if lacking:
                self._made(lacking[0])

    # The scan beside it

    def _ask_folder(self) -> None:
        """Ask for a folder of pictures, and show what would become of its files."""
        title = self._words["desk.scan-folder.ask"]
        folder = QFileDialog.getExistingDirectory(self, title, str(self.beside.attaching.last))
        if folder:
            self.show_folder(Path(folder))
        else:
            self.beside.attaching.done.emit()

    def show_folder(self, folder: Path) -> None:
        """Show what would become of the files of a folder."""
        background = self.beside.background
        if background is None:
            return
        if self.folder_scans is None:
            # Seldom needed, and the window is to be up at once.
            from recap_desktop.desk.scans.scan_folder_page import ScanFolderPage  # noqa: PLC0415

            self.folder_scans = ScanFolderPage(self._session, self.foot, background)
            self.folder_scans.left.connect(self._leave_folder)
            self._stack.addWidget(self.folder_scans)
            self._stack.currentChanged.connect(self._see_side)
        self.beside.show_findings()
        self._stack.setCurrentWidget(self.folder_scans)
        self.folder_scans.begin(folder)

    def _see_side(self) -> None:
        """A list of files takes all the room."""
        if self._stack.currentWidget() is not self.person:
            self.beside.setVisible(self._stack.currentWidget() is not self.folder_scans)

    def _leave_folder(self) -> None:
        """Go back to the form."""
        raise NotImplementedError

    def _give_room(self) -> None:
        """Give the scan what the form can spare, and the form the rest."""
        shown = self._stack.currentWidget()
        needed = shown.narrowest if isinstance(shown, EntryForm) else self.width() // 2
        self.beside.setFixedWidth(self.beside.width_in(self.width(), needed))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the room anew."""
        super().resizeEvent(event)
        self._give_room()

    # Typing

    @property
    def _is_typing(self) -> bool:
        return self._open is not None and (self._open.may_type or self.ruling.act is Act.CORRECT)

    def _typed(self, cell: str) -> None:
        self._judging.typed(cell)
        self._zeros.typed(cell)
        self._marks.typed()
        self._unlikely.typed(cell, self.form)
        self._changed()

    def _changed(self) -> None:
        if self._open:
            self._open.keep(self.form.cells)
            if self._is_saved:
                # Enter on the next step would otherwise leave the change unsaved.
                self._offer_save(self._open)
        self._look()

    def _left(self, cell: str) -> None:
        # A form that is put away loses the focus too; it is no longer the one that is judged.
        if self._open and self.sender() is self.form:
            self._judging.left(cell)
            if self._is_typing:
                self._unlikely.left(cell, self.form, self._judging.phrasing)
            self._look()

    def _look(self) -> None:
        cells = self.form.cells
        found = self._judging.findings(self.station, cells) if self._open else []
        self.form.show_sums(self._judging.sums.of(cells))
        self.form.show_progress(cells)
        asked = self._unlikely.texts(self._judging.phrasing)
        marks = {**dict.fromkeys(asked, Severity.WARNING), **self._judging.marks(found)}
        texts = {**self._beside_texts(), **asked, **self._judging.texts(found)}
        self.form.show_marks(marks, texts)
        self.form.show_beside(beside(self._elsewhere, cells))
        self._marks.look(self.station, cells, found)
        self.findings.show_findings(found, self._judging.say, self._marks.line)

    def _beside_texts(self) -> dict[str, str]:
        """What the other contests of the TPS say, by cell, with their names."""
        return {
            cell: self._words(
                "desk.contests.beside",
                said="; ".join(
                    f"{self._session.contest_name(key)}: {number_text(figure)}"
                    for key, figure in said.items()
                ),
            )
            for cell, said in self._elsewhere.items()
        }

    def _asked(self, step: Step) -> None:
        if step is Step.SAVE:
            self._save()
        elif step is Step.ZEROS:
            self._fill_zeros()
        elif step is Step.FINDING:
            self._go_to_finding()
        elif step is Step.POINT:
            marking = self._marks.press(self.form.focused_cell, self._judging.say)
            if not marking and not self._point():
                self.form.begin_party()
        elif step is Step.LEAVE:
            self.chooser.take_focus()

    def _go_to_finding(self) -> None:
        """Go to the next finding; from the last of a form that nobody changes, to the next TPS."""
        here, order = self.form.focused_cell, self.form.order
        following = self.findings.next_after(here, order)
        goes_round = not following or (bool(here) and order.index(following) <= order.index(here))
        now = self._open
        is_looked_at = now is not None and now.draft is None and self.ruling.act is None
        if goes_round and now and is_looked_at and now.standing.sign is not Sign.EMPTY:
            self._session.trouble_asked.emit()
        else:
            self._jump_to_finding(following)

    def _jump(self, cell: str) -> None:
        if cell:
            self.form.focus_cell(cell)

    def _jump_to_finding(self, cell: str) -> None:
        self._jump(cell)
        self._marks.jumped(cell)

    def _ask_mark(self, cell: str) -> None:
        self._marks.ask(cell, self._judging.say)

    def _end_mark(self, cell: str) -> None:
        self._look()
        self._back_to(cell if self._is_typing else "")
        self._marks.jumped(cell)

    def _begin_number(self, digit: str) -> None:
        """A number typed on the next step is that of another TPS, not lost before an Enter."""
        if self._session.person and (self._is_saved or not self._is_typing):
            self.chooser.begin(digit)

    def _point(self) -> bool:
        """A point answers what is asked about a figure. Whether anything was."""
        answered = self._unlikely.confirm(self.form)
        if answered:
            self._look()
        return answered

    def _choose_decision(self) -> None:
        """The star leads to what can be decided, each with its number; else to the next step."""
        if not self._session.person:
            return
        self.beside.show_findings()
        if not self.ruling.take_focus():
            self.foot.take_focus()

    def _go_back(self) -> None:
        """Minus leads back from the last step into the last box."""
        if self._is_typing:
            self.form.focus_cell(self.form.order[-1])

    def _fill_zeros(self) -> None:
        if not self._is_typing:
            self._choose_decision()
            return
        self._judging.typed(self.form.focused_cell)
        if self._zeros.press(self.form, self._judging.phrasing):
            said, hue = self.foot.message, Hue.CHANGED
            self._changed()
            self.foot.say(said, hue)

    def _ask_paste(self, text: str) -> None:
        self._pasting.ask(text, self.form.focused_cell)

    def _paste(self, cell: str, figure: int) -> None:
        self.form.fill((cell,), figure)
        self._typed(cell)
        self._back_to(cell)

    def _back_to(self, cell: str) -> None:
        if cell:
            self.form.focus_cell(cell)
        else:
            self.foot.take_focus()

    # What the entry page does with it

    def _offer_save(self, station: TypedStation) -> None:
        """Say that something is to be saved, and offer to."""
        raise NotImplementedError

    def _save(self) -> None:
        """Save what is typed."""
        raise NotImplementedError


def beside(
    elsewhere: Mapping[str, Mapping[str, int]], cells: Mapping[str, int]
) -> dict[str, tuple[str, bool]]:
    """What is shown in a box of the other contests, and whether the box says something else."""
    shown = {}
    for cell, said in elsewhere.items():
        figures = sorted(set(said.values()))
        text = "/".join(map(number_text, figures))
        shown[cell] = (f"{_ELSEWHERE}{text}", cell in cells and figures != [cells[cell]])
    return shown
