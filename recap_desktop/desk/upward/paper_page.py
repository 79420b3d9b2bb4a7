"""Totals of a paper D.HASIL of an office below, typed on the form as on paper, until its package comes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from recap_desktop.desk.entry.findings_panel import FindingsPanel
from recap_desktop.desk.entry.form_judging import judged_form
from recap_desktop.desk.entry.number_field import Step
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepBar
from recap_desktop.office.upward import unit_figures
from recap_desktop.office.upward.unit_checks import judge_totals
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.entry.entry_form import EntryForm
    from recap_desktop.desk.entry.form_judging import FormJudging
    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.office.upward.children import Child

_LETTERS = 40


class PaperPage(QWidget):
    """The form of the contest with the totals of one office below; ``left`` leads back.

    What is typed and not recorded is kept as a draft, as that of a TPS is.

    Attributes:
        form: of the contest; None before it was first shown.
        told: what does not add up, of what was typed so far.
    """

    left = Signal(str, Hue)

    def __init__(self, session: Session) -> None:
        """No office below is typed."""
        super().__init__()
        self._session = session
        self._unit = self._name = ""
        self.form: EntryForm | None = None
        self._judging: FormJudging | None = None
        self.told: list[Finding] = []
        self._title, self._why = PlainLabel(), PlainLabel(lines=2)
        sized(self._title, 1.4, bold=True)
        self.findings = FindingsPanel(session.words)
        self.findings.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self.findings.jumped.connect(self._jump)
        self._place = QHBoxLayout()
        self._place.addWidget(self.findings, 1)
        self.foot = StepBar()
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.setSpacing(4)
        box.addWidget(self._title)
        box.addWidget(self._why)
        box.addLayout(self._place, 1)
        box.addWidget(self.foot)
        self.foot.went_back.connect(self._to_last)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)
        session.contest_changed.connect(self._drop_form)

    # Opening

    def open_child(self, child: Child) -> None:
        """Show what was typed of an office below, or an empty form."""
        session, words = self._session, self._session.words
        self._unit, self._name = child.code, child.name
        self._title.set_text(words("desk.paper-total.title", name=child.name))
        self._why.set_text(words["desk.paper-total.why"])
        if self.form is None:
            self._draw()
        form = self._form
        before = unit_figures.paper_totals(session.office, session.contest_id).get(child.code)
        kept = session.drafts.find(session.contest_id, child.code) if session.drafts else None
        cells = kept.cells if kept is not None else before.cells if before else {}
        form.show_cells(cells)
        self._judge.begin(cells)
        self._look()
        self._offer(differs=before is not None and before.differs, stands=bool(before))
        form.focus_first()

    @property
    def _form(self) -> EntryForm:
        assert self.form is not None
        return self.form

    @property
    def _judge(self) -> FormJudging:
        assert self._judging is not None
        return self._judging

    def _draw(self) -> None:
        self.form, self._judging = judged_form(self._session, self._session.contest_id)
        self.form.let_type()
        self.form.figure_changed.connect(self._typed)
        self.form.cell_left.connect(self._cell_left)
        self.form.finished.connect(self.foot.take_focus)
        self.form.asked.connect(self._asked)
        # The form is what is typed; in a small window the findings give way.
        self.form.setMinimumWidth(self.form.narrowest)
        self._place.insertWidget(0, self.form, 5)

    def _drop_form(self) -> None:
        """Another contest has another form."""
        form, self.form = self.form, None
        if form is not None:
            self._place.removeWidget(form)
            form.hide()
            form.deleteLater()
            if self.isVisible():
                self._leave()

    def _offer(self, *, differs: bool, stands: bool) -> None:
        words = self._session.words
        code = "differs" if differs else "say"
        self.foot.say(words[f"desk.paper-total.{code}"], Hue.CARE if differs else Hue.QUIET)
        self.foot.offer(words["desk.paper-total.record"], self._record)
        if stands:
            self.foot.offer_other(words["desk.paper-total.take-back"], self._take_back)
        else:
            self.foot.offer_other(words["desk.act.give-up"], self._leave)
        self.foot.next_button.setEnabled(self._session.office.can_write)

    # Typing

    def _typed(self, cell: str) -> None:
        self._judge.typed(cell)
        self._keep()
        self._look()

    def _cell_left(self, cell: str) -> None:
        self._judge.left(cell)
        self._look()

    def _keep(self) -> None:
        session = self._session
        if session.drafts:
            session.drafts.keep(session.contest_id, self._unit, self._form.cells)

    def _asked(self, step: Step) -> None:
        """The star leads to what is done with what was typed, the slash to what does not add up."""
        if step in (Step.ZEROS, Step.SAVE):
            self.foot.take_focus()
        elif step is Step.LEAVE:
            self._leave()
        elif step is Step.FINDING and self.told:
            self._jump(self.told[0].cells[0])

    def _look(self) -> None:
        """Sums beside the totals, and what does not add up of what was passed."""
        form, judging = self._form, self._judge
        cells = form.cells
        form.show_sums(judging.sums.of(cells))
        session = self._session
        found = judge_totals(session.office, session.contest_id, cells)
        told = self.told = judging.reached(found)
        form.show_marks(judging.marks(told), judging.texts(told))
        form.show_progress(cells)
        if cells:
            self.findings.show_findings(told, judging.say, _unmarked)
        else:
            self.findings.show_nothing()

    def _jump(self, cell: str) -> None:
        self._form.focus_cell(cell)

    def _to_last(self) -> None:
        if self.form is not None:
            self.form.focus_cell(self.form.order[-1])

    # Recording

    def _record(self) -> None:
        if not self._form.cells:
            self.foot.say(self._session.words["desk.paper-total.nothing"], Hue.CARE)
            return
        self._judge.done()
        self._look()
        self._put(dict(self._form.cells), "recorded")

    def _take_back(self) -> None:
        self._put({}, "taken-back")

    def _put(self, cells: dict[str, int], code: str) -> None:
        session = self._session
        act: Callable[[], object] = partial(
            unit_figures.type_paper_total,
            session.office,
            session.contest_id,
            self._unit,
            cells=cells,
            by=session.person,
        )
        try:
            act()
        except KnownProblem as problem:
            self.foot.say(session.problem_text(problem), Hue.CARE)
            return
        if session.drafts:
            session.drafts.drop(session.contest_id, self._unit)
        session.record(_nothing)
        self.left.emit(session.words(f"desk.paper-total.{code}", name=self._name), Hue.GOOD)

    def _leave(self) -> None:
        self.left.emit("", Hue.QUIET)

    @property
    def looked_at(self) -> tuple[str, str]:
        """The office whose paper is typed, and the box one is in."""
        return self._unit, self._form.focused_cell if self.form is not None else ""

    def take_focus(self) -> None:
        """Go to the box one was in."""
        if self.form is not None and self.form.focused_cell == "":
            self.form.focus_first()


def _unmarked(_: Finding) -> str:
    """Nobody says of a sum that it stands so on the paper."""
    return ""


def _nothing() -> None:
    """What was recorded already is only told."""
