"""The foot of a page: what was said last at the left, the one next step at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from recap_desktop.desk.looks.appearance import Hue, ground, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, draw
from recap_desktop.desk.looks.typefaces import sized

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recap_desktop.desk.entry.number_field import KeyWatch

    Choice = tuple[str, Callable[[], object]]

_SHAPES = {
    Hue.GOOD: Shape.CHECK,
    Hue.CARE: Shape.TRIANGLE,
    Hue.WRONG: Shape.DIAMOND,
    Hue.CHANGED: Shape.PENCIL,
}

_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_POINTS = (Qt.Key.Key_Period, Qt.Key.Key_Comma)


class StepButton(QPushButton):
    """A button that Enter presses, on either side of the keyboard, and that shows its focus.

    Attributes:
        watch: sees every key first; None where nobody does.
        answers: whether a digit answers a question here, so that none may come from a scanner.
    """

    typed = Signal(str)
    went_back = Signal()
    pointed = Signal()
    slashed = Signal()
    starred = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """A button with a verb on it."""
        super().__init__(text, parent)
        self.watch: KeyWatch | None = None
        self.answers = False
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses; a digit or a sign of the number pad is told to whoever has a use for it."""
        if self.watch is not None and self.watch.takes(self, event):
            event.accept()
        elif event.key() in _PRESSING and not event.isAutoRepeat():
            self.click()
        elif event.text().isdecimal():
            self.typed.emit(event.text())
        elif event.key() == Qt.Key.Key_Minus:
            self.went_back.emit()
        elif event.key() in _POINTS:
            self.pointed.emit()
        elif event.key() == Qt.Key.Key_Slash:
            self.slashed.emit()
        elif event.key() == Qt.Key.Key_Asterisk:
            self.starred.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a ring where the focus is: the style's own is lost on the accent."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().buttonText().color(), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 2, 2)
            painter.end()


class FootChoices(QWidget):
    """A button for each answer: its number, Tab and Enter, or a click takes it.

    The focus stands on the way back, so that an Enter too many answers nothing.

    Attributes:
        watch: sees every key of the buttons first.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is asked yet."""
        super().__init__(parent)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.watch: KeyWatch | None = None
        self._buttons: list[StepButton] = []
        self._acts: list[Callable[[], object]] = []
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What stands on the buttons; empty where nothing is asked."""
        return [button.text() for button in self._buttons]

    def ask(self, answers: Sequence[Choice], *, back: Choice) -> None:
        """Ask: ``answers`` are numbered from 1, ``back`` leaves everything as it is."""
        self.forget()
        numbered = [(f"{at}  {text}", act) for at, (text, act) in enumerate(answers, start=1)]
        for at, (text, act) in enumerate((*numbered, back)):
            button = StepButton(text)
            button.watch, button.answers = self.watch, True
            button.clicked.connect(partial(self._take, at))
            button.typed.connect(self._typed)
            button.went_back.connect(partial(self._take, len(numbered)))
            self._box.addWidget(button)
            self._buttons.append(button)
            self._acts.append(act)
        self.show()
        self._buttons[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def forget(self) -> None:
        """Ask nothing any more."""
        for button in self._buttons:
            self._box.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons, self._acts = [], []
        self.hide()

    def _typed(self, digit: str) -> None:
        if 0 < int(digit) < len(self._acts):
            self._take(int(digit) - 1)

    def _take(self, at: int) -> None:
        act = self._acts[at]
        self.forget()
        act()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back too."""
        if event.key() == Qt.Key.Key_Escape and self._acts:
            self._take(len(self._acts) - 1)
        else:
            super().keyPressEvent(event)


