"""Pleno above a kecamatan: each office below is read out as it came, corrected, or put off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pleno.agenda_rows import child_agenda_columns
from recap_desktop.desk.pleno.child_decisions import ChildDecisions
from recap_desktop.desk.pleno.pleno_page import PlenoPage
from recap_desktop.desk.upward.signed_field import SignedField
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.records.plenary import Phase
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.plenary.child_reading import (
    Heard,
    child_sheet,
    next_unread_child,
    read_child,
)
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.office.upward.children import Came

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.pieces.table_model import Column
    from recap_desktop.desk.session import Session
    from recap_desktop.office.plenary.agenda import AgendaItem
    from recap_desktop.office.plenary.child_reading import ChildSheet


class AbovePage(ChildDecisions):
    """The agenda of offices below; the one that is read out takes the room of the agenda."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """No office below is before the hall."""
        super().__init__(session, parent)
        self.foot.pointed.connect(self._scroll)
        self.foot.went_back.connect(self._step_back)
        session.contest_changed.connect(self._forget_sheet)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.sheet)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._step_back)

    # The agenda

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

    def open_unit(self, unit: str) -> None:
        """Show the sheet of an office below."""
        self.refresh()
        self.read_out(unit)

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
        if sheet.paper:
            parts.append(words("desk.child.paper-differs", count=len(sheet.paper)))
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
            one = waiting[0]
            code = "say-waits" if one.tps else "say-moved"
            count = sum(bool(other.tps) for other in waiting)
            self.foot.say(words(f"desk.child.{code}", count=count), Hue.WRONG)
            place = self._session.station(one.tps) if one.tps else sheet.child.name
            self.foot.offer(words("desk.child.decide", station=place), partial(self._look_at, one))
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

    def take_focus(self) -> None:
        """Go to the sheet that is before the hall, or as ever."""
        if self._sheet is not None:
            self.foot.take_focus()
        else:
            super().take_focus()

    @property
    def looked_at(self) -> tuple[str, str]:
        """The box of a difference, the correction that is marked, the sheet, or the chosen row."""
        box, sheet = self.focusWidget(), self._sheet
        if sheet is None:
            return super().looked_at
        if isinstance(box, SignedField):
            return sheet.child.code, box.cell
        one = self.sheet.corrections.row if self.sheet.corrections.table.hasFocus() else None
        if one is not None:
            return one.tps or one.unit, next(iter(one.cells), "")
        return sheet.child.code, ""


def page_of(session: Session) -> PlenoPage:
    """Pleno of an office: above a kecamatan offices below are read out instead of TPS."""
    is_above = level_of(session.office.code) is not Level.KECAMATAN
    return AbovePage(session) if is_above else PlenoPage(session)
