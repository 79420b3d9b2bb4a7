"""Pleno above a kecamatan: each office below is read out as it came, corrected, or put off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pieces.decision_form import DecisionForm
from recap_desktop.desk.pleno.agenda_rows import child_agenda_columns
from recap_desktop.desk.pleno.child_sheet_panel import ACTS, ChildSheetPanel
from recap_desktop.desk.pleno.pleno_page import PlenoPage
from recap_desktop.desk.pleno.station_picker import StationPicker
from recap_desktop.desk.upward.difference_form import DifferenceForm
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.records.plenary import Phase
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.records.unit_records import Outcome
from recap_desktop.office.plenary.child_reading import (
    Heard,
    child_sheet,
    next_unread_child,
    read_child,
)
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.upward import unit_figures
from recap_desktop.office.upward.children import Came

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recap_desktop.desk.pieces.table_model import Column
    from recap_desktop.desk.session import Session
    from recap_desktop.office.plenary.agenda import AgendaItem
    from recap_desktop.office.plenary.child_reading import ChildCorrection, ChildSheet


class AbovePage(PlenoPage):
    """The agenda of offices below; the one that is read out takes the room of the agenda."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """No office below is before the hall."""
        super().__init__(session, parent)
        self._sheet: ChildSheet | None = None
        self._asking: QWidget | None = None
        self.sheet = ChildSheetPanel(session)
        self.body.addWidget(self.sheet)
        self.foot.typed.connect(self._take_digit)
        self.foot.pointed.connect(self._scroll)
        self.foot.went_back.connect(self._step_back)
        self.sheet.corrections.chosen.connect(self._look_at)
        self.sheet.corrections.table.left.connect(self.foot.take_focus)
        for act, button in self.sheet.buttons.items():
            button.clicked.connect(partial(self._act, act))
        session.contest_changed.connect(self._forget_sheet)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.sheet)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._step_back)

    # The agenda

    @property
    def shown(self) -> ChildSheet | None:
        """The sheet that is before the hall; None while the agenda is."""
        return self._sheet

    def refresh(self) -> None:
        """Read the agenda again, and the sheet that is before the hall."""
        super().refresh()
        if self._sheet is not None:
            self._show_sheet(self._sheet.child.code)

    def _columns(self) -> list[Column[AgendaItem]]:
        return child_agenda_columns(self._session, self.palette())

    def _open_row(self, rows: Sequence[AgendaItem]) -> int:
        following = next_unread_child(
            self._session.office, self._session.contest_id, order=[row.unit for row in rows]
        )
        last = len(rows) - 1
        return next((at for at, row in enumerate(rows) if row.unit == following), last)

    @property
    def _is_finished(self) -> bool:
        return bool(self.rows and self.rows[-1].revision)

    def _phase_text(self, phase: Phase) -> str:
        code = "none-above" if phase is Phase.NONE else phase.value
        return self._words[f"desk.pleno.say.{code}"]

    def ask_to_print(self) -> None:
        """Ask for the book of the office: sheets of offices below are their own."""
        self.print_asked.emit("")

    def _show_row(self) -> None:
        if self._sheet is None:
            super()._show_row()

    def _offer_row(self, row: AgendaItem) -> None:
        session, words = self._session, self._words
        if row.heard is None and not row.is_ready and not row.revision:
            read = sum(one.heard is Heard.READ for one in self.rows)
            said = words("desk.child.final", read=read, offices=len(self.rows) - 1)
            self.foot.say(said, Hue.CARE)
            following = self._next_child()
            if following:
                self._offer_child(following)
            else:
                self.foot.offer(words["desk.papers.to-missing"], self.missing.open_first)
        elif row.heard is None:
            super()._offer_row(row)
        elif session.office.code in self._closed:
            self._offer_next_open()
        elif row.came is Came.NOTHING:
            self.foot.say(words("desk.child.nothing", name=row.name), Hue.CARE)
            self.foot.offer(words["desk.child.put-off"], partial(self._begin_postponing, row.unit))
        else:
            self.foot.say(words["desk.child.say-row"])
            self._offer_child(row.unit)

    @property
    def _closed(self) -> frozenset[str]:
        return frozenset(row.unit for row in self.rows if row.revision)

    def _next_child(self) -> str:
        order = [row.unit for row in self.rows]
        return next_unread_child(self._session.office, self._session.contest_id, order=order)

    def _offer_child(self, unit: str) -> None:
        name = full_name(self._session.office.election.tree, unit)
        text = self._words("desk.child.read", name=name)
        self.foot.offer(text, partial(self.read_out, unit))

    # One sheet before the hall

    def read_out(self, unit: str) -> None:
        """Put the sheet of an office below before the hall."""
        self._drop_form()
        self._drop_asking()
        self.choose(unit)
        self._show_sheet(unit)
        self.body.setCurrentWidget(self.sheet)
        self.foot.take_focus()

    def _show_sheet(self, unit: str) -> None:
        session, words = self._session, self._words
        found = child_sheet(session.office, session.contest_id, unit)
        self._sheet = found
        form = session.office.election.form(session.contest_id)
        names = Phrasing(words, form, session.contest)
        self.sheet.show_sheet(found, self._came(found), names)
        may = session.office.can_write and session.office.code not in self._closed
        for button in self.sheet.buttons.values():
            button.setEnabled(may)
        if self._asking is None:
            self._offer_reading_of(found)

    def _came(self, sheet: ChildSheet) -> str:
        words, child = self._words, sheet.child
        text = words[f"child.{child.came.value}"]
        if child.came is Came.RECEIVED:
            date = words.date(child.date)
            text = words("desk.child.came", number=child.revision, date=date)
        heard = words[f"heard.{sheet.heard.value}"]
        if sheet.heard is Heard.POSTPONED:
            heard = words("desk.child.why-postponed", heard=heard, reason=sheet.reason)
        parts = [text, f"TPS {child.done}/{child.stations}", heard]
        if child.has_alarm:
            parts.append(words["desk.terima.state-alarm"])
        if child.disputed:
            parts.append(words("desk.terima.state-disputed", count=child.disputed))
        return " · ".join(parts)

    def _offer_reading_of(self, sheet: ChildSheet) -> None:
        words = self._words
        self.foot.offer_other(words["desk.pleno.back"], self._leave_sheet)
        if plenary(self._session.office).phase is not Phase.OPEN:
            self.foot.say(words["desk.child.not-open"], Hue.CARE)
            self.foot.offer(words["desk.pleno.back"], self._leave_sheet)
            self.foot.no_other()
        elif sheet.heard is Heard.READ:
            self.foot.say(words("desk.child.was-read", name=sheet.child.name), Hue.GOOD)
            following = self._next_child()
            if following:
                self._offer_child(following)
            else:
                self.foot.offer(words["desk.child.to-end"], self._go_to_end)
        elif waiting := [one for one in sheet.corrections if one.waits]:
            # What was ruled here and what came later: neither counts until it is decided.
            station = self._session.station(waiting[0].tps)
            self.foot.say(words("desk.child.say-waits", count=len(waiting)), Hue.WRONG)
            self.foot.offer(
                words("desk.child.decide", station=station), partial(self._look_at, waiting[0])
            )
        else:
            again = sheet.heard is Heard.AGAIN
            code = "say-again" if again else "say-sheet"
            self.foot.say(words[f"desk.child.{code}"], Hue.CARE if again else Hue.QUIET)
            self._offer(Deed.READ_OUT, words["desk.child.record"], self._record_reading)

    def _record_reading(self) -> None:
        sheet, session = self._sheet, self._session
        if sheet is None or not self._may_act():
            return
        act = partial(
            read_child, session.office, session.contest_id, sheet.child.code, by=session.person
        )
        if session.record(act):
            self.foot.take_focus()

    def _go_to_end(self) -> None:
        self._leave_sheet()
        self.table.selectRow(len(self.rows) - 1)
        self.foot.take_focus()

    def _forget_sheet(self) -> None:
        """Of another contest it is another sheet."""
        self._drop_asking()
        self._sheet = None
        self.body.setCurrentWidget(self.hall)

    def _leave_sheet(self) -> None:
        """Back to the agenda."""
        self._forget_sheet()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _step_back(self) -> None:
        """From what is typed to the sheet, from the sheet to the agenda."""
        if self._asking is not None:
            self._leave_asking()
        elif self._sheet is not None:
            self._leave_sheet()

    def _scroll(self) -> None:
        if self._sheet is not None and self._asking is None:
            self.sheet.go_down()

    # What is decided about it

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
        """A TPS is opened; a difference can be taken back."""
        if one.tps:
            self._session.station_asked.emit(one.tps)
            return
        if not self._may_act():
            return
        words = self._words
        title = words["desk.unit.withdraw-title"]
        form = DecisionForm(self._session, title, usual="withdraw-difference")
        text = words["desk.unit.withdraw"]
        self._ask_decision(form, text, partial(self._withdraw, one.record, form))

    def _withdraw(self, record: str, form: DecisionForm) -> None:
        session = self._session
        act = partial(
            unit_figures.withdraw_difference,
            session.office,
            session.contest_id,
            record,
            decision=form.decision,
        )
        if session.record(act):
            self._leave_asking()

    def take_focus(self) -> None:
        """Go to the sheet that is before the hall, or as ever."""
        if self._sheet is not None:
            self.foot.take_focus()
        else:
            super().take_focus()


def page_of(session: Session) -> PlenoPage:
    """Pleno of an office: above a kecamatan offices below are read out instead of TPS."""
    is_above = level_of(session.office.code) is not Level.KECAMATAN
    return AbovePage(session) if is_above else PlenoPage(session)
