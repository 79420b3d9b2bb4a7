"""The root of an election on the page of a new office: typed from its letter, or left for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.election.records.people import plain_name
from recap_desktop.office.keys.key_typing import require_typed, shown

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words
    from recap_desktop.office.keys.roots_beside import Beside
    from recap_desktop.office.keys.taking_certificates import Offered

_GROUP, _NAME = 4, 80


class RootBoxes(QWidget):
    """What lies beside the definition, the groups that are typed, and who types them.

    ``finished`` comes at Enter in the last box.
    """

    finished = Signal()

    def __init__(self, words: Words) -> None:
        """No definition was chosen yet."""
        super().__init__()
        self._words = words
        self.offered: Offered | None = None
        self.about = PlainLabel(lines=3)
        self.groups = (QLineEdit(), QLineEdit())
        self.by = QLineEdit()
        self._labels = [QLabel() for _ in (*self.groups, self.by)]
        self._labels[-1].setText(words["desk.new.root-by"])
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        for label, box in zip(self._labels, self.fields, strict=True):
            label.setBuddy(box)
            box.setMaxLength(_NAME if box is self.by else _GROUP)
            box.returnPressed.connect(self._go_on)
            line.addWidget(label)
            line.addWidget(box, 1 if box is self.by else 0)
        wide = round(self.fontMetrics().averageCharWidth() * (_GROUP + 8))
        for box in self.groups:
            box.setFixedWidth(wide)
        self.by.setAccessibleName(words["desk.new.root-by"])
        box_ = QVBoxLayout(self)
        box_.setContentsMargins(0, 0, 0, 0)
        box_.setSpacing(3)
        box_.addWidget(self.about)
        box_.addLayout(line)
        self.show_beside(None)

    @property
    def fields(self) -> tuple[QLineEdit, ...]:
        """The boxes in their order."""
        return (*self.groups, self.by)

    def show_beside(self, beside: Beside | None) -> None:
        """Say what is offered, and ask for its groups where one key is."""
        words = self._words
        before, self.offered = self.offered, beside.offered if beside else None
        for widget in (*self._labels, *self.fields):
            widget.setVisible(self.offered is not None)
        if self.offered is None:
            code = "none" if beside is None or not beside.offers else "differ"
            self.about.set_text(words[f"desk.new.root-{code}"])
            return
        seen = shown(self.offered.key)
        text = words("desk.new.root-compare", name=self.offered.name, numbers=seen.numbers)
        self.about.set_text(f"{text}\n{' '.join(seen.groups)}")
        for number, label, box in zip(seen.asked, self._labels, self.groups, strict=False):
            caption = words("desk.kunci.group", number=number)
            label.setText(caption)
            box.setAccessibleName(caption)
            if before != self.offered:
                box.clear()

    def typed(self) -> str:
        """The groups that were typed; empty where all were left for later.

        Raises:
            KnownProblem: ``fingerprint-not-typed``, ``name-missing``.
        """
        groups = " ".join(box.text().strip() for box in self.groups).strip()
        if self.offered is None or not groups:
            return ""
        require_typed(self.offered.key, groups)
        plain_name(self.by.text())
        return groups

    def _go_on(self) -> None:
        at = next((at for at, box in enumerate(self.fields) if box.hasFocus()), len(self.fields))
        if at + 1 < len(self.fields):
            self.fields[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()
