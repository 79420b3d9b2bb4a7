"""Kunci: the key of the office, those below it, its laptops, whom it trusts, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from recap_desktop.desk.keys import key_lines
from recap_desktop.desk.keys.key_forms import KeyForms
from recap_desktop.desk.keys.key_lines import Section
from recap_desktop.desk.keys.key_shown import KeyShown
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pieces.step_bar import StepBar
from recap_desktop.desk.pieces.step_list import StepList
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.keys.standing import Below, BelowState, OwnState, PostStanding
from recap_desktop.office.keys.trusted_list import Root

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.keys.request_walk import RequestWalk
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.pieces.asked_boxes import AskedBoxes
    from recap_desktop.desk.session import Session
    from recap_desktop.office.keys.taking_certificates import Offered
    from recap_desktop.problems import KnownProblem

_SIDE = 34


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that can be done in a section: its words, who may, and what it begins."""

    code: str
    deed: Deed
    begin: Callable[[], None]


class KeysPage(QWidget):
    """Sections at the left, the one that is chosen beside them, its first act at the foot.

    A digit chooses a section; the slash goes to what else can be done there, the point into the
    table, Enter back to the foot.
    """

    left = Signal()

    def __init__(self, session: Session, settings: WindowSettings, background: Background) -> None:
        """Nothing is looked up before the page is shown."""
        super().__init__()
        self._session, self._settings = session, settings
        words = session.words
        self.sections = key_lines.sections_of(session.office)
        self.section = Section.OWN
        self.seen: key_lines.Seen | None = None
        self.walk: RequestWalk | None = None
        self.form: AskedBoxes | None = None
        self.forms = KeyForms(session, settings, background, self)
        self.steps = StepList(len(self.sections), words["desk.kunci.sections"])
        self.steps.setFixedWidth(round(self.fontMetrics().averageCharWidth() * _SIDE))
        self.shown = KeyShown(words)
        self._bodies = QStackedWidget()
        self._bodies.addWidget(self.shown)
        self.foot = StepBar()
        middle = QHBoxLayout()
        middle.setSpacing(18)
        middle.addWidget(self.steps)
        middle.addWidget(self._bodies, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 6)
        box.setSpacing(4)
        box.addLayout(middle, 1)
        box.addWidget(self.foot)
        self._connect()

    def _connect(self) -> None:
        session = self._session
        self.steps.chosen.connect(self.choose)
        self.foot.typed.connect(self._typed)
        self.foot.slashed.connect(self.shown.take_other)
        self.foot.pointed.connect(self.shown.take_table)
        self.shown.went_back.connect(self.foot.take_focus)
        self.forms.done.connect(self._tell_done)
        self.forms.refused.connect(self._refuse)
        self.forms.opening.connect(self._say_opening)
        self.forms.walk_begun.connect(self._begin_walk)
        self.forms.root_offered.connect(self._ask_groups)
        session.locked.connect(self.stop)
        for changed in (session.recorded, session.person_changed, session.access_changed):
            changed.connect(self.refresh)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._back)

    # What is shown

    def refresh(self) -> None:
        """Look again; what is being typed stays."""
        if self.isVisible():
            self._look()
            if self.form is None and self.walk is None:
                self._show_section()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again: something may have been recorded meanwhile."""
        super().showEvent(event)
        self.refresh()

    def _look(self) -> None:
        session = self._session
        self.seen = key_lines.look(session)
        told = key_lines.steps(session, self.sections, self.seen)
        self.steps.show_steps(told, self.sections.index(self.section))

    def _typed(self, digit: str) -> None:
        at = int(digit) - 1
        if self._bodies.currentWidget() is self.shown and 0 <= at < len(self.sections):
            self.choose(at)

    def choose(self, at: int) -> None:
        """Show a section."""
        self._give_up()
        self.section = self.sections[at]
        self._look()
        self._show_section()
        self.foot.take_focus()

    def _show_section(self) -> None:
        session, words, seen = self._session, self._session.words, self.seen
        assert seen is not None
        code = self.section.value
        self._bodies.setCurrentWidget(self.shown)
        self.shown.say(words[f"desk.kunci.{code}-title"], words[f"desk.kunci.{code}-about"])
        if self.section is Section.OWN:
            last = self._settings.last_key_file(session.office.code)
            is_there = self._settings.key_file(session.office.code) is not None
            lines = key_lines.own_facts(session, seen.own, last, is_there=is_there)
            self.shown.show_key(seen.own.key, lines)
        else:
            columns = key_lines.columns_of(words, self.palette(), self.section)
            self.shown.show_rows(columns, key_lines.rows_of(session, self.section, seen))
        self._offer(self._acts(seen))

    def _offer(self, acts: list[_Act]) -> None:
        """The first act at the foot, the others above the table; only what somebody may do."""
        session, words = self._session, self._session.words
        allowed = [act for act in acts if session.allows(act.deed)]
        can = session.office.can_write
        first, others = allowed[:1], allowed[1:]
        self.shown.offer(
            [(words[f"desk.kunci.{act.code}-go"], act.begin) for act in others], can=can
        )
        self.foot.offer_other(words["desk.people.back"], self.left.emit)
        if not first:
            self.foot.offer("", self.left.emit)
            self.foot.say(words["desk.kunci.only-chair"], Hue.CARE)
            return
        self.foot.offer(words[f"desk.kunci.{first[0].code}-go"], first[0].begin)
        self.foot.next_button.setEnabled(can)
        self.foot.say(words["desk.kunci.rest" if can else "desk.kunci.read-only"])

    def _acts(self, seen: key_lines.Seen) -> list[_Act]:
        acts: dict[Section, Callable[[], list[_Act]]] = {
            Section.OWN: partial(self._own_acts, seen),
            Section.BELOW: partial(self._below_acts, seen),
            Section.POSTS: self._post_acts,
            Section.ROOTS: self._root_acts,
            Section.ALL: self._arrival_acts,
        }
        return acts[self.section]()

    def _own_acts(self, seen: key_lines.Seen) -> list[_Act]:
        forms, state = self.forms, seen.own.state
        make = self._act("key", Deed.TRUST, forms.key, forms.make_key)
        use = self._act("use", Deed.TRUST, forms.use, forms.use_key)
        lost = self._act("replace", Deed.TRUST, forms.replace, forms.replace_key)
        if state is OwnState.NONE:
            return [make, use]
        if state is OwnState.CONFLICT:
            return [use, lost]
        ask = self._act("request", Deed.TAKE_CERTIFICATE, forms.request, forms.write_request)
        letter = self._act("letter", Deed.TAKE_CERTIFICATE, forms.letter, forms.write_letter)
        return [lost, ask, letter] if state is OwnState.REVOKED else [ask, letter, lost]

    def _below_acts(self, seen: key_lines.Seen) -> list[_Act]:
        forms = self.forms
        ask = self._act("requests", Deed.CERTIFY, forms.requests, forms.begin_requests)
        renew = self._act("renew", Deed.CERTIFY, forms.renew, forms.renew_all)
        again = _Act("again", Deed.TAKE_CERTIFICATE, self._ask_again)
        revoke = _Act("revoke", Deed.CERTIFY, self._ask_revoke)
        if any(one.state is BelowState.FORMER for one in seen.below):
            return [renew, ask, again, revoke]
        return [ask, again, revoke]

    def _post_acts(self) -> list[_Act]:
        forms = self.forms
        certify = self._act("laptops", Deed.CERTIFY, forms.posts, forms.certify_posts)
        return [certify, _Act("revoke", Deed.CERTIFY, self._ask_revoke)]

    def _root_acts(self) -> list[_Act]:
        believe = self._act("root", Deed.TRUST, self.forms.root, self.forms.read_root)
        return [believe, _Act("doubt", Deed.TRUST, self._ask_doubt)]

    def _arrival_acts(self) -> list[_Act]:
        forms = self.forms
        take = self._act("arrivals", Deed.TAKE_CERTIFICATE, forms.arrivals, forms.take_arrivals)
        lists = self._act("lists", Deed.TAKE_CERTIFICATE, forms.lists, forms.write_lists)
        return [take, lists]

    def _act(
        self, code: str, deed: Deed, form: Callable[[], AskedBoxes], act: Callable[[], None]
    ) -> _Act:
        return _Act(code, deed, lambda: self._ask(form(), code, act))

    # Forms about the chosen row

    def _ask_again(self) -> None:
        row = self.shown.row
        if isinstance(row, Below):
            self._ask(self.forms.again(row), "again", self.forms.write_again)

    def _ask_revoke(self) -> None:
        row, words = self.shown.row, self._session.words
        name = ""
        if isinstance(row, Below) and row.certificates:
            name = self._session.office_name(row.code)
        elif isinstance(row, PostStanding) and row.certificate is not None:
            name = words("desk.kunci.post", number=row.post.number, post=row.post.short)
        if not name or not isinstance(row, (Below, PostStanding)):
            self.foot.say(words["desk.kunci.choose-certified"], Hue.CARE)
            self.shown.take_table()
            return
        self._ask(self.forms.revoke(row, name), "revoke", self.forms.take_back)

    def _ask_doubt(self) -> None:
        row = self.shown.row
        if isinstance(row, Root):
            self._ask(self.forms.doubt(row), "doubt", self.forms.disbelieve)
        else:
            self.foot.say(self._session.words["desk.kunci.choose-root"], Hue.CARE)
            self.shown.take_table()

    def _ask_groups(self, offered: Offered) -> None:
        self._ask(self.forms.root_groups(offered), "believe", self.forms.believe)

    def _ask(self, form: AskedBoxes, code: str, act: Callable[[], None]) -> None:
        """Show a form; the next step takes what was typed in it."""
        self._leave_form()
        self.form = form
        self._bodies.addWidget(form)
        self._bodies.setCurrentWidget(form)
        form.finished.connect(self.foot.take_focus)
        self.setTabOrder(form.fields[-1], self.foot.next_button)
        self.setTabOrder(self.foot.next_button, self.foot.other_button)
        words = self._session.words
        self.foot.say("")
        self.foot.offer(words[f"desk.kunci.{code}-do"], partial(self.forms.attempt, act))
        self.foot.offer_other(words["desk.act.give-up"], self._back)
        form.take_focus()

    def _leave_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self._bodies.removeWidget(form)
            form.deleteLater()

    # Requests one after the other

    def _begin_walk(self, walk: RequestWalk) -> None:
        self.walk = walk
        self._leave_form()
        self._show_walk()

    def _show_walk(self) -> None:
        """Each request with what becomes of it; then the next one, or the end."""
        walk, words = self.walk, self._session.words
        assert walk is not None
        self._look()
        self._bodies.setCurrentWidget(self.shown)
        code = "walk-over" if walk.is_over else "walk-begun"
        self.shown.say(words["desk.kunci.walk-list"], words[f"desk.kunci.{code}"])
        self.shown.show_rows(key_lines.request_columns(words, self.palette()), walk.rows())
        self.shown.offer([], can=True)
        if walk.is_over:
            done, care = walk.count(Hue.GOOD), walk.count(Hue.CARE)
            text = words("desk.kunci.walk-done", done=done, care=care)
            self.foot.say(text, Hue.CARE if care else Hue.GOOD)
            self.foot.no_other()
            self.foot.offer(words["desk.kunci.walk-end"], self._back)
        else:
            self.foot.say("")
            text = words("desk.kunci.walk-next", count=len(walk.left))
            self.foot.offer(text, self._ask_next)
            self.foot.offer_other(words["desk.act.give-up"], self._back)
        self.foot.take_focus()

    def _ask_next(self) -> None:
        walk = self.walk
        assert walk is not None
        self._ask(walk.form(), "walk", self._answer)
        self.foot.offer_other(self._session.words["desk.kunci.walk-skip"], self._skip)

    def _answer(self) -> None:
        walk, told = self.walk, list[str]()
        assert walk is not None
        self.forms.record(lambda: told.append(walk.issue()))
        self._go_on()
        self.foot.say(told[0], Hue.GOOD)

    def _skip(self) -> None:
        assert self.walk is not None
        self.walk.skip()
        self._go_on()

    def _go_on(self) -> None:
        """The next request at once; after the last one all of them with what became of each."""
        assert self.walk is not None
        if self.walk.is_over:
            self._leave_form()
            self._show_walk()
        else:
            self._ask_next()

    # What came of it

    def _say_opening(self) -> None:
        self.foot.say(self._session.words["desk.kirim.work-key"])
        self.foot.next_button.setEnabled(False)

    def _tell_done(self, text: str, hue: Hue) -> None:
        self._leave_form()
        self._look()
        self._show_section()
        self.foot.say(text, hue)
        self.foot.take_focus()

    def _refuse(self, problem: KnownProblem) -> None:
        """Say why not; what was typed stays, but for the passphrase."""
        self.foot.next_button.setEnabled(True)
        self._look()
        if self.form is not None:
            if self.walk is None:
                self.forms.clear_secrets()
            self.form.take_focus()
        self.foot.say(self._session.problem_text(problem), Hue.CARE)

    def _give_up(self) -> None:
        self.forms.cancel()
        self.walk = None
        self._leave_form()

    def _back(self) -> None:
        """From a form to its section; from there to Kantor."""
        if self.form is None and self.walk is None:
            self.left.emit()
            return
        self._give_up()
        self._look()
        self._show_section()
        self.foot.take_focus()

    def stop(self) -> None:
        """The office is left or locked: its key is forgotten."""
        self.forms.cancel()
        if self.form is not None or self.walk is not None:
            self._give_up()
            self._bodies.setCurrentWidget(self.shown)
            if self.isVisible():
                self._show_section()

    def tell(self, text: str) -> None:
        """Say what stands in the way."""
        self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go to the next step, or back into the form."""
        if self.form is not None:
            self.form.take_focus()
        else:
            self.foot.take_focus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the shapes anew where the colours change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.refresh()
