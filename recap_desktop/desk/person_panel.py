"""Who types: asked once a session, in the page, with the names this machine and office know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from recap_desktop.desk.labels import PlainLabel
from recap_desktop.desk.typefaces import sized
from recap_desktop.office.people import roster

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.desk.session import Session
    from recap_desktop.desk.step_bar import StepBar

_MOST = 12


class PersonPanel(QWidget):
    """A box for a name, and names to choose from."""

    def __init__(
        self, session: Session, names: Iterable[str], parent: QWidget | None = None
    ) -> None:
        """``names`` are those that typed on this machine before."""
        super().__init__(parent)
        self._session = session
        self._known = tuple(names)
        self._offered: list[str] = []
        self._former = ""
        words = session.words
        title = PlainLabel(words["desk.person.title"])
        sized(title, 1.5, bold=True)
        why = PlainLabel(words["desk.person.why"], lines=2)
        self.field = QLineEdit()
        self.field.setMaxLength(80)
        self.field.setPlaceholderText(words["desk.person.placeholder"])
        self.field.setAccessibleName(words["desk.person.title"])
        sized(self.field, 1.4)
        self.names = QListWidget()
        self.names.setAccessibleName(words["desk.person.known"])
        sized(self.names, 1.2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 12, 0, 0)
        box.addWidget(title)
        box.addWidget(why)
        box.addWidget(self.field)
        box.addWidget(self.names, 1)
        box.addStretch(0)
        self.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * 70))
        self.field.returnPressed.connect(self.take)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.stay)
        self.names.itemActivated.connect(self._activated)
        self.names.itemClicked.connect(self._activated)

    def ask(self) -> None:
        """Offer names of this machine and this office, each with a number; none is taken unasked.

        A name that stood in the box already would be taken by a habitual Enter, and two people
        would become one.
        """
        names = (*self._known, *roster(self._session.office).values())
        self._offered = list(dict.fromkeys(names))[:_MOST]
        self.names.clear()
        numbered = enumerate(self._offered, start=1)
        self.names.addItems([f"{number}.  {name}" for number, name in numbered])
        self.names.setVisible(bool(self._offered))
        line = self.names.fontMetrics().height() + 2
        self.names.setMaximumHeight(line * len(self._offered) + 2 * self.names.frameWidth() + 6)
        self.field.clear()

    def let_stay(self, name: str) -> None:
        """Let the one who typed so far go on, where somebody asks for another by mistake."""
        self._former = name or self._former

    def offer_stay(self, foot: StepBar) -> None:
        """Offer it as the other way."""
        if self._former:
            text = self._session.words("desk.person.stay", name=self._former)
            foot.offer_other(text, self.stay)

    def stay(self) -> None:
        """Go on as the one who typed so far."""
        if self._former:
            self._session.attempt(lambda: self._session.choose_person(self._former))

    def take_focus(self) -> None:
        """Go to the box."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.field.selectAll()

    def take(self) -> None:
        """Take the name in the box, or the one of that number in the list."""
        name = self.field.text().strip()
        if name.isdecimal():
            at = int(name) - 1
            name = self._offered[at] if 0 <= at < len(self._offered) else ""
        if name:
            self._session.attempt(lambda: self._session.choose_person(name))

    def _activated(self, item: QListWidgetItem) -> None:
        self.field.setText(self._offered[self.names.row(item)])
        self.take()
