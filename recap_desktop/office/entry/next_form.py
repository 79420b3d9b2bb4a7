"""The next form of several contests at a TPS in one go, and what the others say of its voters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.checks import rules
from recap_desktop.election.figures.tallies import State
from recap_desktop.office.entry.stations import Access, standing
from recap_desktop.office.progress.overview import next_unfinished

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.office.opening import Office

Form = tuple[str, str]
"""A contest and a TPS."""

_LAST = "~"
"""Behind every code."""


def next_to_type(office: Office, contest_id: str, *, after: str, person: str) -> str:
    """The next TPS in code order that a person has to type; begins again at the end; else empty.

    One that has no figures yet; in a double-entry office also one that waits for its second
    entry, where the first is not theirs.

    Args:
        office: the open office.
        contest_id: the contest.
        after: the TPS one comes from; empty at first.
        person: id of who types; empty for nobody.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    empty = next_unfinished(office, contest_id, after=after)
    if not (person and office.file.double_entry):
        return empty
    # Nothing behind the next empty one need be looked at.
    ahead = (after, empty if empty > after else _LAST)
    around = ("", min(empty or after, after))
    for start, until in (ahead, around)[: 1 if empty > after else 2]:
        second = _next_second(office, contest_id, person=person, after=start, until=until)
        if second:
            return second
    return empty


def _next_second(office: Office, contest_id: str, *, person: str, after: str, until: str) -> str:
    lists = office.file.contests[contest_id].lists
    tps = after
    while tps := lists.next_of_others(
        State.SINGLE, contest=contest_id, person=person, after=tps, until=until
    ):
        now = standing(office, contest_id, tps, person=person)
        if now.access is Access.TYPE and not now.own:
            return tps
    return ""


def contests_at(office: Office, tps: str) -> tuple[str, ...]:
    """The contests that are held at a TPS, in the order of the office."""
    return tuple(key for key in office.contests if tps in office.file.contests[key].station_keys())


def next_form(office: Office, contest_id: str, tps: str, *, person: str) -> Form | None:
    """The form to be typed after one: another contest of the same TPS, then the next TPS.

    At the same TPS it is the next contest, round to the first, whose form this person may type
    and has not; of the TPS after it the first one to be typed in any contest.

    Args:
        office: the open office.
        contest_id: the contest one comes from.
        tps: the TPS one comes from; empty at first.
        person: id of who types; empty for nobody.
    """
    held = contests_at(office, tps) if tps else ()
    at = held.index(contest_id) if contest_id in held else -1
    for other in held[at + 1 :] + held[: max(at, 0)]:
        now = standing(office, other, tps, person=person)
        if now.access is Access.TYPE and not now.own:
            return other, tps
    found = ((key, next_to_type(office, key, after=tps, person=person)) for key in office.contests)
    others = [(key, after) for key, after in found if after and after != tps]
    # Round to the beginning only when nothing lies ahead; of one TPS its first contest.
    return min(others, key=lambda form: (form[1] < tps, form[1]), default=None)


def said_elsewhere(
    office: Office, contest_id: str, tps: str, *, person: str
) -> Mapping[str, Mapping[str, int]]:
    """Cells that say the same in every contest of a TPS -> other contest -> what it says there.

    Only figures that this person may see: their own, or those that stand. They are for comparison
    and never copied: the papers of two contests can differ.
    """
    said: dict[str, dict[str, int]] = {}
    for other in contests_at(office, tps):
        if other == contest_id:
            continue
        cells = standing(office, other, tps, person=person).cells
        for cell in rules.same_cells(office.election.layout(contest_id)):
            if cell in cells:
                said.setdefault(cell, {})[other] = cells[cell]
    return said
