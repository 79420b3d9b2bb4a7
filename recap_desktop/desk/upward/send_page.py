"""Kirim: what was closed goes up as one signed package, step by step."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.offices.office_lines import moment
from recap_desktop.desk.pieces.asked_boxes import AskedBoxes
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.desk.pieces.step_list import StepList
from recap_desktop.desk.pieces.top_text import FactLines, TopText
from recap_desktop.desk.upward import send_lines
from recap_desktop.desk.upward.package_work import STEPS, PackageWork
from recap_desktop.desk.upward.send_forms import SendForms
from recap_desktop.office.upward import send_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.session import Session
    from recap_desktop.office.upward.sending import Sent
    from recap_desktop.problems import KnownProblem

_SIDE, _WIDE = 34, 110
_COUNT = 5


class SendPage(QWidget):
    """The steps at the left, the step that is at hand beside them, the next one at the foot."""

    papers_asked = Signal()
    receive_asked = Signal()
    keys_asked = Signal()
    proposals_asked = Signal()

    def __init__(self, session: Session, settings: WindowSettings, background: Background) -> None:
        """Nothing is asked before the page is shown."""
        super().__init__()
        self._session = session
        self._stale = True
        self._seen: send_steps.Upward | None = None
        words = session.words
        self.steps = StepList(_COUNT, words["desk.kirim.steps"])
        self._title, self._about, self.facts = PlainLabel(), TopText(), FactLines()
        sized(self._title, 1.4, bold=True)
        sized(self._about, 1.15)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self._bodies = QStackedWidget()
        self.form: AskedBoxes | None = None
        self.forms = SendForms(session, settings, background, self)
        self.work = PackageWork(session, background, self)
        self._by = ""
        self.below = StepButton(words["desk.terima.below"])
        self.below.hide()
        self.keys, self.proposing = StepButton(words["desk.kunci.button"]), StepButton()
        self.proposing.hide()
        self.foot = StepBar()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        rest = QWidget()
        inside = QVBoxLayout(rest)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.proposing)
        inside.addLayout(top)
        for part in (self._about, self.facts, self.bar):
            inside.addWidget(part)
        inside.addStretch(1)
        rest.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * _WIDE))
        self._rest = rest
        self._bodies.addWidget(rest)
        self.steps.setFixedWidth(round(self.fontMetrics().averageCharWidth() * _SIDE))
        middle = QHBoxLayout()
        middle.setSpacing(18)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.steps, 1)
        left.addWidget(self.keys)
        left.addWidget(self.below)
        middle.addLayout(left)
        middle.addWidget(self._bodies, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 6)
        box.setSpacing(4)
        box.addLayout(middle, 1)
        box.addWidget(self.foot)

    def _connect(self) -> None:
        session = self._session
        self.steps.chosen.connect(self.choose)
        self.below.clicked.connect(self.receive_asked)
        self.keys.clicked.connect(self.keys_asked)
        self.proposing.clicked.connect(self.proposals_asked)
        self.foot.typed.connect(self._typed)
        self.forms.done.connect(self._tell_done)
        self.forms.refused.connect(self._refuse)
        self.forms.package_asked.connect(self._make)
        self.work.went_on.connect(self._show_work)
        self.work.advanced.connect(self.bar.setValue)
        self.work.made.connect(self._record)
        self.work.refused.connect(self._refuse)
        for changed in (session.recorded, session.person_changed, session.access_changed):
            changed.connect(self.refresh)
        session.contest_changed.connect(self._change_contest)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._give_up)

    def offer_below(self) -> None:
        """Offer the way to what comes from below."""
        self.below.show()

    # What is shown

    def refresh(self) -> None:
        """Look again now, or when the page is next shown."""
        self._stale = True
        if self.isVisible():
            self._read()

    def _change_contest(self) -> None:
        if not self.work.is_running:
            self._leave_form()
            self._show_rest()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again if something was recorded meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        if self.form is None:
            self._show_rest()
        else:
            self._show_steps()

    def _show_steps(self) -> int:
        """Show how far each step is; the place of the next one."""
        session = self._session
        self._seen = seen = send_steps.upward(session.office, session.contest_id)
        at = send_lines.following(seen)
        self.steps.show_steps(send_lines.steps(session, seen), at)
        send_lines.show_proposals(session, self.proposing)
        return at

    def _show_rest(self) -> None:
        """Say what the next step is, and offer it."""
        session, at = self._session, self._show_steps()
        self._bodies.setCurrentWidget(self._rest)
        self.bar.hide()
        self._about.show()
        self.facts.show_facts(())
        self.foot.say(session.words["desk.kirim.rest"])
        self.foot.no_other()
        shown = {
            send_lines.CLOSE: self._offer_close,
            send_lines.KEY: self._offer_key,
            send_lines.CERTIFICATE: self._offer_certificate,
            send_lines.PACKAGE: self._offer_package,
            send_lines.BACK: self._offer_back,
        }
        shown.get(at, self._offer_again)()
        can = session.office.can_write or at == send_lines.CLOSE
        self.foot.next_button.setEnabled(can)
        self.foot.other_button.setEnabled(can)

    def _say(self, code: str, **details: str | int) -> None:
        words = self._session.words
        self._title.set_text(words[f"desk.kirim.{code}-title"])
        self._about.setText(words(f"desk.kirim.{code}-why", **details))

    def _offer(self, code: str, act: Callable[[], object]) -> None:
        self.foot.offer(self._session.words[f"desk.kirim.{code}-go"], act)

    def _offer_other(self, code: str, act: Callable[[], object]) -> None:
        self.foot.offer_other(self._session.words[f"desk.kirim.{code}-go"], act)

    def _offer_close(self) -> None:
        self._say("close")
        self._offer("close", self.papers_asked.emit)

    def _offer_key(self) -> None:
        self._say("key")
        self._offer("key", self._ask_key)
        self._offer_other("use", self._ask_use)

    def _offer_certificate(self) -> None:
        self._say("certificate")
        self._offer("certificate", self._ask_certificate)
        self._offer_other("take", self._ask_take)

    def _offer_package(self) -> None:
        assert self._seen is not None
        assert self._seen.revision is not None
        self._say("package", number=self._seen.revision.number)
        if not self._seen.is_root and self._seen.certificate is None:
            missing = self._session.words["desk.kirim.package-uncertified"]
            self._about.setText(f"{self._about.text()}\n\n{missing}")
            self._offer_other("certificate", self._ask_certificate)
        self._offer("package", self._ask_package)

    def _offer_back(self) -> None:
        words = self._session.words
        self._title.set_text(words["desk.terima.back-title"])
        self._about.setText(words["desk.terima.back-why"])
        self.foot.offer(words["desk.terima.back-go"], self._ask_back)
        self.foot.offer_other(words["desk.kirim.package-again"], self._ask_package)

    def _offer_again(self) -> None:
        words, seen = self._session.words, self._seen
        assert seen is not None
        assert seen.sent is not None
        time = moment(words, seen.sent.time)
        self._say("all-done", number=seen.sent.body["revision"], time=time)
        self.foot.offer(words["desk.kirim.package-again"], self._ask_package)

    # A step by its number

    def _typed(self, digit: str) -> None:
        at = int(digit) - 1
        if at == _COUNT:
            self.keys_asked.emit()
        elif at == _COUNT + 1 and not self.proposing.isHidden():
            self.proposing.click()
        elif 0 <= at < _COUNT and self._bodies.currentWidget() is self._rest:
            self.choose(at)

    def choose(self, at: int) -> None:
        """Go to a step, whether or not it is the next one."""
        if self.work.is_running:
            return
        self._leave_form()
        self._show_rest()
        session, seen = self._session, self._seen
        assert seen is not None
        if at == send_lines.CLOSE:
            self._offer_close()
        elif at == send_lines.KEY and seen.key:
            self._say("key-there")
            self.facts.show_facts([send_lines.key_fact(session.words, seen.key)])
        elif at == send_lines.KEY:
            self._offer_key()
        elif at == send_lines.CERTIFICATE and seen.key and not seen.is_root:
            self._offer_certificate()
        elif at == send_lines.PACKAGE and seen.key and seen.revision is not None:
            self._offer_package()
        elif at == send_lines.BACK and seen.revision is not None:
            self._offer_back()
        self.foot.take_focus()

    # Forms

    def _ask_key(self) -> None:
        self._ask(self.forms.key(), "key", self.forms.make_key)

    def _ask_use(self) -> None:
        self._ask(self.forms.use(), "use", self.forms.use_key)

    def _ask_certificate(self) -> None:
        self._ask(self.forms.certificate(), "certificate", self.forms.ask_certificate)

    def _ask_take(self) -> None:
        self._ask(self.forms.take(), "take", self.forms.take_certificate)

    def _ask_back(self) -> None:
        self._ask(self.forms.back(), "package", self.forms.take_back)
        text = self._session.words["desk.terima.back-go"]
        self.foot.offer(text, partial(self.forms.attempt, self.forms.take_back))

    def _ask_package(self) -> None:
        assert self._seen is not None
        assert self._seen.revision is not None
        form = self.forms.package(self._seen.revision.number)
        self._ask(form, "package", self.forms.ask_package)

    def _ask(self, form: AskedBoxes, code: str, act: Callable[[], None]) -> None:
        """Show a form; the next step takes what was typed in it."""
        self._leave_form()
        self.form = form
        self._bodies.addWidget(form)
        self._bodies.setCurrentWidget(form)
        form.finished.connect(self.foot.take_focus)
        self.setTabOrder(form.fields[-1], self.foot.next_button)
        self.setTabOrder(self.foot.next_button, self.foot.other_button)
        self.foot.say("")
        self._offer(code, partial(self.forms.attempt, act))
        self.foot.offer_other(self._session.words["desk.act.give-up"], self._give_up)
        form.take_focus()

    def _leave_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self._bodies.removeWidget(form)
            form.deleteLater()

    def _give_up(self) -> None:
        """Back to the next step; what a worker still does is not recorded."""
        self.work.cancel()
        self._leave_form()
        self._show_rest()
        self.foot.take_focus()

    def _tell_done(self, text: str, hue: Hue) -> None:
        self._leave_form()
        self._show_rest()
        self.facts.show_facts(send_lines.proposal_facts(self._session))
        self.foot.say(text, hue)
        self.foot.take_focus()

    def _refuse(self, problem: KnownProblem) -> None:
        """Say why not; what was typed stays, but for the passphrase."""
        if self.form is None:
            self._show_rest()
        else:
            if not self.bar.isHidden():
                self.bar.hide()
                self._offer("package", partial(self.forms.attempt, self.forms.ask_package))
            self._bodies.setCurrentWidget(self.form)
            self.forms.clear_secrets()
            self.form.take_focus()
        self.foot.say(self._session.problem_text(problem), Hue.CARE)

    # The package

    def _make(self, folder: Path, key: Path, passphrase: str, by: str) -> None:
        self._by = by
        self._bodies.setCurrentWidget(self._rest)
        self._title.set_text(self._session.words["desk.kirim.package-title"])
        self.facts.show_facts(())
        self.bar.show()
        self.foot.offer("", self._give_up)
        self.foot.offer_other(self._session.words["desk.act.give-up"], self._give_up)
        self.foot.other_button.setFocus(Qt.FocusReason.TabFocusReason)
        self.work.begin(folder, key, passphrase, by=by)

    def _show_work(self, at: int) -> None:
        text = self._session.words[f"desk.kirim.work-{STEPS[at]}"]
        self.bar.setAccessibleName(text)
        self._about.setText(text)
        self.foot.say(text)

    def _record(self, sent: Sent) -> None:
        session, making = self._session, self.work.to_record()
        if making is None:
            return
        told: list[Sent] = []
        note = partial(send_steps.record, session.office, making, sent, by=self._by)
        went = session.record(lambda: told.append(note()))
        self._leave_form()
        self._show_rest()
        if not went:
            return
        words, seen = session.words, self._seen
        assert seen is not None
        self._title.set_text(words["desk.kirim.made-title"])
        self._about.hide()
        self.facts.show_facts(send_lines.made_facts(words, sent, seen.key))
        code = "made-say" if told[0].is_new else "made-again"
        self.foot.say(words[f"desk.kirim.{code}"], Hue.GOOD)
        self.foot.take_focus()

    def stop(self) -> None:
        """Give up what is under way: the office is left."""
        self.work.cancel()

    def tell(self, text: str) -> None:
        """Say what stands in the way."""
        self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go to the next step, or back into the form."""
        if self.form is not None and self._bodies.currentWidget() is self.form:
            self.form.take_focus()
        else:
            self.foot.take_focus()
