"""Looking through a whole office for findings: read here a few TPS at a time, judged anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.checks.voices import Voice
from recap_desktop.office.checks.findings import cases, parts, read_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from recap_desktop.election.definitions.forms import Layout, Severity
    from recap_desktop.election.wording import Words
    from recap_desktop.office.checks.findings import Case
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of one TPS (temuan satu TPS), in words.

    The findings themselves stay with who judged: of a province they are a million objects.

    Attributes:
        tps: 13-digit key.
        texts: what does not fit, in paper order; empty where everything fits.
        severities: how bad each of them is.
    """

    tps: str
    texts: tuple[str, ...]
    severities: tuple[Severity, ...]


class FindingSearch:
    """Every finding of every TPS below a unit, as long as the search is kept in step.

    Reading a part takes some milliseconds and judging it some tens: only the judging may go to
    another thread, and it is given nothing but what was read.

    Attributes:
        voice: in which findings are told.
    """

    def __init__(
        self,
        office: Office,
        contest_id: str,
        words: Words,
        *,
        under: str = "",
        voice: Voice = Voice.EXACT,
    ) -> None:
        """Look through the figures of a contest.

        Raises:
            KnownProblem: ``contest-unknown``.
        """
        office.require_contest(contest_id)
        self._office = office
        self._contest = contest_id
        self._under = under
        self._election = office.election
        self._parts = parts(office, contest_id, under=under)
        self.voice = voice
        self._seen = office.file.journal.last_place()
        phrasing = Phrasing(
            words, office.election.form(contest_id), office.election.contest(contest_id)
        )
        self.judge: Callable[[Iterable[Case]], list[Judged]] = partial(
            _judge, office.election.layout(contest_id), phrasing, voice
        )

    def is_for(self, voice: Voice) -> bool:
        """Whether it judges by the definition of now, and tells in the voice of who looks."""
        return self._office.election is self._election and self.voice is voice

    def size(self) -> int:
        """How many parts there are."""
        return len(self._parts)

    def parts(self) -> Iterator[list[Case]]:
        """What is to be judged, a few TPS at a time, in code order, as it stands when read."""
        return read_parts(self._office, self._contest, self._parts)

    def changed(self) -> list[Case]:
        """What is to be judged anew because records came since the last look.

        Of whatever contest: one contest of a TPS is held against the others (R16).
        """
        place, self._seen = self._seen, self._office.file.journal.last_place()
        touched = self._office.file.journal.subjects_after(place)
        held = self._office.file.contests[self._contest].station_keys()
        return [
            case
            for tps in sorted(touched & held)
            if tps.startswith(self._under)
            for part in cases(self._office, self._contest, under=tps)
            for case in part
        ]


def _judge(layout: Layout, phrasing: Phrasing, voice: Voice, read: Iterable[Case]) -> list[Judged]:
    judged = []
    for case in read:
        findings = case.findings(layout)
        texts = tuple(phrasing.say(finding, voice).text for finding in findings)
        judged.append(Judged(case.tps, texts, tuple(finding.severity for finding in findings)))
    return judged
