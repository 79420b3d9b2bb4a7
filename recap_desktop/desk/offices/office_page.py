"""Kantor: its laptops and what they exchange, its definition and a newer one, a laptop that is lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.offices.emblem_panel import EmblemPanel
from recap_desktop.desk.offices.line_list import LineList
from recap_desktop.desk.offices.office_buttons import OfficeButtons
from recap_desktop.desk.offices.office_lines import (
    OfficeLine,
    facts,
    picture_lines,
    problem_lines,
    rest_lines,
    shown,
    taken_lines,
)
from recap_desktop.desk.offices.stick_exchange import Exchanged, StickExchange
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.election.definitions.amendment_words import sentence
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.definitions.amending import amend, propose
from recap_desktop.office.definitions.definitions import read_definition
from recap_desktop.office.posts.posts import declare_lost, posts
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.session import Session
    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.office.posts.posts import Post


class OfficePage(OfficeButtons):
    """What an office does beside counting: it speaks with its other laptops, and is amended.

    ``amended`` asks for the whole window to be made from another definition, and brings what is
    to be told there.
    """

    amended = Signal(object)
    mirror_asked = Signal()
    import_asked = Signal()
    people_asked = Signal()
    keys_asked = Signal()

    def __init__(
        self,
        session: Session,
        settings: WindowSettings,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        """Say which office this is, which laptops it has and which definition."""
        super().__init__(session, parent)
        self._settings = settings
        self._words = session.words
        self._lines: list[OfficeLine] = []
        self._title = PlainLabel(session.office_name())
        sized(self._title, 1.5, bold=True)
        self.keys = StepButton(self._words["desk.kunci.button"])
        self.about = PlainLabel(lines=3)
        self.caption = PlainLabel()
        sized(self.caption, 1.1, bold=True)
        self.list = LineList()
        self.list.setAccessibleName(self._words["desk.kantor.list"])
        sized(self.list, 1.05)
        self.reason, self.decided_by = QLineEdit(), QLineEdit()
        self._decided_label = QLabel(self._words["desk.kantor.decided-by"])
        self._asking = QWidget()
        self.foot = StepBar()
        self.emblems = EmblemPanel(session, self.foot)
        self._exchange = StickExchange(session, background, self)
        self._arrange()
        self._connect()
        self.refresh()

    def _arrange(self) -> None:
        asking = QHBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        reason = QLabel(self._words["desk.ruling.reason"])
        for label, field in ((reason, self.reason), (self._decided_label, self.decided_by)):
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            field.setMaxLength(300)
            field.returnPressed.connect(self._next)
            asking.addWidget(label)
            asking.addWidget(field, 1)
        self._asking.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.keys)
        box.addLayout(top)
        box.addWidget(self.about)
        box.addLayout(self.row())
        box.addWidget(self.caption)
        box.addWidget(self.list, 1)
        box.addWidget(self.emblems, 1)
        box.addWidget(self._asking)
        box.addWidget(self.foot)

    def _connect(self) -> None:
        self.take_counts.clicked.connect(self.import_asked)
        self.people.clicked.connect(self.people_asked)
        self.keys.clicked.connect(self.keys_asked)
        self.foot.typed.connect(self._typed)
        self.choose.clicked.connect(self._ask_file)
        self.choose_folder.clicked.connect(self._ask_folder)
        self.declare.clicked.connect(self._ask_loss)
        self.mirror.clicked.connect(self.mirror_asked)
        self.catch_up.clicked.connect(self._catch_up)
        self.emblem.clicked.connect(self._ask_emblem)
        self.emblems.left.connect(self.refresh)
        self.list.itemActivated.connect(self._follow)
        self._exchange.ended.connect(self._end_exchange)
        self._session.told.connect(self._tell)
        for signal in (self._session.access_changed, self._session.person_changed):
            signal.connect(self._look_again)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.refresh)

    def _typed(self, digit: str) -> None:
        if digit == self.keys.text()[:1]:
            self.keys_asked.emit()

    def refresh(self) -> None:
        """Say which laptops there are, what is known of each, and which definitions there were."""
        if self._exchange.is_running:
            return
        office, words = self._session.office, self._words
        can = office.can_write
        self._asking.hide()
        self.emblems.hide()
        self.list.show()
        self._show("posts", rest_lines(self._session))
        self.foot.no_other()
        self.foot.say(words["desk.kantor.say" if can else "desk.kantor.say-read-only"])
        text = words["desk.kantor.exchange" if can else "desk.kantor.save"]
        if self._session.allows(Deed.EXCHANGE) or not can:
            self.foot.offer(text, self._ask_stick)
        else:
            self.foot.say("")
            self.foot.offer(words["desk.people.button"], self.people_asked.emit)
        self._show_facts()

    def _show_facts(self) -> None:
        self.about.set_text(facts(self._session))
        self.show_buttons(is_busy=self._exchange.is_running)

    def _look_again(self) -> None:
        if self.caption.text == self._words["desk.kantor.posts"]:
            self.refresh()
        else:
            self._show_facts()

    @property
    def lines(self) -> list[str]:
        """What is listed."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _show(self, caption: str, lines: list[OfficeLine]) -> None:
        self.caption.set_text(self._words[f"desk.kantor.{caption}"])
        self._lines = shown(self._words, lines)
        self.list.show_lines(self._lines)

    def _follow(self, item: QListWidgetItem) -> None:
        """Go to the form that a line speaks of, or declare its laptop lost."""
        line = self._lines[self.list.row(item)]
        if line.tps:
            self._session.choose_contest(line.contest)
            self._session.station_asked.emit(line.tps)
        elif line.post:
            self._ask_loss()

    # Exchange

    def _ask_stick(self) -> None:
        last = self._settings.exchange_folder
        title = self._words["desk.kantor.exchange"]
        folder = QFileDialog.getExistingDirectory(self, title, str(last or Path.home()))
        if folder:
            self.exchange_with(Path(folder))

    def exchange_with(self, folder: Path) -> None:
        """Take in what lies in a folder, then write ours there."""
        if self._exchange.is_running:
            return
        self.foot.say(self._words["desk.kantor.exchanging"])
        self.foot.next_button.setEnabled(False)
        self._exchange.begin(folder)
        self._show_facts()

    def _end_exchange(self, exchanged: Exchanged) -> None:
        if exchanged.written:
            self._settings.exchange_folder = exchanged.folder
        if exchanged.is_amended:
            self.amended.emit(exchanged)
            return
        if exchanged.taken and exchanged.taken.new:
            self._session.recorded.emit()
        self.refresh()
        self.tell_exchange(exchanged)

    def tell_exchange(self, exchanged: Exchanged) -> None:
        """List what came and what is to be looked at; say whether ours was written."""
        session, words = self._session, self._words
        unwritten, refused, taken = exchanged.unwritten, exchanged.refused, exchanged.taken
        lines = problem_lines(session, unwritten) if unwritten else []
        lines += problem_lines(session, refused) if refused else []
        lines += taken_lines(session, taken) if taken else []
        lines += picture_lines(session, exchanged)
        if lines:
            self._show("taken", lines)
            self.list.setCurrentRow(0)
            self.foot.offer_other(words["desk.kantor.back"], self.refresh)
        if taken and taken.unsettled:
            # Enter goes to the first thing that must be decided.
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if unwritten or exchanged.written is None:
            self.foot.say(words.problem(unwritten) if unwritten else "", Hue.CARE)
            return
        code = "exchanged" if taken else "not-taken" if refused else "only-written"
        if not session.office.can_write:
            code = "saved"
        count = {"count": taken.new} if taken else {}
        text = words(f"desk.kantor.{code}", file=exchanged.written.name, **count)
        self.foot.say(text, Hue.CARE if refused else Hue.GOOD)

    def stop(self) -> None:
        """The office is being left."""
        self._exchange.stop()

    # A new version of the definition

    def _ask_file(self) -> None:
        title, kinds = self._words["desk.kantor.amend"], self._words["desk.file.definitions"]
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if path:
            self.propose(Path(path))

    def _ask_folder(self) -> None:
        title = self._words["desk.kantor.amend-folder"]
        path = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if path:
            self.propose(Path(path))

    def propose(self, path: Path) -> None:
        """Show what a definition would change here, and everything that is refused."""
        session, words = self._session, self._words
        self.refresh()
        try:
            new = read_definition(path)
        except KnownProblem as problem:
            self._refuse(problem)
            return
        proposal = propose(session.office, new)
        if proposal.faults:
            self._refuse(KnownProblem("amendment-refused", faults=proposal.faults))
        elif not proposal.changes:
            self.foot.say(words("problem.amendment-empty", version=new.version), Hue.CARE)
        else:
            changes = [OfficeLine(sentence(words, change, new)) for change in proposal.changes]
            self._show("changes", changes)
            self._ask(words["desk.kantor.amend-say"], is_decision=True)
            text = words("desk.kantor.take", version=new.version)
            self.foot.offer(text, partial(self._amend, new))

    def _refuse(self, problem: KnownProblem) -> None:
        words = self._words
        lines = problem_lines(self._session, problem)
        self._show("refused", lines[1:] or lines)
        text = words["desk.kantor.refused-say"] if problem.faults else words.problem(problem)
        self.foot.say(text, Hue.CARE)
        self.foot.offer_other(self._words["desk.kantor.back"], self.refresh)

    def _ask_emblem(self) -> None:
        """Ask which mark stands on the papers; the list makes room."""
        if self._may_act():
            self.refresh()
            self.list.hide()
            self.caption.set_text(self._words["desk.emblem.title"])
            self.emblems.begin()

    def _ask(self, text: str, *, is_decision: bool) -> None:
        """Ask for a reason, and of a decision for its number."""
        self.decided_by.setVisible(is_decision)
        self._decided_label.setVisible(is_decision)
        self._asking.show()
        self.foot.say(text, Hue.CARE)
        self.foot.offer_other(self._words["desk.act.give-up"], self.refresh)
        self.reason.clear()
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def _may_act(self) -> bool:
        """Whether somebody said who types; else it is asked first."""
        if not self._session.person:
            self._tell(self._words["desk.pleno.who"])
        return bool(self._session.person)

    def _amend(self, new: Election) -> None:
        session = self._session
        if not self._may_act():
            return
        reason, decided = self.reason.text(), self.decided_by.text()
        by = session.person
        act = partial(amend, session.office, new, by=by, reason=reason, decided_by=decided)
        if session.attempt(act):
            self.amended.emit(None)

    def tell_amended(self) -> None:
        """Say which version of the definition holds now."""
        version = self._session.office.election.version
        self.foot.say(self._words("desk.kantor.amended", version=version), Hue.GOOD)

    # A laptop that is lost

    def _ask_loss(self) -> None:
        words, row = self._words, self.list.currentRow()
        chosen = self._lines[row].post if 0 <= row < len(self._lines) else ""
        post = next((one for one in posts(self._session.office) if one.id == chosen), None)
        if post is None or not self._session.office.can_write:
            self._tell(words["desk.kantor.choose-post"])
            others = [at for at, line in enumerate(self._lines) if line.post]
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            self.list.setCurrentRow(others[0] if others else 0)
            return
        told = ("lost-keeps", "lost-typed-anew", "lost-late")
        lines = [self._lines[row], *(OfficeLine(words[f"desk.kantor.{code}"]) for code in told)]
        self._show("lost-about", lines)
        self._ask(words("desk.kantor.lost-say", number=post.number), is_decision=False)
        text = words("desk.kantor.lost-take", number=post.number)
        self.foot.offer(text, partial(self._declare_lost, post))

    def _declare_lost(self, post: Post) -> None:
        session = self._session
        if not self._may_act():
            return
        reason = self.reason.text()
        act = partial(declare_lost, session.office, post.id, by=session.person, reason=reason)
        if session.record(act):
            self.refresh()
            self.take_focus()

    # The mirror; where it lies is asked in the head

    def _catch_up(self) -> None:
        mirror = self._session.office.mirror
        if mirror is not None and self._session.attempt(mirror.catch_up):
            self._session.access_changed.emit()
            self.foot.say(self._words["desk.kantor.caught-up"], Hue.GOOD)

    def _next(self) -> None:
        """From the last box to what takes it: the other way, beside it, gives up."""
        if self.reason.hasFocus() and self.decided_by.isVisible():
            self.decided_by.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.foot.take_focus()

    def _tell(self, text: str) -> None:
        if self.isVisible():
            self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go to the next step."""
        self.foot.take_focus()
