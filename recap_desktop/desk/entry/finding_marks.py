"""Marking findings of the form on the screen as on the paper, and what was marked of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.records import marks
from recap_desktop.office.checks.marking import mark_finding, marks_seen, named, take_back_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from recap_desktop.desk.entry.mark_panel import MarkPanel
    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.phrasing import Phrase
    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.records.marks import Mark


class FindingMarks(QObject):
    """What is marked holds of the figures on the screen, whether they are saved yet or not.

    Signals:
        ended: the question is answered or left; with the cell it was about.
    """

    ended = Signal(str)

    def __init__(self, session: Session, panel: MarkPanel, foot: StepBar) -> None:
        """Nothing is marked, nothing is asked."""
        super().__init__(panel)
        self._session = session
        self._panel = panel
        self._foot = foot
        self._tps = ""
        self._cells: Mapping[str, int] = {}
        self._found: Sequence[Finding] = ()
        self._said: Sequence[Mark] = ()
        self._asked: Finding | None = None
        self._at = ""
        panel.decided.connect(self._decide)
        panel.left.connect(self._leave)

    def look(self, tps: str, cells: Mapping[str, int], found: Sequence[Finding]) -> None:
        """Take what is on the screen now; a question about what is no longer found is dropped."""
        session = self._session
        is_other = tps != self._tps
        self._tps, self._cells, self._found = tps, dict(cells), found
        self._said = (
            marks_seen(session.office, session.contest_id, tps, person=session.person_id)
            if found
            else ()
        )
        if is_other:
            self._at = ""
        if self._asked is not None and (is_other or self._asked not in found):
            self._end()

    def line(self, finding: Finding) -> str:
        """Why a finding stands so, and who said it; empty where nobody did."""
        said = marks.said_of(finding, self._cells, self._said)
        told = (named(self._session.office, mark) for mark in said)
        return "\n".join(
            self._session.words("mark.line", name=name, reason=reason) for name, reason in told
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the errors stand so; empty where one of them has no reason."""
        errors = [finding for finding in self._found if finding.severity is Severity.ERROR]
        return marks.reasons(errors, self._cells, self._said)

    def jumped(self, cell: str) -> None:
        """Somebody came to a cell because of its finding: a point now asks about that."""
        self._at = cell

    def typed(self) -> None:
        """Somebody types: a point means what it means in a box."""
        self._at = ""

    def press(self, cell: str, say: Callable[[Finding], Phrase]) -> bool:
        """Ask why the finding at a cell stands so, where somebody just came to it. Whether it asks.

        Args:
            cell: the box with the focus.
            say: words a finding.
        """
        if not cell or cell != self._at:
            return False
        return self.ask(cell, say)

    def ask(self, cell: str, say: Callable[[Finding], Phrase]) -> bool:
        """Ask why the finding at a cell stands so; of several the first without a reason."""
        here = [finding for finding in self._found if finding.cells[0] == cell]
        if not here:
            return False
        self._asked = next((f for f in here if not self._reason(f)), here[0])
        self._panel.ask(say(self._asked).text, self._reason(self._asked))
        self._foot.say(self._session.words["mark.say"])
        return True

    def _reason(self, finding: Finding) -> str:
        said = marks.said_of(finding, self._cells, self._said)
        return said[-1].reason if said else ""

    def _decide(self, reason: str) -> None:
        finding, session = self._asked, self._session
        if finding is None:
            return
        before = self._reason(finding)
        if reason == before:
            self._leave()
            return
        where = (session.office, session.contest_id, self._tps, finding)
        cells, by = self._cells, session.person
        if reason:
            act = partial(mark_finding, *where, cells=cells, reason=reason, by=by)
        else:
            act = partial(take_back_mark, *where, cells=cells, by=by)
        if session.record(act):
            cell = self._end()
            code = "mark.recorded" if reason else "mark.taken-back"
            self.ended.emit(cell)
            self._foot.say(session.words[code], Hue.GOOD)

    def _leave(self) -> None:
        self.ended.emit(self._end())

    def _end(self) -> str:
        cell = self._asked.cells[0] if self._asked else ""
        self._asked = None
        self._panel.end()
        return cell
