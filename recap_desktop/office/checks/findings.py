"""What does not add up: findings of one TPS, and of every TPS of a contest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.checks import rules
from recap_desktop.election.definitions.contests import Station
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.office.progress.overview import require_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.definitions.forms import Layout
    from recap_desktop.office.opening import Office

_FEW = 30
"""So many TPS are read at once; of a larger desa ten by ten."""

_TENS = Level.TPS.value - 1
"""Digits of a TPS code without the last."""


@dataclass(frozen=True, slots=True)
class Case:
    """One count with all that it is judged by (formulir dan yang di sampingnya).

    It holds no door to the office: the thread that reads it need not be the one that judges it.

    Attributes:
        contest: id of the contest.
        tps: 13-digit key.
        cells: as written; a blank cell is absent.
        siblings: the TPS of its desa, itself among them.
        others: id of another contest -> its cells of this TPS that must say the same.
    """

    contest: str
    tps: str
    cells: Mapping[str, int]
    siblings: tuple[Station, ...]
    others: Mapping[str, Mapping[str, int]]

    def findings(self, layout: Layout) -> tuple[Finding, ...]:
        """Every finding of the count on the form of its contest, in paper order."""
        cells = self.cells
        if not cells:
            return ()
        station = next((s for s in self.siblings if s.tps == self.tps), Station(self.tps))
        found = rules.judge_at(layout, cells, station=station, siblings=self.siblings)
        voters = rules.known_voters(layout, station)
        return found + rules.judge_other_contest(
            layout, cells, own=self.contest, others=self.others, voters=voters
        )


class Judge:
    """Judges counts of one contest with all that stands beside the form.

    The stations of a desa are looked up once a desa.
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
        others = beside(self._office, self._contest, under=tps).get(tps, {})
        return Case(self._contest, tps, cells, self._siblings(tps), others).findings(self._layout)

    def _siblings(self, tps: str) -> tuple[Station, ...]:
        desa = tps[: Level.DESA.value]
        if desa not in self._stations:
            self._stations = {desa: self._office.file.units.stations(desa)}
        return self._stations[desa]


def beside(office: Office, contest_id: str, *, under: str) -> dict[str, dict[str, dict[str, int]]]:
    """TPS below a unit -> other contest -> its figures there that R16 compares.

    Figures that do not count may be the first of two entries, which stays unseen.
    """
    asked = rules.same_cells(office.election.layout(contest_id))
    found: dict[str, dict[str, dict[str, int]]] = {}
    for other, tables in office.file.contests.items():
        if other != contest_id:
            for tps, figures in tables.lists.counted_figures(asked, under).items():
                found.setdefault(tps, {})[other] = figures
    return found


def cases(office: Office, contest_id: str, *, under: str = "") -> Iterator[list[Case]]:
    """The figures as they stand, ready to be judged, a few TPS at a time, in code order.

    Of the first of two entries nothing is said: it stays unseen until the second is there.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``.
    """
    yield from read_parts(office, contest_id, parts(office, contest_id, under=under))


def read_parts(office: Office, contest_id: str, chosen: Iterable[str]) -> Iterator[list[Case]]:
    """The figures of some ``parts``, each read when it is asked for."""
    for part in chosen:
        siblings = office.file.units.stations(part[: Level.DESA.value])
        others = beside(office, contest_id, under=part)
        yield [
            Case(contest_id, stored.tps, stored.tally.cells, siblings, others.get(stored.tps, {}))
            for stored in office.file.contests[contest_id].tallies(part)
            if stored.tally.state is not State.SINGLE or stored.tally.counts
        ]


def parts(office: Office, contest_id: str, *, under: str = "") -> list[str]:
    """Beginnings of codes below a unit that hold a few TPS each: desa, or tens of large ones.

    A window that reads one of them between two keys is not held up.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``.
    """
    office.require_contest(contest_id)
    require_unit(office, under)
    if len(under) > Level.DESA.value:
        return [under]
    tens = office.file.contests[contest_id].lists.sizes(_TENS, under)
    of_desa: dict[str, list[str]] = {}
    sizes = Counter[str]()
    for ten, size in tens:
        desa = ten[: Level.DESA.value]
        of_desa.setdefault(desa, []).append(ten)
        sizes[desa] += size
    return [
        part for desa, own in of_desa.items() for part in (own if sizes[desa] > _FEW else [desa])
    ]


def findings(office: Office, contest_id: str, *, under: str = "") -> Iterator[tuple[str, Finding]]:
    """Every finding of the figures as they stand, with its TPS, in code order.

    Of the first of two entries nothing is said: it stays unseen until the second is there.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``.
    """
    layout = office.election.layout(contest_id)
    for read in cases(office, contest_id, under=under):
        for case in read:
            for finding in case.findings(layout):
                yield case.tps, finding
