"""The last pages of a book: findings that stand, rulings, TPS that are missing, blank cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import EMPTY, Cause, State
from recap_desktop.election.papers import sheet_notes
from recap_desktop.election.papers.faces import face_of
from recap_desktop.election.papers.names import desa_text, place_text
from recap_desktop.election.papers.sheets import arrangement_of
from recap_desktop.election.records import marks
from recap_desktop.election.records.plenary import Topic
from recap_desktop.election.wording import date_text, number_text, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.papers.arrangements import Arrangement, Line, Row
    from recap_desktop.election.papers.faces import Face
    from recap_desktop.election.papers.facts import Change, Decision, Facts
    from recap_desktop.election.records.plenary import Incident

_CELLS = 5
"""So many cells of a finding are named at most."""


@dataclass(frozen=True, slots=True)
class Item:
    """One text of a list.

    ``struck`` is what a correction replaced and stands before it; a ``figure`` ends at the right.
    """

    text: str
    struck: str = ""
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the annex (daftar): its columns with their share of the width, its entries.

    ``room`` is how many lines an entry takes at least, where something is written in by hand.
    """

    title: str
    heads: tuple[str, ...]
    shares: tuple[int, ...]
    entries: tuple[tuple[Item, ...], ...]
    empty: str
    room: int = 1


@dataclass(frozen=True, slots=True)
class Annex:
    """The annex of the sheets of a unit (lampiran catatan)."""

    code: str
    face: Face
    listings: tuple[Listing, ...]


