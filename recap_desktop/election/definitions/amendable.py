"""What of a definition may be amended, slot by slot, and each change that never may be.

A slot is a path of texts, e.g. ``("choice", "bupati", "2", "name")``. Whatever is no slot is
fixed: keys, identities, limits, choices, regions, contests and the TPS where each is held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.definition_data import station_data, struck_data
from recap_desktop.problems import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recap_desktop.election.definitions.contests import Choice, Contest, Election
    from recap_desktop.election.definitions.forms import Form

Slot = tuple[str, ...]

FORM_PARTS = ("edition", "signers", "party", "paper", "deed", "kind")
"""Parts of a form that are words and arrangement; of a kind only what it is called."""

_KIND_LIMITS = ("unit", "levels", "within")
_SOME = 8
"""So many codes of many are named in a fault."""


def word_slots(election: Election) -> dict[Slot, Any]:
    """Every slot but those of stations, with what it holds."""
    slots: dict[Slot, Any] = {("title",): election.title, ("words",): election.tree.words}
    slots.update({("region", region.code): region.name for region in election.tree})
    for contest in election.contests:
        slots["contest", contest.id, "title"] = contest.title
        slots["contest", contest.id, "dapil"] = contest.dapil
        for choice in contest.choices:
            slots.update(_choice_slots(contest.id, choice))
    for form in election.forms.values():
        for part in FORM_PARTS:
            slots["form", form.id, part] = form.data.get(part, {})
    return slots


def station_slots(election: Election) -> dict[Slot, Any]:
    """DPT and contests of every TPS, and why it was abolished (empty while it is held)."""
    slots: dict[Slot, Any] = {}
    for station in election.stations:
        slots["station", station.tps] = station_data(station)[1:]
        slots["abolished", station.tps] = station.abolished
    return slots


def _choice_slots(contest: str, choice: Choice) -> Iterator[tuple[Slot, Any]]:
    place = ("choice", contest, str(choice.number))
    yield (*place, "name"), choice.name
    yield (*place, "running_mate"), choice.running_mate
    yield (*place, "struck"), struck_data(choice.struck).get("struck", {})
    for candidate in choice.candidates:
        listed = ("candidate", contest, str(choice.number), str(candidate.number))
        yield (*listed, "name"), candidate.name
        yield (*listed, "struck"), struck_data(candidate.struck).get("struck", {})


def forbidden(old: Election, new: Election) -> tuple[Fault, ...]:
    """Every difference that no amendment may make, each with its sentence."""
    faults: list[Fault] = []
    if old.mode is not new.mode:
        faults.append(Fault("amend-mode"))
    if old.date != new.date:
        faults.append(Fault("amend-date", {"before": old.date, "after": new.date}))
    faults += _of_lists("region", _codes(old), _codes(new))
    faults += _of_contests(old, new)
    faults += _of_stations(old, new)
    return tuple(faults)


def _codes(election: Election) -> list[str]:
    return [region.code for region in election.tree]


def _of_lists(
    what: str, old: Iterable[str], new: Iterable[str], **details: str | int
) -> Iterator[Fault]:
    """What is gone, what is new (the first few of them), or that their order has changed."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    removed = [key for key in before if key not in after]
    added = [key for key in after if key not in before]
    for how, keys in (("removed", removed), ("added", added)):
        if keys:
            yield Fault(f"amend-{what}-{how}", {**details, **_named(keys)})
    if not removed and not added and list(before) != list(after):
        yield Fault(f"amend-{what}-order", dict(details))


def _named(keys: list[str]) -> dict[str, str | int]:
    """The first few of some keys, and how many there are."""
    more = " ..." if len(keys) > _SOME else ""
    return {"which": ", ".join(keys[:_SOME]) + more, "count": len(keys)}


def _of_contests(old: Election, new: Election) -> Iterator[Fault]:
    yield from _of_lists("contest", (c.id for c in old.contests), (c.id for c in new.contests))
    after = {contest.id: contest for contest in new.contests}
    forms: dict[str, tuple[Form, Form]] = {}
    for contest in old.contests:
        other = after.get(contest.id)
        if other is None:
            continue
        yield from _of_contest(contest, other)
        if contest.form == other.form:
            forms[contest.form] = (old.forms[contest.form], new.forms[contest.form])
    for before, now in forms.values():
        yield from _of_form(before, now)


def _of_contest(old: Contest, new: Contest) -> Iterator[Fault]:
    details: dict[str, str | int] = {"contest": old.id}
    for name in ("form", "kind", "regions"):
        if getattr(old, name) != getattr(new, name):
            yield Fault(f"amend-contest-{name}", details)
    yield from _of_lists("choice", map(_number, old.choices), map(_number, new.choices), **details)
    after = {choice.number: choice for choice in new.choices}
    for choice in old.choices:
        other = after.get(choice.number)
        if other is None:
            continue
        place = {**details, "number": choice.number}
        if choice.kind is not other.kind:
            yield Fault("amend-choice-kind", place)
        yield from _of_lists(
            "candidate",
            (str(c.number) for c in choice.candidates),
            (str(c.number) for c in other.candidates),
            **place,
        )


def _number(choice: Choice) -> str:
    return str(choice.number)


def _of_form(old: Form, new: Form) -> Iterator[Fault]:
    details = {"form": old.id}
    yield from _of_lists("row", (r.key for r in old.rows), (r.key for r in new.rows), **details)
    rows = {row.key: row for row in new.rows}
    changed = [row.key for row in old.rows if row.key in rows and rows[row.key] != row]
    if changed:
        yield Fault("amend-row-changed", {**details, "which": ", ".join(changed)})
    if set(old.rules) != set(new.rules):
        ids = sorted({rule.id for rule in set(old.rules) ^ set(new.rules)})
        yield Fault("amend-rule", {**details, "which": ", ".join(ids)})
    limits = ("reserve", "maximum", "same", "choices", "has_dapil")
    for name in limits:
        if getattr(old, name) != getattr(new, name):
            yield Fault("amend-limit", {**details, "which": name})
    if _kind_limits(old) != _kind_limits(new):
        yield Fault("amend-kind", details)
    for paper_id in old.papers:
        lost = sorted(_rows_on(old, paper_id) - _rows_on(new, paper_id))
        if lost:
            place = {**details, "paper": paper_id, "which": ", ".join(lost)}
            yield Fault("amend-paper-row", place)


def _kind_limits(form: Form) -> dict[str, list[object]]:
    return {word: [getattr(k, name) for name in _KIND_LIMITS] for word, k in form.kinds.items()}


def _rows_on(form: Form, paper_id: str) -> set[str]:
    """Rows that a paper shows; none when it has gone."""
    paper = form.papers.get(paper_id)
    sections = paper.sections if paper else ()
    return {line.key for section in sections for line in section.lines if line.key}


def _of_stations(old: Election, new: Election) -> Iterator[Fault]:
    after = {station.tps: station for station in new.stations}
    removed = [station.tps for station in old.stations if station.tps not in after]
    yield from _of_lists("station", removed, ())
    changed = [
        station.tps
        for station in old.stations
        if station.tps in after and after[station.tps].contests != station.contests
    ]
    if changed:
        yield Fault("amend-station-contests", {**_named(changed)})
