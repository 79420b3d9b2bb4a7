"""A file or the text of a code is checked: one large result, the stages it went through, what it says."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.history.verdict_card import VerdictCard
from recap_desktop.desk.laptop.told_way import ToldWay
from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepBar
from recap_desktop.election.wording import number_text
from recap_desktop.office.proof.checking import Checked, Verdict, check_file, check_text
from recap_desktop.way import GivenUp

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.election.wording import Words

_HUES = {
    Verdict.HOLDS: Hue.GOOD,
    Verdict.OPEN: Hue.CARE,
    Verdict.FAILS: Hue.WRONG,
    Verdict.NOTHING: Hue.QUIET,
}
_SHAPES = {
    Verdict.HOLDS: Shape.CHECK,
    Verdict.OPEN: Shape.TRIANGLE,
    Verdict.FAILS: Shape.DIAMOND,
    Verdict.NOTHING: Shape.RING,
}
_MOST_FAULTS = 200
_LONGEST = 2000
"""Letters of a text: that of a code has 483 at most."""


class CheckPage(QWidget):
    """Asks for a file or a text; ``left`` comes when nobody asks any more."""

    left = Signal()

    def __init__(self, words: Words, background: Background, office: Path | None = None) -> None:
        """Nothing was checked yet.

        Args:
            words: of the screen.
            background: what is checked, is checked there.
            office: the file of an office whose records and trust are asked; None for none.
        """
        super().__init__()
        self._words, self._background, self._office = words, background, office
        self._file = ""
        self._running: Future[Checked] | None = None
        self.checked: Checked | None = None
        title = PlainLabel(words["desk.check.title"])
        sized(title, 1.3, bold=True)
        self.text = QLineEdit()
        self.text.setMaxLength(_LONGEST)
        self.text.setPlaceholderText(words["desk.check.text"])
        self.text.setAccessibleName(words["desk.check.text"])
        self.card = VerdictCard(words)
        self.stages, self.about = QListWidget(), QListWidget()
        self.foot = StepBar()
        self._told = ToldWay(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 4, 10, 6)
        box.setSpacing(6)
        for widget in (title, self.text, self.card):
            box.addWidget(widget)
        box.addLayout(self._lists(), 1)
        box.addWidget(self.foot)
        self.text.returnPressed.connect(self._take_text)
        self._told.advanced.connect(self._go_on)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._escape)
        self._offer()

    def _lists(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        for column, (code, made) in enumerate((("stages", self.stages), ("about", self.about))):
            caption = PlainLabel(self._words[f"desk.check.{code}"])
            sized(caption, 1.0, bold=True)
            made.setAccessibleName(caption.text)
            made.setWordWrap(True)
            grid.addWidget(caption, 0, column)
            grid.addWidget(made, 1, column)
        return grid

    def _offer(self) -> None:
        words = self._words
        self.foot.offer(words["desk.check.choose"], self._ask_file)
        self.foot.offer_other(words["desk.check.back"], self.left.emit)

    @property
    def is_running(self) -> bool:
        """Whether something is being checked."""
        return self._running is not None

    # What is checked

    def _ask_file(self) -> None:
        words = self._words
        start, kinds = str(Path.home()), words["desk.check.file"]
        path, _ = QFileDialog.getOpenFileName(self, words["desk.check.choose"], start, kinds)
        if path:
            self.check(Path(path))

    def check(self, path: Path) -> None:
        """Check a file, in the worker."""
        self._told.begin()
        self._begin(path.name)
        work = partial(check_file, path, office_path=self._office, way=self._told.way())
        self._running = self._background.submit(work, self._found)

    def _take_text(self) -> None:
        text = self.text.text().strip()
        if not text:
            self.foot.take_focus()
            return
        # A path that was pasted or dropped is a file.
        path = Path(text.removeprefix("file://"))
        if "\n" not in text and len(text) < _LONGEST and path.is_absolute() and path.is_file():
            self.check(path)
            return
        self._begin("")
        work = partial(check_text, text, office_path=self._office)
        self._running = self._background.submit(work, self._found)

    def _begin(self, file: str) -> None:
        self._file = file
        self.checked = None
        self.stages.clear()
        self.about.clear()
        words = self._words
        self.card.show_verdict(words["desk.check.title"], file, "", Hue.QUIET)
        self.foot.offer("", self._ask_file)
        self.foot.offer_other(words["desk.check.stop"], self.stop)
        self._go_on(0)

    def _go_on(self, percent: int) -> None:
        if self._file or self.is_running:
            text = self._words("desk.check.running", file=self._file, percent=str(percent))
            self.foot.say(text)

    def stop(self) -> None:
        """Give up what is under way."""
        self._told.give_up()
        if self._running is not None:
            self._running.cancel()
            self._running = None
            self.foot.say(self._words["desk.check.stopped"])
            self._offer()

    def _found(self, future: Future[Checked]) -> None:
        if future is not self._running:
            return
        self._running = None
        try:
            self.show_checked(future.result())
        except GivenUp:
            self.foot.say(self._words["desk.check.stopped"])
            self._offer()

    # What was found

    def show_checked(self, checked: Checked) -> None:
        """Show what was found."""
        words = self._words
        self.checked = checked
        what = words[f"check.kind.{checked.evidence.value}"]
        if checked.file:
            what = f"{what}: {checked.file}"
        word = words[f"check.verdict.{checked.verdict.value}"]
        self.card.show_verdict(word, what, self._why(checked), _HUES[checked.verdict])
        self._fill()
        self.foot.say("")
        self._offer()
        self.foot.take_focus()

    def _why(self, checked: Checked) -> str:
        words = self._words
        if checked.faults:
            return words.fault(checked.faults[0])
        return words.problem(checked.problem) if checked.problem else ""

    def _fill(self) -> None:
        """List the stages with their signs, and what it says."""
        checked, words = self.checked, self._words
        self.stages.clear()
        self.about.clear()
        if checked is None:
            return
        for stage in checked.stages:
            text = words[f"check.stage.{stage.code}"]
            self.stages.addItem(QListWidgetItem(self._sign(stage.verdict), text))
        for fault in checked.faults[:_MOST_FAULTS]:
            self.stages.addItem(QListWidgetItem(self._sign(Verdict.FAILS), words.fault(fault)))
        for code, details in checked.about:
            shown = {
                key: number_text(value) if isinstance(value, int) and key == "votes" else value
                for key, value in details.items()
            }
            self.about.addItem(words(f"check.about.{code}", **shown))

    def _sign(self, verdict: Verdict) -> QIcon:
        return icon(_SHAPES[verdict], ink(self.palette(), _HUES[verdict]))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the signs anew where the colours change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._fill()

    def _escape(self) -> None:
        if self.is_running:
            self.stop()
        else:
            self.left.emit()

    def take_focus(self) -> None:
        """Go to the next step."""
        self.foot.take_focus()
