"""Isi: choose a TPS, type its form, see what does not fit, save, go on to the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from recap_desktop.desk.appearance import Hue
from recap_desktop.desk.entry_form import EntryForm
from recap_desktop.desk.entry_layout import EntryLayout
from recap_desktop.desk.form_judging import FormJudging, judged_form
from recap_desktop.desk.number_field import Step
from recap_desktop.desk.standing_words import StandingWords
from recap_desktop.desk.typed_station import TypedStation
from recap_desktop.election.wording import time_text
from recap_desktop.office.overview import next_unfinished
from recap_desktop.office.ruling import Decision
from recap_desktop.office.stations import Act
from recap_desktop.office.zero_filling import fillable_with_zero

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.desk.session import Session

_SHORT = 40
_DIGITS, _GROUPING = "0123456789", "., "


class EntryPage(EntryLayout):
    """One TPS at a time, from its number to the saved form.

    What is typed is kept as a draft on every key; leaving the TPS, the page or the program in
    any way loses nothing.
    """

    overview_asked = Signal()

    def __init__(
        self, session: Session, names: Iterable[str], parent: QWidget | None = None
    ) -> None:
        """An empty page; ``names`` are those that typed on this machine before."""
        super().__init__(session, names, parent)
        self._session = session
        self._words = session.words
        self._forms: dict[str, tuple[EntryForm, FormJudging]] = {}
        self._open: TypedStation | None = None
        self._wanted = ""
        self._saying = StandingWords(session)
        self._connect()
        self._use_contest()
        self._show_person()

    def _connect(self) -> None:
        session = self._session
        self.chooser.chosen.connect(self.open_station)
        self.findings.jumped.connect(self._jump)
        self.ruling.begun.connect(self._begin_ruling)
        self.ruling.given_up.connect(self._drop_draft)
        self.ruling.decided.connect(self._decide)
        self.ruling.history_asked.connect(self._ask_history)
        session.person_changed.connect(self._begin_work)
        session.contest_changed.connect(self._change_contest)
        session.recorded.connect(self.refresh)
        session.access_changed.connect(self._see_access)
        session.told.connect(self._tell)

    # The form of the contest

    @property
    def form(self) -> EntryForm:
        """The form of the contest that is looked at."""
        return self._forms[self._session.contest_id][0]

    @property
    def _judging(self) -> FormJudging:
        return self._forms[self._session.contest_id][1]

    @property
    def station(self) -> str:
        """The TPS that is open; empty when none is."""
        return self._open.tps if self._open else ""

    def _use_contest(self) -> None:
        key = self._session.contest_id
        if key not in self._forms:
            form, judging = judged_form(self._session)
            form.figure_changed.connect(self._typed)
            form.cell_left.connect(self._left)
            form.finished.connect(self.foot.take_focus)
            form.asked.connect(self._asked)
            form.paste_asked.connect(self._ask_paste)
            self._forms[key] = (form, judging)
            self._stack.addWidget(form)
        if self._session.person:
            self._stack.setCurrentWidget(self.form)

    def _change_contest(self) -> None:
        self._use_contest()
        tables = self._session.office.file.contests[self._session.contest_id]
        if self._open and tables.tally(self.station) is not None:
            self.open_station(self.station)
        else:
            self._close_station()

    # Who types

    def _show_person(self) -> None:
        if self._session.person:
            return
        self.person.ask()
        self._stack.setCurrentWidget(self.person)
        self.chooser.setEnabled(False)
        self._side.hide()
        self.foot.no_other()
        self.foot.say(self._words["desk.person.say"])
        self.foot.offer(self._words["desk.person.go"], self.person.take)

    def ask_person(self) -> None:
        """Ask anew who types; what was typed stays as a draft."""
        self._wanted = self.station
        self._session.person = ""
        self._show_person()
        self.take_focus()

    def _begin_work(self) -> None:
        self.chooser.setEnabled(True)
        self._side.show()
        self._stack.setCurrentWidget(self.form)
        if self._wanted:
            self._open_wanted()
        else:
            self._close_station()
            self._offer_draft()

    def _offer_draft(self) -> None:
        drafts = self._session.drafts
        left = drafts.all(self._session.contest_id) if drafts else []
        if left:
            name = self._session.station(left[0].tps)
            self.foot.say(self._words("desk.entry.draft-left", station=name), Hue.CARE)
            self._wanted = left[0].tps
            self.foot.offer(self._words["desk.entry.draft-open"], self._open_wanted)

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
        self.chooser.go_near(tps)
        self._show_standing(self._open)
        if self._open.may_type:
            self._restore_draft(self._open)
            self.form.focus_first()
        elif self._open.draft and Act.CORRECT in self._open.standing.acts:
            self._begin_ruling(Act.CORRECT)
            self._restore_draft(self._open)
        else:
            self.chooser.take_focus()

    def _show_standing(self, station: TypedStation) -> None:
        now = station.standing
        self.title.set_text(self._session.station(station.tps))
        self.form.setEnabled(True)
        self.form.show_notes({})
        self.form.show_cells(now.cells)
        self.ruling.show()
        self.ruling.show_standing(now, self._saying.why(now))
        self._judging.begin(now.cells)
        if station.may_type:
            self.form.let_type()
            self.foot.say(self._saying.opened(now))
            self.foot.offer(self._words["desk.entry.save"], self._save)
        else:
            self.form.only_show()
            self.foot.say(self._saying.why(now).replace("\n", " "))
            self._offer_next()
        self.foot.no_other()
        self._look()

    def _close_station(self) -> None:
        self._open = None
        self.title.set_text("")
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

    def refresh(self) -> None:
        """Look again, where nothing is being typed."""
        self.chooser.refresh()

    def _see_access(self) -> None:
        """What may be typed can have changed elsewhere, by a close or by going on as a new post."""
        if self._open is not None:
            before = self._open.standing.access
            self._open.look_again()
            if self._open.standing.access is not before:
                self.open_station(self.station)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """See whether the open TPS may still be typed."""
        super().showEvent(event)
        self._see_access()

    # Typing

    @property
    def _is_typing(self) -> bool:
        return self._open is not None and (self._open.may_type or self.ruling.act is Act.CORRECT)

    def _typed(self, cell: str) -> None:
        self._judging.typed(cell)
        if self._open:
            self._open.keep(self.form.cells)
        self._look()

    def _left(self, cell: str) -> None:
        # A form that is put away loses the focus too; it is no longer the one that is judged.
        if self._open and self.sender() is self.form:
            self._judging.left(cell)
            self._look()

    def _look(self) -> None:
        cells = self.form.cells
        found = self._judging.findings(self.station, cells) if self._open else []
        self.form.show_sums(self._judging.sums.of(cells))
        self.form.show_marks(self._judging.marks(found), self._judging.texts(found))
        self.findings.show_findings(found, self._judging.phrasing)

    def _asked(self, step: Step) -> None:
        if step is Step.SAVE:
            self._save()
        elif step is Step.ZEROS:
            self._fill_zeros()
        elif step is Step.FINDING:
            order = self.form.order
            self._jump(self.findings.next_after(self.form.focused_cell, order))
        elif step is Step.LEAVE:
            self.chooser.take_focus()

    def _jump(self, cell: str) -> None:
        if cell:
            self.form.focus_cell(cell)

    def _fill_zeros(self) -> None:
        if not self._is_typing:
            return
        blank = self.form.blank_cells_here()
        cells = fillable_with_zero(self._session.layout, blank)
        if not cells:
            self.foot.say(self._words["desk.entry.no-zeros"])
            return
        here = self.form.focused_cell
        self.form.fill(cells, 0)
        self._typed(here)
        names = "; ".join(self._judging.phrasing.cell(cell) for cell in cells)
        text = self._words("desk.entry.zeros", count=len(cells), cells=names)
        self.foot.say(text, Hue.CHANGED)

    def _ask_paste(self, text: str) -> None:
        """A figure with dots or spaces is pasted only when somebody says that it is one."""
        self.foot.say(self._words("desk.entry.paste", text=text[:_SHORT]), Hue.CARE)
        digits = "".join(letter for letter in text if letter in _DIGITS)
        if digits and set(text) <= set(_DIGITS + _GROUPING):
            named = self._words("desk.entry.paste-as", digits=digits)
            self.foot.offer_other(named, partial(self._paste, self.form.focused_cell, int(digits)))

    def _paste(self, cell: str, figure: int) -> None:
        self.foot.no_other()
        self.form.fill((cell,), figure)
        self._typed(cell)
        self.form.focus_cell(cell)

    # Saving

    def _save(self) -> None:
        if self._open is None or not self._is_typing:
            return
        self._judging.done()
        self._look()
        if self.ruling.act is Act.CORRECT:
            self.ruling.ask_reason()
        elif not self.form.cells:
            self.foot.say(self._words["desk.entry.nothing"], Hue.CARE)
        elif self._open.save(self.form.cells):
            self._after_saving(self._open)

    def _after_saving(self, station: TypedStation) -> None:
        station.look_again()
        self._show_standing(station)
        self._judging.done()
        self._look()
        self.foot.say(self._saying.saved(station.tps, self.form.cells), Hue.GOOD)
        self._offer_next()
        self.foot.take_focus()

    def _offer_next(self) -> None:
        session = self._session
        following = next_unfinished(session.office, session.contest_id, after=self.station)
        if following and session.office.can_write:
            name = session.station(following)
            self.foot.offer(self._words("desk.entry.next", station=name), self._open_next)
        else:
            self.foot.offer(self._words["desk.entry.to-overview"], self.overview_asked.emit)

    def _open_next(self) -> None:
        session = self._session
        following = next_unfinished(session.office, session.contest_id, after=self.station)
        if following:
            self.open_station(following)

    # Decisions

    def _begin_ruling(self, act: Act) -> None:
        if self._open is None:
            return
        now = self._open.standing
        self.ruling.begin(act)
        if act is not Act.CORRECT:
            self.foot.say(self._words[f"desk.ruling.say.{act.value}"])
            self.ruling.ask_reason()
            return
        self.form.let_type()
        self.form.show_notes(self._saying.values(now))
        self.foot.say(self._words["desk.ruling.say.correct"])
        self.foot.offer(self._words["desk.ruling.to-reason"], self._save)
        first = self.findings.next_after("", self.form.order) or self.form.order[0]
        self.form.focus_cell(next(iter(now.differing), first))

    def _decide(self, act: Act) -> None:
        if self._open is None:
            return
        decision = Decision(
            by=self._session.person,
            reason=self.ruling.reason.text(),
            raised_by=self.ruling.raised_by.text(),
            decided_by=self.ruling.decided_by.text(),
        )
        if self._open.decide(act, self.form.cells, decision=decision):
            self._after_saving(self._open)

    def _ask_history(self) -> None:
        self._session.history_asked.emit(self.station)

    def _tell(self, text: str) -> None:
        self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go where the work is: the name, the chooser, or the form."""
        if not self._session.person:
            self.person.take_focus()
        elif self._is_typing and self.form.focused_cell == "":
            self.form.focus_first()
        else:
            self.chooser.take_focus()
