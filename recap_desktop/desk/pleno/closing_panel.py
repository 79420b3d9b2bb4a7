"""Closing a contest and opening it again: names of the signers, or a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.numbered_line import NumberedLine, OfferedTexts
from recap_desktop.election.papers.facts import Presence, Signer
from recap_desktop.office.entry.usual_words import deciders, usual_reasons
from recap_desktop.office.plenary.reading import PLENARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recap_desktop.desk.session import Session
    from recap_desktop.election.wording import Words


class PresenceBox(QComboBox):
    """Present, absent or refused: changed by keys and clicks, never by a wheel that scrolls."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, as in the boxes around it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Let the form scroll."""
        event.ignore()


@dataclass(frozen=True, slots=True)
class _Seat:
    """The boxes of one seat; the reason is asked of those who do not sign."""

    name: QLineEdit
    presence: PresenceBox
    reason: QLineEdit


class SignersForm(QScrollArea):
    """A name and a presence for every seat, who records the close, and where."""

    def __init__(self, session: Session, seats: Sequence[str]) -> None:
        """Draw a line for each seat of the office."""
        super().__init__()
        words = session.words
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._seats: dict[str, _Seat] = {}
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 6, 0)
        box.setSpacing(3)
        title = PlainLabel(words["desk.papers.signers"], lines=2)
        sized(title, 1.0, bold=True)
        box.addWidget(title)
        self.by = QLineEdit(session.person)
        self.by.setReadOnly(session.is_guarded)
        self._add(box, words["desk.papers.by"], self.by)
        self.place = QLineEdit()
        self._add(box, words["desk.papers.place"], self.place)
        for seat in seats:
            kind, _, number = seat.partition("-")
            caption = words(f"desk.seat.{kind}", number=number)
            self._seats[seat] = self._add_seat(box, caption, words)
        box.addStretch(1)
        self.setWidget(inside)

    def _add_seat(self, box: QVBoxLayout, caption: str, words: Words) -> _Seat:
        seat = _Seat(QLineEdit(), PresenceBox(), QLineEdit())
        for choice in Presence:
            seat.presence.addItem(words[f"desk.presence.{choice.value}"], choice.value)
        seat.presence.setAccessibleName(words("desk.papers.presence", seat=caption))
        seat.reason.setAccessibleName(words("desk.papers.absence-of", seat=caption))
        seat.reason.setPlaceholderText(words["desk.papers.absence"])
        seat.reason.setMaxLength(200)
        seat.reason.returnPressed.connect(self._next)
        self._add(box, caption, seat.name)
        box.addWidget(seat.presence)
        box.addWidget(seat.reason)
        seat.reason.hide()
        seat.presence.currentIndexChanged.connect(lambda at: seat.reason.setVisible(at > 0))
        return seat

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
        """Begin with who signed an earlier close, or who attends."""
        for signer in signers:
            if signer.seat in self._seats:
                boxes = self._seats[signer.seat]
                boxes.name.setText(signer.name)
                boxes.presence.setCurrentIndex(list(Presence).index(signer.presence))
                boxes.reason.setText(signer.reason)

    def seat(self, seat: str) -> tuple[QLineEdit, PresenceBox, QLineEdit]:
        """Name, presence and reason of a seat."""
        boxes = self._seats[seat]
        return boxes.name, boxes.presence, boxes.reason

    @property
    def last(self) -> QWidget:
        """The last box."""
        return list(self._seats.values())[-1].reason if self._seats else self.place

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Every seat as it is filled in; who signs has no reason not to."""
        return tuple(self._signer(seat, boxes) for seat, boxes in self._seats.items())

    def _signer(self, seat: str, boxes: _Seat) -> Signer:
        presence = Presence(boxes.presence.currentData())
        reason = "" if presence is Presence.PRESENT else boxes.reason.text().strip()
        return Signer(seat, boxes.name.text().strip(), presence, reason)


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
        self.by, self.reason, self.decided_by = (
            QLineEdit(session.person),
            NumberedLine(),
            NumberedLine(PLENARY if session.is_reading else ""),
        )
        self.by.setReadOnly(session.is_guarded)
        self.reason.offer(usual_reasons(words, "reopen-closed"))
        self.decided_by.offer(deciders(session.office, session.contest_id, words))
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
        self.offered = OfferedTexts(words, (self.reason, self.decided_by))
        box.addWidget(self.offered)
        box.addStretch(1)

    def _next(self) -> None:
        self.focusNextChild()
