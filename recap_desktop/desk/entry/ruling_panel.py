"""How the TPS stands and what can be decided about it, each decision with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import icon
from recap_desktop.desk.looks.signs import SIGNS
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.numbered_line import NumberedLine, OfferedTexts
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.entry.stations import Act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.entry.number_field import KeyWatch
    from recap_desktop.election.wording import Words
    from recap_desktop.office.entry.stations import Standing

_ICON = 22


class RulingPanel(QWidget):
    """The state of the TPS in words, buttons for what can be decided, and the form of a decision.

    Each button has a number, which presses it while the focus is on any of them. It collects a
    reason, who raised it and who decided; the page does the rest.
    """

    begun = Signal(Act)
    left = Signal()
    went_back = Signal()
    unreasoned = Signal()
    decided = Signal(Act)
    history_asked = Signal()
    asking = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """An empty panel."""
        super().__init__(parent)
        self._words = words
        self.act: Act | None = None
        self._icon = QLabel()
        self._icon.setFixedSize(QSize(_ICON, _ICON))
        self._state = PlainLabel()
        sized(self._state, 1.05, bold=True)
        self._why = PlainLabel(lines=4)
        sized(self._why, 0.9)
        self._buttons = {act: StepButton() for act in Act}
        self._history = StepButton()
        self._offered: list[StepButton] = []
        self.reason, self.raised_by = NumberedLine(), NumberedLine()
        self.decided_by, self.target = NumberedLine(), QLineEdit()
        self.offered = OfferedTexts(words, self._fields)
        self._captions: dict[QLineEdit, QLabel] = {}
        self._asked: tuple[QLineEdit, ...] = ()
        self._asking = QWidget()
        self._title = PlainLabel(lines=2)
        sized(self._title, 1.0, bold=True)
        self._about = ""
        self._kept: dict[tuple[str, Act], tuple[str, ...]] = {}
        self._arrange()
        self._connect()
        self._asking.hide()

    def _connect(self) -> None:
        for act, button in self._buttons.items():
            button.setProperty("act", act.value)
            button.clicked.connect(self._begin)
        for button in (*self._buttons.values(), self._history):
            button.answers = True
            button.typed.connect(self._press_number)
            button.went_back.connect(self.went_back)
            button.starred.connect(self.went_back)
        self._history.clicked.connect(self.history_asked)
        for field in (*self._fields, self.target):
            field.returnPressed.connect(self._next)
        for field in self._fields:
            field.textEdited.connect(self._keep)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._asking)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    @property
    def _fields(self) -> tuple[NumberedLine, ...]:
        return self.reason, self.raised_by, self.decided_by

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._state, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addLayout(head)
        box.addWidget(self._why)
        for button in (*self._buttons.values(), self._history):
            sized(button, 0.94)
            box.addWidget(button)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 6, 0, 0)
        asking.setSpacing(3)
        asking.addWidget(self._title)
        for name, field in (
            ("reason", self.reason),
            ("target", self.target),
            ("raised-by", self.raised_by),
            ("decided-by", self.decided_by),
        ):
            caption = QLabel(self._words[f"desk.ruling.{name}"])
            caption.setBuddy(field)
            sized(caption, 0.86)
            self._captions[field] = caption
            field.setMaxLength(300)
            field.setAccessibleName(self._words[f"desk.ruling.{name}"])
            asking.addWidget(caption)
            asking.addWidget(field)
        self.target.setMaxLength(60)
        asking.addWidget(self.offered)
        box.addWidget(self._asking)

    def button(self, act: Act) -> StepButton:
        """The button that begins a decision."""
        return self._buttons[act]

    @property
    def why(self) -> str:
        """What is said about the state."""
        return self._why.text

    def show_standing(self, standing: Standing, why: str) -> None:
        """Show how a TPS stands, and offer what can be decided now."""
        shape, hue = SIGNS[standing.sign]
        shown = icon(shape, ink(self.palette(), hue))
        self._icon.setPixmap(shown.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        self._state.set_text(self._words[f"desk.sign.{standing.sign.value}"])
        self._why.set_text(why)
        for part in (self._icon, self._state, self._why):
            part.show()
        self.end()
        self._number(standing)

    def _number(self, standing: Standing) -> None:
        """Show what can be done now, with the keys that lead there: the star, and a number."""
        held = {act.value: button for act, button in self._buttons.items() if act in standing.acts}
        if standing.sign.value != "empty":
            held["history"] = self._history
        self._offered = list(held.values())
        for number, (what, button) in enumerate(held.items(), start=1):
            button.setText(f"*{number}  {self._words[f'desk.act.{what}']}")
        for button in (*self._buttons.values(), self._history):
            button.setVisible(button in self._offered)

    def _press_number(self, digit: str) -> None:
        """Do what has that number."""
        if 0 < int(digit) <= len(self._offered):
            self._offered[int(digit) - 1].click()

    def watch_keys(self, watch: KeyWatch) -> None:
        """Let somebody see every key before the buttons do."""
        for button in (*self._buttons.values(), self._history):
            button.watch = watch

    def take_focus(self) -> bool:
        """Go to what can be decided. Whether there is anything, and no decision begun."""
        can = bool(self._offered) and self.act is None
        if can:
            self._offered[0].setFocus(Qt.FocusReason.TabFocusReason)
        return can

    def explain(self, why: str) -> None:
        """Say something else about the state."""
        self._why.set_text(why)

    def begin(
        self,
        act: Act,
        *,
        about: str,
        title: str = "",
        asks: Sequence[QLineEdit] = (),
        waits: bool = False,
    ) -> None:
        """Ask for the reason of a decision; what was typed of it before and left comes back.

        Args:
            act: the decision.
            about: what it is about: contest and TPS.
            title: what is asked; empty as usual for the decision.
            asks: the boxes to be filled in, in their order; none as usual for the decision.
            waits: whether nothing is asked until ``ask_reason``: the figures are chosen first.
        """
        self.act = act
        self._about = about
        for button in (*self._buttons.values(), self._history):
            button.hide()
        for part in (self._why, self._icon, self._state):
            part.hide()
        self._title.set_text(title or self._words[f"desk.ruling.title.{act.value}"])
        # Of an entry that is taken back the record knows its reason, and nobody who decided.
        usual = (self.reason, self.target) if act is Act.WITHDRAW else self._fields
        self._asked = tuple(asks) or usual
        for field, caption in self._captions.items():
            for widget in (field, caption):
                widget.setVisible(field in self._asked)
        self.target.clear()
        texts = self._kept.get((about, act), ("", "", ""))
        for field, text in zip(self._fields, texts, strict=True):
            field.setText(text)
        self._asking.setVisible(not waits)
        self.asking.emit(True)  # noqa: FBT003 - a signal

    def offer(
        self, *, reasons: Sequence[str], raisers: Sequence[str], deciders: Sequence[str]
    ) -> None:
        """Offer usual texts by number for the boxes of the decision."""
        for field, texts in zip(self._fields, (reasons, raisers, deciders), strict=True):
            field.offer(texts if field in self._asked else ())
        self.offered.show_of(self.reason)

    def entitle(self, title: str) -> None:
        """Say otherwise what is decided."""
        self._title.set_text(title)

    def presume(self, decider: str) -> None:
        """Begin with who decides as a rule, where nothing was typed before."""
        if self.decided_by in self._asked and not self.decided_by.text():
            self.decided_by.setText(decider)

    def put_off(self) -> None:
        """Ask for nothing until ``ask_reason``: the figures are chosen anew."""
        self._asking.hide()

    def _next(self) -> None:
        """Go to the next box; after the last one the decision is handed on."""
        field = self.sender()
        if not isinstance(field, QLineEdit):
            return
        at = self._asked.index(field) + 1
        if at < len(self._asked):
            self._asked[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.decide()

    def _keep(self) -> None:
        if self.act is not None:
            self._kept[self._about, self.act] = tuple(field.text() for field in self._fields)

    def forget(self) -> None:
        """The reason was recorded or given up: it does not come back."""
        if self.act is not None:
            self._kept.pop((self._about, self.act), None)

    def ask_reason(self) -> None:
        """Go to the box of the reason."""
        self._asking.show()
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def is_asking(self) -> bool:
        """Whether the boxes of a decision are on the screen."""
        return not self._asking.isHidden()

    def end(self) -> None:
        """Ask no more."""
        self.act = None
        self._asking.hide()
        self.asking.emit(False)  # noqa: FBT003 - a signal

    def _begin(self) -> None:
        button = self.sender()
        if isinstance(button, StepButton):
            self.begun.emit(Act(button.property("act")))

    def decision(self, person: str) -> Decision:
        """What was typed, as a decision that a person records."""
        raised, decided = (
            field.text() if field in self._asked else ""
            for field in (self.raised_by, self.decided_by)
        )
        return Decision(person, self.reason.text(), raised_by=raised, decided_by=decided)

    def decide(self) -> None:
        """Hand on the decision, where it has its reason."""
        if self.act is None:
            return
        if not self.reason.text().strip():
            self.ask_reason()
            self.unreasoned.emit()
            return
        self.decided.emit(self.act)
