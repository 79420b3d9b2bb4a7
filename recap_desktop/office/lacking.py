"""Which TPS lack which contest: how far each contest is, and the forms that are still to come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.regions import Level
from recap_desktop.election.tallies import State
from recap_desktop.office.overview import require_unit
from recap_desktop.storage.station_lists import Sieve

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office

_EMPTY = frozenset({State.EMPTY})


@dataclass(frozen=True, slots=True)
class Lacking:
    """A TPS of which some form is not entered yet (TPS yang kurang surat suara).

    Attributes:
        tps: 13-digit key.
        missing: ids of the contests without any figures, in the order of the definition.
        entered: ids of those that are entered; a lokasi khusus may hold only some contests, and
            the others stand in neither.
    """

    tps: str
    missing: tuple[str, ...]
    entered: tuple[str, ...]

    @property
    def is_begun(self) -> bool:
        """Whether its box was read already: some contest is entered, and some is not."""
        return bool(self.entered)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one contest is (kemajuan satu pemilihan).

    Attributes:
        contest: its id.
        stations: TPS that hold it.
        missing: those of them without figures.
        left_behind: those of them of which another contest is entered.
    """

    contest: str
    stations: int
    missing: int
    left_behind: int

    @property
    def entered(self) -> int:
        """TPS of which the form is entered."""
        return self.stations - self.missing


def lacking(office: Office, *, under: str = "") -> list[Lacking]:
    """TPS that lack a contest they hold, in code order.

    Raises:
        KnownProblem: ``unit-unknown``.
    """
    require_unit(office, under)
    tables = office.file.contests
    empty = {
        contest: frozenset(tables[contest].lists.keys(Sieve(under, _EMPTY)))
        for contest in office.contests
    }
    held = {contest: tables[contest].station_keys() for contest in office.contests}
    found = []
    for tps in sorted(frozenset().union(*empty.values())):
        missing = tuple(contest for contest in office.contests if tps in empty[contest])
        entered = tuple(c for c in office.contests if tps in held[c] and c not in missing)
        found.append(Lacking(tps, missing, entered))
    return found


def reach(office: Office, lacking: list[Lacking], *, under: str = "") -> list[Reach]:
    """How far each contest is below a unit, in the order of the definition.

    Args:
        office: the open office.
        lacking: what ``lacking`` found below that unit.
        under: the unit; empty is the whole office.
    """
    missing = Counter(contest for item in lacking for contest in item.missing)
    behind = Counter(c for item in lacking if item.is_begun for c in item.missing)
    level = Level.TPS if len(under) == Level.TPS.value else Level.PROVINSI
    return [
        Reach(
            contest=contest,
            stations=sum(
                row.stations for row in office.file.contests[contest].states(level, under)
            ),
            missing=missing[contest],
            left_behind=behind[contest],
        )
        for contest in office.contests
    ]
