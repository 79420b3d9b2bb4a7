"""Papers as files: the one that is shown as a PDF or a workbook, or all of a contest in a folder."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from recap_desktop import places
from recap_desktop.desk.laptop.long_work import LongWork
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.office.papers.exporting_papers import exported_papers
from recap_desktop.office.papers.printing import write_book
from recap_desktop.office.papers.workbooks import ENDING, write_workbook
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.office.papers.exporting_papers import ExportedPaper
    from recap_desktop.office.papers.printing import Book


class PaperFiles(QObject):
    """Asks where, writes in the worker, and says at the foot what was written."""

    def __init__(
        self, session: Session, background: Background, foot: StepBar, page: QWidget
    ) -> None:
        """Nothing is written yet; questions stand over ``page``."""
        super().__init__(page)
        self._session = session
        self._background = background
        self._foot, self._page = foot, page
        self._written: list[Path] = []
        self._folder = Path()
        self._exporting = LongWork(background, self)
        self._exporting.brought.connect(self._wrote)
        self._exporting.ended.connect(self._exported)

    def ask_file(self, name: str, make: Callable[[], Book] | None, *, paper: str) -> None:
        """Ask for a file and write the paper there; its ending says as what."""
        words = self._session.words
        start = str(Path.home() / f"{name}.pdf")
        kinds = ";;".join((words["desk.file.pdf"], words["desk.print.file-xlsx"]))
        path, kind = QFileDialog.getSaveFileName(self._page, words["desk.papers.pdf"], start, kinds)
        if path:
            target = Path(path)
            if kind == words["desk.print.file-xlsx"]:
                target = target.with_suffix(ENDING)
            self.save(target, make, paper=paper)

    def save(self, path: Path, make: Callable[[], Book] | None, *, paper: str) -> None:
        """Write the paper that is shown."""
        self._write(path, make, self._saved, paper=paper)

    def view(self, name: str, make: Callable[[], Book] | None, *, paper: str) -> None:
        """Show the paper with the system's own viewer."""
        try:
            folder = places.machine_data("papers")
        except KnownProblem as problem:
            self._foot.say(self._session.problem_text(problem), Hue.CARE)
            return
        # A viewer may still hold an earlier one: every picture of the papers has its own name.
        now = "".join(digit for digit in self._session.office.now()[:19] if digit.isdigit())
        self._write(folder / f"{name} {now}.pdf", make, self._view, paper=paper)

    def _write(
        self,
        path: Path,
        make: Callable[[], Book] | None,
        done: Callable[[Future[Path]], object],
        *,
        paper: str,
    ) -> None:
        if make is None:
            return
        self._foot.say(self._session.words("desk.papers.saving", file=path.name))
        time = self._session.office.now()
        self._background.submit(partial(_write, make, path, paper=paper, time=time), done)

    def _view(self, future: Future[Path]) -> None:
        if (path := self._saved(future)) is None:
            return
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._foot.say(self._session.words["desk.papers.viewing"])
        else:
            self._foot.say(self._session.words("desk.papers.no-viewer", file=str(path)), Hue.CARE)

    def _saved(self, future: Future[Path]) -> Path | None:
        try:
            path = future.result()
        except KnownProblem as problem:
            self._foot.say(self._session.problem_text(problem), Hue.CARE)
            return None
        self._foot.say(self._session.words("desk.papers.saved", file=str(path)), Hue.GOOD)
        return path

    # All papers

    def ask_folder(self, *, paper: str) -> None:
        """Ask for a folder and write all papers of the contest there."""
        title = self._session.words["desk.print.folder"]
        folder = QFileDialog.getExistingDirectory(self._page, title, str(Path.home()))
        if folder:
            self.export(Path(folder), paper=paper)

    def export(self, folder: Path, *, paper: str) -> None:
        """Write all papers of the contest into a folder, one after the other."""
        self._written, self._folder = [], folder
        self._foot.say(self._session.words("desk.papers.saving", file=str(folder)))
        self._exporting.begin(self._papers(paper), partial(_export, folder), size=1)

    def forget(self) -> None:
        """The office is left: nothing is read from it any more."""
        self._written = []
        self._exporting.cancel()

    def _papers(self, paper: str) -> Iterator[ExportedPaper]:
        session = self._session
        try:
            yield from exported_papers(session.office, session.contest_id, size=paper)
        except KnownProblem as problem:
            self._foot.say(session.problem_text(problem), Hue.CARE)

    def _wrote(self, result: tuple[Path, ...] | KnownProblem) -> None:
        if isinstance(result, KnownProblem):
            self._written = []
            self._exporting.cancel()
            self._foot.say(self._session.problem_text(result), Hue.CARE)
        else:
            self._written += result

    def _exported(self) -> None:
        if self._written:
            files, folder = len(self._written), str(self._folder)
            text = self._session.words("desk.print.exported", files=files, folder=folder)
            self._foot.say(text, Hue.GOOD)


def _write(make: Callable[[], Book], path: Path, *, paper: str, time: str) -> Path:
    if path.suffix.lower() == ENDING:
        write_workbook(make(), path, time=time)
    else:
        write_book(make(), path, paper=paper)
    return path


def _export(folder: Path, paper: ExportedPaper) -> tuple[Path, ...] | KnownProblem:
    try:
        return paper.write(folder)
    except KnownProblem as problem:
        return problem
