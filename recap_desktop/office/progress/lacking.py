"""Which TPS lack which contest: how far each contest is, and the forms that are still to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import State
from recap_desktop.office.progress.overview import require_unit
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


class Missing:
    """What is missing below a unit, as it stands when it is made."""

    def __init__(self, office: Office, *, under: str = "") -> None:
        """Look for it.

        Raises:
            KnownProblem: ``unit-unknown``.
        """
        require_unit(office, under)
        self._contests = office.contests
        self._held: dict[str, frozenset[str]] = {}
        self._empty: dict[str, frozenset[str]] = {}
        for contest in office.contests:
            tables = office.file.contests[contest]
            is_whole = under in ("", office.code)
            self._held[contest] = (
                tables.station_keys() if is_whole else frozenset(tables.lists.keys(Sieve(under)))
            )
            self._empty[contest] = frozenset(tables.lists.keys(Sieve(under, _EMPTY)))
        entered = [self._held[contest] - self._empty[contest] for contest in office.contests]
        self._begun = frozenset().union(*entered)
        self._lacking = frozenset().union(*self._empty.values())

    @property
    def count(self) -> int:
        """TPS that lack a contest they hold."""
        return len(self._lacking)

    @property
    def count_begun(self) -> int:
        """Those of them of which another contest is entered."""
        return len(self._lacking & self._begun)

    def stations(self, *, begun: bool = False) -> list[Lacking]:
        """The TPS that lack a contest, in code order; only those that are begun, or all."""
        found = []
        for tps in sorted(self._lacking & self._begun if begun else self._lacking):
            missing = tuple(c for c in self._contests if tps in self._empty[c])
            entered = tuple(c for c in self._contests if tps in self._held[c] and c not in missing)
            found.append(Lacking(tps, missing, entered))
        return found

    def reach(self) -> list[Reach]:
        """How far each contest is, in the order of the definition."""
        return [
            Reach(
                contest=contest,
                stations=len(self._held[contest]),
                missing=len(self._empty[contest]),
                left_behind=len(self._empty[contest] & self._begun),
            )
            for contest in self._contests
        ]
