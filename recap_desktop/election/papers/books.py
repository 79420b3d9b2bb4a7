"""The papers of an office in the order they are bound: sheets of desa, its own sheet, the annex."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar, overload

from recap_desktop.election.definitions.regions import Level, below, level_of
from recap_desktop.election.figures import tallies
from recap_desktop.election.figures.totals import total_of
from recap_desktop.election.papers import annexes, sheets
from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.papers.deeds import Deed
from recap_desktop.election.papers.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.figures.totals import Total
    from recap_desktop.election.papers.facts import Facts


Bound: TypeAlias = Sheet | Annex | Deed
"""What can be bound into one file."""

_Paper_co = TypeVar("_Paper_co", bound=Bound, covariant=True)


class Papers(Sequence[_Paper_co]):
    """Papers that are made when they are looked at and not kept: only one of them is held.

    Who looks at them several times has them made as often; who needs all at once takes a tuple.
    """

    def __init__(self, makers: Iterable[Callable[[], _Paper_co]]) -> None:
        """Papers in this order; their makers give equal ones each time."""
        self._makers = tuple(makers)

    def __len__(self) -> int:
        return len(self._makers)

    @overload
    def __getitem__(self, at: int) -> _Paper_co: ...

    @overload
    def __getitem__(self, at: slice) -> Papers[_Paper_co]: ...

    def __getitem__(self, at: int | slice) -> _Paper_co | Papers[_Paper_co]:
        if isinstance(at, slice):
            return Papers(self._makers[at])
        return self._makers[at]()


def office_book(facts: Facts, office: str, tallied: Mapping[str, Tally]) -> Papers[Sheet | Annex]:
    """All papers of an office (D.HASIL), from one set of tallies.

    Those of a kecamatan begin with a sheet for each desa (DAA). A kabko or provinsi has its own
    sheet only (DB1, DC1): the sheets below it are those of the offices below it.

    Args:
        facts: what the office is and what paper this is.
        office: its code.
        tallied: TPS -> tally; a TPS that is absent is empty.
    """
    units = held_in(facts, office)
    is_kecamatan = level_of(office) is Level.KECAMATAN
    below_it = units if is_kecamatan else ()
    return Papers[Sheet | Annex](
        (
            *(partial(sheets.desa_sheet, facts, unit, tallied) for unit in below_it),
            partial(_own_sheet, facts, office, tallied),
            partial(annexes.annex, facts, office, tallied),
        )
    )


def _own_sheet(facts: Facts, office: str, tallied: Mapping[str, Tally]) -> Sheet:
    totals = [_total(facts, unit, tallied) for unit in held_in(facts, office)]
    return sheets.unit_sheet(facts, office, totals)


def desa_book(facts: Facts, desa: str, tallied: Mapping[str, Tally]) -> Papers[Sheet | Annex]:
    """The sheet of one desa with its annex, to be printed while the next desa is read."""
    return Papers[Sheet | Annex](
        (
            partial(sheets.desa_sheet, facts, desa, tallied),
            partial(annexes.annex, facts, desa, tallied),
        )
    )


def held_in(facts: Facts, unit: str) -> tuple[str, ...]:
    """The units next below one where the contest is held, in code order."""
    stations = facts.election.stations_of(facts.contest_id, unit)
    digits = below(level_of(unit)).value
    return tuple(dict.fromkeys(station.tps[:digits] for station in stations))


def _total(facts: Facts, unit: str, tallied: Mapping[str, Tally]) -> Total:
    stations = facts.election.stations_of(facts.contest_id, unit)
    own = (tallied.get(station.tps, tallies.EMPTY) for station in stations)
    return total_of(unit, own, facts.election.layout(facts.contest_id).cells)
