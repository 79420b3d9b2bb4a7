"""The form to be typed: drawn from the form definition, page by page, in the order of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from recap_desktop.desk.entry.form_page import FormPage
from recap_desktop.desk.entry.number_field import NumberField, Step
from recap_desktop.desk.entry.party_bar import PartyBar
from recap_desktop.desk.entry.screen_pages import screen_pages
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.election.figures import counts
from recap_desktop.election.papers.arrangements import arrange
from recap_desktop.election.papers.captions import Captions
from recap_desktop.office.entry.party_progress import next_party, parties_of, progress_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QResizeEvent

    from recap_desktop.desk.entry.number_field import KeyWatch
    from recap_desktop.desk.entry.screen_pages import ScreenPage
    from recap_desktop.desk.session import Session
    from recap_desktop.election.definitions.forms import Severity

PAPER = "c-hasil"
_SIZES = (36.0, 33.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 19.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0)
_SCROLLING = 16.0
_NARROW = 14.0
_MOST_APART = 1.5
"""A page of few rows is read from afar, yet is seen to be of the same form."""


class EntryForm(QWidget):
    """All cells of one contest's C.HASIL as boxes, a page at a time.

    It knows where a key leads and which box is which, and nothing of what the figures mean.
    """

    figure_changed = Signal(str)
    cell_left = Signal(str)
    finished = Signal()
    asked = Signal(Step)
    paste_asked = Signal(str)
    page_shown = Signal(int)

    def __init__(
        self, session: Session, contest_id: str = "", parent: QWidget | None = None
    ) -> None:
        """Draw the C.HASIL of a contest, or of the one that is looked at."""
        super().__init__(parent)
        self._words = session.words
        self._contest = session.office.election.contest(contest_id or session.contest_id)
        self._stack = QStackedWidget()
        self._pages: list[FormPage] = []
        self._return_to = ""
        parties = parties_of(self._contest)
        self.parties = PartyBar(parties, self._words) if parties else None
        self._shown = self._draw(session)
        self._fields = [field for page in self._pages for field in page.fields]
        self._by_cell = {field.cell: field for field in self._fields}
        self._page_of = {f.cell: at for at, page in enumerate(self._pages) for f in page.fields}
        for field in self._fields:
            field.asked.connect(self._step)
            field.figure_changed.connect(self.figure_changed)
            field.paste_asked.connect(self.paste_asked)
            field.left.connect(self.cell_left)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        if self.parties is not None:
            box.addWidget(self.parties)
            self.parties.chosen.connect(self._go_to_party)
            self.parties.left.connect(self._go_back)
        box.addWidget(self._stack, 1)
        self._show_page(0)

    def _draw(self, session: Session) -> tuple[ScreenPage, ...]:
        election = session.office.election
        form = election.form(self._contest.id)
        paper = form.papers[PAPER]
        captions = Captions.of(election, self._contest.id)
        sections = arrange(form, paper, captions).sections
        shown = screen_pages(paper, sections, self._contest)
        first: dict[int, int] = {}
        for at, on_screen in enumerate(shown):
            first.setdefault(on_screen.number, at)
            # A name of a list has the whole width: a second line is for wherever there is room.
            lines = 1 if on_screen.party else 2
            page = FormPage(on_screen.sections, paper.columns, self._words, lines=lines)
            self._pages.append(page)
            self._stack.addWidget(page)
        if len(first) > 1 and self.parties is not None:
            self._add_buttons(self.parties.pages, first, shown[0])
        elif len(first) > 1:
            for page, on_screen in zip(self._pages, shown, strict=True):
                self._add_buttons(page.bar, first, on_screen)
                page.bar.addStretch(1)
        return shown

    def _add_buttons(self, bar: QHBoxLayout, first: Mapping[int, int], shown: ScreenPage) -> None:
        """Each page bears the buttons of all pages of the paper, its own pressed.

        Above a list of parties they stand once, and follow the page that is shown.
        """
        here, (part, parts) = shown.number, shown.part
        for number, at in first.items():
            text = self._words("desk.entry.page", number=str(number))
            if number == here and parts > 1 and self.parties is None:
                about = {"page": text, "part": str(part), "parts": str(parts)}
                text = self._words("desk.form.part", **about)
            button = QPushButton(text)
            button.setCheckable(True)
            button.setChecked(number == here)
            button.setProperty("page", at)
            button.setProperty("number", number)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            sized(button, 0.84, bold=number == here and self.parties is None)
            button.setFixedHeight(round(button.fontMetrics().height() * 1.5))
            button.clicked.connect(self._page_clicked)
            bar.addWidget(button)

    # Figures

    @property
    def cells(self) -> counts.Count:
        """What is typed; a blank box is absent, one that is crossed out is remembered as such."""
        figures = ((field.cell, field.figure) for field in self._fields)
        crossed = (field.cell for field in self._fields if field.is_crossed)
        return counts.Count({cell: n for cell, n in figures if n is not None}, crossed)

    @property
    def pages(self) -> tuple[FormPage, ...]:
        """The pages in the order of the paper."""
        return tuple(self._pages)

    @property
    def order(self) -> tuple[str, ...]:
        """Every cell in the order of the paper."""
        return tuple(field.cell for field in self._fields)

    def show_cells(self, cells: Mapping[str, int]) -> None:
        """Show figures in all boxes; a cell that is absent is shown blank."""
        crossed = counts.crossed_out(cells)
        for field in self._fields:
            field.show_figure(cells.get(field.cell), crossed=field.cell in crossed)
        self._return_to = ""

    def fill(self, cells: Iterable[str], figure: int | None) -> None:
        """Put one figure into some boxes, or make them blank."""
        for cell in cells:
            self._by_cell[cell].show_figure(figure)

    def cells_here(self) -> list[str]:
        """The boxes of the page that is shown."""
        return [field.cell for field in self._pages[self._stack.currentIndex()].fields]

    def let_type(self) -> None:
        """Let every box be typed in."""
        for field in self._fields:
            field.setReadOnly(False)

    def only_show(self) -> None:
        """Let every box be read and none typed in."""
        for field in self._fields:
            field.setReadOnly(True)

    # Findings and sums

    def set_totals(self, cells: Iterable[str]) -> None:
        """Say which boxes are totals of others."""
        for cell in cells:
            self._by_cell[cell].set_total()

    def show_marks(self, marks: Mapping[str, Severity], texts: Mapping[str, str]) -> None:
        """Show the mark of the worst finding at each cell, and what it says on hover."""
        for field in self._fields:
            field.set_mark(marks.get(field.cell))
            text = texts.get(field.cell, "")
            # Of 250 boxes a key changes few, and each change goes round through Qt.
            if field.toolTip() != text:
                field.setToolTip(text)
                field.setAccessibleDescription(text)

    def show_sums(self, sums: Mapping[str, int]) -> None:
        """Show beside each total what its parts add up to."""
        for field in self._fields:
            field.set_sum(sums.get(field.cell))

    def show_notes(self, notes: Mapping[str, str]) -> None:
        """Show a small text in some boxes while they are blank, e.g. the values that differ."""
        for field in self._fields:
            field.set_note(notes.get(field.cell, ""))

    def show_beside(self, texts: Mapping[str, tuple[str, bool]]) -> None:
        """Show in some boxes what another contest says there, and whether it is another figure."""
        for field in self._fields:
            text, is_other = texts.get(field.cell, ("", False))
            field.set_beside(text, is_other=is_other)

    def show_progress(self, cells: Mapping[str, int]) -> None:
        """Show where the block of each party stands, where the form has parties."""
        if self.parties is not None:
            states = {p.number: progress_of(p, cells) for p in parties_of(self._contest)}
            here = self._shown[self._stack.currentIndex()]
            self.parties.show_states(states, here=here.party, title=here.title)

    def name_cells(self, names: Mapping[str, str]) -> None:
        """Give every box the name by which it is read out."""
        for field in self._fields:
            name = names[field.cell]
            field.name_as(name, self._words("desk.form.crossed", cell=name))

    def watch_keys(self, watch: KeyWatch) -> None:
        """Let somebody see every key before the boxes do."""
        for field in self._fields:
            field.watch = watch

    # Walking

    def offer_return(self, cell: str) -> None:
        """Let the next minus lead to a box that something is asked about; empty for none."""
        self._return_to = cell

    def focus_cell(self, cell: str) -> None:
        """Go to a box, on whatever page it is."""
        self._show_page(self._page_of[cell])
        field = self._by_cell[cell]
        # Only this reason selects what stands in the box.
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self._pages[self._page_of[cell]].ensureWidgetVisible(field, 0, field.height())

    def show_first(self) -> None:
        """Show the first page, for whoever only reads."""
        self._show_page(0)

    def focus_first(self) -> None:
        """Go to the first box of the form."""
        self.focus_cell(self._fields[0].cell)

    @property
    def focused_cell(self) -> str:
        """The box that has the focus; empty when none has."""
        field = self.focusWidget()
        return field.cell if isinstance(field, NumberField) and field.hasFocus() else ""

    def _step(self, step: Step) -> None:
        field = self.sender()
        if not isinstance(field, NumberField):
            return
        at = self._fields.index(field)
        if step in (Step.PREVIOUS, Step.CROSS) and self._return_to:
            self.focus_cell(self._return_to)
            self._return_to = ""
        elif step is Step.CROSS:
            field.cross_out(tentative=True)
        elif step is Step.NEXT:
            if at + 1 < len(self._fields):
                self.focus_cell(self._fields[at + 1].cell)
            else:
                self.finished.emit()
        elif step is Step.PREVIOUS and at:
            self.focus_cell(self._fields[at - 1].cell)
        elif step in (Step.UP, Step.DOWN):
            self._step_row(field, 1 if step is Step.DOWN else -1)
        elif step in (Step.NEXT_PAGE, Step.PREVIOUS_PAGE):
            self._turn(1 if step is Step.NEXT_PAGE else -1)
        elif step is not Step.PREVIOUS:
            self.asked.emit(step)

    def _step_row(self, field: NumberField, by: int) -> None:
        rows = [row for page in self._pages for row in page.rows]
        at = next(index for index, row in enumerate(rows) if field in row)
        if not 0 <= at + by < len(rows):
            return
        column = counts.column(field.cell)
        target = rows[at + by]
        same = (other for other in target if counts.column(other.cell) == column)
        self.focus_cell(next(same, target[-1]).cell)

    def _turn(self, by: int) -> None:
        at = self._stack.currentIndex() + by
        if 0 <= at < len(self._pages):
            self.focus_cell(self._pages[at].fields[0].cell)

    def _page_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            here = self._shown[self._stack.currentIndex()].number
            button.setChecked(int(button.property("number")) == here)
            self.focus_cell(self._pages[int(button.property("page"))].fields[0].cell)

    def _show_page(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.page_shown.emit(self._shown[at].number)
        if self.parties is not None:
            self.show_progress(self.cells)
            for button in self.parties.findChildren(QPushButton):
                button.setChecked(button.property("number") == self._shown[at].number)

    # Parties

    def begin_party(self) -> None:
        """Ask for the number of a party, where the form has parties."""
        if self.parties is not None:
            self.parties.begin()

    def _go_to_party(self, number: int) -> None:
        """Go to the first box of a party; 0 is the next that is not filled, then the last page."""
        at = self._stack.currentIndex()
        if not number:
            number = next_party(self._contest, self.cells, after=self._shown[at].party)
        pages = (at for at, shown in enumerate(self._shown) if shown.party == number)
        at = next(pages, len(self._pages) - 1) if number else len(self._pages) - 1
        self.focus_cell(self._pages[at].fields[0].cell)

    def _go_back(self) -> None:
        page = self._pages[self._stack.currentIndex()]
        last = page.focusWidget()
        field = last if isinstance(last, NumberField) else page.fields[0]
        self.focus_cell(field.cell)

    # Size

    @property
    def narrowest(self) -> int:
        """Width with which every page can still be read and typed well."""
        return max(page.width_with(_NARROW) for page in self._pages)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give each page the largest digits with which it need not be scrolled."""
        super().resizeEvent(event)
        high, wide = self._stack.height(), self._stack.width()
        largest = [self._fitting(page, high, wide) for page in self._pages]
        for page, size in zip(self._pages, largest, strict=True):
            page.set_digit_size(min(size, min(largest) * _MOST_APART))
            page.use_room(high)

    def _fitting(self, page: FormPage, high: int, wide: int) -> float:
        fitting = (
            size
            for size in _SIZES
            if page.height_with(size) <= high and page.width_with(size) <= wide
        )
        return next(fitting, _SCROLLING)
