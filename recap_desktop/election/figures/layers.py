"""The tally of a TPS where several offices have records of it: each folds above the one below.

What a child office decided is folded by itself, as that office folds it. A ruling of the office
above names the figures it judged (``judged``): while the child says just these, the ruling
stands; when the child comes to say what was ruled, it is absorbed; anything else is a conflict,
until a person above decides anew (design: rulings against later revisions).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import EMPTY, State, Tally, tally_of
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recap_desktop.election.records.journal import Record

_RULING = journal.Kind.RULING.value


@dataclass(frozen=True, slots=True)
class Maker:
    """Whose post a post is, by its genesis.

    Attributes:
        office: region code.
        double_entry: whether that office asks for two people who agree.
    """

    office: str
    double_entry: bool


@dataclass(frozen=True, slots=True)
class Layers:
    """How records of a TPS fold into its tally in one office (tingkat).

    Attributes:
        own: the office that folds: it is the maker of posts that are not known.
        makers: post id -> whose it is.
    """

    own: Maker
    makers: Mapping[str, Maker]

    def tally(self, records: Iterable[Record]) -> Tally:
        """Fold all known records of one subject, in any order, office by office."""
        by_office = self._by_office(records)
        if len(by_office) <= 1:
            maker, known = next(iter(by_office.items()), (self.own, []))
            return tally_of(known, double_entry=maker.double_entry)
        # The lowest first: its codes are the longest.
        tally = EMPTY
        for maker in sorted(by_office, key=lambda maker: (-len(maker.office), maker.office)):
            above = tally_of(by_office[maker], double_entry=maker.double_entry)
            tally = _over(tally, above, by_office[maker])
        return tally

    def met_with(self, records: Iterable[Record]) -> Layers:
        """How they fold once the posts of other offices are known, by their geneses."""
        met = {
            record.post: Maker(record.body["office"], bool(record.body["double_entry"]))
            for record in records
            if record.kind == journal.Kind.GENESIS.value
            and record.body["office"] != self.own.office
        }
        return Layers(self.own, {**self.makers, **met}) if met else self

    def below(self, records: Iterable[Record]) -> Tally:
        """The tally as the offices below the own one leave it: what a ruling made now judges."""
        by_office = self._by_office(records)
        by_office.pop(self.own, None)
        return self.tally(record for known in by_office.values() for record in known)

    def own_records(self, records: Iterable[Record]) -> list[Record]:
        """Those that were made in the own office, in their order."""
        return [record for record in records if self.is_own(record)]

    def has_below(self, records: Iterable[Record]) -> bool:
        """Whether some of the records came up from an office below."""
        return any(not self.is_own(record) for record in records)

    def office_of(self, record: Record) -> str:
        """Region code of the office that made a record."""
        return self.makers.get(record.post, self.own).office

    def is_own(self, record: Record) -> bool:
        """Whether a record was made in the own office."""
        return self.office_of(record) == self.own.office

    def _by_office(self, records: Iterable[Record]) -> dict[Maker, list[Record]]:
        by_office: dict[Maker, list[Record]] = {}
        for record in records:
            by_office.setdefault(self.makers.get(record.post, self.own), []).append(record)
        return by_office


def judged(tally: Tally) -> str:
    """What a ruling of an office above names of the tally that it judged, in hex.

    Its figures, and whether they count: a state that says the same of them changes nothing.
    """
    said = {"cells": dict(tally.cells), "counts": int(tally.counts)}
    return journal.digest("judged", canonical(said))


def _over(below: Tally, above: Tally, records: Sequence[Record]) -> Tally:
    if below.state is State.EMPTY and not below.live:
        return above
    live = tuple(sorted({*below.live, *above.live}))
    rulings = [r for r in records if r.id in above.live and r.kind == _RULING]
    if not rulings:
        # Entries above were typed from a paper while nothing had come; what came outranks them.
        late = {r.id for r in records if r.id in above.live and r.body["cells"] != below.cells}
        return replace(below, live=live, late=tuple(sorted({*below.late, *late})))
    if above.state is State.CONFLICT:
        return replace(above, live=live)
    if all(ruling.body.get("judged") == judged(below) for ruling in rulings):
        return replace(above, live=live, late=tuple(sorted({*below.late, *above.late})))
    if above.is_ruled and judged(above) == judged(below):
        return replace(below, live=live)
    return Tally(State.CONFLICT, {}, counts=False, live=live, read=below.read or above.read)
