"""The papers of a kecamatan in the order they are bound: each desa, the kecamatan, the annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election import annexes, sheets, tallies
from recap_desktop.election.regions import Level
from recap_desktop.election.totals import total_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.annexes import Annex
    from recap_desktop.election.facts import Facts
    from recap_desktop.election.sheets import Sheet
    from recap_desktop.election.tallies import Tally
    from recap_desktop.election.totals import Total


def kecamatan_book(
    facts: Facts, kecamatan: str, tallied: Mapping[str, Tally]
) -> tuple[Sheet | Annex, ...]:
    """All papers of a kecamatan (D.HASIL KECAMATAN), from one set of tallies.

    Args:
        facts: what the office is and what paper this is.
        kecamatan: its code.
        tallied: TPS -> tally; a TPS that is absent is empty.
    """
    desas = held_in(facts, kecamatan)
    return (
        *(sheets.desa_sheet(facts, desa, tallied) for desa in desas),
        sheets.unit_sheet(facts, kecamatan, [_total(facts, desa, tallied) for desa in desas]),
        annexes.annex(facts, kecamatan, tallied),
    )


def desa_book(facts: Facts, desa: str, tallied: Mapping[str, Tally]) -> tuple[Sheet | Annex, ...]:
    """The sheet of one desa with its annex, to be printed while the next desa is read."""
    return sheets.desa_sheet(facts, desa, tallied), annexes.annex(facts, desa, tallied)


def held_in(facts: Facts, kecamatan: str) -> tuple[str, ...]:
    """The desa of a kecamatan where the contest is held, in code order."""
    stations = facts.election.stations_of(facts.contest_id, kecamatan)
    return tuple(dict.fromkeys(station.tps[: Level.DESA.value] for station in stations))


def _total(facts: Facts, desa: str, tallied: Mapping[str, Tally]) -> Total:
    stations = facts.election.stations_of(facts.contest_id, desa)
    own = (tallied.get(station.tps, tallies.EMPTY) for station in stations)
    return total_of(desa, own, facts.election.layout(facts.contest_id).cells)
