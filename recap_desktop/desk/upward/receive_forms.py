"""The forms of the receiving page, and what is done with what was typed in them."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.pieces.asked_boxes import AskedBoxes
from recap_desktop.desk.upward.paper_boxes import PaperBoxes
from recap_desktop.desk.upward.send_forms import SendForms
from recap_desktop.office.keys.own_keys import wanted_key
from recap_desktop.office.upward import alarms, receipts, receiving
from recap_desktop.office.upward.send_steps import OpenedKey, open_the_key
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.office.upward.children import Child
    from recap_desktop.office.upward.package_preview import Preview
    from recap_desktop.way import Way


class ReceiveForms(SendForms):
    """File, paper, alarm, receipt and decision; what has to do with keys is that of sending."""

    looked_for = Signal(object)
    keep_asked = Signal(object, object)

    _seen: Preview | None = None
    _paper: PaperBoxes | None = None
    _unit = ""

    def _asked(self, code: str, **details: str | int) -> AskedBoxes:
        words = self._session.words
        title, why = words[f"desk.terima.{code}-title"], words(f"desk.terima.{code}-why", **details)
        form = AskedBoxes(self._session, title, why)
        self._fields = {}
        return form

    # The package

    def file(self) -> AskedBoxes:
        """Which file."""
        words = self._session.words
        form = self._asked("look")
        kinds = words["desk.terima.kinds"]
        known = self._settings.receive_folder
        self._fields["file"] = form.ask_path(words["desk.terima.file"], known, kinds=kinds)
        return form

    def take_file(self) -> None:
        """Have it looked at."""
        path = self._path("file")
        if not path.is_file():
            raise KnownProblem("file-missing", path=str(path))
        self._settings.receive_folder = path.parent
        self.looked_for.emit(path)

    def paper(self, seen: Preview) -> PaperBoxes:
        """Totals and head as the signed paper says them."""
        self._seen = seen
        form = self._paper = PaperBoxes(self._session, seen.contest, seen.sender, asks_name=True)
        assert form.by is not None
        self._fields = {"by": form.by}
        return form

    def receive(self) -> None:
        """Have the package taken in, once what was typed is that of the package."""
        seen, session, paper = self._seen, self._session, self._paper
        assert seen is not None
        assert paper is not None
        typed, by = paper.typed, self._text("by")
        receiving.require_typed(session.office, seen.proved, typed)
        self.keep_asked.emit(seen, partial(self._receive, seen, typed, by))

    def _receive(self, seen: Preview, typed: receiving.Typed, by: str, way: Way) -> None:
        office = self._session.office
        self._record(partial(receiving.receive, office, seen, typed=typed, by=by, way=way))
        number = seen.proved.statement.revision
        text = self._session.words("desk.terima.received", sender=seen.sender, number=number)
        self.done.emit(text, Hue.GOOD)

    # An alarm

    def alarm(self, seen: Preview) -> AskedBoxes:
        """Who records it."""
        self._seen = seen
        form = self._asked("alarm", sender=seen.sender)
        self._fields["by"] = form.ask_name()
        return form

    def raise_alarm(self) -> None:
        """Have it recorded; both packages are kept."""
        assert self._seen is not None
        self.keep_asked.emit(self._seen, partial(self._raise_alarm, self._seen, self._text("by")))

    def _raise_alarm(self, seen: Preview, by: str, _way: Way) -> None:
        self._record(partial(alarms.raise_alarm, self._session.office, seen, by=by))
        self.done.emit(self._session.words("desk.terima.alarmed", sender=seen.sender), Hue.WRONG)

    # The receipt

    def receipt(self, child: Child) -> AskedBoxes:
        """Where the receipt goes, and the key that signs it."""
        self._unit = child.code
        words = self._session.words
        form = self._asked("receipt", name=child.name)
        caption = words["desk.terima.receipt-folder"]
        self._fields["folder"] = form.ask_path(caption, self._settings.receive_folder)
        self._ask_key_file(form)
        return form

    def give_receipt(self) -> None:
        """Open the key in the worker, then write."""
        self._path("folder", is_folder=True)
        own = wanted_key(self._session.office)
        opening = partial(open_the_key, self._path("key"), self._fields["secret"].text(), own)
        self._background.submit(opening, self._write_receipt)

    def _write_receipt(self, future: Future[OpenedKey]) -> None:
        session = self._session
        try:
            key = future.result().key
            office, contest = session.office, session.contest_id
            path = self._path("folder", is_folder=True) / _receipt_name(self._unit, contest)
            made = receipts.give_receipt(office, contest, self._unit, path, key=key)
        except KnownProblem as problem:
            self.refused.emit(problem)
            return
        self._settings.set_key_file(office.code, self._path("key"))
        text = session.words(
            "desk.terima.receipted", path=str(path), corrections=len(made.corrections)
        )
        self.done.emit(text, Hue.GOOD)


def _receipt_name(unit: str, contest: str) -> Path:
    return Path(f"TERIMA_{unit}_{contest}.terima")
