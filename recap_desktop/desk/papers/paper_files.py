"""Papers as files: the shown one as PDF, archive, workbook or text, or all of a contest in a folder."""

from __future__ import annotations

import enum
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
from recap_desktop.office.papers.slips_as_text import write_slip
from recap_desktop.office.papers.workbooks import ENDING, write_workbook
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.papers.paper_choice import Shown
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.office.papers.exporting_papers import ExportedPaper


_TEXT = ".txt"


class Form(enum.Enum):
    """In what form a paper is written (bentuk berkas)."""

    PDF = "pdf"
    ARCHIVE = "archive"
    XLSX = "xlsx"
    TEXT = "txt"


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
        self._archival = False
        self._exporting = LongWork(background, self)
        self._exporting.brought.connect(self._wrote)
        self._exporting.ended.connect(self._exported)

    def ask_file(self, name: str, shown: Shown | None, *, paper: str) -> None:
        """Ask for a file and write the paper there; what was chosen beside it says as what."""
        words = self._session.words
        start = str(Path.home() / f"{name}.pdf")
        forms = {words[f"desk.files.{form.value}"]: form for form in _forms_of(shown)}
        title = words["desk.papers.pdf"]
        path, kind = QFileDialog.getSaveFileName(self._page, title, start, ";;".join(forms))
        if path:
            form = forms.get(kind, Form.PDF)
            target = Path(path)
            if form in (Form.XLSX, Form.TEXT):
                target = target.with_suffix(f".{form.value}")
            self.save(target, shown, paper=paper, archival=form is Form.ARCHIVE)

    def save(self, path: Path, shown: Shown | None, *, paper: str, archival: bool = False) -> None:
        """Write the paper that is shown; its ending says as what.

        Args:
            path: of the file: ``.pdf``, ``.xlsx``, of a slip also ``.txt``.
            shown: the paper; None does nothing.
            paper: its size.
            archival: whether a PDF is in the archive form.
        """
        self._archival = archival and path.suffix.lower() not in (ENDING, _TEXT)
        self._write(path, shown, self._saved, paper=paper, archival=archival)

    def view(self, name: str, shown: Shown | None, *, paper: str) -> None:
        """Show the paper with the system's own viewer."""
        try:
            folder = places.machine_data("papers")
        except KnownProblem as problem:
            self._foot.say(self._session.problem_text(problem), Hue.CARE)
            return
        # A viewer may still hold an earlier one: every picture of the papers has its own name.
        now = "".join(digit for digit in self._session.office.now()[:19] if digit.isdigit())
        self._archival = False
        self._write(folder / f"{name} {now}.pdf", shown, self._view, paper=paper)

    def _write(
        self,
        path: Path,
        shown: Shown | None,
        done: Callable[[Future[Path]], object],
        *,
        paper: str,
        archival: bool = False,
    ) -> None:
        if shown is None:
            return
        self._foot.say(self._session.words("desk.papers.saving", file=path.name))
        time = self._session.office.now()
        work = partial(_write, shown, path, paper=paper, time=time, archival=archival)
        self._background.submit(work, done)

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
        text = self._session.words("desk.papers.saved", file=str(path))
        if self._archival:
            text = f"{text} {self._session.words['desk.files.archived']}"
        self._foot.say(text, Hue.GOOD)
        return path

    # All papers

    def ask_form(self, *, paper: str) -> None:
        """Ask in which form all papers of the contest are wanted, then where."""
        words = self._session.words
        self._foot.say(words["desk.files.which-form"])
        answers = [
            (words["desk.files.as-usual"], partial(self._ask_folder, paper)),
            (words["desk.files.as-archive"], partial(self._ask_folder, paper, archival=True)),
        ]
        self._foot.choices.ask(answers, back=(words["desk.act.give-up"], self._give_up))

    def _give_up(self) -> None:
        self._foot.say("")
        self._foot.take_focus()

    def _ask_folder(self, paper: str, *, archival: bool = False) -> None:
        """Ask for a folder and write all papers of the contest there."""
        self._foot.say("")
        self._foot.take_focus()
        title = self._session.words["desk.print.folder"]
        folder = QFileDialog.getExistingDirectory(self._page, title, str(Path.home()))
        if folder:
            self.export(Path(folder), paper=paper, archival=archival)

    def export(self, folder: Path, *, paper: str, archival: bool = False) -> None:
        """Write all papers of the contest into a folder, one after the other."""
        self._written, self._folder, self._archival = [], folder, archival
        self._foot.say(self._session.words("desk.papers.saving", file=str(folder)))
        papers = self._papers(paper, archival=archival)
        self._exporting.begin(papers, partial(_export, folder), size=1)

    def forget(self) -> None:
        """The office is left: nothing is read from it any more."""
        self._written = []
        self._exporting.cancel()

    def _papers(self, paper: str, *, archival: bool) -> Iterator[ExportedPaper]:
        session = self._session
        try:
            yield from exported_papers(
                session.office, session.contest_id, size=paper, archival=archival
            )
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
            if self._archival:
                text = f"{text} {self._session.words['desk.files.archived']}"
            self._foot.say(text, Hue.GOOD)


def _forms_of(shown: Shown | None) -> tuple[Form, ...]:
    """The forms a paper can be written in."""
    if shown is not None and shown.slip is not None:
        return (Form.PDF, Form.ARCHIVE, Form.TEXT)
    return (Form.PDF, Form.ARCHIVE, Form.XLSX)


def _write(shown: Shown, path: Path, *, paper: str, time: str, archival: bool) -> Path:
    ending = path.suffix.lower()
    if ending == ENDING:
        write_workbook(shown.make(), path, time=time)
    elif ending == _TEXT and shown.slip is not None:
        write_slip(shown.slip(), path)
    else:
        write_book(shown.make(), path, paper=paper, archival=archival)
    return path


def _export(folder: Path, paper: ExportedPaper) -> tuple[Path, ...] | KnownProblem:
    try:
        return paper.write(folder)
    except KnownProblem as problem:
        return problem
