"""Results as NIST SP 1500-100 version 2 (Election Results Reporting), JSON at precinct level.

The mapping onto our levels and rows: kecamatan and other rows than votes have no word of their
own there, so they are ``other`` with ``OtherType``: the unit's word, or the key of the cell.
Counts stand at every TPS that counts and at every unit above it up to the office. A cell that a
TPS left blank has no count there. The total of a unit is what its papers say: a correction that was
decided above the TPS, and a total typed from a paper D.HASIL, are in it, and stand beside it at
their unit as ``other`` counts with ``OtherType`` ``selisih`` and ``kertas`` (of a row that is no
vote the key of the cell follows); the notes of the report say why. It is written piece by piece: a
kabupaten of party lists has two million counts.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import orjson

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.contests import ChoiceKind
from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures.tallies import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recap_desktop.election.definitions.contests import Choice, Contest
    from recap_desktop.election.figures.results import Results

Json = dict[str, Any]

_TYPES = {
    Level.PROVINSI: "state",
    Level.KABKO: "county",
    Level.DESA: "village",
    Level.TPS: "polling-place",
}
_CODES = "kode-wilayah-kpu"
DIFFERENCE, PAPER = "selisih", "kertas"
"""``OtherType`` of what units above the TPS say."""


def err_report(results: Results, *, issuer: str, program: str) -> Iterator[bytes]:
    """The whole report in pieces, in the order in which they are written.

    Args:
        results: what is reported.
        issuer: the office as people call it.
        program: its name and version, e.g. ``recap-desktop/0.1.0``.
    """
    stamp = results.stamp
    head = {
        "@type": "ElectionResults.ElectionReport",
        "Format": "precinct-level",
        "GeneratedDate": stamp.time,
        "IsTest": results.election.is_rehearsal,
        "Issuer": issuer,
        "IssuerAbbreviation": results.office,
        "SequenceStart": max(1, stamp.revision),
        "SequenceEnd": max(1, stamp.revision),
        "Status": _status(results),
        "VendorApplicationId": program,
    }
    if notes := [*([f"head {stamp.head}"] if stamp.head else []), *_notes(results)]:
        head["Notes"] = "; ".join(notes)
    yield b"%s," % _dump(head)[:-1]
    parties = [c for c in _choices(results) if c.kind is ChoiceKind.PARTY]
    if parties:
        yield b'"Party":'
        yield from _array(_party(choice) for choice in parties)
        yield b","
    yield b'"GpUnit":'
    yield from _array(_gp_units(results))
    yield b',"Election":['
    yield from _election(results)
    yield b"]}\n"


def _dump(value: object) -> bytes:
    return orjson.dumps(value)


def _array(items: Iterable[Json]) -> Iterator[bytes]:
    before = b"["
    for item in items:
        yield before + _dump(item)
        before = b",\n"
    yield b"]" if before != b"[" else b"[]"


def _text(text: str) -> Json:
    said = {"@type": "ElectionResults.LanguageString", "Language": "id", "Content": text}
    return {"@type": "ElectionResults.InternationalizedText", "Text": [said]}


def _status(results: Results) -> str:
    if results.stamp.revision > 1:
        return "correction"
    if results.stamp.revision:
        return "certified"
    return "unofficial-complete" if results.is_complete else "unofficial-partial"


def _notes(results: Results) -> Iterator[str]:
    """What was decided above the TPS and why, and which units stand as their paper says."""
    for one in results.differences:
        said = " ".join(f"{cell} {number:+d}" for cell, number in sorted(one.cells.items()))
        decided = f" ({one.decided_by})" if one.decided_by else ""
        yield f"{DIFFERENCE} {one.unit}: {said}: {one.reason}{decided}"
    if results.papers:
        yield f"{PAPER} {' '.join(results.papers)}"


def _choices(results: Results) -> tuple[Choice, ...]:
    return results.election.contest(results.contest_id).choices


# ---------------------------------------------------------------- units


def _gp(code: str) -> str:
    return f"gp_{code}"


def _gp_units(results: Results) -> Iterator[Json]:
    """The units above the office, the office and all below it; where the contest reaches."""
    tree = results.election.tree
    above = [results.office[: level.value] for level in Level if level.value < len(results.office)]
    for code, child in pairwise([*above, results.office]):
        yield _unit(code, tree.name(code), [child])
    contest = results.election.contest(results.contest_id)
    if len(contest.regions) > 1:
        yield from _dapil(results, contest, known={*above, results.office})
    for level in results.levels:
        for code, places in results.units(level):
            below = _children(results, code, places)
            unit = _unit(code, tree.name(code), below)
            counted = sum(results.counted[at] for at in places)
            yield unit | {"TotalSubUnits": len(places), "SubUnitsReported": counted}
    for tps, state, counts in zip(results.stations, results.states, results.counted, strict=True):
        unit = _unit(tps, f"TPS {regions.station_number(tps)}", [])
        status = _count_status(state, counts=counts)
        yield unit | {"Number": regions.station_number(tps), "CountStatus": [status]}


def _dapil(results: Results, contest: Contest, *, known: set[str]) -> Iterator[Json]:
    """The dapil of several regions; those outside the office are named, without figures."""
    for code in contest.regions:
        if code not in known and not code.startswith(results.office):
            yield _unit(code, results.election.tree.name(code), [])
    yield {
        "@type": "ElectionResults.ReportingUnit",
        "@id": _district(contest),
        "Name": _text(contest.dapil or contest.title),
        "Type": "other",
        "OtherType": "dapil",
        "ComposingGpUnitIds": [_gp(code) for code in contest.regions],
    }


def _district(contest: Contest) -> str:
    return f"gp_dapil_{contest.id}" if len(contest.regions) > 1 else _gp(contest.regions[0])


def _children(results: Results, code: str, places: range) -> list[str]:
    digits = regions.below(level_of(code)).value
    return list(dict.fromkeys(results.stations[at][:digits] for at in places))


def _unit(code: str, name: str, below: list[str]) -> Json:
    level = level_of(code)
    unit: Json = {
        "@type": "ElectionResults.ReportingUnit",
        "@id": _gp(code),
        "Name": _text(name),
        "Type": _TYPES.get(level, "other"),
        "ExternalIdentifier": [
            {
                "@type": "ElectionResults.ExternalIdentifier",
                "Type": "other",
                "OtherType": _CODES,
                "Value": code,
            }
        ],
    }
    if level not in _TYPES:
        unit["OtherType"] = level.word
    elif level is Level.KABKO and regions.is_kota(code):
        unit["Type"] = "city"
    if below:
        unit["ComposingGpUnitIds"] = [_gp(child) for child in below]
    return unit


def _count_status(state: State, *, counts: bool) -> Json:
    if counts or state is State.NOT_DELIVERED:
        status = "completed"
    elif state is State.EMPTY:
        status = "not-processed"
    else:
        status = "in-process"
    return {"@type": "ElectionResults.CountStatus", "Type": "total", "Status": status}


# ---------------------------------------------------------------- the contest


def _election(results: Results) -> Iterator[bytes]:
    election = results.election
    contest = election.contest(results.contest_id)
    head = {
        "@type": "ElectionResults.Election",
        "Name": _text(election.title),
        "StartDate": election.date,
        "EndDate": election.date,
        "Type": "general",
        "ElectionScopeId": _district(contest),
    }
    yield b'%s,"Candidate":' % _dump(head)[:-1]
    yield from _array(person for choice in contest.choices for person in _people(choice))
    yield b',"Contest":['
    yield from _contest(results)
    yield b'],"BallotCounts":'
    yield from _array(_ballot_counts(results))
    yield b"}"


def _contest(results: Results) -> Iterator[bytes]:
    contest = results.election.contest(results.contest_id)
    is_list = any(choice.kind is ChoiceKind.PARTY for choice in contest.choices)
    head = {
        "@type": "ElectionResults.CandidateContest",
        "@id": f"contest_{contest.id}",
        "ElectionDistrictId": _district(contest),
        "Name": f"{contest.title}, {contest.dapil}" if contest.dapil else contest.title,
        "VotesAllowed": 1,
        "VoteVariation": "proportional" if is_list else "plurality",
        "TotalSubUnits": len(results.stations),
        "SubUnitsReported": sum(results.counted),
    }
    yield b'%s,"ContestSelection":[' % _dump(head)[:-1]
    before = b""
    for choice in contest.choices:
        for selection, cell in _selections(choice):
            yield before + b'%s,"VoteCounts":' % _dump(selection)[:-1]
            yield from _array(_vote_counts(results, cell))
            yield b"}"
            before = b","
    yield b"]}"


def _vote_counts(results: Results, cell: str) -> Iterator[Json]:
    for code, number in _counts(results, cell):
        yield {
            "@type": "ElectionResults.VoteCounts",
            "GpUnitId": _gp(code),
            "Type": "total",
            "Count": number,
        }
    for kind, code, number in _said_above(results, cell):
        yield {
            "@type": "ElectionResults.VoteCounts",
            "GpUnitId": _gp(code),
            "Type": "other",
            "OtherType": kind,
            "Count": number,
        }


def _said_above(results: Results, cell: str) -> Iterator[tuple[str, str, int]]:
    """What units say of a cell themselves: of each unit its differences together, its paper."""
    sums: dict[str, int] = {}
    for one in results.differences:
        if cell in one.cells:
            sums[one.unit] = sums.get(one.unit, 0) + one.cells[cell]
    for code, number in sums.items():
        yield DIFFERENCE, code, number
    for code, cells in results.papers.items():
        if cell in cells:
            yield PAPER, code, cells[cell]


def _counts(results: Results, cell: str) -> Iterator[tuple[str, int]]:
    for level in results.levels:
        for unit in results.sums(cell, level):
            if unit.total is not None:
                yield unit.code, unit.total
    yield from results.figures(cell)


def _ballot_counts(results: Results) -> Iterator[Json]:
    """Ballots used and invalid votes by their names there, every other row by its key."""
    voted = {cell for choice in _choices(results) for cell in choice.cells}
    used, invalid = (dict(_counts(results, cell)) for cell in ("ballots.used", "invalid"))
    for code in sorted(used.keys() | invalid.keys(), key=lambda code: (len(code), code)):
        counts = {"BallotsCast": used.get(code), "BallotsRejected": invalid.get(code)}
        yield _ballots(code, "total") | {key: n for key, n in counts.items() if n is not None}
    for cell in results.columns:
        if cell not in voted and cell not in ("ballots.used", "invalid"):
            for code, number in _counts(results, cell):
                yield _ballots(code, "other") | {"OtherType": cell, "BallotsCast": number}
    for cell in results.columns:
        if cell not in voted:
            for kind, code, number in _said_above(results, cell):
                said = {"OtherType": f"{kind} {cell}", "BallotsCast": number}
                yield _ballots(code, "other") | said


def _ballots(code: str, kind: str) -> Json:
    return {"@type": "ElectionResults.BallotCounts", "GpUnitId": _gp(code), "Type": kind}


# ---------------------------------------------------------------- choices


def _selections(choice: Choice) -> Iterator[tuple[Json, str]]:
    """What can be voted for, each with the cell of its votes."""
    if choice.kind is not ChoiceKind.PARTY:
        ids = [person["@id"] for person in _people(choice)]
        yield (
            {
                "@type": "ElectionResults.CandidateSelection",
                "@id": f"selection_{choice.number}",
                "SequenceOrder": choice.number,
                "CandidateIds": ids,
            },
            choice.counted_key,
        )
        return
    party = f"party_{choice.number}"
    own, *others = choice.cells
    yield (
        {
            "@type": "ElectionResults.PartySelection",
            "@id": f"selection_{choice.number}",
            "SequenceOrder": choice.number,
            "PartyIds": [party],
        },
        own,
    )
    for candidate, cell in zip(choice.candidates, others, strict=False):
        yield (
            {
                "@type": "ElectionResults.CandidateSelection",
                "@id": f"selection_{choice.number}_{candidate.number}",
                "SequenceOrder": candidate.number,
                "CandidateIds": [f"candidate_{choice.number}_{candidate.number}"],
                "EndorsementPartyIds": [party],
            },
            cell,
        )


def _party(choice: Choice) -> Json:
    return {
        "@type": "ElectionResults.Party",
        "@id": f"party_{choice.number}",
        "Name": _text(choice.name),
    }


def _people(choice: Choice) -> list[Json]:
    if choice.kind is ChoiceKind.PARTY:
        return [
            _candidate(f"{choice.number}_{one.number}", one.name, is_struck=bool(one.struck))
            | {"PartyId": f"party_{choice.number}"}
            for one in choice.candidates
        ]
    struck = bool(choice.struck)
    people = [_candidate(str(choice.number), choice.name, is_struck=struck)]
    if choice.running_mate:
        people[0]["IsTopTicket"] = True
        people.append(
            _candidate(f"{choice.number}_mate", choice.running_mate, is_struck=struck)
            | {"IsTopTicket": False}
        )
    return people


def _candidate(key: str, name: str, *, is_struck: bool) -> Json:
    person: Json = {
        "@type": "ElectionResults.Candidate",
        "@id": f"candidate_{key}",
        "BallotName": _text(name),
    }
    return person | {"PreElectionStatus": "withdrawn"} if is_struck else person
