"""A package made step by step: key opened, read, written, read back from the medium, recorded."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.election.records.packages import package_name
from recap_desktop.office.keys.own_keys import wanted_key
from recap_desktop.office.upward.send_steps import (
    Making,
    OpenedKey,
    gather,
    make,
    open_the_key,
    read_back,
)
from recap_desktop.office.upward.sending import Sent
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session

STEPS = ("key", "write", "read-back", "record")


class PackageWork(QObject):
    """Makes one package at a time; what is slow is done in the worker.

    ``went_on`` says which of ``STEPS`` is under way; then comes ``made`` or ``refused``.
    """

    went_on = Signal(int)
    made = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        """Nothing is made yet."""
        super().__init__(parent)
        self._session, self._background = session, background
        self._turn = 0
        self._folder, self._contest, self._by = Path(), "", ""
        self._fresh = False
        self._making: Making | None = None

    @property
    def is_running(self) -> bool:
        """Whether a package is being made."""
        return self._contest != ""

    def begin(self, folder: Path, key: Path, passphrase: str, *, by: str) -> None:
        """Make the package of the contest that is looked at, in a folder of the medium."""
        self.cancel()
        office = self._session.office
        self._folder, self._contest, self._by = folder, self._session.contest_id, by
        self._step(0, partial(open_the_key, key, passphrase, wanted_key(office)), self._write)

    def cancel(self) -> None:
        """Give up: what is half done is taken from the medium again, nothing is recorded."""
        self._turn += 1
        self._contest, self._making = "", None

    def _step(
        self, at: int, work: Callable[[], object], done: Callable[[Future[object]], None]
    ) -> None:
        self.went_on.emit(at)
        self._background.submit(work, partial(self._arrive, self._turn, done))

    def _arrive(
        self, turn: int, done: Callable[[Future[object]], None], future: Future[object]
    ) -> None:
        if turn == self._turn:
            try:
                done(future)
            except KnownProblem as problem:
                self.cancel()
                self.refused.emit(problem)
        elif future.exception() is None:
            self._take_away(future.result())

    def _take_away(self, made: object) -> None:
        """Given up while it was written: nobody is to carry away what is not on record."""
        if isinstance(made, Sent) and self._fresh:
            made.path.unlink(missing_ok=True)

    def _write(self, future: Future[object]) -> None:
        opened = future.result()
        assert isinstance(opened, OpenedKey)
        office = self._session.office
        self._making = gather(office, self._contest, opened, by=self._by)
        said = self._making.load.statement
        name = package_name(said.office, said.contest, said.revision)
        self._fresh = not (self._folder / name).exists()
        self._step(1, partial(make, self._making, self._folder), self._read_back)

    def _read_back(self, future: Future[object]) -> None:
        sent = future.result()
        assert isinstance(sent, Sent)
        self._step(2, partial(read_back, sent), self._end)

    def _end(self, future: Future[object]) -> None:
        sent = future.result()
        assert isinstance(sent, Sent)
        self.went_on.emit(3)
        self._contest = ""
        self.made.emit(sent)

    def to_record(self) -> Making | None:
        """What the package that was made last was made from."""
        return self._making
