"""What does not add up: findings of one TPS, and of every TPS of a contest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election import rules
from recap_desktop.election.tallies import State
from recap_desktop.office.overview import require_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recap_desktop.election.contests import Station
    from recap_desktop.election.rules import Finding
    from recap_desktop.office.opening import Office


class Judge:
    """Judges counts of one contest with all that stands beside the form.

    The stations of a desa and the other contests are looked up once a desa.
    """

    def __init__(self, office: Office, contest_id: str) -> None:
        """Judge counts of a contest.

        Raises:
            KnownProblem: ``contest-unknown``.
        """
        office.require_contest(contest_id)
        self._office = office
        self._contest = contest_id
        self._layout = office.election.layout(contest_id)
        self._stations: dict[str, tuple[Station, ...]] = {}

    def findings(self, tps: str, cells: Mapping[str, int]) -> tuple[Finding, ...]:
        """Every finding of a count, also of one that is not saved yet, in paper order."""
        if not cells:
            return ()
        found = list(rules.judge(self._layout, cells))
        siblings = self._siblings(tps)
        station = next((s for s in siblings if s.tps == tps), None)
        if station is not None:
            found.extend(
                rules.judge_beside(self._layout, cells, station=station, siblings=siblings)
            )
        others = self._others(tps)
        if others:
            found.extend(rules.judge_other_contest(self._layout, cells, others=others))
        return tuple(found)

    def _siblings(self, tps: str) -> tuple[Station, ...]:
        desa = tps[:10]
        if desa not in self._stations:
            self._stations = {desa: self._office.file.stations(desa)}
        return self._stations[desa]

    def _others(self, tps: str) -> dict[str, Mapping[str, int]]:
        others = {}
        for contest_id, tables in self._office.file.contests.items():
            if contest_id != self._contest:
                stored = tables.tally(tps)
                # Figures that do not count may be the first of two entries, which stays unseen.
                if stored is not None and stored.tally.counts and stored.tally.cells:
                    others[contest_id] = stored.tally.cells
        return others


def findings(office: Office, contest_id: str, *, under: str = "") -> Iterator[tuple[str, Finding]]:
    """Every finding of the figures as they stand, with its TPS, in code order.

    Of the first of two entries nothing is said: it stays unseen until the second is there.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``.
    """
    office.require_contest(contest_id)
    require_unit(office, under)
    judge = Judge(office, contest_id)
    for stored in office.file.contests[contest_id].tallies(under):
        if office.file.double_entry and stored.tally.state is State.SINGLE:
            continue
        for finding in judge.findings(stored.tps, stored.tally.cells):
            yield stored.tps, finding
