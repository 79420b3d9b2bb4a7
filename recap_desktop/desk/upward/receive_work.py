"""A package looked at and kept in the worker, then taken in here a moment at a time."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.desk.laptop.patience import Patience
from recap_desktop.desk.laptop.told_way import ToldWay
from recap_desktop.office.opening import open_office
from recap_desktop.office.upward import receiving
from recap_desktop.office.upward.package_preview import Preview, preview
from recap_desktop.problems import KnownProblem
from recap_desktop.way import GivenUp, Way

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session


class ReceiveWork(QObject):
    """One piece of long work at a time; ``advanced`` names it and says in percent how far it is.

    What it came to is brought by ``looked`` or by what ``keep`` was given; ``refused`` brings why
    not. Of what is given up nothing is brought and nothing is left.
    """

    advanced = Signal(str, int)
    looked = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        """Nothing is under way."""
        super().__init__(parent)
        self._session, self._background = session, background
        self._turn = 0
        self._code = ""
        self._told = ToldWay(self)
        self._patience = Patience(background, self)
        for way in (self._told, self._patience):
            way.advanced.connect(self._advance)

    @property
    def is_running(self) -> bool:
        """Whether something is under way."""
        return self._code != ""

    def give_up(self) -> None:
        """End what is under way."""
        self._turn += 1
        self._code = ""
        self._told.give_up()
        self._patience.give_up()

    def _advance(self, percent: int) -> None:
        if self._code:
            self.advanced.emit(self._code, percent)

    def _begin(self, code: str) -> None:
        self.give_up()
        self._code = code
        self._told.begin()

    # In the worker

    def look(self, path: Path) -> None:
        """Prove a package, on a second opening of the office for reading."""
        self._begin("looking")
        work = partial(_look, self._session.office.file.path, path, self._told.way())
        self._background.submit(work, partial(self._looked, self._turn))

    def _looked(self, turn: int, future: Future[Preview]) -> None:
        if turn != self._turn:
            return
        self._told.end()
        self._code = ""
        try:
            seen = future.result()
        except KnownProblem as problem:
            self.refused.emit(problem)
        else:
            self.looked.emit(seen)

    def keep(self, seen: Preview, then: Callable[[], None]) -> None:
        """Keep the file of a package beside the office, off the stick; then go on here."""
        self._begin("keeping")
        path = self._session.office.file.path
        work = partial(receiving.keep_beside, path, seen, way=self._told.way())
        self._background.submit(work, partial(self._kept, self._turn, seen, then))

    def _kept(
        self, turn: int, seen: Preview, then: Callable[[], None], future: Future[Path]
    ) -> None:
        if turn != self._turn:
            if future.exception() is None:
                receiving.let_go(self._session.office, seen)
            return
        self._told.end()
        self._code = ""
        try:
            future.result()
            then()
        except KnownProblem as problem:
            self.refused.emit(problem)

    # Here

    def take(self, act: Callable[[Way], object], heard: QWidget) -> bool:
        """Do what writes to the office, while one button is heard; whether nobody gave it up.

        Raises:
            KnownProblem: what the act raised.
        """
        self._code = "taking"
        try:
            self._patience.run(act, heard)
        except GivenUp:
            return False
        finally:
            self._code = ""
        return True


def _look(office_path: Path, package: Path, way: Way) -> Preview:
    """Open the office a second time, for reading, in the thread that proves the package."""
    office = open_office(office_path)
    try:
        return preview(office, package, way=way)
    finally:
        office.close()
