"""Who types: asked once a session, in the page, with the names this machine and office know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from recap_desktop.desk.labels import PlainLabel
from recap_desktop.desk.typefaces import sized

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.election.wording import Words

_MOST = 12


class PersonPanel(QWidget):
    """A box for a name, and names to choose from."""

    named = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """Ask."""
        super().__init__(parent)
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

    def show_names(self, names: Iterable[str]) -> None:
        """Offer names, each once, in their order; the first stands in the box already."""
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
        if self.field.text().strip():
            self.named.emit(self.field.text())

    def _activated(self, item: QListWidgetItem) -> None:
        self.field.setText(item.text())
        self.take()
