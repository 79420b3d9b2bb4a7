"""Looking through an office for look-alikes: read here a desa at a time, looked at anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.checks.look_alikes import DesaLook, LookAlikes
from recap_desktop.election.checks.resemblance import Reading
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.office.progress.overview import require_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.checks.look_alikes import Looked
    from recap_desktop.election.checks.resemblance import LookAlike
    from recap_desktop.office.opening import Office

Part = tuple[str, tuple[Reading, ...]]
"""A desa and those of its counts that count."""


class LookAlikeSearch:
    """Every look-alike below a unit, as long as the search is kept in step.

    Figures that do not count are not looked at: the first of two entries stays unseen, and of
    entries that differ it is not known which holds. Only looking may go to another thread, and
    it is given nothing but what was read.
    """

    def __init__(self, office: Office, contest_id: str, *, under: str = "") -> None:
        """Look through the counts of a contest.

        Raises:
            KnownProblem: ``contest-unknown``, ``unit-unknown``.
        """
        office.require_contest(contest_id)
        require_unit(office, under)
        self._office = office
        self._contest = contest_id
        self._election = office.election
        tables = office.file.contests[contest_id]
        inside = under[: Level.DESA.value]
        self._desas = tuple(desa for desa in tables.desas() if desa.startswith(inside))
        sizes = tables.lists.sizes(Level.DESA.value, inside)
        layout = office.election.layout(contest_id)
        self._known = LookAlikes(layout, stations=sum(size for _, size in sizes))
        self._looking = DesaLook(layout)
        self._seen = office.file.journal.last_place()

    @property
    def is_of_now(self) -> bool:
        """Whether the definition is still the one that was looked by."""
        return self._office.election is self._election

    def size(self) -> int:
        """How many parts there are."""
        return len(self._desas)

    def parts(self) -> Iterator[Part]:
        """What is to be looked at, a desa at a time, as it stands when read."""
        return map(self._part, self._desas)

    def look(self, part: Part) -> Looked:
        """Look at one part; in whatever thread."""
        return self._looking.look(*part)

    def put(self, looked: Looked) -> None:
        """Take what came of looking at a part."""
        self._known.put(looked)

    def found(self) -> list[LookAlike]:
        """All that is known now: by kind, the least likely first."""
        return self._known.found()

    def changed(self) -> list[Part]:
        """What is to be looked at anew because records came since the last look."""
        place, self._seen = self._seen, self._office.file.journal.last_place()
        touched = self._office.file.journal.subjects_after(place)
        desas = {tps[: Level.DESA.value] for tps in touched}
        return [self._part(desa) for desa in self._desas if desa in desas]

    def _part(self, desa: str) -> Part:
        file = self._office.file
        lists = {station.tps: station for station in file.units.stations(desa)}
        return desa, tuple(
            Reading(
                stored.tps,
                stored.tally.cells,
                _voters(lists[stored.tps].dpt_l, lists[stored.tps].dpt_p),
                stored.tally.state is State.ACCEPTED,
            )
            for stored in file.contests[self._contest].tallies(desa)
            if stored.tally.counts
        )


def _voters(men: int | None, women: int | None) -> tuple[int, int] | None:
    return None if men is None or women is None else (men, women)
