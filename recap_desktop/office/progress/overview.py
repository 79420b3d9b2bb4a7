"""Where the office stands: states and progress per unit, totals of any level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, dotted, level_of, station_number
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.figures.totals import Total, with_differences, with_papers
from recap_desktop.office.upward.unit_figures import differences, paper_totals, station_sums
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.office.opening import Office
    from recap_desktop.storage.derived import StoredTally


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a unit is in one contest (kemajuan).

    Attributes:
        code: the unit.
        name: as printed.
        stations: TPS of the contest below it.
        states: how many TPS are in each state; absent where none is.
        counted: TPS whose figures are in the totals.
        broken: TPS whose figures contradict themselves; of a first entry of two nothing is said.
        read: TPS that were read out in the plenary, or declared not delivered.
    """

    code: str
    name: str
    stations: int
    states: Mapping[State, int]
    counted: int
    broken: int
    read: int

    @property
    def done(self) -> int:
        """TPS in the totals or declared not delivered."""
        return self.counted + self.states.get(State.NOT_DELIVERED, 0)


def unit_name(office: Office, code: str) -> str:
    """Name of a unit as printed; of a TPS ``TPS 001``."""
    if level_of(code) is Level.TPS:
        return f"TPS {station_number(code)}"
    return office.election.tree.name(code)


def require_unit(office: Office, code: str) -> None:
    """Refuse to answer for a unit that the election does not have; empty is the whole office.

    Raises:
        KnownProblem: ``unit-unknown``.
    """
    if code and code not in office.election.tree and not _is_station(office, code):
        raise KnownProblem("unit-unknown", unit=dotted(code))


def _require_under(office: Office, level: Level, under: str) -> None:
    """Refuse also a unit that is smaller than those asked about: its total is not theirs."""
    require_unit(office, under)
    if len(under) > level.value:
        raise KnownProblem("level-above-unit", unit=dotted(under))


def _is_station(office: Office, code: str) -> bool:
    return any(tables.tally(code) for tables in office.file.contests.values())


def progress(office: Office, contest_id: str, *, level: Level, under: str = "") -> list[Progress]:
    """Progress of every unit of a level below ``under`` (the office), in code order.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``, ``level-above-unit``.
    """
    office.require_contest(contest_id)
    _require_under(office, level, under)
    units: dict[str, dict[State, int]] = {}
    counted: dict[str, int] = {}
    broken: dict[str, int] = {}
    read: dict[str, int] = {}
    for row in office.file.contests[contest_id].states(level, under):
        units.setdefault(row.unit, {})[row.state] = row.stations
        counted[row.unit] = counted.get(row.unit, 0) + row.counted
        unseen = office.file.double_entry and row.state is State.SINGLE and not row.counted
        broken[row.unit] = broken.get(row.unit, 0) + (0 if unseen else row.broken)
        never = row.state is State.NOT_DELIVERED
        read[row.unit] = read.get(row.unit, 0) + (row.stations if never else row.read)
    return [
        Progress(
            code=code,
            name=unit_name(office, code),
            stations=sum(states.values()),
            states=states,
            counted=counted[code],
            broken=broken[code],
            read=read[code],
        )
        for code, states in sorted(units.items())
    ]


def station_rows(office: Office, contest_id: str, *, under: str = "") -> list[StoredTally]:
    """The tally of every TPS below a unit, in code order; a first entry of two without its figures.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    return [_unseen(one) for one in office.file.contests[contest_id].tallies(under)]


def _unseen(stored: StoredTally) -> StoredTally:
    tally = stored.tally
    if tally.state is not State.SINGLE or tally.counts:
        return stored
    return replace(stored, tally=replace(tally, cells={}), broken=0)


def totals(office: Office, contest_id: str, *, level: Level, under: str = "") -> list[Total]:
    """Totals of every unit of a level below ``under`` (the office), in code order.

    At the level of TPS each total is that of the one TPS.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``, ``level-above-unit``.
    """
    office.require_contest(contest_id)
    _require_under(office, level, under)
    tables = office.file.contests[contest_id]
    if level is not Level.TPS:
        return with_units(office, contest_id, tables.totals(level, under))
    return [_total_of_station(tables.cells, stored) for stored in tables.tallies(under)]


def with_units(office: Office, contest_id: str, found: list[Total]) -> list[Total]:
    """Totals over TPS with what was recorded of whole units: differences, figures from paper."""
    papers = paper_totals(office, contest_id)
    counted = {unit: station_sums(office, contest_id, unit)[0] for unit in papers}
    decided = differences(office, contest_id)
    if not papers and not decided:
        return found
    return [with_differences(with_papers(total, papers, counted), decided) for total in found]


def _total_of_station(cells: tuple[str, ...], stored: StoredTally) -> Total:
    tally = stored.tally
    sums = dict(tally.cells) if tally.counts else {}
    return Total(
        code=stored.tps,
        stations=1,
        counted=int(tally.counts),
        not_delivered=int(tally.state is State.NOT_DELIVERED),
        sums=sums,
        blanks={cell: 1 for cell in cells if cell not in sums} if tally.counts else {},
    )


def next_unfinished(office: Office, contest_id: str, *, after: str = "") -> str:
    """The next TPS in code order that has no figures yet; begins again at the end; else empty.

    Args:
        office: the open office.
        contest_id: the contest.
        after: the TPS one comes from.
    """
    office.require_contest(contest_id)
    return office.file.contests[contest_id].next_in_state(State.EMPTY, after)
