"""Entering counts: one form as it is typed, or many from a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from recap_desktop.election.figures import counts
from recap_desktop.election.figures.tallies import Source, live_records
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.foreign.counts_csv import CountsCsv
from recap_desktop.office.people.people import require_deed, signer
from recap_desktop.office.plenary.revisions import require_open
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office

Row = tuple[str, Mapping[str, int]]

Origin = Callable[[str], Mapping[str, str | int]]
"""TPS -> where its figures were taken from, e.g. name and hash of a file and the row in it."""

_PART = 256
"""So many entries are held at once while a table is recorded."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of counts that were entered.

    Attributes:
        records: ids of the entries made, one a TPS; none where nothing had changed.
        unchanged: TPS whose figures by this person already said the same.
        late: TPS where rulings stand: the entry is kept beside them and changes nothing.
        crossed: how many cells of the recorded entries are crossed out on the paper.
        blank: TPS without a single figure: a table often lists forms that are still to come.
            Nothing is recorded of them; a form that never came is declared, one typed in error
            is withdrawn.
    """

    records: tuple[str, ...]
    unchanged: tuple[str, ...]
    late: tuple[str, ...]
    blank: tuple[str, ...] = ()
    crossed: int = 0


def enter(
    office: Office,
    contest_id: str,
    tps: str,
    cells: Mapping[str, int],
    *,
    by: str,
    source: Source = Source.C_HASIL,
) -> Entered:
    """Record the C.HASIL (or salinan) of one TPS as one person read it; nothing is judged here.

    An entry replaces the same person's own live entry of the same round and source, and no
    other record.

    Args:
        office: the open office.
        contest_id: the contest.
        tps: 13-digit key.
        cells: filled cells only; a blank cell is absent. A ``Count`` also says which are
            crossed out, and the entry remembers it.
        by: name of the person.
        source: the paper that was read.

    Raises:
        KnownProblem: when the contest, TPS or a cell is unknown, a figure is no count, the
            contest is closed, or nothing can be written.
    """
    return enter_all(office, contest_id, [(tps, cells)], by=by, source=source)


def enter_all(
    office: Office,
    contest_id: str,
    rows: Iterable[Row],
    *,
    by: str,
    source: Source = Source.C_HASIL,
    origin: Origin | None = None,
) -> Entered:
    """Record many counts at once, all or none; see ``enter``.

    Args:
        office: the open office.
        contest_id: the contest.
        rows: TPS key and cells; gone through twice, first to see that all can be recorded. Of a
            table that is read anew each time no more than some hundred rows are ever held.
        by: name of the person.
        source: the paper that was read.
        origin: where the figures of a TPS were taken from, when they were not typed: a record
            says it beside them, and nothing is decided by it.
    """
    office.require_contest(contest_id)
    office.require_writable()
    require_open(office, contest_id)
    is_many = _require_counts(office, contest_id, rows) > 1
    deed = Deed.ENTER if origin is None else Deed.IMPORT
    said = _Said(office, contest_id, person=signer(office, by, deed), source=source)
    said.origin = origin
    if is_many:
        said.met = office.file.journal.met_subjects(contest_id)
    parts = iter(partial(_drafts, said, iter(rows)), [])
    records = office.record_parts(contest_id, parts)
    return Entered(
        tuple(records),
        tuple(said.unchanged),
        tuple(said.late),
        tuple(said.blank),
        said.crossed,
    )


class _Said:
    """What one person says of many TPS, as it becomes drafts, and what needs none."""

    def __init__(self, office: Office, contest_id: str, *, person: str, source: Source) -> None:
        self.met: set[str] | None = None
        self.origin: Origin | None = None
        self.unchanged: list[str] = []
        self.late: list[str] = []
        self.blank: list[str] = []
        self.crossed = 0
        self._office = office
        self._contest = contest_id
        self._person = person
        self._source = source
        self._time = office.now()

    def draft(self, tps: str, cells: Mapping[str, int]) -> Draft | None:
        if not cells:
            self.blank.append(tps)
            return None
        office = self._office
        is_new = self.met is not None and tps not in self.met
        known = [] if is_new else office.file.journal.records(self._contest, tps)
        own, round_id, is_ruled = own_standing(
            office, known, person=self._person, source=self._source
        )
        crossed = counts.crossed_in_body(cells)
        if any(_says(record, cells, crossed) for record in own):
            self.unchanged.append(tps)
            return None
        self.crossed += len(crossed.get("crossed", ()))
        if is_ruled:
            self.late.append(tps)
        version = office.election.version
        body = _body(cells, source=self._source, round_id=round_id, version=version)
        if self.origin is not None:
            body["origin"] = dict(self.origin(tps))
        return Draft(
            Kind.ENTRY,
            time=self._time,
            person=self._person,
            subject={"contest": self._contest, "tps": tps},
            body=body,
            over=tuple(record.id for record in own),
        )


def _says(record: Record, cells: Mapping[str, int], crossed: Mapping[str, list[str]]) -> bool:
    """Whether an entry says just this; which boxes are crossed out can be mended too."""
    body = record.body
    return (body["cells"], body.get("crossed")) == (cells, crossed.get("crossed"))


def _drafts(said: _Said, rows: Iterator[Row]) -> list[Draft]:
    """Drafts of the next rows; none only when there are no more rows."""
    drafts: list[Draft] = []
    for tps, cells in rows:
        draft = said.draft(tps, cells)
        if draft is not None:
            drafts.append(draft)
        if len(drafts) == _PART:
            break
    return drafts


def _body(
    cells: Mapping[str, int], *, source: Source, round_id: str, version: int
) -> dict[str, Any]:
    return {
        "cells": dict(cells),
        **counts.crossed_in_body(cells),
        "source": source.value,
        "round": round_id,
        "definition": version,
    }


def own_standing(
    office: Office, known: list[Record], *, person: str, source: Source
) -> tuple[list[Record], str, bool]:
    """This person's own live entries, the round of a new one, and whether rulings outrank it."""
    if not known:
        return [], "", False
    tally = office.file.layers.tally(known)
    own = [
        record
        for record in live_records(office.file.layers.own_records(known))
        if record.kind == Kind.ENTRY.value
        and record.person == person
        and record.body["source"] == source.value
        and record.body["round"] in (tally.rounds or ("",))
    ]
    return own, tally.round, tally.is_ruled


