"""The office's own mark: the one that stands and the one that was chosen, beside each other."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.office.papers.emblem_choosing import (
    choose_emblem,
    own_emblem,
    read_emblem,
    take_back_emblem,
)
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session

_LETTERS = 13
"""Side of a picture in letters of the font."""


class _Picture(QWidget):
    """A mark on white, as paper is, with what it is called below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        side = self.fontMetrics().averageCharWidth() * _LETTERS
        self._room = QSize(side, side)
        self._title, self._name = PlainLabel(title), PlainLabel(lines=2)
        sized(self._title, 1.0, bold=True)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedSize(self._room + QSize(16, 16))
        self._picture.setFrameShape(QFrame.Shape.Box)
        palette = self._picture.palette()
        palette.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.white)
        self._picture.setPalette(palette)
        self._picture.setAutoFillBackground(True)
        self.setFixedWidth(side * 3)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in (self._title, self._picture, self._name):
            box.addWidget(widget)
        box.addStretch(1)

    def show_picture(self, image: bytes, name: str) -> None:
        """Show a PNG; without one its name stands in its place."""
        pixmap = QPixmap()
        if image and pixmap.loadFromData(image):
            ratio = self.devicePixelRatioF()
            kept = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            shown = pixmap.scaled(self._room * ratio, kept, smooth)
            shown.setDevicePixelRatio(ratio)
            self._picture.setPixmap(shown)
        else:
            self._picture.setPixmap(QPixmap())
        self._picture.setAccessibleName(name)
        self._name.set_text(name)


class EmblemPanel(QWidget):
    """Asks for a picture, shows it, and records it once it is taken.

    ``left`` comes when the question is over.
    """

    left = Signal()

    def __init__(self, session: Session, foot: StepBar) -> None:
        """Nothing is asked yet; what can be done next stands at the foot of the page."""
        super().__init__()
        self._session, self._foot = session, foot
        words = session.words
        self._image, self._name = b"", ""
        self.now = _Picture(words["desk.emblem.now"])
        self.chosen = _Picture(words["desk.emblem.chosen"])
        self.back = StepButton(words["desk.emblem.back"])
        self.back.clicked.connect(self._take_back)
        about = PlainLabel(words["desk.emblem.say"], lines=2)
        row = QHBoxLayout()
        row.addWidget(self.now)
        row.addWidget(self.chosen)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(about)
        box.addLayout(row)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        self.hide()

    def begin(self) -> None:
        """Show the mark that stands and offer to choose another."""
        words = self._session.words
        stands = own_emblem(self._session.office)
        self._image, self._name = b"", ""
        if stands is None:
            self.now.show_picture(b"", words["desk.emblem.neutral"])
        else:
            self.now.show_picture(stands.image, stands.name)
        self.chosen.show_picture(b"", words["desk.emblem.none"])
        self.back.setVisible(stands is not None)
        self._foot.say("")
        self._foot.offer(words["desk.emblem.choose"], self._ask_file)
        self._foot.offer_other(words["desk.act.give-up"], self.left.emit)
        self.show()
        self._foot.take_focus()

    def _ask_file(self) -> None:
        words = self._session.words
        title, kinds = words["desk.emblem.choose"], words["desk.emblem.file"]
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if path:
            self.look_at(Path(path))

    def look_at(self, path: Path) -> None:
        """Show the picture of a file as it would be kept."""
        session, words = self._session, self._session.words
        try:
            self._image, self._name = read_emblem(path), path.name
        except KnownProblem as problem:
            self._foot.say(session.problem_text(problem), Hue.CARE)
            return
        text = words("desk.emblem.size", file=path.name, bytes=len(self._image))
        self.chosen.show_picture(self._image, text)
        self._foot.say("")
        self._foot.offer(words["desk.emblem.use"], self._use)
        self._foot.take_focus()

    def _use(self) -> None:
        session = self._session
        act = partial(choose_emblem, session.office, self._image, self._name, by=session.person)
        self._record(act, session.words("desk.emblem.used", file=self._name))

    def _take_back(self) -> None:
        session = self._session
        act = partial(take_back_emblem, session.office, by=session.person)
        self._record(act, session.words["desk.emblem.back-done"])

    def _record(self, act: Callable[[], object], said: str) -> None:
        if self._session.record(act):
            self.left.emit()
            self._foot.say(said, Hue.GOOD)
