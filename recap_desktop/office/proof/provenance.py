"""Where a figure comes from (asal angka): the units it adds up, down to the records of a TPS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import Level, below, dotted, level_of
from recap_desktop.election.figures.tallies import Source
from recap_desktop.election.records.journal import Kind
from recap_desktop.office.posts.posts import posts
from recap_desktop.office.progress.overview import require_unit, totals, unit_name
from recap_desktop.office.proof.history import history, unit_history
from recap_desktop.office.upward.received import receipts_of
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.figures.totals import Total
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.proof.history import Event


@dataclass(frozen=True, slots=True)
class Part:
    """A unit whose figure is one of those that are added up (bagian jumlah).

    Attributes:
        code: of the unit.
        name: as printed.
        figure: its figure; None where nothing of it is in the sum.
        stations: TPS of the contest below it.
        counted: those in the sum.
        blank: counted TPS that are blank there.
        difference: what corrections of units above the TPS add to it, or take from it.
    """

    code: str
    name: str
    figure: int | None
    stations: int
    counted: int
    blank: int
    difference: int


@dataclass(frozen=True, slots=True)
class Carried:
    """By what a record came up from the office below (tanda terima dan paket).

    Attributes:
        package: hash of the manifest of the first package that held it.
        revision: the close that package carries.
        receipt: id of the record by which it was received.
        received: time of that.
        by: id of the person who received it.
    """

    package: str
    revision: int
    receipt: str
    received: str
    by: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One record of a TPS as far as a cell is concerned (jejak).

    Attributes:
        event: the record with person and time, as history tells it.
        post: number of the Meja of this office that wrote it; 0 for an office below.
        says: whether the record gives figures that may be seen.
        figure: what it says of the cell; None for blank, or where it gives none.
        source: paper it was typed from, as words have it; empty where it gives no figures.
        origin: table it was imported from, with its row; empty where it was typed.
        carried: package and receipt it came by; None for a record of this office.
    """

    event: Event
    post: int
    says: bool
    figure: int | None
    source: str
    origin: Mapping[str, Any]
    carried: Carried | None

    def to_data(self) -> dict[str, Any]:
        """As plain data for a list."""
        record, carried = self.event.record, self.carried
        return {
            "time": record.time,
            "what": self.event.what,
            "person": self.event.person,
            "office": self.event.office,
            "post": self.post,
            "live": self.event.is_live,
            "figure": self.figure,
            "source": self.source,
            "origin": dict(self.origin),
            "note": self.event.note,
            "record": record.id,
            "package": carried.package if carried else "",
            "revision": carried.revision if carried else 0,
            "receipt": carried.receipt if carried else "",
            "received": carried.received if carried else "",
        }


@dataclass(frozen=True, slots=True)
class WhereFrom:
    """A figure with what it is made from (asal angka).

    Attributes:
        whole: the unit with its figure.
        cell: of the form.
        parts: the units right below; none for a TPS.
        traces: of a TPS its records, in the order in which they came here.
        own: of a unit above the TPS what was said of it itself: differences, totals of its paper,
            packages received and readings, by time.
        paper: whether the figure, or a part of it, was typed from a paper D.HASIL.
    """

    whole: Part
    cell: str
    parts: tuple[Part, ...]
    traces: tuple[Trace, ...]
    own: tuple[Trace, ...] = ()
    paper: bool = False

    @property
    def own_difference(self) -> int:
        """What is added to the parts, or taken from them, on the unit itself."""
        return sum(
            trace.figure or 0
            for trace in self.own
            if trace.event.record.kind == Kind.DIFFERENCE.value and trace.event.is_live
        )


