"""Numbers for the saksi from the window: asks for the folder, has them written, says what was."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.session import Session
    from recap_desktop.office.plenary.handing_out import HandedOut


class HandOut(QObject):
    """One key hands out what has been read; ``said`` brings what is to be said of it."""

    said = Signal(str, Hue)

    def __init__(
        self, session: Session, settings: WindowSettings, background: Background, desk: QWidget
    ) -> None:
        """Nothing is asked before ``ask``; the question stands over ``desk``."""
        super().__init__(desk)
        self._session = session
        self._settings = settings
        self._background = background
        self._desk = desk

    def ask(self) -> None:
        """Ask for the folder, first the one of the last time, and write there."""
        title = self._session.words["desk.hand-out.folder"]
        last = self._settings.hand_out_folder
        folder = QFileDialog.getExistingDirectory(self._desk, title, str(last or Path.home()))
        if folder:
            self.write_to(Path(folder))

    def write_to(self, folder: Path) -> None:
        """Write every contest there, in the worker, from what is read now."""
        # Seldom needed, and the window is to be up at once.
        from recap_desktop.office.plenary.handing_out import hand_out, read_numbers  # noqa: PLC0415

        session = self._session
        try:
            read = read_numbers(session.office)
        except KnownProblem as problem:
            self._refuse(problem)
            return
        self._settings.hand_out_folder = folder
        self.said.emit(session.words("desk.hand-out.writing", folder=str(folder)), Hue.QUIET)
        work = partial(hand_out, read, folder, time=session.office.now())
        self._background.submit(work, self._written)

    def _written(self, future: Future[HandedOut]) -> None:
        try:
            handed = future.result()
        except KnownProblem as problem:
            self._refuse(problem)
            return
        self.said.emit(handed.told(self._session.words), Hue.GOOD)

    def _refuse(self, problem: KnownProblem) -> None:
        self.said.emit(self._session.problem_text(problem), Hue.CARE)
