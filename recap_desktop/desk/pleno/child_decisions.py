"""What is decided about an office below while its sheet is before the hall: TPS, differences, delay."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pieces.decision_form import DecisionForm
from recap_desktop.desk.pleno.child_sheet_panel import ACTS, ChildSheetPanel
from recap_desktop.desk.pleno.pleno_page import PlenoPage
from recap_desktop.desk.pleno.station_picker import StationPicker
from recap_desktop.desk.upward.difference_form import DifferenceForm
from recap_desktop.election.definitions.regions import level_of
from recap_desktop.election.records.unit_records import Outcome
from recap_desktop.office.plenary.child_reading import read_child
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.upward import unit_figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.session import Session
    from recap_desktop.office.plenary.child_reading import ChildCorrection, ChildSheet


class ChildDecisions(PlenoPage):
    """The sheet of an office below, and one form at a time beside it or in its place.

    Attributes:
        sheet: where the sheet is shown.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """No office below is before the hall."""
        super().__init__(session, parent)
        self._sheet: ChildSheet | None = None
        self._asking: QWidget | None = None
        self.sheet = ChildSheetPanel(session)
        self.body.addWidget(self.sheet)
        self.foot.typed.connect(self._take_digit)
        self.sheet.corrections.chosen.connect(self._look_at)
        self.sheet.corrections.table.left.connect(self.foot.take_focus)
        for act, button in self.sheet.buttons.items():
            button.clicked.connect(partial(self._act, act))

    @property
    def shown(self) -> ChildSheet | None:
        """The sheet that is before the hall; None while the agenda is."""
        return self._sheet

    def read_out(self, unit: str) -> None:
        """Put the sheet of an office below before the hall."""
        raise NotImplementedError

    def _leave_sheet(self) -> None:
        """Back to the agenda."""
        raise NotImplementedError

    def _take_digit(self, digit: str) -> None:
        at = int(digit) - 1
        if self._sheet is None or self._asking is not None:
            return
        if 0 <= at < len(ACTS):
            self.sheet.buttons[ACTS[at]].click()
        elif at == len(ACTS) and self.sheet.corrections.rows:
            self.sheet.corrections.take_focus()

    def _act(self, act: str) -> None:
        sheet = self._sheet
        if sheet is None or not self._may_act():
            return
        begin: dict[str, Callable[[], None]] = {
            "station": self._ask_station,
            "difference": self._ask_difference,
            "postpone": partial(self._begin_postponing, sheet.child.code),
        }
        begin[act]()

    def _ask(self, form: QWidget, text: str, act: Callable[[], object]) -> None:
        self._drop_asking()
        self._asking = form
        self.foot.offer(text, act)
        self.foot.offer_other(self._words["desk.act.give-up"], self._leave_asking)

    def _drop_asking(self) -> None:
        form, self._asking = self._asking, None
        if isinstance(form, DifferenceForm):
            self.body.removeWidget(form)
            form.deleteLater()
            self.body.setCurrentWidget(self.sheet)
        elif form is not None:
            self.sheet.drop_form(form)

    def _leave_asking(self) -> None:
        self._drop_asking()
        self.refresh()
        self.foot.take_focus()

    def _ask_station(self) -> None:
        assert self._sheet is not None
        picker = StationPicker(self._session, self._sheet.child.code)
        picker.chosen.connect(self._open_station)
        self._ask(picker, self._words["desk.child.station-go"], picker.take)
        self.sheet.show_form(picker)
        self.foot.say(self._words["desk.child.station-say"])
        picker.take_focus()

    def _open_station(self, tps: str) -> None:
        self._drop_asking()
        self._session.station_asked.emit(tps)

    def _ask_difference(self) -> None:
        assert self._sheet is not None
        session, child = self._session, self._sheet.child
        (total,) = totals(
            session.office, session.contest_id, level=level_of(child.code), under=child.code
        )
        form = DifferenceForm(session, child.code, child.name, total.sums)
        form.finished.connect(self.foot.take_focus)
        text = self._words["desk.unit.record-difference"]
        self._ask(form, text, partial(self._record_difference, form))
        self.body.addWidget(form)
        self.body.setCurrentWidget(form)
        self.foot.say(self._words["desk.unit.say-difference"])
        form.take_focus()

    def _record_difference(self, form: DifferenceForm) -> None:
        session = self._session
        act = partial(
            unit_figures.add_difference,
            session.office,
            session.contest_id,
            form.unit,
            cells=form.cells,
            decision=form.why.decision,
        )
        if session.record(act):
            self._leave_asking()

    def _begin_postponing(self, unit: str) -> None:
        if not self._may_act():
            return
        if self._sheet is None:
            self.read_out(unit)
        words = self._words
        form = DecisionForm(
            self._session,
            words["desk.child.postpone-title"],
            usual="postpone",
            only_reason=True,
        )
        self._ask_decision(form, words["desk.child.put-off"], partial(self._postpone, unit, form))

    def _ask_decision(self, form: DecisionForm, text: str, act: Callable[[], object]) -> None:
        form.finished.connect(self.foot.take_focus)
        self._ask(form, text, act)
        self.sheet.show_form(form)
        self.foot.say("")
        form.take_focus()

    def _postpone(self, unit: str, form: DecisionForm) -> None:
        session = self._session
        act = partial(
            read_child,
            session.office,
            session.contest_id,
            unit,
            by=form.decision.by,
            outcome=Outcome.POSTPONED,
            reason=form.decision.reason,
        )
        if session.record(act):
            self._leave_sheet()
            self.table.selectRow(self._open_row(self.rows))
            self.foot.take_focus()

    def _look_at(self, one: ChildCorrection) -> None:
        """A TPS is opened; a difference can be taken back, or kept where its figures changed."""
        if one.tps:
            self._session.station_asked.emit(one.tps)
        elif not self._may_act():
            return
        elif one.waits:
            words = self._words
            self.foot.say(words["desk.unit.moved"], Hue.CARE)
            self.foot.offer("", self._leave_asking)
            self.foot.no_other()
            self.foot.choices.ask(
                [
                    (words["desk.unit.keep"], partial(self._ask_about, one, "keep")),
                    (words["desk.unit.withdraw"], partial(self._ask_about, one, "withdraw")),
                ],
                back=(words["desk.act.give-up"], self._leave_asking),
            )
        else:
            self._ask_about(one, "withdraw")

    def _ask_about(self, one: ChildCorrection, act: str) -> None:
        words = self._words
        form = DecisionForm(
            self._session, words[f"desk.unit.{act}-title"], usual=f"{act}-difference"
        )
        record = partial(self._record_about, one.record, act, form)
        self._ask_decision(form, words[f"desk.unit.{act}"], record)

    def _record_about(self, record: str, act: str, form: DecisionForm) -> None:
        session = self._session
        acts = {
            "keep": unit_figures.keep_difference,
            "withdraw": unit_figures.withdraw_difference,
        }
        done = partial(
            acts[act], session.office, session.contest_id, record, decision=form.decision
        )
        if session.record(done):
            self._leave_asking()
