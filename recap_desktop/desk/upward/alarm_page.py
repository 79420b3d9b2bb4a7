"""An alarm in the window: both packages beside each other, and which of them a chair lets hold."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pieces.decision_form import DecisionForm
from recap_desktop.desk.pieces.fitted_columns import fit_columns
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.desk.upward.alarm_rows import AlarmRow, alarm_columns, alarm_rows
from recap_desktop.desk.upward.deciding_page import DecidingPage
from recap_desktop.desk.upward.paper_boxes import PaperBoxes
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.opening import open_office
from recap_desktop.office.upward import alarms
from recap_desktop.office.upward.alarm_sides import AlarmSides, alarm_sides
from recap_desktop.office.upward.receiving import require_typed
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.upward.receiving import Typed

HELD, CAME = "held", "came"


class AlarmPage(DecidingPage["DecisionForm | PaperBoxes"]):
    """One alarm at a time, the oldest first; ``left`` leads back to the offices below."""

    def __init__(self, session: Session, background: Background) -> None:
        """No alarm is looked at."""
        words = session.words
        super().__init__(session, {side: words[f"desk.alarm.{side}"] for side in (HELD, CAME)})
        self._background = background
        self._turn = 0
        self._alarm = ""
        self.sides: AlarmSides | None = None
        self._model: RowsModel[AlarmRow] = RowsModel(self)
        self.table.setModel(self._model)
        self.table.setAccessibleName(words["desk.alarm.table"])
        self.table.resized.connect(self._set_widths)
        self.foot.went_back.connect(self._step_back)
        for side, button in self.buttons.items():
            button.clicked.connect(partial(self._begin, side))

    @property
    def rows(self) -> tuple[AlarmRow, ...]:
        """What is listed of both packages."""
        return self._model.rows

    # Looking

    def look(self) -> bool:
        """Look at the oldest alarm that waits. Whether there is one."""
        session, words = self._session, self._session.words
        waiting = [one for one in alarms.alarms(session.office, session.contest_id) if one.is_open]
        if not waiting:
            return False
        self._turn += 1
        self._drop_form()
        self.sides, self._alarm = None, waiting[0].record.id
        self._model.show(alarm_columns(words, self.palette()), ())
        self._title.set_text(
            words("desk.alarm.title", name=full_name(session.office.election.tree, waiting[0].unit))
        )
        self._why.set_text(words[f"desk.alarm.why-{waiting[0].record.body['cause']}"])
        self._say(words["desk.alarm.looking"])
        work = partial(_look, session.office.file.path, session.contest_id, self._alarm)
        self._background.submit(work, partial(self._looked, self._turn))
        return True

    def _looked(self, turn: int, future: Future[AlarmSides]) -> None:
        if turn != self._turn:
            return
        session, words = self._session, self._session.words
        try:
            self.sides = sides = future.result()
        except KnownProblem as problem:
            # What was received can be let hold without it.
            text = f"{session.problem_text(problem)} {words['desk.alarm.waits']}"
            if self.form is None:
                self._say(text, Hue.WRONG)
            return
        form = session.office.election.form(sides.contest)
        names = Phrasing(words, form, session.office.election.contest(sides.contest))
        self._model.show(alarm_columns(words, self.palette()), alarm_rows(session, sides, names))
        self._set_widths()
        if self.form is None:
            self._say(words["desk.alarm.say"], Hue.CARE)

    def _say(self, text: str, hue: Hue = Hue.QUIET) -> None:
        """What can be done: a digit decides, Enter leaves everything as it is."""
        may = self._session.office.can_write and self._session.allows(Deed.DECIDE_ALARM)
        self.buttons[HELD].setEnabled(may)
        self.buttons[CAME].setEnabled(may and self.sides is not None)
        self.foot.no_other()
        self.foot.say(text, hue)
        self.foot.offer(self._session.words["desk.alarm.back"], self._leave)

    def _set_widths(self) -> None:
        fit_columns(self.table, self._model.columns, factor=1.1, head=1.0)

    def _leave(self) -> None:
        self._turn += 1
        super()._leave()

    def _offer(self) -> None:
        self._say(self._session.words["desk.alarm.say"], Hue.CARE)

    # Deciding

    def _begin(self, side: str) -> None:
        if side == HELD:
            self._ask_why(HELD, self._let_held_hold)
            return
        sides = self.sides
        assert sides is not None
        form = PaperBoxes(self._session, sides.contest, sides.name)
        self._show(
            form, self._session.words["desk.ruling.to-reason"], partial(self._typed_paper, form)
        )

    def _typed_paper(self, form: PaperBoxes) -> None:
        """What was typed is compared at once, before the reason is asked."""
        sides = self.sides
        assert sides is not None
        try:
            typed = form.typed
            require_typed(self._session.office, sides.proved, typed)
        except KnownProblem as problem:
            self.foot.say(self._session.problem_text(problem), Hue.CARE)
            form.take_focus()
            return
        self._ask_why(CAME, partial(self._let_came_hold, typed))

    def _ask_why(self, side: str, act: Callable[[DecisionForm], None]) -> None:
        words = self._session.words
        form = DecisionForm(
            self._session,
            words[f"desk.alarm.{side}-title"],
            words[f"desk.alarm.{side}-why"],
            usual=f"alarm-{side}",
        )
        self._show(form, words[f"desk.alarm.{side}"], partial(act, form))

    def _let_held_hold(self, form: DecisionForm) -> None:
        session = self._session
        act = partial(
            alarms.let_held_hold,
            session.office,
            session.contest_id,
            self._alarm,
            decision=form.decision,
        )
        if self._recorded(act):
            self._done(session.words["desk.alarm.decided-held"])

    def _let_came_hold(self, typed: Typed, form: DecisionForm) -> None:
        session = self._session
        made: list[Record] = []

        def act() -> None:
            made.extend(
                alarms.let_came_hold(
                    session.office,
                    session.contest_id,
                    self._alarm,
                    decision=form.decision,
                    typed=typed,
                )
            )

        if self._recorded(act):
            count = sum(bool(record.tps) for record in made)
            self._done(session.words("desk.alarm.decided-came", stations=count))

    def _done(self, text: str) -> None:
        """Go on with the next alarm, or back to the offices below."""
        self._drop_form()
        if self.look():
            self.foot.take_focus()
        else:
            self._turn += 1
            self.left.emit(text, Hue.GOOD)

    def stop(self) -> None:
        """Bring nothing home any more: the office is left."""
        self._turn += 1

    @property
    def looked_at(self) -> tuple[str, str]:
        """The office of the alarm."""
        return (self.sides.unit, "") if self.sides is not None else ("", "")


def _look(office_path: Path, contest_id: str, alarm: str) -> AlarmSides:
    """Open the office a second time, for reading, in the thread that proves the package."""
    office = open_office(office_path)
    try:
        return alarm_sides(office, contest_id, alarm)
    finally:
        office.close()