class StepBar(QWidget):
    """Message, an other way, and the next step, always in the same corner.

    On the next step the star leads to the other way, and minus from there back.
    """

    typed = Signal(str)
    went_back = Signal()
    pointed = Signal()
    slashed = Signal()
    starred = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty foot."""
        super().__init__(parent)
        self._hue = Hue.QUIET
        self._message = PlainLabel(lines=2)
        self._message.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choices = FootChoices()
        self._other = StepButton()
        self._next = StepButton()
        sized(self._next, 1.1, bold=True)
        self._next.setMinimumWidth(self._next.fontMetrics().averageCharWidth() * 26)
        self._next.setMinimumHeight(round(self._next.fontMetrics().height() * 1.55))
        self._other.setMinimumHeight(self._next.minimumHeight())
        self._accent()
        box = QHBoxLayout(self)
        box.setContentsMargins(34, 4, 0, 0)
        box.addWidget(self._message, 1)
        box.addWidget(self.choices)
        box.addWidget(self._other)
        box.addWidget(self._next)
        self._other.hide()
        self._act: Callable[[], object] | None = None
        self._other_act: Callable[[], object] | None = None
        self._next.clicked.connect(self._press)
        self._other.clicked.connect(self._press_other)
        self._next.typed.connect(self.typed)
        self._next.went_back.connect(self.went_back)
        self._next.pointed.connect(self.pointed)
        self._next.slashed.connect(self.slashed)
        self._next.starred.connect(self._turn)
        self._other.starred.connect(self.starred)
        self._other.went_back.connect(self.take_focus)

    @property
    def message(self) -> str:
        """What is said now."""
        return self._message.text

    @property
    def next_button(self) -> StepButton:
        """The button of the next step."""
        return self._next

    @property
    def other_button(self) -> StepButton:
        """The button of the other way; hidden where there is none."""
        return self._other

    def say(self, text: str, hue: Hue = Hue.QUIET) -> None:
        """Say something; the place for it is always there."""
        self._hue = hue
        self._message.set_text(text)
        self.update()

    def offer(self, text: str, act: Callable[[], object]) -> None:
        """Offer the one next step."""
        self._next.setText(text)
        self._act = act
        self._next.setEnabled(True)
        self._next.setVisible(bool(text))

    def offer_other(self, text: str, act: Callable[[], object]) -> None:
        """Offer another way beside it."""
        self._other.setText(text)
        self._other_act = act
        self._other.show()

    def no_other(self) -> None:
        """Take the other way away."""
        self._other.hide()
        self._other_act = None

    def watch_keys(self, watch: KeyWatch) -> None:
        """Let somebody see every key before the buttons do."""
        self._next.watch = self._other.watch = self.choices.watch = watch

    def take_focus(self) -> None:
        """Go to the next step, so that Enter takes it."""
        self._next.setFocus(Qt.FocusReason.TabFocusReason)

    def _turn(self) -> None:
        """From the next step to the other way; where there is none, to what else can be done."""
        if self._other.isHidden():
            self.starred.emit()
        else:
            self._other.setFocus(Qt.FocusReason.TabFocusReason)

    def _press(self) -> None:
        if self._act is not None:
            self._act()

    def _press_other(self) -> None:
        if self._other_act is not None:
            self._other_act()

    def _accent(self) -> None:
        own = self.palette()
        palette = QPalette(own)
        # What cannot be pressed now has no accent.
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            accent = own.color(group, QPalette.ColorRole.Highlight)
            palette.setColor(group, QPalette.ColorRole.Button, accent)
            text = own.color(group, QPalette.ColorRole.HighlightedText)
            palette.setColor(group, QPalette.ColorRole.ButtonText, text)
        self._next.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take the accent of the new colours where they change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._accent()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground and the shape of what is said."""
        super().paintEvent(event)
        if not self._message.text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = _SHAPES.get(self._hue)
        if shape is not None:
            area = QRectF(0, 4, self._message.geometry().right() + 4, self.height() - 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground(self.palette(), self._hue))
            painter.drawRoundedRect(area, 4, 4)
            side = 16.0
            place = QRectF(9, 4 + (self.height() - 4 - side) / 2, side, side)
            draw(painter, shape, place, ink(self.palette(), self._hue))
        painter.end()
