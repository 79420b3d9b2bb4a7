"""A decision in boxes: who types it, its reason, who raised it, who decided; usual words by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.numbered_line import NumberedLine, OfferedTexts
from recap_desktop.desk.pieces.top_text import TopText
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.entry.usual_words import deciders, raisers, usual_reasons
from recap_desktop.office.plenary.reading import PLENARY

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session

_LONGEST, _WIDE = 300, 110
_CAPTIONS = (
    "desk.papers.by",
    "desk.ruling.reason",
    "desk.ruling.raised-by",
    "desk.ruling.decided-by",
)


class DecisionForm(QScrollArea):
    """Boxes of one decision; Enter leads to the next, after the last comes ``finished``.

    Attributes:
        by: who types it.
        reason: why.
        raised_by: who raised it.
        decided_by: who decided.
    """

    finished = Signal()

    def __init__(
        self, session: Session, title: str, why: str = "", *, usual: str, only_reason: bool = False
    ) -> None:
        """Ask for a decision.

        Args:
            session: of the office.
            title: what is decided.
            why: what follows from it; may be empty.
            usual: whose usual reasons are offered; see reasons.toml.
            only_reason: whether nobody else raises or decides it.
        """
        super().__init__()
        words = session.words
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.by = QLineEdit(session.person)
        self.by.setReadOnly(session.is_guarded)
        self.reason, self.raised_by = NumberedLine(), NumberedLine()
        self.decided_by = NumberedLine(PLENARY if session.is_reading else "")
        self.reason.offer(usual_reasons(words, usual))
        self._asked: list[QLineEdit] = [self.by, self.reason]
        if not only_reason:
            self.raised_by.offer(raisers(session.office, session.contest_id, words))
            self.decided_by.offer(deciders(session.office, session.contest_id, words))
            self._asked += [self.raised_by, self.decided_by]
        self._box = self._lay_out(title, why)
        for code, field in zip(_CAPTIONS, self._asked, strict=False):
            self._add(words[code], field)
        lines = [field for field in self._asked if isinstance(field, NumberedLine)]
        self._box.addWidget(OfferedTexts(words, lines))
        self._box.addStretch(1)

    def _lay_out(self, title: str, why: str) -> QVBoxLayout:
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(2, 0, 8, 0)
        box.setSpacing(3)
        inside.setMaximumWidth(inside.fontMetrics().averageCharWidth() * _WIDE)
        head = PlainLabel(title, lines=2)
        sized(head, 1.1, bold=True)
        box.addWidget(head)
        if why:
            box.addWidget(TopText(why))
        self.setWidget(inside)
        return box

    def _add(self, caption: str, field: QLineEdit) -> None:
        label = QLabel(caption)
        label.setBuddy(field)
        sized(label, 0.86)
        field.setAccessibleName(caption)
        field.setMaxLength(_LONGEST)
        field.returnPressed.connect(self._go_on)
        self._box.addWidget(label)
        self._box.addWidget(field)

    def _go_on(self) -> None:
        field = self.sender()
        assert isinstance(field, QLineEdit)
        following = self._asked.index(field) + 1
        if following < len(self._asked):
            self._asked[following].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(self._asked[following])
        else:
            self.finished.emit()

    @property
    def last(self) -> QLineEdit:
        """The last box."""
        return self._asked[-1]

    @property
    def decision(self) -> Decision:
        """What was typed."""
        return Decision(
            self.by.text(),
            self.reason.text(),
            raised_by=self.raised_by.text(),
            decided_by=self.decided_by.text(),
        )

    def begin_with(self, decision: Decision) -> None:
        """Show words that somebody else chose, to be kept or changed."""
        self.reason.setText(decision.reason)
        self.raised_by.setText(decision.raised_by)
        self.decided_by.setText(decision.decided_by or self.decided_by.text())

    def take_focus(self) -> None:
        """Go to the first box that is empty, else to the reason."""
        empty = (f for f in self._asked if not f.text() and not f.isReadOnly())
        next(empty, self.reason).setFocus(Qt.FocusReason.TabFocusReason)
