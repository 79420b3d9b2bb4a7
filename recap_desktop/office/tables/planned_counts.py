"""What will become of each count of a table: added, changed, kept beside, or refused and why."""

from __future__ import annotations

import enum
from array import array
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from recap_desktop.election.figures import counts
from recap_desktop.election.figures.counts import Count
from recap_desktop.election.figures.tallies import State
from recap_desktop.foreign.found_counts import fault_at
from recap_desktop.office.entry.entering import no_station, own_standing
from recap_desktop.office.plenary.revisions import is_closed
from recap_desktop.problems import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from recap_desktop.election.figures.tallies import Source, Tally
    from recap_desktop.election.records.journal import Record
    from recap_desktop.foreign.found_counts import Spot
    from recap_desktop.office.opening import Office

_NONE = -1


class Fate(enum.Enum):
    """What becomes of a count (yang akan terjadi), what needs a look first; worded ``import.fate``."""

    REFUSED = "refused"
    OTHER = "other"
    """Somebody else's entry stands, and says something else."""

    LATE = "late"
    """Rulings stand: it is kept beside them and changes nothing."""

    CHANGE = "change"
    """This person's own entry is replaced."""

    SECOND = "second"
    """The second of two entries; the first stays unseen."""

    CONFIRM = "confirm"
    """Somebody else's entry stands and says the same."""

    ADD = "add"
    SAME = "same"
    """This person's own entry says just that."""

    REPEATED = "repeated"
    """The table says it twice, the same both times."""

    BLANK = "blank"


RECORDED = frozenset((Fate.ADD, Fate.CHANGE, Fate.SECOND, Fate.CONFIRM, Fate.OTHER, Fate.LATE))
"""What makes an entry."""


class PackedCells:
    """The figures of one count in a few bytes: of a province there are 75,000 with 250 cells."""

    __slots__ = ("_crossed", "_figures", "_order")

    def __init__(self, order: Sequence[str], cells: Mapping[str, int]) -> None:
        """Keep figures by the order of the form's cells."""
        self._order = order
        self._figures = array("i", [cells.get(cell, _NONE) for cell in order])
        self._crossed = counts.crossed_out(cells)

    @property
    def crossed(self) -> frozenset[str]:
        """Cells that are crossed out, and so 0."""
        return self._crossed

    def count(self) -> Count:
        """The figures by cell."""
        pairs = zip(self._order, self._figures, strict=True)
        return Count({cell: figure for cell, figure in pairs if figure != _NONE}, self._crossed)


@dataclass(frozen=True, slots=True)
class ReadCount:
    """A count as it was read from the table, with the TPS it is of.

    Attributes:
        tps: 13-digit key; empty where the table names none that is known.
        called: how the table calls it.
        cells: its figures.
        spot: where it stands.
        faults: why it cannot be taken.
    """

    tps: str
    called: str
    cells: PackedCells
    spot: Spot
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class PlannedCount:
    """A count and what will become of it.

    Attributes:
        read: from the table.
        fate: what becomes of it.
        changes: cells that differ from what stands there: key -> (old, new), None for blank;
            none where what stands must not be seen.
        faults: why it is refused.
        findings: how many findings the form will have; None before it was judged.
    """

    read: ReadCount
    fate: Fate
    changes: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    findings: int | None = None

    @property
    def tps(self) -> str:
        """13-digit key; empty where none is known."""
        return self.read.tps


class Planner:
    """Holds counts against the office, one after another."""

    def __init__(
        self,
        office: Office,
        contest_id: str,
        *,
        person: str,
        source: Source,
        spoken: Collection[str],
    ) -> None:
        """Plan entries of a person.

        Args:
            office: the open office.
            contest_id: the contest.
            person: an id of the roster, who need not be on it yet.
            source: the paper that was read.
            spoken: cells that the table has a place for; of all others it says nothing, and what
                this person typed there before stays.
        """
        self._spoken = frozenset(spoken)
        self._office = office
        self._contest = contest_id
        self._person = person
        self._source = source
        self._order = office.election.layout(contest_id).cells
        self._met = office.file.journal.met_subjects(contest_id)

    def plan(self, read: ReadCount) -> PlannedCount:
        """What will become of a count. What a person may not see yet is not said of it."""
        if read.faults:
            return PlannedCount(read, Fate.REFUSED, faults=tuple(map(self._exact, read.faults)))
        if is_closed(self._office, self._contest, read.tps):
            fault = fault_at(Fault("import-tps-closed", {"tps": read.tps}), read.spot)
            return PlannedCount(read, Fate.REFUSED, faults=(fault,))
        cells = read.cells.count()
        if not cells:
            return PlannedCount(read, Fate.BLANK)
        if read.tps not in self._met:
            return PlannedCount(read, Fate.ADD)
        return self._against(read, cells)

    def _exact(self, fault: Fault) -> Fault:
        """A TPS that was abolished is told as such."""
        if fault.code == "import-tps-unknown":
            problem = no_station(self._office, self._contest, str(fault.details["tps"]))
            if problem.code == "tps-abolished":
                return Fault("import-tps-abolished", {**fault.details, **problem.details})
        return fault

    def _against(self, read: ReadCount, cells: Count) -> PlannedCount:
        """Held against the records that are there."""
        office = self._office
        known = office.file.journal.records(self._contest, read.tps)
        tally = office.file.layers.tally(known)
        own, _, is_ruled = own_standing(office, known, person=self._person, source=self._source)
        if own:
            cells = self._with_unspoken(own[0], cells)
            read = replace(read, cells=PackedCells(self._order, cells))
        if any(_says(record, cells) for record in own):
            return PlannedCount(read, Fate.SAME)
        if is_ruled:
            return PlannedCount(read, Fate.LATE, self._changes(tally.cells, cells))
        if own:
            return PlannedCount(read, Fate.CHANGE, self._changes(own[0].body["cells"], cells))
        if tally.state is State.EMPTY:
            return PlannedCount(read, Fate.ADD)
        return self._beside(read, cells, tally)

    def _with_unspoken(self, own: Record, cells: Count) -> Count:
        """Figures of the table, with what this person typed where the table says nothing."""
        said, crossed = own.body["cells"], own.body.get("crossed", ())
        kept = {cell: n for cell, n in said.items() if cell not in self._spoken}
        also = {cell for cell in crossed if cell not in self._spoken}
        return Count({**kept, **cells}, cells.crossed | also)

    def _changes(
        self, before: Mapping[str, int], after: Mapping[str, int]
    ) -> dict[str, tuple[int | None, int | None]]:
        """Cells that differ, in the order of the paper."""
        found = counts.changes(before, after)
        return {cell: found[cell] for cell in self._order if cell in found}

    def _beside(self, read: ReadCount, cells: Count, tally: Tally) -> PlannedCount:
        """Held against what somebody else entered, as far as it may be seen."""
        if tally.state is State.SINGLE and not tally.counts:
            return PlannedCount(read, Fate.SECOND)
        if tally.state is State.DIFFERS:
            return PlannedCount(read, Fate.OTHER)
        changes = self._changes(tally.cells, cells)
        return PlannedCount(read, Fate.OTHER if changes else Fate.CONFIRM, changes)


def _says(record: Record, cells: Count) -> bool:
    crossed = counts.crossed_in_body(cells).get("crossed")
    return (record.body["cells"], record.body.get("crossed")) == (cells, crossed)
