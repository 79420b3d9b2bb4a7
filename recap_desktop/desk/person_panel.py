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
        """Offer names of this machine and this office; the first stands in the box already."""
        names = (*self._known, *roster(self._session.office).values())
        known = list(dict.fromkeys(names))[:_MOST]
        self.names.clear()
        self.names.addItems(known)
        self.names.setVisible(bool(known))
        if known and not self.field.text():
            self.field.setText(known[0])

    def take_focus(self) -> None:
        """Go to the box."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.field.selectAll()

    def take(self) -> None:
        """Take the name in the box, if there is one."""
        name = self.field.text()
        if name.strip():
            self._session.attempt(lambda: self._session.choose_person(name))

    def _activated(self, item: QListWidgetItem) -> None:
        self.field.setText(item.text())
        self.take()
