"""The head of the window: which office, which contest, in what state, saved when, mirrored where."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.badge import Badge
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.election.figures.tallies import Source
from recap_desktop.election.wording import time_text
from recap_desktop.office.plenary.revisions import has_moved_on, revisions, standing_revision
from recap_desktop.office.upward.open_alarms import has_open_alarm
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session

_LEAST_NAME = 16
_FEW_CONTESTS, _MOST_SEEN = 5, 20
_MAY_GO_ON = ("no-key", "restored-backup")


class HeadBar(QWidget):
    """One line that always says where one is, and a second where nothing can be written."""

    person_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Say it for the office on the desk."""
        super().__init__(parent)
        self._session = session
        words = session.words
        self._office = PlainLabel(session.office_name())
        sized(self._office, 1.1, bold=True)
        self.contests = QComboBox()
        self.contests.setAccessibleName(words["desk.head.contest"])
        self.contests.setToolTip(words["desk.head.contest-tip"])
        self.contests.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.contests.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.contests.setMinimumContentsLength(6)
        self.contests.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.contests.setMaxVisibleItems(_MOST_SEEN)
        self._list_contests()
        self._rehearsal = Badge(words["desk.head.rehearsal"], Hue.CARE, Shape.FLAG)
        self.alarm = Badge(words["desk.terima.alarm-badge"], Hue.WRONG, Shape.DIAMOND)
        self._source = Badge(words["desk.source.salinan"], Hue.CHANGED, Shape.SHEET)
        self._state = Badge("", Hue.QUIET, Shape.PENCIL)
        double = session.office.file.double_entry
        self._entry = PlainLabel(words["desk.head.double" if double else "desk.head.single"])
        self._saved = PlainLabel()
        self._person, self._mirror = StepButton(), StepButton()
        for button in (self._person, self._mirror):
            button.setFlat(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._mirror.setToolTip(words["desk.head.mirror-tip"])
        sized(self._mirror, 0.86)
        sized(self._saved, 0.95)
        sized(self._entry, 0.86)
        self._entry.set_role(QPalette.ColorRole.PlaceholderText)
        self._obstacle = QWidget()
        self._why = PlainLabel(lines=2)
        self._go_on = StepButton(words["desk.head.go-on"])
        self._arrange()
        # Only now: what has no parent yet would be shown as a window of its own.
        self._rehearsal.setVisible(session.office.election.is_rehearsal)
        self._show_source()
        self._connect()
        self.refresh()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._office)
        line.addWidget(self.contests)
        line.addWidget(self._state)
        line.addWidget(self._rehearsal)
        line.addWidget(self.alarm)
        line.addWidget(self._source)
        line.addStretch(1)
        line.addWidget(self._entry)
        line.addWidget(self._person)
        line.addWidget(self._saved)
        line.addWidget(self._mirror)
        # Where there is little room the contest and the way of entry give way, not who one is
        # and what is saved.
        least = self.fontMetrics().averageCharWidth() * _LEAST_NAME
        self._office.setMinimumWidth(min(self._office.sizeHint().width(), least))
        self._state.let_narrow()
        self._saved.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        obstacle = QHBoxLayout(self._obstacle)
        obstacle.setContentsMargins(0, 0, 0, 0)
        obstacle.addWidget(Badge(self._session.words["desk.head.read-only"], Hue.CARE, Shape.LOCK))
        obstacle.addWidget(self._why, 1)
        obstacle.addWidget(self._go_on)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 5, 10, 2)
        box.setSpacing(4)
        box.addLayout(line)
        box.addWidget(self._obstacle)

    def _show_source(self) -> None:
        self._source.setVisible(self._session.source is Source.SALINAN)

    def _connect(self) -> None:
        session = self._session
        self.contests.activated.connect(self._choose)
        session.source_changed.connect(self._show_source)
        QShortcut(QKeySequence("F4"), self).activated.connect(session.turn_source)
        QShortcut(QKeySequence("F6"), self).activated.connect(session.next_contest)
        QShortcut(QKeySequence("Shift+F6"), self).activated.connect(self.contests.showPopup)
        QShortcut(QKeySequence("F7"), self).activated.connect(self.person_asked)
        self._person.clicked.connect(self.person_asked)
        self._go_on.clicked.connect(self._go_on_as_new_post)
        self._mirror.clicked.connect(self.ask_mirror)
        session.contest_changed.connect(self.refresh)
        session.person_changed.connect(self.refresh)
        session.recorded.connect(self.refresh)
        session.access_changed.connect(self.refresh)

    def _list_contests(self) -> None:
        """Each contest with its dapil; of many also a number, by which it is found in the list."""
        session = self._session
        held = session.office.contests
        for number, key in enumerate(held, start=1):
            text = session.contest_name(key)
            if len(held) > _FEW_CONTESTS:
                text = session.words("desk.head.numbered", number=str(number), name=text)
            self.contests.addItem(text, key)

    @property
    def state_text(self) -> str:
        """Draft or revision, as shown."""
        return self._state.text

    @property
    def saved_text(self) -> str:
        """When something was last saved, as shown."""
        return self._saved.text

    @property
    def go_on_button(self) -> StepButton:
        """Goes on as a new post, where that is offered."""
        return self._go_on

    def refresh(self) -> None:
        """Say it again."""
        session = self._session
        words = session.words
        self.alarm.setVisible(has_open_alarm(session.office, session.contest_id))
        self.contests.setCurrentIndex(self.contests.findData(session.contest_id))
        self._show_state()
        name = session.person
        self._person.setText(words("desk.head.person", name=name) if name else "")
        self._person.setVisible(bool(name))
        at = session.saved_at
        text = words("desk.head.saved", time=_seconds(at)) if at else words["desk.head.not-saved"]
        self._saved.set_text(text)
        mirror = session.office.mirror
        code = "none" if mirror is None else "present" if mirror.is_present else "missing"
        self._mirror.setText(words[f"desk.head.mirror-{code}"])
        self._mirror.setEnabled(session.office.can_write)
        self._show_obstacle()

    def _show_state(self) -> None:
        session = self._session
        words = session.words
        revision = standing_revision(session.office, session.contest_id)
        if revision is None:
            made = revisions(session.office, session.contest_id)
            code = "desk.head.reopened" if made else "desk.head.draft"
            text = words(code, number=str(len(made)))
            self._state.show_as(text, Hue.QUIET, Shape.PENCIL)
        elif has_moved_on(session.office, revision):
            text = words("desk.head.moved-on", number=str(revision.number))
            self._state.show_as(text, Hue.CARE, Shape.HOURGLASS)
        else:
            text = words("desk.head.revision", number=str(revision.number))
            self._state.show_as(text, Hue.FINAL, Shape.LOCK)

    def _show_obstacle(self) -> None:
        office = self._session.office
        self._obstacle.setVisible(not office.can_write)
        if office.can_write:
            return
        try:
            office.require_writable()
        except KnownProblem as problem:
            self._why.set_text(self._session.words.problem(problem))
        self._go_on.setVisible(office.obstacle in _MAY_GO_ON)

    def _choose(self, at: int) -> None:
        self._session.choose_contest(str(self.contests.itemData(at)))

    def ask_mirror(self) -> None:
        """Ask for the folder of the mirror."""
        title = self._session.words["desk.head.mirror-tip"]
        folder = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if folder:
            self.choose_mirror(Path(folder))

    def choose_mirror(self, folder: Path) -> None:
        """Keep every record on a second medium too, from now on."""
        if self._session.attempt(partial(self._session.office.set_mirror, folder)):
            self.refresh()

    @property
    def mirror_text(self) -> str:
        """Whether there is a mirror, as shown."""
        return self._mirror.text()

    def _go_on_as_new_post(self) -> None:
        if self._session.attempt(self._session.office.go_on_as_new_post):
            self._session.access_changed.emit()


def _seconds(iso: str) -> str:
    """A time of day to the second, with dots."""
    return f"{time_text(iso)}.{iso[17:19]}"
