"""Closing a contest and opening it again: names of the signers, or a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.labels import PlainLabel
from recap_desktop.desk.typefaces import sized
from recap_desktop.election.facts import Presence, Signer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recap_desktop.desk.session import Session


class SignersForm(QScrollArea):
    """A name and a presence for every seat, who records the close, and where."""

    def __init__(self, session: Session, seats: Sequence[str]) -> None:
        """Draw a line for each seat of the office."""
        super().__init__()
        words = session.words
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines: dict[str, tuple[QLineEdit, QComboBox]] = {}
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 6, 0)
        box.setSpacing(3)
        title = PlainLabel(words["desk.papers.signers"], lines=2)
        sized(title, 1.0, bold=True)
        box.addWidget(title)
        self.by = QLineEdit(session.person)
        self._add(box, words["desk.papers.by"], self.by)
        self.place = QLineEdit()
        self._add(box, words["desk.papers.place"], self.place)
        for seat in seats:
            kind, _, number = seat.partition("-")
            caption = words(f"desk.seat.{kind}", number=number)
            name, presence = QLineEdit(), QComboBox()
            for choice in Presence:
                presence.addItem(words[f"desk.presence.{choice.value}"], choice.value)
            presence.setAccessibleName(words("desk.papers.presence", seat=caption))
            self._add(box, caption, name)
            sized(presence, 0.9)
            box.addWidget(presence)
            self._lines[seat] = (name, presence)
        box.addStretch(1)
        self.setWidget(inside)

    def _add(self, box: QVBoxLayout, caption: str, field: QLineEdit) -> None:
        label = QLabel(caption)
        label.setBuddy(field)
        sized(label, 0.86)
        field.setMaxLength(120)
        field.setAccessibleName(caption)
        field.returnPressed.connect(self._next)
        box.addWidget(label)
        box.addWidget(field)

    def _next(self) -> None:
        self.focusNextChild()

    def show_signers(self, signers: Iterable[Signer]) -> None:
        """Begin with the names of an earlier close."""
        for signer in signers:
            if signer.seat in self._lines:
                self._lines[signer.seat][0].setText(signer.name)

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Every seat as it is filled in."""
        return tuple(
            Signer(seat, name.text().strip(), Presence(presence.currentData()))
            for seat, (name, presence) in self._lines.items()
        )


class ReopeningForm(QWidget):
    """Why a closed contest is opened again, and who decided it."""

    def __init__(self, session: Session) -> None:
        """Ask for reason and decider."""
        super().__init__()
        words = session.words
        title = PlainLabel(words["desk.papers.reopen-title"], lines=2)
        sized(title, 1.0, bold=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(title)
        self.by, self.reason, self.decided_by = QLineEdit(session.person), QLineEdit(), QLineEdit()
        for code, field in (
            ("desk.papers.by", self.by),
            ("desk.ruling.reason", self.reason),
            ("desk.ruling.decided-by", self.decided_by),
        ):
            label = QLabel(words[code])
            label.setBuddy(field)
            sized(label, 0.86)
            field.setAccessibleName(words[code])
            field.setMaxLength(300)
            field.returnPressed.connect(self._next)
            box.addWidget(label)
            box.addWidget(field)
        box.addStretch(1)

    def _next(self) -> None:
        self.focusNextChild()
