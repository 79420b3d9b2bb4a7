"""What is typed at the side of the Pleno page: turns, who attends, what is put on record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pleno.attendance_panel import AttendancePanel
from recap_desktop.desk.pleno.incident_panel import IncidentForm, IncidentList
from recap_desktop.desk.pleno.pleno_layout import PlenoLayout
from recap_desktop.desk.pleno.turn_form import TurnForm
from recap_desktop.election.records.plenary import Presence, Turn
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.plenary.plenaries import (
    answer_incident,
    attend,
    declare,
    plenary,
    put_on_record,
)

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.plenary import Incident
    from recap_desktop.office.plenary.agenda import AgendaItem


class PlenoForms(PlenoLayout):
    """One form at a time beside the agenda; whoever lists the agenda says what is chosen there."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Nothing is being typed."""
        super().__init__(session, parent)
        self._form: QWidget | None = None

    @property
    def row(self) -> AgendaItem | None:
        """The row that is chosen."""
        return self._model.row(self.table.currentIndex())

    def refresh(self) -> None:
        """Read the plenary and its agenda again."""
        raise NotImplementedError

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

    def _tell(self, text: str) -> None:
        if self.isVisible():
            self.foot.say(text, Hue.CARE)
