"""Isi where something differs: entries settled cell by cell, rulings in conflict ended by one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.desk.entry.choice_panel import ChoicePanel
from recap_desktop.desk.entry.conflict_panel import ConflictPanel
from recap_desktop.desk.entry.difference_walk import DifferenceWalk
from recap_desktop.desk.entry.entry_page import EntryPage
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.office.entry.conflicts import sides, uphold
from recap_desktop.office.entry.differences import (
    count_differing,
    may_settle,
    next_differing,
    require_settler,
)
from recap_desktop.office.entry.stations import Access, Act, Sign
from recap_desktop.office.entry.usual_words import MOST, deciders, raisers, usual_reasons
from recap_desktop.office.plenary.reading import PLENARY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QLineEdit, QWidget

    from recap_desktop.desk.entry.entry_form import EntryForm
    from recap_desktop.desk.entry.typed_station import TypedStation
    from recap_desktop.desk.session import Session
    from recap_desktop.office.entry.ruling import Decision


class SettlingPage(EntryPage):
    """The entry page with what a third person or the plenary needs where records differ."""

    def __init__(
        self, session: Session, names: Iterable[str], parent: QWidget | None = None
    ) -> None:
        """An empty page."""
        super().__init__(session, names, parent)
        self._walks: dict[EntryForm, DifferenceWalk] = {}
        self._held = ""
        self._is_settling = False
        self.choice = ChoicePanel(session.words)
        self.conflict = ConflictPanel(session.words)
        self._stack.addWidget(self.conflict)
        self.beside.put_above(self.choice)
        self.choice.chosen.connect(self._take_value)
        self.chooser.field.slashed.connect(self.settle_next)
        session.source_changed.connect(self._say_source)

    @property
    def walk(self) -> DifferenceWalk:
        """The walk through the differing cells of the form that is shown."""
        if self.form not in self._walks:
            made = DifferenceWalk(self.form)
            made.came.connect(self._ask_cell)
            made.settled.connect(self._typed)
            made.ended.connect(self._save)
            made.waits.connect(self._say_what_waits)
            self._walks[self.form] = made
        return self._walks[self.form]

    @property
    def shows_conflict(self) -> bool:
        """Whether both sides of a conflict are on the screen."""
        return self._stack.currentWidget() is self.conflict

    def _take_value(self, number: int) -> None:
        self.walk.choose(number)

    def _say_source(self) -> None:
        """From now on another paper is typed; nothing that is in the form changes."""
        self.foot.say(self._words[f"desk.source.say-{self._session.source.value}"])

    # Opening

    def open_station(self, tps: str) -> None:
        """Show the form of a TPS; where records differ, Enter begins to settle that."""
        self._is_settling = False
        super().open_station(tps)
        now = self._open
        if now is None or now.reads or self.ruling.act is not None or not now.standing.acts:
            return
        session = self._session
        settles = now.standing.access is Access.DIFFERS and may_settle(
            session.office, session.contest_id, tps, by=session.person
        )
        if settles:
            self.foot.offer(self._words["desk.settling.begin"], self._begin_correcting)
            self.foot.take_focus()
        elif now.standing.access is Access.CONFLICT:
            self._offer_sides()

    def _show_standing(self, station: TypedStation) -> None:
        self._end_settling()
        if self.shows_conflict:
            self._stack.setCurrentWidget(self.form)
        super()._show_standing(station)
        if station.standing.access is Access.CONFLICT and not station.reads:
            self._show_conflict(station)

    def _close_station(self) -> None:
        self._end_settling()
        super()._close_station()
        session = self._session
        count = count_differing(session.office, session.contest_id)
        if count and session.office.can_write:
            text = self._words("desk.settling.begin-all", count=count)
            self.foot.offer_other(text, self.settle_next)

    def _end_settling(self) -> None:
        self._held = ""
        for walk in self._walks.values():
            walk.end()
        self.choice.hide()

    # Decisions

    def _begin_correcting(self) -> None:
        self._begin_ruling(Act.CORRECT)

    def _begin_ruling(self, act: Act) -> None:
        now = self._open
        if now is None:
            return
        differs = now.standing.sign is Sign.DIFFERS or bool(now.standing.differing)
        if act is Act.CORRECT and differs:
            self._begin_walk(now)
            return
        super()._begin_ruling(act)
        self._offer_words(act.value)

    def _offer_words(self, what: str) -> None:
        """Offer usual words of a decision by number; in the plenary it is the plenary's."""
        session = self._session
        self.ruling.offer(
            reasons=self._reasons(what),
            raisers=raisers(session.office, session.contest_id, self._words),
            deciders=deciders(session.office, session.contest_id, self._words),
        )
        if session.is_reading:
            self.ruling.presume(PLENARY)

    def _reasons(self, what: str) -> tuple[str, ...]:
        """Usual reasons; of accepting first what was said of the findings beforehand."""
        said = self._marks.reasons if what == Act.ACCEPT.value else ()
        usual = usual_reasons(self._words, what)
        return tuple(dict.fromkeys((*said, *usual)))[:MOST]

    def _begin_asking(self, title: str, what: str, *, waits: bool = False) -> None:
        """Get ready to ask for a reason; outside the plenary nobody else raised or decided it."""
        about = f"{self._session.contest_id} {self.station}"
        asks: tuple[QLineEdit, ...] = ()
        if what == "settle" and not self._session.is_reading:
            asks = (self.ruling.reason,)
        self.ruling.begin(
            Act.CORRECT, about=about, title=self._words[title], asks=asks, waits=waits
        )
        self._offer_words(what)
        self.foot.offer_other(self._words["desk.act.give-up"], self._give_up)

    # Cell by cell

    def settle_next(self) -> None:
        """Go on with the TPS that is open, where it differs, else with the next one that does."""
        session = self._session
        if not session.person:
            return
        if self._open is not None and self._open.standing.access is Access.DIFFERS:
            self.begin_settling(self.station)
            return
        after = self.station or self.chooser.near
        following = next_differing(
            session.office, session.contest_id, by=session.person, after=after
        )
        if following:
            self.begin_settling(following)
        else:
            # Nothing for this person to settle: what else must be looked at.
            session.trouble_asked.emit()

    def begin_settling(self, tps: str) -> None:
        """Open a TPS and begin with the first cell that differs."""
        self.open_station(tps)
        if self.ruling.act is None:
            self._begin_correcting()

    def _begin_walk(self, station: TypedStation) -> None:
        session, now = self._session, station.standing
        if not session.attempt(
            lambda: require_settler(session.office, session.contest_id, now.tps, by=session.person)
        ):
            return
        is_conflict = now.access is Access.CONFLICT
        self._stack.setCurrentWidget(self.form)
        self._held = ""
        code = "desk.conflict.by-cell-title" if is_conflict else "desk.settling.reason-title"
        self._begin_asking(code, "conflict" if is_conflict else "settle", waits=True)
        self.form.show_cells(now.cells)
        self.form.show_notes(self._saying.values(now))
        self._judging.begin(now.cells)
        self.walk.begin(now.differing)
        self._look()
        self._say_what_differs()
        self.walk.go_on()

    def _say_what_differs(self) -> None:
        self.foot.say(self._words("desk.settling.say", count=len(self.walk.cells)))
        self.foot.offer(self._words["desk.ruling.to-reason"], self._save)

    def _restore_draft(self, station: TypedStation) -> None:
        super()._restore_draft(station)
        if self.walk.is_on and station.draft is not None:
            self.walk.take_over(station.draft.cells)
            self.foot.offer_other(self._words["desk.act.give-up"], self._give_up)
            self.walk.go_on()

    def _ask_cell(self, cell: str) -> None:
        walk = self.walk
        shown = self.conflict.sides if self._is_conflict else ()
        values = walk.values(cell)
        said = [self._posts_of(cell, value) for value in values] if shown else []
        at = (walk.cells.index(cell) + 1, len(walk.cells)) if cell in walk.cells else (0, 0)
        self.choice.ask(
            self._judging.names.cell(cell),
            values,
            at=at,
            said_by=said,
            types_other=walk.types_other,
        )

    @property
    def _is_conflict(self) -> bool:
        return self._open is not None and self._open.standing.access is Access.CONFLICT

    def _posts_of(self, cell: str, value: int | None) -> str:
        own = (side for side in self.conflict.sides if side.cells.get(cell) == value)
        return ", ".join(dict.fromkeys(map(self.conflict.post, own)))

    def _say_what_waits(self) -> None:
        count = len(self.walk.open_cells)
        self.foot.say(self._words("desk.settling.waits", count=count), Hue.CARE)

    def _look(self) -> None:
        """What is found of figures that are not chosen yet would say that they are blank."""
        super()._look()
        if self._open is None or not self._walks or not self.walk.is_on:
            return
        waiting = set(self.walk.open_cells)
        found = self._judging.findings(self.station, self.form.cells)
        told = [finding for finding in found if not waiting & set(finding.cells)]
        self.form.show_marks(self._judging.marks(told), self._judging.texts(told))
        if told or not waiting:
            self.findings.show_findings(told, self._judging.say, self._marks.line)
        else:
            self.findings.show_nothing()

    def _save(self) -> None:
        if self.walk.is_on and self.walk.open_cells:
            self.walk.go_on()
            self._say_what_waits()
        else:
            super()._save()

    def _go_back(self) -> None:
        if self.walk.is_on:
            self._say_what_differs()
            self.ruling.put_off()
            self.walk.go_back()
        else:
            super()._go_back()

    def _ask_reason(self, act: Act) -> None:
        self.choice.hide()
        super()._ask_reason(act)
        if act is not Act.CORRECT or not (self._held or self.walk.is_on):
            return
        code = "conflict" if self._is_conflict else "settling"
        self.foot.say(self._words["desk.settling.say-reason"])
        self.foot.offer(self._words[f"desk.{code}.save"], self.ruling.decide)

    # Both sides of a conflict

    def _show_conflict(self, station: TypedStation) -> None:
        session = self._session
        found = sides(session.office, session.contest_id, station.tps)
        self.conflict.show_sides(found, self._judging.names, session.layout.cells)
        self._stack.setCurrentWidget(self.conflict)
        # Neither side is the form: what would be found of what both say alike is not so.
        self.findings.show_nothing()
        self.ruling.explain(self._words[self._say_sides])

    @property
    def _say_sides(self) -> str:
        below = self.conflict.is_with_below
        return "desk.conflict.say-below" if below else "desk.conflict.say"

    def _offer_sides(self) -> None:
        self.foot.say(self._words[self._say_sides], Hue.CARE)
        self.foot.offer(self._words["desk.conflict.by-cell"], self._begin_correcting)
        self.foot.take_focus()

    def _begin_number(self, digit: str) -> None:
        if self.shows_conflict and self.ruling.act is None and self._open is not None:
            self._hold(int(digit))
        else:
            super()._begin_number(digit)

    @property
    def _conflict(self) -> str:
        """Whose usual reasons are offered."""
        return "conflict-below" if self.conflict.is_with_below else "conflict"

    def _hold(self, number: int) -> None:
        """One ruling holds as a whole: the reason is all that is asked."""
        if not 0 < number <= len(self.conflict.sides) or self._open is None:
            return
        side = self.conflict.sides[number - 1]
        self._held = side.ruling
        self._begin_asking("desk.conflict.by-cell-title", self._conflict)
        title = self._words("desk.conflict.holds-title", post=self.conflict.post(side))
        self.ruling.entitle(title)
        self._ask_reason(Act.CORRECT)

    def _decide(self, act: Act) -> None:
        if self._held and self._open is not None:
            self._uphold(self._open, self.ruling.decision(self._session.person))
            return
        self._is_settling = self.walk.is_on and not self._is_conflict
        super()._decide(act)

    def _uphold(self, station: TypedStation, decision: Decision) -> None:
        session = self._session
        held = self._held
        if session.record(
            lambda: uphold(
                session.office, session.contest_id, station.tps, side=held, decision=decision
            )
        ):
            station.drop_draft()
            self.ruling.forget()
            self._after_saving(station)

    def _offer_next(self) -> None:
        session = self._session
        following = ""
        if self._is_settling:
            following = next_differing(
                session.office, session.contest_id, by=session.person, after=self.station
            )
        if following:
            text = self._words("desk.settling.next", station=session.station(following))
            self.foot.offer(text, partial(self.begin_settling, following))
            return
        if self._is_settling:
            self.foot.say(self._words("desk.settling.done", said=self.foot.message), Hue.GOOD)
        super()._offer_next()

    def take_focus(self) -> None:
        """Go where the work is: to what is asked about, or to both sides of a conflict."""
        if self._session.person and self.ruling.act is not None and self.ruling.is_asking:
            self.beside.show_findings()
            self.ruling.ask_reason()
        elif self._session.person and self.walk.is_on:
            self.walk.go_on()
        elif self.shows_conflict:
            self.foot.take_focus()
        else:
            super().take_focus()
