"""The question why a finding stands so on the paper: usual reasons by number, or one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.numbered_line import NumberedLine, OfferedTexts
from recap_desktop.office.entry.usual_words import usual_reasons

if TYPE_CHECKING:
    from recap_desktop.election.wording import Words

_MOST_LETTERS = 300


class MarkPanel(QWidget):
    """Which finding it is, a box for the reason, and the usual reasons below it."""

    decided = Signal(str)
    left = Signal()
    asking = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """Nothing is asked."""
        super().__init__(parent)
        title = PlainLabel(words["mark.title"])
        sized(title, 1.0, bold=True)
        self._about = PlainLabel(lines=4)
        sized(self._about, 0.9)
        self.reason = NumberedLine()
        self.reason.setMaxLength(_MOST_LETTERS)
        self.reason.setAccessibleName(words["mark.reason"])
        self.offered = OfferedTexts(words, [self.reason])
        caption = QLabel(words["mark.reason"])
        caption.setBuddy(self.reason)
        sized(caption, 0.86)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 4)
        box.setSpacing(3)
        for widget in (title, self._about, caption, self.reason, self.offered):
            box.addWidget(widget)
        self.reason.returnPressed.connect(self._decide)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        self.hide()
        # Offered when asked: in a panel without a parent, labels that are shown would be windows.
        self._usual = usual_reasons(words, "mark")

    def ask(self, about: str, reason: str) -> None:
        """Ask for the reason; what was said before is there to be changed, and cleared to end it."""
        self._about.set_text(about)
        self.reason.setText(reason)
        self.reason.offer(self._usual)
        self.offered.show_of(self.reason)
        self.asking.emit(True)  # noqa: FBT003 - a signal
        self.show()
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        self.reason.selectAll()

    def end(self) -> None:
        """Ask no more."""
        self.hide()
        self.asking.emit(False)  # noqa: FBT003 - a signal

    def _decide(self) -> None:
        self.decided.emit(self.reason.text().strip())
