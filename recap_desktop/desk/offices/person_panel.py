"""Who is there: asked in the page, by a name of the list or a new one, and a password where it is due."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.office.people.people import person_named, roster
from recap_desktop.office.people.signing_in import Entrance, entrance
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session

_MOST = 12


class PersonPanel(QWidget):
    """A box for a name with names to choose from, then the boxes of a password.

    ``stepped`` says what is to be typed now.
    """

    stepped = Signal(str)

    def __init__(
        self, session: Session, names: Iterable[str], parent: QWidget | None = None
    ) -> None:
        """``names`` are those that typed on this machine before."""
        super().__init__(parent)
        self._session = session
        self._words = words = session.words
        self._known = tuple(names)
        self._offered: list[str] = []
        self._former = ""
        self._name = ""
        self._way = Entrance.NAME
        self._title = PlainLabel(words["desk.person.title"])
        sized(self._title, 1.5, bold=True)
        self._why = PlainLabel(words["desk.person.why"], lines=2)
        self.field = QLineEdit()
        self.field.setMaxLength(80)
        self.field.setPlaceholderText(words["desk.person.placeholder"])
        self.field.setAccessibleName(words["desk.person.title"])
        self.secret = self._secret("desk.person.secret")
        self.again = self._secret("desk.person.again")
        self.names = QListWidget()
        self.names.setAccessibleName(words["desk.person.known"])
        sized(self.field, 1.4)
        sized(self.names, 1.2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 12, 0, 0)
        for widget in (self._title, self._why, self.field, self.secret, self.again):
            box.addWidget(widget)
        box.addWidget(self.names, 1)
        box.addStretch(0)
        self.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * 70))
        for field in (self.field, self.secret, self.again):
            field.returnPressed.connect(self.take)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._back)
        self.names.itemActivated.connect(self._activated)
        self.names.itemClicked.connect(self._activated)

    def _secret(self, code: str) -> QLineEdit:
        """A box that shows dots; digits alone will do, so the number pad suffices."""
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setMaxLength(256)
        field.setPlaceholderText(self._words[code])
        field.setAccessibleName(self._words[code])
        sized(field, 1.4)
        return field

    # Whose name

    def ask(self) -> None:
        """Offer names of this machine and this office, each with a number; none is taken unasked.

        A name that stood in the box already would be taken by a habitual Enter, and two people
        would become one. A guarded office has only the people of its roster.
        """
        own = roster(self._session.office).values()
        is_guarded = self._session.is_guarded
        self._offered = list(dict.fromkeys(own if is_guarded else (*self._known, *own)))[:_MOST]
        self.names.clear()
        numbered = enumerate(self._offered, start=1)
        self.names.addItems([f"{number}.  {name}" for number, name in numbered])
        line = self.names.fontMetrics().height() + 2
        self.names.setMaximumHeight(line * len(self._offered) + 2 * self.names.frameWidth() + 6)
        code = "why-guarded" if is_guarded else "why"
        self._show(self._words["desk.person.title"], self._words[f"desk.person.{code}"])
        self.field.clear()

    def _show(self, title: str, why: str, way: Entrance = Entrance.NAME) -> None:
        """Show the boxes of one step."""
        self._way = way
        asks_name = way is Entrance.NAME
        self._title.set_text(title)
        self._why.set_text(why)
        self.field.setVisible(asks_name)
        self.names.setVisible(asks_name and bool(self._offered))
        self.secret.setVisible(not asks_name)
        self.again.setVisible(way is Entrance.FIRST)
        for field in (self.secret, self.again):
            field.clear()
        code = "say" if asks_name else "say-first" if way is Entrance.FIRST else "say-secret"
        self.stepped.emit(self._words[f"desk.person.{code}"])

    def ask_password(self, name: str) -> None:
        """Ask for the password of somebody, or go on with the name alone where it is enough.

        Raises:
            KnownProblem: ``person-unknown``, ``password-not-set``.
        """
        way = entrance(self._session.office, name)
        if way is Entrance.NAME:
            self._session.choose_person(name)
            return
        self._name = person_named(self._session.office, name).name
        if way is Entrance.ASK_CHAIR:
            raise KnownProblem("password-not-set", name=self._name)
        code = "first-why" if way is Entrance.FIRST else "secret-why"
        title = self._words("desk.person.secret-of", name=self._name)
        self._show(title, self._words[f"desk.person.{code}"], way)
        self.take_focus()

    def let_stay(self, name: str) -> None:
        """Let the one who typed so far go on, where somebody asks for another by mistake."""
        self._former = name or self._former

    def offer_stay(self, foot: StepBar) -> None:
        """Offer it as the other way."""
        if self._former:
            text = self._words("desk.person.stay", name=self._former)
            foot.offer_other(text, self.stay)

    def stay(self) -> None:
        """Go on as the one who typed so far."""
        if self._former:
            self._session.attempt(partial(self.ask_password, self._former))

    def _back(self) -> None:
        """From the password to the names; from the names to who typed so far."""
        if self._way is Entrance.NAME:
            self.stay()
        else:
            self.ask()
            self.take_focus()

    def take_focus(self) -> None:
        """Go to the box that is to be filled in."""
        field = self.field if self._way is Entrance.NAME else self.secret
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.selectAll()

    def take(self) -> None:
        """Take the name in the box, or the one of that number in the list; then the password."""
        if self._way is Entrance.FIRST:
            self._take_first()
        elif self._way is Entrance.PASSWORD:
            self._take_password()
        else:
            name = self.field.text().strip()
            if name.isdecimal():
                at = int(name) - 1
                name = self._offered[at] if 0 <= at < len(self._offered) else ""
            if name:
                self._session.attempt(partial(self.ask_password, name))

    def _take_password(self) -> None:
        password = self.secret.text()
        self.secret.clear()
        if not password:
            self.take_focus()
            return
        session = self._session
        if not session.attempt(partial(session.choose_person, self._name, password)):
            self.take_focus()

    def _take_first(self) -> None:
        """A chair sets the first password of this laptop, typed twice."""
        if self.secret.hasFocus() and not self.again.text():
            self.again.setFocus(Qt.FocusReason.TabFocusReason)
            return
        session, password = self._session, self.secret.text()
        if password != self.again.text():
            session.told.emit(session.problem_text(KnownProblem("password-not-repeated")))
        elif session.attempt(partial(session.choose_person, self._name, password, is_first=True)):
            return
        self.secret.clear()
        self.again.clear()
        self.take_focus()

    def _activated(self, item: QListWidgetItem) -> None:
        self.field.setText(self._offered[self.names.row(item)])
        self.take()
