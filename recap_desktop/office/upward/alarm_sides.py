"""Both sides of an alarm beside each other: the package that was received, and the one that came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.papers.captions import full_name
from recap_desktop.exchange.package_file import open_package
from recap_desktop.exchange.package_folder import kept_package
from recap_desktop.office.plenary.child_reading import sheet_lines
from recap_desktop.office.upward.alarms import alarm_named
from recap_desktop.office.upward.package_changes import differing
from recap_desktop.office.upward.package_preview import prove_by_records
from recap_desktop.office.upward.received import receipts_of
from recap_desktop.problems import KnownProblem
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from recap_desktop.exchange.certificates import Trust
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.child_reading import SheetLine
    from recap_desktop.office.proof.proving_packages import Proved
    from recap_desktop.office.upward.package_changes import Change


@dataclass(frozen=True, slots=True)
class Side:
    """A package as far as it is told of (pihak alarm).

    Attributes:
        revision: its number.
        closed: when the office below closed it, as its laptop said, ISO; empty where unknown.
        received: when it was received here, ISO; empty of the one that came.
        head: of its close, 64 hex digits.
    """

    revision: int
    closed: str
    received: str
    head: str


@dataclass(frozen=True, slots=True)
class AlarmSides:
    """Both sides (kedua paket).

    Attributes:
        alarm: id of the record that raised it.
        contest: id of the contest.
        unit: region code of the office below.
        name: of it.
        cause: ``forked`` or ``shortened``.
        held: what was received before; None where nothing was.
        came: the package that came.
        lines: totals that the papers say, of the one received and of the one that came.
        changes: TPS of which the package that came says something else than stands here.
        proved: the package that came.
    """

    alarm: str
    contest: str
    unit: str
    name: str
    cause: str
    held: Side | None
    came: Side
    lines: tuple[SheetLine, ...]
    changes: tuple[Change, ...]
    proved: Proved


def alarm_sides(
    office: Office,
    contest_id: str,
    alarm: str = "",
    trust: Trust | None = None,
    *,
    way: Way = NO_WAY,
) -> AlarmSides:
    """Prove the package that was kept, and set it beside what was received; nothing is written.

    Args:
        office: the open office.
        contest_id: the contest.
        alarm: first digits of its id; empty for the only one.
        trust: what is believed here; None is what the office has on record.
        way: is told how far it is.

    Raises:
        KnownProblem: ``alarm-unknown``, ``package-other-now``; as ``prove_package`` of the file
            that was kept.
        GivenUp: when a person said so.
    """
    found = alarm_named(office, contest_id, alarm)
    body = found.record.body
    received = receipts_of(office, contest_id, found.unit)
    receipt = next((r for r in received if r.body["package"] == body["against"]), None)
    held = None
    if receipt is not None:
        close = office.file.journal.record(receipt.body["head"])
        closed = close.time if close else ""
        held = Side(receipt.body["revision"], closed, receipt.time, receipt.body["head"])
    kept = kept_package(office.file.path, found.package)
    with (
        open_package(kept, way=way.stretch(0, 0.1)) as package,
        prove_by_records(office, package, trust, way=way.stretch(0.1, 1)) as proof,
    ):
        proved = proof.proved
        if proved.hash != found.package:
            raise KnownProblem("package-other-now", file=kept.name)
        changes = tuple(differing(office, proof))
    totals = receipt.body["totals"] if receipt is not None else {}
    return AlarmSides(
        alarm=found.record.id,
        contest=contest_id,
        unit=found.unit,
        name=full_name(office.election.tree, found.unit),
        cause=body["cause"],
        held=held,
        came=Side(body["revision"], proved.close.time, "", body["head"]),
        lines=tuple(sheet_lines(office, contest_id, totals, proved.totals)),
        changes=changes,
        proved=proved,
    )
