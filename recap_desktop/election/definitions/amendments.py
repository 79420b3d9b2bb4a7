"""Amendments of a definition (perubahan definisi): what one says, and what it makes of it.

An amendment says the value of each slot that differs from the *first* definition. The one with
the highest version holds, and it alone: what an office works under is a function of the set of
amendments it knows, in whatever order they came. Every figure that was typed keeps its place
and its meaning, since nothing that gives it these is a slot (design: elections are data).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions import amendable
from recap_desktop.election.definitions.contests import Station, Struck
from recap_desktop.election.definitions.definition_data import read_station
from recap_desktop.election.definitions.forms import Form
from recap_desktop.election.definitions.regions import Level, RegionTree, level_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.definitions.amendable import Slot
    from recap_desktop.election.definitions.contests import Choice, Contest, Election
    from recap_desktop.election.records.journal import Record

_OF_STATIONS = ("station", "abolished")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an amended definition says otherwise (perubahan).

    Attributes:
        slot: what it is about, e.g. ``("choice", "bupati", "2", "name")``.
        before: as it was; None where it is new.
        after: as it is from then on.
    """

    slot: Slot
    before: Any
    after: Any


def changes_between(old: Election, new: Election) -> tuple[Change, ...]:
    """Every slot that a newer definition fills otherwise, in the order of the definition."""
    before = amendable.word_slots(old) | amendable.station_slots(old)
    after = amendable.word_slots(new) | amendable.station_slots(new)
    return tuple(
        Change(slot, before.get(slot), value)
        for slot, value in after.items()
        if (before[slot] != value if slot in before else value != "")
    )


def as_values(changes: Iterable[Change]) -> list[list[Any]]:
    """Changes as a record says them: each its slot, then the new value."""
    return [[*change.slot, change.after] for change in changes]


def newest(amendments: Iterable[Record]) -> Record | None:
    """The amendment that holds: the highest version; of two with one number, the larger id."""
    return max(amendments, key=lambda record: (record.body["version"], record.id), default=None)


def amended(first: Election, amendment: Record | None) -> Election:
    """What an amendment makes of the first definition; that one itself without any.

    Raises:
        KeyError, TypeError, ValueError: when it speaks of what is not there.
    """
    if amendment is None:
        return first
    values = {tuple(slot): value for *slot, value in amendment.body["changes"]}
    of_stations = {slot: v for slot, v in values.items() if slot[:1] and slot[0] in _OF_STATIONS}
    known = amendable.word_slots(first)
    for slot, value in values.items():
        if slot not in of_stations and type(known[slot]) is not type(value):
            raise TypeError(slot)
    names = {region.code: region.name for region in first.tree}
    names.update({slot[1]: value for slot, value in values.items() if slot[0] == "region"})
    return replace(
        first,
        title=values.get(("title",), first.title),
        contests=tuple(_contest(contest, values) for contest in first.contests),
        forms={form_id: _form(form, values) for form_id, form in first.forms.items()},
        tree=RegionTree(names, values.get(("words",), first.tree.words)),
        stations=_stations(first, of_stations) if of_stations else first.stations,
        version=amendment.body["version"],
    )


def is_applicable(first: Election, amendment: Record) -> bool:
    """Whether an amendment that came from outside changes only what may change."""
    try:
        new = amended(first, amendment)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return False
    if amendable.forbidden(first, new):
        return False
    said = {tuple(slot) for *slot, _ in amendment.body["changes"]}
    return {change.slot for change in changes_between(first, new)} <= said


def _contest(contest: Contest, values: Mapping[Slot, Any]) -> Contest:
    place = ("contest", contest.id)
    return replace(
        contest,
        title=values.get((*place, "title"), contest.title),
        dapil=values.get((*place, "dapil"), contest.dapil),
        choices=tuple(_choice(choice, contest.id, values) for choice in contest.choices),
    )


def _choice(choice: Choice, contest: str, values: Mapping[Slot, Any]) -> Choice:
    place = ("choice", contest, str(choice.number))
    listed = ("candidate", contest, str(choice.number))
    return replace(
        choice,
        name=values.get((*place, "name"), choice.name),
        running_mate=values.get((*place, "running_mate"), choice.running_mate),
        struck=_struck((*place, "struck"), choice.struck, values),
        candidates=tuple(
            replace(
                candidate,
                name=values.get((*listed, str(candidate.number), "name"), candidate.name),
                struck=_struck(
                    (*listed, str(candidate.number), "struck"), candidate.struck, values
                ),
            )
            for candidate in choice.candidates
        ),
    )


def _struck(slot: Slot, before: Struck | None, values: Mapping[Slot, Any]) -> Struck | None:
    if slot not in values:
        return before
    said = values[slot]
    if not said:
        return None
    if set(map(type, said.values())) != {str}:
        raise TypeError(slot)
    return Struck(**said)


def _form(form: Form, values: Mapping[Slot, Any]) -> Form:
    parts = {
        part: values["form", form.id, part]
        for part in amendable.FORM_PARTS
        if ("form", form.id, part) in values
    }
    return Form.read({**form.data, **parts}) if parts else form


def _stations(first: Election, values: Mapping[Slot, Any]) -> tuple[Station, ...]:
    """The stations with those that were added, in code order."""
    stations = {station.tps: station for station in first.stations}
    for (kind, tps), value in values.items():
        if kind == "station":
            before = stations.get(tps, Station(tps))
            if level_of(tps) is not Level.TPS or tps[: Level.DESA.value] not in first.tree:
                raise KeyError(tps)
            stations[tps] = read_station([tps, *value])._replace(abolished=before.abolished)
    for (kind, tps), value in values.items():
        if kind == "abolished":
            if not isinstance(value, str):
                raise TypeError(tps)
            stations[tps] = stations[tps]._replace(abolished=value)
    return tuple(stations[tps] for tps in sorted(stations))
