"""The TPS that is open on the entry page: how it stands, what was left unsaved, saving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.figures import counts
from recap_desktop.office.entry import entering
from recap_desktop.office.entry.deciding import decide
from recap_desktop.office.entry.finding_stations import the_station
from recap_desktop.office.entry.stations import Access, Act, standing
from recap_desktop.office.plenary import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.desk.session import Session
    from recap_desktop.office.entry.drafts import UnsavedCount
    from recap_desktop.office.entry.ruling import Decision
    from recap_desktop.office.entry.stations import Standing
    from recap_desktop.office.plenary.reading import Comparison


class TypedStation:
    """One TPS for one person in the contest that is looked at.

    Attributes:
        tps: its 13-digit key.
        standing: how it stood when it was last looked at.
        reads: whether it was to be read out then, in the plenary.
    """

    def __init__(self, session: Session, tps: str) -> None:
        """Look at a TPS."""
        self._session = session
        self._contest = session.contest_id
        self.tps = tps
        self.standing: Standing
        self.reads = False
        self.look_again()

    def look_again(self) -> None:
        """See how it stands now."""
        session = self._session
        self.standing = now = standing(
            session.office, self._contest, self.tps, person=session.person_id
        )
        is_open = now.access not in (Access.CLOSED, Access.READ_ONLY, Access.ROLE)
        self.reads = is_open and not now.read and session.reads_stations

    @property
    def may_type(self) -> bool:
        """Whether its form may be typed without a ruling."""
        return self.reads or self.standing.access is Access.TYPE

    @property
    def shown(self) -> Mapping[str, int]:
        """The figures that the form begins with: none where it is read out afresh."""
        return {} if self.reads else self.standing.cells

    # What is not saved

    def keep(self, cells: Mapping[str, int]) -> None:
        """Keep the form as it is typed now."""
        if self._session.drafts:
            self._session.drafts.keep(self._contest, self.tps, cells)

    def drop_draft(self) -> None:
        """Forget what was kept."""
        if self._session.drafts:
            self._session.drafts.drop(self._contest, self.tps)

    @property
    def draft(self) -> UnsavedCount | None:
        """What was typed and not saved; None where it says no more than what is recorded."""
        drafts = self._session.drafts
        kept = drafts.find(self._contest, self.tps) if drafts else None
        if kept is None or counts.is_written_alike(kept.cells, self.shown):
            return None
        return kept

    # Recording

    def save(self, cells: Mapping[str, int]) -> bool:
        """Record an entry. Whether it went."""
        session = self._session
        went = session.record(
            lambda: entering.enter(
                session.office,
                self._contest,
                self.tps,
                cells,
                by=session.person,
                source=session.source,
            )
        )
        if went:
            self.drop_draft()
        return went

    def read_out(self, cells: Mapping[str, int], *, decision: Decision | None) -> bool:
        """Record what was read out. Whether it went."""
        session = self._session
        went = session.record(
            lambda: reading.read_out(
                session.office,
                self._contest,
                self.tps,
                cells,
                by=session.person,
                decision=decision,
            )
        )
        if went:
            self.drop_draft()
        return went

    def compare(self, cells: Mapping[str, int]) -> Comparison:
        """What is read out beside what stood before."""
        session = self._session
        return reading.compare_reading(
            session.office, self._contest, self.tps, cells, by=session.person
        )

    def decide(
        self, act: Act, cells: Mapping[str, int], *, decision: Decision, to: str = ""
    ) -> bool:
        """Record a decision; an entry is withdrawn, or moved to another TPS. Whether it went."""
        session = self._session
        now, near = self.standing, self.tps
        target = to.strip() if act is Act.WITHDRAW else ""
        went = session.record(
            lambda: decide(
                session.office,
                self._contest,
                now,
                act=act,
                cells=cells,
                decision=decision,
                to=the_station(session.office, self._contest, target, near=near),
            )
        )
        if went:
            self.drop_draft()
        return went
