"""An election definition as plain data for canonical bytes: no nulls, no floats; and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.contests import (
    Candidate,
    Choice,
    ChoiceKind,
    Contest,
    Election,
    Mode,
    Station,
    Struck,
)
from recap_desktop.election.definitions.forms import Form
from recap_desktop.election.definitions.regions import RegionTree

if TYPE_CHECKING:
    from collections.abc import Mapping


def to_data(election: Election) -> dict[str, Any]:
    """A definition as plain data.

    What only amended definitions have is absent elsewhere, so that those keep their hash.
    """
    abolished = {s.tps: s.abolished for s in election.stations if s.abolished}
    return {
        "title": election.title,
        "date": election.date,
        "mode": election.mode.value,
        "contests": [contest_data(contest) for contest in election.contests],
        "forms": {key: form.data for key, form in election.forms.items()},
        "regions": {region.code: region.name for region in election.tree},
        "stations": [station_data(station) for station in election.stations],
        **({"words": election.tree.words} if election.tree.words else {}),
        **({"version": election.version} if election.version > 1 else {}),
        **({"abolished": abolished} if abolished else {}),
    }


def from_data(data: Mapping[str, Any]) -> Election:
    """Read what ``to_data`` gave.

    Raises:
        KeyError, TypeError, ValueError: when the data are not of that shape.
    """
    return Election(
        title=data["title"],
        date=data["date"],
        mode=Mode(data["mode"]),
        contests=tuple(_read_contest(item) for item in data["contests"]),
        forms={key: Form.read(item) for key, item in data["forms"].items()},
        tree=RegionTree(data["regions"], data.get("words")),
        stations=_with_abolished(
            tuple(read_station(item) for item in data["stations"]), data.get("abolished", {})
        ),
        version=data.get("version", 1),
    )


def contest_data(contest: Contest) -> dict[str, Any]:
    """A contest as plain data."""
    data: dict[str, Any] = {
        "id": contest.id,
        "form": contest.form,
        "title": contest.title,
        "regions": list(contest.regions),
        "choices": [_choice_data(choice) for choice in contest.choices],
    }
    if contest.kind:
        data["kind"] = contest.kind
    if contest.dapil:
        data["dapil"] = contest.dapil
    return data


def _choice_data(choice: Choice) -> dict[str, Any]:
    data: dict[str, Any] = {
        "number": choice.number,
        "name": choice.name,
        "kind": choice.kind.value,
    }
    if choice.running_mate:
        data["running_mate"] = choice.running_mate
    if choice.candidates:
        data["candidates"] = [
            {"number": c.number, "name": c.name, **struck_data(c.struck)} for c in choice.candidates
        ]
    return data | struck_data(choice.struck)


def struck_data(struck: Struck | None) -> dict[str, Any]:
    """When and why a choice was struck; empty while it stands."""
    return {"struck": {"date": struck.date, "reason": struck.reason}} if struck else {}


def _read_struck(data: Mapping[str, Any]) -> Struck | None:
    struck = data.get("struck")
    return Struck(struck["date"], struck["reason"]) if struck else None


def _read_contest(data: Mapping[str, Any]) -> Contest:
    return Contest(
        id=data["id"],
        form=data["form"],
        title=data["title"],
        regions=tuple(data["regions"]),
        choices=tuple(_read_choice(item) for item in data["choices"]),
        kind=data.get("kind", ""),
        dapil=data.get("dapil", ""),
    )


def _read_choice(data: Mapping[str, Any]) -> Choice:
    return Choice(
        number=data["number"],
        name=data["name"],
        kind=ChoiceKind(data["kind"]),
        running_mate=data.get("running_mate", ""),
        candidates=tuple(
            Candidate(c["number"], c["name"], _read_struck(c)) for c in data.get("candidates", ())
        ),
        struck=_read_struck(data),
    )


def station_data(station: Station) -> list[Any]:
    """A station as plain data, but for whether it was abolished."""
    # A short list, since a province has 75,000 of them; -1 stands for "not known".
    known = (station.dpt_l, station.dpt_p)
    return [
        station.tps,
        *(-1 if number is None else number for number in known),
        *station.contests,
    ]


def read_station(data: list[Any]) -> Station:
    """Read what ``station_data`` gave; TypeError or ValueError when it is something else."""
    tps, dpt_l, dpt_p, *held = data
    return Station(
        tps,
        None if dpt_l < 0 else dpt_l,
        None if dpt_p < 0 else dpt_p,
        tuple(held),
    )


def _with_abolished(
    stations: tuple[Station, ...], abolished: Mapping[str, str]
) -> tuple[Station, ...]:
    if not abolished:
        return stations
    return tuple(s._replace(abolished=abolished.get(s.tps, "")) for s in stations)
