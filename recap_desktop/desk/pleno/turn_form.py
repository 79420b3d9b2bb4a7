"""Opening, suspending, resuming and ending the plenary: place, who leads, when, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.election.records.plenary import Turn

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.plenary import Plenary

_ASKS_PLACE = frozenset({Turn.OPENED})


class TurnForm(QWidget):
    """What is declared with a turn of the plenary.

    Attributes:
        turn: what is declared.
    """

    def __init__(self, session: Session, turn: Turn, held: Plenary) -> None:
        """Ask for what the turn needs; the place and who leads stay as they were."""
        super().__init__()
        words = session.words
        self.turn = turn
        self.place, self.leader = QLineEdit(held.place), QLineEdit(held.leader)
        self.at, self.reason = QLineEdit(session.office.now()), QLineEdit()
        title = PlainLabel(words[f"desk.pleno.title.{turn.value}"], lines=2)
        sized(title, 1.1, bold=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(title)
        asked = {
            "place": self.place if turn in _ASKS_PLACE else None,
            "leader": self.leader,
            "at": self.at,
            "reason": None if turn in _ASKS_PLACE else self.reason,
        }
        self.fields = [field for field in asked.values() if field is not None]
        for name, field in asked.items():
            if field is None:
                continue
            label = QLabel(words[f"desk.pleno.{name}"])
            label.setBuddy(field)
            sized(label, 0.86)
            field.setAccessibleName(words[f"desk.pleno.{name}"])
            field.setMaxLength(200)
            field.returnPressed.connect(self._next)
            box.addWidget(label)
            box.addWidget(field)
        box.addStretch(1)

    @property
    def first(self) -> QLineEdit:
        """The first box that is still empty, else the last one."""
        return next((field for field in self.fields if not field.text()), self.fields[-1])

    def _next(self) -> None:
        self.focusNextChild()
