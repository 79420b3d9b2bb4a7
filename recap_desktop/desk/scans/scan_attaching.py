"""What is attached to the TPS that is open: one more, a whole folder, or one taken away."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from recap_desktop.desk.laptop.long_work import LongWork
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.office.scans import attaching
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.scans.scan_panel import ScanPanel
    from recap_desktop.desk.session import Session
    from recap_desktop.office.scans.attaching import Scan

ENDINGS = "*.jpg *.jpeg *.png *.pdf"


class ScanAttaching(QWidget):
    """Buttons below the scan. ``said`` brings what is to be said at the foot of the page.

    Attributes:
        last: folder of the pictures that were attached last.
    """

    said = Signal(str, Hue)
    folder_asked = Signal()
    done = Signal()

    def __init__(self, session: Session, scan: ScanPanel) -> None:
        """Nothing is being attached."""
        super().__init__()
        self._session = session
        self._words = session.words
        self._scan = scan
        self._background: Background | None = None
        self._reading: LongWork | None = None
        self._target = ("", "")
        self.last = Path.home()
        self.add = StepButton(self._words["desk.scan.add"])
        self.folder = StepButton(self._words["desk.scan.folder"])
        self.remove = StepButton(self._words["desk.scan.remove"])
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self._words["desk.scan.reason"])
        self.reason.setAccessibleName(self._words["desk.scan.reason"])
        self.reason.setMaxLength(300)
        self._arrange()
        self.add.clicked.connect(self.ask_files)
        self.folder.clicked.connect(self.folder_asked)
        self.remove.clicked.connect(self.ask_reason)
        self.reason.returnPressed.connect(self.take_away)
        scan.changed.connect(self._see)
        session.access_changed.connect(self._see)
        self._see()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        for button in (self.add, self.folder, self.remove):
            sized(button, 0.84, condensed=True)
            line.addWidget(button)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(line)
        box.addWidget(self.reason)
        self.reason.hide()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.reason)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._give_up)

    def use(self, background: Background) -> None:
        """Have files read by this worker."""
        self._background = background
        self._reading = LongWork(background, self)
        self._reading.brought.connect(self._take)
        self._reading.ended.connect(self.done)

    def _see(self) -> None:
        """What may be done now."""
        may_write = self._session.office.can_write
        self.add.setEnabled(may_write and bool(self._scan.station))
        self.folder.setEnabled(may_write)
        self.remove.setEnabled(may_write and self._scan.page is not None)
        if self._scan.page is None:
            self.reason.hide()

    # One more

    def ask_files(self) -> None:
        """Ask for pictures of the TPS that is open."""
        title = self._words("desk.scan.files", station=self._session.station(self._scan.station))
        kinds = self._words("desk.scan.kinds", endings=ENDINGS)
        chosen, _ = QFileDialog.getOpenFileNames(self, title, str(self.last), kinds)
        if chosen:
            self.attach([Path(name) for name in chosen])
        else:
            self.done.emit()

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files to the TPS that is open, in the contest that is looked at."""
        if self._reading is None or not self._scan.station or self._reading.is_running:
            return
        self._target = (self._session.contest_id, self._scan.station)
        self.last = paths[0].parent
        self.said.emit(self._words["desk.scan.reading"], Hue.QUIET)
        folder = attaching.folder_of(self._session.office)
        self._reading.begin(iter(paths), partial(_read, folder=folder), size=len(paths))

    def _take(self, read: Scan | KnownProblem) -> None:
        if isinstance(read, KnownProblem):
            self.said.emit(self._session.problem_text(read), Hue.CARE)
            return
        contest, tps = self._target
        session, office = self._session, self._session.office
        name = session.station(tps)
        try:
            if attaching.is_attached(office, contest, tps, read.sha256, name=read.name):
                attaching.keep_bytes(office, [read])
                text = self._words("desk.scan.known", file=read.name, station=name)
                self.said.emit(text, Hue.QUIET)
                return
        except KnownProblem as problem:
            self.said.emit(session.problem_text(problem), Hue.CARE)
            return
        record = partial(attaching.record_scans, office, [(tps, contest, read)], by=session.person)
        if session.record(record):
            text = self._words("desk.scan.attached", file=read.name, station=name)
            self.said.emit(text, Hue.GOOD)

    # One taken away

    def ask_reason(self) -> None:
        """Ask why the picture that is shown is taken away."""
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def _give_up(self) -> None:
        self.reason.clear()
        self.reason.hide()
        self.done.emit()

    def take_away(self) -> None:
        """Take away the picture that is shown, where its reason is given."""
        page, session = self._scan.page, self._session
        if page is None:
            return
        reason = self.reason.text()
        one = page.attachment
        away = partial(attaching.detach, session.office, one, by=session.person, reason=reason)
        if session.record(away):
            self.said.emit(self._words("desk.scan.removed", file=one.name), Hue.GOOD)
            self._give_up()


def _read(path: Path, *, folder: Path) -> Scan | KnownProblem:
    """A picture, or why it is none: of several files one that is refused stops no other."""
    try:
        return attaching.keep_file(path, folder)
    except KnownProblem as problem:
        return problem
