"""The form to be typed: drawn from the form definition, page by page, in the order of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from recap_desktop.desk.form_page import FormPage
from recap_desktop.desk.number_field import NumberField, Step
from recap_desktop.desk.typefaces import sized
from recap_desktop.election import counts
from recap_desktop.election.arrangements import arrange
from recap_desktop.election.captions import Captions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QResizeEvent

    from recap_desktop.desk.session import Session
    from recap_desktop.election.forms import Severity

PAPER = "c-hasil"
_SIZES = (36.0, 33.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 19.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0)
_SCROLLING = 16.0
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

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Draw the C.HASIL of the contest that is looked at."""
        super().__init__(parent)
        self._words = session.words
        self._stack = QStackedWidget()
        self._pages: list[FormPage] = []
        self._draw(session)
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
        box.addWidget(self._stack, 1)
        self._show_page(0)

    def _draw(self, session: Session) -> None:
        election = session.office.election
        form = election.form(session.contest_id)
        paper = form.papers[PAPER]
        captions = Captions.of(election, session.contest_id)
        sections = arrange(form, paper, captions).sections
        numbers = sorted({section.page for section in paper.sections})
        for number in numbers:
            on_page = [
                arranged
                for arranged, section in zip(sections, paper.sections, strict=True)
                if section.page == number
            ]
            page = FormPage(on_page, paper.columns, self._words)
            self._pages.append(page)
            self._stack.addWidget(page)
        if len(numbers) > 1:
            for page in self._pages:
                self._add_buttons(page, numbers)

    def _add_buttons(self, page: FormPage, numbers: list[int]) -> None:
        """Each page bears the buttons of all, its own pressed."""
        for at, number in enumerate(numbers):
            button = QPushButton(self._words("desk.entry.page", number=str(number)))
            button.setCheckable(True)
            button.setChecked(self._pages[at] is page)
            button.setProperty("page", at)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            sized(button, 0.84, bold=self._pages[at] is page)
            button.setFixedHeight(round(button.fontMetrics().height() * 1.5))
            button.clicked.connect(self._page_clicked)
            page.bar.addWidget(button)
        page.bar.addStretch(1)

    # Figures

    @property
    def cells(self) -> dict[str, int]:
        """What is typed; a blank box is absent."""
        figures = ((field.cell, field.figure) for field in self._fields)
        return {cell: figure for cell, figure in figures if figure is not None}

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
        for field in self._fields:
            field.show_figure(cells.get(field.cell))

    def fill(self, cells: Iterable[str], figure: int) -> None:
        """Put one figure into some boxes."""
        for cell in cells:
            self._by_cell[cell].show_figure(figure)

    def blank_cells_here(self) -> list[str]:
        """Blank boxes of the page that is shown."""
        page = self._pages[self._stack.currentIndex()]
        return [field.cell for field in page.fields if field.figure is None]

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
            field.setToolTip(texts.get(field.cell, ""))
            field.setAccessibleDescription(texts.get(field.cell, ""))

    def show_sums(self, sums: Mapping[str, int]) -> None:
        """Show beside each total what its parts add up to."""
        for field in self._fields:
            field.set_sum(sums.get(field.cell))

    def show_notes(self, notes: Mapping[str, str]) -> None:
        """Show a small text in some boxes while they are blank, e.g. the values that differ."""
        for field in self._fields:
            field.set_note(notes.get(field.cell, ""))

    def name_cells(self, names: Mapping[str, str]) -> None:
        """Give every box the name by which it is read out."""
        for field in self._fields:
            field.setAccessibleName(names[field.cell])

    # Walking

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
        if step is Step.NEXT:
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
            at = int(button.property("page"))
            button.setChecked(self._stack.currentIndex() == at)
            self.focus_cell(self._pages[at].fields[0].cell)

    def _show_page(self, at: int) -> None:
        self._stack.setCurrentIndex(at)

    # Size

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
