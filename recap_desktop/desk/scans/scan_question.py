"""What becomes of a scanned code: its TPS opens, but no unsaved form is left without a word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.office.entry.finding_stations import scanned_station

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session

_SHORT = 40


class ScanQuestion:
    """Answers a scan at the foot of the page."""

    def __init__(
        self,
        session: Session,
        foot: StepBar,
        *,
        to_station: Callable[[str], object],
        back: Callable[[str], object],
    ) -> None:
        """``to_station`` opens a TPS; ``back`` returns to a cell of the form."""
        self._session = session
        self._foot = foot
        self._to_station = to_station
        self._back = back

    def scanned(self, text: str, *, station: str, unsaved: bool, cell: str) -> None:
        """A code was read.

        Args:
            text: what the scanner typed.
            station: the TPS that is open; empty for none.
            unsaved: whether its form says something that is not saved.
            cell: where the person was typing; empty for nowhere.
        """
        session = self._session
        words = session.words
        tps = scanned_station(session.office, session.contest_id, text)
        if not tps:
            self._foot.say(words("desk.scan.unknown", text=text[:_SHORT]), Hue.CARE)
        elif tps == station:
            self._foot.say(words("desk.scan.same", station=session.station(tps)), Hue.GOOD)
        elif unsaved:
            here, there = session.station(station), session.station(tps)
            self._foot.say(words("desk.scan.unsaved", here=here, there=there), Hue.CARE)
            opens = (words["desk.scan.open"], partial(self._to_station, tps))
            stays = (words["desk.scan.stay"], partial(self._back, cell))
            self._foot.choices.ask([opens], back=stays)
        else:
            self._to_station(tps)
