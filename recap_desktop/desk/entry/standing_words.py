"""What is said about a TPS in the page: why it cannot be typed, what was saved, what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import Cause
from recap_desktop.election.wording import number_text, time_text
from recap_desktop.office.entry.stations import Access
from recap_desktop.office.people.people import roster

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.entry.stations import Standing


class StandingWords:
    """Words what the office answers about one TPS."""

    def __init__(self, session: Session) -> None:
        """Speak for the office on the desk."""
        self._session = session
        self._words = session.words

    def why(self, now: Standing) -> str:
        """How a TPS stands, and why its form cannot be typed where that is so."""
        words = self._words
        if now.ruling is not None and now.access is not Access.CLOSED:
            return self._ruled(now.ruling)
        if now.hidden:
            return words["desk.access.hidden"]
        if now.access is Access.TYPE:
            return words["desk.access.own" if now.own else "desk.access.type"]
        return words[f"desk.access.{now.access.value}"]

    def _ruled(self, record: Record) -> str:
        names = roster(self._session.office)
        cause = Cause(record.body["cause"])
        text = self._words(
            "desk.access.ruled",
            what=self._words[f"desk.sign.{cause.value}"],
            time=time_text(record.time),
            date=self._words.date(record.time[:10]),
            person=names.get(record.person, record.person),
            reason=record.body["reason"],
        )
        decided = record.body["decided_by"]
        return f"{text}\n{self._words('desk.access.decided', by=decided)}" if decided else text

    def opened(self, now: Standing) -> str:
        """What to do with a form that may be typed."""
        if now.own:
            return self._words["desk.access.own"]
        return self._words["desk.entry.type"]

    def saved(self, tps: str, cells: Mapping[str, int]) -> str:
        """What was saved: the figures a person would say aloud."""
        station = self._session.station(tps)
        return self._words("desk.entry.saved", station=station, figures=self.figures(cells))

    def read(self, tps: str, cells: Mapping[str, int]) -> str:
        """What was recorded as read out."""
        station = self._session.station(tps)
        return self._words("desk.reading.recorded", station=station, figures=self.figures(cells))

    def figures(self, cells: Mapping[str, int]) -> str:
        """The sums of a form in a few words."""
        names = ("valid", "invalid", "cast")
        return ", ".join(
            self._words(f"desk.entry.said.{name}", figure=cells[name])
            for name in names
            if name in cells
        )

    def values(self, now: Standing) -> dict[str, str]:
        """The values met in each cell that differs, unlabelled."""
        blank = self._words["desk.entry.blank"]
        return {
            cell: " / ".join(blank if v is None else number_text(v) for v in values)
            for cell, values in now.differing.items()
        }
