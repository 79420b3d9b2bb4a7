"""Changes of a definition in words: one sentence a change, for who takes it and who audits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from recap_desktop.election.definitions.amendments import Change
    from recap_desktop.election.definitions.contests import Choice, Election
    from recap_desktop.election.wording import Words

_UNKNOWN = -1


def sentence(words: Words, change: Change, election: Election) -> str:
    """One change as people read it.

    Args:
        words: the language.
        change: of that election.
        election: the definition after the change; names who was struck.
    """
    kind, *place = change.slot
    if kind in ("station", "abolished"):
        return _of_station(words, kind, dotted(place[0]), change)
    if kind in ("choice", "candidate"):
        return _of_choice(words, change, election)
    if kind == "form":
        return words(f"change.form-{place[1]}", form=place[0])
    if kind == "words":
        return words["change.words"]
    texts = _values(words, change)
    if kind == "contest":
        return words(f"change.contest-{place[1]}", contest=place[0], **texts)
    code = dotted(place[0]) if place else ""
    return words(f"change.{kind}", **({"code": code} if code else {}), **texts)


def _values(words: Words, change: Change) -> dict[str, str]:
    texts = {"before": change.before, "after": change.after}
    return {name: text or words["change.nothing"] for name, text in texts.items()}


def _of_station(words: Words, kind: str, tps: str, change: Change) -> str:
    if kind == "abolished":
        if change.after:
            return words("change.station-abolished", tps=tps, reason=change.after)
        return words("change.station-restored", tps=tps)
    after = _voters(words, change.after)
    if change.before is None:
        return words("change.station-added", tps=tps, after=after)
    before = _voters(words, change.before)
    return words("change.station-dpt", tps=tps, before=before, after=after)


def _voters(words: Words, station: list[Any]) -> str:
    men, women, *_ = station
    if _UNKNOWN in (men, women):
        return words["change.unknown-number"]
    return f"L {number_text(men)}, P {number_text(women)}"


def _of_choice(words: Words, change: Change, election: Election) -> str:
    kind, contest, number, *rest = change.slot
    choice = next(c for c in election.contest(contest).choices if str(c.number) == number)
    details = {"contest": contest, "number": number}
    name = choice.name
    if kind == "candidate":
        details["candidate"] = rest[0]
        name = _candidate(choice, rest[0])
    if rest[-1] != "struck":
        return words(f"change.{kind}-{rest[-1]}", **details, **_values(words, change))
    if not change.after:
        return words(f"change.{kind}-restored", name=name, **details)
    date = words.date(change.after["date"])
    reason = change.after["reason"]
    return words(f"change.{kind}-struck", name=name, date=date, reason=reason, **details)


def _candidate(choice: Choice, number: str) -> str:
    return next(c.name for c in choice.candidates if str(c.number) == number)