def _require_counts(office: Office, contest_id: str, rows: Iterable[Row]) -> int:
    """Refuse rows that cannot be recorded; how many there are."""
    stations = office.file.contests[contest_id].station_keys()
    known = office.election.layout(contest_id).known
    count = 0
    for tps, cells in rows:
        if tps not in stations:
            raise no_station(office, contest_id, tps)
        require_open(office, contest_id, tps)
        require_cells(cells, known)
        count += 1
    return count


def entry_draft(
    office: Office,
    contest_id: str,
    tps: str,
    cells: Mapping[str, int],
    *,
    by: str,
    source: Source = Source.C_HASIL,
) -> Draft | None:
    """An entry of what is read out, still to be recorded; None where they typed just that before."""
    said = _Said(office, contest_id, person=signer(office, by, Deed.READ_OUT), source=source)
    return said.draft(tps, cells)


def require_station(office: Office, contest_id: str, tps: str) -> None:
    """Refuse a TPS where the contest is not held.

    Raises:
        KnownProblem: ``tps-abolished``, ``tps-unknown``.
    """
    if office.file.contests[contest_id].tally(tps) is None:
        raise no_station(office, contest_id, tps)


def no_station(office: Office, contest_id: str, tps: str) -> KnownProblem:
    """Why a TPS has no place in a contest: ``tps-abolished``, else ``tps-unknown``."""
    for station in office.election.stations:
        if station.tps == tps and station.abolished:
            return KnownProblem("tps-abolished", tps=tps, reason=station.abolished)
    return KnownProblem("tps-unknown", tps=tps, contest=contest_id)


def require_cells(cells: Mapping[str, int], known: frozenset[str]) -> None:
    """Refuse cells the form does not have, and figures that are no counts.

    Raises:
        KnownProblem: ``cell-unknown``, ``figure-not-a-count``.
    """
    if not cells.keys() <= known:
        raise KnownProblem("cell-unknown", cells=", ".join(counts.unknown_cells(cells, known)))
    figures = cells.values()
    if set(map(type, figures)) <= {int} and counts.are_counts(figures):
        return
    for cell, number in cells.items():
        if type(number) is not int or not counts.are_counts([number]):
            raise KnownProblem("figure-not-a-count", cell=cell, figure=str(number))


def enter_csv(
    office: Office, contest_id: str, path: Path, *, by: str, source: Source = Source.C_HASIL
) -> Entered:
    """Record a table of counts, a row a TPS: all rows or none.

    Raises:
        KnownProblem: ``csv-faults`` with every fault of the table and its line; see ``enter``.
    """
    require_deed(office, Deed.IMPORT)
    office.require_contest(contest_id)
    stations = office.file.contests[contest_id].station_keys()
    rows = CountsCsv(path, cells=office.election.layout(contest_id).cells, stations=stations)
    return enter_all(office, contest_id, rows, by=by, source=source)
