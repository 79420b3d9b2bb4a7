"""Orang: who works in the office, with which role; added, changed, given a password on this laptop."""

from __future__ import annotations

import enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.election.records.roles import Deed, Role
from recap_desktop.office.people.people import add_person, give_role, people
from recap_desktop.office.people.signing_in import change_password, has_password, set_password
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.people import Person

_ROLES = tuple(Role)
_MINUTES = (5, 10, 20, 30, 0)
"""What the idle lock may be set to, one after the other; 0 is never."""


class _Step(enum.Enum):
    LIST = "list"
    NAME = "name"
    ROLE = "role"
    SECRET = "secret"  # noqa: S105 - a step
    OWN = "own"


class PeoplePage(QWidget):
    """The list, and under it the boxes of the one thing that is being done."""

    left = Signal()
    person_asked = Signal()
    minutes_chosen = Signal(int)

    def __init__(
        self, session: Session, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:
        """Show who there is."""
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._words = words = session.words
        self._people: list[Person] = []
        self._name = ""
        self._is_new = False
        self._title = PlainLabel(words["desk.people.title"])
        sized(self._title, 1.5, bold=True)
        self.about = PlainLabel(lines=2)
        self.add, self.change, self.secret, self.own, self.lock = (
            StepButton(words[f"desk.people.{code}"])
            for code in ("add", "change", "set-secret", "own-secret", "lock-never")
        )
        self.list, self.roles = QListWidget(), QListWidget()
        for widget, code in ((self.list, "title"), (self.roles, "role")):
            widget.setAccessibleName(words[f"desk.people.{code}"])
            sized(widget, 1.15)
        self.roles.addItems([_role_line(session, at) for at in range(len(_ROLES))])
        self.name, self.old, self.new, self.again = (
            self._box(code) for code in ("name", "old", "new", "again")
        )
        self._asked = PlainLabel()
        sized(self._asked, 1.1, bold=True)
        self.foot = StepBar()
        self._arrange()
        self._connect()
        self.refresh()

    def _box(self, code: str) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(80 if code == "name" else 256)
        if code != "name":
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(self._words[f"desk.people.box-{code}"])
        return field

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.add, self.change, self.secret, self.own, self.lock):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._boxes = QWidget()
        asking = QHBoxLayout(self._boxes)
        asking.setContentsMargins(0, 0, 0, 0)
        self._labels: dict[QLineEdit, QLabel] = {}
        for field in (self.name, self.old, self.new, self.again):
            label = QLabel(field.accessibleName())
            label.setBuddy(field)
            self._labels[field] = label
            asking.addWidget(label)
            asking.addWidget(field, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.addWidget(self._title)
        box.addWidget(self.about)
        box.addLayout(buttons)
        box.addWidget(self.list, 1)
        box.addWidget(self._asked)
        box.addWidget(self._boxes)
        line = self.roles.fontMetrics().height() + 3
        self.roles.setFixedHeight(line * len(_ROLES) + 2 * self.roles.frameWidth() + 6)
        box.addWidget(self.roles)
        box.addWidget(self.foot)

    def _connect(self) -> None:
        session = self._session
        self.add.clicked.connect(self._begin_adding)
        self.change.clicked.connect(partial(self._of_chosen, self._ask_role))
        self.secret.clicked.connect(partial(self._of_chosen, self._ask_secret))
        self.own.clicked.connect(self._ask_own)
        self.lock.clicked.connect(self._choose_minutes)
        self.roles.itemActivated.connect(self._give)
        for field in (self.name, self.old, self.new, self.again):
            field.returnPressed.connect(self._next)
        self.foot.typed.connect(self._choose_row)
        session.told.connect(self._tell)
        session.person_changed.connect(self.refresh)
        session.recorded.connect(self._fill)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._back)

    # The list

    @property
    def lines(self) -> list[str]:
        """Who is listed, as shown."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def refresh(self) -> None:
        """Show who there is, and what this person may do."""
        session, words = self._session, self._words
        guarded = session.is_guarded
        self.about.set_text(words[f"desk.people.{'guarded' if guarded else 'open'}"])
        manages = session.office.can_write and session.allows(Deed.MANAGE_PEOPLE)
        self.add.setVisible(manages)
        self.change.setVisible(manages)
        self.secret.setVisible(manages and guarded)
        self.own.setVisible(guarded and session.is_present)
        minutes = self._settings.lock_minutes
        text = words("desk.people.lock", minutes=minutes) if minutes else ""
        self.lock.setText(text or words["desk.people.lock-never"])
        self.lock.setVisible(guarded)
        self._fill()
        self._show(_Step.LIST)
        self.foot.say(words["desk.people.say"])
        self.foot.offer(words["desk.people.back"], self.left.emit)

    def _fill(self) -> None:
        office, row = self._session.office, self.list.currentRow()
        self._people = list(people(office).values())
        self.list.clear()
        self.list.addItems([self._line(at, one) for at, one in enumerate(self._people, start=1)])
        self.list.setCurrentRow(max(0, min(row, len(self._people) - 1)))

    def _line(self, number: int, person: Person) -> str:
        words = self._words
        roles = ", ".join(words[f"role.{role.value}"] for role in _ROLES if role in person.roles)
        parts = [roles]
        if len(person.roles) > 1:
            parts.append(words["desk.people.unsettled"])
        if self._session.is_guarded:
            has = has_password(self._session.office, person)
            parts.append(words[f"desk.people.{'has' if has else 'no'}-secret"])
        return words(
            "desk.people.line", number=str(number), name=person.name, rest=", ".join(parts)
        )

    def _choose_row(self, digit: str) -> None:
        if 0 < int(digit) <= len(self._people):
            self.list.setCurrentRow(int(digit) - 1)
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, step: _Step, asked: str = "", *fields: QLineEdit) -> None:
        """Show the boxes of one step and nothing else."""
        self._step = step
        self._asked.set_text(asked)
        self._asked.setVisible(bool(asked))
        self._boxes.setVisible(bool(fields))
        for field, label in self._labels.items():
            field.clear()
            field.setVisible(field in fields)
            label.setVisible(field in fields)
        self.roles.setVisible(step is _Step.ROLE)
        if step is _Step.LIST:
            self.foot.no_other()
        else:
            self.foot.offer_other(self._words["desk.act.give-up"], self._back)
        if fields:
            fields[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _back(self) -> None:
        if self._step is _Step.LIST:
            self.left.emit()
            return
        self.refresh()
        self.take_focus()

    # Adding, and changing a role

    def _may_act(self) -> bool:
        if not self._session.is_present:
            self.foot.say(self._words["desk.people.who"], Hue.CARE)
            self.foot.offer(self._words["desk.people.sign-in"], self.person_asked.emit)
            self.foot.take_focus()
        return self._session.is_present

    def _of_chosen(self, ask: Callable[[], object]) -> None:
        row = self.list.currentRow()
        if self._may_act() and 0 <= row < len(self._people):
            self._name, self._is_new = self._people[row].name, False
            ask()

    def _begin_adding(self) -> None:
        if self._may_act():
            self._is_new = True
            self._show(_Step.NAME, self._words["desk.people.add-title"], self.name)
            self.foot.say(self._words["desk.people.add-say"])
            self.foot.offer(self._words["desk.people.to-role"], self._next)

    def _ask_role(self) -> None:
        words = self._words
        self._show(_Step.ROLE, words("desk.people.role-of", name=self._name))
        self.roles.setCurrentRow(0)
        self.roles.setFocus(Qt.FocusReason.TabFocusReason)
        self.foot.say(words["desk.people.role-say"])
        self.foot.offer(words["desk.people.give"], self._give)

    def _give(self) -> None:
        session, role = self._session, _ROLES[self.roles.currentRow()]
        was_guarded, by = session.is_guarded, session.person
        act = partial(
            add_person if self._is_new else give_role, session.office, self._name, role, by=by
        )
        if not session.record(act):
            return
        self.refresh()
        words = self._words
        given = words("desk.people.given", name=self._name, role=words[f"role.{role.value}"])
        self.foot.say(given, Hue.GOOD)
        names = [person.name for person in self._people]
        self.list.setCurrentRow(names.index(self._name) if self._name in names else 0)
        self.take_focus()
        if session.is_guarded and not was_guarded:
            self.foot.say(words("cli.people.now-guarded", name=self._name), Hue.CARE)
            self.foot.offer(words["desk.people.sign-in"], self.person_asked.emit)
        elif self._is_new and session.is_guarded:
            # Nobody comes in without one: it is what is done next as a rule.
            self.foot.offer(words["desk.people.set-secret"], self._ask_secret)
            self.foot.take_focus()

    # Passwords

    def _ask_secret(self) -> None:
        if self._name.casefold() == self._session.person.casefold():
            self._ask_own()
            return
        title = self._words("desk.people.secret-of", name=self._name)
        self._show(_Step.SECRET, title, self.new, self.again)
        self._say_secret()

    def _ask_own(self) -> None:
        if self._may_act():
            title = self._words["desk.people.own-title"]
            self._show(_Step.OWN, title, self.old, self.new, self.again)
            self._say_secret()

    def _say_secret(self) -> None:
        self.foot.say(self._words["desk.people.secret-say"])
        self.foot.offer(self._words["desk.people.set-secret"], self._set_secret)

    def _set_secret(self) -> None:
        session, new = self._session, self.new.text()
        if new != self.again.text():
            self._tell(session.problem_text(KnownProblem("password-not-repeated")))
            for field in (self.new, self.again):
                field.clear()
            self.new.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if self._step is _Step.OWN:
            went = session.attempt(partial(change_password, session.office, self.old.text(), new))
        else:
            act = partial(set_password, session.office, self._name, new, by=session.person)
            went = session.record(act)
        if went:
            self.refresh()
            self.foot.say(self._words["desk.people.secret-set"], Hue.GOOD)
            self.take_focus()

    def _next(self) -> None:
        """From box to box; from the last to what takes them."""
        fields = [field for field in self._labels if field.isVisibleTo(self)]
        at = next((at for at, field in enumerate(fields) if field.hasFocus()), len(fields) - 1)
        if self._step is _Step.NAME:
            self._name = " ".join(self.name.text().split())
            if self._name:
                self._ask_role()
        elif at + 1 < len(fields):
            fields[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._set_secret()

    # The idle lock

    def _choose_minutes(self) -> None:
        """The next of the usual numbers of minutes; after the longest never, then the shortest."""
        now = self._settings.lock_minutes
        at = _MINUTES.index(now) if now in _MINUTES else 0
        chosen = _MINUTES[(at + 1) % len(_MINUTES)]
        self._settings.lock_minutes = chosen
        self.minutes_chosen.emit(chosen)
        self.refresh()
        self.lock.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, text: str) -> None:
        if self.isVisible():
            self.foot.say(text, Hue.CARE)

    def take_focus(self) -> None:
        """Go to the list."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """See who is there now."""
        super().showEvent(event)
        if self._step is _Step.LIST:
            self.refresh()


def _role_line(session: Session, at: int) -> str:
    role, words = _ROLES[at], session.words
    name, about = words[f"role.{role.value}"], words[f"role.about.{role.value}"]
    return words("desk.people.role-line", number=str(at + 1), role=name, about=about)
