"""What is shown of the findings while a form is typed: nothing flickers, nothing comes too early."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.entry.entry_form import PAPER, EntryForm
from recap_desktop.desk.looks.short_phrasing import ShortPhrasing
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.checks.rules import INCOMPLETE
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.papers.arrangements import arrange
from recap_desktop.election.papers.captions import Captions
from recap_desktop.office.checks.findings import Judge
from recap_desktop.office.entry.running_sums import RunningSums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.phrasing import Phrase
    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.checks.voices import Voice


class FormJudging:
    """Judges the form on the screen, and holds back what the person has not come to yet.

    A finding that compares a cell further down than anybody has been is held back, and so is
    one that looks at the cell that is just being typed.

    Attributes:
        sums: running sums of the contest.
        names: full names of its cells.
        phrasing: short words for its cells and findings, by the numbers of the rows.
    """

    def __init__(self, session: Session, contest: str, order: Sequence[str]) -> None:
        """Judge forms of a contest; ``order`` is that of the paper."""
        office = session.office
        about = office.election.contest(contest)
        self._session = session
        self._voice = session.voice
        self._judge = Judge(office, contest)
        self._place = {cell: at for at, cell in enumerate(order)}
        self._furthest = -1
        self._typing = ""
        # A save looks at the same figures several times, and a key at the same sentences.
        self._judged: tuple[str, Mapping[str, int], Sequence[Finding]] = ("", {}, ())
        self._said: dict[tuple[Finding, Voice], Phrase] = {}
        self.sums = RunningSums(office.election.layout(contest))
        form = office.election.form(contest)
        captions = Captions.of(office.election, contest)
        sections = arrange(form, form.papers[PAPER], captions).sections
        self.names = Phrasing(session.words, form, about)
        self.phrasing = ShortPhrasing(session.words, form, about, sections=sections)

    def begin(self, cells: Mapping[str, int]) -> None:
        """Begin a form: what it already holds has been seen."""
        self._furthest = max((self._place[cell] for cell in cells), default=-1)
        self._typing = ""
        self._judged = ("", {}, ())
        self._said = {}

    def typed(self, cell: str) -> None:
        """A cell is being typed."""
        self._typing = cell

    def left(self, cell: str) -> None:
        """A cell was left, so all up to it has been seen."""
        self._typing = ""
        self._furthest = max(self._furthest, self._place[cell])

    def done(self) -> None:
        """The whole form has been seen."""
        self._typing = ""
        self._furthest = len(self._place)

    def say(self, finding: Finding) -> Phrase:
        """A finding in short words, in the voice of who types."""
        key = finding, self._voice
        if key not in self._said:
            self._said[key] = self.phrasing.say(finding, self._voice)
        return self._said[key]

    def findings(self, tps: str, cells: Mapping[str, int]) -> list[Finding]:
        """Findings to be shown now, in paper order."""
        self._voice = self._session.voice
        if self._judged[:2] != (tps, cells):
            self._judged = (tps, cells, self._judge.findings(tps, cells))
        return self.reached(self._judged[2])

    def reached(self, found: Sequence[Finding]) -> list[Finding]:
        """Those of some findings that may be shown now."""
        return [
            finding
            for finding in found
            if self._typing not in finding.cells and self._was_reached(finding)
        ]

    def _was_reached(self, finding: Finding) -> bool:
        """Whether the compared cell was passed; of blank cells (R18) the last of them."""
        places = [self._place[cell] for cell in finding.cells]
        last = max(places) if finding.rule == INCOMPLETE else places[0]
        return last <= self._furthest

    def marks(self, findings: Sequence[Finding]) -> dict[str, Severity]:
        """The worst severity at each compared cell."""
        marks: dict[str, Severity] = {}
        for finding in findings:
            cell = finding.cells[0]
            if marks.get(cell) is not Severity.ERROR:
                marks[cell] = finding.severity
        return marks

    def texts(self, findings: Sequence[Finding]) -> dict[str, str]:
        """What the findings say, by compared cell."""
        texts: dict[str, list[str]] = {}
        for finding in findings:
            texts.setdefault(finding.cells[0], []).append(self.say(finding).text)
        return {cell: "\n".join(said) for cell, said in texts.items()}


def judged_form(session: Session, contest_id: str) -> tuple[EntryForm, FormJudging]:
    """The form of a contest, with all that is known of its cells."""
    form = EntryForm(session, contest_id)
    judging = FormJudging(session, contest_id, form.order)
    form.set_totals(judging.sums.totals)
    form.name_cells({cell: judging.names.cell(cell) for cell in form.order})
    return form, judging
