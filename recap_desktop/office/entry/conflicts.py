"""Rulings of several posts that say different things: both sides, and the one that ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import Cause, State, live_records
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.records.journal import Kind
from recap_desktop.office.entry import ruling
from recap_desktop.office.entry.entering import require_station
from recap_desktop.office.people.people import roster
from recap_desktop.office.plenary.read_back import is_in_session
from recap_desktop.office.plenary.reading import settle
from recap_desktop.office.posts.posts import numbers
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.entry.ruling import Decision
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Side:
    """One of the rulings that stand against each other (pihak), or what an office below says now.

    Rulings are decisions, made openly: they are shown with who made them, unlike entries; so is
    what an office below has closed, by whatever record it says it.

    Attributes:
        ruling: id of the record.
        post: number of the Meja where it was made; 0 in an office below.
        office: name of the office below; empty for a ruling of this one.
        person: name of who typed it in, or the id when the roster does not have it.
        time: what that laptop said, ISO.
        cause: why it was made.
        reason: its reason.
        raised_by: who raised it; may be empty.
        decided_by: who decided; may be empty.
        cells: its figures; none of a form that never came or of a new round.
        crossed: cells that are crossed out on the paper.
    """

    ruling: str
    post: int
    person: str
    time: str
    cause: Cause
    reason: str
    raised_by: str
    decided_by: str
    cells: Mapping[str, int]
    crossed: frozenset[str]
    office: str = ""


def sides(office: Office, contest_id: str, tps: str) -> tuple[Side, ...]:
    """The live rulings of a TPS, by the number of their post; none where they do not conflict.

    What an office below came to say stands last.

    Raises:
        KnownProblem: ``contest-unknown``, ``tps-unknown``.
    """
    office.require_contest(contest_id)
    require_station(office, contest_id, tps)
    known = office.file.journal.records(contest_id, tps)
    if office.file.layers.tally(known).state is not State.CONFLICT:
        return ()
    layers = office.file.layers
    names = roster(office)
    posts = numbers(office.file.journal.records_of_kind(Kind.GENESIS))
    own = live_records(layers.own_records(known))
    rulings = [record for record in own if record.kind == Kind.RULING.value]
    found = [_side(record, names, posts) for record in rulings]
    if layers.has_below(known):
        found.append(_side_below(office, known))
    # What was ruled here first: 1 keeps it, another number drops it.
    return tuple(sorted(found, key=lambda s: (bool(s.office), s.post, s.time, s.ruling)))


def _side(record: Record, names: Mapping[str, str], posts: Mapping[str, int]) -> Side:
    body = record.body
    return Side(
        ruling=record.id,
        post=posts.get(record.post, 0),
        person=names.get(record.person, record.person),
        time=record.time,
        cause=Cause(body["cause"]),
        reason=body["reason"],
        raised_by=body["raised_by"],
        decided_by=body["decided_by"],
        cells=body["cells"],
        crossed=frozenset(body.get("crossed", ())),
    )


def _side_below(office: Office, known: Sequence[Record]) -> Side:
    """What the offices below say: their figures, by a record that says them."""
    layers = office.file.layers
    tally = layers.below(known)
    live = [record for record in known if record.id in tally.live and not layers.is_own(record)]
    # Late entries beside what is decided do not say it.
    says = [record for record in live if record.body["cells"] == tally.cells] or live
    record = max(says, key=lambda one: (one.kind == Kind.RULING.value, one.time, one.id))
    body = record.body
    return Side(
        ruling=record.id,
        post=0,
        person=record.person,
        time=record.time,
        cause=Cause(body["cause"]) if "cause" in body else Cause.ACCEPTED,
        reason=body.get("reason", ""),
        raised_by=body.get("raised_by", ""),
        decided_by=body.get("decided_by", ""),
        cells=tally.cells,
        crossed=frozenset(body.get("crossed", ())),
        office=full_name(office.election.tree, layers.office_of(record)),
    )


def differing_cells(found: tuple[Side, ...], order: tuple[str, ...]) -> tuple[str, ...]:
    """The cells on which sides differ, in the order of the paper."""
    return tuple(cell for cell in order if len({side.cells.get(cell) for side in found}) > 1)


def uphold(office: Office, contest_id: str, tps: str, *, side: str, decision: Decision) -> Record:
    """End a conflict by saying that one of its rulings holds, as a whole.

    The new ruling is over all of them. One that has no figures is decided again as what it was:
    the form never came, or it is counted anew.

    Args:
        office: the open office.
        contest_id: the contest.
        tps: 13-digit key.
        side: first digits of the id of the ruling that holds.
        decision: why, and who decided.

    Raises:
        KnownProblem: ``nothing-to-settle``, ``side-unknown``, and as ``settle``.
    """
    found = sides(office, contest_id, tps)
    if not found:
        raise KnownProblem("nothing-to-settle", tps=tps)
    held = [one for one in found if side and one.ruling.startswith(side)]
    if len(held) != 1:
        listed = ", ".join(f"{one.ruling[:12]} ({one.post})" for one in found)
        raise KnownProblem("side-unknown", side=side, tps=tps, sides=listed)
    (one,) = held
    if not one.cells:
        again = ruling.not_delivered if one.cause is Cause.NOT_DELIVERED else ruling.new_round
        return again(office, contest_id, tps, decision=decision)
    known = office.file.journal.records(contest_id, tps)
    met = {cell for record in live_records(known) for cell in record.body["cells"]}
    return settle(
        office,
        contest_id,
        tps,
        chosen={cell: one.cells.get(cell) for cell in sorted(met)},
        decision=decision,
        in_plenary=is_in_session(office),
        crossed=one.crossed,
    )
