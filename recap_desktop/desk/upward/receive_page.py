"""Kirim in an office above: what came of each office below, and how a package is taken in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.fitted_columns import fit_columns
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.step_bar import StepBar
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.desk.upward.alarm_line import AlarmLine
from recap_desktop.desk.upward.child_acts import Act, ChildActs
from recap_desktop.desk.upward.receive_forms import ReceiveForms
from recap_desktop.desk.upward.receive_rows import Told, child_columns, told_columns, told_lines
from recap_desktop.desk.upward.receive_work import ReceiveWork
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.figures.tallies import State
from recap_desktop.office.upward.alarms import alarms
from recap_desktop.office.upward.children import Child, children

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.pieces.asked_boxes import AskedBoxes
    from recap_desktop.desk.session import Session
    from recap_desktop.office.upward.package_preview import Preview
    from recap_desktop.problems import KnownProblem
    from recap_desktop.way import Way


class ReceivePage(QWidget):
    """The offices below; then a package as it was looked at; then the boxes for its paper."""

    send_asked = Signal()
    alarm_asked = Signal()
    paper_asked = Signal(object)

    def __init__(self, session: Session, settings: WindowSettings, background: Background) -> None:
        """Nothing was looked at yet."""
        super().__init__()
        self._session = session
        self._file = ""
        self.work = ReceiveWork(session, background, self)
        self.seen: Preview | None = None
        self.form: AskedBoxes | None = None
        self.forms = ReceiveForms(session, settings, background, self)
        words = session.words
        self.alarm, self._title, self._note = AlarmLine(), PlainLabel(), PlainLabel(lines=2)
        sized(self._title, 1.4, bold=True)
        self.acts = ChildActs(words)
        self.offices, self.lines = RowsTable(), RowsTable()
        self._offices: RowsModel[Child] = RowsModel(self)
        self._lines: RowsModel[Told] = RowsModel(self)
        self._bodies = QStackedWidget()
        for table, model, code in (
            (self.offices, self._offices, "offices"),
            (self.lines, self._lines, "lines"),
        ):
            table.setModel(model)
            table.setAccessibleName(words[f"desk.terima.{code}"])
            table.resized.connect(self._set_widths)
            self._bodies.addWidget(table)
        self.foot = StepBar()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.setSpacing(4)
        for widget in (self.alarm, self._title, self._note):
            box.addWidget(widget)
        box.addWidget(self.acts)
        box.addWidget(self._bodies, 1)
        box.addWidget(self.foot)

    def _connect(self) -> None:
        session = self._session
        for changed in (session.recorded, session.person_changed, session.access_changed):
            changed.connect(self.refresh)
        session.contest_changed.connect(self._begin_again)
        self.forms.looked_for.connect(self.look_at)
        self.forms.keep_asked.connect(self._keep)
        self.work.advanced.connect(self._say_advance)
        self.work.looked.connect(self._looked)
        self.work.refused.connect(self._refuse)
        self.forms.done.connect(self._tell_done)
        self.forms.refused.connect(self._refuse)
        self.foot.typed.connect(self._typed)
        self.acts.asked.connect(self._act)
        self.offices.selectionModel().currentRowChanged.connect(self._offer_acts)
        self.foot.went_back.connect(partial(self._step, -1))
        self._walking = [
            self._shortcut(key, by)
            for key, by in (
                (Qt.Key.Key_Up, -1),
                (Qt.Key.Key_Down, 1),
                (Qt.Key.Key_Plus, 1),
            )
        ]
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._begin_again)

    def _shortcut(self, key: Qt.Key, by: int) -> QShortcut:
        """A key that chooses another office while they are listed."""
        made = QShortcut(QKeySequence(key), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(partial(self._step, by))
        return made

    def _step(self, by: int) -> None:
        at = self.offices.currentIndex().row() + by
        is_listed = self._bodies.currentWidget() is self.offices
        if is_listed and 0 <= at < len(self.children_shown):
            self.offices.selectRow(at)

    # The offices below

    @property
    def children_shown(self) -> tuple[Child, ...]:
        """The offices that are listed."""
        return self._offices.rows

    @property
    def told(self) -> tuple[Told, ...]:
        """What is listed of the package."""
        return self._lines.rows

    def refresh(self) -> None:
        """Look again; what is being typed stays."""
        if self.isVisible() and self.form is None and self.seen is None:
            self._show_offices()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again: something may have been recorded meanwhile."""
        super().showEvent(event)
        self.refresh()

    def _begin_again(self) -> None:
        """Back to the offices; nothing of what was looked at is kept."""
        self.work.give_up()
        self.seen = None
        self._leave_form()
        self._show_offices()
        self.foot.take_focus()

    def _show_offices(self) -> None:
        session, words = self._session, self._session.words
        found = children(session.office, session.contest_id)
        final = sum(child.is_final for child in found)
        self._title.set_text(words("desk.terima.final", final=final, offices=len(found)))
        self._note.set_text("")
        self._note.hide()
        self._offices.show(child_columns(words, self.palette()), found)
        self._bodies.setCurrentWidget(self.offices)
        self._set_widths()
        self._show_alarms()
        if not self.offices.currentIndex().isValid() and found:
            self.offices.selectRow(0)
        self._offer_acts()
        self.foot.say(words["desk.terima.rest"])
        self.foot.offer(words["desk.terima.receive"], self._ask_file)
        self.foot.offer_other(words["desk.terima.send"], self.send_asked.emit)
        self.foot.next_button.setEnabled(session.office.can_write)

    def _show_alarms(self) -> None:
        """Alarms stay on top until a chair decides."""
        session, words = self._session, self._session.words
        waiting = [one for one in alarms(session.office, session.contest_id) if one.is_open]
        names = {child.code: child.name for child in self._offices.rows}
        text = "; ".join(
            words(
                f"desk.terima.alarm-{one.record.body['cause']}", name=names.get(one.unit, one.unit)
            )
            for one in waiting
        )
        self.alarm.set_text(words("desk.terima.alarms", alarms=text) if waiting else "")

    def _set_widths(self) -> None:
        fit_columns(self.offices, self._offices.columns, factor=1.1, head=1.0)
        fit_columns(self.lines, self._lines.columns, factor=1.05, head=1.0)

    @property
    def child(self) -> Child | None:
        """The office that is chosen."""
        return self._offices.row(self.offices.currentIndex())

    def _offer_acts(self) -> None:
        """What can be done with the chosen office, each with its digit."""
        is_listed = self._bodies.currentWidget() is self.offices
        for walking in self._walking:
            walking.setEnabled(is_listed)
        self.acts.offer(
            self.child,
            has_alarm=not self.alarm.isHidden(),
            is_listed=is_listed,
            may_write=self._session.office.can_write,
        )

    def _typed(self, digit: str) -> None:
        """A digit at the foot does what has that number, while the offices are listed."""
        self.acts.press(digit)

    def _act(self, act: Act) -> None:
        child = self.child
        if act is Act.ALARM:
            self.alarm_asked.emit()
        elif child is None:
            return
        elif act is Act.RECEIPT:
            self._ask_receipt(child)
        elif act is Act.CONFLICT:
            tables = self._session.office.file.contests[self._session.contest_id]
            self._session.station_asked.emit(tables.first_in_state(State.CONFLICT, child.code))
        elif act is Act.SHEET:
            self._session.unit_asked.emit(child.code)
        elif not self._session.person:
            self.foot.say(self._session.words["desk.pleno.who"], Hue.CARE)
        else:
            self.paper_asked.emit(child)

    # A package

    def _ask_file(self) -> None:
        form = self.forms.file()
        self._ask(form, "look", self.forms.take_file)

    def _ask(self, form: AskedBoxes, code: str, act: Callable[[], None]) -> None:
        self._leave_form()
        self.form = form
        self._bodies.addWidget(form)
        self._bodies.setCurrentWidget(form)
        self._offer_acts()
        form.finished.connect(self.foot.take_focus)
        self.setTabOrder(form.fields[-1], self.foot.next_button)
        self.setTabOrder(self.foot.next_button, self.foot.other_button)
        words = self._session.words
        self.foot.say("")
        self.foot.offer(words[f"desk.terima.{code}-go"], partial(self.forms.attempt, act))
        self.foot.offer_other(words["desk.act.give-up"], self._begin_again)
        form.take_focus()

    def _leave_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self._bodies.removeWidget(form)
            form.deleteLater()

    def look_at(self, path: Path) -> None:
        """Have a package proved in the worker."""
        self._begin_work(path.name)
        self.work.look(path)

    def _begin_work(self, file: str) -> None:
        self._file = file
        self.foot.next_button.setEnabled(False)
        self.foot.offer_other(self._session.words["desk.act.give-up"], self._give_up)
        self.foot.other_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _say_advance(self, code: str, percent: int) -> None:
        self.foot.say(self._session.words(f"desk.work.{code}", file=self._file, percent=percent))

    def _give_up(self) -> None:
        """What is under way ends and leaves nothing."""
        running = self.work.is_running
        self._begin_again()
        if running:
            text = self._session.words("desk.work.given-up", file=self._file)
            self.foot.say(text, Hue.CARE)

    def _looked(self, seen: Preview) -> None:
        self.foot.next_button.setEnabled(True)
        self._leave_form()
        self._show_seen(seen)

    def _keep(self, seen: Preview, act: Callable[[Way], None]) -> None:
        """Keep the file in the worker, then do what writes to the office."""
        self._begin_work(seen.path.name)
        self.work.keep(seen, partial(self._take, seen, act))

    def _take(self, seen: Preview, act: Callable[[Way], None]) -> None:
        if not self.work.take(act, self.foot.other_button):
            self._begin_again()
            text = self._session.words("desk.work.given-up", file=seen.path.name)
            self.foot.say(text, Hue.CARE)

    def _show_seen(self, seen: Preview) -> None:
        session, words = self._session, self._session.words
        self.seen = seen
        if session.contest_id != seen.contest:
            session.choose_contest(seen.contest)
            self.seen = seen
        form = session.office.election.form(seen.contest)
        phrasing = Phrasing(words, form, session.contest)
        number = seen.proved.statement.revision
        self._title.set_text(words("desk.terima.seen", sender=seen.sender, number=number))
        new = sum(change.is_new for change in seen.changes)
        changed = len(seen.changes) - new
        note = words("desk.terima.counts", new=new, changed=changed, unchanged=seen.unchanged)
        if seen.before:
            note = f"{words('desk.terima.before', number=seen.before)} {note}"
        self._note.set_text(note)
        self._note.show()
        self._lines.show(told_columns(words), told_lines(session, seen, phrasing))
        self._bodies.setCurrentWidget(self.lines)
        self._offer_acts()
        self._set_widths()
        self.foot.offer_other(words["desk.act.give-up"], self._begin_again)
        if seen.alarm:
            self.foot.say(words[f"desk.terima.is-{seen.alarm}"], Hue.WRONG)
            self.foot.offer(words["desk.terima.alarm-go"], self._ask_alarm)
        else:
            self.foot.say(words["desk.terima.proved"], Hue.GOOD)
            self.foot.offer(words["desk.terima.compare"], self._ask_paper)
        self.foot.take_focus()

    def _ask_paper(self) -> None:
        assert self.seen is not None
        self._ask(self.forms.paper(self.seen), "paper", self.forms.receive)

    def _ask_alarm(self) -> None:
        assert self.seen is not None
        self._ask(self.forms.alarm(self.seen), "alarm", self.forms.raise_alarm)

    def _ask_receipt(self, child: Child) -> None:
        self._ask(self.forms.receipt(child), "receipt", self.forms.give_receipt)

    # What came of it

    def _tell_done(self, text: str, hue: Hue) -> None:
        self.seen = None
        self._leave_form()
        self._show_offices()
        self.foot.say(text, hue)
        self.foot.take_focus()

    def _refuse(self, problem: KnownProblem) -> None:
        self.foot.next_button.setEnabled(True)
        self.foot.say(self._session.problem_text(problem), Hue.CARE)
        if self.form is not None:
            self.form.take_focus()

    def stop(self) -> None:
        """Bring nothing home any more: the office is left."""
        self.work.give_up()

    def tell(self, text: str) -> None:
        """Say what stands in the way."""
        self.foot.say(text, Hue.CARE)

    @property
    def looked_at(self) -> tuple[str, str]:
        """The office that is chosen."""
        return (self.child.code, "") if self.child is not None else ("", "")

    def take_focus(self) -> None:
        """Go to the next step, or back into the form."""
        if self.form is not None:
            self.form.take_focus()
        else:
            self.foot.take_focus()
