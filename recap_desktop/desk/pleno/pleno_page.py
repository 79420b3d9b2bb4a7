"""Pleno: the session, the desa in their order, who attends, what is put on record, and closing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pleno.agenda_rows import agenda_columns
from recap_desktop.desk.pleno.closing_panel import ReopeningForm, SignersForm
from recap_desktop.desk.pleno.pleno_forms import PlenoForms
from recap_desktop.election.records.plenary import Phase, Turn
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.wording import time_text
from recap_desktop.office.plenary import closing
from recap_desktop.office.plenary.agenda import agenda, moved, next_contest
from recap_desktop.office.plenary.hall import expected_place, expected_signers
from recap_desktop.office.plenary.plenaries import declare, deed_of, plenary
from recap_desktop.office.plenary.read_back import next_unread
from recap_desktop.office.plenary.seats import seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.pieces.table_model import Column
    from recap_desktop.desk.session import Session
    from recap_desktop.office.plenary.agenda import AgendaItem

_NEXT_TURN = {
    Phase.NONE: Turn.OPENED,
    Phase.SUSPENDED: Turn.RESUMED,
    Phase.ENDED: Turn.OPENED,
}


class PlenoPage(PlenoForms):
    """One page for who leads the plenary; figures are typed on the entry page."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Read where the plenary stands."""
        super().__init__(session, parent)
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
        self._model.show(self._columns(), rows)
        self.show_widths()
        at = next((at for at, row in enumerate(rows) if chosen and row.unit == chosen.unit), 0)
        if chosen is None:
            at = self._open_row(rows)
        self.table.selectRow(at)
        self._show_row()

    def _columns(self) -> list[Column[AgendaItem]]:
        return agenda_columns(self._session, self.palette())

    def _open_row(self, rows: Sequence[AgendaItem]) -> int:
        """Place of the first row on which the work goes on; of the last where there is none."""
        return next((at for at, row in enumerate(rows) if not row.revision), len(rows) - 1)

    @property
    def rows(self) -> tuple[AgendaItem, ...]:
        """The agenda as it is shown."""
        return self._model.rows

    def choose(self, unit: str) -> None:
        """Go to the row of a unit."""
        at = next(at for at, row in enumerate(self.rows) if row.unit == unit)
        self.table.selectRow(at)

    def open_unit(self, unit: str) -> None:
        """Show a unit of the agenda, asked for from elsewhere."""
        self.choose(unit)

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
            self.foot.say(self._phase_text(phase))
            text = words[f"desk.pleno.turn.{turn.value}"]
            self._offer(deed_of(turn), text, partial(self._begin_turn, turn))
        else:
            self._offer_row(row)
        self.foot.next_button.setEnabled(session.office.can_write)

    def _phase_text(self, phase: Phase) -> str:
        return self._words[f"desk.pleno.say.{phase.value}"]

    def _offer_row(self, row: AgendaItem) -> None:
        """The next step of a row while the plenary goes on, or of what is closed."""
        session, words = self._session, self._words
        if row.revision:
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
        if following and self._is_finished:
            text = words("desk.pleno.next-contest", contest=session.contest_name(following))
            self.foot.offer(text, partial(session.choose_contest, following))
        else:
            self.foot.offer(words["desk.pleno.next-row"], self._go_to_open_row)

    @property
    def _is_finished(self) -> bool:
        return all(row.revision for row in self.rows)

    def _go_to_open_row(self) -> None:
        self.table.selectRow(self._open_row(self.rows))
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

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

    def take_focus(self) -> None:
        """Go to the agenda, or to what is being typed."""
        if self._form is None:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._form.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def looked_at(self) -> tuple[str, str]:
        """The unit of the chosen row; which of its figures is not said."""
        return (self.row.unit, "") if self.row is not None else ("", "")
