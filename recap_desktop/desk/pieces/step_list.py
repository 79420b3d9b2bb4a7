"""Steps of a longer way, one below the other: how far each is, and which of them is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue, ground, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, draw
from recap_desktop.desk.looks.typefaces import sized

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHAPES = {Hue.GOOD: Shape.CHECK, Hue.CARE: Shape.TRIANGLE, Hue.QUIET: Shape.RING}


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it stands.

    Attributes:
        title: what is done there.
        state: how far it is, in a few words.
        hue: done, to be looked at, or still to come.
    """

    title: str
    state: str
    hue: Hue


class StepLine(QPushButton):
    """One step: its number, its shape, what it is and how far."""

    def __init__(self, number: int) -> None:
        """A step of which nothing is known yet."""
        super().__init__()
        self._number, self._hue, self._is_next = number, Hue.QUIET, False
        self.setFlat(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title, self._state = PlainLabel(), PlainLabel(lines=2)
        sized(self._title, 1.05, bold=True)
        sized(self._state, 0.92)
        box = QVBoxLayout(self)
        side = round(self.fontMetrics().height() * 2.4)
        box.setContentsMargins(side, 5, 8, 5)
        box.setSpacing(0)
        box.addWidget(self._title)
        box.addWidget(self._state)
        for label in (self._title, self._state):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def texts(self) -> tuple[str, str]:
        """What it is, and how far."""
        return self._title.text, self._state.text

    def show_step(self, step: Step, *, is_next: bool) -> None:
        """Show how far the step is, and whether it is the next one."""
        self._hue, self._is_next = step.hue, is_next
        self._title.set_text(f"{self._number}  {step.title}")
        self._state.set_text(step.state)
        self._title.setToolTip("")
        role = QPalette.ColorRole
        self._state.set_role(role.WindowText if is_next else role.PlaceholderText)
        self.setAccessibleName(f"{self._number} {step.title}: {step.state}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its two labels."""
        box = self.layout()
        return QSize(220, box.sizeHint().height() if box is not None else 40)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Its text may be cut, never its height."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the shape at the left, and the ground of the step that is next."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_next:
            painter.setPen(Qt.PenStyle.NoPen)
            hue = Hue.CHANGED if self._hue is Hue.QUIET else self._hue
            painter.setBrush(ground(self.palette(), hue))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        side = QFontMetricsF(self.font()).height() * 1.2
        place = QRectF(side * 0.45, (self.height() - side) / 2, side, side)
        draw(painter, _SHAPES[self._hue], place, ink(self.palette(), self._hue))
        painter.end()


class StepList(QWidget):
    """All steps; a click takes one, as its number does at the foot of the page."""

    chosen = Signal(int)

    def __init__(self, count: int, name: str) -> None:
        """``count`` steps, none of them known yet."""
        super().__init__()
        self.setAccessibleName(name)
        self.lines = tuple(StepLine(number) for number in range(1, count + 1))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for at, line in enumerate(self.lines):
            line.clicked.connect(partial(self.chosen.emit, at))
            box.addWidget(line)
        box.addStretch(1)

    def show_steps(self, steps: Sequence[Step], following: int) -> None:
        """Show how far each is; ``following`` is the place of the next one."""
        for at, (line, step) in enumerate(zip(self.lines, steps, strict=True)):
            line.show_step(step, is_next=at == following)
