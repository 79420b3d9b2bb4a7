"""A package made step by step: key opened, records read, written, read back, then recorded."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.desk.laptop.told_way import ToldWay
from recap_desktop.election.records.packages import package_name
from recap_desktop.office.keys.own_keys import wanted_key
from recap_desktop.office.upward.send_steps import (
    Maker,
    Making,
    OpenedKey,
    gather,
    open_the_key,
    read_back,
    records_of,
)
from recap_desktop.office.upward.sending import Sent
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session

STEPS = ("key", "read", "write", "read-back", "record")

_SHARES = (0.0, 0.02, 0.2, 0.7, 0.99, 1.0)
"""Where each step begins, as a share of the whole; it ends where the next one begins."""

_AHEAD = 2
"""Parts that are read before they are needed, so that the worker need not wait for the window."""


class PackageWork(QObject):
    """Makes one package at a time; what is slow is done in the worker.

    ``went_on`` says which of ``STEPS`` is under way, ``advanced`` how far the whole is, in percent,
    which never goes back; then comes ``made`` or ``refused``.
    """

    went_on = Signal(int)
    advanced = Signal(int)
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
        self._maker: Maker | None = None
        self._parts: Iterator[list[bytes]] = iter(())
        self._taken = 0
        self._way = ToldWay(self)
        self._way.advanced.connect(self.advanced)

    @property
    def is_running(self) -> bool:
        """Whether a package is being made."""
        return self._contest != ""

    def begin(self, folder: Path, key: Path, passphrase: str, *, by: str) -> None:
        """Make the package of the contest that is looked at, in a folder of the medium."""
        self.cancel()
        office = self._session.office
        self._folder, self._contest, self._by = folder, self._session.contest_id, by
        self._way.begin()
        self._step(0, partial(open_the_key, key, passphrase, wanted_key(office)), self._gather)

    def cancel(self) -> None:
        """Give up: what is half done is taken from the medium again, nothing is recorded."""
        self._turn += 1
        self._way.give_up()
        self._contest, self._making = "", None
        maker, self._maker, self._parts = self._maker, None, iter(())
        if maker is not None:
            # It lives in the worker's thread, and is done there with what it still does.
            self._background.submit(maker.close, _let_go)

    def _step(
        self, at: int, work: Callable[[], object], done: Callable[[Future[object]], None]
    ) -> None:
        self._begin_step(at)
        self._submit(work, done)

    def _begin_step(self, at: int) -> None:
        self._way.stretch = _SHARES[at : at + 2]
        self.went_on.emit(at)

    def _submit(self, work: Callable[[], object], done: Callable[[Future[object]], None]) -> None:
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

    # Read here part by part, taken in the worker

    def _gather(self, future: Future[object]) -> None:
        opened = future.result()
        assert isinstance(opened, OpenedKey)
        office = self._session.office
        self._making = gather(office, self._contest, opened, by=self._by)
        said = self._making.outline.statement
        name = package_name(said.office, said.contest, said.revision)
        self._fresh = not (self._folder / name).exists()
        self._maker, self._taken = Maker(self._making), 0
        self._parts = records_of(office, self._making)
        self._begin_step(1)
        for _ in range(_AHEAD):
            self._feed()

    def _feed(self) -> None:
        part = next(self._parts, None)
        if part is not None and self._maker is not None:
            self._submit(partial(self._maker.take, part), self._took)

    def _took(self, future: Future[object]) -> None:
        taken, making, maker = future.result(), self._making, self._maker
        assert isinstance(taken, int)
        assert making is not None
        assert maker is not None
        self._taken += taken
        self._way.way().at(self._taken, making.outline.size)
        if self._taken < making.outline.size:
            self._feed()
            return
        self._begin_step(2)
        write = partial(maker.write, self._folder, self._way.way())
        self._submit(write, self._read_back)

    def _read_back(self, future: Future[object]) -> None:
        sent = future.result()
        assert isinstance(sent, Sent)
        self._maker = None
        self._begin_step(3)
        self._submit(partial(read_back, sent, self._way.way()), self._end)

    def _end(self, future: Future[object]) -> None:
        sent = future.result()
        assert isinstance(sent, Sent)
        self._begin_step(4)
        self._way.end()
        self._contest = ""
        self.made.emit(sent)

    def to_record(self) -> Making | None:
        """What the package that was made last was made from."""
        return self._making


def _let_go(future: Future[None]) -> None:
    future.result()
