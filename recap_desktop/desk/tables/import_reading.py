"""Reading a table off the thread of the window: opened, proposed, read in parts, judged in parts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.desk.laptop.long_work import LongWork
from recap_desktop.office.tables.import_tables import ImportTable, open_for
from recap_desktop.office.tables.importing import CountsImport, judge
from recap_desktop.office.tables.planned_counts import RECORDED, PlannedCount
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.election.tables.count_maps import CountMap
    from recap_desktop.office.checks.findings import Case
    from recap_desktop.office.tables.importing import CountReader
    from recap_desktop.office.tables.planned_counts import ReadCount

_JUDGED = 40
"""So many TPS are judged at once: to judge takes longer than to read."""

Opened = tuple[ImportTable, "CountMap | KnownProblem"]


class ImportReading(QObject):
    """Asks the worker; the database is only looked at here, between two parts.

    ``opened`` brings a table with how it would be taken, or why that is not known; ``failed``
    why it cannot be read; ``went_on`` how many TPS were read; ``planned`` comes when all are
    planned; ``judged`` with how many of how many were judged.
    """

    opened = Signal(object, object)
    failed = Signal(object)
    went_on = Signal(int)
    planned = Signal()
    judged = Signal(int, int)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        """Nothing to read yet."""
        super().__init__(parent)
        self._session, self._background = session, background
        self._turn = 0
        self._plan: CountsImport | None = None
        self._is_read = False
        self._waiting: list[list[PlannedCount]] = []
        self._reading, self._judging = LongWork(background, self), LongWork(background, self)
        self._reading.brought.connect(self._take)
        self._reading.ended.connect(self._end_reading)
        self._judging.brought.connect(self._note)
        self._judging.went_on.connect(self._say_judged)

    @property
    def is_reading(self) -> bool:
        """Whether a table is being read for a plan."""
        return self._reading.is_running

    def open(self, path: Path) -> None:
        """Open a file for the contest that is looked at, and find how it would be taken."""
        session = self._session
        election, contest = session.office.election, session.contest_id
        self._ask(partial(_opened, partial(open_for, election, contest, path), None))

    def propose(self, table: ImportTable, propose: Callable[[], CountMap]) -> None:
        """Find anew how a table would be taken."""
        self._ask(partial(_opened, lambda: table, propose))

    def _ask(self, work: Callable[[], Opened]) -> None:
        self.stop()
        turn = self._turn
        self._background.submit(work, partial(self._bring, turn))

    def _bring(self, turn: int, future: Future[Opened]) -> None:
        if turn != self._turn:
            return
        try:
            table, found = future.result()
        except KnownProblem as problem:
            self.failed.emit(problem)
            return
        self.opened.emit(table, found)

    def read(self, plan: CountsImport) -> None:
        """Read everything for a plan, and hold it against the office."""
        self.stop()
        self._plan, self._is_read = plan, False
        self._reading.begin(self._tokens(), partial(_read, plan.reader), size=0)

    def _tokens(self) -> Iterator[None]:
        """As many as are needed: how long a table is, only its end tells."""
        while not self._is_read:
            yield None

    def _take(self, read: list[ReadCount] | KnownProblem) -> None:
        if self._plan is None:
            return
        if isinstance(read, KnownProblem):
            self.stop()
            self.failed.emit(read)
            return
        self._is_read = self._is_read or not read
        self._plan.take(read)
        self.went_on.emit(len(self._plan.plan))

    def _end_reading(self) -> None:
        if self._plan is None or not self._is_read:
            return
        self.planned.emit()
        todo = [one for one in self._plan.plan if one.fate in RECORDED]
        parts = [todo[at : at + _JUDGED] for at in range(0, len(todo), _JUDGED)]
        self._waiting = []
        layout = self._session.layout
        self._judging.begin(self._cases(parts), partial(judge, layout), size=len(parts))

    def _cases(self, parts: list[list[PlannedCount]]) -> Iterator[list[Case]]:
        for part in parts:
            assert self._plan is not None
            self._waiting.append(part)
            yield self._plan.cases(part)

    def _note(self, counts: list[int]) -> None:
        if self._plan is not None:
            self._plan.note(self._waiting.pop(0), counts)

    def _say_judged(self, done: int, size: int) -> None:
        self.judged.emit(done, size)

    def stop(self) -> None:
        """Give up whatever is under way; nothing of it is brought any more."""
        self._turn += 1
        self._plan = None
        self._reading.cancel()
        self._judging.cancel()


def _opened(find: Callable[[], ImportTable], propose: Callable[[], CountMap] | None) -> Opened:
    """In the worker: a table, and how it would be taken or why that is not known."""
    table = find()
    try:
        return table, (propose or table.propose)()
    except KnownProblem as problem:
        if problem.code != "import-nothing-known":
            raise
        return table, problem


def _read(reader: CountReader, _: None) -> list[ReadCount] | KnownProblem:
    """In the worker: the next counts, or why the file cannot be read on."""
    try:
        return reader.read()
    except KnownProblem as problem:
        return problem
