"""Kantor: exchanging records with other laptops of the office, and a new version of its definition."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.appearance import Hue
from recap_desktop.desk.labels import PlainLabel
from recap_desktop.desk.step_bar import StepBar, StepButton
from recap_desktop.desk.typefaces import sized
from recap_desktop.election.amendment_words import sentence
from recap_desktop.election.wording import time_text
from recap_desktop.office.amending import amend, propose
from recap_desktop.office.by_stick import exchange_in, exchange_out
from recap_desktop.office.definitions import read_definition
from recap_desktop.office.posts import posts
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session
    from recap_desktop.desk.window_settings import WindowSettings
    from recap_desktop.election.contests import Election
    from recap_desktop.office.amending import Proposal
    from recap_desktop.office.exchanging import Taken
    from recap_desktop.office.posts import Post

_MOST_LINES = 300


class OfficePage(QWidget):
    """What an office does beside counting: it speaks with its other laptops, and is amended."""

    amended = Signal()

    def __init__(
        self, session: Session, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:
        """Say which office this is and which laptops it has."""
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._words = session.words
        self._proposed: Election | None = None
        title = PlainLabel(session.office_name())
        sized(title, 1.9, bold=True)
        self.about = PlainLabel(lines=2)
        self.choose = StepButton(self._words["desk.kantor.amend"])
        self.choose_folder = StepButton(self._words["desk.kantor.amend-folder"])
        self.caption = PlainLabel()
        sized(self.caption, 1.1, bold=True)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self._words["desk.kantor.list"])
        sized(self.list, 1.05)
        self.reason, self.decided_by = QLineEdit(), QLineEdit()
        self._asking = QWidget()
        self.foot = StepBar()
        self._arrange(title)
        self.choose.clicked.connect(self._ask_file)
        self.choose_folder.clicked.connect(self._ask_folder)
        session.told.connect(self._tell)
        self.refresh()

    def _arrange(self, title: PlainLabel) -> None:
        buttons = QHBoxLayout()
        for button in (self.choose, self.choose_folder):
            buttons.addWidget(button)
        buttons.addStretch(1)
        asking = QHBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        for code, field in (
            ("desk.ruling.reason", self.reason),
            ("desk.kantor.decided-by", self.decided_by),
        ):
            label = QLabel(self._words[code])
            label.setBuddy(field)
            field.setAccessibleName(self._words[code])
            field.setMaxLength(300)
            field.returnPressed.connect(self._next)
            asking.addWidget(label)
            asking.addWidget(field, 1)
        self._asking.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.addWidget(title)
        box.addWidget(self.about)
        box.addLayout(buttons)
        box.addWidget(self.caption)
        box.addWidget(self.list, 1)
        box.addWidget(self._asking)
        box.addWidget(self.foot)

    def refresh(self) -> None:
        """Say which laptops there are and what is known of each."""
        session, words = self._session, self._words
        office = session.office
        self._proposed = None
        self._asking.hide()
        self.about.set_text(
            words(
                "desk.kantor.about",
                election=office.election.title,
                version=office.election.version,
                file=str(office.file.path),
            )
        )
        self._show("posts", [self._post(post) for post in posts(office)])
        self.foot.no_other()
        self.foot.say(words["desk.kantor.say"])
        self.foot.offer(words["desk.kantor.exchange"], self._ask_stick)
        for button in (self.choose, self.choose_folder, self.foot.next_button):
            button.setEnabled(office.can_write)

    @property
    def lines(self) -> list[str]:
        """What is listed."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _show(self, caption: str, lines: list[str]) -> None:
        self.caption.set_text(self._words[f"desk.kantor.{caption}"])
        self.list.clear()
        self.list.addItems(lines[:_MOST_LINES])

    def _post(self, post: Post) -> str:
        words = self._words
        code = "lost" if post.lost else "own" if post.is_own else "other"
        return words(
            f"desk.kantor.post-{code}",
            number=post.number,
            post=post.short,
            records=post.records,
            time=f"{words.date(post.last[:10])} {time_text(post.last)}",
        )

    # Exchange

    def _ask_stick(self) -> None:
        last = self._settings.exchange_folder
        title = self._words["desk.kantor.exchange"]
        folder = QFileDialog.getExistingDirectory(self, title, str(last or Path.home()))
        if folder:
            self.exchange_with(Path(folder))

    def exchange_with(self, folder: Path) -> None:
        """Take in what lies in a folder, then write ours there."""
        session, words = self._session, self._words
        taken: list[Taken] = []
        written: list[Path] = []

        def act() -> None:
            if any(folder.glob("*.tukar")):
                taken.append(exchange_in(session.office, folder))
            written.append(exchange_out(session.office, folder))

        went = session.record(act)
        if taken and not went:
            session.recorded.emit()
        if not written:
            return
        self._settings.exchange_folder = folder
        self.refresh()
        if taken:
            self._show("taken", self._told(taken[0]))
            session.access_changed.emit()
        new = taken[0].new if taken else 0
        self.foot.say(words("desk.kantor.exchanged", count=new, file=written[0].name), Hue.GOOD)

    def _told(self, taken: Taken) -> list[str]:
        session, words = self._session, self._words
        lines = [session.problem_text(problem) for problem in taken.unused]
        for code, changes in (("unsettled", taken.unsettled), ("changed", taken.changed)):
            lines += [
                words(
                    f"desk.kantor.{code}",
                    station=session.station(change.tps),
                    contest=session.office.election.contest(change.contest).title,
                    state=words[f"cli.column.state.{change.after.value}"],
                )
                for change in changes
            ]
        lines += [
            words("desk.kantor.late", station=session.station(late.record.tps))
            for late in taken.late
            if late.record.tps
        ]
        lines += [
            words("desk.kantor.moved-on", number=revision.number) for revision in taken.moved_on
        ]
        return lines or [words["desk.kantor.nothing-changed"]]

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
        try:
            new = read_definition(path)
        except KnownProblem as problem:
            self._show("refused", [words.fault(fault) for fault in problem.faults])
            self.foot.say(words.problem(problem), Hue.CARE)
            return
        proposal = propose(session.office, new)
        self._show_proposal(proposal, new)

    def _show_proposal(self, proposal: Proposal, new: Election) -> None:
        words = self._words
        if proposal.faults:
            self._show("refused", [words.fault(fault) for fault in proposal.faults])
            self.foot.say(words["problem.amendment-refused"], Hue.CARE)
            return
        if not proposal.changes:
            self.foot.say(words("problem.amendment-empty", version=new.version), Hue.CARE)
            return
        self._proposed = new
        self._show("changes", [sentence(words, change, new) for change in proposal.changes])
        self._asking.show()
        self.foot.say(words["desk.kantor.amend-say"], Hue.CARE)
        self.foot.offer(words("desk.kantor.take", version=new.version), self._amend)
        self.foot.offer_other(words["desk.act.give-up"], self.refresh)
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def _amend(self) -> None:
        session, new = self._session, self._proposed
        if new is None:
            return
        if not session.person:
            self._tell(self._words["desk.pleno.who"])
            return
        act = partial(
            amend,
            session.office,
            new,
            by=session.person,
            reason=self.reason.text(),
            decided_by=self.decided_by.text(),
        )
        if session.attempt(act):
            self.amended.emit()

    def _next(self) -> None:
        self.focusNextChild()

    def _tell(self, text: str) -> None:
        if self.isVisible():
            self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go to the next step."""
        self.foot.take_focus()
