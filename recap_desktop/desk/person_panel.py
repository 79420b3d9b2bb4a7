"""Who types: asked once a session, in the page, with the names this machine and office know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from recap_desktop.desk.labels import PlainLabel
from recap_desktop.desk.typefaces import sized
from recap_desktop.office.people import roster

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.desk.session import Session

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
        self.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * 70))
        self.field.returnPressed.connect(self.take)
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
        self.field.clear()

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
