"""Pictures of many TPS from a folder: what becomes of each file, and only then attaching them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from recap_desktop.desk.history.history_page import RecordTable
from recap_desktop.desk.laptop.long_work import LongWork
from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.table_model import RIGHT, Column, RowsModel
from recap_desktop.office.scans import scan_folders
from recap_desktop.office.scans.scan_folders import Fate, FolderJudge, Found
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QIcon, QShowEvent

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.office.scans.attaching import Scan

_SHAPES = {
    Fate.NEW: (Shape.CHECK, Hue.GOOD),
    Fate.KNOWN: (Shape.EQUAL, Hue.QUIET),
    Fate.UNCLEAR: (Shape.TRIANGLE, Hue.CARE),
    Fate.REFUSED: (Shape.CROSS, Hue.WRONG),
}
_FIRST = (Fate.REFUSED, Fate.UNCLEAR, Fate.NEW, Fate.KNOWN)
"""What somebody must look at stands above."""

_AT_ONCE = 8
_CONTEST = 2
"""Column of the contest, for offices of several."""
_Taken = tuple[Found, "Scan | KnownProblem"]


class ScanFolderPage(QWidget):
    """Judges the files of a folder in the worker, shows them, and attaches them when it is told to.

    ``left`` is said when somebody goes back to the form.
    """

    left = Signal()

    def __init__(self, session: Session, foot: StepBar, background: Background) -> None:
        """No folder yet."""
        super().__init__()
        self._session, self._foot, self._background = session, foot, background
        self._words = session.words
        self._folder: Path | None = None
        self._files: list[tuple[Path, Path]] = []
        self._found: list[Found] = []
        self._done = 0
        self._title = PlainLabel()
        sized(self._title, 1.1, bold=True)
        self.contest = QComboBox()
        self._rows: RowsModel[Found] = RowsModel(self)
        self.table = RecordTable()
        self.table.setModel(self._rows)
        self.table.setAccessibleName(self._words["desk.scan-folder.files"])
        # A sentence is longer than its column: that of the chosen file stands in full below.
        self._sentence = PlainLabel(lines=2)
        self.table.selectionModel().currentRowChanged.connect(self._say_why)
        self._judging, self._taking = LongWork(background, self), LongWork(background, self)
        self._arrange()
        self._judging.brought.connect(self._show_one)
        self._judging.went_on.connect(partial(self._say_progress, "judging"))
        self._judging.ended.connect(self._offer)
        self._taking.brought.connect(self._record)
        self._taking.went_on.connect(partial(self._say_progress, "taking"))
        self._taking.ended.connect(self._say_done)
        self.contest.activated.connect(self._judge)

    def _arrange(self) -> None:
        caption = QLabel(self._words["desk.scan-folder.contest"])
        caption.setBuddy(self.contest)
        self.contest.setAccessibleName(self._words["desk.scan-folder.contest"])
        self.contest.addItem(self._words["desk.scan-folder.by-name"], None)
        held = self._session.office.contests
        for contest in held:
            self.contest.addItem(self._session.contest_name(contest), contest)
        self.contest.addItem(self._words["desk.scan-folder.every"], "")
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        line.addWidget(caption)
        line.addWidget(self.contest)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        box.addWidget(self._sentence)
        if len(held) == 1:
            caption.hide()
            self.contest.hide()

    # Looking

    @property
    def found(self) -> tuple[Found, ...]:
        """The files that were judged so far."""
        return tuple(self._found)

    def begin(self, folder: Path) -> None:
        """List a folder in the worker, then judge each file."""
        self._folder, self._files = folder, []
        self._found = []
        self._title.set_text(self._words("desk.scan-folder.title", folder=str(folder)))
        self._show()
        self._foot.say(self._words["desk.scan-folder.listing"])
        self._foot.offer(self._words["desk.scan-folder.back"], self.left.emit)
        self._foot.no_other()
        self._background.submit(partial(scan_folders.files_in, [folder]), self._listed)

    def _listed(self, future: Future[list[tuple[Path, Path]]]) -> None:
        if not self.isVisible():
            return
        try:
            self._files = future.result()
        except KnownProblem as problem:
            self._foot.say(self._session.problem_text(problem), Hue.CARE)
            return
        self._judge()

    def _judge(self) -> None:
        if not self._files or self._taking.is_running:
            return
        self._found = []
        self._show()
        shelf = scan_folders.shelf(self._session.office, contest=self.contest.currentData())
        self._judging.begin(iter(self._files), FolderJudge(shelf), size=len(self._files))

    def _show_one(self, found: Found) -> None:
        self._found.append(found)
        self._rows.add([found])

    def _offer(self) -> None:
        if len(self._found) < len(self._files) or not self.isVisible():
            return
        self._found.sort(key=lambda found: _FIRST.index(found.fate))
        self._show()
        self.table.selectRow(0)
        self._say_why()
        counts = {fate.value: self._number_of(fate) for fate in Fate}
        self._foot.say(self._words("desk.scan-folder.counts", **counts))
        wanted = len(scan_folders.to_take(self._session.office, self._found))
        if wanted:
            text = self._words("desk.scan-folder.attach", count=wanted)
            self._foot.offer(text, self.attach)
            self._foot.offer_other(self._words["desk.scan-folder.back"], self.left.emit)
        else:
            self._offer_back()
        self._foot.take_focus()

    @property
    def sentence(self) -> str:
        """Why the chosen file is refused, or not clear."""
        return self._sentence.text

    def _say_why(self) -> None:
        chosen = self._rows.row(self.table.currentIndex())
        self._sentence.set_text(self._why(chosen) if chosen else "")

    def _number_of(self, fate: Fate) -> int:
        return sum(found.fate is fate for found in self._found)

    def _offer_back(self) -> None:
        self._foot.offer(self._words["desk.scan-folder.back"], self.left.emit)
        self._foot.no_other()

    def _say_progress(self, what: str, done: int, size: int) -> None:
        at_once = _AT_ONCE if what == "taking" else 1
        text = self._words(f"desk.scan-folder.{what}", done=done * at_once, count=size * at_once)
        self._foot.say(text)

    # Attaching

    def attach(self) -> None:
        """Attach what is new, some files at once; what is attached stays so, whatever follows."""
        session = self._session
        wanted = scan_folders.to_take(session.office, self._found)
        folder = scan_folders.folder_of(session.office)
        self._done = 0
        parts = [wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE)]
        self._foot.offer(self._words["desk.scan-folder.stop"], self._taking.cancel)
        self._foot.no_other()
        self._taking.begin(iter(parts), partial(_take, folder=folder), size=len(parts))

    def _record(self, taken: Sequence[_Taken]) -> None:
        session = self._session
        whole = [(found, scan) for found, scan in taken if not isinstance(scan, KnownProblem)]
        refused = {found: scan for found, scan in taken if isinstance(scan, KnownProblem)}
        record = partial(scan_folders.record_found, session.office, whole, by=session.person)
        if not session.record(record):
            self._taking.cancel()
            return
        self._done += len(whole)
        done = {found.path for found, _ in whole}
        self._found = [_after(one, done, refused) for one in self._found]
        self._show()

    def _say_done(self) -> None:
        if not self.isVisible():
            return
        left = self._number_of(Fate.REFUSED) + self._number_of(Fate.UNCLEAR)
        text = self._words("desk.scan-folder.done", count=self._done, left=left)
        self._foot.say(text, Hue.GOOD if self._done else Hue.CARE)
        self._offer_back()
        self._foot.take_focus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Judge anew what was given up, or has changed meanwhile."""
        super().showEvent(event)
        self._judge()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Give up what is under way when somebody goes on elsewhere."""
        super().hideEvent(event)
        self._judging.cancel()
        self._taking.cancel()

    # The table

    def _show(self) -> None:
        words = self._words
        columns = [
            Column(words["desk.scan-folder.fate"], self._fate, icon=self._icon),
            Column(words["desk.scan-folder.tps"], self._station),
            Column(words["desk.scan-folder.of"], self._contest),
            Column(words["desk.scan-folder.pages"], _pages, RIGHT),
            Column(words["desk.scan-folder.file"], _name),
            Column(words["desk.scan-folder.why"], self._why),
        ]
        self._rows.show(columns, self._found)
        many = len(self._session.office.contests) > 1
        self.table.setColumnHidden(_CONTEST, not many)
        for at, letters in enumerate((17, 26, 24, 10, 34)):
            self.table.setColumnWidth(at, self.fontMetrics().averageCharWidth() * letters)

    def _fate(self, found: Found) -> str:
        return self._words[f"scans.fate.{found.fate.value}"]

    def _icon(self, found: Found) -> QIcon:
        shape, hue = _SHAPES[found.fate]
        return icon(shape, ink(self.palette(), hue))

    def _station(self, found: Found) -> str:
        return self._session.station(found.tps) if found.tps else ""

    def _contest(self, found: Found) -> str:
        if found.fate in (Fate.REFUSED, Fate.UNCLEAR):
            return ""
        every = self._words["desk.scan-folder.every"]
        return self._session.contest_name(found.contest) if found.contest else every

    def _why(self, found: Found) -> str:
        return self._words.problem(found.why) if found.why else ""


def _pages(found: Found) -> str:
    return str(found.pages) if found.pages else ""


def _name(found: Found) -> str:
    return found.name


def _take(part: Sequence[Found], *, folder: Path) -> list[_Taken]:
    return list(_taken(part, folder))


def _taken(part: Sequence[Found], folder: Path) -> Iterator[_Taken]:
    """Each file with what it is, or why it is not what it was: one stops no other."""
    for found in part:
        try:
            yield found, scan_folders.take(found, folder)
        except KnownProblem as problem:
            yield found, problem


def _after(found: Found, done: set[Path], refused: dict[Found, KnownProblem]) -> Found:
    """A file as it stands after some were attached."""
    if found.path in done:
        return scan_folders.now(found, Fate.KNOWN)
    if found in refused:
        return scan_folders.now(found, Fate.REFUSED, refused[found])
    return found
