"""Where copies go from the command line: a printer, whose queue is watched, or files of a folder."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from recap_desktop.cli.verbs import say, session
from recap_desktop.office.papers import copying, print_queue
from recap_desktop.office.papers.kept_copies import keep
from recap_desktop.office.papers.queued_copies import Queued, look_at_queue, queued, take_back
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.copying import DrawnCopy, PrintedPaper

STOPPED = 1
"""Exit status of a print that was stopped."""

_SECONDS = 1.0
"""Between two looks at the queue."""


class Outlet:
    """Takes copy after copy; what waits in a queue can be taken back until it came out."""

    def __init__(self, printer: str | None, folder: Path | None) -> None:
        """Say where to.

        Raises:
            KnownProblem: ``usage-print-where``, ``export-folder``, ``print-no-queue``,
                ``printer-unknown``.
        """
        if bool(printer) == bool(folder):
            raise KnownProblem("usage-print-where")
        if folder is not None and not folder.is_dir():
            raise KnownProblem("export-folder", path=str(folder))
        if printer and not print_queue.has_queue():
            raise KnownProblem("print-no-queue")
        known = print_queue.printers() if printer else ()
        if printer and printer not in known:
            listed = ", ".join(known) or "-"
            raise KnownProblem("printer-unknown", printer=printer, printers=listed)
        self._printer = printer or ""
        self._folder = folder
        self._queued: list[Queued] = []

    def take(
        self, office: Office, read: PrintedPaper, drawn: DrawnCopy, *, by: str, reason: str = ""
    ) -> None:
        """Put a copy on record, then let it leave."""
        record = copying.record_copy(office, read, drawn, by=by, reason=reason)
        keep(drawn.pdf, drawn.sha256)
        name = copying.copy_name(read, drawn)
        where = self._printer
        if self._folder is not None:
            target = copying.free_path(self._folder, name)
            copying.write_copy(drawn, target)
            where = str(target)
        else:
            job = print_queue.hand_over(drawn.picked(), self._printer, title=name, size=drawn.size)
            self._queued.append(queued(record, job, sheets=len(drawn.pages)))
        say(
            "cli.print.printed",
            number=drawn.number,
            whom=drawn.addressee or session().words["cli.print.nobody"],
            pages=record.body["pages"],
            sheets=len(drawn.pages),
            where=where,
        )

    def wait(self) -> None:
        """Wait until all that was handed over has come out of the printer."""
        if not self._queued:
            return
        say("cli.print.waiting", printer=self._printer)
        while look_at_queue(self._printer, self._queued).left:
            time.sleep(_SECONDS)
        say("cli.print.all-out", printer=self._printer)

    @contextlib.contextmanager
    def stopping(self, office: Office, *, by: str) -> Iterator[None]:
        """Where somebody presses Ctrl+C, take back what waits and put on record what may be out."""
        try:
            yield
        except KeyboardInterrupt:
            if not self._queued:
                raise
            back = take_back(self._printer, self._queued)
            copying.record_stop(office, back.pages, printer=self._printer, by=by)
            session().status = STOPPED
            nobody = session().words["cli.print.none-out"]
            say(
                "cli.print.stopped",
                begun=", ".join(back.begun) or nobody,
                waiting=", ".join(back.waiting) or nobody,
            )
