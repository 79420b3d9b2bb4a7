"""What a package would do here, TPS by TPS: figures it brings, what they break, rulings they meet.

Its records and ours are read side by side in the order of codes; of TPS that are new only that is
kept, since at first these are all.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recap_desktop.election.checks import rules
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.figures import counts
from recap_desktop.election.figures.layers import Layers, judged
from recap_desktop.election.figures.tallies import EMPTY, STATES, Counts, State, Tally, live_records
from recap_desktop.election.records.canonical import load
from recap_desktop.election.records.journal import ABOUT_SCANS, Kind
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.proof.proving_packages import Proof

_PART = 64
"""So many TPS are between two looks whether somebody gave up."""


class Fate(enum.Enum):
    """What becomes of a ruling made here when the office below says something new."""

    STANDS = "stands"
    ABSORBED = "absorbed"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Change:
    """Figures of a TPS that a package brings (perubahan).

    Attributes:
        tps: 13-digit key.
        cells: cell -> what stood and what comes, None for blank; none where nothing had come.
        after: its tally as it would stand; without its figures where nothing had come.
        is_new: whether nothing of it had come up before.
    """

    tps: str
    cells: Mapping[str, tuple[int | None, int | None]]
    after: Tally
    is_new: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A TPS whose figures contradict themselves, judged here anew.

    Attributes:
        tps: 13-digit key.
        rules: ids of the rules that do not hold.
        accepted: whether the office below accepted the form as it is written.
    """

    tps: str
    rules: tuple[str, ...]
    accepted: bool


@dataclass(slots=True)
class Effects:
    """All that a package would do (akibat); as in ``Preview``."""

    changes: list[Change] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    rulings: dict[str, Fate] = field(default_factory=dict)


class Held:
    """The records of each TPS, asked for in the order of codes."""

    def __init__(self, subjects: Iterator[tuple[str, list[Record]]]) -> None:
        """Of TPS in the order of codes."""
        self._subjects = subjects
        self._next = next(self._subjects, _NONE)

    @classmethod
    def here(cls, office: Office, proof: Proof) -> Held:
        """Those that are here, of TPS below the sender."""
        said = proof.proved.statement
        return cls(office.file.journal.of_subjects(said.contest, under=said.office))

    @classmethod
    def coming(cls, proof: Proof, heads: Mapping[str, tuple[int, str]]) -> Held:
        """Those of a package beyond our heads."""
        return cls(iter(proof.shelf.subjects_beyond(heads)))

    def of(self, tps: str) -> list[Record]:
        """Of a TPS that is not before the one that was asked for last."""
        while self._next[0] and self._next[0] < tps:
            self._next = next(self._subjects, _NONE)
        return self._next[1] if self._next[0] == tps else []


_NONE: tuple[str, list[Record]] = ("", [])


def effects(
    office: Office, proof: Proof, heads: Mapping[str, tuple[int, str]], *, way: Way = NO_WAY
) -> Effects:
    """What becomes of each TPS once the records beyond our heads are here."""
    said = proof.proved.statement
    layers = office.file.layers.met_with(proof.shelf.of_kind(Kind.GENESIS.value))
    held, found = Held.here(office, proof), Effects()
    layout = office.election.layout(said.contest)
    for at, (tps, beyond) in enumerate(proof.shelf.subjects_beyond(heads)):
        came = [record for record in beyond if record.kind not in ABOUT_SCANS]
        if not came:
            continue
        known = held.of(tps)
        # At first nothing is known of any.
        before = layers.tally(known) if known else EMPTY
        after = layers.tally([*known, *came])
        was_met = layers.has_below(known)
        cells = counts.changes(before.cells, after.cells) if was_met else {}
        if cells and was_met:
            found.changes.append(Change(tps, cells, after, is_new=False))
        elif not was_met:
            bare = _BARE[after.state, after.counts]
            found.changes.append(Change(tps, {}, bare, is_new=True))
        if cells or not was_met:
            errors = [
                f.rule for f in rules.judge(layout, after.cells) if f.severity is Severity.ERROR
            ]
            _note_broken(found, tps, after, errors)
        fate = _fate([*known, *came], layers) if known else None
        if fate is not None:
            found.rulings[tps] = fate
        if at % _PART == 0:
            way.at(at, said.leaves)
    way.at(1, 1)
    return found


_BARE = {
    (state, counted): Tally(state, {}, counts=counted)
    for state in State
    for counted in (False, True)
}


def _note_broken(found: Effects, tps: str, after: Tally, errors: Sequence[str]) -> None:
    if errors:
        accepted = after.state is State.ACCEPTED
        found.broken.append(Broken(tps, tuple(dict.fromkeys(errors)), accepted=accepted))


def differing(office: Office, proof: Proof) -> Iterator[Change]:
    """TPS of which a package says something else than stands here now, in code order."""
    layers, held = office.file.layers, Held.here(office, proof)
    for raw in proof.leaves():
        said = load(raw)
        tps, state = said["tps"], State(said["state"])
        now = layers.tally(held.of(tps))
        after = Tally(state, said["cells"], counts=STATES[state].counts is not Counts.NEVER)
        if (dict(now.cells), now.counts) != (dict(after.cells), after.counts):
            cells = counts.changes(now.cells, after.cells)
            yield Change(tps, cells, after, is_new=False)


def _fate(known: Sequence[Record], layers: Layers) -> Fate | None:
    own = live_records(layers.own_records(known))
    rulings = [record for record in own if record.kind == Kind.RULING.value]
    if not rulings:
        return None
    if layers.tally(known).state is State.CONFLICT:
        return Fate.CONFLICT
    said = judged(layers.below(known))
    stands = all(record.body.get("judged") == said for record in rulings)
    return Fate.STANDS if stands else Fate.ABSORBED