def annex(facts: Facts, unit: str, tallied: Mapping[str, Tally]) -> Annex:
    """Everything that a reader of the sheets of a unit should know beside their figures.

    Args:
        facts: what the office is and what paper this is.
        unit: a desa, kecamatan or unit above it; only its TPS are listed.
        tallied: TPS -> tally; a TPS that is absent is empty.
    """
    words = facts.words
    arrangement = arrangement_of(facts, unit)
    standing = _standing(facts, unit, tallied, arrangement=arrangement)
    face = face_of(facts, unit, name=words["sheet.annex.name"])
    titles = (replace(face.titles[0], text=words["sheet.annex.title"], large=False),)
    return Annex(
        code=unit,
        face=replace(
            face,
            model=(words["sheet.annex.model"], *face.model),
            titles=(*titles, *(title for title in face.titles if title.large)),
            code="",
            proof="",
        ),
        listings=(
            _findings(facts, arrangement, standing, tallied),
            _decisions(facts, arrangement, standing),
            _missing(facts, standing),
            _blanks(facts, arrangement, standing),
            _incidents(facts, unit),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the lists tell of the TPS of a unit; their tallies are looked at once, and not held.

    Attributes:
        states: of each TPS; of one that counts too.
        missing: TPS that do not count.
        blanks: cell -> TPS that count and are blank there.
    """

    states: dict[str, State]
    missing: frozenset[str]
    blanks: dict[str, tuple[str, ...]]


def _standing(
    facts: Facts, unit: str, tallied: Mapping[str, Tally], *, arrangement: Arrangement
) -> _Standing:
    states: dict[str, State] = {}
    missing: set[str] = set()
    blanks: dict[str, list[str]] = {cell: [] for cell in arrangement.cells}
    for station in facts.election.stations_of(facts.contest_id, unit):
        tps = station.tps
        tally = tallied.get(tps, EMPTY)
        states[tps] = tally.state
        if not tally.counts:
            missing.add(tps)
            continue
        for cell in blanks.keys() - tally.cells.keys():
            blanks[cell].append(tps)
    found = {cell: tuple(blank) for cell, blank in blanks.items() if blank}
    return _Standing(states, frozenset(missing), found)


def _findings(
    facts: Facts, arrangement: Arrangement, standing: _Standing, tallied: Mapping[str, Tally]
) -> Listing:
    names = _cell_names(arrangement)
    phrasing = Phrasing(facts.words, facts.form, facts.contest)
    return _listing(
        facts,
        "findings",
        shares=(20, 16, 64),
        entries=(
            (
                place_text(facts, tps),
                _cells_named(finding.cells, names),
                # Only marks are compared with figures.
                reasoned(
                    facts,
                    tps,
                    finding,
                    tallied[tps].cells if tps in facts.marks else {},
                    phrasing.say(finding).text,
                ),
            )
            for tps in standing.states
            for finding in facts.findings.get(tps, ())
        ),
    )


def reasoned(facts: Facts, tps: str, finding: Finding, cells: Mapping[str, int], text: str) -> str:
    """A finding's sentence with why it stands so, where it was marked as on the paper."""
    said = marks.said_of(finding, cells, facts.marks.get(tps, ()))
    if not said:
        return text
    why = "; ".join(dict.fromkeys(mark.reason for mark in said))
    return facts.words("mark.on-paper", text=text, reason=why.rstrip("."))


def _cells_named(cells: Sequence[str], names: Mapping[str, str]) -> str:
    shown = [names[cell] for cell in cells if cell in names]
    if len(shown) > _CELLS:
        shown = [*shown[: _CELLS - 1], "\N{HORIZONTAL ELLIPSIS}"]
    return ", ".join(shown)


def _decisions(facts: Facts, arrangement: Arrangement, standing: _Standing) -> Listing:
    names = _cell_names(arrangement)
    return _listing(
        facts,
        "decisions",
        shares=(18, 12, 9, 12, 28, 13, 8),
        entries=(
            entry
            for decision in facts.decisions
            if decision.tps in standing.states and decision.cause is not Cause.NOT_DELIVERED
            for entry in _decision_entries(facts, decision, names)
        ),
    )


def _decision_entries(
    facts: Facts, decision: Decision, names: Mapping[str, str]
) -> Iterator[tuple[str | Item, ...]]:
    """A line for each changed cell; what is equal stands on the first only."""
    words = facts.words
    first = (place_text(facts, decision.tps), words[f"sheet.cause.{decision.cause.value}"])
    last = (decision.reason, decision.decided_by, "")
    changes = [(names.get(c.cell, c.cell), _change(facts, c)) for c in decision.changes]
    yield (*first, *(changes[0] if changes else ("", "")), *last)
    for row, change in changes[1:]:
        yield ("", "", row, change, "", "", "")


def _change(facts: Facts, change: Change) -> Item:
    """The old figure struck out above the new one, as it is mended on paper."""
    blank = facts.words["sheet.annex.blank"]
    old = blank if change.old is None else number_text(change.old)
    new = blank if change.new is None else number_text(change.new)
    return Item(new, struck=old)


def _missing(facts: Facts, standing: _Standing) -> Listing:
    reasons = {
        decision.tps: decision.reason
        for decision in facts.decisions
        if decision.cause is Cause.NOT_DELIVERED
    }
    states = standing.states
    delivered = [tps for tps, state in states.items() if state is State.NOT_DELIVERED]
    rest = {
        tps: states[tps]
        for tps in states
        if tps in standing.missing and states[tps] is not State.NOT_DELIVERED
    }
    return _listing(
        facts,
        "missing",
        shares=(34, 18, 48),
        entries=(
            *(
                (place_text(facts, tps), _state(facts, states[tps]), reasons.get(tps, ""))
                for tps in delivered
            ),
            *_by_state(facts, rest),
        ),
    )


def _by_state(facts: Facts, rest: Mapping[str, State]) -> Iterator[tuple[str, ...]]:
    for state in State:
        stations = [tps for tps, own in rest.items() if own is state]
        for place in _stations_by_desa(facts, stations):
            yield (place, _state(facts, state), "")


def _blanks(facts: Facts, arrangement: Arrangement, standing: _Standing) -> Listing:
    return _listing(
        facts,
        "blanks",
        shares=(14, 34, 8, 44),
        entries=(
            entry
            for section in arrangement.sections
            for row in section.rows
            for entry in _blank_entries(facts, row, standing)
        ),
    )


def _blank_entries(facts: Facts, row: Row, standing: _Standing) -> Iterator[tuple[str, ...]]:
    """A line for the lines of a row that are blank in the same TPS."""
    counted = len(standing.states) - len(standing.missing)
    alike: dict[tuple[str, ...], list[Line]] = {}
    for line in row.lines:
        blank = standing.blanks.get(line.cell)
        if blank:
            alike.setdefault(blank, []).append(line)
    for blank, lines in alike.items():
        where = "; ".join(_stations_by_desa(facts, blank))
        if len(blank) == counted:
            where = facts.words["sheet.annex.everywhere"]
        name = sheet_notes.line_names(row, lines)
        yield name, " / ".join(row.labels), number_text(len(blank)), where


def _incidents(facts: Facts, unit: str) -> Listing:
    """KEJADIAN KHUSUS DAN/ATAU KEBERATAN; those of the office as a whole stand on its own annex."""
    words = facts.words
    return _listing(
        facts,
        "incidents",
        shares=(11, 17, 14, 28, 21, 9),
        entries=[
            (
                _spoken_at(one.at),
                place_text(facts, one.unit),
                one.raised_by,
                f"{words[f'sheet.annex.topic.{one.topic.value}']}: {one.text}",
                one.answer,
                _settled(facts, one),
            )
            for one in facts.incidents
            if one.unit.startswith(unit)
        ],
    )


def _spoken_at(at: str) -> str:
    """Day and time as they were said; whatever was typed where that is no time."""
    try:
        return f"{date_text(at[:10])} {time_text(at)}"
    except ValueError:
        return at


def _settled(facts: Facts, one: Incident) -> str:
    if one.topic is Topic.EVENT:
        return ""
    return facts.words[f"sheet.annex.{'open' if one.is_open else 'settled'}"]


def _listing(
    facts: Facts,
    code: str,
    *,
    shares: tuple[int, ...],
    entries: Iterator[tuple[str | Item, ...]] | Sequence[tuple[str | Item, ...]],
) -> Listing:
    words = facts.words
    return Listing(
        title=words[f"sheet.annex.{code}.title"],
        heads=tuple(
            words[f"sheet.annex.{code}.head-{number}"] for number in range(1, len(shares) + 1)
        ),
        shares=shares,
        entries=tuple(
            tuple(item if isinstance(item, Item) else Item(item) for item in entry)
            for entry in entries
        ),
        empty=words["sheet.annex.nothing"],
    )


def _cell_names(arrangement: Arrangement) -> dict[str, str]:
    return {line.cell: sheet_notes.line_names(row, (line,)) for row, line in arrangement.lines}


def _state(facts: Facts, state: State) -> str:
    return facts.words[f"sheet.state.{state.value}"]


def _stations_by_desa(facts: Facts, stations: Sequence[str]) -> Iterator[str]:
    """TPS in short, a text for each desa: ``PANYINGKIRAN TPS 001-003``."""
    by_desa: dict[str, list[str]] = {}
    for tps in stations:
        desa = regions.ancestor(tps, Level.DESA)
        by_desa.setdefault(desa, []).append(regions.station_number(tps))
    for desa, numbers in by_desa.items():
        yield facts.words(
            "sheet.annex.station",
            desa=desa_text(facts, desa),
            numbers=sheet_notes.number_ranges(numbers),
        )
