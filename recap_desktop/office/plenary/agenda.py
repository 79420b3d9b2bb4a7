"""The agenda of the plenary: each desa of a contest, above it each office below, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures.tallies import STATES, State
from recap_desktop.office.plenary.child_reading import Heard, heard_by_unit
from recap_desktop.office.plenary.closing import missing
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.office.plenary.revisions import closed_units, has_moved_on, standing_by_unit
from recap_desktop.office.upward.children import Came, Child, children

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One desa or office below on the agenda, or the contest as a whole at its end (acara).

    Attributes:
        unit: code of the desa, or of the office.
        name: as printed.
        stations: TPS of the contest in it.
        recorded: those with figures.
        read: those read out, or declared not delivered.
        trouble: those on which something is to be decided.
        revision: number of the revision that closes it; 0 while it is open.
        moved_on: whether what is closed has moved on since.
        is_ready: whether nothing stands in the way of closing it.
        heard: of an office below how far its reading is; None of a desa and of the whole.
        came: of an office below what came of it; None likewise.
    """

    unit: str
    name: str
    stations: int
    recorded: int
    read: int
    trouble: int
    revision: int
    moved_on: bool
    is_ready: bool
    heard: Heard | None = None
    came: Came | None = None

    @property
    def is_read(self) -> bool:
        """Whether every TPS was read out."""
        return self.read == self.stations


def agenda(office: Office, contest_id: str) -> list[AgendaItem]:
    """Every desa in the order in which it is taken, then the contest as a whole.

    Above a kecamatan it is every office right below. Those that nobody has put in an order follow in the order of their codes; sheets stay in that
    order whatever the agenda says.
    """
    if level_of(office.code) is not Level.KECAMATAN:
        return _of_offices_below(office, contest_id)
    order = {code: at for at, code in enumerate(plenary(office).agenda)}
    desas = office.file.contests[contest_id].desas()
    taken = sorted(desas, key=lambda code: (order.get(code, len(order)), code))
    numbers = _counted(office, contest_id)
    whole = [sum(column) for column in zip(*numbers.values(), strict=True)]
    standing = standing_by_unit(office, contest_id)
    # Asked once: a province has 6,000 desa.
    faults = missing(office, contest_id)
    against_all = any(fault.code.startswith("close-plenary") for fault in faults)
    blocked = {str(f.details["tps"])[: Level.DESA.value] for f in faults if "tps" in f.details}
    items = [
        _item(
            office,
            code,
            counts=numbers[code],
            revision=standing.get(code),
            is_blocked=against_all or code in blocked,
        )
        for code in taken
    ]
    revision = standing.get(office.code)
    last = _item(office, office.code, counts=whole, revision=revision, is_blocked=bool(faults))
    return [*items, last]


def _of_offices_below(office: Office, contest_id: str) -> list[AgendaItem]:
    """Kecamatan (kabko) are read out one by one; the contest is closed as a whole."""
    order = {code: at for at, code in enumerate(plenary(office).agenda)}
    found = children(office, contest_id)
    heard = heard_by_unit(office, contest_id, found)
    items = [_of_child(child, heard[child.code]) for child in found]
    taken = sorted(items, key=lambda item: (order.get(item.unit, len(order)), item.unit))
    whole = [sum(numbers) for numbers in zip(*map(_numbers, items), strict=True)] or [0, 0, 0, 0]
    revision = standing_by_unit(office, contest_id).get(office.code)
    blocked = revision is None and bool(missing(office, contest_id))
    last = _item(office, office.code, counts=whole, revision=revision, is_blocked=blocked)
    return [*taken, last]


def _numbers(item: AgendaItem) -> tuple[int, int, int, int]:
    return item.stations, item.recorded, item.read, item.trouble


def _of_child(child: Child, heard: Heard) -> AgendaItem:
    return AgendaItem(
        unit=child.code,
        name=child.name,
        stations=child.stations,
        recorded=child.done,
        read=child.stations if heard is Heard.READ else 0,
        trouble=child.disputed + int(child.has_alarm),
        revision=0,
        moved_on=False,
        is_ready=False,
        heard=heard,
        came=child.came,
    )


def next_contest(office: Office, after: str) -> str:
    """The next contest on the agenda that is not closed as a whole, round to the first; else empty.

    Contests are taken in the order in which the definition lists them (PPWP, DPR, DPD ...).
    """
    held = office.contests
    at = held.index(after) + 1
    in_turn = (*held[at:], *held[: at - 1])
    waiting = (one for one in in_turn if office.code not in closed_units(office, one))
    return next(waiting, "")


def _counted(office: Office, contest_id: str) -> dict[str, list[int]]:
    """TPS of each desa: all, recorded, read, in trouble."""
    numbers: dict[str, list[int]] = {}
    for row in office.file.contests[contest_id].states(Level.DESA):
        counts = numbers.setdefault(row.unit, [0, 0, 0, 0])
        never = row.state is State.NOT_DELIVERED
        counts[0] += row.stations
        counts[1] += 0 if row.state is State.EMPTY else row.stations
        counts[2] += row.stations if never else row.read
        accepted = row.state is State.ACCEPTED
        disputed = STATES[row.state].is_disputed or row.state is State.REOPENED
        # Of the first of two entries nothing is said.
        unseen = office.file.double_entry and row.state is State.SINGLE and not row.counted
        counts[3] += row.stations if disputed else 0 if accepted or unseen else row.broken
    return numbers


def _item(
    office: Office,
    unit: str,
    *,
    counts: list[int],
    revision: Revision | None,
    is_blocked: bool,
) -> AgendaItem:
    stations, recorded, read, trouble = counts
    return AgendaItem(
        unit=unit,
        name=office.election.tree.name(unit),
        stations=stations,
        recorded=recorded,
        read=read,
        trouble=trouble,
        revision=revision.number if revision else 0,
        moved_on=revision is not None and has_moved_on(office, revision),
        is_ready=revision is None and recorded == stations and not is_blocked,
    )


def moved(order: list[str], code: str, by: int) -> list[str]:
    """An agenda with one desa taken earlier (-1) or later (1)."""
    at = order.index(code)
    to = max(0, min(len(order) - 1, at + by))
    rest = [other for other in order if other != code]
    return [*rest[:to], code, *rest[to:]]