def where_from(office: Office, contest_id: str, unit: str, cell: str) -> WhereFrom:
    """Say what a figure is made from; of a first entry of two no figure is told.

    Args:
        office: the open office.
        contest_id: the contest.
        unit: code of a unit or a TPS; empty for the office.
        cell: of the form of the contest.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``, ``cell-unknown``.
    """
    office.require_contest(contest_id)
    code = unit or office.code
    require_unit(office, code)
    known = office.election.layout(contest_id).known
    if cell not in known:
        raise KnownProblem("cell-unknown", cells=cell)
    level = level_of(code)
    found = totals(office, contest_id, level=level, under=code)
    if not found:
        raise KnownProblem("unit-unknown", unit=dotted(code))
    is_station = level is Level.TPS
    return WhereFrom(
        whole=_part(office, found[0], cell),
        cell=cell,
        parts=() if is_station else _parts(office, contest_id, code, cell),
        traces=tuple(_traces(office, contest_id, code, cell)) if is_station else (),
        own=() if is_station else tuple(_of_unit(office, contest_id, code, cell)),
        paper=bool(found[0].paper),
    )


def _parts(office: Office, contest_id: str, code: str, cell: str) -> tuple[Part, ...]:
    below_it = totals(office, contest_id, level=below(level_of(code)), under=code)
    return tuple(_part(office, total, cell) for total in below_it)


def _part(office: Office, total: Total, cell: str) -> Part:
    return Part(
        code=total.code,
        name=unit_name(office, total.code),
        figure=total.sums.get(cell),
        stations=total.stations,
        counted=total.counted,
        blank=total.blanks.get(cell, 0),
        difference=total.differences.get(cell, 0),
    )


def _traces(office: Office, contest_id: str, tps: str, cell: str) -> Iterable[Trace]:
    numbers = {post.id: post.number for post in posts(office)}
    ways = _Ways(office, contest_id)
    for event in history(office, contest_id, tps):
        record = event.record
        says = "cells" in record.body and not event.is_unseen
        yield Trace(
            event=event,
            post=0 if event.office else numbers.get(record.post, 0),
            says=says,
            figure=record.body["cells"].get(cell) if says else None,
            source=_source(record),
            origin=record.body.get("origin", {}),
            carried=ways.of(record) if event.office else None,
        )


_SAID = {
    Kind.DIFFERENCE.value: "cells",
    Kind.UNIT_ENTRY.value: "cells",
    Kind.RECEIPT.value: "totals",
    Kind.UNIT_READING.value: "totals",
}
"""Where records about a unit say its figures."""


def _of_unit(office: Office, contest_id: str, unit: str, cell: str) -> Iterable[Trace]:
    """Records about a unit itself; of differences and papers only those that speak of the cell."""
    numbers = {post.id: post.number for post in posts(office)}
    ways = _Ways(office, contest_id)
    for event in unit_history(office, contest_id, unit):
        record = event.record
        said = record.body.get(_SAID.get(record.kind, ""), {})
        if cell not in said and _SAID.get(record.kind) == "cells" and said:
            continue
        is_receipt = record.kind == Kind.RECEIPT.value
        yield Trace(
            event=event,
            post=0 if event.office else numbers.get(record.post, 0),
            says=cell in said,
            figure=said.get(cell),
            source=Source.D_HASIL.value if record.kind == Kind.UNIT_ENTRY.value else "",
            origin={},
            carried=_carried(record) if is_receipt else ways.of(record) if event.office else None,
        )


def _carried(receipt: Record) -> Carried:
    body = receipt.body
    return Carried(
        package=body["package"],
        revision=body["revision"],
        receipt=receipt.id,
        received=receipt.time,
        by=receipt.person,
    )


def _source(record: Record) -> str:
    """The paper an entry was typed from; what is decided has no paper of its own."""
    if record.kind != Kind.ENTRY.value:
        return ""
    return str(record.body.get("source", Source.C_HASIL.value))


class _Ways:
    """Finds the first receipt whose package held a record: closes say how far their chains go."""

    def __init__(self, office: Office, contest_id: str) -> None:
        self._receipts = receipts_of(office, contest_id)
        table = office.file.journal
        closes = table.records_of_kind(Kind.CLOSE, contest=contest_id, of_others=True)
        self._heads = {
            close.id: {chain: seq for chain, seq, _ in close.body["heads"]} for close in closes
        }

    def of(self, record: Record) -> Carried | None:
        for receipt in self._receipts:
            heads = self._heads.get(receipt.body["head"], {})
            if heads.get(record.chain, 0) >= record.seq:
                return _carried(receipt)
        return None
