"""Folds the TPS of new records: of which all records are read back, and of which that is needless."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.records.journal import ABOUT_SCANS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from recap_desktop.election.figures.layers import Layers
    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.records.journal import Record
    from recap_desktop.storage.derived import ContestTables
    from recap_desktop.storage.journal_table import JournalTable
    from recap_desktop.way import Way

_MANY = 64
"""From so many TPS on, one look at the whole contest is cheaper than one per TPS."""

_PART, _FEW = 96, 32
"""So many TPS are folded and written at once, so many desa are added up."""


def touched_by(
    records: Iterable[Record], contests: Collection[str]
) -> dict[str, dict[str, list[Record]]]:
    """Contest -> TPS -> those of the new records that say something of its figures."""
    touched: dict[str, dict[str, list[Record]]] = {}
    for record in records:
        is_of_figures = record.tps and record.kind not in ABOUT_SCANS
        if is_of_figures and record.contest in contests:
            touched.setdefault(record.contest, {}).setdefault(record.tps, []).append(record)
    return touched


def fold(
    journal: JournalTable, layers: Layers, contest: str, subjects: Mapping[str, list[Record]]
) -> Iterator[tuple[str, Tally]]:
    """Fold each TPS over all its records; the new ones, in ``subjects``, need not be read back."""
    before: set[str] | None = None
    if len(subjects) > _MANY:
        # A subject met for the first time has no other records than the new ones.
        before = journal.subjects_of_several(contest)
    for tps, new in subjects.items():
        is_new = before is not None and tps not in before
        known = new if is_new else journal.records(contest, tps)
        yield tps, layers.tally(known)


def fold_again(
    journal: JournalTable, layers: Layers, contest: str, subjects: set[str], *, under: str
) -> Iterator[tuple[str, Tally]]:
    """Fold each TPS over all its records, which are read in the order of codes.

    Args:
        journal: the records.
        layers: how they fold.
        contest: the contest.
        subjects: the TPS.
        under: code of a unit that they all lie below.
    """
    if len(subjects) <= _MANY:
        for tps in sorted(subjects):
            yield tps, layers.tally(journal.records(contest, tps))
        return
    for tps, known in journal.of_subjects(contest, under=under):
        if tps in subjects:
            yield tps, layers.tally(known)


def put_all(
    tables: ContestTables, folded: Iterator[tuple[str, Tally]], *, size: int, way: Way
) -> None:
    """Write tallies part by part, then add up their desa; the way is told by their number."""
    done, desas = 0, set[str]()
    while part := list(itertools.islice(folded, _PART)):
        tables.put(part)
        desas.update(tps[: Level.DESA.value] for tps, _ in part)
        done += len(part)
        way.at(done, size)
    summed = sorted(desas)
    for at in range(0, len(summed), _FEW):
        tables.sum_desas(summed[at : at + _FEW])
        way.at(done, size)
