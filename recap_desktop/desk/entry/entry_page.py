"""Isi: choose a TPS, type its form, see what does not fit, save, go on to the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from recap_desktop.desk.entry.next_station import NextStation
from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.entry.typed_station import TypedStation
from recap_desktop.desk.entry.typing_page import TypingPage
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.scans.scan_question import ScanQuestion
from recap_desktop.election.wording import time_text
from recap_desktop.office.entry.next_form import said_elsewhere
from recap_desktop.office.entry.stations import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.desk.session import Session


class EntryPage(TypingPage):
    """One TPS at a time, from its number to the saved form; every key is kept as a draft."""

    overview_asked = Signal()

    def __init__(
        self, session: Session, names: Iterable[str], parent: QWidget | None = None
    ) -> None:
        """An empty page; ``names`` are those that typed on this machine before."""
        super().__init__(session, names, parent)
        self._wanted = ""
        self._is_of_other_contest = self._is_going_on = False
        self._next = NextStation(session, self.foot)
        self._scanning = ScanQuestion(
            session, self.foot, to_station=self.open_station, back=self._back_to
        )
        self._connect()
        self._show_person()

    def _connect(self) -> None:
        session = self._session
        self.chooser.chosen.connect(self.open_station)
        self.findings.jumped.connect(self._jump_to_finding)
        self.ruling.begun.connect(self._begin_ruling)
        self.ruling.left.connect(self.chooser.take_focus)
        self.ruling.went_back.connect(self.foot.take_focus)
        self.ruling.unreasoned.connect(lambda: self._tell(session.words["problem.reason-missing"]))
        self.ruling.decided.connect(self._decide)
        self.ruling.history_asked.connect(lambda: session.history_asked.emit(self.station))
        self.foot.typed.connect(self._begin_number)
        self.foot.slashed.connect(session.trouble_asked)
        self.foot.went_back.connect(self._go_back)
        self.foot.pointed.connect(self._point)
        self.foot.starred.connect(self._choose_decision)
        self.chooser.field.stepped.connect(self._choose_decision)
        self.scans.scanned.connect(self._scanned)
        session.person_changed.connect(self._begin_work)
        session.left.connect(self._ask_again)
        self.person.stepped.connect(self.foot.say)
        session.contest_changed.connect(self._change_contest)
        session.recorded.connect(self.chooser.refresh)
        session.access_changed.connect(self._see_access)
        session.in_one_go_changed.connect(self._offer_again)
        session.told.connect(self._tell)
        self.beside.attaching.done.connect(self._go_on_typing)

    # The contest that is looked at

    def _change_contest(self) -> None:
        self._is_of_other_contest = not self.isVisible()
        if self._is_of_other_contest:
            return
        held = self._session.office.file.contests[self._session.contest_id].station_keys()
        self._wanted = self._wanted if self._wanted in held else ""
        if not self._session.person:
            self._open = None
            return
        self._stack.setCurrentWidget(self.form)
        if self._is_going_on:
            self._open = None
        elif self.station in held:
            self.open_station(self.station)
        else:
            self._close_station()

    # Who types

    def _show_person(self) -> None:
        if self._session.person:
            return
        self.person.ask()
        self._stack.setCurrentWidget(self.person)
        self._show_tools(is_shown=False)
        self.foot.no_other()
        self.foot.say(self._words["desk.person.say"])
        self.foot.offer(self._words["desk.person.go"], self.person.take)
        self.person.offer_stay(self.foot)

    def ask_person(self) -> None:
        """Ask anew who types; what was typed stays as a draft."""
        self.person.let_stay(self._session.person)
        self._session.leave()
        self._ask_again()

    def _ask_again(self) -> None:
        self._wanted = self.station
        self._show_person()
        if self.isVisible():
            self.take_focus()

    def _begin_work(self) -> None:
        self._show_tools(is_shown=True)
        self._stack.setCurrentWidget(self.form)
        if self._wanted:
            self._open_wanted()
        else:
            self._close_station()
            self._offer_draft()

    def _offer_draft(self) -> None:
        drafts = self._session.drafts
        here = self._session.contest_id
        # Of this contest first; those of the others are not forgotten.
        found = sorted(drafts.everywhere() if drafts else [], key=lambda form: form[0] != here)
        if found:
            contest, left = found[0]
            name = self._session.form_name(contest, left.tps)
            self.foot.say(self._words("desk.entry.draft-left", station=name), Hue.CARE)
            to_form = partial(self.open_form, contest, left.tps)
            self.foot.offer(self._words["desk.entry.draft-open"], to_form)

    def _open_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        self.open_station(wanted)

    # Opening a TPS

    def open_station(self, tps: str) -> None:
        """Show the form of a TPS, with what was typed of it and not saved."""
        if not self._session.person:
            self._wanted = tps
            self._show_person()
            self.take_focus()
            return
        self._open = TypedStation(self._session, tps)
        self._look_elsewhere(tps)
        self.chooser.go_near(tps)
        self._show_standing(self._open)
        if self._open.may_type:
            self._restore_draft(self._open)
            self.form.focus_first()
            QTimer.singleShot(0, self, self._make_ahead)
        elif self._open.draft and Act.CORRECT in self._open.standing.acts:
            self._begin_ruling(Act.CORRECT)
            self._restore_draft(self._open)
        else:
            self.form.show_first()
            self.chooser.take_focus()

    def _show_standing(self, station: TypedStation) -> None:
        now = station.standing
        self.title.set_text(self._session.station(station.tps))
        self.beside.show_station(station.tps)
        self.form.setEnabled(True)
        self.form.show_notes({})
        self.form.show_cells(station.shown)
        self._zeros.forget()
        self._unlikely.forget()
        self.foot.choices.forget()
        self._is_saved = False
        self.ruling.show()
        self.ruling.show_standing(now, self._saying.why(now))
        self._judging.begin(station.shown)
        if station.may_type:
            self.form.let_type()
            self._offer_save(station)
        else:
            self.form.only_show()
            self.foot.say(self._saying.why(now).replace("\n", " "))
            self._offer_next()
        self.foot.no_other()
        self._look()

    def _scanned(self, text: str) -> None:
        if not self._session.person:
            return
        now = self._open
        unsaved = now is not None and self._is_typing and now.draft is not None
        cell = self.form.focused_cell
        self._scanning.scanned(text, station=self.station, unsaved=unsaved, cell=cell)

    def open_form(self, contest_id: str, tps: str) -> None:
        """Show the form of a TPS in a contest."""
        # What was open is not opened, nor closed, once more in the other contest.
        self._is_going_on = True
        self._session.choose_contest(contest_id)
        self._is_going_on = False
        self.open_station(tps)

    def _look_elsewhere(self, tps: str) -> None:
        """See how the other contests of a TPS stand, and what they say of its voters."""
        session = self._session
        self.contests.show_station(tps)
        self._elsewhere = {}
        if tps and self.contests.has_a_choice:
            self._elsewhere = said_elsewhere(
                session.office, session.contest_id, tps, person=session.person_id
            )

    def _close_station(self) -> None:
        self._open = None
        self._look_elsewhere("")
        self.title.set_text("")
        self.beside.show_station("")
        self.form.show_cells({})
        self.form.only_show()
        self._look()
        self.form.setEnabled(False)
        self.ruling.hide()
        self.chooser.refresh()
        self.foot.no_other()
        self.foot.say(self._words["desk.entry.choose"])
        self._offer_next()
        self.chooser.take_focus()

    def _restore_draft(self, station: TypedStation) -> None:
        kept = station.draft
        if kept is None:
            return
        self.form.show_cells(kept.cells)
        self._judging.begin(kept.cells)
        self._look()
        text = self._words("desk.entry.draft-back", time=time_text(kept.time))
        self.foot.say(text, Hue.CARE)
        self.foot.offer_other(self._words["desk.entry.draft-drop"], self._drop_draft)

    def _drop_draft(self) -> None:
        if self._open:
            self._open.drop_draft()
            self.open_station(self.station)

    def _give_up(self) -> None:
        """Leave a decision; only its own figures go with it, not the typing of an entry."""
        act = self.ruling.act
        self.ruling.forget()
        if act is Act.CORRECT and self._open:
            self._open.drop_draft()
        self.open_station(self.station)

    def _see_access(self) -> None:
        """What may be typed can have changed elsewhere, by a close or by going on as a new post."""
        if self._open is not None and not self._is_of_other_contest:
            before = (self._open.standing.access, self._open.reads)
            self._open.look_again()
            if (self._open.standing.access, self._open.reads) != before:
                self.open_station(self.station)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Turn to the contest that is looked at now; see whether the open TPS may be typed."""
        super().showEvent(event)
        if self._is_of_other_contest:
            self._change_contest()
        self._see_access()

    # Saving

    def _offer_save(self, station: TypedStation) -> None:
        self._is_saved = False
        self.foot.say(self._saying.opened(station.standing))
        self.foot.offer(self._words["desk.entry.save"], self._save)

    def _save(self) -> None:
        if self._open is None or not self._is_typing:
            return
        self._judging.done()
        self._look()
        if self.ruling.act is Act.CORRECT:
            self._ask_reason(Act.CORRECT)
        elif not self.form.cells:
            self.foot.say(self._words["desk.entry.nothing"], Hue.CARE)
        elif self._open.save(self.form.cells):
            self._after_saving(self._open)

    def _after_saving(self, station: TypedStation) -> None:
        station.look_again()
        self._look_elsewhere(station.tps)
        self._show_standing(station)
        self._judging.done()
        self._look()
        self.foot.say(self._saying.saved(station.tps, self.form.cells), Hue.GOOD)
        self._offer_next()
        self._is_saved = True
        self.foot.take_focus()

    def _offer_next(self) -> None:
        to_end = self.overview_asked.emit
        self._next.offer(self.station, to_form=self.open_form, to_end=to_end)

    def _offer_again(self) -> None:
        """The next step is another one where the contests of a TPS are typed in one go."""
        if self._open is None or self._is_saved:
            self._offer_next()

    # Decisions

    def _begin_ruling(self, act: Act) -> None:
        if self._open is None:
            return
        now = self._open.standing
        self.ruling.begin(act, about=f"{self._session.contest_id} {now.tps}")
        self.foot.offer_other(self._words["desk.act.give-up"], self._give_up)
        if act is not Act.CORRECT:
            self.foot.say(self._words[f"desk.ruling.say.{act.value}"])
            self._ask_reason(act)
            return
        self.form.let_type()
        self.form.show_notes(self._saying.values(now))
        self.foot.say(self._words["desk.ruling.say.correct"])
        self.foot.offer(self._words["desk.ruling.to-reason"], self._save)
        first = self.findings.next_after("", self.form.order) or self.form.order[0]
        self.form.focus_cell(next(iter(now.differing), first))

    def _ask_reason(self, act: Act) -> None:
        """The next step records the decision from now on."""
        self.beside.show_findings()
        self.foot.offer(self._words[f"desk.ruling.save.{act.value}"], self.ruling.decide)
        self.ruling.ask_reason()

    def _decide(self, act: Act) -> None:
        if self._open is None:
            return
        decision = self.ruling.decision(self._session.person)
        if self._open.decide(act, self.form.cells, decision=decision, to=self.ruling.target.text()):
            self.ruling.forget()
            self._after_saving(self._open)

    def _tell(self, text: str) -> None:
        if not self._session.is_locked:
            self.foot.say(text, Hue.CARE)

    def _leave_folder(self) -> None:
        self._stack.setCurrentWidget(self.form)
        if self.station:
            self.open_station(self.station)
        else:
            self._close_station()

    def _go_on_typing(self) -> None:
        """Go back to the box one was in."""
        field = self.form.focusWidget()
        if self._is_typing and isinstance(field, NumberField):
            self.form.focus_cell(field.cell)
        else:
            self.take_focus()

    def take_focus(self) -> None:
        """Go where the work is: the name, the chooser, or the form."""
        if not self._session.person:
            self.person.take_focus()
        elif self._is_typing and self.form.focused_cell == "":
            self.form.focus_first()
        else:
            self.chooser.take_focus()
