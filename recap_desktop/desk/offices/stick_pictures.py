"""Pictures that go with an exchange: read and written in the worker, one after another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.desk.laptop.long_work import LongWork
from recap_desktop.office.posts.scan_travel import Tally, absent, carry, fetch, note, pictures
from recap_desktop.office.scans.attaching import Scan, folder_of, keep_bytes, kept
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.attachments import Attachment
    from recap_desktop.office.scans.attaching import Kept

_Fetched = tuple["Attachment", "Scan | KnownProblem | None"]
_Carried = tuple["Attachment", "bool | KnownProblem"]


class StickPictures(QObject):
    """Brings pictures from a folder, or sends them there; ``done`` brings what became of them.

    ``refused`` brings why the medium, or the office, could take no more; it comes before ``done``.
    """

    done = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        """Nothing to do yet."""
        super().__init__(parent)
        self._session = session
        self._tally = Tally()
        self._is_stopped = False
        self._bringing, self._sending = LongWork(background, self), LongWork(background, self)
        self._bringing.brought.connect(self._keep)
        self._sending.brought.connect(self._count)
        for work in (self._bringing, self._sending):
            work.ended.connect(self._end)

    def bring(self, folder: Path) -> None:
        """Bring every picture that is on record and not here."""
        office = self._session.office
        self._tally = Tally()
        wanted = absent(office)
        work = partial(_fetch, folder=folder, shelf=folder_of(office))
        self._bringing.begin(iter(wanted), work, size=len(wanted))

    def send(self, folder: Path) -> None:
        """Write every picture that is here, unless it lies there already."""
        office = self._session.office
        self._tally = Tally()
        wanted = pictures(office)
        parts = (kept(office, one) for one in wanted)
        self._sending.begin(parts, partial(_carry, folder=folder), size=len(wanted))

    def stop(self) -> None:
        """Bring nothing home any more: the office is being left."""
        self._is_stopped = True
        self._bringing.cancel()
        self._sending.cancel()

    def _keep(self, fetched: _Fetched) -> None:
        one, scan = fetched
        if scan is None:
            self._tally.missed(one)
        elif isinstance(scan, KnownProblem):
            self._note(one, scan, self._bringing)
        else:
            try:
                keep_bytes(self._session.office, [scan])
            except KnownProblem as problem:
                self._note(one, problem, self._bringing)
                return
            self._tally.moved(is_new=True)

    def _count(self, carried: _Carried) -> None:
        one, is_new = carried
        if isinstance(is_new, KnownProblem):
            self._note(one, is_new, self._sending)
        else:
            self._tally.moved(is_new=is_new)

    def _note(self, one: Attachment, problem: KnownProblem, work: LongWork) -> None:
        try:
            note(self._tally, one, problem)
        except KnownProblem as refusal:
            # The next one would be refused for the same reason.
            self.refused.emit(refusal)
            work.cancel()

    def _end(self) -> None:
        if not self._is_stopped:
            self.done.emit(self._tally.total)


def _fetch(one: Attachment, *, folder: Path, shelf: Path) -> _Fetched:
    try:
        return one, fetch(one, [folder], shelf)
    except KnownProblem as problem:
        return one, problem


def _carry(one: Kept, *, folder: Path) -> _Carried:
    try:
        return one.attachment, carry(one, folder)
    except KnownProblem as problem:
        return one.attachment, problem
