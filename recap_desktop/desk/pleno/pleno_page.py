"""Pleno: the session, the desa in their order, who attends, what is put on record, and closing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pleno.agenda_rows import agenda_columns
from recap_desktop.desk.pleno.attendance_panel import AttendancePanel
from recap_desktop.desk.pleno.closing_panel import ReopeningForm, SignersForm
from recap_desktop.desk.pleno.incident_panel import IncidentForm, IncidentList
from recap_desktop.desk.pleno.pleno_layout import PlenoLayout
from recap_desktop.desk.pleno.turn_form import TurnForm
from recap_desktop.election.records.plenary import Phase, Presence, Turn
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.wording import time_text
from recap_desktop.office.plenary import closing
from recap_desktop.office.plenary.agenda import agenda, moved, next_contest
from recap_desktop.office.plenary.hall import expected_place, expected_signers
from recap_desktop.office.plenary.plenaries import (
    answer_incident,
    attend,
    declare,
    deed_of,
    plenary,
    put_on_record,
)
from recap_desktop.office.plenary.read_back import next_unread
from recap_desktop.office.plenary.seats import seats

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.plenary import Incident
    from recap_desktop.office.plenary.agenda import AgendaItem

_NEXT_TURN = {
    Phase.NONE: Turn.OPENED,
    Phase.SUSPENDED: Turn.RESUMED,
    Phase.ENDED: Turn.OPENED,
}


class PlenoPage(PlenoLayout):
    """One page for who leads the plenary; figures are typed on the entry page."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Read where the plenary stands."""
        super().__init__(session, parent)
        self._form: QWidget | None = None
        self._stale = True
        self._connect()

    def _connect(self) -> None:
        for turn, button in self.turns.items():
            button.clicked.connect(partial(self._begin_turn, turn))
        self.attending.clicked.connect(self.show_attendance)
        self.speaking.clicked.connect(self.show_incidents)
        self.table.taken.connect(self._take)
        self.table.shifted.connect(self._shift)
        self.table.selectionModel().currentRowChanged.connect(self._look_at_row)
        session = self._session
        for signal in (session.recorded, session.contest_changed, session.person_changed):
            signal.connect(self._grow_stale)
        session.told.connect(self._tell)

    # Looking

    def _grow_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again if something was recorded meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read the plenary and its agenda again."""
        self._stale = False
        session, chosen = self._session, self.row
        held = plenary(session.office)
        phase = held.phase.value
        since = time_text(held.turns[-1].body["at"]) if held.turns else ""
        self.phase.set_text(self._words(f"desk.pleno.phase.{phase}", time=since))
        about = self._words("desk.pleno.about", place=held.place, leader=held.leader or "…")
        self.about.set_text(about if held.place else "")
        for turn, button in self.turns.items():
            may = session.office.can_write and session.allows(deed_of(turn))
            button.setVisible(may and turn in held.may)
        rows = agenda(session.office, session.contest_id)
        self._model.show(agenda_columns(session, self.palette()), rows)
        self.show_widths()
        at = next((at for at, row in enumerate(rows) if chosen and row.unit == chosen.unit), 0)
        if chosen is None:
            at = next((at for at, row in enumerate(rows) if not row.revision), len(rows) - 1)
        self.table.selectRow(at)
        self._show_row()

    @property
    def rows(self) -> tuple[AgendaItem, ...]:
        """The agenda as it is shown."""
        return self._model.rows

    @property
    def row(self) -> AgendaItem | None:
        """The row that is chosen."""
        return self._model.row(self.table.currentIndex())

    def choose(self, unit: str) -> None:
        """Go to the row of a unit."""
        at = next(at for at, row in enumerate(self.rows) if row.unit == unit)
        self.table.selectRow(at)

    def _look_at_row(self, index: QModelIndex) -> None:
        if index.isValid() and self._form is None:
            self._show_row()

    def _unit(self, row: AgendaItem) -> str:
        return "" if row.unit == self._session.office.code else row.unit

    def _show_row(self) -> None:
        """Say what is missing of a desa, and offer the one next step."""
        if self._form is not None:
            return
        row, session, words = self.row, self._session, self._words
        self.side.setCurrentWidget(self.missing)
        self.foot.no_other()
        if row is None:
            return
        faults = closing.missing(session.office, session.contest_id, unit=self._unit(row))
        self.missing.show_faults(() if row.revision else faults)
        phase = plenary(session.office).phase
        if phase in _NEXT_TURN and not row.revision:
            turn = _NEXT_TURN[phase]
            self.foot.say(words[f"desk.pleno.say.{phase.value}"])
            text = words[f"desk.pleno.turn.{turn.value}"]
            self._offer(deed_of(turn), text, partial(self._begin_turn, turn))
        elif row.revision:
            self.foot.say(
                words("desk.pleno.say.closed", name=row.name, number=row.revision), Hue.GOOD
            )
            self._offer_next_open()
            if session.allows(Deed.REOPEN):
                self.foot.offer_other(words["desk.pleno.reopen"], self._begin_reopening)
        elif row.is_ready:
            self.foot.say(words("desk.pleno.say.ready", name=row.name), Hue.GOOD)
            text, deed = words("desk.pleno.close", name=row.name), closing.deed_now(session.office)
            self._offer(deed, text, self._begin_closing)
        else:
            self._offer_reading(row)
        self.foot.next_button.setEnabled(session.office.can_write)

    def _offer_reading(self, row: AgendaItem) -> None:
        session, words = self._session, self._words
        following = next_unread(session.office, session.contest_id, after="", under=self._unit(row))
        self.foot.say(words("desk.pleno.say.reading", name=row.name))
        if following:
            text = words("desk.pleno.read", station=session.station(following))
            self.foot.offer(text, partial(session.station_asked.emit, following))
        else:
            self.foot.offer(words["desk.papers.to-missing"], self.missing.open_first)

    def _offer_next_open(self) -> None:
        """After the last row of a contest its agenda goes on with the next contest."""
        session, words = self._session, self._words
        following = next_contest(session.office, session.contest_id)
        if following and all(row.revision for row in self.rows):
            text = words("desk.pleno.next-contest", contest=session.contest_name(following))
            self.foot.offer(text, partial(session.choose_contest, following))
        else:
            self.foot.offer(words["desk.pleno.next-row"], self._go_to_open_row)

    def _go_to_open_row(self) -> None:
        for at, row in enumerate(self.rows):
            if not row.revision:
                self.table.selectRow(at)
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _take(self) -> None:
        self.foot.next_button.click()

    def _shift(self, by: int) -> None:
        """Take a desa earlier or later; only the agenda changes, never a sheet."""
        row, session = self.row, self._session
        held = plenary(session.office)
        if (
            row is None
            or not self._unit(row)
            or Turn.CHANGED not in held.may
            or not self._may_act()
        ):
            return
        order = moved([other.unit for other in self.rows if self._unit(other)], row.unit, by)
        change = partial(declare, session.office, Turn.CHANGED, by=session.person, agenda=order)
        session.record(change)

    # Forms at the side

    def _may_act(self) -> bool:
        """Whether somebody said who types; else it is asked first."""
        if not self._session.person:
            self._tell(self._words["desk.pleno.who"])
        return bool(self._session.person)

    def _show_form(self, form: QWidget, first: QWidget, *, last: QWidget | None = None) -> None:
        self._drop_form()
        self._form = form
        self.side.addWidget(form)
        self.side.setCurrentWidget(form)
        self.foot.offer_other(self._words["desk.act.give-up"], self.leave_form)
        if last is not None:
            self.setTabOrder(last, self.foot.next_button)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _drop_form(self) -> None:
        if self._form is not None:
            self.side.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None

    @property
    def form(self) -> QWidget | None:
        """What is being typed at the side."""
        return self._form

    def leave_form(self) -> None:
        """Put the form away; what is recorded stays."""
        self._drop_form()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _begin_turn(self, turn: Turn) -> None:
        if self._may_act():
            form = TurnForm(self._session, turn, plenary(self._session.office))
            self._show_form(form, form.first, last=form.fields[-1])
            self.foot.say(self._words[f"desk.pleno.title.{turn.value}"])
            self.foot.offer(
                self._words[f"desk.pleno.turn.{turn.value}"], partial(self._declare, form)
            )

    def _declare(self, form: TurnForm) -> None:
        session = self._session
        act = partial(
            declare,
            session.office,
            form.turn,
            by=session.person,
            at=form.at.text().strip(),
            place=form.place.text(),
            leader=form.leader.text(),
            reason=form.reason.text(),
        )
        if session.record(act):
            session.access_changed.emit()
            self.leave_form()

    def show_attendance(self) -> None:
        """Show who attends, and type more."""
        if self._may_act():
            panel = AttendancePanel(self._session)
            self._show_form(panel, panel.name, last=panel.mandate)
            self.foot.offer_other(self._words["desk.pleno.back"], self.leave_form)
            self.foot.say(self._words["desk.pleno.say.attendance"])
            text = self._words["desk.pleno.attend"]
            self._offer(Deed.ATTENDANCE, text, partial(self._attend, panel))

    def _attend(self, panel: AttendancePanel) -> None:
        session = self._session
        act = partial(
            attend,
            session.office,
            by=session.person,
            seat=str(panel.seat.currentData()),
            name=panel.name.text(),
            contest=panel.contest,
            mandate=panel.mandate.text(),
            presence=Presence(panel.presence.currentData()),
            replaces=panel.replaces,
        )
        if session.record(act):
            panel.refresh()
            panel.go_on()

    def show_incidents(self) -> None:
        """Show what was put on record of the contest."""
        panel = IncidentList(self._session)
        panel.chosen.connect(self._answer)
        self._show_form(panel, panel.table)
        self.foot.offer_other(self._words["desk.pleno.back"], self.leave_form)
        self.foot.say(self._words["desk.pleno.say.incidents"])
        row = self.row
        unit = row.unit if row else self._session.office.code
        self._offer(Deed.INCIDENT, self._words["desk.pleno.speak"], partial(self.speak, unit))

    def speak(self, unit: str) -> None:
        """Put something on record about a unit."""
        if self._may_act():
            form = IncidentForm(self._session, unit=unit)
            self._show_form(form, form.first, last=form.settled)
            self.foot.say(self._words["desk.pleno.say.speak"])
            self.foot.offer(self._words["desk.pleno.put-on-record"], partial(self._record, form))

    def _answer(self, known: Incident) -> None:
        if self._may_act():
            form = IncidentForm(self._session, unit=known.unit, known=known)
            self._show_form(form, form.first, last=form.settled)
            self.foot.say(self._words["desk.pleno.say.answer"])
            self.foot.offer(self._words["desk.pleno.put-answer"], partial(self._record, form))

    def _record(self, form: IncidentForm) -> None:
        session, said = self._session, form.speech
        if form.known is None:
            act = partial(
                put_on_record, session.office, session.contest_id, said, by=session.person
            )
        else:
            act = partial(
                answer_incident,
                session.office,
                session.contest_id,
                form.known.id,
                by=session.person,
                answer=said.answer,
                settled=said.settled,
            )
        if session.record(act):
            self.show_incidents()

    # Closing

    def _begin_closing(self) -> None:
        row, session = self.row, self._session
        if row is None or not self._may_act():
            return
        form = SignersForm(session, seats(session.office, session.contest_id))
        form.show_signers(expected_signers(session.office, session.contest_id))
        form.place.setText(expected_place(session.office, session.contest_id))
        self._show_form(form, self.foot.next_button, last=form.last)
        self.foot.say(self._words("desk.pleno.say.sign", name=row.name), Hue.CARE)
        self.foot.offer(
            self._words("desk.pleno.close", name=row.name), partial(self._close, form, row)
        )

    def _close(self, form: SignersForm, row: AgendaItem) -> None:
        session = self._session
        act = partial(
            closing.close,
            session.office,
            session.contest_id,
            by=form.by.text(),
            signers=form.signers,
            place=form.place.text(),
            unit=self._unit(row),
        )
        if session.record(act):
            session.access_changed.emit()
            self.leave_form()

    def _begin_reopening(self) -> None:
        if self._may_act():
            form = ReopeningForm(self._session)
            self._show_form(form, form.reason, last=form.decided_by)
            self.foot.say(self._words["desk.papers.reopen-say"], Hue.CARE)
            self.foot.offer(self._words["desk.papers.reopen-do"], partial(self._reopen, form))

    def _reopen(self, form: ReopeningForm) -> None:
        row, session = self.row, self._session
        if row is None:
            return
        act = partial(
            closing.reopen_contest,
            session.office,
            session.contest_id,
            by=form.by.text(),
            reason=form.reason.text(),
            decided_by=form.decided_by.text(),
            unit=self._unit(row),
        )
        if session.record(act):
            session.access_changed.emit()
            self.leave_form()

    def _tell(self, text: str) -> None:
        if self.isVisible():
            self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go to the agenda, or to what is being typed."""
        if self._form is None:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._form.setFocus(Qt.FocusReason.TabFocusReason)
